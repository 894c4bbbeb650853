"""When something about a match cannot be."""

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class Overtaken(Refusal):
    """The need or the offer is not open any more, or the two are not to be introduced."""

    def __init__(self) -> None:
        super().__init__(_("Dit past niet meer: een van de twee staat niet meer open, of wil dit niet."))


class AlreadyAsked(Refusal):
    """Somebody else began to ask about this match, or decided about it: nobody is asked twice."""

    def __init__(self) -> None:
        super().__init__(_("Een collega was je net voor. Er is niets dubbel verstuurd."))


class RefusedWithoutReason(Refusal):
    """What is never proposed again is refused for a reason."""

    def __init__(self) -> None:
        super().__init__(_("Schrijf waarom dit niet past. Het voorstel komt niet terug."))


class NotYourTurn(Refusal):
    """A side that is not asked, or not any more, cannot answer."""

    def __init__(self) -> None:
        super().__init__(_("Deze vraag is voorbij. Je hoeft niets te doen."))


class NotIntroduced(Refusal):
    """Only who both said yes can tell what came of it."""

    def __init__(self) -> None:
        super().__init__(_("Dit kan pas als beide kanten ja hebben gezegd. Er is niets veranderd."))


class PersonHasNoRoom(Refusal):
    """A person is asked no more often in a month than a party that chose nothing."""

    def __init__(self) -> None:
        super().__init__(_("Deze bewoner is deze maand al vaak genoeg gevraagd."))
