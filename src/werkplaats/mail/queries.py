"""Reads of mail, to records."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from werkplaats.accounts.models import Person
from werkplaats.consent.queries import people_who_allow
from werkplaats.consent.rules import Purpose
from werkplaats.mail.models import Choice, Follow, Message, Reader
from werkplaats.mail.records import ChoiceLine, FollowLine, PaperLetter, PaperMessage, ReaderRecord
from werkplaats.mail.rules import Kind, Pace
from werkplaats.workshops.models import Workshop

_SALT = "werkplaats.follow"


def reader_record(workshop: Workshop, *, token: str) -> ReaderRecord | None:
    """Whoever holds this token, with all choices; a kind that they chose nothing for stands at `Pace.UNCHOSEN`."""
    reader = Reader.objects.filter(workshop=workshop, token=token).first()
    if reader is None:
        return None
    chosen = dict(Choice.objects.filter(reader=reader).values_list("kind", "pace"))
    return ReaderRecord(
        pk=reader.pk,
        address=reader.address,
        paper_name=reader.paper_name,
        token=reader.token,
        choices=tuple(ChoiceLine(kind=kind, pace=Pace(chosen.get(kind.value, Pace.UNCHOSEN))) for kind in Kind),
        follows=tuple(_follow_line(row) for row in Follow.objects.filter(reader=reader)),
    )


def paces(readers: Iterable[Reader], kind: Kind) -> dict[int, Pace]:
    """What these readers chose for one kind, by reader; who chose nothing is not in it."""
    rows = Choice.objects.filter(reader__in=readers, kind=kind).values_list("reader_id", "pace")
    return {reader: Pace(pace) for reader, pace in rows}


def is_followed(workshop: Workshop, *, thing: str, address: str) -> bool:
    """Whether the owner of this address said yes to following the thing."""
    return Follow.objects.filter(
        reader__workshop=workshop, reader__address=address, thing=thing, confirmed_at__isnull=False
    ).exists()


def follow_url(workshop: Workshop, *, thing: str, title: str, url: str) -> str:
    """The address at which somebody starts to follow a thing. Signed: nobody can have us mail words of their own."""
    what = signing.dumps([workshop.key, thing, title, url], salt=_SALT, compress=True)
    return f"{reverse('mail:follow', args=[workshop.key])}?{urlencode({'wat': what})}"


def what_to_follow(workshop: Workshop, signed: str) -> tuple[str, str, str] | None:
    """Thing, title and address of its page, out of `follow_url`. None: not signed by us, or for another workshop."""
    try:
        key, thing, title, url = signing.loads(signed, salt=_SALT)
    except signing.BadSignature:
        return None
    return (thing, title, url) if key == workshop.key else None


def to_be_sent(reader: int, *, at: datetime) -> QuerySet[Message]:
    """The messages of one reader that may go out now, in the order in which they were recorded."""
    due = Message.objects.filter(reader=reader, taken_at__isnull=True, due_at__lte=at)
    return due.select_related("reader", "workshop").order_by("recorded_at", "pk")


def is_allowed(message: Message) -> bool:
    """Whether somebody with this address still allows what the message rests on, all of it."""
    if not message.rests_on:
        return True
    people = Person.objects.filter(workshop=message.workshop_id, email__iexact=message.reader.address)
    for purpose in message.rests_on:
        allowing = people_who_allow(Purpose(purpose), workshop=message.workshop)
        people = people.filter(pk__in=allowing.values("pk"))
    return people.exists()


def unsure(workshop: Workshop, *, before: datetime) -> int:
    """How many mails were taken before a moment and never reported sent: they may or may not have arrived."""
    return Message.objects.filter(workshop=workshop, taken_at__lt=before, sent_at__isnull=True).count()


def on_paper(workshop: Workshop) -> tuple[PaperLetter, ...]:
    """What waits to be handed to people without mail, a letter each, by their name on paper."""
    rows = Message.objects.filter(workshop=workshop, reader__address="", taken_at=None, due_at__isnull=False)
    by_reader: dict[int, list[Message]] = defaultdict(list)
    for row in rows.select_related("reader").order_by("reader__paper_name", "recorded_at", "pk"):
        by_reader[row.reader_id].append(row)
    return tuple(
        PaperLetter(
            reader=reader,
            paper_name=messages[0].reader.paper_name,
            messages=tuple(PaperMessage(each.subject, each.text, each.recorded_at) for each in messages),
            up_to=max(each.pk for each in messages),
        )
        for reader, messages in by_reader.items()
    )


def _follow_line(row: Follow) -> FollowLine:
    return FollowLine(
        pk=row.pk, thing=row.thing, title=row.title, url=row.url, is_confirmed=row.confirmed_at is not None
    )
