"""Voices that come many at a time: cards typed in by a helper, slips printed beforehand, and files."""

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from werkplaats.accounts.actions import new_code
from werkplaats.asks.actions.voices import RECEIPT, gathered_by, give_voice, new_key, own_words
from werkplaats.asks.analysis import language_of
from werkplaats.asks.models import Ask, Slip, Voice
from werkplaats.asks.queries import initiatives
from werkplaats.asks.records import Imported, Row, SlipLine
from werkplaats.asks.refusals import CardTaken, NotOpen, SameWords, TooManyRows
from werkplaats.asks.rules import AskState, Channel, GrownUp, Privacy, receipt_of
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Area

MOST_ROWS = 20_000
MOST_SLIPS = 200


@transaction.atomic
def make_slips(ask: Ask, *, batch: str, count: int, at: datetime, through: Party | None = None) -> tuple[SlipLine, ...]:
    """Cards to print, each with its own receipt to tear off: numbers that go on where the stack ended, digits told this once.

    `through`: the initiative that will hand them out. Raises `NotOpen`, `NotAnInitiative`.
    """
    hands_out = gathered_by(through)
    row = Ask.objects.select_for_update(no_key=True).select_related("workshop").get(pk=ask.pk)
    if row.state != AskState.OPEN:
        raise NotOpen
    last = Slip.objects.filter(ask=row, batch=batch).aggregate(last=Max("number"))["last"] or 0
    made = []
    for number in range(last + 1, last + 1 + min(count, MOST_SLIPS)):
        key = new_key()
        Slip.objects.create(ask=row, batch=batch, number=number, voice_key=key, through=hands_out, made_at=at)
        digits = new_code(row.workshop, purpose=RECEIPT, thing=receipt_of(key), at=at)
        made.append(SlipLine(number, digits))
    return tuple(made)


@transaction.atomic
def type_in(
    ask: Ask,
    *,
    batch: str,
    number: int,
    text: str,
    privacy: Privacy,
    at: datetime,
    by: int | None,
    area: Area | None = None,
    group: str = "",
    through: Party | None = None,
    grown_up: GrownUp = GrownUp.NONE,
    channel: Channel = Channel.PAPER,
    is_another: bool = False,
) -> tuple[Voice, str]:
    """One card of a stack. Digits are given only where the card has no printed receipt yet.

    It comes `through` the initiative that the helper names, or else the one for which the card was printed.
    The same card again changes nothing. Raises `CardTaken` for other words under its number, and `SameWords` for words that
    stand on a card of another stack, unless the helper knows that `is_another` person.
    """
    row = Ask.objects.select_for_update(no_key=True).get(pk=ask.pk)
    words = own_words(text)
    held = Voice.objects.filter(ask=row, batch=batch, number=number).first()
    if held is not None:
        if held.text == words:
            return held, ""
        raise CardTaken(batch, number)
    same = Voice.objects.filter(ask=row, text=words, number__isnull=False).exclude(batch=batch).first()
    if same is not None and same.number is not None and not is_another:
        raise SameWords(same.batch, same.number)
    slip = Slip.objects.filter(ask=row, batch=batch, number=number).select_related("through__canonical").first()
    return give_voice(
        row,
        text=words,
        at=at,
        privacy=privacy,
        channel=channel,
        area=area,
        group=group,
        through=through or (slip.through if slip else None),
        grown_up=grown_up,
        typed_by=by,
        batch=batch,
        number=number,
        slip_key=slip.voice_key if slip else "",
    )


@transaction.atomic
def import_voices(ask: Ask, *, rows: Sequence[Row], batch: str, at: datetime, by: int | None = None) -> Imported:
    """Everything that a file tells, or nothing. `batch` names what it says (a sha-256): the same again changes nothing.

    Raises `NotOpen`, `TooManyRows`, `NoWords`, `TooLong`. Nobody holds a receipt for what comes from a file.
    """
    if len(rows) > MOST_ROWS:
        raise TooManyRows(MOST_ROWS)
    row = Ask.objects.select_for_update(no_key=True).select_related("workshop").get(pk=ask.pk)
    if row.state != AskState.OPEN:
        raise NotOpen
    known = set(Voice.objects.filter(ask=row, batch=batch).values_list("number", flat=True))
    areas = {area.code: area for area in Area.objects.filter(workshop=row.workshop)}
    gatherers = {party.key: party for party in initiatives(row.workshop)}
    zone = ZoneInfo(row.workshop.timezone)
    new = [
        Voice(
            workshop_id=row.workshop_id,
            key=new_key(),
            ask=row,
            text=own_words(one.text),
            language=one.language or language_of(one.text),
            privacy=one.privacy,
            channel=Channel.IMPORT.value,
            given_at=datetime.combine(one.given_on, time(12), tzinfo=zone) if one.given_on else at,
            area=areas.get(one.area),
            group=one.group,
            through=gatherers.get(one.through),
            typed_by_id=by,
            batch=batch,
            number=one.number,
        )
        for one in rows
        if one.number not in known
    ]
    Voice.objects.bulk_create(new, batch_size=500)
    return Imported(added=len(new), already=len(rows) - len(new))
