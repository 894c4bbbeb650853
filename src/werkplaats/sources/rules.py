"""Which kinds of source there are, what counts as said before, and who may do what."""

from datetime import date
from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, TEAM, Verb

READ = Verb("sources.read", ANYONE)
ADD = Verb("sources.add", TEAM)

READING = "sources.fragments"
"""The name of the sweep that cuts documents into passages."""

COMPARING = "sources.said_before"
"""The name of the sweep that looks for what was said before."""

PAGES_PER_VIEW = 10
LONGEST_DOCUMENT = 5_000_000
"""Characters. A book has a million; what is longer is a heap of documents, or a trap."""

SHORTEST_STATEMENT = 8
"""Words. A shorter passage ("Wat willen we bereiken?") comes back everywhere and says nothing about having been heard."""

FEWEST_PLAIN_WORDS = 5
"""Words without a capital or figure. With fewer it is a title, a list of names or a colophon, and nobody states anything."""

MOST_EARLIER = 10
"""To how many earlier documents one passage points: the earliest ones. What everybody repeats would else grow with the square."""

MOST_ALIKE = 40
"""With how many earlier texts one text is noted as alike: the most alike. A thousand variants of one sentence would else
make a million pairs."""

SKETCH_PLACES = 64
"""Numbers in the sketch by which near duplicates are looked up."""

MOST_LISTED = 50
"""How many passages that were said before are listed above the text; all of them are marked in it."""


MOST_BESIDE = 10
"""How many other places are told of one passage: a sentence that every report has stands beside it once, with a number."""


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


def is_statement(text: str) -> bool:
    """Whether a passage states something that can have been said before.

    >>> is_statement("Hogeschool Oeverland, lectoraat Wonen in de Stad. Juni 2023.")
    False
    """
    words = text.split()
    plain = sum(word[0].isalpha() and not word[0].isupper() for word in words)
    return len(words) >= SHORTEST_STATEMENT and plain >= FEWEST_PLAIN_WORDS


def when(published_on: date | None, source: int) -> tuple[date, int]:
    """The order in which documents speak: by date, and what has no date last."""
    return published_on or date.max, source


def view_of(page: int) -> int:
    """The first page of the view in which a page of a long document is shown.

    >>> [view_of(1), view_of(10), view_of(11)]
    [1, 1, 11]
    """
    return (max(page, 1) - 1) // PAGES_PER_VIEW * PAGES_PER_VIEW + 1


def views_of(pages: int) -> tuple[tuple[int, int], ...]:
    """The first and last page of each view of a document of so many pages.

    >>> views_of(12)
    ((1, 10), (11, 12))
    """
    return tuple((first, min(first + PAGES_PER_VIEW - 1, pages)) for first in range(1, pages + 1, PAGES_PER_VIEW))
