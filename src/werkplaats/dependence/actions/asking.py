"""A coordinator has both sides of a match asked, one after the other. No machine ever begins this by itself."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from werkplaats.accounts.actions import new_code, withdraw_codes
from werkplaats.accounts.models import Account, Person
from werkplaats.dependence.actions import new_key
from werkplaats.dependence.actions.telling import mail_about_outcome, mail_question
from werkplaats.dependence.models import Match, Matching, MatchSide
from werkplaats.dependence.queries.people import (
    WITH_NEEDS,
    asked_as,
    ends_of,
    persons_asked,
    question_key,
    to_mail,
    unreached,
)
from werkplaats.dependence.refusals import AlreadyAsked, NotIntroduced, NotYourTurn, Overtaken, PersonHasNoRoom
from werkplaats.dependence.rules import OUTCOME_DAYS, PERSON_PER_MONTH, SIDE, MatchState, Outcome, state_of
from werkplaats.mail.actions import question
from werkplaats.neighbourhoods.actions.introductions import check_room, count_asked
from werkplaats.neighbourhoods.actions.needs import allows
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.neighbourhoods.queries.introductions import kept_apart
from werkplaats.neighbourhoods.refusals import NobodyToMail
from werkplaats.neighbourhoods.rules.asking import ANSWER_DAYS, Answer, By, Wording, answers_of, whose_turn
from werkplaats.workshops.models import Workshop

Ends = tuple[Party | Person, Party | Person]


@transaction.atomic
def begin(match: Match, *, wordings: Sequence[Wording], by: Account | None, at: datetime, today: date) -> Match:
    """Has the two sides asked, who offers now and who needs after a yes.

    `wordings`: in the order of `queries.people.ends_of`. Raises `AlreadyAsked`, `Overtaken`, `NoRoomLeft`, `PersonHasNoRoom`,
    `NobodyToMail`; then nobody was asked anything.
    """
    workshop = Workshop.objects.select_for_update(no_key=True).get(pk=match.workshop_id)  # a party has one cap a month
    row = Match.objects.select_for_update(of=("self",)).select_related(*WITH_NEEDS).get(pk=match.pk)
    if row.state != MatchState.PROPOSED:
        raise AlreadyAsked
    ends = ends_of(row)
    _check(row, ends, workshop, today=today)
    for end, wording in zip(ends, wordings, strict=True):
        if wording.by is By.MAIL and not to_mail(end):
            raise NobodyToMail(end.name)
    for number, (end, wording) in enumerate(zip(ends, wordings, strict=True), start=1):
        whose = {"party": end} if isinstance(end, Party) else {"person": end}
        MatchSide.objects.create(
            match=row, key=new_key(), number=number, words=wording.words, by=wording.by.value, **whose
        )
    count_asked([end for end in ends if isinstance(end, Party)], about=f"match:{row.key}", at=at)
    row.state, row.decided_at, row.decided_by = MatchState.ASKING.value, at, by
    row.save(update_fields=["state", "decided_at", "decided_by"])
    _ask_next(row, at=at)
    return row


@transaction.atomic
def make_card(side: MatchSide, *, at: datetime) -> str:
    """The digits for a card on paper, told this once. Cards made before open nothing any more. Raises `NotYourTurn`."""
    row = MatchSide.objects.select_for_update(of=("self",)).select_related("match__workshop").get(pk=side.pk)
    is_asked = row.match.state == MatchState.ASKING and row.turn_at is not None and not row.answer
    is_about_outcome = row.match.state == MatchState.INTRODUCED and row.outcome_asked_at is not None and not row.outcome
    if row.by != By.PAPER or not (is_asked or is_about_outcome):
        raise NotYourTurn
    withdraw_codes(row.match.workshop, thing=row.thing, at=at)
    row.asked_at, row.card_made_at = row.asked_at or at, at
    row.save(update_fields=["asked_at", "card_made_at"])
    return new_code(row.match.workshop, purpose=SIDE, thing=row.thing, at=at)


@transaction.atomic
def ask_on_paper(side: MatchSide) -> None:
    """The mail to a side is gone, as nobody of it allows one any more: the coordinator hands it a card instead."""
    MatchSide.objects.filter(pk__in=unreached(MatchSide.objects.filter(pk=side.pk))).update(by=By.PAPER.value)


@transaction.atomic
def answer(side: MatchSide, *, said: Answer, at: datetime) -> MatchSide:
    """One side says yes or no; a yes may become a no until both said yes. The same answer twice changes nothing.

    A no closes the match, and is told to nobody; a no after it was closed is kept and changes nothing else. Raises
    `NotYourTurn`.
    """
    match = _locked(side)
    row = MatchSide.objects.get(pk=side.pk)
    if row.answer == said:
        return row
    is_first = not row.answer and row.turn_at is not None and match.state == MatchState.ASKING
    is_second_thought = row.answer == Answer.YES and said is Answer.NO
    if not (is_first or is_second_thought):
        raise NotYourTurn
    row.answer, row.answered_at = said.value, at
    row.save(update_fields=["answer", "answered_at"])
    if match.state != MatchState.NOT_NOW:
        _go_on(match, at=at)
    return row


@transaction.atomic
def take_back_no(side: MatchSide, *, at: datetime) -> MatchSide:
    """A side no longer says no, or says after all that it may be asked: nobody but this side can do that.

    When no other side says no, the match may be proposed again. Raises `NotYourTurn`.
    """
    match = _locked(side)
    row = MatchSide.objects.get(pk=side.pk)
    if row.answer == Answer.YES or row.turn_at is None or match.state != MatchState.NOT_NOW:
        raise NotYourTurn
    row.answer, row.answered_at = "", None
    row.save(update_fields=["answer", "answered_at"])
    if not match.sides.filter(answer=Answer.NO.value).exists():
        match.sides.all().delete()
        match.state, match.decided_at, match.decided_by, match.closed_at = MatchState.PROPOSED.value, None, None, None
        match.save(update_fields=["state", "decided_at", "decided_by", "closed_at"])
        Matching.objects.filter(workshop=match.workshop_id).update(stale_since=at)
    return row


@transaction.atomic
def leave_in_peace(match: Match, *, at: datetime) -> None:
    """Nobody answered in time: to everybody else that is the same as a no."""
    row = Match.objects.select_for_update().get(pk=match.pk)
    sides = list(row.sides.all())
    turn = whose_turn(answers_of(sides))
    asked = sides[turn].turn_at if turn is not None else None
    if row.state == MatchState.ASKING and asked is not None and asked <= at - timedelta(days=ANSWER_DAYS):
        _close(row, at=at)


@transaction.atomic
def ask_what_came(match: Match, *, at: datetime, today: date) -> int:
    """Asks each side once that did not say it by itself; how many were asked now.

    Who was asked something else this month is asked later.
    """
    row = Match.objects.select_for_update(of=("self",)).select_related(*WITH_NEEDS).get(pk=match.pk)
    if row.state != MatchState.INTRODUCED or row.outcome_due_on is None or row.outcome_due_on > today:
        return 0
    rows = row.sides.filter(outcome_asked_at=None, outcome="").select_related("party__canonical", "person")
    waiting, workshop = list(rows), row.workshop
    for side in waiting:
        side.match = row
    asked = [
        side
        for side in waiting
        if question(workshop, about=asked_as(side), key=question_key(side, about_outcome=True), at=at)
    ]
    for side in asked:
        side.outcome_asked_at = at
        if not mail_about_outcome(side, at=at):
            side.by = By.PAPER.value
        side.save(update_fields=["outcome_asked_at", "by"])
    row.outcome_due_on = today + timedelta(days=1) if len(asked) < len(waiting) else None
    row.save(update_fields=["outcome_due_on"])
    return len(asked)


@transaction.atomic
def tell_outcome(side: MatchSide, *, outcome: Outcome, at: datetime, words: str = "") -> MatchSide:
    """What came of it, in the word of one side; the last word counts. Raises `NotIntroduced`."""
    match = _locked(side)
    row = MatchSide.objects.get(pk=side.pk)
    if match.state != MatchState.INTRODUCED:
        raise NotIntroduced
    row.outcome, row.outcome_at, row.outcome_words = outcome.value, at, words
    row.save(update_fields=["outcome", "outcome_at", "outcome_words"])
    return row


def _check(row: Match, ends: Ends, workshop: Workshop, *, today: date) -> None:
    open_ones = Need.objects.open().filter(pk__in=(row.need_id, row.offer_id)).exclude(until__lt=today)
    parties = [end for end in ends if isinstance(end, Party)]
    people = [end for end in ends if isinstance(end, Person)]
    if open_ones.count() != 2 or ends[0] == ends[1] or kept_apart(parties):
        raise Overtaken
    if not all(allows(person, workshop=workshop) for person in people):
        raise Overtaken
    check_room(workshop, parties, today=today)
    asked = persons_asked(workshop, today=today)
    if any(asked[person.pk] >= PERSON_PER_MONTH for person in people):
        raise PersonHasNoRoom


def _ask_next(match: Match, *, at: datetime) -> None:
    """It is the turn of the first side that said nothing yet: it gets its mail, or waits for its card."""
    sides = list(match.sides.select_related("party__canonical", "person", "match__workshop"))
    turn = whose_turn(answers_of(sides))
    if turn is None or sides[turn].turn_at is not None:
        return
    side = sides[turn]
    side.turn_at = at
    side.save(update_fields=["turn_at"])
    # Whoever withdrew consent meanwhile is not mailed; if nobody is left, the side is asked on paper.
    if side.by == By.MAIL and not mail_question(side, at=at):
        side.by = By.PAPER.value
        side.save(update_fields=["by"])


def _go_on(match: Match, *, at: datetime) -> None:
    state = state_of(answers_of(match.sides.order_by("number")))
    if state is MatchState.NOT_NOW:
        _close(match, at=at)
    elif state is MatchState.INTRODUCED:
        match.state, match.introduced_at = state.value, at
        day = at.astimezone(ZoneInfo(match.workshop.timezone)).date()
        match.outcome_due_on = day + timedelta(days=OUTCOME_DAYS)
        match.save(update_fields=["state", "introduced_at", "outcome_due_on"])
    else:
        _ask_next(match, at=at)


def _close(match: Match, *, at: datetime) -> None:
    match.state, match.closed_at = MatchState.NOT_NOW.value, at
    match.save(update_fields=["state", "closed_at"])
    Matching.objects.filter(workshop=match.workshop_id).update(stale_since=at)  # what says the same is proposed no more


def _locked(side: MatchSide) -> Match:
    """The match of a side: its sides answer one after the other."""
    return Match.objects.select_for_update().get(pk=side.match_id)
