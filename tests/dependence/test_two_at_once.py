from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from tests.dependence.row import begun, match, sides
from werkplaats.dependence.actions import asking
from werkplaats.dependence.models import Match, MatchSide
from werkplaats.dependence.refusals import AlreadyAsked
from werkplaats.dependence.rules import MatchState
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.rules.asking import Answer

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_coordinators_who_ask_about_one_match_at_once_one_asks() -> None:
    found = match()

    def ask(_number: int) -> type[object]:
        try:
            return type(begun(found))
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as together:
        said = Counter(together.map(ask, range(4)))
    assert said == {Match: 1, AlreadyAsked: 3}
    assert MatchSide.objects.count() == 2
    assert MatchSide.objects.filter(turn_at__isnull=False).count() == 1


def test_a_yes_pressed_twice_is_one_yes() -> None:
    found = begun()
    side = sides(found)[0]

    def say(_number: int) -> None:
        try:
            asking.answer(side, said=Answer.YES, at=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as together:
        list(together.map(say, range(2)))
    assert Match.objects.get(pk=found.pk).state == MatchState.ASKING
    assert MatchSide.objects.filter(turn_at__isnull=False).count() == 2
