"""What is asked of whom about matches. Who said no is in no record that leaves this room."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from werkplaats.accounts.models import Person
from werkplaats.consent.rules import Purpose
from werkplaats.dependence.models import Match, MatchSide
from werkplaats.dependence.records import CARD_WORDS, AskedPage, MatchLine
from werkplaats.dependence.rules import MatchState, Outcome
from werkplaats.kit.dates import written
from werkplaats.mail.models import Message
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.neighbourhoods.queries.people import people_allowing, representatives
from werkplaats.neighbourhoods.queries.posted import rows_of
from werkplaats.neighbourhoods.records.asking import CardLine
from werkplaats.neighbourhoods.records.needs import NeedRow
from werkplaats.neighbourhoods.rules.asking import Answer, By, answers_of, for_reader, month_of, whose_turn
from werkplaats.workshops.models import Workshop

ALLOWING = (Purpose.CONTACT, Purpose.INTRODUCE)
"""Without both nobody is written to about meeting somebody."""
_ASKED = Q(match__state=MatchState.ASKING.value, turn_at__isnull=False, answer="")
_ABOUT_OUTCOME = Q(match__state=MatchState.INTRODUCED.value, outcome_asked_at__isnull=False, outcome="")
WITH_NEEDS = (
    "workshop",
    *(
        f"{end}__{path}"
        for end in ("need", "offer")
        for path in ("party__canonical", "party__area", "person", "area", "theme")
    ),
)


def ends_of(match: Match) -> tuple[Party | Person, Party | Person]:
    """Who is asked about a match, in order: who offers first, so that nobody hopes for what is not there any more."""
    return owner_of(match.offer), owner_of(match.need)


def owner_of(need: Need) -> Party | Person:
    """Whose a need or offer is: the party that stays, or the person."""
    if need.party is not None:
        return need.party.stays
    assert need.person is not None  # a constraint
    return need.person


def to_mail(end: Party | Person) -> list[Person]:
    """Who may be written to about this end: the people of a party, or the person, as far as they allow it."""
    if isinstance(end, Party):
        return list(representatives(end, allowing=ALLOWING))
    return list(people_allowing(ALLOWING).filter(pk=end.pk).exclude(email=""))


def side_end(side: MatchSide) -> Party | Person:
    """Who one side is."""
    if side.party is not None:
        return side.party.stays
    assert side.person is not None  # a constraint
    return side.person


def persons_asked(workshop: Workshop, *, today: date) -> Counter[int]:
    """How often each person was asked in the month of `today`."""
    zone = ZoneInfo(workshop.timezone)
    first, following = (datetime.combine(day, time(), tzinfo=zone) for day in month_of(today))
    rows = MatchSide.objects.filter(
        match__workshop=workshop, person__isnull=False, match__decided_at__gte=first, match__decided_at__lt=following
    )
    return Counter(rows.values_list("person_id", flat=True))


def question_key(side: MatchSide, *, about_outcome: bool) -> str:
    """Under which key the mail to a side is on record: the one question, or what came of it."""
    return f"{side.thing}:{'came' if about_outcome else 'asked'}"


def asked_as(side: MatchSide) -> str:
    """Under which key it is counted how often a side is asked how something went."""
    return f"{'party' if side.party is not None else 'person'}:{side_end(side).key}"


def outcome_words(side: MatchSide, *, today: date) -> str:
    """With which words a side is asked what came of it, in the language that is spoken now."""
    match = side.match
    introduced = match.introduced_at
    assert introduced is not None  # only who both said yes is asked
    (other,) = rows_of([match.need if side.number == 1 else match.offer], workshop=match.workshop, today=today)
    day = introduced.astimezone(ZoneInfo(match.workshop.timezone)).date()
    text = _("%(other)s en jullie zeiden op %(day)s allebei ja. Wat kwam ervan? We vragen het één keer.")
    return text % {"day": written(day), "other": other.who}


def unreached(sides: QuerySet[MatchSide]) -> list[int]:
    """Which of `sides` wait for a mail that will not come: it was removed before it went out, or with who it was for."""
    rows = sides.filter(_ASKED | _ABOUT_OUTCOME, by=By.MAIL.value, asked_at__isnull=False)
    key_of = {
        row.pk: question_key(row, about_outcome=row.match.state == MatchState.INTRODUCED)
        for row in rows.select_related("match").order_by("pk")
    }
    on_record = set(Message.objects.filter(key__in=key_of.values()).values_list("key", flat=True))
    return [pk for pk, key in key_of.items() if key not in on_record]


def lines(workshop: Workshop, *states: MatchState, today: date) -> tuple[MatchLine, ...]:
    """The matches in these states, the likeliest first. 4 queries."""
    rows = Match.objects.filter(workshop=workshop, state__in=[state.value for state in states])
    return _lines(list(rows.select_related(*WITH_NEEDS).prefetch_related("sides")), workshop, today=today)


def line(workshop: Workshop, key: str, *, today: date) -> MatchLine | None:
    """One match."""
    rows = Match.objects.filter(workshop=workshop, key=key).select_related(*WITH_NEEDS).prefetch_related("sides")
    found = _lines(list(rows), workshop, today=today)
    return found[0] if found else None


def match_by_key(workshop: Workshop, key: str) -> Match | None:
    """One match with whose its need and offer are."""
    return Match.objects.filter(workshop=workshop, key=key).select_related(*WITH_NEEDS).first()


def _lines(rows: list[Match], workshop: Workshop, *, today: date) -> tuple[MatchLine, ...]:
    texts = rows_of([need for row in rows for need in (row.need, row.offer)], workshop=workshop, today=today)
    by_id = {text.id: text for text in texts}
    return tuple(_line(row, by_id[row.need_id], by_id[row.offer_id]) for row in rows)


def _line(row: Match, need: NeedRow, offer: NeedRow) -> MatchLine:
    sides = list(row.sides.all())
    turn = whose_turn(answers_of(sides)) if row.state == MatchState.ASKING else None
    return MatchLine(
        key=row.key,
        need=need,
        offer=offer,
        state=row.state,
        meaning=row.meaning,
        steps=row.steps,
        proposed_at=row.proposed_at,
        decided_at=row.decided_at,
        introduced_at=row.introduced_at,
        closed_at=row.closed_at,
        waits_for_card=turn is not None and sides[turn].by == By.PAPER and sides[turn].asked_at is None,
        told=tuple((side.number, side.outcome) for side in sides if side.outcome),
        outcome_due_on=row.outcome_due_on,
        silent_about_outcome=sum(1 for side in sides if side.outcome_asked_at and not side.outcome),
    )


def cards(workshop: Workshop) -> tuple[CardLine, ...]:
    """The sides that wait for a card, or that got one and may have lost it."""
    rows = MatchSide.objects.filter(_ASKED | _ABOUT_OUTCOME, match__workshop=workshop, by=By.PAPER.value)
    rows = rows.select_related("party__canonical", "person", "match").order_by("turn_at", "pk")
    return tuple(
        CardLine(row.key, side_end(row).name, CARD_WORDS[row.outcome_asked_at is not None], is_made=_is_made(row))
        for row in rows
    )


def _is_made(row: MatchSide) -> bool:
    """Whether a card was printed for what is asked now."""
    asked = row.outcome_asked_at or row.turn_at
    return row.card_made_at is not None and asked is not None and row.card_made_at >= asked


def side_by_key(workshop: Workshop, key: str) -> MatchSide | None:
    """One side with everything its page needs."""
    paths = ("party__canonical", "person", *(f"match__{path}" for path in WITH_NEEDS))
    return MatchSide.objects.select_related(*paths).filter(match__workshop=workshop, key=key).first()


def page_of(side: MatchSide, *, today: date) -> AskedPage:
    """What one side sees. After its yes it cannot see how it stands with the other until both said yes."""
    match = side.match
    need, offer = rows_of([match.need, match.offer], workshop=match.workshop, today=today)
    return AskedPage(
        who=side_end(side).name,
        words=for_reader(side.words, side_end(side).name),
        shows=_shows(side, MatchState(match.state)),
        mine=offer if side.number == 1 else need,
        theirs=need if side.number == 1 else offer,
        outcome=Outcome(side.outcome) if side.outcome else None,
    )


def asked_of(workshop: Workshop, ends: Iterable[Party], *, today: date) -> tuple[tuple[str, AskedPage], ...]:
    """What these parties are asked now: the key of the side, and what it sees."""
    rows = MatchSide.objects.filter(
        Q(party__in=ends) | Q(party__canonical__in=ends), match__workshop=workshop, turn_at__isnull=False
    )
    paths = ("party__canonical", "person", *(f"match__{path}" for path in WITH_NEEDS))
    found = rows.select_related(*paths).order_by("-turn_at", "pk")
    return tuple((side.key, page_of(side, today=today)) for side in found)


def _shows(side: MatchSide, state: MatchState) -> str:
    if side.answer == Answer.NO:
        return "no"
    if not side.answer:
        return "question" if state is MatchState.ASKING and side.turn_at else "over"
    if state is not MatchState.INTRODUCED:
        return "yes"
    return "told" if side.outcome else "introduced"
