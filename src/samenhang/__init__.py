"""Samenhang: measures that show what belongs together in a neighbourhood.

Each measure is a package of its own and is loaded when it is first asked for, so that ``import samenhang`` costs nothing:

>>> import samenhang
>>> "network" in dir(samenhang)
True
"""

from importlib import import_module
from types import ModuleType

MEASURES = ("change", "knowledge", "network", "opinion", "table")
TOOLS = ("areas", "defragmenting", "files", "folder", "neighbourhood", "shape")

__all__ = [*MEASURES, *TOOLS]  # noqa: PLE0604 - names of modules that are loaded when asked for


def __getattr__(name: str) -> ModuleType:
    if name in MEASURES or name in TOOLS:
        return import_module(f"samenhang.{name}")
    raise AttributeError(f"samenhang has no measure called {name!r}; there are: {', '.join(MEASURES)}")


def __dir__() -> list[str]:
    return sorted([*globals(), *MEASURES, *TOOLS])
