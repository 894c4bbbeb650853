"""What is found, who may see it, and when two texts are the same text."""

import hashlib
import unicodedata

from werkplaats.accounts.rules import ANYONE, TEAM, Verb

READ = Verb("search.read", ANYONE)
READ_WITHIN = Verb("search.read_within", TEAM)
"""What a room offered as not public is found by the team only."""

INDEXING = "search.index"
"""The name of the sweep that brings what is offered into the index."""

LONGEST_QUESTION = 300  # characters; what is longer is no question but a document

FEWEST_WORDS = 5
"""A text of fewer words is found by its words only: a heading ("Wie zoekt") lies close to almost any short question."""


def has_meaning(text: str) -> bool:
    """Whether a text is long enough to be found by what it means."""
    return len(text.split()) >= FEWEST_WORDS


def text_hash(text: str) -> str:
    r"""The name under which the meaning of a text is kept: equal but for white space is equal.

    >>> text_hash("De lift  is kapot.") == text_hash("De lift is kapot.\n")
    True
    """
    return hashlib.sha256(" ".join(unicodedata.normalize("NFC", text).split()).encode()).hexdigest()


def text_key(text_hash: str) -> int:
    """The first 64 bits of a hash, under which a text stands in the file of meanings: no two texts meet there by chance."""
    return int(text_hash[:16], 16)
