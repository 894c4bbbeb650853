"""Reads of pauses: the evidence from every room, and the answers. Each a fixed number of queries."""

from collections import Counter
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q, QuerySet

from werkplaats.asks.models import Ask, GiveBack, Voice
from werkplaats.asks.rules import AskState
from werkplaats.asks.rules import State as VoiceState
from werkplaats.issues.models import IssueFragment, Trajectory
from werkplaats.issues.queries import trajectories
from werkplaats.neighbourhoods.models import Party
from werkplaats.pauses.models import Pause, PauseAnswer
from werkplaats.pauses.records import (
    Evidence,
    PartyAnswer,
    PauseLine,
    PauseRecord,
    ResidentAnswer,
    evidence_from,
)
from werkplaats.pauses.rules import BENEFIT, Output, may_show
from werkplaats.promises.models import Promise, Verdict
from werkplaats.promises.rules import GiverKind, Kind, State, Word
from werkplaats.tables.models import Table
from werkplaats.workshops.models import Workshop

_NOTICED = (Word.KEPT.value, Word.PARTLY.value)


def pauses(workshop: Workshop) -> tuple[PauseLine, ...]:
    """All pauses of a workshop, the latest first. 1 query."""
    return _lines(Pause.objects.filter(workshop=workshop))


def of_trajectory(trajectory_id: int) -> tuple[PauseLine, ...]:
    """The pauses of one trajectory, the latest first. 1 query."""
    return _lines(Pause.objects.filter(trajectory_id=trajectory_id))


def pause(workshop: Workshop, key: str, *, sees_words: bool, today: date) -> PauseRecord | None:
    """One pause; None: this workshop has none with that key. While it is open its evidence is that of today.

    The words of residents go to nobody outside the workshop (`sees_words`). At most 16 queries.
    """
    row = Pause.objects.filter(workshop=workshop, key=key).select_related("trajectory__issue", "workshop").first()
    if row is None:
        return None
    record = trajectories.trajectory(workshop, row.trajectory.key)
    assert record is not None  # its trajectory cannot go without it
    answers = _party_answers(row)
    spoke = {answer.key for answer in answers}
    (line,) = _lines(Pause.objects.filter(pk=row.pk))
    return PauseRecord(
        line=line,
        workshop_id=row.workshop_id,
        trajectory=record.line,
        evidence=Evidence.thawed(row.evidence) if row.closed_at else evidence(row, today=today, closes=False),
        parties=answers,
        silent=tuple((party.key, party.name) for party in record.parties if party.key not in spoke),
        own_words=_own_words(row) if sees_words else (),
    )


def evidence(pause: Pause, *, today: date, closes: bool) -> Evidence:
    """What there is to see since the trajectory started or last stood still. At most 11 queries.

    The breakdown of residents' answers appears once, when the pause `closes`: so nobody can subtract two states of it.
    """
    since = _since(pause)
    zone = ZoneInfo(pause.workshop.timezone)
    start = datetime.combine(since, time(0), zone)
    issue = pause.trajectory.issue_id
    waiting, oldest, does_not_fit = _waiting(issue)
    promises = Promise.objects.filter(issue_id=issue, confirmed_at__isnull=False)
    running = promises.filter(state=State.RUNNING, due_on__lt=today).exclude(kind=Kind.NO.value)
    verdicts = Verdict.objects.filter(promise__issue_id=issue, at__gte=start)
    residents = Counter(answers_of_residents(pause).values_list("noticed", flat=True))
    of_parties = Counter(verdicts.filter(giver_kind=GiverKind.PARTY.value).values_list("word", flat=True))
    of_residents = _shown_verdicts(promises, start=start)
    shows = closes and may_show(residents, small_number=pause.workshop.small_number)
    return evidence_from(
        since=since,
        until=today,
        waiting=waiting,
        oldest=oldest.astimezone(zone).date() if oldest else None,
        does_not_fit=does_not_fit,
        output=_output(issue, start=start, today=today, promises=promises),
        done=promises.filter(done_at__gte=start).count(),
        overdue=running.count(),
        by_parties=dict(of_parties),
        by_residents=dict(of_residents),
        residents=dict(residents),
        shows=shows,
        # What single residents said counts here only where it is shown too: else it could be read off from the sentence.
        benefits=sum(of_parties[word] for word in _NOTICED)
        + sum(of_residents[word] for word in _NOTICED)
        + (sum(residents[word] for word in BENEFIT) if shows else 0),
    )


def _shown_verdicts(promises: QuerySet[Promise], *, start: datetime) -> Counter[str]:
    """What residents said of promises, by word, as far as their verdicts may be shown."""
    found: Counter[str] = Counter()
    for tally in promises.filter(shown_at__gte=start).values_list("shown_tally", flat=True):
        found.update(tally)
    return found


def voices_of(issue_id: int) -> QuerySet[Voice]:
    """The voices that an issue is about: given to an ask of it, or put with it by a human."""
    linked = Voice.objects.filter(issues__issue_id=issue_id).values("pk")
    return Voice.objects.filter(Q(ask__issue_id=issue_id) | Q(pk__in=linked))


def _waiting(issue_id: int) -> tuple[int, datetime | None, int]:
    """How many wait, since when, and how many said that an answer did not fit. Read apart, so that indexes serve both."""
    asked = list(Ask.objects.filter(issue_id=issue_id).values_list("pk", flat=True))
    linked = Voice.objects.filter(issues__issue_id=issue_id).exclude(ask__in=asked)
    waits = Q(state=VoiceState.WAITING)
    counted = [
        voices.order_by().aggregate(
            waiting=Count("pk", filter=waits),
            oldest=Min("given_at", filter=waits),
            unfit=Count("pk", filter=Q(state=VoiceState.DOES_NOT_FIT) | (waits & Q(reopened=True))),
        )
        for voices in (Voice.objects.filter(ask__in=asked), linked)
    ]
    since = min((each["oldest"] for each in counted if each["oldest"]), default=None)
    return sum(each["waiting"] for each in counted), since, sum(each["unfit"] for each in counted)


def answers_of_residents(pause: Pause) -> QuerySet[PauseAnswer]:
    """What givers said; who withdrew their voice withdrew this with it."""
    given = PauseAnswer.objects.filter(pause=pause, voice__isnull=False)
    return given.exclude(voice__state=VoiceState.WITHDRAWN)


def _since(pause: Pause) -> date:
    earlier = Pause.objects.filter(trajectory_id=pause.trajectory_id, closed_at__lt=pause.opened_at)
    last = earlier.order_by("-closed_at").values_list("closed_at", flat=True).first()
    if last is not None:
        return last.astimezone(ZoneInfo(pause.workshop.timezone)).date()
    return pause.trajectory.started_on or pause.due_on


def _output(issue: int, *, start: datetime, today: date, promises: QuerySet[Promise]) -> Output:
    end = datetime.combine(today, time.max, start.tzinfo)
    asks = Ask.objects.filter(issue_id=issue, opened_on__gte=start.date()).exclude(state=AskState.DRAFT)
    added = IssueFragment.objects.filter(issue_id=issue, fragment__source__added_at__gte=start)
    return Output(
        asks=asks.count(),
        tables=Table.objects.filter(issue_id=issue, cancelled_at=None, held_at__gte=start, held_at__lte=end).count(),
        documents=added.aggregate(all=Count("fragment__source", distinct=True))["all"],
        promises=promises.filter(confirmed_at__gte=start).exclude(kind=Kind.NO.value).count(),
        give_backs=GiveBack.objects.filter(ask__issue_id=issue, at__gte=start).count(),
    )


def _lines(rows: QuerySet[Pause]) -> tuple[PauseLine, ...]:
    return tuple(
        PauseLine(
            pause_id=row.pk,
            key=row.key,
            trajectory_key=row.trajectory.key,
            trajectory_name=row.trajectory.name,
            due_on=row.due_on,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            outcome=row.outcome,
            reason=row.reason,
        )
        for row in rows.select_related("trajectory").order_by("-opened_at", "-pk")
    )


def _party_answers(row: Pause) -> tuple[PartyAnswer, ...]:
    found: dict[int, PartyAnswer] = {}
    rows = row.answers.filter(party__isnull=False).select_related("party__canonical").order_by("party__sort_name")
    for one in rows:
        assert one.party is not None
        party: Party = one.party.canonical or one.party
        found.setdefault(party.pk, PartyAnswer(party.key, party.name, one.noticed, one.text, one.at))
    return tuple(found.values())


def _own_words(row: Pause) -> tuple[ResidentAnswer, ...]:
    zone = ZoneInfo(row.workshop.timezone)
    return tuple(
        ResidentAnswer(one.noticed, one.text, one.at.astimezone(zone).date())
        for one in answers_of_residents(row).order_by("at", "pk")
    )


def parties_in(trajectory: Trajectory) -> frozenset[int]:
    """The ids of the parties that work in a trajectory, each as the entry that stays."""
    rows = trajectory.parties.values_list("party_id", "party__canonical_id")
    return frozenset(canonical or party for party, canonical in rows)
