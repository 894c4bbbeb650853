"""What came out: computed by the sweep, stored, and shown without any figure about a few."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conversations.talk import NOW, conversation, lines, somebody, two_camps, votes
from werkplaats.config.sweeps import until_done
from werkplaats.conversations import actions, pictures, queries
from werkplaats.conversations.models import Conversation, Participant, Result, Vote
from werkplaats.conversations.records import FloodLine, Results
from werkplaats.conversations.rules import Kind, Structure
from werkplaats.conversations.sweeps import COMPUTE

pytestmark = pytest.mark.django_db


def computed(row: Conversation, *, small: int = 5) -> Results:
    until_done([COMPUTE])
    found = queries.results(row, small=small)
    assert found is not None
    return found


def test_two_camps_are_found_with_what_they_share_and_what_divides_them() -> None:
    row = conversation(lines(20))
    votes(row, two_camps())
    found = computed(row)
    assert found.structure is Structure.GROUPS
    assert found.people == 120
    assert sum(group.size or 0 for group in found.groups) == 120
    assert [group.letter for group in found.groups] == ["A", "B"]
    assert {one.number for one in found.common_ground[:3]} == {18, 19, 20}
    assert not {one.number for one in found.divides[:3]} & {18, 19, 20}
    assert all(group.apart for group in found.groups)
    assert Conversation.objects.get().stale_since is None


def test_votes_by_chance_give_no_groups_and_the_page_says_what_that_means() -> None:
    row = conversation(lines(10))
    votes(row, np.random.default_rng(3).choice([-1, 1], size=(50, 10)))
    found = computed(row)
    assert found.structure is Structure.NONE
    assert found.groups == ()
    page = Client().get(reverse("conversations:conversation", args=["kanaalkwartier", row.key])).content.decode()
    assert "geen duidelijke groepen" in page
    assert 'samen-opinion"' not in page


@pytest.mark.parametrize("said", [np.ones((1, 3)), np.ones((9, 1)), np.ones((12, 3)), np.zeros((12, 3))])
def test_a_conversation_with_hardly_anything_in_it_has_a_result_too(said: "np.ndarray[Any, Any]") -> None:
    row = conversation(lines(said.shape[1]))
    votes(row, said)
    until_done([COMPUTE])
    assert Result.objects.exists()
    found = queries.results(row, small=5)
    assert (found is None) == (len(said) < 5)
    assert found is None or found.structure is Structure.NONE


def test_nothing_is_shown_of_fewer_than_the_small_number() -> None:
    row = conversation(lines(3))
    votes(row, np.ones((4, 3)))
    until_done([COMPUTE])
    assert queries.results(row, small=5) is None
    page = Client().get(reverse("conversations:conversation", args=["kanaalkwartier", row.key])).content.decode()
    assert "Vanaf 5 mensen" in page
    assert "4 mens" not in page


def test_a_kind_of_few_is_shown_nowhere_nor_can_it_be_subtracted() -> None:
    row = conversation(lines(20))
    kinds = (Kind.RESIDENT,) * 100 + (Kind.GOVERNMENT,) * 17 + (Kind.RESEARCHER,) * 3
    votes(row, two_camps(), kinds=kinds)
    found = computed(row)
    shown = {column.kind: column.people for column in found.kinds}
    assert shown == {Kind.RESIDENT: 100, Kind.GOVERNMENT: None, Kind.RESEARCHER: None}
    assert [one.kind for one in found.missing_kinds] == [Kind.PROFESSIONAL, Kind.RESEARCHER]
    place = [column.kind for column in found.kinds].index(Kind.RESIDENT)
    assert all(one.kinds[place] for one in found.statements)
    assert all(figure is None for one in found.statements for i, figure in enumerate(one.kinds) if i != place)


def test_a_result_is_renewed_only_when_enough_people_changed_it() -> None:
    row = conversation(lines(20))
    said = two_camps(124)
    votes(row, said[:120], at=NOW)
    first = computed(row).computed_at
    make_older()
    votes(row, said[120:123], at=timezone.now())
    make_older(seconds=20)
    until_done([COMPUTE])
    assert computed(row).people == 120
    assert computed(row).computed_at < first
    votes(row, said[120:124], at=timezone.now())
    make_older(seconds=20)
    assert computed(row).people == 127


def make_older(seconds: int = 60) -> None:
    """As if everything happened a while ago."""
    for one in Result.objects.all():
        one.computed_at -= timedelta(seconds=seconds)
        one.save()


def test_a_refused_statement_counts_nowhere_once_it_is_computed_and_is_shown_nowhere_at_once() -> None:
    row = conversation(lines(20))
    votes(row, two_camps())
    before = computed(row)
    gone = before.common_ground[0].number
    actions.refuse(row.statements.get(number=gone), reason="Bij nader inzien.", at=NOW)
    shown = queries.results(row, small=5)
    assert shown is not None
    assert gone not in {one.number for one in (*shown.statements, *shown.common_ground, *shown.short_list)}
    make_older()
    assert gone not in Result.objects.get().told["all"] or not until_done([COMPUTE])


def test_a_sweep_that_finds_nothing_new_leaves_the_result_alone() -> None:
    row = conversation(lines(3))
    votes(row, np.ones((9, 3)))
    computed(row)
    make_older()
    kept = Result.objects.get().computed_at
    until_done([COMPUTE])
    assert Result.objects.get().computed_at == kept


def test_a_vote_that_came_while_the_sweep_was_at_work_is_not_lost() -> None:
    row = conversation(lines(3))
    votes(row, np.ones((9, 3)), at=timezone.now())
    until_done([COMPUTE])
    assert Conversation.objects.get().stale_since is not None
    assert Result.objects.exists()


def test_what_is_asked_next_comes_from_the_map_and_never_what_was_answered() -> None:
    row = conversation(lines(20))
    said = two_camps()
    said[0, 4:] = 9
    votes(row, said, at=timezone.now())
    until_done([COMPUTE])
    first = Participant.objects.order_by("pk")[0]
    assert first.queue
    assert {number for number, _chance in first.queue} <= set(range(5, 21))
    shown = queries.to_show(row, first)
    assert shown is not None
    assert [shown.number, shown.propensity] == first.queue[0]
    new = somebody(row)
    begin = queries.to_show(row, new)
    assert begin is not None
    assert [begin.number, begin.propensity] == Result.objects.get().begin[0]


def test_the_picture_has_a_dot_for_each_person_and_no_group_of_a_few() -> None:
    row = conversation(lines(20))
    votes(row, two_camps())
    found = computed(row)
    drawn = pictures.opinion_map(found)
    assert drawn.count("samen-opinion__dot") == 120
    told = Result.objects.get()
    told.told["groups"][0]["size"] = 4
    told.told["between"] = 30
    told.save()
    few = queries.results(row, small=5)
    assert few is not None
    assert [group.size is None for group in few.groups] == [True, False]
    assert ">B</text>" in pictures.opinion_map(few)
    assert ">A</text>" not in pictures.opinion_map(few)
    assert few.groups[0].apart == ()


def test_identical_ballots_that_flood_in_are_told() -> None:
    rng = np.random.default_rng(1)
    row = conversation(lines(20))
    flood = np.tile(rng.choice([-1, 1], size=20), (30, 1))
    votes(row, np.vstack([two_camps(), flood]))
    found = computed(row)
    assert found.floods == (FloodLine(30, 6),)
    assert found.people == 150
    figures = [one.all for one in found.statements]
    assert all(figure is not None and figure.number == 126 for figure in figures)


def test_everybody_finds_the_result_on_the_page_the_screen_and_in_the_table() -> None:
    row = conversation(lines(20))
    votes(row, two_camps())
    computed(row)
    for name in ("conversation", "screen", "figures_csv"):
        answer = Client().get(reverse(f"conversations:{name}", args=["kanaalkwartier", row.key]))
        assert answer.status_code == 200
        assert "Stelling 19 over de zaal." in answer.content.decode()
    assert Vote.objects.count() == 2400
