"""What the opinion map says of conversations of which we know what is in them."""

import numpy as np
import pytest

from samenhang.files import to_json
from samenhang.opinion import OpinionMap, Votes, opinion_map
from samenhang.opinion.kmeans import agreement
from tests.samenhang.opinion.camps import planted


def mapped(votes: Votes, seed: int = 0) -> OpinionMap:
    return opinion_map(votes, rng=np.random.default_rng(seed))


@pytest.mark.parametrize("sizes", [(60, 60), (50, 50, 50)])
def test_planted_camps_are_found(sizes: tuple[int, ...]) -> None:
    votes, camp = planted(sizes, shared=6, divided=24)
    found = mapped(votes)
    assert found.structure == "groups"
    assert found.membership.shape[1] == len(sizes)
    sure = found.group >= 0
    assert sure.mean() > 0.9
    assert agreement(found.group[sure], camp[sure]) > 0.95
    assert set(found.common_ground.statements[:6].tolist()) == set(range(6))
    assert set(found.bridges.statements[:6].tolist()) == set(range(6))
    assert not set(found.divides.statements[:6].tolist()) & set(range(6))


def test_what_sets_a_camp_apart_is_what_was_planted() -> None:
    votes, _camp = planted((60, 60), shared=6, divided=24, seed=3)
    for apart in mapped(votes).distinctive:
        assert len(apart.statements)
        assert not set(apart.statements.tolist()) & set(range(6))
        assert (np.abs(apart.difference) > 0.3).all()


def test_the_same_map_in_any_order_of_the_rows() -> None:
    votes, _camp = planted((30, 30), shared=4, divided=12)
    who, what = votes.participants[votes.row], votes.statements[votes.column]
    mixed = np.random.default_rng(9).permutation(len(who))
    again = Votes(who[mixed], what[mixed], votes.value[mixed])
    assert to_json(mapped(votes)) == to_json(mapped(again))


@pytest.mark.parametrize("seed", range(4))
def test_votes_that_were_shuffled_give_no_structure(seed: int) -> None:
    votes, _camp = planted((40, 40), shared=4, divided=16, seed=seed)
    rng = np.random.default_rng(seed)
    value = votes.value.copy()
    for one in range(votes.shape[1]):
        mine = np.flatnonzero(votes.column == one)
        value[mine] = rng.permutation(value[mine])
    found = mapped(Votes(votes.row, votes.column, value), seed)
    assert found.structure == "none"
    assert (found.group == -1).all()
    assert found.distinctive == ()


def test_people_on_a_line_are_a_gradient_with_two_sides() -> None:
    rng = np.random.default_rng(1)
    place, slope = rng.normal(0, 1.5, 300), rng.normal(0, 1.5, 30)
    said = np.where(rng.random((300, 30)) < 1 / (1 + np.exp(-place[:, None] * slope)), 1, -1)
    who, what = np.indices(said.shape)
    found = mapped(Votes(who.ravel(), what.ravel(), said.ravel()))
    assert found.structure == "gradient"
    assert found.membership.shape[1] == 2
    assert abs(np.corrcoef(found.position[:, 0], place)[0, 1]) > 0.9


@pytest.mark.parametrize("seed", range(6))
def test_what_a_group_of_ten_opposes_never_leads_the_common_ground(seed: int) -> None:
    rng = np.random.default_rng(seed)
    camp = np.repeat([0, 1, 2], [300, 90, 10])
    pattern = rng.choice((-1, 1), (3, 40))
    pattern[:2, :10] = 1
    pattern[2, :10] = -1
    pattern[:, 10:14] = 1
    said = pattern[camp] * np.where(rng.random((400, 40)) < 0.92, 1, -1)
    who, what = np.nonzero(rng.random(said.shape) < 0.8)
    found = mapped(Votes(who, what, said[who, what]))
    assert found.structure == "groups"
    leads = found.common_ground.statements[:5]
    assert (pattern[:, leads] == 1).all()


def test_a_chance_is_told_for_who_and_what_is_there_and_refused_for_others() -> None:
    votes, camp = planted((40, 40), shared=4, divided=16)
    found = mapped(votes)
    chance = found.probability(votes.participants[votes.row], votes.statements[votes.column])
    agreed = votes.value > 0
    assert chance[agreed].mean() > 0.75
    assert chance[votes.value < 0].mean() < 0.3
    with pytest.raises(ValueError, match="participant 9999 has no votes"):
        found.probability([0, 9999], [0, 0])
    assert len(camp) == votes.shape[0]


@pytest.mark.parametrize(
    ("who", "what", "said"),
    [([], [], []), ([1], [1], [1]), ([1] * 9, list(range(9)), [1] * 9), (list(range(9)), [1] * 9, [1, -1, 0] * 3)],
    ids=["empty", "one vote", "one participant", "one statement"],
)
def test_with_very_little_nothing_is_said_of_structure(who: list[int], what: list[int], said: list[int]) -> None:
    found = mapped(Votes(np.array(who, dtype=int), np.array(what, dtype=int), np.array(said, dtype=int)))
    assert found.structure == "none"
    assert len(found.common_ground.statements) == len(set(what))
    assert ((found.common_ground.figure >= 0) & (found.common_ground.figure <= 1)).all()


@pytest.mark.parametrize("value", [1, 0, -1])
def test_when_all_say_the_same_there_is_no_structure(value: int) -> None:
    who, what = np.indices((20, 12))
    found = mapped(Votes(who.ravel(), what.ravel(), np.full(240, value)))
    assert found.structure == "none"
    assert (found.common_ground.figure > 0.8).all() == (value == 1)


def test_yesterdays_map_is_a_start_that_leads_to_the_same_camps() -> None:
    votes, camp = planted((60, 60), shared=6, divided=24)
    before = mapped(votes.among(np.random.default_rng(0).random(len(votes.value)) < 0.9))
    found = opinion_map(votes, start=before, rng=np.random.default_rng(0))
    sure = found.group >= 0
    assert agreement(found.group[sure], camp[sure]) > 0.95


def test_who_counts_for_nothing_takes_no_common_ground_away() -> None:
    votes, camp = planted((60, 60), shared=6, divided=24)
    rng = np.random.default_rng(0)
    alike, weighed = opinion_map(votes, rng=rng), opinion_map(votes, strata=np.where(camp == 0, 1.0, 0.0), rng=rng)
    assert (weighed.weight == (camp == 0)).all()
    assert (alike.common_ground.figure > 0.6).sum() == 6
    assert (weighed.common_ground.figure > 0.6).sum() > 12
    with pytest.raises(ValueError, match="one weight of 0 or more"):
        opinion_map(votes, strata=[1.0], rng=rng)
