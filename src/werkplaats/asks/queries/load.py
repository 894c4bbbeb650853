"""How much is asked of an area or group, and what somebody said was asked."""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef

from werkplaats.asks.models import Ask, GiveBack, Reported, Voice
from werkplaats.asks.records import ReportLine
from werkplaats.asks.rules import Asking, AskState, Load, Report, ask_load, day_in, year_before
from werkplaats.workshops.models import Area, Workshop


def load(
    workshop: Workshop, *, today: date, area: Area | None = None, group: str = "", more: Iterable[Asking] = ()
) -> Load:
    """What was asked in twelve months: asks and reports, and `more` that other rooms know (questions, check-outs). 5 queries.

    An ask counts for the people who gave to it; the standing ask for those who gave in these months. `area` counts its parts in.
    """
    places = _within(workshop, area) if area else None
    since = datetime.combine(year_before(today), time.max, tzinfo=ZoneInfo(workshop.timezone))
    asks = Ask.objects.filter(workshop=workshop).exclude(state=AskState.DRAFT)
    told = Reported.objects.filter(workshop=workshop, state__in=(Report.REPORTED, Report.CHECKED))
    if places is not None:
        asks, told = asks.filter(area__in=places), told.filter(area__in=places)
    if group:
        asks, told = asks.filter(asked_group__iexact=group), told.filter(group__iexact=group)
    askings = list(more)
    back = Exists(GiveBack.objects.filter(ask=OuterRef("pk")))
    given = Voice.objects.filter(ask__in=asks)
    people = dict(given.values_list("ask_id").annotate(number=Count("*")).order_by())
    lately = given.filter(ask__is_standing=True, given_at__gt=since).count()
    for pk, opened_on, minutes, is_standing, came_back in asks.annotate(back=back).values_list(
        "pk", "opened_on", "minutes", "is_standing", "back"
    ):
        if is_standing and lately:
            askings.append(Asking(today, minutes, lately, came_back))
        elif opened_on and not is_standing:
            askings.append(Asking(opened_on, minutes, people.get(pk, 0), came_back))
    for report in told:
        on = report.asked_on or day_in(workshop.timezone, report.reported_at)
        askings.append(Asking(on, report.minutes or 0, report.people or 1, came_back=False))
    return ask_load(askings, today=today)


def reports(workshop: Workshop, *, limit: int = 50) -> tuple[ReportLine, ...]:
    """What somebody said was asked here, newest first. 1 query."""
    rows = Reported.objects.filter(workshop=workshop).select_related("party__canonical", "area", "became")[:limit]
    return tuple(_report(row, workshop.timezone) for row in rows)


def _report(row: Reported, zone: str) -> ReportLine:
    party = row.party and (row.party.canonical or row.party)
    return ReportLine(
        key=row.key,
        what=row.what,
        asked_by=row.asked_by,
        party_key=party.key if party else "",
        party_name=party.name if party else "",
        asked_on=row.asked_on,
        reported_on=day_in(zone, row.reported_at),
        minutes=row.minutes,
        people=row.people,
        area=row.area.name if row.area else "",
        state=row.state,
        became_key=row.became.key if row.became else "",
    )


def _within(workshop: Workshop, area: Area) -> set[int]:
    """An area and everything inside it."""
    parts: dict[int | None, list[int]] = {}
    for pk, parent in Area.objects.filter(workshop=workshop).values_list("pk", "parent_id"):
        parts.setdefault(parent, []).append(pk)
    found, rest = {area.pk}, [area.pk]
    while rest:
        inside = parts.get(rest.pop(), [])
        found.update(inside)
        rest += inside
    return found
