"""Today: everything that asks something of the team, this week, and who waits. A bounded number of queries."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkplaats.accounts.models import Person
from werkplaats.accounts.rules import Who
from werkplaats.asks.models import Voice
from werkplaats.asks.queries import waiting
from werkplaats.asks.rules import State as VoiceState
from werkplaats.catches.models import Catch
from werkplaats.catches.rules import State as CatchState
from werkplaats.issues.queries.trajectories import pauses_due
from werkplaats.kit.dates import as_said
from werkplaats.pages.queries import tasks
from werkplaats.pages.queries.asked import asked_moves, introduced_matches
from werkplaats.pages.queries.tasks import Day
from werkplaats.pages.records.today import Conscience, TodayPage, WeekDay, WeekItem
from werkplaats.pages.rules import first_ones
from werkplaats.promises.models import Promise
from werkplaats.promises.queries import counts
from werkplaats.promises.rules import State as PromiseState
from werkplaats.tables.models import Table
from werkplaats.tables.queries import tables
from werkplaats.tables.records import TableLine
from werkplaats.workshops.models import Workshop

WEEK = 7


def today_page(workshop: Workshop, *, who: Who, now: datetime, everything: bool = False) -> TodayPage:
    """The page of one member of the team at a moment. With `everything`, all tasks; else the first five. At most 30 queries."""
    day = Day(workshop, now.date())
    coming = _tables(day, now)
    voices, waiting_voices = tasks.waiting_voices(day)
    overdue, late_promises = tasks.overdue_promises(day)
    said, drafts = tasks.drafts(day), counts(workshop, today=day.today).waiting
    caught, catches = tasks.caught(day)
    moves, open_moves = tasks.moves(day)
    pauses = tasks.due_pauses(day)
    others = [
        *tasks.to_look_at(day),
        *tasks.coming_tables(day, coming),
        *pauses,
        *asked_moves(day, who=who),
        *introduced_matches(day, who=who),
        *tasks.without_term(day, tasks.attention_for(workshop, who=who)),
    ]
    found = [*voices, *overdue, *said, *caught, *moves, *others]
    hidden = sum((waiting_voices, late_promises, drafts, catches, open_moves)) - (len(found) - len(others))
    order = first_ones([(task.kind, task.over) for task in found])
    first = [found[place] for place in order]
    rest = sorted((task for task in found if task not in first), key=lambda task: -task.over)
    conscience = _conscience(day)
    return TodayPage(
        first_name=_first_name(workshop, who),
        sentences=_sentences(day, conscience, coming, unconfirmed=drafts),
        tasks=tuple(first + rest if everything else first),
        later=0 if everything else len(rest) + max(hidden, 0),
        week=_week(day, coming),
        conscience=conscience,
        caught=catches,
        is_new=not found and is_new(workshop),
    )


def _tables(day: Day, now: datetime) -> tuple[TableLine, ...]:
    """The tables of this week from midnight on, the first one first."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    found = reversed(tables(day.workshop, since=start, until=start + timedelta(days=WEEK)))
    return tuple(line for line in found if not line.is_cancelled)


def _conscience(day: Day) -> Conscience:
    found = waiting(day.workshop, today=day.today)
    due = pauses_due(day.workshop, today=day.today)
    return Conscience(
        waiting=found.count,
        too_long=found.over_14_days,
        does_not_fit=found.does_not_fit,
        pauses=tuple((line.name, day.url("pauses:of", line.key)) for line in due),
    )


def _sentences(day: Day, conscience: Conscience, coming: tuple[TableLine, ...], *, unconfirmed: int) -> tuple[str, ...]:
    """What cannot wait, in one sentence each; the first one read aloud would do."""
    said = []
    if conscience.too_long:
        too_long = ngettext("%(n)d mens wacht te lang.", "%(n)d mensen wachten te lang.", conscience.too_long)
        said.append(too_long % {"n": conscience.too_long})
    if unconfirmed:
        yes = ngettext("%(n)d belofte wacht op een ja.", "%(n)d beloften wachten op een ja.", unconfirmed)
        said.append(yes % {"n": unconfirmed})
    said += _waits_for_you(day)
    today = [row for row in coming if day.of(row.held_at) == day.today]
    if today:
        at = time_format(today[0].held_at.astimezone(ZoneInfo(day.workshop.timezone)), "H:i")
        said.append(_("Vandaag is er een tafel, om %(time)s uur.") % {"time": at})
    return tuple(said) or (_("Er is vandaag niets dat niet kan wachten."),)


def _waits_for_you(day: Day) -> list[str]:
    """Who waits for the coordinator, caught in a line: how many, and for when the first."""
    rows = Catch.objects.filter(workshop=day.workshop, state=CatchState.OPEN, waits=True)
    days = sorted(rows.values_list("due_on", flat=True), key=lambda due: (due is None, due or day.today))
    if not days:
        return []
    if days[0] is None:
        waits = ngettext("%(n)d mens wacht op jou.", "%(n)d mensen wachten op jou.", len(days))
        return [waits % {"n": len(days)}]
    near = 0 <= (days[0] - day.today).days < WEEK
    said = date_format(days[0], "l") if near and days[0] != day.today else as_said(days[0], today=day.today)
    words = (
        ngettext(
            "%(n)d mens wacht op jou, voor %(day)s.", "%(n)d mensen wachten op jou, de eerste voor %(day)s.", len(days)
        )
        if near and days[0] != day.today
        else ngettext(
            "%(n)d mens wacht op jou: %(day)s.", "%(n)d mensen wachten op jou, de eerste: %(day)s.", len(days)
        )
    )
    return [words % {"n": len(days), "day": said}]


def _week(day: Day, coming: tuple[TableLine, ...]) -> tuple[WeekDay, ...]:
    """The coming seven days: tables, promises that are due, and days on which somebody would be told something."""
    until = day.today + timedelta(days=WEEK - 1)
    items = [
        WeekItem(
            day.of(row.held_at),
            _("Tafel: %(about)s") % {"about": row.about},
            row.place,
            day.url("tables:table", row.key),
            row.held_at,
        )
        for row in coming
    ]
    due = Promise.objects.filter(workshop=day.workshop, state=PromiseState.RUNNING, due_on__range=(day.today, until))
    for row in due.select_related("maker__canonical").order_by("due_on", "key")[:50]:
        assert row.due_on is not None
        items.append(
            WeekItem(
                row.due_on,
                _("Belofte loopt af: %(what)s") % {"what": row.wording},
                tasks.maker_of(row),
                day.url("promises:promise", row.key),
            )
        )
    back = Voice.objects.filter(workshop=day.workshop, state=VoiceState.WAITING, come_back_on__range=(day.today, until))
    told = back.order_by("come_back_on", "pk").values_list("come_back_on", "ask__title", "ask__key")
    for on, title, key in told[:50]:
        assert on is not None
        items.append(WeekItem(on, _("Terugkomen op: %(subject)s") % {"subject": title}, "", day.url("asks:ask", key)))
    catches = Catch.objects.filter(workshop=day.workshop, state=CatchState.OPEN, due_on__range=(day.today, until))
    for catch in catches.order_by("due_on", "pk")[:50]:
        assert catch.due_on is not None
        items.append(WeekItem(catch.due_on, catch.what, catch.for_whom, day.url("pages:catch", catch.key)))
    days = [day.today + timedelta(days=ahead) for ahead in range(WEEK)]
    shown = (WeekDay(on, tuple(item for item in items if item.on == on)) for on in days)
    return tuple(each for each in shown if each.items or each.on.weekday() < 5)


def _first_name(workshop: Workshop, who: Who) -> str:
    """How the person of this account is greeted; empty when no person is known."""
    if who.account_id is None:
        return ""
    name = Person.objects.filter(workshop=workshop, account_id=who.account_id).values_list("name", flat=True).first()
    return name.split()[0] if name else ""


def is_new(workshop: Workshop) -> bool:
    """Whether nothing was told, met, promised or caught yet, so that the five questions are what helps. At most 4 queries."""
    return not any(table.objects.filter(workshop=workshop).exists() for table in (Table, Promise, Catch, Voice))
