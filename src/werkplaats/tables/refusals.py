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


class SheetIsThere(Refusal):
    def __init__(self, number: int) -> None:
        super().__init__(_("Blad %(number)d stond er al. Er is niets veranderd.") % {"number": number})
