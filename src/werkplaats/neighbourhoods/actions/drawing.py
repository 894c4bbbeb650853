"""The picture of a large network is kept, so that no page has to wait for thousands of parties."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from werkplaats.neighbourhoods.models import DrawnNetwork
from werkplaats.neighbourhoods.queries.drawn import in_chunks
from werkplaats.neighbourhoods.records.drawing import Drawing
from werkplaats.workshops.models import Workshop

SAID = 60
"""So many parties without a tie are named under the picture."""


@transaction.atomic
def keep_drawn(
    workshop: Workshop, *, whole: Drawing, pictures: Mapping[str, str], up_to: datetime, today: date
) -> DrawnNetwork:
    """Keeps what the page shows of the whole network: its picture per language, its ties in order, and its counts."""
    alone = whole.alone
    told = {
        "up_to": up_to,
        "on": today,
        "parties": len(whole.spots),
        "kinds": {kind: count for kind, _words, count in whole.kinds},
        "full": whole.full,
        "half": whole.half,
        "faded": whole.faded,
        "alone": [spot.id for spot in alone[:SAID]],
        "alone_count": len(alone),
        "bounds": list(whole.bounds),
        "links": in_chunks(whole.links),
        "pictures": dict(pictures),
    }
    return DrawnNetwork.objects.update_or_create(workshop=workshop, defaults=told)[0]


def forget_drawn(workshop: Workshop) -> None:
    """The network is small enough to be drawn for each page, with the shapes of all its parties."""
    DrawnNetwork.objects.filter(workshop=workshop).delete()
