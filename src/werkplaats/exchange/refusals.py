"""When a folder cannot come in."""

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
