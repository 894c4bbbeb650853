"""Reads of mirrors: what the records say of a party, and what of that is on a page."""

from datetime import date

from werkplaats.mirror.queries.asked import asked
from werkplaats.mirror.queries.own_eyes import own_eyes
from werkplaats.mirror.queries.promised import promised
from werkplaats.mirror.queries.reading import (
    MOST,
    MOST_OF_ONE_ON_PAPER,
    MOST_ON_PAPER,
    attempts,
    attempts_to_confirm,
    item,
    mirror_of,
    mirrors,
    newest,
    record,
    sheet,
    sheet_line,
    sheets_of,
)
from werkplaats.mirror.queries.standing import erased_since, events_of, is_on_record, own_parties, publication_of
from werkplaats.mirror.queries.subject import Figures, named, subject
from werkplaats.mirror.queries.told import told
from werkplaats.mirror.queries.years import needs, years
from werkplaats.mirror.rules import Item, held
from werkplaats.neighbourhoods.models import Party

__all__ = [
    "MOST",
    "MOST_OF_ONE_ON_PAPER",
    "MOST_ON_PAPER",
    "Figures",
    "attempts",
    "attempts_to_confirm",
    "compute",
    "erased_since",
    "events_of",
    "is_on_record",
    "item",
    "mirror_of",
    "mirrors",
    "named",
    "newest",
    "own_eyes",
    "own_parties",
    "publication_of",
    "record",
    "sheet",
    "sheet_line",
    "sheets_of",
]


def compute(party: Party, *, today: date, figures: Figures) -> tuple[Item, ...]:
    """What the mirror of a party holds today, by rule. `figures`: counts of people as shown before; renewed in place.

    A fixed number of queries, however many records there are.
    """
    about = subject(party, today=today, figures=figures)
    return held([*promised(about), *asked(about), *told(about), *years(about), *needs(about)])
