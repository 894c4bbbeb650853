"""What a person is told when something cannot happen at a table. Nothing changed then."""

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class NobodySits(Refusal):
    """A promise is made by a party that sits at the table."""

    def __init__(self) -> None:
        super().__init__(_("Kies eerst welke partij dit zei."))


class NothingSaid(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Schrijf in één zin op wat er gezegd is."))


class NoDay(Refusal):
    """To come back to something needs a day."""

    def __init__(self) -> None:
        super().__init__(_("Kies de dag waarop jullie erop terugkomen."))


class NobodyInvited(Refusal):
    """An invitation is to somebody."""

    def __init__(self) -> None:
        super().__init__(_("Kies eerst wie je uitnodigt. Een uitnodiging aan niemand gaat nergens heen."))


class UnknownParty(Refusal):
    """A name that no party here has."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” staat hier niet als partij. Kijk hoe de naam geschreven is, of zet de partij er eerst bij.")
            % {"name": name}
        )


class TableIsOver(Refusal):
    """What was, cannot be called off, moved or answered any more."""

    def __init__(self) -> None:
        super().__init__(_("Deze tafel is al geweest. Daar verandert niets meer aan."))


class TableIsOff(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Deze tafel gaat niet door. Schrijf een nieuwe op als jullie toch bij elkaar komen."))


class TableStillToCome(Refusal):
    """Who was there is known afterwards."""

    def __init__(self) -> None:
        super().__init__(_("Deze tafel is er nog niet geweest. Schrijf daarna op wie er was."))


class NobodyToDraw(Refusal):
    """A lottery is among somebody."""

    def __init__(self) -> None:
        super().__init__(
            _("Er is niemand om onder te loten: wie het aangaat heeft al een stoel, of is nog niet bekend.")
        )


class NotSoMany(Refusal):
    def __init__(self, pool: int) -> None:
        super().__init__(_("Je loot onder %(n)d. Kies een aantal stoelen van 1 tot en met %(n)d.") % {"n": pool})


class DrawWaits(Refusal):
    """One lottery at a time: who draws until the outcome pleases, draws no lots."""

    def __init__(self) -> None:
        super().__init__(_("Er ligt al een loting. Neem haar aan of zeg met een reden dat je haar laat vallen."))


class NotProposed(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Over deze loting is al besloten, of zij is nog niet klaar. Er is niets veranderd."))


class NoReason(Refusal):
    """Everybody may read why a lottery was left."""

    def __init__(self) -> None:
        super().__init__(_("Schrijf op waarom je deze loting laat vallen. Het blijft erbij staan."))


class NobodyWasThere(Refusal):
    """What came of a table comes back to who was there."""

    def __init__(self) -> None:
        super().__init__(_("Schrijf eerst op wie er was. Dan weten we aan wie het terugkomt."))


class NotAhead(Refusal):
    """A table is moved to a moment that is still to come."""

    def __init__(self) -> None:
        super().__init__(_("Kies een dag en een uur die nog komen."))


class NothingMoved(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Dit is dezelfde dag, hetzelfde uur en dezelfde plek. Er is niets veranderd."))


class TurnsAreOff(Refusal):
    """The workshop counts no turns."""

    def __init__(self) -> None:
        super().__init__(_("Beurten tellen staat uit in deze werkplaats."))


class NotUnderstood(Refusal):
    """Something arrived that is neither a tap nor a line."""

    def __init__(self) -> None:
        super().__init__(_("Dit is niet bewaard, want het is niet te lezen."))


class NotOpen(Refusal):
    """The check-out of this table did not begin, or is over."""

    def __init__(self) -> None:
        super().__init__(_("Het rondje is nu niet open."))


class DayNotCome(Refusal):
    """How a table was, is known at the earliest on its day."""

    def __init__(self) -> None:
        super().__init__(_("Deze tafel is nog niet geweest. Het rondje kan open vanaf de dag zelf."))


class AlreadyTold(Refusal):
    """What counts in figures that were told stays, so that no difference of two pages is about one person."""

    def __init__(self) -> None:
        super().__init__(_("Het rondje was al dicht en je antwoord telt al mee. Het kan niet meer anders."))


class SheetIsThere(Refusal):
    def __init__(self, number: int) -> None:
        super().__init__(_("Blad %(number)d stond er al. Er is niets veranderd.") % {"number": number})
