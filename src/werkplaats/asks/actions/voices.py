"""What somebody does with their own voice."""

import secrets
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from werkplaats.accounts.actions import new_code, withdraw_codes
from werkplaats.asks.analysis import language_of
from werkplaats.asks.models import Ask, Voice, VoiceIssue
from werkplaats.asks.refusals import NotAnInitiative, NotOpen, NoWords, TooLong, Withdrawn
from werkplaats.asks.rules import LONGEST, AskState, Channel, GrownUp, Privacy, State, has_words, receipt_of
from werkplaats.mail.actions import follow
from werkplaats.mail.models import Follow
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.search.actions import withdraw as take_from_search
from werkplaats.workshops.models import Area

RECEIPT = "receipt"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def give_voice(
    ask: Ask,
    *,
    text: str,
    at: datetime,
    privacy: Privacy = Privacy.WORKSHOP,
    channel: Channel = Channel.WEB,
    language: str = "",
    area: Area | None = None,
    group: str = "",
    through: Party | None = None,
    contact: str = "",
    grown_up: GrownUp = GrownUp.NONE,
    typed_by: int | None = None,
    once: str = "",
    batch: str = "",
    number: int | None = None,
    slip_key: str = "",
) -> tuple[Voice, str]:
    """Keeps what somebody says, and gives the digits of its receipt, told this once: ``(voice, "4821 0937 5516")``.

    `once` names the form it came by: the same form again is the same voice, with a new receipt in place of the one that was
    never seen. `slip_key`: the card was printed with its receipt, so there are no digits. Raises `NotOpen`, `NoWords`,
    `TooLong`, `NotAnInitiative`.
    """
    row = Ask.objects.select_for_update(no_key=True).get(pk=ask.pk)
    held = Voice.objects.filter(ask=row, once=once).first() if once else None
    if held is not None:
        return held, new_receipt(held, at=at)
    if row.state != AskState.OPEN:
        raise NotOpen
    voice = Voice.objects.create(
        workshop_id=row.workshop_id,
        key=slip_key or new_key(),
        ask=row,
        text=own_words(text),
        language=language or language_of(text),
        privacy=privacy.value,
        channel=channel.value,
        given_at=at,
        area=area,
        group=group.strip(),
        through=gathered_by(through),
        contact=contact.strip(),
        grown_up=grown_up.value,
        typed_by_id=typed_by,
        once=once,
        batch=batch,
        number=number,
    )
    if voice.contact:
        _follow(voice, at=at)
    return voice, "" if slip_key else new_receipt(voice, at=at)


@transaction.atomic
def add_words(voice: Voice, *, text: str) -> Voice:
    """The giver tells more. What stood there stays; a human looks again before any of it goes out.

    The same words that were added last add nothing.
    """
    row, more = locked(voice), f"\n\n{own_words(text)}"
    if row.text.endswith(more):
        return row
    row.text = own_words(f"{row.text}{more}")
    row.looked_at, row.looked_by, row.shared_text, row.goes_out = None, None, "", False
    row.save()
    out_of_search(row)
    return row


@transaction.atomic
def withdraw(voice: Voice, *, at: datetime) -> Voice:
    """The giver takes it back: words, place, group, address and the way it came are gone, and only that it was there is counted.

    Its receipt opens nothing from now on. Taking back twice changes nothing.
    """
    row = Voice.objects.select_for_update().select_related("workshop").get(pk=voice.pk)
    if row.state == State.WITHDRAWN:
        return row
    row.state, row.settled_at = State.WITHDRAWN.value, at
    row.text = row.shared_text = row.contact = row.group = row.hidden_reason = ""
    row.area = row.through = row.looked_at = row.looked_by = row.hidden_at = row.come_back_on = row.come_back_by = None
    row.goes_out = False
    row.save()
    VoiceIssue.objects.filter(voice=row).delete()
    out_of_search(row)
    withdraw_codes(row.workshop, thing=receipt_of(row.key), at=at)
    Follow.objects.filter(reader__workshop=row.workshop, thing=receipt_of(row.key)).delete()
    return row


@transaction.atomic
def tell_me(voice: Voice, *, contact: str, at: datetime) -> Voice:
    """The giver wants mail when something happens: a yes of its own. Raises mail's `NoAddress`."""
    row = locked(voice)
    row.contact = contact.strip()
    row.save(update_fields=["contact"])
    _follow(row, at=at)
    return row


@transaction.atomic
def note_reward(voice: Voice, *, came: bool) -> Voice:
    """The giver says whether what was promised for giving came."""
    row = locked(voice)
    row.reward_came = came
    row.save(update_fields=["reward_came"])
    return row


def new_receipt(voice: Voice, *, at: datetime) -> str:
    """The digits of a receipt; earlier ones of the same voice open nothing any more."""
    thing = receipt_of(voice.key)
    withdraw_codes(voice.workshop, thing=thing, at=at)
    return new_code(voice.workshop, purpose=RECEIPT, thing=thing, at=at)


def new_key() -> str:
    """A key that tells nothing and that nobody guesses."""
    return "v" + "".join(secrets.choice(_LETTERS) for _ in range(15))


def own_words(text: str) -> str:
    """The text as given, but for the ends of its lines. Raises `NoWords`, `TooLong`."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if not has_words(plain):
        raise NoWords
    if len(plain) > LONGEST:
        raise TooLong(LONGEST)
    return plain


def gathered_by(party: Party | None) -> Party | None:
    """The initiative through which a voice comes, as the entry that stays. Raises `NotAnInitiative` for another kind of party."""
    stays = party and party.stays
    if stays and stays.kind != PartyKind.INITIATIVE:
        raise NotAnInitiative(stays.name)
    return stays


def locked(voice: Voice) -> Voice:
    """The row, for this event alone. Raises `Withdrawn`."""
    row = Voice.objects.select_for_update().get(pk=voice.pk)
    if row.state == State.WITHDRAWN:
        raise Withdrawn
    return row


def out_of_search(row: Voice) -> None:
    """From this moment its words are not found."""
    take_from_search(row.workshop, kind="voice", keys=[row.key])


def _follow(voice: Voice, *, at: datetime) -> None:
    follow(
        voice.workshop,
        thing=receipt_of(voice.key),
        title=voice.ask.title,
        to=voice.contact,
        at=at,
        url=reverse("asks:ask", args=[voice.workshop.key, voice.ask.key]),
        language=voice.written_in,
    )
