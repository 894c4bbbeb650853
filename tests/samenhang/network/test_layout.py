import time

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra
from scipy.spatial.distance import pdist

from samenhang.network import Ties, layout
from samenhang.network.stress import GRID, pushed
from samenhang.shape import Floats


def drawn(ties: Ties, start: Floats | None = None, seed: int = 0) -> Floats:
    return layout(ties, start=start, rng=np.random.default_rng(seed))


def of(graph: "nx.Graph[int]") -> Ties:
    pairs = np.array(graph.edges()).reshape(-1, 2)
    return Ties(graph.number_of_nodes(), pairs[:, 0], pairs[:, 1])


networks = st.integers(1, 25).flatmap(
    lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=40))
)


@given(networks)
@settings(max_examples=30, deadline=None)
def test_every_party_has_a_place_and_no_two_share_one(network: tuple[int, list[tuple[int, int]]]) -> None:
    n, pairs = network
    places = drawn(Ties(n, [a for a, _ in pairs], [b for _, b in pairs]))
    assert places.shape == (n, 2)
    assert np.isfinite(places).all()
    assert n == 1 or pdist(places).min() > 0.05


@given(networks)
@settings(max_examples=10, deadline=None)
def test_the_same_network_is_drawn_the_same(network: tuple[int, list[tuple[int, int]]]) -> None:
    n, pairs = network
    ties = Ties(n, [a for a, _ in pairs], [b for _, b in pairs], length=2)
    assert drawn(ties).tolist() == drawn(ties).tolist()


def test_nobody_one_and_only_parties_without_ties_are_drawn() -> None:
    assert drawn(Ties(0, [], [])).shape == (0, 2)
    assert drawn(Ties(1, [], [])).tolist() == [[0.0, 0.0]]
    alone = drawn(Ties(40, [], []))
    assert pdist(alone).min() >= 1.0 - 1e-9
    assert np.ptp(alone, axis=0).max() < 12  # in lines below each other, not in one


def test_who_is_few_steps_away_stands_near() -> None:
    """On a grid of streets the distance in the picture follows the steps."""
    ties = of(nx.convert_node_labels_to_integers(nx.grid_2d_graph(8, 8)))
    links = nx.to_scipy_sparse_array(nx.convert_node_labels_to_integers(nx.grid_2d_graph(8, 8)))
    steps = dijkstra(links)[np.triu_indices(64, 1)]
    assert np.corrcoef(pdist(drawn(ties)), steps)[0, 1] > 0.95


def test_the_longest_side_of_a_first_picture_lies() -> None:
    width, height = np.ptp(drawn(of(nx.path_graph(30))), axis=0)
    assert width > 5 * height


def test_the_same_parties_stay_where_they_were() -> None:
    ties = of(nx.karate_club_graph())
    first = drawn(ties)
    last = first
    for day in range(20):
        last = drawn(ties, start=last, seed=day)
    assert np.hypot(*(last - first).T).max() < 0.25 * np.ptp(first, axis=0).max() / 4


def test_a_new_party_moves_nobody_far_and_stands_by_who_it_is_tied_to() -> None:
    club = nx.karate_club_graph()
    first = drawn(of(club))
    club.add_edges_from([(34, 0), (34, 33)])
    second = drawn(of(club), start=np.vstack([first, [np.nan, np.nan]]), seed=1)
    moved = np.hypot(*(second[:34] - first).T)
    size = np.ptp(first, axis=0).max()
    assert np.median(moved) < 0.02 * size
    assert moved.max() < 0.12 * size
    assert np.hypot(*(second[34] - second[[0, 33]].mean(axis=0))) < 0.4 * size


def test_a_party_without_ties_that_is_added_moves_nobody_who_has_ties() -> None:
    club = nx.karate_club_graph()
    first = drawn(of(club))
    club.add_node(34)
    second = drawn(of(club), start=np.vstack([first, [np.nan, np.nan]]), seed=1)
    assert np.hypot(*(second[:34] - first).T).max() < 0.12 * np.ptp(first, axis=0).max()
    assert second[34, 1] > second[:34, 1].max()


def test_groups_that_nothing_connects_do_not_cover_each_other() -> None:
    places = drawn(
        of(nx.disjoint_union_all([nx.cycle_graph(12), nx.cycle_graph(5), nx.cycle_graph(5), nx.empty_graph(3)]))
    )
    groups = [places[:12], places[12:17], places[17:22], *places[22:, None]]
    for number, one in enumerate(groups):
        for other in groups[number + 1 :]:
            apart = np.maximum(one.min(axis=0) - other.max(axis=0), other.min(axis=0) - one.max(axis=0))
            assert apart.max() > 0.5


def test_two_entries_of_one_party_stand_on_one_place() -> None:
    places = drawn(Ties(4, [0, 1], [1, 2], same=[(0, 3)]))
    assert places[0].tolist() == places[3].tolist()


def test_all_push_each_away_as_counted_pair_by_pair() -> None:
    places = np.random.default_rng(0).normal(size=(400, 2))
    apart = places[:, None] - places[None]
    squared = (apart**2).sum(axis=2) + (np.ptp(places, axis=0).max() / (GRID - 1) / 2) ** 2
    exact = (apart / squared[..., None]).sum(axis=1)
    wrong = np.hypot(*(pushed(places) - exact).T) / np.hypot(*exact.T)
    assert np.median(wrong) < 0.02  # who stands within one square of the grid is counted less exactly


@pytest.mark.parametrize("n", [601, 10_000])
def test_a_city_is_drawn_and_stays(n: int) -> None:
    ties = of(nx.barabasi_albert_graph(n, 3, seed=1))
    began = time.process_time()
    first = drawn(ties)
    assert time.process_time() - began < 20
    assert np.isfinite(first).all()
    a, b, _length = ties.graph.pairs()
    rng = np.random.default_rng(0)
    strangers = first[rng.integers(0, n, (2, 5000))]
    assert np.hypot(*(first[a] - first[b]).T).mean() < 0.75 * np.hypot(*(strangers[0] - strangers[1]).T).mean()
    second = drawn(ties, start=first, seed=1)
    assert np.median(np.hypot(*(second - first).T)) < 0.02 * np.ptp(first, axis=0).max()


def test_a_start_of_another_network_is_refused() -> None:
    with pytest.raises(ValueError, match="3 parties"):
        drawn(Ties(3, [], []), start=np.zeros((2, 2)))
