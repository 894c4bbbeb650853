"""What happens to catches: one atomic function per event."""

import secrets
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from werkplaats.catches.models import Catch
from werkplaats.catches.refusals import AlreadySettled, DayIsOver, NothingHappened, TellsHowToReach
from werkplaats.catches.rules import State, tells_how_to_reach
from werkplaats.workshops.models import Workshop


def catch(
    workshop: Workshop,
    *,
    who: str,
    what: str,
    at: datetime,
    for_whom: str = "",
    due_on: date | None = None,
    waits: bool = False,
    by: int | None = None,
    key: str = "",
) -> Catch:
    """Keeps one line of what just happened. `waits`: somebody waits for an answer from us; `by`: the account that caught it.

    The same `key` again changes nothing: a form sent twice is one line. Raises `NothingHappened`, `DayIsOver` and
    `TellsHowToReach`.
    """
    if not what.strip():
        raise NothingHappened
    if tells_how_to_reach(f"{who} | {what} | {for_whom}"):
        raise TellsHowToReach
    if due_on and due_on < at.astimezone(ZoneInfo(workshop.timezone)).date():
        raise DayIsOver(due_on)
    row, _made = Catch.objects.get_or_create(
        workshop=workshop,
        key=key or secrets.token_hex(8),
        defaults={
            "who": who.strip(),
            "what": what.strip(),
            "for_whom": for_whom.strip(),
            "due_on": due_on,
            "caught_at": at,
            "caught_by_id": by,
            "waits": waits,
        },
    )
    return row


def became(catch: Catch, *, kind: str, key: str, at: datetime) -> Catch:
    """Notes what an upper room made of it: a ``voice``, ``promise``, ``ask`` or ``tie`` with its key.

    The same again changes nothing. Raises `AlreadySettled` when it became something else or was let go.
    """
    with transaction.atomic():
        row = Catch.objects.select_for_update().get(pk=catch.pk)
        if (row.became_kind, row.became_key) == (kind, key):
            return row
        if row.state != State.OPEN:
            raise AlreadySettled
        row.state, row.became_kind, row.became_key, row.settled_at = State.BECAME.value, kind, key, at
        row.save()
    return row


@transaction.atomic
def put_catch(
    workshop: Workshop,
    *,
    key: str,
    who: str,
    what: str,
    caught_at: datetime,
    for_whom: str = "",
    due_on: date | None = None,
    waits: bool = False,
    became_kind: str = "",
    became_key: str = "",
    settled_at: datetime | None = None,
) -> Catch:
    """A line as a folder has it, with what it became, or that it was let go. One that stands here stays as it is."""
    held = Catch.objects.filter(workshop=workshop, key=key).first()
    if held is not None:
        return held
    row = catch(workshop, who=who, what=what, at=caught_at, for_whom=for_whom, due_on=due_on, waits=waits, key=key)
    if became_kind and became_key:
        return became(row, kind=became_kind, key=became_key, at=settled_at or caught_at)
    return row if settled_at is None else drop(row, at=settled_at)


def drop(catch: Catch, *, at: datetime) -> Catch:
    """Lets a line go; it stays on record, and can be taken up again. Dropping twice changes nothing. Raises `AlreadySettled`."""
    return _move(catch, State.DROPPED, at=at)


def take_up(catch: Catch, *, at: datetime) -> Catch:
    """Brings back a line that was let go. Raises `AlreadySettled` when it became something."""
    return _move(catch, State.OPEN, at=at)


def _move(catch: Catch, state: State, *, at: datetime) -> Catch:
    with transaction.atomic():
        row = Catch.objects.select_for_update().get(pk=catch.pk)
        if row.state == State.BECAME:
            raise AlreadySettled
        if row.state != state:
            row.state, row.settled_at = state.value, None if state == State.OPEN else at
            row.save()
    return row
