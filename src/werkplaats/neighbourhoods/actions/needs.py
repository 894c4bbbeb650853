"""What happens to a need or an offer: it is posted, it ends, it is hidden. Nobody changes its words."""

import secrets
from datetime import date, datetime

from django.db import transaction

from werkplaats.accounts.models import Account, Person
from werkplaats.consent.queries import people_who_allow
from werkplaats.neighbourhoods.actions import touch
from werkplaats.neighbourhoods.actions.finding import show_need
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.neighbourhoods.refusals import (
    AlreadyOver,
    HiddenWithoutReason,
    NeedEnded,
    NeedsConsent,
    NoWords,
    TooManyWords,
)
from werkplaats.neighbourhoods.rules import NeedKind
from werkplaats.neighbourhoods.rules.needs import LONGEST, OWN, Ending, NeedState, state_of
from werkplaats.workshops.models import Area, Theme, Workshop


@transaction.atomic
def put_need(
    party: Party,
    *,
    key: str,
    kind: NeedKind,
    text: str,
    at: datetime,
    language: str = "",
    theme: Theme | None = None,
    area: Area | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Need:
    """What a party needs, or can give, as a folder or list says; found from now on by the search, until its date."""
    told = {"language": language, "theme": theme, "area": area, "since": since, "until": until}
    need, _made = Need.objects.update_or_create(
        workshop=party.workshop, key=key, defaults={"party": party, "kind": kind.value, "text": text, **told}
    )
    is_over = until is not None and state_of("", until, today=at.date()) is NeedState.EXPIRED
    if need.ending in {"", Ending.EXPIRED}:
        need.ending, need.ended_on = (Ending.EXPIRED.value, until) if is_over else ("", None)
        need.save(update_fields=["ending", "ended_on"])
    show_need(need, at=at)
    return need


@transaction.atomic
def post_need(
    workshop: Workshop,
    *,
    of: Party | Person,
    kind: NeedKind,
    text: str,
    at: datetime,
    today: date,
    language: str = "",
    theme: Theme | None = None,
    area: Area | None = None,
    until: date | None = None,
    by: Account | None = None,
    key: str = "",
) -> Need:
    """A party, or a person who said yes to it, needs something or can give it. The same key twice is one need.

    Raises `NoWords`, `TooManyWords`, `AlreadyOver`, `NeedsConsent`.
    """
    words = text.strip()
    if not words:
        raise NoWords
    if len(words) > LONGEST:
        raise TooManyWords(LONGEST)
    if until is not None and until < today:
        raise AlreadyOver
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)  # a button pressed twice is one need
    known = Need.objects.filter(workshop=workshop, key=key).first() if key else None
    if known is not None:
        return known
    if isinstance(of, Person) and not allows(of, workshop=workshop):
        raise NeedsConsent
    whose = {"person": of} if isinstance(of, Person) else {"party": of.stays}
    need = Need.objects.create(
        workshop=workshop,
        key=key or secrets.token_hex(8),
        kind=kind.value,
        text=words,
        language=language,
        theme=theme,
        area=area,
        since=today,
        until=until,
        posted_by=by,
        **whose,
    )
    show_need(need, at=at)
    touch(workshop, at=at)
    return need


def allows(person: Person, *, workshop: Workshop) -> bool:
    """Whether a person said yes to everything that asking or offering something takes."""
    return all(people_who_allow(purpose, workshop=workshop).filter(pk=person.pk).exists() for purpose in OWN)


@transaction.atomic
def end_need(need: Need, *, ending: Ending, at: datetime, today: date) -> Need:
    """It is met, or taken back. The same word twice changes nothing. Raises `NeedEnded`."""
    row = _locked(need)
    if row.ending == ending:
        return row
    if row.ending in {Ending.MET, Ending.WITHDRAWN}:
        raise NeedEnded
    row.ending, row.ended_on = ending.value, today
    return _kept(row, at=at)


@transaction.atomic
def open_again(need: Need, *, at: datetime, today: date) -> Need:
    """It is asked or offered again: what was said of its end is taken back, and a date that went by holds no more."""
    row = _locked(need)
    if row.ended_on is None:
        return row
    row.ending, row.ended_on = "", None
    if row.until is not None and row.until < today:
        row.until = None
    return _kept(row, at=at)


@transaction.atomic
def hide_need(need: Need, *, reason: str, at: datetime) -> Need:
    """A moderator hides it, with a reason that whose it is reads. Raises `HiddenWithoutReason`."""
    if not reason.strip():
        raise HiddenWithoutReason
    row = _locked(need)
    row.hidden_at, row.hidden_reason = row.hidden_at or at, reason.strip()
    return _kept(row, at=at)


@transaction.atomic
def show_again(need: Need, *, at: datetime) -> Need:
    """Hiding is undone."""
    row = _locked(need)
    row.hidden_at, row.hidden_reason = None, ""
    return _kept(row, at=at)


@transaction.atomic
def end_over(need: Need, *, at: datetime, today: date) -> None:
    """Ends what is over its date, and what a person asked who does not want to be kept any more."""
    row = _locked(need)
    if row.ended_on is not None:
        return
    if row.until is not None and row.until < today:
        row.ending, row.ended_on = Ending.EXPIRED.value, row.until
        _kept(row, at=at)
    elif row.person is not None and not allows(row.person, workshop=row.workshop):
        row.ending, row.ended_on = Ending.WITHDRAWN.value, today
        _kept(row, at=at)


def _kept(row: Need, *, at: datetime) -> Need:
    row.save()
    show_need(row, at=at)
    touch(row.workshop, at=at)
    return row


def _locked(need: Need) -> Need:
    rows = Need.objects.select_for_update(of=("self",))
    return rows.select_related("workshop", "party__canonical", "person", "area").get(pk=need.pk)
