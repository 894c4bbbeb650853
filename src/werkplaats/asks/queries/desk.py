"""What the team reads at its desk, and what the asker may read to answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from werkplaats.accounts.models import Person
from werkplaats.asks.models import Ask, Reported, Voice
from werkplaats.asks.queries.voices import due, shown
from werkplaats.asks.records import Run, VoiceLine
from werkplaats.asks.rules import Privacy, Report, State, day_in
from werkplaats.asks.rules.marking import Mark, covered, marks
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Desk:
    """How much lies on the desk of the team."""

    to_look_at: int
    reports: int


def to_look_at(workshop: Workshop, *, today: date, limit: int = 10) -> tuple[VoiceLine, ...]:
    """The voices that may go out once a human looked, oldest first, with what could tell who it is marked. 3 queries."""
    names = known_names(workshop)
    rows = _unseen(workshop).select_related("ask").order_by("given_at", "pk")[:limit]
    lines = []
    for row in rows:
        found = marks(row.text, names)
        runs = tuple(_runs(row.text, found))
        lines.append(
            _line(
                row,
                row.ask,
                row.text,
                zone=workshop.timezone,
                today=today,
                runs=runs,
                hidden_by_rule=covered(row.text, found),
            )
        )
    return tuple(lines)


def to_reply(ask: Ask, *, today: date, within: bool, limit: int = 50) -> tuple[VoiceLine, ...]:
    """The voices of an ask that wait, oldest first. `within`: all of them whole, for the team. Else what may go out."""
    rows = Voice.objects.filter(ask=ask, state=State.WAITING)
    if not within:
        rows = shown(rows)
    zone = ask.workshop.timezone
    return tuple(
        _line(row, ask, row.text if within else row.shared_text, zone=zone, today=today)
        for row in rows.order_by("given_at", "pk")[:limit]
    )


def standing_of_desk(workshop: Workshop) -> Desk:
    """How much waits for the team. 2 queries."""
    reported = Reported.objects.filter(workshop=workshop, state=Report.REPORTED).count()
    return Desk(_unseen(workshop).count(), reported)


def known_names(workshop: Workshop) -> tuple[str, ...]:
    """Names that a rule marks in a text: of parties, and of people whole and in their parts. 2 queries."""
    people = Person.objects.filter(workshop=workshop).values_list("name", flat=True)
    parts = {part for name in people for part in name.split() if len(part) >= 3 and part[:1].isupper()}
    parties = Party.objects.filter(workshop=workshop).values_list("name", flat=True)
    return tuple({*people, *parts, *parties})


def _unseen(workshop: Workshop) -> QuerySet[Voice]:
    return Voice.objects.filter(
        workshop=workshop, privacy=Privacy.NAMELESS, looked_at__isnull=True, hidden_at__isnull=True
    ).exclude(state=State.WITHDRAWN)


def _runs(text: str, found: Iterable[Mark]) -> Iterable[Run]:
    at = 0
    for mark in found:
        if mark.start > at:
            yield Run(text[at : mark.start])
        yield Run(text[mark.start : mark.end], mark.tells.value)
        at = mark.end
    if at < len(text):
        yield Run(text[at:])


def _line(
    row: Voice, ask: Ask, text: str, *, zone: str, today: date, runs: tuple[Run, ...] = (), hidden_by_rule: str = ""
) -> VoiceLine:
    given_on = day_in(zone, row.given_at)
    return VoiceLine(
        pk=row.pk,
        key=row.key,
        ask_key=ask.key,
        ask_title=ask.title,
        text=text,
        language=row.language,
        privacy=row.privacy,
        state=row.state,
        reopened=row.reopened,
        given_on=given_on,
        days=(today - given_on).days,
        due_on=due(row, ask, zone=zone),
        come_back_on=row.come_back_on,
        runs=runs,
        covered=hidden_by_rule,
    )
