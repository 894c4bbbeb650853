"""Verdicts: the maker's and the receivers', side by side. One each; the last counts, the ledger keeps them all."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from werkplaats.asks.rules import State as VoiceState
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.actions.ledger import add, held, moment
from werkplaats.promises.actions.standing import judge
from werkplaats.promises.actions.telling import tell_tally, tell_verdict
from werkplaats.promises.models import Promise, PromiseReceiver, Verdict
from werkplaats.promises.refusals import NotForYou, NothingToJudge
from werkplaats.promises.rules import (
    MAKERS_WORDS,
    Giver,
    GiverKind,
    Happened,
    Kind,
    State,
    Word,
    may_be_judged,
    may_renew,
)


@transaction.atomic
def maker_verdict(promise: Promise, *, word: Word, at: datetime, words: str = "", is_news: bool = True) -> Verdict:
    """How its maker itself judges it: kept, partly, or not. The same again changes nothing."""
    row = _judged(promise, Happened.MAKER_VERDICT, at)
    if word not in MAKERS_WORDS:
        raise NotForYou
    giver = Giver(GiverKind.MAKER, row.maker.key)
    if (known := _the_same(row, giver, word, words)) is not None:
        return known
    facts = {"giver_kind": giver.kind.value, "giver": giver.key, "word": word.value}
    add(row, Happened.MAKER_VERDICT, at=moment(at), facts=facts, texts={"words": words.strip()})
    verdict = judge(row, giver_kind=giver.kind, giver=giver.key, word=word, words=words.strip(), at=at)
    if is_news:
        tell_verdict(row, verdict, by=row.maker.name)
    return verdict


@transaction.atomic
def receiver_verdict(
    promise: Promise, *, by: Giver, word: Word, at: datetime, words: str = "", is_news: bool = True
) -> Verdict:
    """How one receiver judges it: a party by its key, the giver of a linked voice or a table after its code was opened.

    Who gave a voice is nobody's business: of a receipt or table the ledger shows neither which, nor the word, nor the time of
    day, and it takes no further words. Raises `NotForYou` for who is no receiver.
    """
    row = _judged(promise, Happened.RECEIVER_VERDICT, at)
    if not receivers_of(row, by).exists():
        raise NotForYou
    words = words.strip() if by.kind is GiverKind.PARTY else ""
    if (known := _the_same(row, by, word, words)) is not None:
        return known
    facts = {"giver_kind": by.kind.value}
    if by.kind is GiverKind.PARTY:
        facts |= {"giver": by.key, "word": word.value}
        add(row, Happened.RECEIVER_VERDICT, at=moment(at), facts=facts, texts={"words": words})
    else:
        day = at.astimezone(ZoneInfo(row.workshop.timezone)).date()
        private = {"giver": by.key, "word": word.value}
        add(row, Happened.RECEIVER_VERDICT, at=day.isoformat(), facts=facts, private=private)
    verdict = judge(row, giver_kind=by.kind, giver=by.key, word=word, words=words, at=at)
    receivers_of(row, by).filter(asked_at=None).update(asked_at=at)
    is_shown = renew_tally(row, at=at)
    if is_news and is_shown:
        tell_tally(row, at=at)
    if is_news and by.kind is GiverKind.PARTY:
        tell_verdict(row, verdict, by=Party.objects.get(workshop=row.workshop, key=by.key).stays.name)
    return verdict


def renew_tally(row: Promise, *, at: datetime) -> bool:
    """Shows the verdicts of residents as they are now, when so many answered since that nobody's own word can be told apart.

    Returns whether it did.
    """
    given = list(row.verdicts.filter(giver_kind=GiverKind.RECEIPT).values_list("word", "at"))
    changed = sum(1 for _word, when in given if row.shown_at is None or when > row.shown_at)
    shown_before, small = row.shown_at is not None, row.workshop.small_number
    if not may_renew(answered=len(given), changed=changed, shown_before=shown_before, small_number=small):
        return False
    row.shown_tally, row.shown_at = dict(Counter(word for word, _when in given)), at
    row.save(update_fields=["shown_tally", "shown_at"])
    return True


def _judged(promise: Promise, happened: Happened, at: datetime) -> Promise:
    row = held(promise, happened)
    today = at.astimezone(ZoneInfo(row.workshop.timezone)).date()
    if not may_be_judged(row.due_on, state=State(row.state), kind=Kind(row.kind), today=today):
        raise NothingToJudge
    return row


def receivers_of(row: Promise, by: Giver) -> QuerySet[PromiseReceiver]:
    """The row of a promise that makes somebody its receiver, if there is one."""
    receivers = PromiseReceiver.objects.filter(promise=row)
    match by.kind:
        case GiverKind.PARTY:
            return receivers.filter(party__key=by.key)
        case GiverKind.RECEIPT:
            return receivers.filter(voice__key=by.key).exclude(voice__state=VoiceState.WITHDRAWN)
        case GiverKind.TABLE:
            return receivers.filter(table_key=by.key).exclude(table_key="")
        case GiverKind.MAKER:
            return receivers.none()


def _the_same(row: Promise, by: Giver, word: Word, words: str) -> Verdict | None:
    known = row.verdicts.filter(giver_kind=by.kind, giver=by.key).first()
    return known if known and (known.word, known.words) == (word.value, words.strip()) else None
