"""A coordinator has a move asked of its sides, one after the other. No machine ever begins this by itself."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from werkplaats.accounts.actions import new_code, withdraw_codes
from werkplaats.accounts.models import Account
from werkplaats.defrag.actions.checking import freeze
from werkplaats.defrag.actions.telling import mail_question
from werkplaats.defrag.models import Asking, Move, Side
from werkplaats.defrag.queries.people import ALLOWING, sides_of, unreached
from werkplaats.defrag.refusals import AlreadyAsked, NotYourTurn, Overtaken
from werkplaats.defrag.rules import SIDE, MoveState, Stage
from werkplaats.neighbourhoods.actions.introductions import check_room, count_asked
from werkplaats.neighbourhoods.queries.introductions import kept_apart
from werkplaats.neighbourhoods.queries.people import representatives
from werkplaats.neighbourhoods.refusals import NobodyToMail
from werkplaats.neighbourhoods.rules.asking import By, Wording, answers_of, whose_turn
from werkplaats.workshops.models import Workshop


@transaction.atomic
def begin_asking(move: Move, *, wordings: Sequence[Wording], by: Account | None, at: datetime, today: date) -> Asking:
    """Has the sides of a move asked, the first of them now. What is expected of the move is frozen at this moment.

    `wordings`: one per side, in the order of `queries.people.sides_of`. Raises `AlreadyAsked`, `Overtaken`, `NoRoomLeft`,
    `NobodyToMail`; then nobody was asked anything.
    """
    Workshop.objects.select_for_update(no_key=True).get(pk=move.workshop_id)  # two moves may ask the same party at once
    row = Move.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=move.pk)
    if row.state == MoveState.ASKED:
        raise AlreadyAsked
    parties = sides_of(row)
    if row.state != MoveState.PROPOSED or kept_apart(parties):
        raise Overtaken
    check_room(row.workshop, parties, today=today)
    for party, wording in zip(parties, wordings, strict=True):
        if wording.by is By.MAIL and not representatives(party, allowing=ALLOWING):
            raise NobodyToMail(party.name)
    predicted, predicted_hash = freeze(row)
    asking = Asking.objects.create(
        move=row,
        key=_key(),
        stage=Stage.ASKING.value,
        asked_at=at,
        asked_by=by,
        predicted=predicted,
        predicted_hash=predicted_hash,
    )
    for number, (party, wording) in enumerate(zip(parties, wordings, strict=True), start=1):
        Side.objects.create(
            asking=asking, key=_key(), number=number, party=party, words=wording.words, by=wording.by.value
        )
    count_asked(parties, about=f"asking:{asking.key}", at=at)
    row.state, row.decided_at, row.decided_by = MoveState.ASKED.value, at, by
    row.save(update_fields=["state", "decided_at", "decided_by"])
    ask_next(asking, at=at)
    return asking


def ask_next(asking: Asking, *, at: datetime) -> None:
    """It is the turn of the first side that said nothing yet: it gets its mail, or waits for its card."""
    sides = list(asking.sides.select_related("party__canonical", "asking__move__workshop"))
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


@transaction.atomic
def ask_on_paper(side: Side) -> None:
    """The mail to a side is gone, as nobody of it allows one any more: the coordinator hands it a card instead."""
    Side.objects.filter(pk__in=unreached(Side.objects.filter(pk=side.pk))).update(by=By.PAPER.value)


@transaction.atomic
def make_card(side: Side, *, at: datetime) -> str:
    """The digits for a card on paper, told this once. Cards that were made before open nothing any more.

    Raises `NotYourTurn`.
    """
    row = Side.objects.select_for_update(of=("self",)).select_related("asking__move__workshop").get(pk=side.pk)
    is_asked = row.asking.stage == Stage.ASKING and row.turn_at is not None and not row.answer
    is_about_help = row.asking.stage == Stage.MET and row.help_asked_at is not None and not row.helped
    if row.by != By.PAPER or not (is_asked or is_about_help):
        raise NotYourTurn
    workshop = row.asking.move.workshop
    withdraw_codes(workshop, thing=row.thing, at=at)
    row.asked_at, row.card_made_at = row.asked_at or at, at
    row.save(update_fields=["asked_at", "card_made_at"])
    return new_code(workshop, purpose=SIDE, thing=row.thing, at=at)


def _key() -> str:
    return f"z{secrets.token_hex(6)}"
