"""Turns, and how people left a table: what pages may read of them, and their words on screen."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from werkplaats.neighbourhoods.records import KIND_WORDS as PARTY_WORDS
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.tables.records import TableLine
from werkplaats.tables.rules import HEARD, HIGHEST, LOWEST, MATTERED, Tap

COMPONENT_WORDS: dict[str, Words] = {
    HEARD: _("Voelde je je gehoord?"),
    MATTERED: _("Deed het ertoe?"),
    "whole": _("De acht vragen samen"),
    "voice": _("Kunnen zeggen wat je wilt"),
    "attention": _("Aandacht krijgen"),
    "empathy": _("Begrip voor hoe het voor jou is"),
    "respect": _("Respect"),
    "common ground": _("Elkaar begrijpen"),
}
EIGHT: tuple[Words, ...] = (
    _("Ik voelde me gehoord."),
    _("Ik kon zeggen wat ik wilde zeggen."),
    _("De anderen waren vooral met zichzelf bezig."),
    _("De anderen luisterden naar mij."),
    _("De anderen konden zich in mij verplaatsen."),
    _("De anderen hadden geen oog voor wat ik denk en voel."),
    _("De anderen hadden respect voor mij."),
    _("We begrepen elkaar."),
)
"""The eight items of the Feeling Heard Scale (Roos, Postmes and Koudenburg, 2023) in their order, in plain words of our own."""

AS_WHO_WORDS: dict[str, Words] = {
    PartyKind.INITIATIVE: _("Als bewoner, of voor een bewonersinitiatief"),
    PartyKind.GOVERNMENT: _("Voor de overheid"),
    PartyKind.RESEARCH: _("Voor onderzoek of onderwijs"),
    PartyKind.PROFESSIONAL: _("Voor welzijn, zorg of wonen"),
    PartyKind.BUSINESS: _("Als ondernemer"),
    PartyKind.OTHER: _("Anders"),
}


@dataclass(frozen=True, slots=True)
class TurnsTold:
    """The turns of a table in order. `heard_of` only grows: how much was heard of taps and of taking them back."""

    taps: tuple[Tap, ...]
    heard_of: int

    @property
    def counts(self) -> dict[str, int]:
        """How many turns of each kind of party."""
        return dict(Counter(tap.kind for tap in self.taps))

    def buttons(self, seats: Iterable[str]) -> tuple[tuple[str, Words, int], ...]:
        """A button for each kind of party that sits there or spoke: its name, its words, how many turns."""
        counts = self.counts
        here = {*seats, *counts}
        return tuple((kind, words, counts.get(kind, 0)) for kind, words in PARTY_WORDS.items() if kind in here)

    @property
    def last(self) -> Tap | None:
        """The turn that can be taken back."""
        return self.taps[-1] if self.taps else None


@dataclass(frozen=True, slots=True)
class TurnShare:
    """One kind of party at one table: its turns against its seats, in whole per cents. None: nothing was counted."""

    kind: str
    turns: int
    seats: int
    of_turns: int | None
    low: int | None
    high: int | None
    of_seats: int

    @property
    def kind_words(self) -> Words:
        """The kind of party, as a person reads it."""
        return PARTY_WORDS[self.kind]

    @property
    def is_more(self) -> bool:
        """Whether it spoke more often than its seats would have it, and chance alone does not do that."""
        return self.low is not None and self.low > self.of_seats

    @property
    def is_less(self) -> bool:
        """The same for less often."""
        return self.high is not None and self.high < self.of_seats


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A mean answer from 1 to 7 with what it may be in people like these. `kind`: of party; empty: all together."""

    component: str
    kind: str
    value: float
    low: float | None
    high: float | None
    people: int

    @property
    def component_words(self) -> Words:
        """What was asked."""
        return COMPONENT_WORDS[self.component]

    @property
    def kind_words(self) -> Words:
        """Of whom it is."""
        return PARTY_WORDS[self.kind] if self.kind else _("Allen samen")


@dataclass(frozen=True, slots=True)
class RoundLine:
    """The check-out of a table as it was last told, with its date. `scores` is empty when too few people said how it was."""

    asks_eight: bool
    people: int
    as_of: datetime | None
    scores: tuple[ScoreLine, ...]

    @property
    def components(self) -> tuple[tuple[ScoreLine, ...], ...]:
        """What is told, per question: all together first."""
        names = dict.fromkeys(score.component for score in self.scores)
        return tuple(tuple(score for score in self.scores if score.component == name) for name in names)


@dataclass(frozen=True, slots=True)
class HeardLine:
    """One table in time: how heard people felt there, all together."""

    table: TableLine
    heard: ScoreLine


def place_on_scale(value: float) -> float:
    """Where an answer lies between the lowest and the highest, in per cents.

    >>> place_on_scale(4)
    50.0
    """
    return 100 * (value - LOWEST) / (HIGHEST - LOWEST)
