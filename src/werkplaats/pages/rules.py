"""Who reads the composed pages, and how much of a long list they show."""

from werkplaats.accounts.rules import ANYONE, Verb

READ = Verb("pages.read", ANYONE)

SHOWN_CHANGES = 5
SHOWN_NEEDS = 60
"""Needs, and offers, in one list on the page of the neighbourhood; search finds the others."""

SHOWN_DOTS = 200
"""More than this many dots nobody counts; then the sentence says it alone."""
