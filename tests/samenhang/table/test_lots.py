import json
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from samenhang.files import to_json
from samenhang.table import Lots, People, draw, lots
from tests.samenhang.table.pools import Asked, drawn, exact, keeps

SMALL = [(seed, 8 + seed % 5, 3 + seed % 3, 1 + seed % 4, seed % 2) for seed in range(14)]
# Pools in which seats in parts promise more than whole people can give.
SMALL += [(seed, 9 + seed % 5, 3 + seed % 3, 4 + seed % 3, 0) for seed in (14, 16, 18, 23, 24, 37, 39, 44, 52)]
LARGE = [(40 + 20 * seed, 8 + 2 * seed, 3 + seed % 4) for seed in range(5)] + [(2000, 20, 3)]


def lottery(people: People, quotas: Asked, size: int) -> Lots:
    return lots(people, quotas, size, rng=np.random.default_rng(0))


@pytest.mark.parametrize(("seed", "n", "size", "traits", "slack"), SMALL)
def test_on_small_pools_the_chances_are_those_found_by_trying_every_panel(
    seed: int, n: int, size: int, traits: int, slack: int
) -> None:
    people, quotas = drawn(np.random.default_rng(seed), n, size, traits, slack)
    found, best = lottery(people, quotas, size), exact(people, quotas, size)
    assert bool(found.relaxation) == (best is None)
    if best is None:
        quotas = found.eased(quotas)
        found, best = lottery(people, quotas, size), exact(people, quotas, size)
        assert not found.relaxation
    assert best is not None
    assert found.least is not None
    assert found.least >= 0.99 * best[best > 1e-6].min()
    assert found.bound == pytest.approx(best[best > 1e-6].min(), rel=1e-3)
    # Leximin: not only the least chance but all of them, in order.
    assert np.sort(found.chance) == pytest.approx(np.sort(best), abs=2e-3)


@pytest.mark.parametrize(("n", "size", "traits"), LARGE)
def test_on_large_pools_the_least_chance_is_within_a_hundredth_of_what_nobody_can_pass(
    n: int, size: int, traits: int
) -> None:
    people, quotas = drawn(np.random.default_rng(n), n, size, traits)
    found = lottery(people, quotas, size)
    assert found.least is not None
    assert found.bound is not None
    assert 0.99 * found.bound <= found.least <= found.bound * (1 + 1e-4)


def test_where_seats_in_parts_promise_too_much_whole_people_decide() -> None:
    # One seat for each of three wishes, of which the first three people have two each: half of each would fit, whole ones never.
    told = [(1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 1, 1), (0, 0, 0), (0, 0, 0), (1, 0, 0)]
    people = People({name: [one[row] for one in told] for row, name in enumerate("xyz")})
    quotas: Asked = {name: {1: (1, 1)} for name in "xyz"}
    found, best = lottery(people, quotas, 2), exact(people, quotas, 2)
    assert best is not None
    assert found.chance == pytest.approx(best, abs=1e-5)
    assert found.chance == pytest.approx([0, 0, 1 / 3, 2 / 3, 1 / 3, 1 / 3, 1 / 3], abs=1e-5)
    assert found.least == pytest.approx(found.bound)


def test_the_least_chance_is_above_that_of_redrawing_until_the_quotas_hold() -> None:
    people, quotas = drawn(np.random.default_rng(7), 60, 9, 2)
    rng = np.random.default_rng(1)
    kept = np.zeros(people.n)
    tables = 0
    while tables < 2000:
        panel = rng.choice(people.n, 9, replace=False)
        if keeps(people, quotas, tuple(panel.tolist())):
            kept[panel] += 1
            tables += 1
    found = lottery(people, quotas, 9)
    by_kind = np.bincount(found.kind, weights=kept) / np.bincount(found.kind) / tables
    assert found.least is not None
    assert found.least > by_kind.min() + 3 * np.sqrt(by_kind.min() / tables)


@pytest.fixture(scope="module")
def many() -> tuple[Lots, list[tuple[int, ...]]]:
    people, quotas = drawn(np.random.default_rng(11), 80, 8, 3)
    found = lottery(people, quotas, 8)
    rng = np.random.default_rng(2)
    tables = [tuple(draw(found, rng=rng).tolist()) for _ in range(10_000)]
    assert all(keeps(people, quotas, table) for table in set(tables))
    return found, tables


def test_ten_thousand_drawn_panels_give_everybody_the_stated_chance(many: tuple[Lots, list[tuple[int, ...]]]) -> None:
    found, tables = many
    times = np.bincount(np.array(tables).ravel(), minlength=len(found.chance))
    sure = (found.chance < 1e-9) | (found.chance > 1 - 1e-9)
    assert (times[sure] == np.rint(found.chance[sure]) * len(tables)).all()
    spread = np.sqrt(len(tables) * found.chance[~sure] * (1 - found.chance[~sure]))
    z = (times[~sure] - len(tables) * found.chance[~sure]) / spread
    assert np.abs(z).max() < 4.2  # of 80 people passed once in 400 times when all is well


def test_ten_thousand_drawn_panels_come_as_often_as_stated(many: tuple[Lots, list[tuple[int, ...]]]) -> None:
    found, tables = many
    told = {tuple(panel.tolist()): chance for panel, chance in zip(found.panels, found.probability, strict=True)}
    counts = dict.fromkeys(told, 0)
    for table in tables:
        counts[tuple(sorted(found.kind[list(table)].tolist()))] += 1
    expected = len(tables) * np.array([told[panel] for panel in counts])
    seen = np.array(list(counts.values()))
    often = expected >= 5
    parts = (seen - expected)[often] ** 2 / expected[often]
    rest = (seen[~often].sum() - expected[~often].sum()) ** 2 / max(expected[~often].sum(), 1.0)
    assert parts.sum() + rest < chi2.ppf(0.9999, int(often.sum()))


traits = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), min_size=3, max_size=14)
bounds = st.tuples(st.integers(0, 2), st.integers(0, 4)).map(lambda two: (two[0], two[0] + two[1]))
asked = st.fixed_dictionaries(
    {"place": st.dictionaries(st.integers(0, 2), bounds), "kind": st.dictionaries(st.integers(0, 1), bounds)}
)


@settings(max_examples=40, deadline=None)
@given(traits, asked, st.integers(1, 6), st.randoms(use_true_random=False))
def test_quotas_always_hold_chances_add_up_to_the_seats_and_order_changes_nothing(
    told: list[tuple[int, int]], quotas: Asked, size: int, shuffle: Random
) -> None:
    assume(size <= len(told))
    order = list(range(len(told)))
    shuffle.shuffle(order)
    people = People({"place": [one[0] for one in told], "kind": [one[1] for one in told]})
    found = lottery(people, quotas, size)
    again = lottery(
        People({"place": [told[one][0] for one in order], "kind": [told[one][1] for one in order]}), quotas, size
    )
    assert again.chance.tolist() == found.chance[order].tolist()
    assert again.relaxation == found.relaxation
    if found.relaxation:
        assert not len(found.panels)
        quotas = found.eased(quotas)
        found = lottery(people, quotas, size)
    assert not found.relaxation
    assert found.probability.sum() == pytest.approx(1)
    assert found.chance.sum() == pytest.approx(size)
    rng = np.random.default_rng(0)
    for _ in range(5):
        table = tuple(draw(found, rng=rng).tolist())
        assert len(set(table)) == size
        assert keeps(people, quotas, table)


@settings(max_examples=25, deadline=None)
@given(traits, asked, st.integers(1, 5))
def test_the_relaxation_is_the_smallest_there_is(told: list[tuple[int, int]], quotas: Asked, size: int) -> None:
    assume(size <= len(told))
    people = People({"place": [one[0] for one in told], "kind": [one[1] for one in told]})
    found = lottery(people, quotas, size)
    seats = sum(one.low - one.new_low + one.new_high - one.high for one in found.relaxation)
    fewest = min(
        sum(
            max(low - count, count - high, 0)
            for trait, values in quotas.items()
            for value, (low, high) in values.items()
            for count in [sum(people.traits[trait][one] == value for one in panel)]
        )
        for panel in combinations(range(people.n), size)
    )
    assert seats == fewest


def test_one_person_under_two_names_has_one_chance_and_one_seat() -> None:
    twice = People({"kind": ["a", "b", "b", "a"]}, same=[(0, 3)])
    once = lottery(People({"kind": ["a", "b", "b"]}), {}, 2)
    found = lottery(twice, {}, 2)
    assert found.chance[[0, 1, 2]] == pytest.approx(once.chance)
    assert found.chance[3] == found.chance[0]
    assert found.person.tolist() == [0, 1, 2, 0]
    rng = np.random.default_rng(0)
    assert all(3 not in draw(found, rng=rng) for _ in range(50))


def test_two_entries_of_one_person_that_contradict_each_other_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="entries 0 and 2 are one person, but tell 'kind' differently: 'a' and 'b'"):
        People({"kind": ["a", "b", "b"]}, same=[(0, 2)])


def test_what_one_entry_leaves_open_the_other_tells() -> None:
    people = People({"kind": [None, "b", "a"], "age": [float("nan"), 3, 4]}, same=[(0, 2)])
    assert people.values("kind") == ("a", "b")
    assert people.values("age") == (4, 3)


def test_who_tells_nothing_of_a_trait_fills_no_quota_of_it_and_can_be_drawn() -> None:
    found = lottery(People({"kind": ["a", None, None]}), {"kind": {"a": (0, 0)}}, 2)
    assert found.chance.tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    ("people", "quotas", "size", "reason"),
    [
        ({"kind": ["a", "b"]}, {}, 0, "a table of 0 seats is an invitation to nobody"),
        ({"kind": []}, {}, 3, "3 seats, and no people to invite"),
        ({"kind": ["a", "b"]}, {}, 3, "3 seats, and 2 people to invite"),
        ({"kind": ["a", "b"]}, {"age": {1: (0, 1)}}, 1, "nothing is known of 'age'; known are: kind"),
        ({"kind": ["a", "b"]}, {"kind": {"a": (2, 1)}}, 1, "kind 'a' from 2 to 1 seats is no quota"),
        ({"kind": ["a", "b"]}, {"kind": {"a": (-1, 1)}}, 1, "is no quota"),
        ({"kind": ["a", "b"]}, {"kind": {None: (0, 1)}}, 1, "is no quota"),
    ],
)
def test_what_cannot_be_a_lottery_is_refused_with_its_reason(
    people: dict[str, list[str]], quotas: Asked, size: int, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        lottery(People(people), quotas, size)


def test_people_may_be_known_without_traits() -> None:
    assert lottery(People({}, n=4), {}, 1).chance.tolist() == [0.25] * 4


def test_traits_of_unequal_length_and_strange_entries_are_refused() -> None:
    with pytest.raises(ValueError, match="trait 'b' has 1 values for 2 entries"):
        People({"a": [1, 2], "b": [1]})
    with pytest.raises(ValueError, match=r"entries \(0, 2\) are said to be one person; entries go from 0 to 1"):
        People({"a": [1, 1]}, same=[(0, 2)])


def test_a_kind_that_nobody_is_asks_for_its_quota_to_give_way() -> None:
    found = lottery(People({"kind": ["a", "a"]}), {"kind": {"b": (1, 1)}}, 1)
    assert [(one.value, one.new_low, one.new_high) for one in found.relaxation] == [("b", 0, 1)]
    assert found.least is None
    with pytest.raises(ValueError, match="no table keeps these quotas"):
        draw(found, rng=np.random.default_rng(0))


def test_a_lottery_can_be_written_down_for_everybody_to_check(tmp_path: Path) -> None:
    people = People({"kind": ["a", "a", "b"]})
    to_json(lottery(people, {"kind": {"a": (1, 1)}}, 2), tmp_path / "lots.json")
    to_json(lottery(people, {"kind": {"b": (2, 2)}}, 2), tmp_path / "none.json")
    told = json.loads((tmp_path / "lots.json").read_text(encoding="utf-8"))
    assert told["chance"] == pytest.approx([0.5, 0.5, 1])
    assert told["panels"] == [sorted({told["kind"][0], told["kind"][2]})]
    assert json.loads((tmp_path / "none.json").read_text(encoding="utf-8"))["relaxation"][0]["new_low"] == 1
