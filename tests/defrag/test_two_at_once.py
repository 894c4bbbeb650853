from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from tests import builders
from tests.defrag.asked import begun, move, sides
from tests.defrag.street import crowd, measured
from werkplaats.defrag.actions import answering
from werkplaats.defrag.models import Asking, Move, Side
from werkplaats.defrag.refusals import AlreadyAsked
from werkplaats.defrag.rules import Stage
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.actions import decide_double, put_double
from werkplaats.neighbourhoods.models import Double, Party
from werkplaats.neighbourhoods.refusals import AlreadyDecided, NoRoomLeft
from werkplaats.neighbourhoods.rules import Verdict
from werkplaats.neighbourhoods.rules.asking import Answer

pytestmark = pytest.mark.django_db(transaction=True)


def ask(row: Move) -> type[object]:
    try:
        return type(begun(row))
    except Refusal as refusal:
        return type(refusal)
    finally:
        connection.close()


def test_of_coordinators_who_ask_about_one_move_at_once_one_asks_and_the_others_are_told() -> None:
    row = move()
    with ThreadPoolExecutor(4) as together:
        said = Counter(together.map(ask, [row] * 4))
    assert said == {Asking: 1, AlreadyAsked: 3}
    assert Side.objects.filter(turn_at__isnull=False).count() == 1


def test_a_party_is_not_asked_more_than_it_wants_by_two_who_ask_about_different_moves() -> None:
    crowd(3)
    Party.objects.filter(name="Team").update(introductions_per_month=3)
    measured()
    Party.objects.filter(name="Team").update(introductions_per_month=1)  # it says so after the plan was made
    rows = list(Move.objects.filter(state="proposed"))
    assert len(rows) == 3
    with ThreadPoolExecutor(3) as together:
        said = Counter(together.map(ask, rows))
    assert said == {Asking: 1, NoRoomLeft: 2}


def test_two_answers_of_one_side_at_once_are_one_answer() -> None:
    asking = begun(move())
    side = sides(asking)[0]

    def say(said: Answer) -> str:
        try:
            answering.answer(side, said=said, at=timezone.now())
            return said.value
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as together:
        told = set(together.map(say, (Answer.NO, Answer.YES)))
    asking.refresh_from_db()
    assert asking.stage == Stage.NOT_NOW  # a no holds, whether it came first or second
    assert told in ({"no", "yes"}, {"no", "NotYourTurn"})


def test_of_two_who_decide_otherwise_about_a_double_one_is_told() -> None:
    a, b = builders.party("De Tafel"), builders.party("De Lange Tafel")
    double = put_double(a, party_b=b, verdict=Verdict.SUSPECTED)

    def decide(verdict: Verdict) -> object:
        try:
            now = timezone.now()
            return decide_double(double, verdict=verdict, at=now, today=timezone.localdate(now)).verdict
        except AlreadyDecided:
            return AlreadyDecided
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as together:
        told = set(together.map(decide, (Verdict.SAME, Verdict.DIFFERENT)))
    assert AlreadyDecided in told
    row = Double.objects.get()
    assert {row.verdict, AlreadyDecided} == told
    merged = Party.objects.filter(canonical__isnull=False).exists()
    assert merged == (row.verdict == Verdict.SAME)
