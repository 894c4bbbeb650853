"""Files of a coordinator for tests: received, confirmed, and what was told of them."""

from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile

from tests.builders import TODAY, workshop
from werkplaats.exchange import actions
from werkplaats.exchange.models import Batch

AT = datetime(2026, 5, 12, 9, tzinfo=UTC)


def receive(**files: "str | bytes") -> Batch:
    """Files by their name, with ``__`` for the dot."""
    chosen = [
        ContentFile(content.encode("cp1252") if isinstance(content, str) else content, name.replace("__", "."))
        for name, content in files.items()
    ]
    return actions.receive(workshop(), chosen, at=AT)


def told(batch: Batch, number: int = 1) -> dict[str, Any]:
    kept: dict[str, Any] = batch.uploads.get(number=number).told
    return kept


def faults(batch: Batch, number: int = 1) -> list[tuple[int, str]]:
    return [(line, column) for line, column, _reason in told(batch, number)["faults"]]


def bring(batch: Batch, at: datetime = AT) -> Batch:
    return actions.confirm(batch, at=at, today=TODAY)
