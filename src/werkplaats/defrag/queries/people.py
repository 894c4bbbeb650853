"""What is asked of whom about moves. Who said no is in no record that leaves this room."""

from django.db.models import F, Q, QuerySet

from werkplaats.consent.rules import Purpose
from werkplaats.defrag.models import Asking, Move, Side
from werkplaats.defrag.queries.reasons import heading
from werkplaats.defrag.records import CARD_WORDS, AskedPage, AskingLine
from werkplaats.defrag.rules import Helped, MoveKind, Stage
from werkplaats.mail.models import Message
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.records.asking import CardLine
from werkplaats.neighbourhoods.rules.asking import Answer, By, answers_of, for_reader, whose_turn
from werkplaats.workshops.models import Workshop

ALLOWING = (Purpose.CONTACT, Purpose.INTRODUCE)
"""Without both nobody is written to about meeting somebody."""

WITH_PARTIES = (
    "move__workshop",
    "move__party_a__canonical",
    "move__party_b__canonical",
    "move__through__canonical",
    "move__issue",
)


def sides_of(move: Move) -> tuple[Party, ...]:
    """Who is asked about a move, in order: who would carry a bridge first, then one end, then the other."""
    found = (move.through, move.party_a, move.party_b)
    return tuple({party.stays.pk: party.stays for party in found if party}.values())


def unreached(sides: QuerySet[Side]) -> list[int]:
    """Which of `sides` wait for a mail that will not come: it was removed before it went out, or with who it was for."""
    asked = Q(asking__stage=Stage.ASKING.value, turn_at__isnull=False, answer="")
    about_help = Q(asking__stage=Stage.MET.value, help_asked_at__isnull=False, helped="")
    rows = (
        sides.filter(asked | about_help, by=By.MAIL.value, asked_at__isnull=False)
        .select_related("asking")
        .order_by("pk")
    )
    key_of = {row.pk: question_key(row, about_help=row.asking.stage == Stage.MET) for row in rows}
    on_record = set(Message.objects.filter(key__in=key_of.values()).values_list("key", flat=True))
    return [pk for pk, key in key_of.items() if key not in on_record]


def question_key(side: Side, *, about_help: bool) -> str:
    """Under which key the mail to a side is on record: the one question, or whether it helped."""
    return f"{side.thing}:{'helped' if about_help else 'asked'}"


def chance_of_yes(workshop: Workshop) -> float:
    """How often the sides of a move all said yes here, as the rule of succession has it: 1 in 2 before anything happened."""
    ended = Asking.objects.filter(move__workshop=workshop).exclude(stage=Stage.ASKING.value)
    stages = list(ended.values_list("stage", flat=True))
    yes = sum(1 for stage in stages if stage in {Stage.AGREED, Stage.MET})
    return (yes + 1) / (len(stages) + 2)


def askings(workshop: Workshop) -> tuple[AskingLine, ...]:
    """Every move that was asked, the newest first. 2 queries."""
    rows = Asking.objects.filter(move__workshop=workshop).exclude(stage=Stage.TAKEN_BACK.value)
    return tuple(map(_line, rows.select_related(*WITH_PARTIES).prefetch_related("sides__party__canonical")))


def to_print(workshop: Workshop) -> QuerySet[Side]:
    """The sides without mail that are asked something now and have no card yet."""
    return _on_paper(workshop).filter(asked_at=None, turn_at__isnull=False, answer="")


def helped_on_paper(workshop: Workshop) -> QuerySet[Side]:
    """The sides without mail that are asked whether it helped, and said nothing yet."""
    met = _on_paper(workshop).filter(asking__stage=Stage.MET.value)
    return met.filter(help_asked_at__isnull=False, helped="")


def cards(workshop: Workshop) -> tuple[CardLine, ...]:
    """The sides that wait for a card, or that got one and may have lost it."""
    asked = _on_paper(workshop).filter(asking__stage=Stage.ASKING.value, turn_at__isnull=False, answer="")
    rows = [*asked.order_by("turn_at", "pk"), *helped_on_paper(workshop).order_by("help_asked_at", "pk")]
    return tuple(
        CardLine(row.key, row.party.stays.name, CARD_WORDS[_is_met(row)], is_made=_is_made(row)) for row in rows
    )


def _on_paper(workshop: Workshop) -> QuerySet[Side]:
    rows = Side.objects.filter(asking__move__workshop=workshop, by=By.PAPER.value)
    return rows.select_related("party__canonical", "asking")


def _is_met(row: Side) -> bool:
    return row.asking.stage == Stage.MET


def _is_made(row: Side) -> bool:
    """Whether a card was printed for what is asked now."""
    printed = row.card_made_at
    asked = row.help_asked_at if _is_met(row) else row.turn_at
    return bool(printed and asked and printed >= asked)


def page_of(side: Side) -> AskedPage:
    """What one side sees. After its yes it cannot see how it stands with the other until both said yes."""
    asking = side.asking
    others = [party.name for party in sides_of(asking.move) if party.pk != (side.party.canonical_id or side.party_id)]
    return AskedPage(
        party=side.party.stays.name,
        others=tuple(others),
        words=for_reader(side.words, side.party.stays.name),
        shows=_shows(side, Stage(asking.stage)),
        met_on=asking.met_on,
        carries=asking.move.through_id is not None and side.number == 1,
        may_tie=_may_tie(side),
        joins=joined_issue(asking.move),
    )


def joined_issue(move: Move) -> str:
    """The name of the issue that one party is asked to work on; "" for other moves."""
    return move.issue.name if move.kind == MoveKind.JOINING and move.issue else ""


def _shows(side: Side, stage: Stage) -> str:
    if side.answer == Answer.NO:
        return "no"
    if not side.answer:
        return "question" if stage is Stage.ASKING and side.turn_at else "over"
    if stage is Stage.MET:
        return "told" if side.helped else "help" if side.help_asked_at else "met"
    return "agreed" if stage is Stage.AGREED else "yes"


def _may_tie(side: Side) -> bool:
    move = side.asking.move
    return move.party_b_id is not None and not (move.through_id and side.number == 1)


def other_end(side: Side) -> Party | None:
    """With whom this side would be introduced; None for who carries a bridge, and for joining an issue."""
    if not _may_tie(side):
        return None
    move, mine = side.asking.move, side.party.stays
    ends = [party.stays for party in (move.party_a, move.party_b) if party]
    return next((party for party in ends if party.pk != mine.pk), None)


def side_by_key(workshop: Workshop, key: str) -> Side | None:
    """One side with everything its page needs."""
    rows = Side.objects.select_related("party__canonical", *(f"asking__{name}" for name in WITH_PARTIES))
    return rows.filter(asking__move__workshop=workshop, key=key).exclude(asking__stage=Stage.TAKEN_BACK.value).first()


def open_to(workshop: Workshop, party: Party) -> tuple[tuple[str, AskedPage], ...]:
    """What one party is asked now, under any of its names: the key of its side, and what it sees."""
    rows = Side.objects.select_related("party__canonical", *(f"asking__{name}" for name in WITH_PARTIES))
    mine = rows.filter(asking__move__workshop=workshop, turn_at__isnull=False).exclude(
        asking__stage=Stage.TAKEN_BACK.value
    )
    stays = party.canonical_id or party.pk
    found = (mine.filter(party=stays) | mine.filter(party__canonical=stays)).order_by(F("turn_at").desc(), "pk")
    return tuple((side.key, page_of(side)) for side in found)


def _line(row: Asking) -> AskingLine:
    move, sides = row.move, list(row.sides.all())
    a, b = move.party_a.stays, move.party_b.stays if move.party_b else None
    turn = whose_turn(answers_of(sides)) if row.stage == Stage.ASKING else None
    told = [Helped(side.helped) for side in sides if side.helped]
    return AskingLine(
        key=row.key,
        move=move.pk,
        heading=heading(move, a.name, b.name if b else ""),
        stage=row.stage,
        parties=tuple(side.party.stays.name for side in sides),
        asked_at=row.asked_at,
        agreed_at=row.agreed_at,
        met_on=row.met_on,
        closed_at=row.closed_at,
        waits_for_card=turn is not None and sides[turn].by == By.PAPER and sides[turn].asked_at is None,
        is_joining=move.kind == MoveKind.JOINING,
        asked_about_help=sum(1 for side in sides if side.help_asked_at),
        helped=tuple(sum(1 for word in told if word is each) for each in Helped),
        help_due_on=row.help_due_on,
        predicted=row.predicted,
        predicted_hash=row.predicted_hash,
        check_due_on=row.check_due_on,
        checked=row.checked,
        checked_on=row.checked_on,
    )
