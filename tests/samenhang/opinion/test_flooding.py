"""The flood guard: copies count for less, and people of one mind do not."""

import numpy as np
import pytest

from samenhang.opinion import Votes, opinion_map
from samenhang.opinion.flooding import floods
from samenhang.opinion.kmeans import agreement
from tests.samenhang.opinion.camps import planted


def flooded(votes: Votes, many: int, *, noise: float, seed: int) -> Votes:
    """With so many accounts that all fill in one ballot drawn at random."""
    rng = np.random.default_rng(seed)
    ballot = rng.choice((-1, 1), votes.shape[1])
    copies = np.where(rng.random((many, votes.shape[1])) < noise, -ballot, ballot)
    who, what = np.indices(copies.shape)
    return Votes(
        np.concatenate([votes.row, 10_000 + who.ravel()]),
        np.concatenate([votes.column, what.ravel()]),
        np.concatenate([votes.value, copies.ravel()]),
    )


@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_a_flood_is_weighed_down_and_honest_people_keep_their_groups(noise: float) -> None:
    votes, _camp = planted((60, 60), shared=6, divided=24)
    before = opinion_map(votes, rng=np.random.default_rng(0))
    after = opinion_map(flooded(votes, 40, noise=noise, seed=2), rng=np.random.default_rng(0))
    honest = after.participants < 10_000
    assert (after.weight[honest] == 1).all()
    assert after.weight[~honest].mean() < 0.3
    assert len(after.floods) == 1
    assert agreement(before.membership.argmax(axis=1), after.membership.argmax(axis=1)[honest]) > 0.9


def test_forty_identical_ballots_count_as_seven() -> None:
    votes, _camp = planted((60, 60), shared=6, divided=24)
    found, weight = floods(flooded(votes, 40, noise=0, seed=2))
    assert weight[-40:].sum() == pytest.approx(7)
    assert found[0].weight == pytest.approx(7 / 40)
    assert set(found[0].participants.tolist()) == set(range(10_000, 10_040))


@pytest.mark.parametrize("seed", range(4))
def test_honest_camps_are_no_flood(seed: int) -> None:
    votes, _camp = planted((60, 60), shared=6, divided=24, seed=seed)
    assert (floods(votes)[1] == 1).all()


def test_people_who_all_agree_with_what_everybody_agrees_with_are_no_flood() -> None:
    who, what = np.indices((50, 20))
    assert (floods(Votes(who.ravel(), what.ravel(), np.ones(1000, dtype=int)))[1] == 1).all()


def test_where_everybody_votes_as_their_camp_does_nobody_is_a_flood() -> None:
    pattern = np.random.default_rng(0).choice((-1, 1), (3, 30))
    who, what = np.indices((100, 30))
    camp = np.repeat([0, 1, 2], [60, 30, 10])
    votes = Votes(who.ravel(), what.ravel(), pattern[camp].ravel())
    assert (floods(votes)[1] == 1).all()
    found = opinion_map(votes, rng=np.random.default_rng(0))
    assert found.structure == "groups"
    assert agreement(found.membership.argmax(axis=1), camp) > 0.95
