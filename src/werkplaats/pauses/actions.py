"""What happens in a pause: one atomic function per event. `by` is the account that did it."""

from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.accounts.models import Person
from werkplaats.asks.models import Voice
from werkplaats.asks.rules import State as VoiceState
from werkplaats.asks.rules import receipt_of
from werkplaats.consent.rules import Purpose
from werkplaats.issues.actions import trajectories
from werkplaats.issues.models import Trajectory
from werkplaats.issues.refusals import NotRunning
from werkplaats.issues.rules.phases import Phase, pause_due
from werkplaats.kit.names import key_from
from werkplaats.mail.actions import news, question, tell_followers
from werkplaats.mail.queries import is_followed
from werkplaats.mail.records import Words
from werkplaats.mail.refusals import NoAddress
from werkplaats.mail.rules import Kind as MailKind
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.queries.people import representatives
from werkplaats.pauses import queries
from werkplaats.pauses.models import Pause, PauseAnswer
from werkplaats.pauses.records import OUTCOME_WORDS
from werkplaats.pauses.refusals import AlreadyClosed, NoReason, NotConcerned, NotInIt, NoWay, StillOpen
from werkplaats.pauses.rules import LONGEST, Noticed, Outcome


@transaction.atomic
def open_pause(trajectory: Trajectory, *, at: datetime, by: int | None = None) -> Pause:
    """Everybody stands still: do residents benefit? Opening it twice is one pause.

    Raises `NotRunning` for a trajectory that has not started or has stopped.
    """
    row = Trajectory.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=trajectory.pk)
    standing = Pause.objects.filter(trajectory=row, closed_at=None).first()
    if standing is not None:
        return standing
    if not row.started_on or row.stopped_on:
        raise NotRunning
    if row.phase != Phase.PAUSE:
        trajectories.move(row, then=Phase.PAUSE, at=at, by=by)
    today = _day(row, at)
    taken = frozenset(Pause.objects.filter(workshop=row.workshop).values_list("key", flat=True))
    return Pause.objects.create(
        workshop=row.workshop,
        trajectory=row,
        key=key_from(f"{row.key} {today.isoformat()}", taken),
        due_on=row.next_pause_on or today,
        opened_at=at,
        opened_by_id=by,
    )


@transaction.atomic
def ask_givers(pause: Pause, *, at: datetime) -> int:
    """Asks by mail whoever gave a voice about this and said yes to mail; how many. Nobody twice, nor twice a month."""
    asked = 0
    row = Pause.objects.select_for_update(of=("self",)).select_related("trajectory", "workshop").get(pk=pause.pk)
    if row.asked_at or row.closed_at:
        return 0
    voices = queries.voices_of(row.trajectory.issue_id).exclude(state=VoiceState.WITHDRAWN)
    for voice in voices.filter(contact__contains="@").order_by("pk"):
        thing = receipt_of(voice.key)
        says_yes = is_followed(row.workshop, thing=thing, address=voice.contact.lower())
        if says_yes and question(row.workshop, about=thing, key=f"pause:{row.key}", at=at):
            asked += _mail(row, voice, at=at)
    row.asked_at = at
    row.save(update_fields=["asked_at"])
    return asked


@transaction.atomic
def ask_parties(pause: Pause, *, at: datetime) -> int:
    """Asks by mail whoever works in the trajectory for a party and allows contact; how many are new. Nobody twice."""
    row = Pause.objects.select_related("trajectory", "workshop").get(pk=pause.pk)
    if row.closed_at:
        return 0
    parties = Party.objects.filter(pk__in=queries.parties_in(row.trajectory)).select_related("workshop").order_by("pk")
    people = [person for party in parties for person in representatives(party, allowing=[Purpose.CONTACT])]
    return sum(_mail_party(row, person, at=at) for person in dict.fromkeys(people))


@transaction.atomic
def answer_for(
    pause: Pause, *, party: Party, noticed: Noticed, at: datetime, text: str = "", by: int | None = None
) -> PauseAnswer:
    """What a party in the trajectory says that residents notice of it. Its last word counts until the pause closes."""
    row = _open(pause)
    stays = party.canonical or party
    if stays.pk not in queries.parties_in(row.trajectory):
        raise NotInIt
    told = {"noticed": noticed.value, "text": text.strip()[:LONGEST], "at": at, "typed_by_id": by}
    return PauseAnswer.objects.update_or_create(pause=row, party=stays, defaults=told)[0]


@transaction.atomic
def answer_with(
    pause: Pause, *, voice: Voice, noticed: Noticed, at: datetime, text: str = "", by: int | None = None
) -> PauseAnswer:
    """What somebody says whose receipt was opened. Their last word counts until the pause closes. Raises `NotConcerned`."""
    row = _open(pause)
    if not queries.voices_of(row.trajectory.issue_id).filter(pk=voice.pk).exclude(state=VoiceState.WITHDRAWN).exists():
        raise NotConcerned
    told = {"noticed": noticed.value, "text": text.strip()[:LONGEST], "at": at, "typed_by_id": by}
    return PauseAnswer.objects.update_or_create(pause=row, voice=voice, defaults=told)[0]


@transaction.atomic
def close(
    pause: Pause,
    *,
    outcome: Outcome,
    reason: str,
    at: datetime,
    then: Phase | None = None,
    next_pause_on: date | None = None,
    by: int | None = None,
) -> Pause:
    """Ends in going on, changing or stopping, with the reason. The evidence is frozen as it stands now.

    To go on or change one says with which phase. On `next_pause_on`, or else after the term of the workshop, everybody
    stands still again.
    """
    row = _open(pause)
    if not reason.strip():
        raise NoReason
    today = _day(row.trajectory, at)
    row.evidence = queries.evidence(row, today=today, closes=True).frozen()
    row.outcome, row.reason = outcome.value, reason.strip()
    row.closed_at, row.closed_by_id = at, by
    row.save()
    if outcome is Outcome.STOP:
        trajectories.stop(row.trajectory, reason=row.reason, at=at, by=by)
    elif then is None:
        raise NoWay
    else:
        again = (
            next_pause_on if next_pause_on and next_pause_on > today else pause_due(today, days=row.workshop.pause_days)
        )
        trajectories.move(row.trajectory, then=then, reason=row.reason, next_pause_on=again, at=at, by=by)
    tell_followers(
        row.workshop,
        things=[row.trajectory.issue.thing],
        key=f"pause:{row.key}:closed",
        words=partial(_closed, row),
        at=at,
        about=row.trajectory.issue.thing,
        url=reverse("pauses:pause", args=[row.workshop.key, row.key]),
    )
    return row


@transaction.atomic
def put_pause(
    trajectory: Trajectory,
    *,
    key: str,
    due_on: date,
    opened_at: datetime,
    asked_at: datetime | None = None,
    outcome: Outcome | None = None,
    reason: str = "",
    closed_at: datetime | None = None,
) -> Pause:
    """A pause as a folder has it; the trajectory is where its own row says. One that stands here stays as it is.

    Raises `NoReason` for one that closed without saying how and why, `StillOpen` for a second that is open.
    """
    held = Pause.objects.filter(workshop=trajectory.workshop, key=key).first()
    if held is not None:
        return held
    if (closed_at is None) != (outcome is None) or (closed_at is not None and not reason):
        raise NoReason
    if closed_at is None and Pause.objects.filter(trajectory=trajectory, closed_at=None).exists():
        raise StillOpen
    return Pause.objects.create(
        workshop=trajectory.workshop,
        trajectory=trajectory,
        key=key,
        due_on=due_on,
        opened_at=opened_at,
        asked_at=asked_at,
        outcome=outcome.value if outcome else "",
        reason=reason,
        closed_at=closed_at,
    )


@transaction.atomic
def put_pause_answer(
    pause: Pause, *, party: Party | None, voice: Voice | None, noticed: Noticed, at: datetime, text: str = ""
) -> PauseAnswer:
    """What a party, or the giver of a voice, said in a pause, as a folder has it. Raises `NotConcerned` for neither or both."""
    if (party is None) == (voice is None):
        raise NotConcerned
    told = {"noticed": noticed.value, "text": text[:LONGEST], "at": at}
    return PauseAnswer.objects.get_or_create(pause=pause, party=party, voice=voice, defaults=told)[0]


@transaction.atomic
def freeze(pause: Pause) -> None:
    """Keeps the evidence of a pause that closed elsewhere, as it stood on the day it closed; once."""
    row = (
        Pause.objects.select_for_update(of=("self",))
        .select_related("trajectory__workshop", "workshop")
        .get(pk=pause.pk)
    )
    if row.closed_at is not None and not row.evidence:
        row.evidence = queries.evidence(row, today=_day(row.trajectory, row.closed_at), closes=True).frozen()
        row.save(update_fields=["evidence"])


@transaction.atomic
def forget_withdrawn(pause: Pause) -> int:
    """Removes what was answered with receipts whose voice was withdrawn since; how many answers."""
    return PauseAnswer.objects.filter(pause=pause, voice__state=VoiceState.WITHDRAWN).delete()[0]


def _open(pause: Pause) -> Pause:
    rows = Pause.objects.select_for_update(of=("self",)).select_related("trajectory__workshop", "workshop")
    row = rows.get(pk=pause.pk)
    if row.closed_at:
        raise AlreadyClosed
    return row


def _day(trajectory: Trajectory, at: datetime) -> date:
    return at.astimezone(ZoneInfo(trajectory.workshop.timezone)).date()


def _closed(pause: Pause) -> Words:
    told = {"name": pause.trajectory.name, "outcome": OUTCOME_WORDS[pause.outcome], "reason": pause.reason}
    return Words(
        _("Er is stilgestaan bij: %(name)s") % told,
        _("Er is gevraagd of bewoners iets merken van “%(name)s”. Wat ervan kwam: %(outcome)s. De reden: %(reason)s")
        % told,
    )


def _mail_party(pause: Pause, person: Person, *, at: datetime) -> int:
    with override(person.language or "nl"):
        subject = _("Merken bewoners er iets van?")
        text = _(
            "We staan stil bij werk waar jullie aan meedoen: %(name)s. Merken bewoners er iets van, denken jullie? Vertel het "
            "namens jullie partij. Nee en ‘dat weten wij niet’ zijn ook antwoorden."
        ) % {"name": pause.trajectory.name}
    try:
        return news(
            pause.workshop,
            key=f"pause:{pause.key}:party",
            kind=MailKind.QUESTION,
            to=person.email,
            subject=subject,
            text=text,
            url=reverse("pauses:answer_for", args=[pause.workshop.key, pause.key]),
            about=f"pause:{pause.key}",
            at=at,
            language=person.language or "nl",
            rests_on=[Purpose.CONTACT],
        )
    except NoAddress:
        return 0


def _mail(pause: Pause, voice: Voice, *, at: datetime) -> int:
    language = voice.language if voice.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        subject = _("Heb je er iets aan?")
        text = _(
            "Je vertelde ons iets. Daarna gingen mensen aan het werk: %(name)s. Merk je er iets van? Je kunt het zeggen met de "
            "code van je bonnetje. Nee is ook een antwoord. We vragen het één keer."
        ) % {"name": pause.trajectory.name}
    try:
        return news(
            pause.workshop,
            key=f"pause:{pause.key}",
            kind=MailKind.QUESTION,
            to=voice.contact,
            subject=subject,
            text=text,
            url=reverse("pauses:answer", args=[pause.workshop.key, pause.key]),
            about=f"pause:{pause.key}",
            at=at,
            language=language,
        )
    except NoAddress:
        return 0
