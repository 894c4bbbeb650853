"""Answers: replies to voices, the giver's word on them, dates to come back, and what comes back to all."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.asks.actions.voices import locked, own_words
from werkplaats.asks.models import Ask, GiveBack, Reply, ReplyVoice, Voice, VoiceIssue
from werkplaats.asks.refusals import InThePast, NobodyWaits, NothingToJudge
from werkplaats.asks.rules import SILENT_AFTER, Fit, State, after_fit, may_become, receipt_of
from werkplaats.issues.models import Issue
from werkplaats.issues.rules import State as IssueState
from werkplaats.mail.actions import news, tell_followers
from werkplaats.mail.records import Words
from werkplaats.mail.rules import Kind
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop


@transaction.atomic
def reply(ask: Ask, *, voices: Iterable[Voice], party: Party, text: str, at: datetime, key: str = "") -> Reply:
    """Answers one voice, or several that a human put together. Those that do not wait are left out; raises `NobodyWaits`."""
    wanted = [voice.pk for voice in voices]
    rows = list(Voice.objects.select_for_update().filter(ask=ask, pk__in=wanted, state=State.WAITING).order_by("pk"))
    if not rows:
        raise NobodyWaits
    made = Reply.objects.create(
        workshop_id=ask.workshop_id, key=key or _key(), ask=ask, party=party, text=own_words(text), at=at
    )
    ReplyVoice.objects.bulk_create([ReplyVoice(reply=made, voice=row) for row in rows])
    Voice.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.REPLIED.value, replied_at=at, settled_at=None, come_back_on=None, come_back_by=None
    )
    for row in rows:
        if row.contact:
            _tell(row, key=f"reply:{made.key}", answered_by=party, at=at)
    _tell_of_issues(made, rows, at=at)
    return made


@transaction.atomic
def fit(voice: Voice, *, reply: Reply, fit: Fit, at: datetime) -> Voice:
    """The giver says whether the latest answer fits. What does not fit opens the voice again, once.

    Raises `NothingToJudge` when it was said already or another answer came since.
    """
    row, link = _latest(voice, reply)
    to = after_fit(fit, reopened=row.reopened)
    if fit is Fit.UNSAID or not may_become(State(row.state), to):
        raise NothingToJudge
    link.fit, link.fit_at = fit.value, at
    link.save(update_fields=["fit", "fit_at"])
    if to is State.WAITING:
        row.reopened = True
    row.state, row.settled_at = to.value, None if to is State.WAITING else at
    row.save()
    return row


@transaction.atomic
def dispute(voice: Voice, *, reply: Reply, at: datetime) -> Voice:
    """The giver says: mine does not belong with those others. It waits again for an answer of its own."""
    row, link = _latest(voice, reply)
    if not may_become(State(row.state), State.WAITING):
        raise NothingToJudge
    link.disputed, link.fit_at = True, at
    link.save(update_fields=["disputed", "fit_at"])
    row.state, row.settled_at = State.WAITING.value, None
    row.save()
    return row


@transaction.atomic
def come_back(voice: Voice, *, on: date, today: date, by: Party | None = None) -> Voice:
    """I will come back to it on this day: a promise for one voice. Raises `InThePast`, `NobodyWaits`."""
    if on < today:
        raise InThePast(on)
    row = locked(voice)
    if row.state != State.WAITING:
        raise NobodyWaits
    row.come_back_on, row.come_back_by = on, by
    row.save(update_fields=["come_back_on", "come_back_by"])
    return row


@transaction.atomic
def give_back(ask: Ask, *, text: str, party: Party, at: datetime, key: str = "") -> GiveBack:
    """Tells all who gave what came of it. It answers nobody: who waits still waits. The same key again changes nothing."""
    row = Ask.objects.select_for_update(no_key=True).select_related("workshop").get(pk=ask.pk)
    told = own_words(text)
    held = GiveBack.objects.filter(ask=row, text=told).first()
    if held and not key:  # the button was pressed twice
        return held
    made, _is_new = GiveBack.objects.get_or_create(
        ask=row, key=key or _key(), defaults={"text": told, "party": party, "at": at}
    )
    for voice in Voice.objects.filter(ask=row).exclude(contact=""):
        _tell(voice, key=f"give-back:{made.key}", at=at)
    tell_followers(
        row.workshop,
        things=[f"ask:{row.key}", *([row.issue.thing] if row.issue else [])],
        key=f"give-back:{made.key}",
        words=lambda: Words(_("Dit kwam terug: %(title)s") % {"title": row.title}, told),
        at=at,
        url=reverse("asks:ask", args=[row.workshop.key, row.key]),
    )
    return made


def settle_silence(workshop: Workshop, *, at: datetime, most: int = 500) -> int:
    """Givers who said nothing in four weeks after an answer: silent, which is not the same as content. How many."""
    quiet = Voice.objects.filter(workshop=workshop, state=State.REPLIED, replied_at__lte=at - SILENT_AFTER)
    some = list(quiet.order_by("replied_at").values_list("pk", flat=True)[:most])
    # Who speaks up at this very moment is no longer replied, and is left alone.
    return Voice.objects.filter(pk__in=some, state=State.REPLIED).update(state=State.SILENT.value, settled_at=at)


def _latest(voice: Voice, reply: Reply) -> tuple[Voice, ReplyVoice]:
    """The voice and its link with this reply, if it is the latest and nothing was said about it."""
    row = locked(voice)
    link = ReplyVoice.objects.filter(voice=row).order_by("-reply__at", "-reply_id").first()
    if link is None or link.reply_id != reply.pk or link.fit or link.disputed:
        raise NothingToJudge
    return row, link


def _tell(voice: Voice, *, key: str, at: datetime, answered_by: Party | None = None) -> None:
    """A mail to who left an address and said yes to it. Never the words of the voice, nor the code."""
    workshop = voice.workshop
    with override(voice.written_in):
        subject = _("Er is nieuws voor jou: %(title)s") % {"title": voice.ask.title}
        text = _("Er kwam iets terug voor iedereen die meedeed. Open je bonnetje met je code om het te lezen.")
        if answered_by:
            text = _("%(party)s heeft je geantwoord. Open je bonnetje met je code om het te lezen.") % {
                "party": answered_by.name
            }
    news(
        workshop,
        key=key,
        kind=Kind.ANSWER,
        to=receipt_of(voice.key),
        subject=subject,
        text=text,
        at=at,
        about=receipt_of(voice.key),
        url=reverse("threads:receipt", args=[workshop.key]),
    )


def _tell_of_issues(made: Reply, rows: list[Voice], *, at: datetime) -> None:
    """Who follows an issue hears that people who told about it got an answer: not who, how many, nor what it says."""
    put_with = VoiceIssue.objects.filter(voice__in=rows).values("issue")
    issues = Issue.objects.filter(Q(pk__in=put_with) | Q(pk=made.ask.issue_id), state=IssueState.ACCEPTED.value)
    for issue in issues.select_related("workshop"):
        tell_followers(
            issue.workshop,
            things=[issue.thing],
            key=f"reply:{made.key}",
            words=partial(_answered, issue.name, made.party.name),
            at=at,
            about=issue.thing,
            url=reverse("pages:issue", args=[issue.workshop.key, issue.key]),
        )


def _answered(issue: str, party: str) -> Words:
    return Words(
        _("Er kwam antwoord: %(issue)s") % {"issue": issue},
        _("%(party)s gaf antwoord aan mensen die iets vertelden over “%(issue)s”. Wat erin staat, lezen zij zelf.")
        % {"issue": issue, "party": party},
    )


def _key() -> str:
    return secrets.token_hex(8)
