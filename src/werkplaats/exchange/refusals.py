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
