"""What a person is told when something cannot happen to an issue. Nothing changed then."""

from datetime import date

from django.utils.translation import gettext as _

from werkplaats.issues.models import Issue
from werkplaats.issues.rules import State
from werkplaats.kit.dates import written
from werkplaats.kit.refusal import Refusal


class AlreadyDecided(Refusal):
    """Somebody was first, or the button was pressed twice: nothing changed."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(self.sentence_for(issue.state, issue.decided_on))

    @staticmethod
    def sentence_for(state: str, decided_on: date | None) -> str:
        """How it stands, and since when; who decided is not told."""
        on = written(decided_on) if decided_on else _("een eerdere dag")
        sentences = {
            State.PROPOSED: _("Dit is nog een voorstel. Accepteer het eerst."),
            State.ACCEPTED: _("Dit vraagstuk is al geaccepteerd op %(on)s. Er is niets veranderd.") % {"on": on},
            State.REFUSED: _("Bij dit voorstel is al nee gezegd op %(on)s. Er is niets veranderd.") % {"on": on},
            State.JOINED: _("Dit vraagstuk is al samengevoegd op %(on)s. Er is niets veranderd.") % {"on": on},
        }
        return sentences[State(state)]


class ChangedMeanwhile(Refusal):
    """Somebody else gave it another name since the page was opened."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Iemand anders gaf dit vraagstuk intussen een andere naam: %(name)s. Kijk of die past.") % {"name": name}
        )


class CannotJoin(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Deze twee kunnen niet worden samengevoegd. Kies een ander vraagstuk."))


class CannotSplit(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Kies minstens één passage, en laat er minstens één staan."))


class LastPassage(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Dit is de laatste passage. Past die niet, kies dan: Niet samen."))


class NotThere(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Dit staat niet meer bij dit vraagstuk. Er is niets veranderd."))


class SaysNotForWhom(Refusal):
    """A trajectory starts only when it says whom it should benefit and how they would notice."""

    def __init__(self) -> None:
        super().__init__(
            _("Schrijf eerst op voor wie dit is, en waaraan zij het gaan merken. Daarna kan het beginnen.")
        )


class NotRunning(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Dit ontwikkeltraject loopt nu niet. Er is niets veranderd."))


class AlreadyStarted(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Dit ontwikkeltraject is al begonnen. Er is niets veranderd."))


class NoSuchStep(Refusal):
    """From this phase one cannot go to that one."""

    def __init__(self) -> None:
        super().__init__(_("Die stap past nu niet. Iemand anders was misschien net eerder. Kijk waar jullie staan."))


class NoIssueYet(Refusal):
    """A trajectory belongs to an issue that people stand behind."""

    def __init__(self) -> None:
        super().__init__(_("Een ontwikkeltraject hoort bij een geaccepteerd vraagstuk."))
