"""Polis mode: its groups, its tests, and moderated statements that count as voted."""

import numpy as np
import pytest

from samenhang.opinion import Votes, polis_map
from samenhang.opinion.kmeans import agreement
from samenhang.opinion.polis_statistics import one_proportion, two_proportions
from tests.samenhang.opinion.camps import planted


def test_planted_camps_are_found_by_silhouette() -> None:
    votes, camp = planted((50, 40, 30), shared=4, divided=30)
    found = polis_map(votes)
    assert agreement(found.group, camp[np.isin(votes.participants, found.participants)]) > 0.95
    assert np.bincount(found.group).tolist() == sorted(np.bincount(found.group).tolist(), reverse=True)


def test_the_components_are_those_of_the_filled_table() -> None:
    votes, _camp = planted((30, 30), shared=4, divided=10)
    filled = np.full(votes.shape, np.nan)
    filled[votes.row, votes.column] = votes.value
    filled = np.where(np.isnan(filled), np.nanmean(filled, axis=0), filled)
    main = np.linalg.svd(filled - filled.mean(axis=0), full_matrices=False)[2][:2]
    number = np.bincount(votes.row)
    expected = (filled - filled.mean(axis=0)) @ main.T * np.sqrt(votes.shape[1] / number)[:, None]
    found = polis_map(votes)
    kept = np.isin(votes.participants, found.participants)
    assert np.allclose(np.abs(found.position), np.abs(expected[kept]), atol=1e-8)


def test_moderated_statements_count_as_voted_in_the_scaling() -> None:
    votes, _camp = planted((30, 30), shared=4, divided=10)
    ids = votes.participants[votes.row], votes.statements[votes.column], votes.value
    plain, moderated = polis_map(Votes(*ids)), polis_map(Votes(*ids, moderated=range(500, 510)))
    number = np.bincount(votes.row)[np.isin(votes.participants, plain.participants)]
    wanted = np.sqrt((14 + 10) / (number + 10)) / np.sqrt(14 / number)
    assert np.allclose(moderated.position, plain.position * wanted[:, None])


def test_what_represents_a_group_is_what_it_says_and_others_do_not() -> None:
    votes, camp = planted((50, 50), shared=4, divided=16)
    found = polis_map(votes, groups=2)
    for one in found.representative:
        assert (one.statements >= 4).all()
        assert len(one.statements) == 5
    assert set(found.consensus.agree.tolist()) <= set(range(4))
    assert set(np.argsort(-found.group_aware)[:4].tolist()) == set(range(4))
    assert len(camp) == 100


def test_the_two_tests_are_those_of_the_textbook() -> None:
    assert one_proportion(np.array([15.0]), np.array([19.0]))[0] == pytest.approx(2 * np.sqrt(20) * (16 / 20 - 0.5))
    z = two_proportions(np.array([15.0]), np.array([19.0]), np.array([4.0]), np.array([19.0]))[0]
    assert z == pytest.approx((0.8 - 0.25) / np.sqrt(0.525 * 0.475 * (2 / 20)))


@pytest.mark.parametrize("votes", [Votes([], [], []), Votes([1], [1], [1]), Votes([1, 2, 3], [1, 1, 1], [1, 1, 1])])
def test_very_little_gives_one_group(votes: Votes) -> None:
    assert set(polis_map(votes).group.tolist()) <= {0}


def test_fewer_than_two_groups_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        polis_map(Votes([1], [1], [1]), groups=1)
