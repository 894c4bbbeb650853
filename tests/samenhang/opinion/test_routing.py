"""Which statement comes next, and where somebody stands who came later."""

import numpy as np
import pytest

from samenhang.opinion import Next, OpinionMap, Votes, next_statement, next_statements, opinion_map, project
from tests.samenhang.opinion.camps import planted


@pytest.fixture(scope="module")
def found() -> OpinionMap:
    votes, _camp = planted((40, 40), shared=6, divided=14)
    return opinion_map(votes, rng=np.random.default_rng(0))


def shown(found: OpinionMap, participant: int, **given: object) -> list[tuple[int, float]]:
    drawn = [next_statement(found, participant, rng=np.random.default_rng(seed), **given) for seed in range(200)]  # type: ignore[arg-type]
    return [(one.statement, one.propensity) for one in drawn if one is not None]


def test_what_divides_is_shown_first_to_who_is_new(found: OpinionMap) -> None:
    drawn = [statement for statement, _chance in shown(found, 9999)]
    most = max(set(drawn), key=drawn.count)
    assert most >= 6  # the first six are shared and tell nothing about where somebody stands
    assert 0.7 < drawn.count(most) / len(drawn) < 0.95


def test_the_propensity_is_the_chance_with_which_a_statement_is_shown(found: OpinionMap) -> None:
    drawn = shown(found, 9999)
    told = dict(drawn)
    for statement, chance in told.items():
        assert abs([one for one, _ in drawn].count(statement) / len(drawn) - chance) < 0.1
    assert all(0 < chance <= 1 for chance in told.values())


def test_nobody_is_shown_what_they_voted_on(found: OpinionMap) -> None:
    who = int(found.participants[0])
    own = set(found.votes.statements[found.votes.column[found.votes.row == 0]].tolist())
    assert not own & {statement for statement, _ in shown(found, who)}
    assert next_statement(found, who, rng=np.random.default_rng(0), voted=found.statements) is None


@pytest.mark.parametrize("voted", [(), (0, 2, 19, 777)])
@pytest.mark.parametrize("among", [None, (19, 3, 3, 777, 5, 1, 0, 888), ()])
@pytest.mark.parametrize("participant", [0, 17, 9999])
def test_what_is_chosen_for_a_while_is_what_would_be_chosen_one_after_the_other(
    found: OpinionMap, participant: int, among: tuple[int, ...] | None, voted: tuple[int, ...]
) -> None:
    rng, one_by_one = np.random.default_rng(3), list[Next]()
    while len(one_by_one) < 30:
        done = [*voted, *(one.statement for one in one_by_one)]
        following = next_statement(found, participant, rng=rng, among=among, voted=done)
        if following is None:
            break
        one_by_one.append(following)
    at_once = next_statements(found, participant, 30, rng=np.random.default_rng(3), among=among, voted=voted)
    assert at_once == one_by_one


def test_a_statement_without_votes_gets_its_share(found: OpinionMap) -> None:
    drawn = shown(found, 9999, among=[*found.statements.tolist(), 777])
    assert dict(drawn)[777] == pytest.approx(0.2)
    assert 0.1 < [one for one, _ in drawn].count(777) / len(drawn) < 0.3


def test_what_is_known_of_statements_stays_when_somebody_comes_later(found: OpinionMap) -> None:
    alone = project(found, Votes([500], found.statements[:1], [1]))
    assert alone.number.tolist() == found.number.tolist()
    assert alone.answered.tolist() == found.answered.tolist()
    drawn = shown(alone, 500, among=[*found.statements.tolist(), 777])
    assert dict(drawn)[777] == pytest.approx(0.2)  # the only one that is new


def test_who_comes_later_stands_where_they_would_have_stood(found: OpinionMap) -> None:
    votes = found.votes
    same = project(found, votes)
    assert (same.group == found.group).mean() > 0.99
    row = int(np.flatnonzero(found.group == 0)[0])
    mine = votes.row == row
    values = [500] * int(mine.sum()), votes.statements[votes.column[mine]], votes.value[mine]
    alone = project(found, Votes(*values))
    assert alone.participants.tolist() == [500]
    assert np.allclose(alone.position[0], found.position[row], atol=0.02)
    assert alone.probability([500], found.statements[:1]).shape == (1,)


def test_votes_on_what_the_map_does_not_know_place_nobody(found: OpinionMap) -> None:
    alone = project(found, Votes([500, 500], [9001, 9002], [1, -1]))
    assert (alone.group == -1).all()
    assert (alone.position_sd[0] > found.position_sd.mean(axis=0)).all()
