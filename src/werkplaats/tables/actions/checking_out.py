"""The last round of a table: how people leave it. What one person said stands alone; figures are told of enough people only."""

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.tables.analysis import figures
from werkplaats.tables.models import CheckOut, Round, Table
from werkplaats.tables.refusals import AlreadyTold, DayNotCome, NotOpen, SheetIsThere, TableIsOff
from werkplaats.tables.rules import OPEN_HOURS, Channel, day_came, is_open, may_tell, told_apart
from werkplaats.workshops.rules import Capability


@transaction.atomic
def open_round(table: Table, *, at: datetime) -> Round:
    """People at the table can say how it was. Which questions: as the workshop has it when it first opens.

    Raises `TableIsOff`, `DayNotCome`.
    """
    if table.cancelled_at is not None:
        raise TableIsOff
    if not day_came(table.held_at, now=at, zone=ZoneInfo(table.workshop.timezone)):
        raise DayNotCome
    asks_eight = table.workshop.has(Capability.HEARD_SCALE)
    row, made = Round.objects.get_or_create(table=table, defaults={"asks_eight": asks_eight, "opened_at": at})
    if not made and not is_open(row.opened_at, row.closed_at, at=at):
        Round.objects.filter(pk=row.pk).update(opened_at=at, closed_at=None)
        row.refresh_from_db()
    return row


@transaction.atomic
def close_round(row: Round, *, at: datetime) -> Round:
    """The round is over; what it says together is told, if enough people said something. Twice changes nothing."""
    locked = _locked(row)
    if locked.closed_at is None:
        locked.closed_at = min(at, locked.opened_at + timedelta(hours=OPEN_HOURS))
        locked.save(update_fields=["closed_at"])
    return tell(locked, at=at)


@transaction.atomic
def check_out(
    row: Round,
    *,
    key: str,
    kind: PartyKind,
    answers: Sequence[int],
    mattered: int,
    at: datetime,
    words: str = "",
) -> CheckOut:
    """Somebody says how it was; `key`: of their device, so that twice is once. Raises `NotOpen`, `AlreadyTold`.

    The last word of a device counts until the round is closed: from then on it counts in what is told.

    `answers`: one, or the eight of the scale, of which the first asks whether they felt heard.
    """
    locked = _locked(row)
    if not is_open(locked.opened_at, locked.closed_at, at=at):
        raise NotOpen
    said = _said(locked, kind, answers, mattered, words, Channel.WEB)
    if locked.check_outs.filter(key=key, is_told=True).exists():
        raise AlreadyTold
    return CheckOut.objects.update_or_create(round=locked, key=key, defaults=said)[0]


@transaction.atomic
def type_in(
    row: Round, *, number: int, kind: PartyKind, answers: Sequence[int], mattered: int, at: datetime, words: str = ""
) -> CheckOut:
    """A sheet of paper, also after the round is over. Raises `SheetIsThere`."""
    locked = _locked(row)
    said = _said(locked, kind, answers, mattered, words, Channel.PAPER)
    kept, made = CheckOut.objects.get_or_create(round=locked, key=f"p{number}", defaults=said)
    if not made:
        raise SheetIsThere(number)
    if not is_open(locked.opened_at, locked.closed_at, at=at):
        tell(locked, at=at)
    return kept


def tell(row: Round, *, at: datetime) -> Round:
    """Tells what the round says together, where that tells about nobody in particular; else what was told before stands.

    Which kinds are told apart is chosen once: whatever comes later, no difference of two pages is about few people.
    """
    rows = list(row.check_outs.all())
    new = Counter(one.kind for one in rows if not one.is_told)
    small, is_first = row.table.workshop.small_number, row.told_at is None
    if not may_tell(new, small=small, is_first=is_first):
        return row
    apart = told_apart(Counter(one.kind for one in rows), small=small) if is_first else row.told["apart"]
    row.told, row.told_at = figures(rows, apart=apart, small=small), at
    row.save(update_fields=["told", "told_at"])
    row.check_outs.update(is_told=True)
    return row


def device_key() -> str:
    """By chance, for one device at one table: it tells nothing and nobody guesses it."""
    return f"d{secrets.token_hex(10)}"


def _locked(row: Round) -> Round:
    return Round.objects.select_for_update(of=("self",)).select_related("table__workshop").get(pk=row.pk)


def _said(
    row: Round, kind: PartyKind, answers: Sequence[int], mattered: int, words: str, channel: Channel
) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "channel": channel.value,
        "heard": answers[0],
        "mattered": mattered,
        "items": list(answers) if row.asks_eight else [],
        "words": words.strip(),
    }
