"""Asks, voices and answers as a folder has them. What stands here already stays as it is, and nobody is mailed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from werkplaats.accounts.models import Code
from werkplaats.asks.actions.asking import put_ask
from werkplaats.asks.actions.looking import may_go_out, show
from werkplaats.asks.actions.voices import RECEIPT, gathered_by, own_words
from werkplaats.asks.analysis import language_of
from werkplaats.asks.models import Ask, GiveBack, Reply, ReplyVoice, Voice, VoiceIssue
from werkplaats.asks.queries.asks import missing_of
from werkplaats.asks.refusals import AnotherStands, HidingNeedsAReason, NotWhole, StaysInside, Withdrawn, WordsChanged
from werkplaats.asks.rules import AskState, Channel, Fit, Privacy, State, receipt_of, state_after
from werkplaats.asks.rules.marking import only_covers
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Area, Workshop


@transaction.atomic
def put_whole_ask(workshop: Workshop, *, key: str, title: str, question: str, **told: Any) -> Ask:
    """An ask as a folder has it (fields of `Ask`). Raises `NotWhole` for an open one that does not tell everything.

    There is one standing ask in a workshop: raises `AnotherStands` for a second.
    """
    if told.get("state") == AskState.OPEN.value and (missing := missing_of(Ask(workshop=workshop, **told))):
        raise NotWhole(missing)
    if told.get("is_standing") and Ask.objects.filter(workshop=workshop, is_standing=True).exclude(key=key).exists():
        raise AnotherStands
    return put_ask(workshop, key=key, title=title, question=question, **told)


@transaction.atomic
def put_voice(
    ask: Ask,
    *,
    key: str,
    text: str,
    given_at: datetime,
    privacy: Privacy,
    channel: Channel,
    language: str = "",
    area: Area | None = None,
    group: str = "",
    through: Party | None = None,
    contact: str = "",
    come_back_on: date | None = None,
    come_back_by: Party | None = None,
    looked_at: datetime | None = None,
    shared_text: str = "",
    hidden_at: datetime | None = None,
    hidden_reason: str = "",
    withdrawn_at: datetime | None = None,
    receipt: str = "",
) -> Voice:
    """A voice as a folder has it; it waits until its replies come, see `put_reply_voice`.

    `receipt`: the digest of its code, so that paper which is out there goes on opening it; no code is made. `contact` is
    kept and not mailed. A withdrawn voice keeps no word. Raises `NoWords`, `TooLong`, `StaysInside`, `WordsChanged`,
    `HidingNeedsAReason`, `NotAnInitiative`.
    """
    held = Voice.objects.filter(workshop=ask.workshop, key=key).first()
    if held is not None:
        return held
    row = Voice(
        workshop=ask.workshop, key=key, ask=ask, given_at=given_at, privacy=privacy.value, channel=channel.value
    )
    if withdrawn_at is not None:
        row.state, row.settled_at, row.language = State.WITHDRAWN.value, withdrawn_at, language
        row.save()
        return row
    row.text = own_words(text)
    if shared_text and (privacy is not Privacy.NAMELESS or looked_at is None):
        raise StaysInside
    if shared_text and not only_covers(row.text, shared_text):
        raise WordsChanged
    if hidden_at is not None and not hidden_reason:
        raise HidingNeedsAReason
    row.language = language or language_of(row.text)
    row.area, row.group, row.through, row.contact = area, group, gathered_by(through), contact
    row.come_back_on, row.come_back_by = come_back_on, come_back_by
    row.looked_at, row.shared_text = looked_at, shared_text
    row.hidden_at, row.hidden_reason = hidden_at, hidden_reason
    row.goes_out = may_go_out(row)
    row.save()
    if receipt:
        Code.objects.get_or_create(
            workshop=ask.workshop,
            digest=receipt,
            defaults={"purpose": RECEIPT, "thing": receipt_of(key), "made_at": given_at},
        )
    show(row)
    return row


@transaction.atomic
def put_voice_issue(voice: Voice, *, issue: Issue) -> VoiceIssue:
    """A voice that belongs to an issue. Raises `Withdrawn`: what was taken back belongs nowhere."""
    if voice.state == State.WITHDRAWN:
        raise Withdrawn
    return VoiceIssue.objects.get_or_create(voice=voice, issue=issue, ask_id=voice.ask_id)[0]


@transaction.atomic
def put_reply(ask: Ask, *, key: str, party: Party, text: str, at: datetime) -> Reply:
    """An answer as a folder has it; `put_reply_voice` says to whom."""
    told = {"ask": ask, "party": party, "text": own_words(text), "at": at}
    return Reply.objects.get_or_create(workshop=ask.workshop, key=key, defaults=told)[0]


@transaction.atomic
def put_reply_voice(
    reply: Reply, *, voice: Voice, fit: Fit = Fit.UNSAID, disputed: bool = False, fit_at: datetime | None = None
) -> ReplyVoice:
    """Whom a reply answers, and what the giver said of it: the state of the voice follows from all its replies.

    A word without its moment has that of the reply.
    """
    said_at = (fit_at or reply.at) if fit is not Fit.UNSAID or disputed else None
    told = {"fit": fit.value, "disputed": disputed, "fit_at": said_at}
    link, is_new = ReplyVoice.objects.get_or_create(reply=reply, voice=voice, defaults=told)
    if is_new:
        _stand(Voice.objects.select_for_update().get(pk=voice.pk))
    return link


@transaction.atomic
def put_give_back(ask: Ask, *, key: str, party: Party, text: str, at: datetime) -> GiveBack:
    """What came back to all, as a folder has it. Who gave was told then, and is not told again."""
    told = {"party": party, "text": own_words(text), "at": at}
    return GiveBack.objects.get_or_create(ask=ask, key=key, defaults=told)[0]


def _stand(row: Voice) -> None:
    if row.state == State.WITHDRAWN:
        return
    links = list(row.replies.select_related("reply").order_by("reply__at", "reply_id"))
    state, reopened = state_after((Fit(link.fit), link.disputed) for link in links)
    last = links[-1]
    row.state, row.reopened, row.replied_at = state.value, reopened, last.reply.at
    row.settled_at = last.fit_at if state in (State.FITS, State.DOES_NOT_FIT) else None
    if state is not State.WAITING:
        row.come_back_on = row.come_back_by = None
    row.save()
