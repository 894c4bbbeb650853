"""Small documents, good and bad, as people hand them in."""

from datetime import UTC, date, datetime
from pathlib import Path

from django.utils import timezone

from tests import builders
from werkplaats.kit.claims import MAX_ATTEMPTS, work_some
from werkplaats.kit.models import Claim
from werkplaats.neighbourhoods.models import Party
from werkplaats.search.sweeps import INDEX
from werkplaats.sources import actions
from werkplaats.sources.models import Source
from werkplaats.sources.sweeps import FRAGMENTS, SAID_BEFORE
from werkplaats.workshops.models import Theme, Workshop

AT = datetime(2026, 5, 12, 9, tzinfo=UTC)
HALL = "Er is in de Kadebuurt geen zaal die een groep bewoners 's avonds kan betalen."
STILL = "Er is in de Kadebuurt nog steeds geen zaal die een groep bewoners 's avonds kan betalen."
MOULD = "In De Weverij heeft één op de drie huishoudens last van vocht of schimmel in de slaapkamer."
LETTERS = "De brieven van de gemeente zijn zo moeilijk dat bewoners ze ongeopend in een la leggen."


def written(folder: Path, text: str, name: str = "plan.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def added(
    folder: Path,
    text: str,
    *,
    key: str = "plan",
    published_on: date | None = date(2019, 3, 1),
    title: str = "",
    holder: Party | None = None,
    themes: tuple[Theme, ...] = (),
    of: Workshop | None = None,
) -> Source:
    return actions.add_document(
        of or builders.workshop(),
        key=key,
        title=title or key.title(),
        kind="plan",
        file=written(folder, text, f"{key}.txt"),
        file_name=f"{key}.txt",
        at=AT,
        holder=holder,
        published_on=published_on,
        themes=themes,
    )


def cannot_be_read(source: Source) -> None:
    """Every try to read this document failed."""
    Claim.objects.create(
        sweep=FRAGMENTS.name, key=str(source.pk), attempts=MAX_ATTEMPTS, beat_at=timezone.now(), error="ValueError"
    )


def swept() -> None:
    """Everything that slow work does for the library, until nothing is left."""
    while sum(work_some(sweep) for sweep in (FRAGMENTS, INDEX, SAID_BEFORE)):
        pass
