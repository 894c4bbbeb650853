import networkx as nx
import numpy as np
import pytest

from samenhang.network import Ties, brokerage


def test_constraint_agrees_with_networkx_on_a_known_club() -> None:
    club = nx.karate_club_graph()
    pairs = np.array(club.edges())
    found = brokerage(Ties(34, pairs[:, 0], pairs[:, 1])).constraint
    assert found.tolist() == pytest.approx([nx.constraint(club, weight=None)[v] for v in range(34)])


def test_each_role_between_two_who_do_not_know_each_other_is_counted() -> None:
    star = Ties(5, [0, 0, 0, 0], [1, 2, 3, 4])
    found = brokerage(star, groups=["a", "a", "b", "b", "c"])
    assert found.roles[0].tolist() == [0, 1, 3, 2]
    assert brokerage(star).roles[0].tolist() == [6, 0, 0, 0]
    assert brokerage(Ties(3, [0, 1, 2], [1, 2, 0])).roles.sum() == 0


def test_a_party_without_ties_has_no_constraint() -> None:
    assert np.isnan(brokerage(Ties(2, [], [])).constraint).all()
