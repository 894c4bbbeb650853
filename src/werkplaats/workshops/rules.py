"""The terms that a workshop sets itself, and how areas lie inside each other."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

RESERVED = frozenset({"account", "taal", "static", "api", "verbinding"})
"""Words that stand at the top of an address of this site already: no workshop can be called so there."""

WRITTEN = ("nl", "en")
"""The languages in which we write ourselves."""
TERMS: Mapping[str, tuple[int, int]] = {"small_number": (3, 50), "tie_months": (3, 120), "pause_days": (14, 730)}
"""What a workshop sets itself, each between a least and a most."""


class Capability(StrEnum):
    """What a workshop switches on and off; what is off shows nowhere, and its doors are not there."""

    MIRRORS = "mirrors"
    TURNS = "turns"
    LOTS = "lots"
    CHAINS = "chains"
    HEARD_SCALE = "heard-scale"  # the eight items of the Feeling Heard Scale in the place of two questions


def at_first() -> list[str]:
    """What is switched on in a new workshop, as it is stored."""
    return [Capability.MIRRORS.value]


def switched_on(names: Iterable[str]) -> list[str]:
    """These capabilities as they are stored: each once, in order, and no word that is none.

    >>> switched_on(["turns", "mirrors", "turns", "flying"])
    ['mirrors', 'turns']
    """
    return [capability.value for capability in Capability if capability.value in set(names)]


def circle(parents: Mapping[str, str]) -> tuple[str, ...]:
    """The first circle found in `parents` (code -> code of the area around it, "" for none), or nothing.

    >>> circle({"a": "b", "b": "c", "c": ""})
    ()
    >>> circle({"a": "b", "b": "a"})
    ('a', 'b')
    """
    sound: set[str] = set()
    for start in parents:
        path: list[str] = []
        code = start
        while code and code not in sound:
            if code in path:
                return tuple(path[path.index(code) :])
            path.append(code)
            code = parents.get(code, "")
        sound.update(path)
    return ()
