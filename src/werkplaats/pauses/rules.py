"""Who may stand still and answer, and what shows that much was done and nothing noticed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, TEAM, Verb

READ = Verb("pauses.read", ANYONE)
HOLD = Verb("pauses.hold", TEAM)
ANSWER = Verb("pauses.answer", TEAM, own=True)
"""To answer for a party: whoever speaks for it. The team writes down what a party said elsewhere."""
ANSWER_BY_CODE = Verb("pauses.answer_by_code", ANYONE)
RECEIPT = "receipt"
LONGEST = 2_000


class Noticed(StrEnum):
    """The answer to whether residents notice anything of it."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


BENEFIT = frozenset({Noticed.YES, Noticed.PARTLY})


class Outcome(StrEnum):
    CONTINUE = "continue"
    CHANGE = "change"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Output:
    """What was done since the last time that everybody stood still."""

    asks: int = 0
    tables: int = 0
    documents: int = 0
    promises: int = 0
    give_backs: int = 0

    @property
    def total(self) -> int:
        return self.asks + self.tables + self.documents + self.promises + self.give_backs


def is_output_without_benefit(output: Output, *, benefits: int) -> bool:
    """Whether something was done and nobody for whom it was said to notice it. It is a thing to talk about, no verdict.

    >>> is_output_without_benefit(Output(tables=2), benefits=0), is_output_without_benefit(Output(tables=2), benefits=1)
    (True, False)
    >>> is_output_without_benefit(Output(), benefits=0)
    False
    """
    return output.total > 0 and benefits == 0


def may_show(counts: Mapping[str, int], *, small_number: int) -> bool:
    """Whether a breakdown of residents' answers may be shown: only of a group that is large enough.

    >>> may_show({"yes": 3, "no": 1}, small_number=5), may_show({"yes": 3, "no": 2}, small_number=5)
    (False, True)
    """
    return sum(counts.values()) >= small_number
