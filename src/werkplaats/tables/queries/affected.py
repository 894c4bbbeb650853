"""Whom an issue concerns, by rule from what is on record, each with its reasons; and who of them sits at its table."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from werkplaats.asks.models import Ask, VoiceIssue
from werkplaats.asks.rules import State as VoiceState
from werkplaats.chains.queries import who_acts_on
from werkplaats.issues.models import Issue, IssueNeed, IssueParty, Trajectory, TrajectoryParty
from werkplaats.kit.names import sort_key
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.models import Promise, PromiseReceiver
from werkplaats.promises.rules import State
from werkplaats.tables.records import MISSING_WORDS, MissingSeats, SeatLine
from werkplaats.tables.records.planning import Affected, AffectedGroup, AffectedParty
from werkplaats.tables.rules import Why, WhyGroup

_SAID_YES = (State.RUNNING, State.DONE)


def affected(issue: Issue | None, *, on: date) -> Affected:
    """Everybody whom an issue concerns; nobody where a table is about none. 11 queries.

    `on`: the day of the table, by which is known how its chains go. Through which party a voice came is told nowhere, so it
    is no reason here.
    """
    if issue is None:
        return Affected()
    why: dict[int, list[Why]] = {}
    chains: dict[int, list[str]] = {}
    for actor, name in who_acts_on(issue, on=on):
        why.setdefault(actor, []).append(Why.CHAIN)
        chains.setdefault(actor, []).append(name)
    for reason, ids in _reasons(issue):
        for pk in ids:
            if pk is not None and reason not in why.setdefault(pk, []):
                why[pk].append(reason)
    found: dict[int, AffectedParty] = {}
    for party in Party.objects.filter(pk__in=why).select_related("canonical__area", "area"):
        stays = party.stays
        before = found.get(stays.pk)
        reasons = tuple(one for one in Why if one in {*(before.why if before else ()), *why[party.pk]})
        names = tuple(dict.fromkeys((*(before.chains if before else ()), *chains.get(party.pk, ()))))
        area = stays.area.code if stays.area else ""
        found[stays.pk] = AffectedParty(stays.pk, stays.key, stays.name, stays.kind, area, reasons, names)
    in_order = sorted(found.values(), key=lambda one: (-len(one.why), sort_key(one.name), one.key))
    return Affected(tuple(in_order), _groups(issue))


def missing(known: Affected, seats: Iterable[SeatLine]) -> MissingSeats:
    """Who of these does not sit at a table with these seats. No query: kinds, groups and parties of which nobody sits there."""
    here = list(seats)
    kinds, names, keys = {one.kind for one in here}, {sort_key(one.group) for one in here}, {one.key for one in here}
    return MissingSeats(
        kinds=tuple(sorted({one.kind for one in known.parties if one.kind in MISSING_WORDS} - kinds)),
        groups=tuple(one.name for one in known.groups if sort_key(one.name) not in names),
        parties=tuple(one.name for one in known.parties if Why.WORKS in one.why and one.key not in keys),
    )


def _reasons(issue: Issue) -> Iterable[tuple[Why, Iterable[int | None]]]:
    voices = VoiceIssue.objects.filter(issue=issue).exclude(voice__state=VoiceState.WITHDRAWN.value)
    asks = Ask.objects.filter(Q(issue=issue) | Q(pk__in=voices.values("ask")), opened_on__isnull=False)
    promises = Promise.objects.filter(issue=issue, state__in=[state.value for state in _SAID_YES])
    running = TrajectoryParty.objects.filter(trajectory__issue=issue, trajectory__stopped_on=None)
    yield Why.WORKS, IssueParty.objects.filter(issue=issue).values_list("party_id", flat=True)
    yield Why.TRAJECTORY, running.values_list("party_id", flat=True)
    yield Why.NEEDS, IssueNeed.objects.filter(issue=issue).values_list("need__party_id", flat=True)
    # The ask that stands open for everything is about no issue more than another.
    asked = list(asks.exclude(is_standing=True).order_by().values_list("asked_party_id", "asker_id"))
    yield Why.ANSWERS, [party for party, _asker in asked]
    yield Why.ANSWERS, voices.order_by().values_list("voice__come_back_by_id", flat=True).distinct()
    yield Why.ASKS, [asker for _party, asker in asked]
    yield Why.PROMISED, promises.order_by().values_list("maker_id", flat=True).distinct()
    yield (
        Why.RECEIVES,
        PromiseReceiver.objects.filter(promise__in=promises).order_by().values_list("party_id", flat=True).distinct(),
    )


def _groups(issue: Issue) -> tuple[AffectedGroup, ...]:
    """Groups of a trajectory that runs, and those that enough people named when they told about it."""
    found: dict[str, AffectedGroup] = {}
    running = Trajectory.objects.filter(issue=issue, stopped_on=None).values("pk")
    rows = Trajectory.benefit_groups.through.objects.filter(trajectory_id__in=running)
    for key, name in rows.values_list("group__key", "group__name"):
        found[sort_key(name)] = AffectedGroup(key, name, (WhyGroup.BENEFITS,))
    voices = VoiceIssue.objects.filter(issue=issue).exclude(voice__state=VoiceState.WITHDRAWN.value)
    told = Counter(voices.exclude(voice__group="").values_list("voice__group", flat=True))
    for name, people in told.items():
        if people >= issue.workshop.small_number:
            before = found.get(sort_key(name))
            why = (*(before.why if before else ()), WhyGroup.VOICES)
            found[sort_key(name)] = AffectedGroup(before.key if before else "", before.name if before else name, why)
    return tuple(found[key] for key in sorted(found))
