"""When something about parties cannot be."""

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class NotOneOfTheTwo(Refusal):
    """A tie is reported, or a name is kept, by a party that is neither end of the pair."""

    def __init__(self) -> None:
        super().__init__(_("Dat is geen van deze twee partijen."))


class SameParty(Refusal):
    """A pair needs two parties."""

    def __init__(self) -> None:
        super().__init__(_("Dit is twee keer dezelfde partij."))


class NoWebAddress(Refusal):
    """A link that leads to anything but a page on the web is not shown to anybody."""

    def __init__(self, address: str) -> None:
        super().__init__(_("“%(address)s” is geen webadres. Begin met https://.") % {"address": address})


class AlreadyDecided(Refusal):
    """Somebody decided about this pair in the meantime, and otherwise."""

    def __init__(self) -> None:
        super().__init__(_("Hierover is net al besloten. Kijk nog eens wat er nu staat."))


class NoSuchTie(Refusal):
    """A tie between these two is not on record, so nobody can say that it is over."""

    def __init__(self) -> None:
        super().__init__(_("Deze band staat hier niet meer. Er is niets veranderd."))


class NotAgain(Refusal):
    """The workshop said no to this address for this party before. That is remembered."""

    def __init__(self) -> None:
        super().__init__(_("Hierop is al nee gezegd. Klopt dat niet? Praat dan met de coördinator."))


class ManyAskAlready(Refusal):
    """So many people ask to speak for one party that a human has to look first."""

    def __init__(self) -> None:
        super().__init__(_("Er vragen al meer mensen om deze partij. De coördinator kijkt eerst naar hen."))


class TakeOverDecided(Refusal):
    """Somebody decided about this in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("Hierover is net al besloten. Kijk nog eens wat er nu staat."))


class NoRoomLeft(Refusal):
    """A party was asked as often this month as it wants to be."""

    def __init__(self, party: str, *, most: int) -> None:
        words = _(
            "%(party)s wil hooguit %(most)d keer per maand gevraagd worden. Dat is deze maand al zo vaak gebeurd."
        )
        if not most:
            words = _("%(party)s wil niet aan anderen worden voorgesteld.")
        super().__init__(words % {"party": party, "most": most})


class NobodyToMail(Refusal):
    """Nobody of the party allows us to mail them about meeting somebody."""

    def __init__(self, party: str) -> None:
        super().__init__(
            _("Niemand van %(party)s gaf toestemming voor mail over kennismaken. Kies papier.") % {"party": party}
        )


class NoWords(Refusal):
    """A need or offer without words asks nothing."""

    def __init__(self) -> None:
        super().__init__(_("Schrijf in je eigen woorden wat je zoekt of kunt geven."))


class TooManyWords(Refusal):
    """A need or offer is short."""

    def __init__(self, most: int) -> None:
        super().__init__(_("Houd het kort: hooguit %(most)d tekens.") % {"most": most})


class AlreadyOver(Refusal):
    """What is over before it begins, nobody can answer."""

    def __init__(self) -> None:
        super().__init__(_("Deze dag is al voorbij. Kies een latere dag, of laat het leeg."))


class NeedsConsent(Refusal):
    """A person asks or offers only with their own yes."""

    def __init__(self) -> None:
        super().__init__(_("Dit kan alleen met je toestemming. Zonder die bewaren we niets."))


class NeedEnded(Refusal):
    """Somebody said otherwise of its end already."""

    def __init__(self) -> None:
        super().__init__(_("Dit was al afgesloten. Zet het eerst weer open."))


class HiddenWithoutReason(Refusal):
    """Whose words are hidden hears why."""

    def __init__(self) -> None:
        super().__init__(_("Schrijf waarom je dit verbergt. Wie het schreef, leest dat."))
