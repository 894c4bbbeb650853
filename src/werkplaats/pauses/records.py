"""What other rooms may read of pauses, and their words on screen."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from werkplaats.issues.records import TrajectoryLine
from werkplaats.pauses.rules import Noticed, Outcome, Output, is_output_without_benefit
from werkplaats.promises.records import WORD_WORDS

NOTICED_WORDS: dict[str, Words] = {
    Noticed.YES: _("Ja, zij merken het"),
    Noticed.PARTLY: _("Een beetje"),
    Noticed.NO: _("Nee"),
    Noticed.UNKNOWN: _("Dat weten wij niet"),
}
OWN_WORDS: dict[str, Words] = {
    Noticed.YES: _("Ja, ik merk het"),
    Noticed.PARTLY: _("Een beetje"),
    Noticed.NO: _("Nee, ik merk er niets van"),
}
OUTCOME_WORDS: dict[str, Words] = {
    Outcome.CONTINUE: _("We gaan door"),
    Outcome.CHANGE: _("We gaan het anders doen"),
    Outcome.STOP: _("We stoppen"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many gave one answer."""

    words: Words
    count: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is to see since the last time everybody stood still. Frozen as it stood when a pause closes.

    `residents` is the breakdown of what givers with a receipt answered, empty while the pause is open and for small numbers.
    `by_parties` counts the verdicts of receiving parties on promises by word, `by_residents` those of residents as far as
    they may be shown. `without_benefit` rests on what is shown alone.
    """

    since: date
    until: date
    waiting: int
    oldest: date | None
    does_not_fit: int
    output: Output
    done: int
    overdue: int
    by_parties: Mapping[str, int]
    residents_answered: int
    residents: Mapping[str, int]
    without_benefit: bool
    by_residents: Mapping[str, int] = field(default_factory=dict)

    def frozen(self) -> dict[str, Any]:
        """The same as plain JSON."""
        told = asdict(self)
        told |= {"since": self.since.isoformat(), "until": self.until.isoformat()}
        return told | {"oldest": self.oldest.isoformat() if self.oldest else None}

    @classmethod
    def thawed(cls, told: Mapping[str, Any]) -> "Evidence":
        """From what `frozen` gave."""
        oldest = told["oldest"]
        days = {"since": date.fromisoformat(told["since"]), "until": date.fromisoformat(told["until"])}
        days_and_output = {
            **days,
            "oldest": date.fromisoformat(oldest) if oldest else None,
            "output": Output(**told["output"]),
        }
        return cls(**{**told, **days_and_output})

    @property
    def party_verdicts(self) -> tuple[Count, ...]:
        """What receiving parties say of the promises."""
        return _verdicts(self.by_parties)

    @property
    def resident_verdicts(self) -> tuple[Count, ...]:
        """What residents say of the promises, where enough of them spoke."""
        return _verdicts(self.by_residents)

    @property
    def resident_counts(self) -> tuple[Count, ...]:
        """What residents answered, in the order of the question."""
        return (
            tuple(Count(OWN_WORDS[word], self.residents.get(word, 0)) for word in OWN_WORDS) if self.residents else ()
        )


def _verdicts(told: Mapping[str, int]) -> tuple[Count, ...]:
    return tuple(Count(words, told[word]) for word, words in WORD_WORDS.items() if told.get(word))


def evidence_from(
    *, benefits: int, output: Output, since: date, until: date, residents: Mapping[str, int], shows: bool, **told: Any
) -> Evidence:
    """Puts the evidence together; the breakdown of residents only where it `shows`."""
    return Evidence(
        since=since,
        until=until,
        output=output,
        residents_answered=sum(residents.values()),
        residents=dict(residents) if shows else {},
        without_benefit=is_output_without_benefit(output, benefits=benefits),
        **told,
    )


@dataclass(frozen=True, slots=True)
class PartyAnswer:
    """What a party said."""

    key: str
    name: str
    noticed: str
    text: str
    at: datetime

    @property
    def in_words(self) -> Words:
        return NOTICED_WORDS[self.noticed]


@dataclass(frozen=True, slots=True)
class ResidentAnswer:
    """What somebody with a receipt said: for the workshop alone."""

    noticed: str
    text: str
    on: date

    @property
    def in_words(self) -> Words:
        return OWN_WORDS.get(self.noticed, NOTICED_WORDS[self.noticed])


@dataclass(frozen=True, slots=True)
class PauseLine:
    """One pause: when it was due, when it was held and how it ended."""

    pause_id: int
    key: str
    trajectory_key: str
    trajectory_name: str
    due_on: date
    opened_at: datetime
    closed_at: datetime | None
    outcome: str
    reason: str

    @property
    def outcome_words(self) -> Words | None:
        return OUTCOME_WORDS[self.outcome] if self.outcome else None


@dataclass(frozen=True, slots=True)
class PauseRecord:
    """A pause with its evidence and answers. `own_words` are of residents: empty for who may not read them."""

    line: PauseLine
    workshop_id: int
    trajectory: TrajectoryLine
    evidence: Evidence
    parties: tuple[PartyAnswer, ...]
    silent: tuple[tuple[str, str], ...]  # parties in the trajectory that said nothing yet: (key, name)
    own_words: tuple[ResidentAnswer, ...]
