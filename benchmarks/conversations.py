"""Conversations to measure on: real ones in the Polis file set, or a made one when there are none."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from samenhang.opinion import Votes

TUNED = ("brexit-consensus", "vtaiwan.uberx", "scoop-hivemind.biodiversity")
"""On these the design set its thresholds. The others have no targets, but were looked at while the measure was made."""


@dataclass(frozen=True, eq=False)
class Conversation:
    """``folder``: where it comes from, None when it was made."""

    name: str
    votes: Votes
    folder: Path | None

    def enough(self, least: int = 10) -> Votes:
        """The votes of who voted at least so often."""
        number = np.bincount(self.votes.row, minlength=self.votes.shape[0])
        return self.votes.of(np.flatnonzero(number >= least))


def conversations(data: Path | None, *, tuned: bool) -> list[Conversation]:
    """Those on which thresholds were set, or all others; without data one that was made."""
    root = data / "votes" if data else None
    if root is None or not root.is_dir():
        return [Conversation("made", made(240, 60, seed=0), None)] if tuned else []
    names = [one.name for one in sorted(root.iterdir()) if (one / "votes.csv").is_file()]
    chosen = [name for name in TUNED if name in names] if tuned else [name for name in names if name not in TUNED]
    return [Conversation(name, Votes.read(root / name), root / name) for name in chosen]


def told(found: list[Conversation]) -> str:
    """What the last column of the table says."""
    if found[0].folder is None:
        return "own, made with seed 0: 240 participants in three camps, 60 statements"
    return f"votes/: {' / '.join(one.name for one in found)}"


def made(participants: int, statements: int, *, seed: int, each: int = 40) -> Votes:
    """Three camps of unlike size around points in a space of two, each participant seeing some of the statements."""
    rng = np.random.default_rng(seed)
    camp = rng.choice(3, participants, p=(0.5, 0.35, 0.15))
    at = np.array([[1.2, 0.0], [-0.8, 1.0], [-0.5, -1.2]])[camp] + 0.35 * rng.standard_normal((participants, 2))
    direction, support = rng.standard_normal((statements, 2)) * 1.3, 0.6 + rng.standard_normal(statements)
    number = np.minimum(rng.poisson(each * 0.6, participants) + 10, statements)
    who = np.repeat(np.arange(participants), number)
    what = np.concatenate([rng.permutation(statements)[:many] for many in number])
    logit = support[what] + (direction[what] * at[who]).sum(axis=1)
    said = np.where(rng.random(len(who)) < 1 / (1 + np.exp(-logit)), 1, -1)
    said[rng.random(len(who)) < 0.12] = 0
    return Votes(who, what, said)
