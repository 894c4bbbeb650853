"""The terms that a workshop sets itself, and how areas lie inside each other."""

from collections.abc import Mapping

RESERVED = frozenset({"account", "taal", "static", "api", "verbinding"})
"""Words that stand at the top of an address of this site already: no workshop can be called so there."""

TERMS: Mapping[str, tuple[int, int]] = {"small_number": (3, 50), "tie_months": (3, 120), "pause_days": (14, 730)}
"""What a workshop sets itself, each between a least and a most."""


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
