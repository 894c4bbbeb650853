"""Which kinds of source there are, in which states, and who may do what with them."""

from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, TEAM, Verb

READ = Verb("sources.read", ANYONE)
ADD = Verb("sources.add", TEAM)


class SourceKind(StrEnum):
    PLAN = "plan"
    REPORT = "report"
    MINUTES = "minutes"
    INTERVIEW = "interview"
    SURVEY = "survey"
    ARTICLE = "article"
    STORY = "story"


class Likeness(StrEnum):
    """How an earlier passage says the same."""

    EXACT = "exact"
    NEAR = "near"
    MEANING = "meaning"
