"""What a person is told when something cannot happen in a pause. Nothing changed then."""

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class AlreadyClosed(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Dit stilstaan is al afgerond. Er is niets veranderd."))


class NotConcerned(Refusal):
    """The receipt is of a voice about something else."""

    def __init__(self) -> None:
        super().__init__(_("Dit bonnetje hoort bij een ander onderwerp. Hier kun je er niet mee antwoorden."))


class NoWay(Refusal):
    """To go on, one says with which phase."""

    def __init__(self) -> None:
        super().__init__(_("Kies met welke stap jullie verdergaan."))


class NoReason(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Schrijf op waarom. Iedereen mag het weten."))


class NotInIt(Refusal):
    """Only parties that work in a trajectory are asked about it."""

    def __init__(self) -> None:
        super().__init__(_("Deze partij doet niet mee aan dit werk. Zet haar er eerst bij."))


class StillOpen(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Jullie staan al stil bij dit werk. Rond dat eerst af."))
