"""What asks something of a coordinator: one function per kind of task, each one or two queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkplaats.accounts.rules import Who, may
from werkplaats.asks.models import Voice
from werkplaats.asks.rules import STANDING_DAYS, Privacy
from werkplaats.asks.rules import State as VoiceState
from werkplaats.catches.queries import open_catches
from werkplaats.catches.records import CatchLine
from werkplaats.defrag.models import Move
from werkplaats.defrag.rules import MoveState
from werkplaats.issues.models import Issue
from werkplaats.issues.queries.trajectories import pauses_due
from werkplaats.issues.rules import DECIDE as DECIDE_ISSUES
from werkplaats.issues.rules import State as IssueState
from werkplaats.kit.dates import as_said, written
from werkplaats.neighbourhoods.queries import suspected_doubles
from werkplaats.neighbourhoods.queries.taking_over import waiting_take_overs
from werkplaats.neighbourhoods.rules import DECIDE_DOUBLES, DECIDE_TAKE_OVERS
from werkplaats.pages.records.today import Attention, Task
from werkplaats.pages.rules import FETCHED_TASKS, TaskKind
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import DAYS_FOR_A_YES, Kind
from werkplaats.promises.rules import State as PromiseState
from werkplaats.sources.queries import given_up
from werkplaats.sources.rules import ADD
from werkplaats.tables.records import TableLine
from werkplaats.workshops.models import Workshop

DAYS_TO_LOOK, DAYS_FOR_A_CATCH, DAYS_FOR_A_MOVE = 3, 7, 14
"""Our own terms: a voice is looked at within 3 days, a catch becomes something within 7, a move is decided within 14."""
NO_TERM = -30
"""What has no term comes after everything that has one."""


@dataclass(frozen=True, slots=True)
class Day:
    """Where and when one looks: a workshop on a day in its own zone."""

    workshop: Workshop
    today: date

    def url(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.workshop.key, *args])

    def of(self, moment: datetime) -> date:
        """The day of a moment, here."""
        return moment.astimezone(ZoneInfo(self.workshop.timezone)).date()


def waiting_voices(day: Day) -> tuple[list[Task], int]:
    """Who waits longest for an answer, and how many wait in all."""
    rows = Voice.objects.filter(workshop=day.workshop, state=VoiceState.WAITING)
    first = rows.select_related("ask").order_by("given_at", "pk")[:FETCHED_TASKS]
    return [_voice(day, row) for row in first], rows.count()


def _voice(day: Day, voice: Voice) -> Task:
    since = day.of(voice.given_at)
    days = (day.today - since).days
    if voice.come_back_on:
        due = voice.come_back_on
        text = _("Jullie komen erop terug op %(day)s.") % {"day": written(due)}
    elif voice.ask.answer_by and not voice.ask.is_standing:
        due = voice.ask.answer_by
        text = _("Beloofd: antwoord voor %(day)s.") % {"day": written(due)}
    else:
        due = since + timedelta(days=STANDING_DAYS)
        text = _("Beloofd: antwoord binnen %(days)d dagen.") % {"days": STANDING_DAYS}
    if voice.reopened:
        text = _("Een eerder antwoord paste niet. Deze vraag staat voor de laatste keer open.")
    return Task(
        kind=TaskKind.VOICE,
        over=(day.today - due).days,
        badge=ngettext("Wacht %(n)d dag", "Wacht %(n)d dagen", days) % {"n": days} if days else _("Vandaag gevraagd"),
        title=Truncator(voice.text).chars(110) or voice.ask.title,
        text=text,
        url=day.url("asks:reply", voice.ask.key) + f"?stem={voice.key}",
        action=_("Geef antwoord"),
        since=since,
    )


def overdue_promises(day: Day) -> tuple[list[Task], int]:
    """Promises over their day, the longest first, and how many."""
    late = Promise.objects.filter(workshop=day.workshop, state=PromiseState.RUNNING, due_on__lt=day.today)
    late = late.exclude(kind=Kind.NO)
    first = late.select_related("maker__canonical").order_by("due_on", "key")[:FETCHED_TASKS]
    return [_overdue(day, row) for row in first], late.count()


def _overdue(day: Day, row: Promise) -> Task:
    assert row.due_on is not None
    days = (day.today - row.due_on).days
    to = _("Beloofd aan %(whom)s, voor %(day)s.") if row.for_whom else _("Beloofd voor %(day)s.")
    return Task(
        kind=TaskKind.OVERDUE,
        over=days,
        badge=ngettext("%(n)d dag te laat", "%(n)d dagen te laat", days) % {"n": days},
        title=_("%(who)s: %(what)s") % {"who": maker_of(row), "what": row.wording},
        text=to % {"whom": row.for_whom, "day": written(row.due_on)},
        url=day.url("promises:promise", row.key),
        action=_("Vraag de reden"),
        since=row.due_on,
    )


def drafts(day: Day) -> list[Task]:
    """What was said and waits for a yes, the oldest first; what waited too long is no longer asked about."""
    last = datetime.combine(
        day.today - timedelta(days=DAYS_FOR_A_YES), time.min, tzinfo=ZoneInfo(day.workshop.timezone)
    )
    rows = Promise.objects.filter(workshop=day.workshop, state=PromiseState.DRAFT, drafted_at__gte=last)
    return [
        _draft(day, row)
        for row in rows.select_related("maker__canonical").order_by("drafted_at", "key")[:FETCHED_TASKS]
    ]


def _draft(day: Day, row: Promise) -> Task:
    since = day.of(row.drafted_at)
    days = (day.today - since).days
    left = DAYS_FOR_A_YES - days
    return Task(
        kind=TaskKind.DRAFT,
        over=-left,
        badge=_("Wacht op een ja"),
        title=_("%(who)s: %(what)s") % {"who": maker_of(row), "what": row.wording},
        text=ngettext(
            "Nog %(n)d dag. Zonder ja blijft het: gezegd, niet bevestigd.",
            "Nog %(n)d dagen. Zonder ja blijft het: gezegd, niet bevestigd.",
            left,
        )
        % {"n": left},
        url=day.url("promises:promise", row.key),
        action=_("Stuur de link"),
        since=since,
    )


def maker_of(row: Promise) -> str:
    """The name of who promised; of doubles the one that stays."""
    return (row.maker.canonical or row.maker).name


def caught(day: Day) -> tuple[list[Task], int]:
    """What was caught and is not yet anything."""
    lines = open_catches(day.workshop, today=day.today)
    tasks = [_caught(day, each) for each in lines]
    return sorted(tasks, key=lambda task: -task.over)[:FETCHED_TASKS], len(tasks)


def _caught(day: Day, each: CatchLine) -> Task:
    since = day.of(each.caught_at)
    term = STANDING_DAYS if each.waits else DAYS_FOR_A_CATCH
    due = each.due_on or since + timedelta(days=term)
    badge = _("Wacht op jou") if each.waits else _("Gevangen")
    text = _("Klaar: %(day)s.") % {"day": as_said(each.due_on, today=day.today)} if each.due_on else ""
    if each.for_whom:
        text = _("Voor %(whom)s. %(more)s") % {"whom": each.for_whom, "more": text}
    return Task(
        kind=TaskKind.CATCH,
        over=(day.today - due).days,
        badge=badge,
        title=_("%(who)s: %(what)s") % {"who": each.who, "what": each.what} if each.who else each.what,
        text=text.strip(),
        url=day.url("pages:catch", each.key),
        action=_("Maak er iets van"),
        since=since,
    )


def coming_tables(day: Day, coming: Iterable[TableLine]) -> list[Task]:
    """The tables of the coming days."""
    return [_coming(day, row) for row in coming]


def _coming(day: Day, row: TableLine) -> Task:
    on = day.of(row.held_at)
    parties = ngettext("%(n)d partij zit aan tafel.", "%(n)d partijen zitten aan tafel.", row.parties)
    text = parties % {"n": row.parties}
    return Task(
        kind=TaskKind.TABLE,
        over=(day.today - on).days,
        badge=as_said(on, today=day.today).capitalize(),
        title=_("Tafel: %(about)s") % {"about": row.about},
        text=f"{row.place}. {text}" if row.place else text,
        url=day.url("tables:table", row.key),
        action=_("Bekijk de tafel"),
        at=row.held_at,
    )


def to_look_at(day: Day) -> list[Task]:
    """Voices that may go out, once a human has looked."""
    rows = Voice.objects.filter(
        workshop=day.workshop, privacy=Privacy.NAMELESS, looked_at=None, hidden_at=None
    ).exclude(state=VoiceState.WITHDRAWN)
    found = rows.order_by().aggregate(n=Count("pk"), oldest=Min("given_at"))
    if not found["n"]:
        return []
    since = day.of(found["oldest"])
    title = ngettext(
        "%(n)d verhaal mag naar buiten, als een mens het las",
        "%(n)d verhalen mogen naar buiten, als een mens ze las",
        found["n"],
    )
    return [
        Task(
            kind=TaskKind.LOOK,
            over=min((day.today - since).days - DAYS_TO_LOOK, 1),  # late soon, and never before who waits for an answer
            badge=_("Lezen"),
            title=title % {"n": found["n"]},
            text=_("Staat er een naam of adres in? Jij haalt het weg."),
            url=day.url("asks:desk"),
            action=_("Lees en kies"),
            since=since,
        )
    ]


def due_pauses(day: Day) -> list[Task]:
    """Trajectories for which it is time to stand still."""
    return [
        Task(
            kind=TaskKind.PAUSE,
            over=(day.today - line.next_pause_on).days if line.next_pause_on else 0,
            badge=_("Stilstaan"),
            title=line.name,
            text=_("Hebben bewoners er iets aan? Vraag het aan wie het aangaat."),
            url=day.url("pauses:of", line.key),
            action=_("Sta stil"),
            since=line.next_pause_on,
        )
        for line in pauses_due(day.workshop, today=day.today)
    ]


def moves(day: Day) -> tuple[list[Task], int]:
    """Proposed moves, the most helpful first, and how many wait."""
    rows = Move.objects.filter(workshop=day.workshop, state=MoveState.PROPOSED)
    first = rows.select_related("party_a__canonical", "party_b__canonical", "issue").order_by("rank")[:FETCHED_TASKS]
    return [_move(day, row) for row in first], rows.count()


def _move(day: Day, row: Move) -> Task:
    since = day.of(row.proposed_at)
    other = row.party_b.stays.name if row.party_b else row.issue.name if row.issue else ""
    words = _("Laat %(one)s en %(other)s kennismaken") if row.party_b else _("Vraag %(one)s mee te doen met: %(other)s")
    return Task(
        kind=TaskKind.MOVE,
        over=min((day.today - since).days - DAYS_FOR_A_MOVE, 0),
        badge=_("Zet"),
        title=words % {"one": row.party_a.stays.name, "other": other},
        text=_("De computer stelt het voor. Jullie beslissen."),
        url=day.url("defrag:connections") + f"#zet-{row.rank}",
        action=_("Bekijk de zet"),
        since=since,
    )


def attention_for(workshop: Workshop, *, who: Who) -> Attention:
    """What waits for a decision, as far as it is for `who`. At most 4 queries."""
    proposed = Issue.objects.filter(workshop=workshop, state=IssueState.PROPOSED)
    return Attention(
        proposed=proposed.count() if may(who, DECIDE_ISSUES, workshop) else 0,
        doubles=suspected_doubles(workshop=workshop) if may(who, DECIDE_DOUBLES, workshop) else 0,
        unread=len(given_up(workshop)) if may(who, ADD, workshop) else 0,
        take_overs=waiting_take_overs(workshop) if may(who, DECIDE_TAKE_OVERS, workshop) else 0,
    )


def without_term(day: Day, attention: Attention) -> list[Task]:
    """What waits for a decision and hurts nobody by waiting: proposals, doubles, files that could not be read."""
    proposed = ngettext("%(n)d voorstel voor een vraagstuk", "%(n)d voorstellen voor een vraagstuk", attention.proposed)
    doubles = ngettext(
        "%(n)d keer misschien dezelfde partij", "%(n)d keer misschien dezelfde partij", attention.doubles
    )
    unread = ngettext(
        "%(n)d document kon niet worden gelezen", "%(n)d documenten konden niet worden gelezen", attention.unread
    )
    asked = ngettext("%(n)d keer: dit zijn wij", "%(n)d keer: dit zijn wij", attention.take_overs)
    found = (
        (TaskKind.TAKE_OVER, attention.take_overs, _("Partij"), asked, "neighbourhoods:take_overs", _("Ga het na")),
        (TaskKind.ISSUE, attention.proposed, _("Voorstel"), proposed, "issues:list", _("Bekijk ze")),
        (TaskKind.DOUBLE, attention.doubles, _("Dubbel?"), doubles, "neighbourhoods:doubles", _("Kijk en kies")),
        (TaskKind.READING, attention.unread, _("Bibliotheek"), unread, "sources:list", _("Kijk wat er is")),
    )
    return [
        Task(kind, NO_TERM, badge, words % {"n": count}, "", day.url(name), action)
        for kind, count, badge, words, name, action in found
        if count
    ]
