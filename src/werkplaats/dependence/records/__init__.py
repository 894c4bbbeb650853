"""What pages show of matches, and their words on screen."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from werkplaats.dependence.rules import Outcome
from werkplaats.dependence.rules.fitting import ELSEWHERE, NOWHERE
from werkplaats.neighbourhoods.records.needs import NeedRow

OUTCOME_WORDS: dict[str, Promise] = {
    Outcome.USEFUL: _("We hadden er iets aan"),
    Outcome.MET: _("We maakten kennis, meer niet"),
    Outcome.NOT: _("Het kwam er niet van"),
}
CARD_WORDS: tuple[Promise, Promise] = (_("Willen zij kennismaken?"), _("Wat kwam ervan?"))
"""What a card asks: before they met, and after."""
NEAR_WORDS: dict[int, Promise] = {
    NOWHERE: _("Van een van de twee weten we niet waar."),
    0: _("In dezelfde buurt."),
    1: _("In buurten vlak bij elkaar."),
    2: _("In hetzelfde stadsdeel."),
    ELSEWHERE: _("Niet bij elkaar in de buurt."),
}


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A match as a coordinator sees it. `told`: (which side, what came of it) as far as a side said so.

    `silent_about_outcome`: how many sides were asked what came of it and said nothing yet.
    """

    key: str
    need: NeedRow
    offer: NeedRow
    state: str
    meaning: float
    steps: int
    proposed_at: datetime
    decided_at: datetime | None
    introduced_at: datetime | None
    closed_at: datetime | None
    waits_for_card: bool
    told: tuple[tuple[int, str], ...]
    outcome_due_on: date | None
    silent_about_outcome: int

    @property
    def heading(self) -> str:
        """Both owners in one line."""
        words = _now("%(need)s zoekt, %(offer)s biedt")
        return words % {"need": self.need.who, "offer": self.offer.who}

    @property
    def near_words(self) -> Promise:
        return NEAR_WORDS.get(self.steps, NEAR_WORDS[ELSEWHERE])

    @property
    def across(self) -> bool:
        """Whether the two are in different languages."""
        return self.need.language != self.offer.language

    @property
    def sides(self) -> tuple[tuple[int, str], ...]:
        """Its sides in the order in which they are asked: who offers, who needs."""
        return (1, self.offer.who), (2, self.need.who)

    @property
    def told_words(self) -> tuple[tuple[str, Promise], ...]:
        """Who said what came of it."""
        ends = {1: self.offer.who, 2: self.need.who}
        return tuple((ends[number], OUTCOME_WORDS[word]) for number, word in self.told)


@dataclass(frozen=True, slots=True)
class AskedPage:
    """What one side of a match sees. `shows`: question, yes, no, over, introduced or told."""

    who: str
    words: str
    shows: str
    mine: NeedRow
    theirs: NeedRow
    outcome: Outcome | None

    @property
    def outcome_words(self) -> Promise | str:
        return OUTCOME_WORDS[self.outcome] if self.outcome else ""
