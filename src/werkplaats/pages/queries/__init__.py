"""Reads for the composed pages: what the rooms below know, put together. One file per page."""

from werkplaats.pages.queries.begin import meeting, names_of_parties, said_at
from werkplaats.pages.queries.issue import by_kind, by_source, issue_page
from werkplaats.pages.queries.neighbourhood import neighbourhood_page, party_page
from werkplaats.pages.queries.start import start_page
from werkplaats.pages.queries.today import is_new, today_page

__all__ = [
    "by_kind",
    "by_source",
    "is_new",
    "issue_page",
    "meeting",
    "names_of_parties",
    "neighbourhood_page",
    "party_page",
    "said_at",
    "start_page",
    "today_page",
]
