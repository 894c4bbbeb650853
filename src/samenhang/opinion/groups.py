"""Where people stand, in the metric of the votes, and to which group they belong."""

from dataclasses import dataclass

import numpy as np

from samenhang.opinion.fitting import People, Statements
from samenhang.opinion.kmeans import moments, nearest, split
from samenhang.opinion.votes import Votes
from samenhang.shape import Floats, Ints

SURE = 0.6


@dataclass(frozen=True, eq=False)
class Plane:
    """Positions in the metric of the votes: (P, r) with their covariance, and how certain each is, 0 to 1.

    A step of one changes what people say by as much in every direction; the first axis tells people apart most.
    """

    at: Floats
    cov: Floats
    certain: Floats

    def of(self, who: Ints) -> "Plane":
        """The places of a few participants."""
        return Plane(self.at[who], self.cov[who], self.certain[who])


@dataclass(frozen=True, eq=False)
class Frame:
    """How viewpoints become places: turned and scaled by ``turn`` (r, r), then taken from ``middle``; ``metric``: M (r, r)."""

    metric: Floats
    turn: Floats
    middle: Floats

    def place(self, people: People) -> Plane:
        """Where participants stand in it."""
        cov = self.turn.T @ people.cov[:, 1:, 1:] @ self.turn
        total = float(np.trace(self.metric))
        sure = 1 - np.trace(cov, axis1=1, axis2=2) / total if total else np.zeros(len(cov))
        return Plane(people.mean[:, 1:] @ self.turn - self.middle, cov, np.clip(sure, 0, 1))


def frame(votes: Votes, now: Statements, people: People, weight: Floats) -> Frame:
    """Viewpoints scaled by M = V' diag(n p (1 - p)) V / sum n, and turned so that the axes come in order of importance.

    n: how many voted on a statement, p: its support. The sign of an axis is that of the sum of the cubes of the places.
    """
    number = np.bincount(votes.column, minlength=votes.shape[1])
    p = 1 / (1 + np.exp(-now.support))
    metric = (now.direction * (number * p * (1 - p) / max(number.sum(), 1))[:, None]).T @ now.direction
    size, axes = np.linalg.eigh(metric)
    turn = axes * np.sqrt(np.maximum(size, 0))
    found = Frame(metric, turn, np.zeros(len(turn))).place(people)
    pull = found.certain * weight
    middle, spread = moments(found.at, pull)
    main = np.linalg.eigh(spread)[1][:, ::-1]
    sign = np.where((((found.at - middle) @ main) ** 3 * pull[:, None]).sum(axis=0) < 0, -1.0, 1.0)
    return Frame(metric, turn @ main * sign, middle @ main * sign)


def plane(votes: Votes, now: Statements, people: People, weight: Floats) -> Plane:
    """Where participants stand in a frame of their own."""
    return frame(votes, now, people, weight).place(people)


@dataclass(frozen=True, eq=False)
class Camps:
    """Where groups stand: ``centres`` (k, r), their ``size`` (k,), and how members lie around them, ``within`` (r, r)."""

    centres: Floats
    size: Floats
    within: Floats

    def belong(self, plane_: Plane) -> tuple[Ints, Floats]:
        """(P,) the group, -1 where no group has six chances in ten; and (P, k) the chances, from where somebody may stand."""
        sharp = np.linalg.inv(self.within + plane_.cov)
        score = np.empty((len(plane_.at), len(self.centres)))
        for one in range(len(self.centres)):
            away = plane_.at - self.centres[one]
            score[:, one] = np.log(self.size[one]) - np.einsum("pi,pij,pj->p", away, sharp, away) / 2
        chance = np.exp(score - score.max(axis=1, keepdims=True, initial=-np.inf))
        chance /= chance.sum(axis=1, keepdims=True)
        group = np.full(len(chance), -1)
        if len(self.centres):
            group = np.where(chance.max(axis=1) >= SURE, chance.argmax(axis=1), -1)
        return group.astype(np.int64), chance


def nowhere(rank: int) -> Camps:
    """No groups."""
    return Camps(np.zeros((0, rank)), np.zeros(0), np.eye(rank))


def camps(plane_: Plane, weight: Floats, k: int, apart: list[Ints]) -> Camps:
    """The groups around k centres, from left to right on the first axis.

    ``weight``: 0 for who must not pull at the centres. ``apart``: sets of participants who are a group of their own beside the k
    (`choosing.enclaves`).
    """
    mine = plane_.certain * weight
    label, centres = split(plane_.at, mine, k)
    for members in apart:
        label[members] = len(centres)
        centres = np.concatenate([centres, np.zeros((1, plane_.at.shape[1]))])
    size: Floats = np.bincount(label, mine, minlength=len(centres)).astype(np.float64)
    for one in np.flatnonzero(size > 0):
        centres[one] = np.where(label == one, mine, 0) @ plane_.at / size[one]
    filled = np.flatnonzero(size > 0)
    order = filled[np.lexsort(centres[filled].T[::-1])]
    centres = centres[order]
    away = plane_.at - centres[nearest(plane_.at, centres)]
    return Camps(centres, size[order], moments(away, mine)[1] + 1e-9 * np.eye(plane_.at.shape[1]))
