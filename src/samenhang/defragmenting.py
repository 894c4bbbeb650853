"""A workshop folder defragmented: documents read and grouped, doubles looked for, demands, the figure and the moves."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from samenhang import knowledge, network
from samenhang.files import Row
from samenhang.folder import Folder
from samenhang.neighbourhood import Issue, Need, OnRecord, Reason, Related, Report, demands, naming, ties
from samenhang.shape import Progress


@dataclass(frozen=True)
class Party:
    """A party as it is named in what follows; its number is its place in the list."""

    key: str
    name: str


@dataclass(frozen=True)
class Subject:
    """An issue as it is named in what follows. ``proposed``: it is a cluster that nobody accepted yet."""

    key: str
    name: str
    proposed: bool


@dataclass(frozen=True)
class Double:
    """Two parties that may be one; a human decides. ``band``: same or ask."""

    party_a: str
    party_b: str
    score: float
    band: str


@dataclass(frozen=True, eq=False)
class Defragmented:
    """Everything that came out; numbers of parties in ``moves`` and demands are places in ``parties``.

    ``overview`` is None without documents; ``before.value`` and ``after.value`` are None without demands on record.
    Both carry their interval where parties reported ties; see ``network.fragmentation``.
    """

    parties: tuple[Party, ...]
    overview: knowledge.Overview | None
    subjects: tuple[Subject, ...]
    doubles: tuple[Double, ...]
    reasons: tuple[Reason, ...]
    before: network.Fragmentation
    moves: tuple[network.Move, ...]
    after: network.Fragmentation


def defragment(
    folder: Folder,
    rng: np.random.Generator,
    *,
    today: dt.date,
    moves: int = 20,
    cap: int = 2,
    progress: Progress | None = None,
) -> Defragmented:
    """What belongs together in this folder, what is scattered, and which introductions would help most.

    Documents that cannot be read are named in ``overview.refused`` and the rest goes on. Issues are those of
    ``issues.csv`` that were accepted; without that file each cluster of fragments is one, and who holds its fragments
    counts as working on it. Parties that said no to introductions are left out, and those kept apart stay apart. Raises
    ``ValueError`` when the folder has faults: its tables only mean something together.
    """
    if folder.faults:
        raise ValueError(f"the folder has {len(folder.faults)} faults, the first: {folder.faults[0]}")
    tell = progress or _silent
    overview = knowledge.overview(folder.documents, rng=rng, progress=tell) if folder.documents else None
    parties = tuple(Party(row.text("key"), row.text("name")) for row in folder.rows("parties"))
    tell(f"looking for doubles among {len(parties)} parties")
    doubles = _possible_doubles(folder)
    subjects, issues = _accepted(folder) if "issues" in folder.tables else _proposed(folder, overview)
    keys = [party.key for party in parties]
    same = [(r.text("party_a"), r.text("party_b")) for r in folder.rows("doubles") if r.text("verdict") == "same"]
    reports = _reports(folder)
    now, said = ties(keys, reports, today=today, same=same), naming(keys, reports, today=today)
    asked = _on_record(folder, keys, issues)
    tell(f"looking for {moves} moves over {len(asked.reasons)} demands")
    plan = _plan(folder, keys, now, asked.demands, moves=moves, cap=cap)
    # Both figures from one seed, so that what is drawn differs as little as can be.
    seed = int(rng.integers(2**32))
    before, after = (
        network.fragmentation(*of, reports=said, rng=np.random.default_rng(seed))
        for of in ((now, asked.demands), network.after(now, asked.demands, plan))
    )
    return Defragmented(
        parties=parties,
        overview=overview,
        subjects=subjects,
        doubles=doubles,
        reasons=asked.reasons,
        before=before,
        moves=plan,
        after=after,
    )


def _silent(line: str) -> None:
    """For callers that want no progress."""


def _possible_doubles(folder: Folder) -> tuple[Double, ...]:
    """Pairs that look alike and that no human decided about."""
    rows = folder.rows("parties")
    decided = {frozenset((row.text("party_a"), row.text("party_b"))) for row in folder.rows("doubles")}
    pairs = knowledge.same_parties([r.text("name") for r in rows], [r.text("address") for r in rows])
    found = (Double(rows[pair.a].text("key"), rows[pair.b].text("key"), pair.score, pair.band) for pair in pairs)
    return tuple(d for d in found if d.band != "different" and frozenset((d.party_a, d.party_b)) not in decided)


def _accepted(folder: Folder) -> tuple[tuple[Subject, ...], tuple[Issue, ...]]:
    holder = {row.text("key"): row.text("holder") for row in folder.rows("sources")}
    accepted = [row for row in folder.rows("issues") if row.text("state") == "accepted"]
    subjects = tuple(Subject(row.text("key"), row.text("name"), proposed=False) for row in accepted)
    holders = _gathered((row.text("issue"), holder[row.text("source")]) for row in folder.rows("issue_fragments"))
    working = _gathered((row.text("issue"), row.text("party")) for row in folder.rows("issue_parties"))
    return subjects, tuple(Issue(s.key, holders.get(s.key, ()), working.get(s.key, ())) for s in subjects)


def _proposed(folder: Folder, overview: knowledge.Overview | None) -> tuple[tuple[Subject, ...], tuple[Issue, ...]]:
    if overview is None:
        return (), ()
    holder = {row.text("file"): row.text("holder") for row in folder.rows("sources")}
    root = folder.path / "documents"
    of = [
        holder.get(path.relative_to(root).as_posix(), "") if path.is_relative_to(root) else ""
        for path in overview.paths
    ]
    by_cluster = _gathered(
        (str(cluster), of[document]) for cluster, document in zip(overview.cluster, overview.holder, strict=True)
    )
    subjects = tuple(
        Subject(f"cluster-{label.cluster + 1}", ", ".join(label.words), proposed=True) for label in overview.labels
    )
    held = [by_cluster.get(str(label.cluster), ()) for label in overview.labels]
    return subjects, tuple(Issue(s.key, who, who) for s, who in zip(subjects, held, strict=True))


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for key, party in pairs:
        if party:
            found.setdefault(key, set()).add(party)
    return {key: tuple(sorted(members)) for key, members in found.items()}


def _reports(folder: Folder) -> list[Report]:
    return [
        Report(
            row.text("party_a"),
            row.text("party_b"),
            row.keys("reported_by"),
            shown=bool(row.text("shown_by")),
            last_seen=row.date("last_seen") or row.date("since"),
        )
        for row in folder.rows("ties")
    ]


def _on_record(folder: Folder, keys: list[str], issues: tuple[Issue, ...]) -> OnRecord:
    able = _gathered((row.text("need"), row.text("party")) for row in folder.rows("able"))
    needs = [
        Need(row.text("key"), row.text("party"), able.get(row.text("key"), ()), row.text("issue") or None)
        for row in folder.rows("needs")
        if row.text("kind") == "need"
    ]
    active = _gathered((theme, row.text("key")) for row in folder.rows("parties") for theme in row.keys("themes"))
    pairs = {(row.text("theme_a"), row.text("theme_b")) for row in folder.rows("related_themes")}
    related = [Related(a, b, active.get(a, ()), active.get(b, ())) for a, b in sorted(pairs)]
    initiatives = [row.text("key") for row in folder.rows("parties") if row.text("kind") == "initiative"]
    return demands(keys, needs=needs, issues=issues, initiatives=initiatives, related=related)


def _plan(
    folder: Folder, keys: list[str], now: network.Ties, asked: network.Demands, *, moves: int, cap: int
) -> tuple[network.Move, ...]:
    rows = folder.rows("parties")
    number = {key: row for row, key in enumerate(keys)}
    apart = [(number[row.text("party_a")], number[row.text("party_b")]) for row in folder.rows("keep_apart")]
    return network.plan(
        now,
        asked,
        budget=moves,
        cap=[_own_cap(row, cap) for row in rows],
        allowed=[row.text("introductions") != "no" for row in rows],
        apart=apart,
        small=[row.text("kind") == "initiative" and row.text("size") == "small" for row in rows],
    )


def _own_cap(row: Row, cap: int) -> int:
    own = row["introductions_per_month"]
    return min(cap, own) if isinstance(own, int) else cap
