"""From what was said to a promise: a draft, a link, a yes."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse

from werkplaats.accounts.actions import new_code, withdraw_codes
from werkplaats.asks.models import Voice
from werkplaats.catches.actions import became
from werkplaats.catches.models import Catch
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.actions.finding import offer_promise
from werkplaats.promises.actions.ledger import add, held, hold, iso, moment
from werkplaats.promises.actions.standing import follow
from werkplaats.promises.actions.telling import tell
from werkplaats.promises.models import Promise, PromiseReceiver
from werkplaats.promises.refusals import AlreadyConfirmed, DueInThePast, NoReceiver
from werkplaats.promises.rules import CONFIRM, Channel, Happened, Kind, State
from werkplaats.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody promised, as it was heard. `due_on` None: to be agreed. `for_whom` in words, beside the receivers."""

    kind: Kind
    maker: Party
    wording: str
    maker_function: str = ""
    for_whom: str = ""
    due_on: date | None = None
    depends_on: str = ""
    source: str = ""
    table_key: str = ""
    issue: Issue | None = None
    parties: tuple[Party, ...] = ()
    voices: tuple[Voice, ...] = ()


@transaction.atomic
def draft(
    workshop: Workshop,
    said: Said,
    *,
    at: datetime,
    by: int | None = None,
    key: str = "",
    caught: Catch | None = None,
) -> Promise:
    """Writes down what was said. It is no promise before its maker's yes. With `key`, writing it down again changes nothing.

    The key says nothing by itself: it enters the ledger, from which nothing can be taken out. `caught`: the line in which
    it was caught, which then became this promise.
    """
    _check(workshop, said, at)
    known = Promise.objects.filter(workshop=workshop, key=key).first() if key else None
    if known is not None:
        return known
    row = Promise(workshop=workshop, key=key or f"b{secrets.token_hex(5)}", drafted_at=at, drafted_by_id=by)
    row = _write(row, said)
    if caught is not None:
        became(caught, kind="promise", key=row.key, at=at)
    return row


@transaction.atomic
def redraft(promise: Promise, said: Said, *, at: datetime) -> Promise:
    """Writes a draft down differently, also after its maker said that it was not so. Links that went out no longer open it."""
    row = _unconfirmed(promise)
    _check(row.workshop, said, at)
    withdraw_codes(row.workshop, thing=row.thing, at=at)
    row.state, row.asked_at = State.DRAFT.value, None
    return _write(row, said)


@transaction.atomic
def drop(promise: Promise, *, at: datetime) -> None:
    """What was written down was nothing after all. Only a draft can go; a promise is withdrawn, with a reason."""
    row = _unconfirmed(promise)
    withdraw_codes(row.workshop, thing=row.thing, at=at)
    row.delete()


@transaction.atomic
def ask_to_confirm(promise: Promise, *, at: datetime) -> str:
    """A link for its maker to say yes or no with, without an account. Earlier links no longer open anything.

    Returns the twelve digits, which are kept nowhere. The link also lets the maker tell later how it goes.
    """
    row = _locked(promise)
    withdraw_codes(row.workshop, thing=row.thing, at=at)
    row.asked_at = at
    row.save(update_fields=["asked_at"])
    return new_code(row.workshop, purpose=CONFIRM, thing=row.thing, at=at)


@transaction.atomic
def confirm(
    promise: Promise,
    *,
    at: datetime,
    channel: Channel,
    due_on: date | None = None,
    maker_function: str = "",
    is_news: bool = True,
) -> Promise:
    """Its maker says yes: from now on it stands in the ledger. A day that has passed since it was said needs a new one."""
    row = _locked(promise)
    if row.confirmed_at is not None:
        raise AlreadyConfirmed(row.confirmed_at.astimezone(ZoneInfo(row.workshop.timezone)).date())
    row = held(row, Happened.CONFIRMED)
    row.due_on, row.maker_function = due_on or row.due_on, maker_function or row.maker_function
    _check_day(row.workshop, row.due_on, at)
    receivers = list(row.receivers.select_related("party", "voice"))
    told = add(
        row,
        Happened.CONFIRMED,
        at=moment(at),
        facts={
            "promise_kind": row.kind,
            "maker": row.maker.key,
            "due_on": iso(row.due_on),
            "issue": row.issue.key if row.issue else "",
            "table": row.table_key,
            "parties": sorted(one.party.key for one in receivers if one.party),
            "tables": sorted(one.table_key for one in receivers if one.table_key),
            "channel": channel.value,
        },
        texts={
            "wording": row.wording,
            "for_whom": row.for_whom,
            "maker_function": row.maker_function,
            "depends_on": row.depends_on,
            "source": row.source,
        },
        private={"voices": "\n".join(sorted(one.voice.key for one in receivers if one.voice))},
    )
    row = follow(row, told)
    offer_promise(row)
    if is_news:
        tell(row, Happened.CONFIRMED, at=at)
    return row


@transaction.atomic
def deny(promise: Promise, *, words: str) -> Promise:
    """Its maker says: this is not what we promised. It goes back to who wrote it down, and shows nowhere else."""
    row = _unconfirmed(promise)
    row.state, row.denied_words = State.DENIED.value, words
    row.save(update_fields=["state", "denied_words"])
    return row


@transaction.atomic
def link_voices(promise: Promise, *, voices: Iterable[Voice], at: datetime) -> Promise:
    """The promise comes from these voices too; their givers may judge it. Adding one twice changes nothing.

    After the yes that is an event, so that nobody adds judges unseen.
    """
    row = _locked(promise)
    known = set(row.receivers.exclude(voice=None).values_list("voice_id", flat=True))
    new = {voice.pk: voice for voice in voices if voice.workshop_id == row.workshop_id and voice.pk not in known}
    if new and row.confirmed_at is not None:
        row = held(row, Happened.LINKED)
        told = add(
            row, Happened.LINKED, at=moment(at), private={"voices": "\n".join(sorted(one.key for one in new.values()))}
        )
        row = follow(row, told)
    PromiseReceiver.objects.bulk_create(
        [PromiseReceiver(promise=row, voice=voice, ask_id=voice.ask_id) for voice in new.values()]
    )
    return row


def link_path(workshop: Workshop, digits: str) -> str:
    """The path of the page that a link opens."""
    return reverse("promises:answer", args=[workshop.key, "-".join(digits.split())])


def _write(row: Promise, said: Said) -> Promise:
    row.kind, row.maker, row.wording, row.issue = said.kind.value, said.maker, said.wording.strip(), said.issue
    row.due_on = None if said.kind is Kind.NO else said.due_on
    for name in ("maker_function", "for_whom", "depends_on", "source", "table_key"):
        setattr(row, name, getattr(said, name).strip())
    row.denied_words = ""
    row.save()
    row.receivers.all().delete()
    PromiseReceiver.objects.bulk_create(
        [
            *(PromiseReceiver(promise=row, party=party) for party in dict.fromkeys(said.parties)),
            *(PromiseReceiver(promise=row, voice=voice, ask_id=voice.ask_id) for voice in dict.fromkeys(said.voices)),
            *([PromiseReceiver(promise=row, table_key=row.table_key)] if row.table_key else []),
        ]
    )
    return row


def _check(workshop: Workshop, said: Said, at: datetime) -> None:
    if not (said.for_whom.strip() or said.parties or said.voices or said.table_key):
        raise NoReceiver
    if said.kind is not Kind.NO:
        _check_day(workshop, said.due_on, at)


def _check_day(workshop: Workshop, due_on: date | None, at: datetime) -> None:
    if due_on is not None and due_on < at.astimezone(ZoneInfo(workshop.timezone)).date():
        raise DueInThePast


def _locked(promise: Promise) -> Promise:
    hold(promise.workshop_id)
    return (
        Promise.objects.select_for_update(of=("self",)).select_related("workshop", "maker", "issue").get(pk=promise.pk)
    )


def _unconfirmed(promise: Promise) -> Promise:
    row = _locked(promise)
    if row.confirmed_at is not None:
        raise AlreadyConfirmed(row.confirmed_at.astimezone(ZoneInfo(row.workshop.timezone)).date())
    return row
