"""Needs and offers that fit each other, and who depends on whom: who sees and decides what."""

from collections.abc import Sequence
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, COORDINATORS, PARTIES, Verb
from werkplaats.neighbourhoods.rules.asking import Answer

MATCH = Verb("dependence.match", COORDINATORS)
ANSWER = Verb("dependence.answer", ANYONE)
"""Anyone with a code comes in; without one, the page asks for it."""
READ_ALL = Verb("dependence.read_all", COORDINATORS)
READ_MINE = Verb("dependence.read_mine", PARTIES)
READ_OWN = Verb("dependence.read_own", COORDINATORS, own=True)
"""A party sees what waits for it and what it waits for; never that of another."""

SIDE = "match"
"""The purpose of a code with which one side answers."""

OUTCOME_DAYS = 28
"""So many days after both said yes, each side is asked once what came of it."""
PERSON_PER_MONTH = 2
"""As often a person is asked in a month, as a party is that chose nothing."""


class MatchState(StrEnum):
    """How far a match is, as the coordinators see it."""

    PROPOSED = "proposed"
    REFUSED = "refused"  # by a coordinator, before anybody was asked; never proposed again
    ASKING = "asking"
    INTRODUCED = "introduced"  # both said yes
    NOT_NOW = "not_now"  # somebody said no, or nothing: who, nobody is told


class Outcome(StrEnum):
    """What came of it, in the word of one side."""

    MET = "met"
    USEFUL = "useful"
    NOT = "not"


def state_of(answers: Sequence[Answer | None]) -> MatchState:
    """How far a match is, from what its sides said, in the order in which they are asked; None: nothing yet.

    >>> state_of([Answer.YES, None]).value, state_of([Answer.YES, Answer.YES]).value, state_of([Answer.NO, None]).value
    ('asking', 'introduced', 'not_now')
    """
    if Answer.NO in answers:
        return MatchState.NOT_NOW
    return MatchState.INTRODUCED if all(answer is Answer.YES for answer in answers) else MatchState.ASKING
