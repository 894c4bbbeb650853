"""Polis mode against Polis's own groups and against red-dwarf, and what a large conversation costs."""

import csv
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.conversations import Conversation, conversations, told
from benchmarks.red_dwarf import peer
from benchmarks.row import Row
from samenhang.opinion import Votes, opinion_map, polis_map
from samenhang.opinion.fitting import fit
from samenhang.opinion.kmeans import agreement

POLIS = {"brexit-consensus": 0.85, "canadian-electoral-reform": 0.95, "scoop-hivemind.biodiversity": 0.95}
BEST_OF = 5


def run(data: Path | None) -> list[Row]:
    both = [one for tuned in (True, False) for one in conversations(data, tuned=tuned) if one.votes.shape[0] >= 100]
    return [*_polis([one for one in both if one.name in POLIS] or both[:1]), *_whole(both), *_large()]


def _polis(found: list[Conversation]) -> list[Row]:
    ours, theirs, took, slow = [], [], [], []
    with peer() as other:
        for one in found:
            said = _groups(one)
            k = len(set(said.values())) if said else 3
            times, times_other = [], []
            for _ in range(BEST_OF):
                began = time.process_time()
                mine = polis_map(one.votes, groups=k)
                times.append(time.process_time() - began)
                if other:
                    answer = other.ask(_with_moderated(one), list(one.votes.moderated), k)
                    times_other.append(answer.took)
            took.append(min(times))
            group = dict(zip(mine.participants.tolist(), mine.group.tolist(), strict=True))
            ours.append(_ari(group, said))
            if other:
                slow.append(min(times_other))
                theirs.append(_ari(answer.group, said))
    ratio = [b / a for a, b in zip(took, slow, strict=False)]
    peers = f"red-dwarf {' / '.join(f'{one:.2f}' for one in theirs)}" if theirs else "red-dwarf not run"
    slower = f"red-dwarf {' / '.join(f'{one:.2f}' for one in slow)}" if slow else "red-dwarf not run"
    limits = [POLIS.get(one.name, 0.0) for one in found]
    real = found[0].folder is not None
    return [
        Row("opinion: Polis mode, ARI with Polis's own groups, its k",
            " / ".join(f"{one:.3f}" for one in ours) if real else "not known for a made one",
            ">= .85 / .95 / .95", peers, "",
            all(a >= b for a, b in zip(ours, limits, strict=True)) if real else None, told(found)),
        Row("opinion: Polis mode, CPU s", " / ".join(f"{one:.3f}" for one in took), ">= 10x faster", slower,
            " / ".join(f"{one:.0f}x" for one in ratio), min(ratio) >= 10 if ratio else None, f"{told(found)}; best of {BEST_OF}"),
    ]  # fmt: skip


def _groups(one: Conversation) -> dict[int, int]:
    if one.folder is None:
        return {}
    with (one.folder / "participants-votes.csv").open(encoding="utf-8", newline="") as lines:
        return {int(row["participant"]): int(row["group-id"]) for row in csv.DictReader(lines) if row["group-id"]}


def _with_moderated(one: Conversation) -> Votes:
    """The peer is given the votes on moderated statements too, and told which those are."""
    if one.folder is None:
        return one.votes
    with (one.folder / "votes.csv").open(encoding="utf-8", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: int(row["timestamp"]))
    return Votes(*([int(row[name]) for row in rows] for name in ("voter-id", "comment-id", "vote")))


def _ari(group: dict[int, int], said: dict[int, int]) -> float:
    both = sorted(set(group) & set(said))
    return agreement(np.array([group[who] for who in both]), np.array([said[who] for who in both])) if both else 0.0


def _whole(found: list[Conversation]) -> list[Row]:
    largest = max(found, key=lambda one: len(one.votes.value))
    fits, alls = [], []
    for _ in range(3):
        began = time.process_time()
        fit(largest.votes)
        fits.append(time.process_time() - began)
        began = time.process_time()
        opinion_map(largest.votes, rng=np.random.default_rng(0))
        alls.append(time.process_time() - began)
    return [
        Row("opinion: map of the largest conversation, CPU s: fit / all", f"{min(fits):.2f} / {min(alls):.2f}",
            "<= 1 / 2.5", "", "", min(fits) <= 1 and min(alls) <= 2.5,
            f"{told([largest])}, {len(largest.votes.value):,} votes; best of 3"),
    ]  # fmt: skip


def _large() -> list[Row]:
    """In processes of their own, so that the peak of memory is that of the map alone."""
    rows = []
    for participants, target in ((100_000, "<= 8 CPU s, 800 MB"), (1_000_000, "completes")):
        told_of = subprocess.run(
            [sys.executable, "-m", "benchmarks.opinion_speed", str(participants)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        figure = f"{float(told_of[0]):.1f} CPU s, {int(told_of[1]):,} MB at most" if told_of else "did not complete"
        reached = bool(told_of) and (participants > 100_000 or (float(told_of[0]) <= 8 and int(told_of[1]) <= 800))
        data = f"made with seed 0: {participants:,} participants, 1,000 statements, 24 votes each"
        rows.append(Row(f"opinion: map of {participants:,} participants", figure, target, "", "", reached, data))
    return rows


def large(participants: int) -> None:
    """Prints CPU seconds of the map, and the peak of memory in megabytes."""
    rng = np.random.default_rng(0)
    camp = rng.integers(0, 3, participants)
    direction, support = rng.standard_normal((1000, 3)), 0.5 + rng.standard_normal(1000)
    who = np.repeat(np.arange(participants), 24)
    what = rng.integers(0, 1000, len(who))
    logit = support[what] + 1.4 * direction[what, camp[who]]
    said = np.where(rng.random(len(who)) < 1 / (1 + np.exp(-logit)), 1, -1)
    del logit
    votes = Votes(who, what, said)
    del who, what, said
    began = time.process_time()
    opinion_map(votes, rng=rng)
    print(f"{time.process_time() - began:.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}")


if __name__ == "__main__":
    large(int(sys.argv[1]))
