"""What happens to mail: a message is on record before it goes out, and a choice is changed by its reader only.

Sending itself is slow work: `mail.sweeps`.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.consent.rules import Purpose
from werkplaats.mail import queries
from werkplaats.mail.models import Choice, Follow, Message, Question, Reader
from werkplaats.mail.records import Words
from werkplaats.mail.refusals import NoAddress
from werkplaats.mail.rules import QUESTION_DAYS, Kind, Pace, due, goes_alone
from werkplaats.workshops.models import Workshop

MOST_CONFIRMATIONS = 3
"""Mails a day that ask an address whether it was really theirs, whoever typed it wherever."""
LONGEST_ADDRESS = 254
_ASKS = "follow:"  # how the key of such a mail begins


def reader_at(workshop: Workshop, address: str, *, language: str = "nl") -> Reader:
    """The reader with this mail address, made if it is not there. Raises `NoAddress`."""
    plain = address.strip().lower()
    try:
        validate_email(plain)
    except ValidationError:
        raise NoAddress from None
    if len(plain) > LONGEST_ADDRESS:
        raise NoAddress
    return Reader.objects.get_or_create(
        workshop=workshop, address=plain, defaults={"token": _token(), "language": language}
    )[0]


def reader_on_paper(workshop: Workshop, name: str) -> Reader:
    """Somebody without mail, under a name for on the envelope that they chose themselves."""
    return Reader.objects.get_or_create(workshop=workshop, paper_name=name.strip(), defaults={"token": _token()})[0]


@transaction.atomic
def news(
    workshop: Workshop,
    *,
    key: str,
    kind: Kind | str,
    to: str | Reader,
    subject: str,
    text: str,
    at: datetime,
    about: str = "",
    url: str = "",
    language: str = "nl",
    rests_on: Collection[Purpose] = (),
) -> int:
    """Puts a message on record for one reader or for everybody who follows a thing; how many are new.

    `to`: a mail address, a `Reader`, or the portable key of a thing, such as ``issue:veilig-naar-school``. `key` says
    what is told: nobody is told the same key twice. `text` is plain, with empty lines between paragraphs; `url` from
    the top of the site. When it goes out is the choice of each reader. `rests_on`: the consent that it rests on, asked
    again when it goes out. Raises `NoAddress`.
    """
    readers = _readers(workshop, to, language=language)
    words = Words(subject, text)
    ground = tuple(sorted(purpose.value for purpose in rests_on))
    return _record(
        workshop, readers, key=key, kind=Kind(kind), words=words, at=at, about=about, url=url, rests_on=ground
    )


@transaction.atomic
def tell_followers(
    workshop: Workshop,
    *,
    things: Collection[str],
    key: str,
    words: Callable[[], Words],
    at: datetime,
    about: str = "",
    url: str = "",
) -> int:
    """Tells everybody who follows one of these things, each in their own language and once; how many are new.

    `words` says it in the language that it is called in. `key`, `about`, `at` and `url` as in `news`.
    """
    following = Q(follows__thing__in=things, follows__confirmed_at__isnull=False)
    readers: dict[str, list[Reader]] = {}
    for reader in Reader.objects.filter(following, workshop=workshop).distinct().order_by("pk"):
        readers.setdefault(reader.language, []).append(reader)
    told = 0
    for language, some in readers.items():
        with override(language):
            said = words()
        told += _record(workshop, some, key=key, kind=Kind.NEWS, words=said, at=at, about=about, url=url)
    return told


def _record(
    workshop: Workshop,
    readers: list[Reader],
    *,
    key: str,
    kind: Kind,
    words: Words,
    at: datetime,
    about: str,
    url: str,
    rests_on: Sequence[str] = (),
) -> int:
    told = set(Message.objects.filter(reader__in=readers, key=key).values_list("reader_id", flat=True))
    earlier = Message.objects.filter(reader__in=readers, kind=kind, due_at__isnull=False)
    heard = set(earlier.exclude(key__startswith=_ASKS).values_list("reader_id", flat=True))
    chosen = queries.paces(readers, kind)
    local = at.astimezone(ZoneInfo(workshop.timezone))
    made = []
    for reader in (each for each in readers if each.pk not in told):
        pace, is_first = chosen.get(reader.pk, Pace.UNCHOSEN), reader.pk not in heard
        message = Message(workshop=workshop, reader=reader, key=key, kind=kind.value, about=about, url=url)
        message.rests_on = list(rests_on)
        message.subject, message.text, message.recorded_at = _one_line(words.subject), words.text, at
        message.due_at, message.is_alone = due(pace, is_first=is_first, at=local), goes_alone(pace, is_first=is_first)
        made.append(message)
    Message.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


@transaction.atomic
def follow(
    workshop: Workshop,
    *,
    thing: str,
    title: str,
    to: str | Reader,
    at: datetime,
    url: str = "",
    is_confirmed: bool = False,
    language: str = "nl",
) -> Follow:
    """Notes that a reader wants to be told about a thing; doing it twice changes nothing.

    `to`: a mail address or a `Reader`. Not `is_confirmed` (nobody proved that the address is theirs): one mail asks,
    and nothing else comes until they say yes. Raises `NoAddress`.
    """
    reader = reader_at(workshop, to, language=language) if isinstance(to, str) else to
    row, _made = Follow.objects.get_or_create(
        reader=reader, thing=thing, defaults={"title": title[:200], "url": url, "asked_at": at}
    )
    if is_confirmed:
        return confirm_follow(row, at=at)
    if row.confirmed_at is None:
        _ask_whether(row, workshop, at=at)
    return row


def confirm_follow(follow: Follow, *, at: datetime) -> Follow:
    """The owner of the address says yes. Saying it twice changes nothing."""
    Follow.objects.filter(pk=follow.pk, confirmed_at=None).update(confirmed_at=at)
    follow.refresh_from_db()
    return follow


@transaction.atomic
def follow_on(workshop: Workshop, *, thing: str, into: str, title: str, url: str) -> None:
    """One thing went up in another: who followed it follows that from now on, and who had not said yes yet still can."""
    for row in Follow.objects.filter(reader__workshop=workshop, thing=thing).select_related("reader"):
        if Follow.objects.filter(reader=row.reader, thing=into).exists():
            row.delete()
        else:
            row.thing, row.title, row.url = into, title[:200], url
            row.save(update_fields=["thing", "title", "url"])


def unfollow(follow: Follow) -> None:
    """The reader no longer wants to hear of this thing."""
    follow.delete()


@transaction.atomic
def choose(reader: Reader, *, kind: Kind, pace: Pace, at: datetime) -> None:
    """How often the reader wants to hear about one kind, from now on and for what is still waiting."""
    Choice.objects.update_or_create(reader=reader, kind=kind.value, defaults={"pace": pace.value, "chosen_at": at})
    local = at.astimezone(ZoneInfo(reader.workshop.timezone))
    waiting = Message.objects.filter(reader=reader, kind=kind, taken_at=None, due_at__isnull=False)
    waiting.update(due_at=due(pace, is_first=False, at=local), is_alone=goes_alone(pace, is_first=False))


@transaction.atomic
def unsubscribe(token: str, kind: Kind | str = "", *, at: datetime) -> Reader | None:
    """No more of one kind, or of any kind when none is named. None: nobody has this token."""
    reader = Reader.objects.select_related("workshop").filter(token=token).first()
    for each in [Kind(kind)] if kind else Kind:
        if reader:
            choose(reader, kind=each, pace=Pace.OFF, at=at)
    return reader


@transaction.atomic
def question(workshop: Workshop, *, about: str, at: datetime, key: str = "") -> bool:
    """Whether the giver behind a receipt may be asked something now; if so it is on record as asked.

    `about`: the portable key of what the receipt is of (``voice:7f3a``); `key`: which question, so that it is never asked
    twice. At most one a month, over the whole system.
    """
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)  # two rooms may ask at once
    asked = Question.objects.filter(workshop=workshop, about=about)
    key = key or at.date().isoformat()
    if asked.filter(Q(key=key) | Q(asked_at__gt=at - timedelta(days=QUESTION_DAYS))).exists():
        return False
    Question.objects.create(workshop=workshop, about=about, key=key, asked_at=at)
    return True


@transaction.atomic
def hand_over(reader: Reader, *, up_to: int, at: datetime) -> int:
    """Notes that somebody without mail got what waited for them on paper, to and with message `up_to`; how many."""
    waiting = Message.objects.filter(reader=reader, reader__address="", taken_at=None, pk__lte=up_to)
    return waiting.filter(due_at__isnull=False).update(taken_at=at, sent_at=at, text="", url="")


def take_out(workshop: Workshop, *, about: str, words: str) -> None:
    """Takes words that were erased out of what was not sent yet about a thing."""
    for row in Message.objects.filter(workshop=workshop, about=about, taken_at=None, text__contains=words):
        row.text = row.text.replace(words, "[…]")
        row.save(update_fields=["text"])


def forget_reader(workshop: Workshop, *, address: str) -> None:
    """Removes a mail address with all its messages, wishes and choices, at the wish of its owner."""
    Reader.objects.filter(workshop=workshop, address=address.strip().lower()).delete()


def drop_unallowed(messages: Sequence[Message]) -> list[Message]:
    """The messages that may go out now. One of which the consent was taken back since is removed, with its words."""
    may = [message for message in messages if queries.is_allowed(message)]
    kept = {message.pk for message in may}
    Message.objects.filter(pk__in=[one.pk for one in messages if one.pk not in kept], taken_at=None).delete()
    return may


def take(messages: Collection[Message], *, at: datetime) -> bool:
    """Notes that these are about to be sent. False: another sender was first with one of them; then send none."""
    free = Message.objects.filter(pk__in=[message.pk for message in messages], taken_at=None)
    with transaction.atomic():
        if free.update(taken_at=at) == len(messages):
            return True
        transaction.set_rollback(True)
    return False


def note_sent(messages: Iterable[Message], *, at: datetime) -> None:
    """The mail server accepted these; their words, and an address that may hold a code, are no longer needed here."""
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(sent_at=at, text="", url="")


def postpone(reader: Reader, *, until: datetime) -> None:
    """No mail server answers: what waits for this reader waits a little longer."""
    Message.objects.filter(reader=reader, taken_at=None, due_at__lt=until).update(due_at=until)


def _readers(workshop: Workshop, to: str | Reader, *, language: str) -> list[Reader]:
    if isinstance(to, Reader):
        return [to]
    if "@" in to:
        return [reader_at(workshop, to, language=language)]
    return list(Reader.objects.filter(workshop=workshop, follows__thing=to, follows__confirmed_at__isnull=False))


def _ask_whether(follow: Follow, workshop: Workshop, *, at: datetime) -> None:
    """One mail a day and thing, and no more than a few a day together: an address may be typed by somebody else."""
    reader = follow.reader
    off = queries.paces([reader], Kind.NEWS).get(reader.pk) == Pace.OFF
    asked = Message.objects.filter(reader=reader, key__startswith=_ASKS, recorded_at__gt=at - timedelta(days=1))
    if off or asked.count() >= MOST_CONFIRMATIONS or asked.filter(about=follow.thing).exists():
        return
    with override(reader.language):
        subject = _("Wil je hierover horen: %(title)s?") % {"title": follow.title}
        text = _(
            "Iemand vulde dit mailadres in om op de hoogte te blijven van “%(title)s”. Was jij dat? Open dan de link en zeg ja. "
            "Was jij het niet? Dan hoef je niets te doen, en hoor je hier niets meer over."
        ) % {"title": follow.title}
    Message.objects.create(
        workshop=workshop,
        reader=reader,
        key=f"{_ASKS}{follow.thing}:{at.isoformat()}"[:160],
        kind=Kind.NEWS.value,
        about=follow.thing,
        subject=_one_line(subject),
        text=text,
        url=reverse("mail:confirm", args=[workshop.key, reader.token, follow.pk]),
        recorded_at=at,
        is_alone=True,
        due_at=at,
    )


def _one_line(subject: str) -> str:
    """A subject that cannot break out of its header."""
    return " ".join(subject.split())[:200]


def _token() -> str:
    """128 bits by chance: nobody guesses the choices of another."""
    return secrets.token_urlsafe(16)
