"""When a folder cannot come in."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkplaats.exchange.records import FaultLine
from werkplaats.kit.refusal import Refusal


class FolderRefused(Refusal):
    """Nothing of the folder was loaded. `faults` says for each error the file, the line, the column and the reason."""

    def __init__(self, faults: tuple[FaultLine, ...]) -> None:
        told = ngettext(
            "Er is niets geladen: er klopt iets niet in de map.",
            "Er is niets geladen: op %(count)s plekken klopt er iets niet in de map.",
            len(faults),
        )
        super().__init__(told % {"count": len(faults)})
        self.faults = faults


class FolderNotEmpty(Refusal):
    """A workshop goes into a folder of its own, so that nothing of another time stands between it."""

    def __init__(self, name: str) -> None:
        super().__init__(_("In de map %(name)s staat al iets. Kies een lege map.") % {"name": name})


class DocumentGone(Refusal):
    """The file of a source is not where it is kept: half a library does not pass for the whole."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Het bestand van “%(name)s” is niet op deze machine. Zet het terug uit de reservekopie.") % {"name": name}
        )


class UnreadableSheet(Refusal):
    """A file that cannot be read as a sheet. `reason`: a code of the reader, or ``too_many_rows``."""

    def __init__(self, name: str, reason: str) -> None:
        sentences = {
            "broken": _(
                "“%(file)s” kunnen we niet lezen. Bewaar het als CSV of als Excel (xlsx) en probeer het opnieuw."
            ),
            "locked": _(
                "“%(file)s” zit op slot met een wachtwoord. Bewaar het zonder wachtwoord en probeer het opnieuw."
            ),
            "no_text": _("“%(file)s” is leeg."),
            "too_large": _("“%(file)s” is te groot voor een lijst. Knip het op in delen."),
            "too_many_rows": _("“%(file)s” heeft meer dan 5000 rijen. Knip het op in delen."),
        }
        super().__init__(sentences[reason] % {"file": name})


class BatchRefused(Refusal):
    """Something in the files is wrong: nothing came in."""

    def __init__(self) -> None:
        super().__init__(_("Er is niets ingelezen. Hieronder staat per rij wat er niet klopt."))


class NotThisWorkshop(Refusal):
    """A folder of another workshop does not come in here: a workshop is the border of all data."""

    def __init__(self, *, theirs: str, ours: str) -> None:
        words = _(
            "Deze map is van werkplaats “%(theirs)s”, en dit is “%(ours)s”. Wie de site beheert, kan hem laden naast deze."
        )
        super().__init__(words % {"theirs": theirs, "ours": ours})


class NoWorkshopFile(Refusal):
    """A folder that does not say of which workshop it is."""

    def __init__(self) -> None:
        super().__init__(_("In de map ontbreekt workshop.csv: dat zegt van welke werkplaats hij is."))
