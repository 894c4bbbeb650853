"""When something about a move cannot be."""

from datetime import date

from django.utils.translation import gettext as _

from werkplaats.kit.dates import written
from werkplaats.kit.refusal import Refusal


class Overtaken(Refusal):
    """A move that is no longer proposed cannot be refused."""

    def __init__(self) -> None:
        super().__init__(_("Deze zet staat er niet meer: sinds de laatste meting zijn andere zetten beter."))


class AlreadyAsked(Refusal):
    """Somebody else began to ask about this move: nobody is asked twice."""

    def __init__(self) -> None:
        super().__init__(_("Een collega is deze partijen al aan het vragen. Er is niets dubbel verstuurd."))


class NotYourTurn(Refusal):
    """A side that is not asked, or not any more, cannot answer."""

    def __init__(self) -> None:
        super().__init__(_("Deze vraag is voorbij. Je hoeft niets te doen."))


class NotAgreed(Refusal):
    """Only who both said yes can have met because of it."""

    def __init__(self) -> None:
        super().__init__(_("Dit kan pas als beide kanten ja hebben gezegd. Er is niets veranderd."))


class MetInTheFuture(Refusal):
    """They cannot have met on a day that is still to come, or before they were asked."""

    def __init__(self) -> None:
        super().__init__(_("Kies een dag tussen het eerste vragen en vandaag."))


class AlreadyMet(Refusal):
    """Somebody noted another day already."""

    def __init__(self, on: date) -> None:
        super().__init__(_("Er staat al dat ze kennismaakten op %(day)s.") % {"day": written(on)})


class AlreadyTold(Refusal):
    """Whether it helped is asked and told once."""

    def __init__(self) -> None:
        super().__init__(_("Jullie zeiden al of het hielp. Dank je wel."))
