"""Needs and offers as others read them: those of parties, and those of people as far as they allow it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from werkplaats.accounts.models import Person
from werkplaats.accounts.rules import Who, may
from werkplaats.consent.queries import people_who_allow
from werkplaats.consent.rules import Purpose
from werkplaats.neighbourhoods.models import Able, Need, NeedSet
from werkplaats.neighbourhoods.queries.between import named
from werkplaats.neighbourhoods.records import Named
from werkplaats.neighbourhoods.records.needs import NeedPage, NeedRow
from werkplaats.neighbourhoods.rules.needs import END_NEED, HIDE_NEED, NeedState, state_of
from werkplaats.workshops.models import Area, Workshop

HIDDEN = "hidden"
"""The filter with which the team finds what is hidden."""


@dataclass(frozen=True, slots=True)
class NeedFilters:
    """What a list asks for; empty = all, of `state` = what is open. `area` is a code (its parts counted in)."""

    kind: str = ""
    area: str = ""
    theme: str = ""
    language: str = ""
    state: str = ""
    text: str = ""

    @property
    def any(self) -> bool:
        return any((self.kind, self.area, self.theme, self.language, self.state, self.text))


def found(workshop: Workshop, filters: NeedFilters, *, who: Who, today: date) -> QuerySet[Need]:
    """What a list shows to `who`, the newest first."""
    may_hide = may(who, HIDE_NEED, workshop)
    rows = _shown(workshop)
    if filters.state == HIDDEN and may_hide:
        rows = rows.filter(hidden_at__isnull=False)
    else:
        rows = rows.filter(hidden_at=None)
        state = filters.state if filters.state in list(NeedState) else NeedState.OPEN.value
        over = Q(ended_on=None, until__lt=today)
        conditions = {
            NeedState.OPEN.value: Q(ended_on=None) & ~over,
            NeedState.EXPIRED.value: Q(ending=state) | over,
        }
        rows = rows.filter(conditions.get(state, Q(ending=state)))
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.theme:
        rows = rows.filter(theme__key=filters.theme)
    if filters.language:
        rows = rows.filter(language__in=_languages(workshop, filters.language))
    if filters.area:
        inside = within(workshop, filters.area)
        rows = rows.filter(Q(area__in=inside) | Q(area=None, party__area__in=inside))
    if filters.text:
        rows = rows.filter(Q(text__icontains=filters.text) | Q(party__name__icontains=filters.text))
    return rows.order_by("-since", "-pk")


def rows_of(rows: QuerySet[Need] | list[Need], *, workshop: Workshop, today: date) -> tuple[NeedRow, ...]:
    """These needs as rows, in their order. 2 queries for a set of rows."""
    if isinstance(rows, QuerySet):
        rows = list(with_ends(rows))
    people = [need.person_id for need in rows if need.person_id is not None]
    names = people_who_allow(Purpose.SHOW_NAME, workshop=workshop).filter(pk__in=people) if people else ()
    called = {person.pk: person.name for person in names}
    return tuple(_row(need, called, workshop, today) for need in rows)


def with_ends(rows: QuerySet[Need]) -> QuerySet[Need]:
    """The same, with everything that a row shows."""
    return rows.select_related("party__canonical", "party__area", "person", "theme", "area")


def need_page(workshop: Workshop, key: str, *, who: Who, today: date) -> NeedPage | None:
    """One need or offer, with what `who` may do to it. None: it is not there for `who`. A fixed number of queries."""
    need = with_ends(_shown(workshop)).filter(key=key).first()
    if need is None:
        return None
    may_hide = may(who, HIDE_NEED, workshop)
    is_own = need.belongs_to(who)
    if need.hidden_at is not None and not may_hide and not is_own:
        return None
    able = {
        one.party.stays.key: named(one.party.stays)
        for one in Able.objects.filter(need=need).select_related("party__canonical")
    }
    return NeedPage(
        row=rows_of([need], workshop=workshop, today=today)[0],
        able=tuple(able.values()),
        is_own=is_own,
        may_end=is_own or may(who, END_NEED, workshop),
        may_hide=may_hide,
        hidden_reason=need.hidden_reason,
    )


def languages_used(workshop: Workshop) -> tuple[str, ...]:
    """In which languages something is asked or offered now."""
    used = set(Need.objects.open().filter(workshop=workshop).order_by().values_list("language", flat=True).distinct())
    return tuple(sorted({language or _spoken(workshop) for language in used}))


def within(workshop: Workshop, code: str) -> list[int]:
    """The ids of an area and of everything inside it."""
    parents = dict(Area.objects.filter(workshop=workshop).values_list("pk", "parent_id"))
    inside = set(Area.objects.filter(workshop=workshop, code=code).values_list("pk", flat=True))
    while more := {area for area, parent in parents.items() if parent in inside} - inside:
        inside |= more
    return sorted(inside)


def person_of(who: Who, *, workshop: Workshop) -> Person | None:
    """The person that somebody who is signed in is here, as far as they wanted that to be kept."""
    if who.account_id is None:
        return None
    return Person.objects.filter(workshop=workshop, account=who.account_id).order_by("pk").first()


def _shown(workshop: Workshop) -> NeedSet:
    kept = people_who_allow(Purpose.KEEP, workshop=workshop).values("pk")
    return Need.objects.filter(Q(party__isnull=False) | Q(person__in=kept), workshop=workshop)


def _row(need: Need, called: dict[int, str], workshop: Workshop, today: date) -> NeedRow:
    party = need.party.stays if need.party else None
    place = need.area or (need.party.area if need.party else None)
    return NeedRow(
        id=need.pk,
        key=need.key,
        kind=need.kind,
        text=need.text,
        language=need.language or _spoken(workshop),
        party=named(party) if party else None,
        person=called.get(need.person_id or 0, ""),
        theme=named(need.theme) if need.theme else None,
        area=Named(place.code, place.name) if place else None,
        since=need.since,
        until=need.until,
        state=state_of(need.ending, need.until, today=today).value,
        is_hidden=need.hidden_at is not None,
    )


def _spoken(workshop: Workshop) -> str:
    return next(iter(workshop.languages), "nl")


def _languages(workshop: Workshop, language: str) -> list[str]:
    """A text that does not say in which language it is, is in that of the workshop."""
    return [language, ""] if language == _spoken(workshop) else [language]
