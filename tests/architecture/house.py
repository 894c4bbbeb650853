"""Reads the shape of the house from its files; each rule is tried on the real house and on a made-up wrong one."""

import ast
import configparser
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
PLATFORM = HOME / "src" / "werkplaats"
LIBRARY = HOME / "src" / "samenhang"


def floors() -> dict[str, int]:
    """Every room and its floor, as .importlinter says: kit 0, higher rooms a higher number; strangers share a floor."""
    parser = configparser.ConfigParser()
    parser.read(HOME / ".importlinter")
    layers = parser["importlinter:contract:rooms"]["layers"].split("\n")
    names = [re.findall(r"\w+", layer) for layer in layers if layer.strip()]
    return {room: floor for floor, rooms in enumerate(reversed(names)) for room in rooms}


def may_know(importer: str, imported: str) -> bool:
    """A room knows itself and the rooms on lower floors."""
    floor = floors()
    return importer == imported or floor[imported] < floor[importer]


@dataclass(frozen=True)
class Code:
    """One Python file of the house, read."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its place from the top of the repository."""
        return str(self.path.relative_to(HOME)) if self.path.is_relative_to(HOME) else self.path.name

    @property
    def stem(self) -> str:
        """``views`` for a file views.py."""
        return self.path.stem


def code(*folders: Path) -> Iterator[Code]:
    """All Python files in the folders except migrations."""
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                yield Code(path, ast.parse(path.read_text(encoding="utf-8")))


def made_up(name: str, text: str) -> Code:
    """A file that does not exist, to show that a rule can fail."""
    return Code(Path(name), ast.parse(text))
