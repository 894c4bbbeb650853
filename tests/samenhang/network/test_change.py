from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenhang.change import Difference, Drawn, difference
from samenhang.files import to_json
from samenhang.network import Demands, Reports, Ties, change, fragmentation
from tests.samenhang.network.test_fragmentation import Case, cases
from tests.samenhang.network.test_interval import clubs, drawn


def grown(case: Case, seed: int) -> Case:
    """The same neighbourhood later: a party more, other ties, demands that came, went and weigh otherwise."""
    ties, demands = case
    rng = np.random.default_rng(seed)
    kept = np.flatnonzero(rng.random(len(ties.source)) < 0.7)
    later = Ties(ties.n + 1, ties.source[kept], ties.target[kept], ties.length[kept], ties.same)
    later = later.adding([int(rng.integers(ties.n))], [ties.n])
    rows = np.flatnonzero(rng.random(len(demands)) < 0.7)
    same = demands.some(rows)
    sources, targets = [*same.source.tolist(), 0], [*same.target, (ties.n,)]
    weights = [*(same.weight * rng.choice([0.5, 1.0], len(same))), 1.0]
    return later, Demands(sources, targets, weights, [*same.part, "people"], [*same.unit, "new"], [*same.key, "new"])


@settings(deadline=None, max_examples=60)
@given(cases(), st.integers(0, 2**32 - 1))
def test_the_change_by_ties_and_by_demands_is_the_whole_change(case: Case, seed: int) -> None:
    ties, demands = case
    later, asked = grown(case, seed)
    found = change(ties, demands, later, asked)
    then, now = fragmentation(ties, demands).value, fragmentation(later, asked).value
    assert then is not None
    assert now is not None
    assert found.total == pytest.approx(now - then)
    assert found.by_ties is not None
    assert found.by_demands is not None
    assert found.by_ties + found.by_demands == pytest.approx(found.total)
    assert (found.common + found.added, found.common + found.removed) == (len(asked), len(demands))


@settings(deadline=None, max_examples=30)
@given(cases(), st.integers(0, 2**32 - 1))
def test_backwards_the_same_change_has_the_other_sign(case: Case, seed: int) -> None:
    ties, demands = case
    later, asked = grown(case, seed)
    wider = Ties(later.n, ties.source, ties.target, ties.length, ties.same)
    there, back = change(wider, demands, later, asked), change(later, asked, wider, demands)
    assert there.by_ties == pytest.approx(-(back.by_ties or 0.0))
    assert there.by_demands == pytest.approx(-(back.by_demands or 0.0))


@settings(deadline=None, max_examples=30)
@given(cases(), st.integers(0, 2**32 - 1))
def test_where_only_ties_or_only_demands_changed_only_that_is_named(case: Case, seed: int) -> None:
    ties, demands = case
    later, asked = grown(case, seed)
    wider = Ties(later.n, ties.source, ties.target, ties.length, ties.same)
    assert change(wider, demands, later, demands).by_demands == pytest.approx(0)
    assert change(wider, demands, wider, asked).by_ties == pytest.approx(0)


def test_a_new_tie_and_a_new_demand_stand_apart() -> None:
    then, now = Ties(4, [0], [1], 2), Ties(4, [0], [1], 1)
    # Then: one demand at two steps, F = 50. Now: it is met, and one more is out of reach, F = 50 again.
    found = change(then, Demands([0], [1]), now, Demands([0, 0], [1, 3]))
    assert (found.total, found.by_ties, found.by_demands) == (0, -50, 50)
    assert (found.common, found.added, found.removed) == (1, 1, 0)


def test_a_demand_with_a_key_stays_the_same_when_somebody_else_is_able_to_act() -> None:
    ties = Ties(3, [0], [2])
    then, now = Demands([0], [1], key=["heating"]), Demands([0], [(1, 2)], key=["heating"])
    found = change(ties, then, ties, now)
    assert (found.common, found.total, found.by_ties, found.by_demands) == (1, -100, 0, -100)


def test_the_same_demand_twice_is_counted_twice() -> None:
    ties = Ties(2, [], [])
    found = change(ties, Demands([0, 0], [1, 1], weight=[1, 2]), ties, Demands([0], [1], weight=[2]))
    assert (found.common, found.added, found.removed) == (1, 0, 1)


def test_a_double_that_is_confirmed_since_restates_the_figure_and_is_no_change() -> None:
    then, now = Ties(4, [0, 2], [1, 3]), Ties(4, [0, 2], [1, 3], same=[(1, 2)])
    asked = Demands([0], [3])
    found = change(then, asked, now, asked)
    assert (found.total, found.by_ties, found.by_demands, found.restated) == (0, 0, 0, -50)


def test_without_a_figure_at_one_moment_there_is_no_change_to_speak_of() -> None:
    ties, none = Ties(2, [], []), Demands([], [])
    found = change(ties, none, ties, Demands([0], [1]))
    assert (found.total, found.by_ties, found.by_demands, found.restated, found.added) == (None, None, None, None, 1)
    assert change(ties, none, ties, none).total is None


def test_without_a_common_demand_ties_change_nothing() -> None:
    found = change(Ties(3, [], []), Demands([0], [1]), Ties(3, [0], [2]), Demands([0], [2]))
    assert (found.total, found.by_ties, found.by_demands, found.common) == (-100, 0, -100, 0)


def test_parties_cannot_disappear() -> None:
    with pytest.raises(ValueError, match="3 parties then and 2 now"):
        change(Ties(3, [], []), Demands([], []), Ties(2, [], []), Demands([], []))


def asked_twice(new: int, seed: int, draws: int = 25) -> tuple[float, Difference]:
    """The true change of F, and what is told of it, where each end names a tie with chance .75 at both moments."""
    rng = np.random.default_rng(seed)
    pairs = clubs(rng, 60)
    strange = clubs(rng, 60)
    fresh = strange[~np.isin(strange @ [60, 1], pairs @ [60, 1])][:new]
    later = np.concatenate([pairs, fresh])
    demands = drawn(rng, 60, 40)
    told = []
    for there in (pairs, later):
        mine, theirs = rng.random((2, len(there))) < 0.75
        seen = mine | theirs
        who = np.concatenate([there[mine], there[theirs][:, ::-1]])
        ties = Ties(60, there[seen, 0], there[seen, 1], np.where(mine & theirs, 1, 2)[seen])
        told.append((ties, Reports(who[:, 0], who[:, 1], [True] * 60)))
    (then, first), (now, last) = told
    found = change(then, demands, now, demands, reports=(first, last), rng=rng, draws=draws)
    truth = [fragmentation(Ties(60, there[:, 0], there[:, 1]), demands).value or 0.0 for there in (pairs, later)]
    assert found.drawn is not None
    assert found.total is not None
    return truth[1] - truth[0], difference(Drawn(0.0, found.drawn[0]), Drawn(found.total, found.drawn[1]))


def test_naming_other_ties_than_last_time_is_within_the_noise() -> None:
    found = [asked_twice(0, seed)[1] for seed in range(6)]
    assert all(one.within_noise for one in found)


def test_the_interval_of_a_change_holds_the_true_one_and_many_new_ties_are_seen() -> None:
    found = [asked_twice(120, seed) for seed in range(6)]
    assert sum((one.low or 0) <= truth <= (one.high or 0) for truth, one in found) >= 5
    assert all(not one.within_noise for _, one in found)


def test_without_a_known_recall_nothing_is_drawn_and_chance_is_asked_for() -> None:
    ties, demands = Ties(3, [0], [1], 2), Demands([0], [2])
    once = Reports([0], [1], [True] * 3)
    assert change(ties, demands, ties, demands, reports=(once, once), rng=np.random.default_rng(0)).drawn is None
    with pytest.raises(ValueError, match="give rng"):
        change(ties, demands, ties, demands, reports=(once, once))
    with pytest.raises(ValueError, match="spread 0"):
        change(ties, demands, ties, demands, reports=(once, once), rng=np.random.default_rng(0), spread=0)


def test_a_party_that_came_later_had_not_been_asked() -> None:
    ties, demands = Ties(2, [0], [1]), Demands([0], [1])
    both = Reports([0, 1], [1, 0], [True] * 2)
    later = Reports([0, 1], [1, 0], [True] * 3)
    found = change(
        ties, demands, Ties(3, [0], [1]), demands, reports=(both, later), rng=np.random.default_rng(0), draws=5
    )
    assert found.drawn is not None
    assert found.drawn[0].shape == found.drawn[1].shape == (5, 3)


def test_the_draws_are_no_part_of_what_is_written(tmp_path: Path) -> None:
    ties, demands = Ties(2, [0], [1]), Demands([0], [1])
    both = Reports([0, 1], [1, 0], [True] * 2)
    found = change(ties, demands, ties, demands, reports=(both, both), rng=np.random.default_rng(0), draws=5)
    to_json(found, tmp_path / "change.json")
    assert "drawn" not in (tmp_path / "change.json").read_text(encoding="utf-8")
