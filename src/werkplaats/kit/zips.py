"""What somebody packed in a zip, file by file; one that climbs out, swells or hides is refused and the others go on."""

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal

_PIECE = 1_000_000


class BadZip(Refusal):
    """The zip as a whole cannot be opened, or holds too much."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of a zip: `name` as it stands there, and where it is now, or why not (a sentence)."""

    name: str
    path: Path | None
    refused: str = ""


def unpack(file: "IO[bytes] | Path", to: Path, *, largest: int, most_bytes: int, most_files: int) -> Iterator[Packed]:
    """Unpacks a zip into a folder under its own names. Raises `BadZip` before anything is written.

    What a zip says of sizes is not believed: bytes are counted as they come.
    """
    try:
        package = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as wrong:
        raise BadZip(_("Dit zip-bestand is niet heel. Maak het opnieuw.")) from wrong
    with package:
        parts = [part for part in package.infolist() if not part.is_dir() and not _is_litter(part.filename)]
        if len(parts) > most_files:
            raise BadZip(
                _("In deze zip zitten %(count)d bestanden. Het mogen er %(most)d zijn.")
                % {"count": len(parts), "most": most_files}
            )
        left = most_bytes
        for part in parts:
            refused = _refused(part, largest, left)
            if not refused:
                refused, taken = _write(package, part, to, min(largest, left))
                left -= taken
            yield Packed(part.filename, None if refused else to / part.filename, refused)


def _is_litter(name: str) -> bool:
    """What a Mac or Windows adds by itself."""
    path = PurePosixPath(name)
    return path.parts[:1] == ("__MACOSX",) or path.name in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _refused(part: zipfile.ZipInfo, largest: int, left: int) -> str:
    path = PurePosixPath(part.filename)
    if (
        path.is_absolute()
        or ".." in path.parts
        or "\\" in part.filename
        or ":" in part.filename
        or "\x00" in part.filename
    ):
        return _("Deze naam wijst naar een plek buiten de zip.")
    if stat.S_ISLNK(part.external_attr >> 16):
        return _("Dit is een verwijzing en geen bestand.")
    if part.flag_bits & 0x1:
        return _("Dit bestand zit op slot met een wachtwoord.")
    if path.suffix.lower() == ".zip":
        return _("Dit is een zip in een zip. Pak hem eerst uit.")
    return _too_large(largest) if part.file_size > min(largest, left) else ""


def _too_large(largest: int) -> str:
    return _("Dit bestand is uitgepakt te groot. Eén bestand mag %(most)d MB zijn.") % {"most": largest // 1_000_000}


def _write(package: zipfile.ZipFile, part: zipfile.ZipInfo, to: Path, most: int) -> tuple[str, int]:
    """Why it could not be unpacked, and how many bytes it took."""
    target, taken = to / part.filename, 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with package.open(part) as source, target.open("xb") as file:
            while piece := source.read(_PIECE):
                taken += len(piece)
                if taken > most:
                    break
                file.write(piece)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError):
        target.unlink(missing_ok=True)
        return _("Dit bestand is niet heel."), taken
    if taken > most:
        target.unlink()
        return _too_large(most), taken
    return "", taken
