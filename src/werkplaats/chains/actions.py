"""What happens to a chain: one atomic function per event."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from werkplaats.chains.models import Chain, ChainIssue, ChainVersion, Handover, Lane, Step, step_key
from werkplaats.chains.refusals import (
    AfterItself,
    CountsFromOne,
    EndsTooEarly,
    NameTaken,
    NobodyDoesIt,
    NotLater,
    StepGone,
    TooManySteps,
    VersionClosed,
    VersionsOverlap,
)
from werkplaats.chains.rules import MOST_STEPS
from werkplaats.issues.models import Issue
from werkplaats.kit.names import key_from, sort_key
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a step. Either a `party` does it, or a kind of desk in `words`."""

    name: str
    party: Party | None = None
    words: str = ""
    desk: str = ""
    documents: str = ""
    term_days: int | None = None


@transaction.atomic
def begin_chain(workshop: Workshop, *, name: str, wish: str, issues: Iterable[Issue], since: date) -> Chain:
    """A chain with its first version, that has no steps yet. Raises `NameTaken`."""
    _name_is_free(workshop, name)
    taken = frozenset(Chain.objects.filter(workshop=workshop).values_list("key", flat=True))
    row = put_chain(workshop, key=key_from(name, taken), name=name, wish=wish)
    _touch(row, issues)
    ChainVersion.objects.create(chain=row, number=1, since=since)
    return row


@transaction.atomic
def tell_of(chain: Chain, *, name: str, wish: str, issues: Iterable[Issue]) -> Chain:
    """Another name, wish or issues. Its key stays. Raises `NameTaken`."""
    _name_is_free(chain.workshop, name, but=chain.key)
    row = put_chain(chain.workshop, key=chain.key, name=name, wish=wish)
    _touch(row, issues)
    return row


@transaction.atomic
def add_step(version: ChainVersion, told: Told, *, after: Collection[str] = (), key: str = "") -> Step:
    """One more step, at the end. `after`: the keys of the steps that hand over to it. With the same `key` again it is one step.

    Raises `VersionClosed`, `TooManySteps` and others.
    """
    held = _open(version)
    there = held.steps.filter(key=key).first() if key else None
    if there is not None:
        return there
    count = held.steps.count()
    if count >= MOST_STEPS:
        raise TooManySteps(MOST_STEPS)
    row = Step.objects.create(version=held, key=key or step_key(), number=count + 1, **_fields(held, told))
    _hand_over_to(row, after)
    return row


@transaction.atomic
def change_step(version: ChainVersion, key: str, told: Told, *, after: Collection[str]) -> Step:
    """What a step is, who does it and what comes before it. Raises `VersionClosed`, `StepGone` and others."""
    held = _open(version)
    row = _step(held, key=key)
    for name, value in _fields(held, told).items():
        setattr(row, name, value)
    row.save()
    _forget_empty_lanes(held)
    _hand_over_to(row, after)
    return row


@transaction.atomic
def move_step(version: ChainVersion, key: str, *, up: bool) -> None:
    """Changes places with the step above or below it. What hands over to what stays.

    The first does not go up, nor the last down.
    """
    held = _open(version)
    row = _step(held, key=key)
    other = held.steps.filter(number=row.number - 1 if up else row.number + 1).first()
    if other is None:
        return
    # 0 is a place that no step has: two cannot have one number, not even for a moment.
    for step, at in ((row, 0), (other, row.number), (row, other.number)):
        Step.objects.filter(pk=step.pk).update(number=at)


@transaction.atomic
def take_out(version: ChainVersion, key: str) -> None:
    """A step goes out. What handed over to it hands over to what came after it, and the later steps move up."""
    held = _open(version)
    row = _step(held, key=key)
    before = [one.step_id for one in row.comes_after.all()]
    then = [one.then_id for one in row.hands_over.all()]
    row.delete()
    pairs = ((a, b) for a in before for b in then if a != b)
    Handover.objects.bulk_create((Handover(step_id=a, then_id=b) for a, b in pairs), ignore_conflicts=True)
    for later in held.steps.filter(number__gt=row.number).order_by("number"):
        Step.objects.filter(pk=later.pk).update(number=later.number - 1)
    _forget_empty_lanes(held)


@transaction.atomic
def renew(chain: Chain, *, since: date) -> ChainVersion:
    """A new version with the steps of the last one, to change from here on; the last one ends the day before.

    Raises `NotLater` where the new one would not begin after the last one did, or ended.
    """
    last = _last(chain)
    if since <= (last.until or last.since):
        raise NotLater
    if last.until is None:
        last.until = since - timedelta(days=1)
        last.save(update_fields=["until"])
    version = ChainVersion.objects.create(chain=chain, number=last.number + 1, since=since)
    made = {
        step.pk: Step.objects.create(
            version=version, key=step.key, number=step.number, **_fields(version, _as_told(step))
        )
        for step in last.steps.select_related("lane__party")
    }
    links = Handover.objects.filter(step__version=last)
    Handover.objects.bulk_create(Handover(step=made[one.step_id], then=made[one.then_id]) for one in links)
    return version


@transaction.atomic
def end(chain: Chain, *, until: date) -> ChainVersion:
    """The chain goes this way no longer than `until`, and no new version follows yet. Raises `VersionClosed`, `EndsTooEarly`."""
    version = _open(_last(chain))
    if until < version.since:
        raise EndsTooEarly
    version.until = until
    version.save(update_fields=["until"])
    return version


@transaction.atomic
def put_chain(workshop: Workshop, *, key: str, name: str, wish: str) -> Chain:
    """A chain as a folder or form has it; its versions stay."""
    told = {"name": name, "sort_name": sort_key(name), "wish": wish}
    return Chain.objects.update_or_create(workshop=workshop, key=key, defaults=told)[0]


@transaction.atomic
def put_chain_issue(chain: Chain, *, issue: Issue) -> ChainIssue:
    """A chain touches an issue, as a folder has it."""
    return ChainIssue.objects.get_or_create(chain=chain, issue=issue)[0]


@transaction.atomic
def put_version(chain: Chain, *, number: int, since: date, until: date | None) -> tuple[ChainVersion, bool]:
    """A version as a folder has it, and whether it is new here: one that stands here stays as it is.

    Raises `CountsFromOne`, `EndsTooEarly`, and `VersionsOverlap` for a day with two.
    """
    held = ChainVersion.objects.filter(chain=chain, number=number).first()
    if held is not None:
        return held, False
    if number < 1:
        raise CountsFromOne
    if until is not None and until < since:
        raise EndsTooEarly
    for other in chain.versions.all():
        if other.since <= (until or date.max) and since <= (other.until or date.max):
            raise VersionsOverlap
    return ChainVersion.objects.create(chain=chain, number=number, since=since, until=until), True


@transaction.atomic
def put_step(version: ChainVersion, *, number: int, told: Told) -> Step:
    """A step of a version that is new here, as a folder has it. Raises `CountsFromOne`, `NobodyDoesIt`, `TooManySteps`."""
    if number < 1:
        raise CountsFromOne
    if number > MOST_STEPS:
        raise TooManySteps(MOST_STEPS)
    return Step.objects.update_or_create(version=version, number=number, defaults=_fields(version, told))[0]


@transaction.atomic
def put_handover(version: ChainVersion, *, number: int, then: int) -> Handover:
    """One step hands over to another, as a folder has it. Raises `StepGone`, `AfterItself`."""
    if number == then:
        raise AfterItself
    return Handover.objects.get_or_create(step=_step(version, number=number), then=_step(version, number=then))[0]


def _name_is_free(workshop: Workshop, name: str, *, but: str = "") -> None:
    if Chain.objects.filter(workshop=workshop, sort_name=sort_key(name)).exclude(key=but).exists():
        raise NameTaken


def _touch(chain: Chain, issues: Iterable[Issue]) -> None:
    chosen = list(issues)
    chain.touches.exclude(issue__in=chosen).delete()
    for issue in chosen:
        put_chain_issue(chain, issue=issue)


def _open(version: ChainVersion) -> ChainVersion:
    """The version, kept from others until this is done. Raises `VersionClosed`."""
    row = ChainVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if row.until is not None:
        raise VersionClosed
    return row


def _last(chain: Chain) -> ChainVersion:
    return ChainVersion.objects.select_for_update(of=("self",)).filter(chain=chain).order_by("-number")[0]


def _step(version: ChainVersion, **which: str | int) -> Step:
    row = version.steps.filter(**which).first()
    if row is None:
        raise StepGone
    return row


def _fields(version: ChainVersion, told: Told) -> dict[str, Any]:
    return {
        "lane": _lane(version, told),
        "name": told.name.strip(),
        "desk": told.desk.strip(),
        "documents": "\n".join(line.strip() for line in told.documents.splitlines() if line.strip()),
        "term_days": told.term_days,
    }


def _lane(version: ChainVersion, told: Told) -> Lane:
    words = " ".join(told.words.split())
    if (told.party is None) == (not words):
        raise NobodyDoesIt
    return Lane.objects.get_or_create(version=version, party=told.party, words=words)[0]


def _forget_empty_lanes(version: ChainVersion) -> None:
    version.lanes.filter(steps=None).delete()


def _as_told(step: Step) -> Told:
    return Told(step.name, step.lane.party, step.lane.words, step.desk, step.documents, step.term_days)


def _hand_over_to(step: Step, keys: Collection[str]) -> None:
    """Exactly the steps with these keys hand over to this one."""
    if step.key in keys:
        raise AfterItself
    before = list(Step.objects.filter(version=step.version_id, key__in=keys))
    if len(before) != len(set(keys)):
        raise StepGone
    step.comes_after.exclude(step__in=before).delete()
    for one in before:
        Handover.objects.get_or_create(step=one, then=step)
