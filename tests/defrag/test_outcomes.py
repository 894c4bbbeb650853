"""What was expected of every move, beside what came of it."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import builders
from tests.defrag.asked import begun
from tests.defrag.street import tied
from tests.defrag.test_asking import met_on_a_day, say
from tests.defrag.test_doors import address, signed_in
from werkplaats.accounts.rules import RoleName
from werkplaats.defrag.models import Asking, Move
from werkplaats.defrag.queries.outcomes import Outcomes, tally
from werkplaats.defrag.rules import MoveState, Stage
from werkplaats.defrag.sweeps import CHECK
from werkplaats.kit.claims import work_some
from werkplaats.neighbourhoods.rules.asking import Answer

pytestmark = pytest.mark.django_db


def checked(**found: object) -> dict[str, object]:
    """What a check found, as it is kept."""
    nothing = {"formed": False, "brier": 0.25, "effect": None, "controls": 0, "touched": 1, "matched": 0}
    return {"intact": True, **nothing, "fell": None, "fell_anyway": None, **found}


def more(first: Asking, count: int, *, name: str = "nog", **told: object) -> None:
    """So many other askings like this one."""
    for number in range(count):
        move = Move.objects.create(
            workshop=first.move.workshop,
            key=f"introduction:{name}:{number}",
            kind="introduction",
            party_a=first.move.party_a,
            party_b=first.move.party_b,
            rank=0,
            gain=0.0,
            state=MoveState.ASKED.value,
            proposed_at=timezone.now(),
        )
        Asking.objects.create(
            move=move,
            key=f"{name}-{number:03}",
            asked_at=timezone.now(),
            predicted=first.predicted,
            predicted_hash=first.predicted_hash,
            **({"stage": Stage.ASKING.value} | told),
        )


def page(client: Client | None = None, **asked: str) -> str:
    answer = (client or signed_in(RoleName.COORDINATOR)).get(address("outcomes"), asked)
    assert answer.status_code == 200
    without_tokens = re.sub(r'value="\w{64}"', "", answer.content.decode())
    return re.sub(r"\s+", " ", without_tokens)


def test_before_anybody_was_asked_the_page_says_what_to_do() -> None:
    assert "Er is nog geen verwachting vastgezet." in page()
    assert tally(builders.workshop()).checked == 0


def test_a_prediction_stands_there_from_the_moment_that_people_are_asked() -> None:
    asking = begun()
    (line,) = Outcomes(builders.workshop())[:]
    assert (line.now, line.expected) == (asking.predicted["now"], asking.predicted["expected"])
    assert (line.chance, line.frozen_as) == (0.5, asking.predicted_hash[:12])
    shown = page()
    assert "Laat Keuken en Wijkteam kennismaken" in shown
    assert "Kans dat iedereen ja zegt: 50%." in shown
    assert "Er is nog niets nagekeken." in shown


def test_what_came_of_a_move_stands_beside_what_was_expected_of_it() -> None:
    asking = met_on_a_day()
    assert asking.move.party_b is not None
    tied(asking.move.party_a, asking.move.party_b)
    Asking.objects.update(check_due_on=timezone.localdate())
    assert work_some(CHECK) == 1
    shown = page()
    assert "De band is er, en minstens één van de twee zegt dat zelf." in shown
    assert "1 zet is nagekeken. Er kwam er 1 tot stand; we verwachtten er 0,5." in shown
    assert "Hoe goed we het zagen aankomen: 0,25." in shown
    assert "Niets om mee te vergelijken" in shown


def test_all_checks_together_are_means_of_those_that_nobody_changed() -> None:
    first, day = begun(), timezone.localdate()
    more(
        first, 1, checked_on=day, checked=checked(formed=True, brier=0.04, effect=0.5, matched=2, controls=6, fell=0.75)
    )
    found = [checked(brier=0.64, effect=-0.1, matched=1, controls=3), {"intact": False}, checked(brier=0.1)]
    for number, one in enumerate(found):
        more(first, 1, name=f"ook-{number}", checked_on=day, checked=one)
    all_ = tally(builders.workshop())
    assert (all_.checked, all_.came, all_.compared, all_.foreseen) == (3, 1, 2, 1.5)
    assert all_.brier == pytest.approx((0.04 + 0.64 + 0.1) / 3)
    assert all_.effect == pytest.approx(0.2)
    shown = page()
    assert "20 procentpunt vaker korter" in shown
    assert "75% van 2; van 6 die erop lijken 0%" in shown
    assert "De verwachting is later veranderd, en zegt dus niets meer." in shown


def test_less_often_than_elsewhere_is_said_as_plainly() -> None:
    first = begun()
    more(first, 1, checked_on=timezone.localdate(), checked=checked(effect=-0.25, matched=4, controls=8, fell=0.0))
    assert "25 procentpunt minder vaak korter" in page()


def test_a_long_list_comes_a_page_at_a_time_at_the_same_price(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    more(begun(), 60)
    workshop = builders.workshop()
    with django_assert_max_num_queries(2):
        found = Outcomes(workshop)
        assert (len(found), len(found[50:100])) == (61, 11)
    client = signed_in(RoleName.COORDINATOR)
    assert page(client).count('<th scope="row">') == 50
    assert page(client, bladzijde="2").count('<th scope="row">') == 11


def test_who_said_no_cannot_be_read_from_it() -> None:
    asking = begun()
    say(asking, 1, Answer.YES)
    say(asking, 2, Answer.NO)
    second = page()
    Asking.objects.update(stage=Stage.ASKING.value)
    asking.sides.update(answer="", answered_at=None)
    say(asking, 1, Answer.NO)
    assert page() == second
    assert "Nu niet" in second


@pytest.mark.parametrize("role", [RoleName.PARTY, RoleName.RESEARCHER])
def test_the_page_is_for_coordinators(role: RoleName) -> None:
    assert signed_in(role).get(address("outcomes")).status_code == 403
