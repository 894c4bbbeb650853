"""What a person is told when something cannot happen to a chain. Nothing changed then."""

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class VersionClosed(Refusal):
    """An older version stays as it was."""

    def __init__(self) -> None:
        super().__init__(_("Deze versie is afgesloten en blijft zoals zij was. Maak een nieuwe versie."))


class NobodyDoesIt(Refusal):
    """A step is done by a party or at a kind of desk: one of the two."""

    def __init__(self) -> None:
        super().__init__(_("Kies wie deze stap doet: een partij, of in woorden een soort loket. Eén van de twee."))


class CountsFromOne(Refusal):
    """In a folder: the first version and the first step are number 1."""

    def __init__(self) -> None:
        super().__init__(_("Versies en stappen van een keten tellen vanaf 1."))


class EndsTooEarly(Refusal):
    """A version ends after it began."""

    def __init__(self) -> None:
        super().__init__(_("Een versie kan niet eindigen voor zij begon. Kies een latere dag."))


class NotLater(Refusal):
    """A version begins after the one before it."""

    def __init__(self) -> None:
        super().__init__(_("Die dag ligt niet na de dag waarop de versie ervoor inging. Kies een latere dag."))


class StepGone(Refusal):
    """Somebody else changed the version in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("Deze stap is er niet meer. Kijk opnieuw naar de keten."))


class NameTaken(Refusal):
    """Two chains with one name cannot be told apart, and a form that is sent twice is one chain."""

    def __init__(self) -> None:
        super().__init__(_("Er is al een keten met deze naam. Kies een andere naam, of kijk eerst bij die keten."))


class AfterItself(Refusal):
    """A step hands over to another one."""

    def __init__(self) -> None:
        super().__init__(_("Een stap kan niet na zichzelf komen. Kies een andere stap."))


class TooManySteps(Refusal):
    """More than anybody can follow."""

    def __init__(self, most: int) -> None:
        super().__init__(_("Een keten kan hooguit %(n)d stappen hebben.") % {"n": most})


class VersionsOverlap(Refusal):
    """In a folder: a chain goes one way at a time."""

    def __init__(self) -> None:
        super().__init__(_("Op elke dag geldt van een keten hooguit één versie. Deze valt samen met een andere."))
