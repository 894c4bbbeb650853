"""A neighbourhood as a whole: from its records to the demands on it, the figure of fragmentation and the moves.

This module stands above the measures and puts them together; the measures do not know each other. The rule that says
which connections ought to be there is ``demands``, and everybody who needs it calls it here.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from samenhang import network

MONTHS = 24
"""A tie that was not seen for this long no longer counts."""


@dataclass(frozen=True)
class Need:
    """A need of a party, and who is on record as able to act on it (confirmed by another party)."""

    key: str
    party: str
    able: tuple[str, ...]
    issue: str | None = None


@dataclass(frozen=True)
class Waiting:
    """Somebody waits for an answer to what they told through a party. ``answers``: who said to come back to it, if anybody."""

    party: str
    ask: str
    answers: str | None = None
    issue: str | None = None


@dataclass(frozen=True)
class Issue:
    """An issue: who holds a fragment of it, and who works on it."""

    key: str
    holders: tuple[str, ...]
    working: tuple[str, ...]


@dataclass(frozen=True)
class Related:
    """Two themes that were declared related, and who is active in each."""

    theme_a: str
    theme_b: str
    active_a: tuple[str, ...]
    active_b: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """Why one connection ought to be there. ``subject``: the need, the issue, the ask, or the pair of themes it comes from.

    ``waits``: people wait for an answer through the source, on an issue or, where there is none, on an ask.
    """

    part: str
    source: str
    targets: tuple[str, ...]
    subject: str
    issue: str | None = None
    waits: bool = False


@dataclass(frozen=True, eq=False)
class OnRecord:
    """The demands of a neighbourhood, and for each of them why it is there."""

    demands: network.Demands
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Report:
    """A tie as somebody told it: between whom, who says so, whether an event shows it, and when it was seen last."""

    party_a: str
    party_b: str
    reported_by: tuple[str, ...]
    shown: bool = False
    last_seen: dt.date | None = None


def demands(
    parties: Sequence[str],
    *,
    needs: Iterable[Need] = (),
    waiting: Iterable[Waiting] = (),
    issues: Iterable[Issue] = (),
    initiatives: Iterable[str] = (),
    related: Iterable[Related] = (),
) -> OnRecord:
    """Which connections ought to be there? The rule, in one place.

    People: a party with a need ought to reach one of those able to act on it (nobody on record = not reached; unit: the
    party). A party through which people wait ought to reach one of those who said to answer them, or who are able to act
    on a need in the same issue: one demand per issue, or per ask where there is no issue, however many wait. Information:
    each holder of a fragment in an issue ought to reach one of the others that work on it (unit: the issue). Networks: each two
    ``initiatives`` working on one issue (unit: the issue). Themes: each party active in the first of two related themes
    ought to reach one of those active in the second (unit: the pair); who is active in both brings them together already.
    Nobody has to reach themselves.

    ``parties``: the key of each party, in the order of its number. Raises ``KeyError`` for a key that is none of them.
    The order of what is given does not matter.

    >>> found = demands(["a", "b"], needs=[Need("heating", "a", ("b",))])
    >>> found.reasons[0].targets, found.demands.target
    (('b',), ((1,),))
    """
    known = sorted(issues, key=lambda issue: issue.key)
    asked = sorted(needs, key=lambda need: need.key)
    reasons = [
        *_people(asked),
        *_waiting(waiting, asked),
        *_information(known),
        *_networks(known, frozenset(initiatives)),
        *_themes(sorted(related, key=lambda pair: (pair.theme_a, pair.theme_b))),
    ]
    number = {key: row for row, key in enumerate(parties)}
    found = network.Demands(
        [number[reason.source] for reason in reasons],
        [tuple(number[party] for party in reason.targets) for reason in reasons],
        part=[reason.part for reason in reasons],
        unit=[reason.source if reason.part == "people" else reason.subject for reason in reasons],
        key=[_key(reason) for reason in reasons],
    )
    return OnRecord(found, tuple(reasons))


def _key(reason: Reason) -> tuple[str, ...]:
    """By what a demand is known again; who is able, active or working may change, the two ends of a pair may not."""
    pair = reason.targets if reason.part == "networks" else ()
    return (reason.part, reason.subject, reason.source, *pair)


def _people(needs: list[Need]) -> list[Reason]:
    return [
        Reason("people", need.party, tuple(sorted(set(need.able) - {need.party})), need.key, need.issue)
        for need in needs
    ]


def _waiting(waiting: Iterable[Waiting], needs: list[Need]) -> list[Reason]:
    able: dict[str, set[str]] = {}
    for need in needs:
        if need.issue:
            able.setdefault(need.issue, set()).update(need.able)
    found: dict[tuple[str, str, str], set[str]] = {}
    for one in waiting:
        if one.answers == one.party:
            continue  # it is the party itself that owes the answer
        about = (one.party, one.issue or "", "" if one.issue else one.ask)
        targets = found.setdefault(about, set(able.get(about[1], ())))
        targets.update([one.answers] if one.answers else [])
    return [
        Reason("people", party, tuple(sorted(targets - {party})), issue or ask, issue or None, waits=True)
        for (party, issue, ask), targets in sorted(found.items())
    ]


def _information(issues: list[Issue]) -> list[Reason]:
    return [
        Reason("information", holder, others, issue.key, issue.key)
        for issue in issues
        for holder in sorted(set(issue.holders))
        if (others := tuple(sorted(set(issue.working) - {holder})))
    ]


def _networks(issues: list[Issue], initiatives: frozenset[str]) -> list[Reason]:
    return [
        Reason("networks", a, (b,), issue.key, issue.key)
        for issue in issues
        for a, b in combinations(sorted(set(issue.working) & initiatives), 2)
    ]


def _themes(related: list[Related]) -> list[Reason]:
    return [
        Reason("themes", party, tuple(sorted(set(pair.active_b))), f"{pair.theme_a} / {pair.theme_b}")
        for pair in related
        for party in sorted(set(pair.active_a) - set(pair.active_b))
    ]


def ties(
    parties: Sequence[str], reports: Iterable[Report], *, today: dt.date, same: Iterable[tuple[str, str]] = ()
) -> network.Ties:
    """The ties that count today: length 1 when both ends report them or an event shows them, length 2 otherwise.

    What the two ends report in separate rows counts together. A tie last seen more than 24 months ago does not count; one
    without any date does, since nothing says that it ended. ``same``: entries that a human confirmed to be one party.

    >>> found = ties(["a", "b"], [Report("a", "b", ("a",)), Report("b", "a", ("b",))], today=dt.date(2026, 1, 1))
    >>> found.length.tolist()
    [1]
    """
    number = {key: row for row, key in enumerate(parties)}
    said: dict[tuple[int, int], set[int]] = {}
    shown: set[tuple[int, int]] = set()
    for report in _unfaded(reports, today):
        a, b = sorted((number[report.party_a], number[report.party_b]))
        said.setdefault((a, b), set()).update(number[party] for party in report.reported_by)
        if report.shown:
            shown.add((a, b))
    pairs = sorted(said)
    length = [1 if pair in shown or said[pair] >= set(pair) else 2 for pair in pairs]
    doubles = [(number[a], number[b]) for a, b in same]
    return network.Ties(len(parties), [a for a, _ in pairs], [b for _, b in pairs], length, doubles)


def naming(
    parties: Sequence[str], reports: Iterable[Report], *, today: dt.date, answered: Iterable[str] | None = None
) -> network.Reports:
    """Who named whom, for the interval of F: each end of a tie that reports it and has not faded.

    ``answered``: who was asked for its ties and answered; None = who reported any tie, as nothing else says who spoke.

    >>> found = naming(["a", "b"], [Report("a", "b", ("b",))], today=dt.date(2026, 1, 1))
    >>> found.reporter.tolist(), found.other.tolist(), found.answered.tolist()
    ([1], [0], [False, True])
    """
    number = {key: row for row, key in enumerate(parties)}
    said = [
        (number[party], number[report.party_b if party == report.party_a else report.party_a])
        for report in _unfaded(reports, today)
        for party in report.reported_by
        if party in (report.party_a, report.party_b)
    ]
    spoke = {a for a, _ in said} if answered is None else {number[party] for party in answered}
    return network.Reports([a for a, _ in said], [b for _, b in said], [row in spoke for row in range(len(parties))])


def _unfaded(reports: Iterable[Report], today: dt.date) -> list[Report]:
    limit = _months_before(today, MONTHS)
    return [report for report in reports if report.last_seen is None or report.last_seen >= limit]


def _months_before(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = dt.date(year, month + 1, 1)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def drawn(n: int, count: int, rng: np.random.Generator) -> network.Demands:
    """Demands drawn at random between ``n`` parties, for trying out a network of which no demand is on record.

    Raises ``ValueError`` with fewer than two parties.
    """
    if n < 2:
        raise ValueError(f"demands need two parties or more, there are {n}")
    source = rng.integers(0, n, count)
    return network.Demands(source, (source + rng.integers(1, n, count)) % n)


def by_issue(reasons: Sequence[Reason]) -> tuple[Hashable, ...]:
    """The label of each demand for splitting F by issue; demands without an issue stand under what they come from."""
    return tuple(reason.issue or reason.subject for reason in reasons)
