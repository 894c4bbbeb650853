"""What a side says, and what follows: the other side is asked, they meet, and afterwards whether it helped."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from werkplaats.defrag.actions.asking import ask_next
from werkplaats.defrag.actions.telling import mail_about_help
from werkplaats.defrag.models import Asking, Bench, Move, Side
from werkplaats.defrag.queries.people import other_end, question_key
from werkplaats.defrag.refusals import AlreadyMet, AlreadyTold, MetInTheFuture, NotAgreed, NotYourTurn
from werkplaats.defrag.rules import CHECK_DAYS, HELP_DAYS, Helped, MoveKind, MoveState, Stage, stage_of
from werkplaats.issues.actions.deciding import add_party
from werkplaats.issues.rules import State
from werkplaats.mail.actions import question
from werkplaats.neighbourhoods.actions.ties import report
from werkplaats.neighbourhoods.rules import TieKind
from werkplaats.neighbourhoods.rules.asking import ANSWER_DAYS, Answer, By, answers_of, whose_turn


@transaction.atomic
def answer(side: Side, *, said: Answer, at: datetime) -> Side:
    """One side says yes or no; a yes may become a no until they met. The same answer twice changes nothing.

    After the yes of all sides they may be brought together. A no closes the asking, and is told to nobody. A no after
    the asking was closed is kept and changes nothing else, so that it tells nobody that it was closed. Raises `NotYourTurn`.
    """
    asking = _locked(side)
    row = Side.objects.get(pk=side.pk)
    if row.answer == said:
        return row
    is_first = not row.answer and row.turn_at is not None and asking.stage == Stage.ASKING
    is_second_thought = row.answer == Answer.YES and asking.stage in {Stage.ASKING, Stage.AGREED, Stage.NOT_NOW}
    if not (is_first or (is_second_thought and said is Answer.NO)):
        raise NotYourTurn
    row.answer, row.answered_at = said.value, at
    row.save(update_fields=["answer", "answered_at"])
    if asking.stage != Stage.NOT_NOW:
        _go_on(asking, at=at)
    return row


@transaction.atomic
def take_back_no(side: Side, *, at: datetime) -> Side:
    """A side no longer says no, or says after all that it may be asked: nobody but this side can do that.

    When no other side says no, the move may be proposed again. Raises `NotYourTurn`.
    """
    asking = _locked(side)
    row = Side.objects.get(pk=side.pk)
    if row.answer == Answer.YES or row.turn_at is None or asking.stage != Stage.NOT_NOW:
        raise NotYourTurn
    row.answer, row.answered_at = "", None
    row.save(update_fields=["answer", "answered_at"])
    if not asking.sides.filter(answer=Answer.NO.value).exists():
        asking.stage = Stage.TAKEN_BACK.value
        asking.save(update_fields=["stage"])
        Move.objects.filter(pk=asking.move_id).update(state=MoveState.OVERTAKEN.value, decided_at=None, decided_by=None)
        Bench.objects.filter(workshop=asking.move.workshop_id).update(stale_since=at)
    return row


@transaction.atomic
def leave_in_peace(asking: Asking, *, at: datetime) -> None:
    """Nobody answered in time: to everybody else that is the same as a no."""
    row = Asking.objects.select_for_update().get(pk=asking.pk)
    sides = list(row.sides.all())
    turn = whose_turn(answers_of(sides))
    asked = sides[turn].turn_at if turn is not None else None
    if row.stage == Stage.ASKING and asked is not None and asked <= at - timedelta(days=ANSWER_DAYS):
        _close(row, at=at)


@transaction.atomic
def met(asking: Asking, *, on: date, today: date) -> Asking:
    """The sides got to know each other. Noting the same day twice changes nothing.

    Raises `NotAgreed`, `AlreadyMet`, `MetInTheFuture`.
    """
    row = Asking.objects.select_for_update().get(pk=asking.pk)
    if row.stage == Stage.MET and row.met_on is not None:
        if row.met_on == on:
            return row
        raise AlreadyMet(row.met_on)
    if row.stage != Stage.AGREED:
        raise NotAgreed
    if not row.asked_at.date() <= on <= today:
        raise MetInTheFuture
    row.stage, row.met_on = Stage.MET.value, on
    row.help_due_on = on + timedelta(days=HELP_DAYS)
    row.check_due_on = on + timedelta(days=CHECK_DAYS) if row.predicted else None  # nothing measured, nothing expected
    row.save(update_fields=["stage", "met_on", "help_due_on", "check_due_on"])
    return row


@transaction.atomic
def ask_whether_it_helped(asking: Asking, *, at: datetime, today: date) -> int:
    """Asks each side once; how many were asked now. A party that was asked something else this month is asked later."""
    row = Asking.objects.select_for_update(of=("self",)).select_related("move__workshop").get(pk=asking.pk)
    if row.stage != Stage.MET or row.help_due_on is None or row.help_due_on > today:
        return 0
    waiting = list(row.sides.filter(help_asked_at=None).select_related("party__canonical", "asking__move__workshop"))
    workshop = row.move.workshop
    asked = [
        side
        for side in waiting
        if question(workshop, about=f"party:{side.party.stays.key}", key=question_key(side, about_help=True), at=at)
    ]
    for side in asked:
        side.help_asked_at = at
        if not mail_about_help(side, at=at):
            side.by = By.PAPER.value
        side.save(update_fields=["help_asked_at", "by"])
    row.help_due_on = today + timedelta(days=1) if len(asked) < len(waiting) else None
    row.save(update_fields=["help_due_on"])
    return len(asked)


@transaction.atomic
def tell_whether_it_helped(
    side: Side, *, helped: Helped, at: datetime, today: date, words: str = "", knows: bool = False
) -> Side:
    """The word of one side, said once. Raises `NotYourTurn`, `AlreadyTold`.

    `knows`: it wants the tie with the other side to be on record, as its own report; of a joining, that it works on the
    issue now.
    """
    asking = _locked(side)
    row = Side.objects.select_related("party__canonical", "asking__move__workshop").get(pk=side.pk)
    if row.helped:
        raise AlreadyTold
    if asking.stage != Stage.MET or row.answer != Answer.YES or row.help_asked_at is None:
        raise NotYourTurn
    row.helped, row.helped_at, row.helped_words = helped.value, at, words
    row.save(update_fields=["helped", "helped_at", "helped_words"])
    other = other_end(row)
    issue = asking.move.issue
    if knows and issue and asking.move.kind == MoveKind.JOINING and issue.state == State.ACCEPTED:
        add_party(issue, party=row.party.stays, at=at)
    if knows and other is not None:
        report(row.party.stays, other=other, kind=TieKind.KNOWS, since=asking.met_on, at=at, today=today)
    return row


def _go_on(asking: Asking, *, at: datetime) -> None:
    stage = stage_of(_answers(asking))
    if stage is Stage.NOT_NOW:
        _close(asking, at=at)
        return
    if stage is Stage.AGREED:
        asking.stage, asking.agreed_at = stage.value, at
        asking.save(update_fields=["stage", "agreed_at"])
        return
    ask_next(asking, at=at)


def _close(asking: Asking, *, at: datetime) -> None:
    asking.stage, asking.closed_at = Stage.NOT_NOW.value, at
    asking.save(update_fields=["stage", "closed_at"])
    Bench.objects.filter(workshop=asking.move.workshop_id).update(stale_since=at)


def _answers(asking: Asking) -> Sequence[Answer | None]:
    return answers_of(asking.sides.order_by("number"))


def _locked(side: Side) -> Asking:
    """The asking of a side: its sides answer one after the other."""
    return Asking.objects.select_for_update(of=("self",)).select_related("move").get(pk=side.asking_id)
