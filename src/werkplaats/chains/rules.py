"""Who may draw a chain, which version of it is in force, and which steps are not reached when some stop. Plain values."""

from collections.abc import Collection, Mapping
from datetime import date

from werkplaats.accounts.rules import ANYONE, COORDINATORS, Verb
from werkplaats.workshops.rules import Capability

READ = Verb("chains.read", ANYONE, of=Capability.CHAINS)
WRITE = Verb("chains.write", COORDINATORS, of=Capability.CHAINS)

LONGEST_TERM = 3_650
"""Days: no law gives a desk more than ten years."""
MOST_STEPS = 60
"""More than this is no chain that somebody can follow on one page."""

Then = Mapping[int, Collection[int]]
"""Of each step, by its number, to which steps it hands over."""


def is_in_force(since: date, until: date | None, *, today: date) -> bool:
    """Whether a version holds today. `until`: the last day on which it held; None: nobody said that it ended.

    >>> is_in_force(date(2026, 1, 1), None, today=date(2026, 1, 1)), is_in_force(date(2026, 1, 2), None, today=date(2026, 1, 1))
    (True, False)
    """
    return since <= today and (until is None or today <= until)


def not_reached(then: Then, stopped: Collection[int]) -> frozenset[int]:
    """Which other steps nobody reaches any more when the `stopped` ones are not done; one that nobody reached is not among them.

    A chain begins at each step to which nothing hands over, and at the lowest number where there is none.

    >>> sorted(not_reached({1: [2], 2: [3], 3: []}, {2}))
    [3]
    >>> sorted(not_reached({1: [2, 3], 2: [4], 3: [4], 4: []}, {2}))
    []
    """
    return _reached(then, without=()) - _reached(then, without=stopped) - frozenset(stopped)


def _reached(then: Then, *, without: Collection[int]) -> frozenset[int]:
    gone = set(without)
    handed = {number for numbers in then.values() for number in numbers}
    seen = (set(then) - handed or set(sorted(then)[:1])) - gone
    edge = set(seen)
    while edge:
        edge = {number for here in edge for number in then.get(here, ())} - seen - gone
        seen |= edge
    return frozenset(seen)
