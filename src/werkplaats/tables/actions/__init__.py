"""What happens at tables: one atomic function per event. `by` is the account that wrote it down."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from werkplaats.accounts.actions import new_code
from werkplaats.accounts.models import Code
from werkplaats.catches.actions import catch
from werkplaats.catches.models import Catch
from werkplaats.issues.models import Issue
from werkplaats.kit.names import key_from, sort_key
from werkplaats.neighbourhoods.models import Group, Party
from werkplaats.promises.actions import Said, draft
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Kind
from werkplaats.tables.actions.checking_out import check_out as check_out
from werkplaats.tables.actions.checking_out import close_round as close_round
from werkplaats.tables.actions.checking_out import device_key as device_key
from werkplaats.tables.actions.checking_out import open_round as open_round
from werkplaats.tables.actions.checking_out import type_in as type_in
from werkplaats.tables.actions.turns import count_turns as count_turns
from werkplaats.tables.models import Decision, Seat, Table, seat_key
from werkplaats.tables.refusals import NobodySits, NoDay, NothingSaid
from werkplaats.tables.rules import CODE_PURPOSE, MINUTES, Answer, DecisionKind, thing
from werkplaats.workshops.models import Workshop


@transaction.atomic
def hold(
    workshop: Workshop,
    *,
    about: str,
    held_at: datetime,
    place: str = "",
    parties: Iterable[Party] = (),
    issue: Issue | None = None,
) -> Table:
    """A table that was or will be held. The same subject at the same moment is the same table."""
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)  # a button pressed twice is one table
    row = Table.objects.filter(workshop=workshop, sort_name=sort_key(about), held_at=held_at).first()
    if row is None:
        taken = frozenset(Table.objects.filter(workshop=workshop).values_list("key", flat=True))
        row = put_table(workshop, key=key_from(about, taken), about=about, held_at=held_at, place=place, issue=issue)
    seat(row, parties=parties)
    return row


@transaction.atomic
def put_table(
    workshop: Workshop,
    *,
    key: str,
    about: str,
    held_at: datetime,
    place: str = "",
    issue: Issue | None = None,
    lasts: int = MINUTES,
    cancelled_at: datetime | None = None,
    report: str = "",
) -> Table:
    """A table as a folder or a form has it. What was moved or called off here is not set back by an older folder."""
    told: dict[str, Any] = {"about": about, "sort_name": sort_key(about), "issue": issue, "lasts": lasts}
    when = {"held_at": held_at, "place": place, "cancelled_at": cancelled_at}
    before = Table.objects.filter(workshop=workshop, key=key).first()
    if before is None or not before.changes.exists():
        told |= when
    if report:
        told["report"] = report
    row, _made = Table.objects.update_or_create(workshop=workshop, key=key, defaults=told, create_defaults=told | when)
    return row


@transaction.atomic
def put_seat(
    table: Table,
    *,
    party: Party,
    invited_at: datetime | None = None,
    answer: Answer | None = None,
    answered_at: datetime | None = None,
    was_there: bool | None = None,
    group: Group | None = None,
) -> Seat:
    """A seat as a folder has it: nobody is invited or told anything by it. What was said or noted here since, stays."""
    row = Seat.objects.filter(table=table, party=party).first() or Seat(table=table, party=party)
    row.invited_at, row.group = row.invited_at or invited_at, row.group or group
    if answer is not None and answered_at is not None and (row.answered_at is None or row.answered_at < answered_at):
        row.answer, row.answered_at = answer.value, answered_at
    row.was_there = was_there if row.was_there is None else row.was_there
    if row.invited_at is not None and not row.key:
        row.key = seat_key()
    row.save()
    return row


@transaction.atomic
def seat(table: Table, *, parties: Iterable[Party]) -> None:
    """These parties sit at the table too. Sitting down twice changes nothing."""
    stays = {(party.canonical or party).pk for party in parties}
    Seat.objects.bulk_create([Seat(table=table, party_id=pk) for pk in sorted(stays)], ignore_conflicts=True)


@transaction.atomic
def unseat(table: Table, *, party: Party) -> None:
    """A party did not sit here after all, under none of its names. What it said stays, and that it was invited too."""
    stays = party.canonical_id or party.pk
    rows = Seat.objects.filter(Q(party=stays) | Q(party__canonical=stays), table=table)
    rows.filter(invited_at=None).delete()
    rows.update(was_there=False)


@transaction.atomic
def note_promise(
    table: Table,
    *,
    kind: Kind,
    maker: Party | None,
    wording: str,
    at: datetime,
    for_whom: str = "",
    due_on: date | None = None,
    by: int | None = None,
    key: str = "",
) -> Decision:
    """Writes down on the spot what a party said it will do, find out, or not do. A draft until that party says yes.

    Who sits at the table may judge it later with the table's code. With `key`, a form sent twice is one decision.
    Raises `NobodySits`, `NothingSaid`, and what promises refuse.
    """
    if maker is None:
        raise NobodySits
    if not wording.strip():
        raise NothingSaid
    said = Said(
        kind=kind,
        maker=maker,
        wording=wording.strip(),
        for_whom=for_whom.strip(),
        due_on=due_on,
        table_key=table.key,
        issue=table.issue,
    )
    promise = draft(table.workshop, said, at=at, by=by, key=key)
    return link_promise(table, promise=promise, at=at, by=by)


@transaction.atomic
def link_promise(table: Table, *, promise: Promise, at: datetime, by: int | None = None) -> Decision:
    """A promise came of this table. Saying so twice changes nothing."""
    kind = DecisionKind.NO if promise.kind == Kind.NO else DecisionKind.PROMISE
    row, _made = Decision.objects.get_or_create(
        table=table, promise=promise, defaults={"kind": kind.value, "noted_at": at, "noted_by_id": by}
    )
    return row


@transaction.atomic
def note_date(
    table: Table,
    *,
    who: str,
    text: str,
    on: date | None,
    at: datetime,
    for_whom: str = "",
    by: int | None = None,
    key: str = "",
) -> Decision:
    """Somebody waits: we come back to it on that day. Caught as a line, so that Today shows it. Raises `NoDay`, `NothingSaid`."""
    if not text.strip():
        raise NothingSaid
    if on is None:
        raise NoDay
    line = catch(table.workshop, who=who, what=text, for_whom=for_whom, due_on=on, waits=True, at=at, by=by, key=key)
    return link_catch(table, line=line, at=at, by=by)


@transaction.atomic
def link_catch(table: Table, *, line: Catch, at: datetime, by: int | None = None) -> Decision:
    """A line with a day came of this table. Saying so twice changes nothing. Raises `NoDay`."""
    if line.due_on is None:
        raise NoDay
    row, _made = Decision.objects.get_or_create(
        table=table,
        catch_key=line.key,
        defaults={
            "kind": DecisionKind.DATE.value,
            "text": line.what,
            "on": line.due_on,
            "noted_at": at,
            "noted_by_id": by,
        },
    )
    return row


@transaction.atomic
def make_code(table: Table, *, at: datetime) -> str:
    """New digits for the sheet of a table; those on an earlier sheet no longer open anything."""
    earlier = Code.objects.filter(workshop=table.workshop, purpose=CODE_PURPOSE, thing=thing(table.key), spent_at=None)
    earlier.update(spent_at=at)
    return new_code(table.workshop, purpose=CODE_PURPOSE, thing=thing(table.key), at=at)
