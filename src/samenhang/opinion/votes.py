"""Votes: who agreed, disagreed or passed on which statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from samenhang.shape import Bools, Floats, Ints

AGREE, PASS, DISAGREE = 1, 0, -1


@dataclass(frozen=True, eq=False, init=False)
class Votes:
    """The votes of one conversation that count: of each participant on each statement the last one given.

    ``participant``, ``statement``: ids, whole numbers, shape (V,); ``value``: +1 agree, -1 disagree, 0 pass.
    ``moderated``: ids of statements that were moderated out; their votes are left out of everything but ``struck``.
    What is kept stands sorted by participant and statement, so the order of the rows that came in changes nothing, except
    which of two votes of one participant on one statement is the last.

    ``participants`` (P,) and ``statements`` (S,): the ids, ascending; ``row`` and ``column`` (V,): the places of each
    vote in them. A participant whose votes were all on moderated statements is kept without votes.

    Raises ``ValueError`` naming the first row that does not fit.

    >>> votes = Votes([7, 7, 9, 7], [1, 2, 1, 1], [1, 0, -1, -1])
    >>> votes.participants.tolist(), votes.statements.tolist(), votes.value.tolist()
    ([7, 9], [1, 2], [-1, 0, -1])
    """

    participants: Ints
    statements: Ints
    row: Ints
    column: Ints
    value: Ints
    moderated: tuple[int, ...]
    struck: Ints  # (P,) how many votes each participant gave on statements that were moderated out

    def __init__(
        self, participant: ArrayLike, statement: ArrayLike, value: ArrayLike, moderated: Iterable[int] = ()
    ) -> None:
        who, what, said = _whole(participant, "participant"), _whole(statement, "statement"), _whole(value, "value")
        if not len(who) == len(what) == len(said):
            raise ValueError(f"votes: {len(who)} participants, {len(what)} statements and {len(said)} values")
        odd = np.flatnonzero((said < DISAGREE) | (said > AGREE))
        if len(odd):
            raise ValueError(f"votes, row {odd[0]}: value {said[odd[0]]} is not 1 (agree), -1 (disagree) or 0 (pass)")
        out = tuple(sorted({int(one) for one in moderated}))
        last = _last(who, what)
        who, what, said = who[last], what[last], said[last]
        participants = np.unique(who)
        is_kept = ~np.isin(what, np.array(out, dtype=np.int64))
        place = np.searchsorted(participants, who)
        statements = np.unique(what[is_kept])
        for name, found in (
            ("participants", participants),
            ("statements", statements),
            ("row", place[is_kept]),
            ("column", np.searchsorted(statements, what[is_kept])),
            ("value", said[is_kept]),
            ("moderated", out),
            ("struck", np.bincount(place[~is_kept], minlength=len(participants)).astype(np.int64)),
        ):
            object.__setattr__(self, name, found)

    @classmethod
    def read(cls, path: Path | str) -> Self:
        """The votes in a Polis file set (a folder), or in a CSV file with ``participant,statement,value``.

        Raises ``BadInput`` naming file, row and reason.
        """
        from samenhang.opinion.vote_files import read_votes  # noqa: PLC0415 - reads what it makes

        return cls(*read_votes(Path(path)))

    @cached_property
    def starts(self) -> NDArray[np.int32]:
        """(P + 1,) where the votes of each participant begin."""
        number = np.bincount(self.row, minlength=self.shape[0])
        return np.concatenate([[0], np.cumsum(number)]).astype(np.int32)

    @cached_property
    def _place(self) -> NDArray[np.int32]:
        return self.column.astype(np.int32)

    def matrix(self, data: Floats, who: slice = slice(None)) -> csr_array:
        """Of each vote a number, as a sparse (P, S); with ``who`` only of these participants. What is not there is no vote."""
        begin, end, _step = who.indices(self.shape[0])
        starts = self.starts[begin : end + 1]
        column = self._place[starts[0] : starts[-1]]
        return csr_array((data, column, starts - starts[0]), shape=(end - begin, self.shape[1]))

    @property
    def shape(self) -> tuple[int, int]:
        """How many participants and statements there are."""
        return len(self.participants), len(self.statements)

    @cached_property
    def weight(self) -> Floats:
        """(V,) how much each vote says: a pass is half a vote."""
        return np.where(self.value == PASS, 0.5, 1.0)

    def lot(self, seed: int) -> Floats:
        """(V,) a number from 0 to 1 for each vote, that hangs on seed, participant and statement alone.

        So a lot falls the same for a vote whoever else comes or goes.
        """
        mixed = self.participants.astype(np.uint64)[self.row] * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
        mixed = mixed ^ (self.statements.astype(np.uint64)[self.column] * np.uint64(0xC2B2AE3D27D4EB4F))
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
        return np.asarray((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11), dtype=np.float64) * 2.0**-53

    def among(self, kept: Bools) -> "Votes":
        """The votes of which ``kept`` (V,) is true, with the same participants and statements."""
        part = object.__new__(Votes)
        for name in ("participants", "statements", "moderated", "struck"):
            object.__setattr__(part, name, getattr(self, name))
        for name in ("row", "column", "value"):
            object.__setattr__(part, name, getattr(self, name)[kept])
        return part

    def saying(self, value: Ints) -> "Votes":
        """The same participants on the same statements with other votes: what a simulation says."""
        part = self.among(np.ones(len(self.value), dtype=bool))
        object.__setattr__(part, "value", value.astype(np.int64))
        return part

    def of(self, who: Ints) -> "Votes":
        """The votes of a few participants, by their places, rising; the statements stay the same."""
        part = object.__new__(Votes)
        keep = np.isin(self.row, who)
        found = {"participants": self.participants[who], "struck": self.struck[who], "statements": self.statements}
        found |= {"row": np.searchsorted(who, self.row[keep]), "column": self.column[keep], "value": self.value[keep]}
        for name, one in found.items():
            object.__setattr__(part, name, one)
        object.__setattr__(part, "moderated", self.moderated)
        return part


def _whole(values: ArrayLike, name: str) -> Ints:
    found = np.atleast_1d(np.asarray(values))
    if found.size == 0:
        return np.zeros(0, dtype=np.int64)
    if found.ndim != 1 or not np.issubdtype(found.dtype, np.integer):
        raise ValueError(f"votes: {name} must be whole numbers in one row, not {found.dtype} of shape {found.shape}")
    return found.astype(np.int64)


def _last(who: Ints, what: Ints) -> Ints:
    """The rows that are the last of their pair, in the order of participants and statements."""
    order = np.lexsort((np.arange(len(who)), what, who))
    who, what = who[order], what[order]
    ends = np.ones(len(order), dtype=bool)
    ends[:-1] = (who[1:] != who[:-1]) | (what[1:] != what[:-1])
    return order[ends].astype(np.int64)
