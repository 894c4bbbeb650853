"""After a table: who was there, its minutes, the yes of who promised something, and what comes back to everybody."""

from collections.abc import Collection
from datetime import datetime

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.kit.names import key_from
from werkplaats.mail.actions import news
from werkplaats.mail.refusals import NoAddress
from werkplaats.mail.rules import Kind
from werkplaats.neighbourhoods.actions.ties import show
from werkplaats.promises.actions import ask_to_confirm, link_path
from werkplaats.promises.models import Promise
from werkplaats.sources.actions import add_document
from werkplaats.sources.models import Source
from werkplaats.sources.queries import keys
from werkplaats.sources.rules import SourceKind
from werkplaats.tables.actions.inviting import to_come
from werkplaats.tables.actions.telling import given_words, tell
from werkplaats.tables.models import Guest, Seat, Table, TableGiveBack, seat_key
from werkplaats.tables.queries.afterwards import drafts
from werkplaats.tables.queries.inviting import ALLOWING, reachable
from werkplaats.tables.refusals import NobodyWasThere, NothingSaid, TableIsOff, TableStillToCome
from werkplaats.tables.rules import By


@transaction.atomic
def note_who_was_there(table: Table, *, parties: Collection[str], guests: Collection[str] = (), at: datetime) -> None:
    """Who of all seats was there: parties by their key, people who sat there for no party by that of their invitation.

    A shared table confirms the ties between the parties that were there. Noting it again mends it.
    Raises `TableStillToCome`, `TableIsOff`.
    """
    row = _over(table, at=at)
    here = []
    for seat in row.seats.select_related("party__canonical", "party__workshop"):
        seat.was_there = seat.party.stays.key in parties
        seat.save(update_fields=["was_there"])
        if seat.was_there:
            here.append(seat.party)
    for guest in row.guests.all():
        guest.was_there = guest.key in guests
        guest.save(update_fields=["was_there"])
    on = row.day
    # What is on record is said in one language, whoever writes it down.
    show(here, shown_by=f"Tafel: {row.about}, {on.isoformat()}"[:300], on=on, at=at)


def keep_report(table: Table, *, title: str, file: "File[bytes]", file_name: str, at: datetime) -> Source:
    """The minutes become a document in the library, of the day of the table.

    Raises `TableStillToCome`, `TableIsOff`, and what the library refuses.
    """
    row = _over_now(table, at=at)
    source = add_document(
        row.workshop,
        key=key_from(title, keys(row.workshop)),
        title=title,
        kind=SourceKind.MINUTES.value,
        file=file,
        file_name=file_name,
        at=at,
        published_on=row.day,
    )
    Table.objects.filter(pk=row.pk).update(report=source.key)
    return source


@transaction.atomic
def ask_for_yes(table: Table, *, at: datetime) -> tuple[int, int]:
    """Mails a link to everybody who can say yes to what was said here and got none yet; how many went out, how many cannot.

    A promise that nobody may be mailed about waits for its link on paper, which its own page makes.
    """
    row = Table.objects.select_for_update(no_key=True).select_related("workshop").get(pk=table.pk)
    waiting = [promise for promise in drafts(row) if promise.asked_at is None]
    sent = sum(1 for promise in waiting if _mail_link(promise, about=row.about, at=at))
    return sent, len(waiting) - sent


@transaction.atomic
def give_back(table: Table, *, text: str, at: datetime, by: int | None = None) -> TableGiveBack:
    """What came of a table goes back to everybody who was there: by mail, or on a letter. Its code shows it too.

    The same words twice are told once. Raises `NothingSaid`, `TableStillToCome`, `TableIsOff`, `NobodyWasThere`.
    """
    if not text.strip():
        raise NothingSaid
    row = _over(table, at=at)
    there = _there(row)
    if not there:
        raise NobodyWasThere
    before = row.give_backs.filter(text=text.strip()).first()
    if before is not None:
        return before
    number = (row.give_backs.aggregate(last=Max("number"))["last"] or 0) + 1
    given = TableGiveBack.objects.create(table=row, number=number, text=text.strip(), at=at, by_id=by)
    for seat in there:
        seat.table, seat.key, seat.by = row, seat.key or seat_key(), By.PAPER.value
        if tell(seat, key=f"given:{number}", words=lambda: given_words(row, given), at=at):
            seat.by = By.MAIL.value
        seat.save(update_fields=["key", "by"])
    return given


def _there(row: Table) -> list[Seat | Guest]:
    sat = Seat.objects.sat().filter(table=row).select_related("party__canonical", "party__workshop")
    return [*sat, *row.guests.filter(was_there=True).select_related("person")]


def _over(table: Table, *, at: datetime) -> Table:
    """The row of a table that began, locked. Raises `TableStillToCome`, `TableIsOff`."""
    row = to_come(table, at=at, also_over=True)
    if row.held_at > at:
        raise TableStillToCome
    return row


def _over_now(table: Table, *, at: datetime) -> Table:
    row = Table.objects.select_related("workshop").get(pk=table.pk)
    if row.cancelled_at is not None:
        raise TableIsOff
    if row.held_at > at:
        raise TableStillToCome
    return row


def _mail_link(promise: Promise, *, about: str, at: datetime) -> bool:
    people = reachable(promise.maker)
    if not people:
        return False
    digits = ask_to_confirm(promise, at=at)
    told = False
    for person in people:
        language = person.written_in
        with override(language):
            said = {"about": about, "wording": promise.wording}
            subject = _("Klopt dit? Gezegd aan de tafel over %(about)s") % said
            text = _(
                "Aan de tafel over “%(about)s” schreven we op dat jullie dit zeiden:\n\n%(wording)s\n\n"
                "Het is pas een belofte na jullie ja. Met de link zeg je ja, of wat er niet klopt."
            )
            words = text % said
        try:
            news(
                promise.workshop,
                key=f"yes:{promise.key}",
                kind=Kind.INVITE,
                to=person.email,
                subject=subject,
                text=words,
                url=link_path(promise.workshop, digits),
                about=promise.thing,
                at=at,
                language=language,
                rests_on=ALLOWING,
            )
            told = True
        except NoAddress:
            continue
    return told
