"""Reads of chains, to frozen records. Where a workshop has chains switched off, other rooms read none."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from werkplaats.chains.models import Chain, ChainVersion, Handover, Lane, Step
from werkplaats.chains.records import ChainLine, ChainRecord, Doer, Standing, StepOf, StepRecord, VersionLine
from werkplaats.chains.rules import is_in_force
from werkplaats.issues.models import Issue
from werkplaats.issues.rules import State
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import Capability

OF_ISSUE_TEMPLATE = "chains/of_issue.html"


def chains(workshop: Workshop, *, today: date) -> tuple[ChainLine, ...]:
    """Every chain of a workshop, by name, as it goes today. 3 queries."""
    return _lines(Chain.objects.filter(workshop=workshop), today=today)


def of_issue(issue: Issue, *, today: date) -> tuple[ChainLine, ...]:
    """The chains that touch an issue, or one that was joined into it. 3 queries."""
    if not issue.workshop.has(Capability.CHAINS):
        return ()
    return _lines(Chain.objects.filter(_touching(issue)).distinct(), today=today)


def chain(workshop: Workshop, key: str, *, number: int | None = None, today: date) -> ChainRecord | None:
    """One chain as it goes today, or as the version with this `number` says. None: there is none. 5 queries.

    Where no version is in force, the last one is shown.
    """
    row = Chain.objects.filter(workshop=workshop, key=key).prefetch_related("versions").first()
    versions = tuple(
        VersionLine(one.number, one.since, one.until, is_in_force(one.since, one.until, today=today))
        for one in (row.versions.all() if row else ())
    )
    if row is None or not versions:
        return None
    standing = next((one.number for one in versions if one.is_in_force), versions[-1].number)
    version = next((one for one in versions if one.number == (number or standing)), None)
    if version is None:
        return None
    (held,) = (one for one in row.versions.all() if one.number == version.number)
    lanes, steps = _told(held)
    issues = Issue.objects.filter(pk__in=row.touches.values("issue"), state=State.ACCEPTED.value)
    return ChainRecord(
        chain_id=row.pk,
        version_id=held.pk,
        key=row.key,
        name=row.name,
        wish=row.wish,
        issues=tuple(issues.values_list("key", "name")),
        version=version,
        versions=versions,
        lanes=lanes,
        steps=steps,
    )


def standing(workshop: Workshop, *, today: date) -> tuple[Standing, ...]:
    """Every chain as it goes today, for who reckons with it. 3 queries."""
    if not workshop.has(Capability.CHAINS):
        return ()
    found = ChainVersion.objects.in_force(today).filter(chain__workshop=workshop).select_related("chain")
    rows = found.order_by("chain__sort_name", "chain__key").prefetch_related(_STEPS)
    return tuple(
        Standing(
            key=row.chain.key,
            name=row.chain.name,
            since=row.since,
            names={step.number: step.name for step in row.steps.all()},
            who={step.number: step.lane.party.stays.pk if step.lane.party else None for step in row.steps.all()},
            then={step.number: _then(step) for step in row.steps.all()},
        )
        for row in rows
    )


def who_acts_on(issue: Issue, *, on: date) -> tuple[tuple[int, str], ...]:
    """The parties (id of their entry) that do a step in chains that touch an issue and are in force, with the name of the chain.

    1 query.
    """
    if not issue.workshop.has(Capability.CHAINS):
        return ()
    versions = ChainVersion.objects.in_force(on).filter(chain__in=Chain.objects.filter(_touching(issue)))
    lanes = Lane.objects.filter(version__in=versions, party__isnull=False, steps__isnull=False).distinct()
    found = lanes.order_by("version__chain__sort_name", "version__chain__key", "pk")
    return tuple((pk, name) for pk, name, *_order in found.values_list("party_id", "version__chain__name", "pk"))


def steps_of(party: Party, *, today: date) -> tuple[StepOf, ...]:
    """In which steps of chains in force a party sits, under any of its names. 1 query."""
    if not party.workshop.has(Capability.CHAINS):
        return ()
    versions = ChainVersion.objects.in_force(today).filter(chain__workshop=party.workshop_id)
    mine = Q(lane__party=party.stays) | Q(lane__party__canonical=party.stays)
    rows = Step.objects.filter(mine, version__in=versions).order_by(
        "version__chain__sort_name", "version__chain__key", "number"
    )
    told = rows.values_list("version__chain__key", "version__chain__name", "number", "name")
    return tuple(StepOf(*one) for one in told)


def accepted_issues(workshop: Workshop) -> QuerySet[Issue]:
    """The issues that a chain may touch."""
    return Issue.objects.filter(workshop=workshop, state=State.ACCEPTED.value)


def parties_to_choose(workshop: Workshop) -> QuerySet[Party]:
    """The parties that may do a step, each once."""
    return Party.objects.filter(workshop=workshop, canonical=None)


_STEPS = Prefetch(
    "steps",
    Step.objects.select_related("lane__party__canonical").prefetch_related(
        Prefetch("hands_over", Handover.objects.select_related("then"))
    ),
)


def _touching(issue: Issue) -> Q:
    return Q(touches__issue=issue) | Q(touches__issue__joined_into=issue)


def _then(step: Step) -> tuple[int, ...]:
    return tuple(sorted(one.then.number for one in step.hands_over.all()))


def _doer(lane: Lane) -> Doer:
    """Entries of one party are one lane, with the name that stays."""
    return Doer(lane.party.stays.key, lane.party.stays.name) if lane.party else Doer("", lane.words)


def _told(version: ChainVersion) -> tuple[tuple[Doer, ...], tuple[StepRecord, ...]]:
    rows = list(ChainVersion.objects.prefetch_related(_STEPS).get(pk=version.pk).steps.all())
    lanes = tuple(dict.fromkeys(_doer(row.lane) for row in rows))
    then = {row.number: _then(row) for row in rows}
    return lanes, tuple(
        StepRecord(
            key=row.key,
            number=row.number,
            name=row.name,
            lane=lanes.index(_doer(row.lane)),
            who=_doer(row.lane),
            desk=row.desk,
            documents=tuple(row.documents.splitlines()),
            term_days=row.term_days,
            then=then[row.number],
            after=tuple(other.key for other in rows if row.number in then[other.number]),
        )
        for row in rows
    )


def _lines(rows: QuerySet[Chain], *, today: date) -> tuple[ChainLine, ...]:
    found = list(rows)
    steps = Prefetch("steps", Step.objects.select_related("lane__party__canonical"))
    versions = ChainVersion.objects.in_force(today).filter(chain__in=found).prefetch_related(steps)
    held = {version.chain_id: version for version in versions}
    return tuple(_line(row, held.get(row.pk)) for row in found)


def _line(row: Chain, version: ChainVersion | None) -> ChainLine:
    steps = list(version.steps.all()) if version else []
    who = tuple(dict.fromkeys(_doer(step.lane).name for step in steps))
    return ChainLine(row.key, row.name, row.wish, version.number if version else 0, len(steps), who)
