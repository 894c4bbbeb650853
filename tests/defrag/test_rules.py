import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenhang import network
from werkplaats.defrag.analysis import route
from werkplaats.defrag.rules import shade


@pytest.mark.parametrize(
    ("phi", "step"), [(1.0, 0), (0.5, 1), (1 / 3, 2), (0.25, 3), (0.0, 4), (0.13, 3), (0.12, 4), (0.8, 0)]
)
def test_a_block_takes_the_nearest_shade(phi: float, step: int) -> None:
    assert shade(phi) == step


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_better_connection_is_never_lighter(one: float, other: float) -> None:
    assert shade(max(one, other)) <= shade(min(one, other))


def test_the_way_between_two_parties_is_the_shortest_in_length() -> None:
    """A tie that one side reported is as long as two."""
    ties = network.Ties(4, [0, 0, 1, 2], [3, 1, 2, 3], [2, 1, 1, 1])
    assert route(ties, 0, 3) == ()


def test_a_way_of_more_than_four_steps_is_no_way() -> None:
    ties = network.Ties(6, [0, 1, 2, 3, 4], [1, 2, 3, 4, 5])
    assert route(ties, 0, 4) == (1, 2, 3)
    assert route(ties, 0, 5) is None
