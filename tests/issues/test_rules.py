import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkplaats.issues.rules import (
    MAY_BECOME,
    State,
    alike_pairs,
    is_worth_showing,
    lies_in,
    likeness,
    may_join,
    named_in,
    proposed_name,
    was_proposed_before,
)

some_hashes = st.frozensets(st.sampled_from("abcdefgh"))


@given(some_hashes, some_hashes)
def test_likeness_does_not_depend_on_who_comes_first(ours: frozenset[str], theirs: frozenset[str]) -> None:
    assert likeness(ours, theirs) == likeness(theirs, ours)
    assert 0 <= likeness(ours, theirs) <= 1


@given(some_hashes)
def test_a_proposal_that_lies_inside_a_refused_one_was_proposed_before(refused: frozenset[str]) -> None:
    part = frozenset(sorted(refused)[:2])
    assert was_proposed_before(part, refused) == bool(part)


def test_a_proposal_that_mostly_holds_new_passages_was_not_proposed_before() -> None:
    assert not was_proposed_before(frozenset("abcdef"), frozenset("ab"))


@pytest.mark.parametrize(
    ("passages", "sources", "themes", "shown"),
    [(4, 2, 2, True), (4, 3, 1, True), (3, 3, 3, False), (4, 1, 3, False), (9, 2, 1, False), (0, 0, 0, False)],
)
def test_only_what_runs_across_drawers_is_worth_showing(passages: int, sources: int, themes: int, shown: bool) -> None:
    assert is_worth_showing(passages=passages, sources=sources, themes=themes) is shown


@pytest.mark.parametrize(
    ("state", "into", "allowed"),
    [
        (State.PROPOSED, State.PROPOSED, True),
        (State.PROPOSED, State.ACCEPTED, True),
        (State.ACCEPTED, State.ACCEPTED, True),
        (State.ACCEPTED, State.PROPOSED, False),
        (State.PROPOSED, State.REFUSED, False),
        (State.REFUSED, State.ACCEPTED, False),
        (State.JOINED, State.ACCEPTED, False),
    ],
)
def test_an_issue_never_goes_up_in_one_that_fewer_people_stand_behind(state: State, into: State, allowed: bool) -> None:
    assert may_join(state, into) is allowed


def test_nothing_comes_back_from_joining_and_nothing_becomes_a_proposal_again() -> None:
    assert MAY_BECOME[State.JOINED] == frozenset()
    assert all(State.PROPOSED not in becoming for becoming in MAY_BECOME.values())


@given(
    st.dictionaries(st.integers(0, 5), some_hashes, max_size=5),
    st.dictionaries(st.integers(10, 15), some_hashes, max_size=5),
)
def test_each_proposal_goes_on_as_one_earlier_one_and_no_two_as_the_same(
    new: dict[int, frozenset[str]], old: dict[int, frozenset[str]]
) -> None:
    pairs = alike_pairs(new, old)
    assert len(set(pairs.values())) == len(pairs)
    assert all(likeness(new[one], old[other]) >= 0.5 for one, other in pairs.items())


def test_the_most_alike_go_on_first() -> None:
    assert alike_pairs({0: frozenset("abc"), 1: frozenset("abcd")}, {7: frozenset("abcd")}) == {1: 7}


def test_a_small_proposal_half_of_which_an_issue_has_lies_in_it() -> None:
    assert lies_in(frozenset("abcd"), frozenset("abxyz"))
    assert not lies_in(frozenset("abcd"), frozenset("axyz"))
    assert not lies_in(frozenset(), frozenset("a"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("De huiswerkklas zoekt een zaal", set()),
        ("Dat zei Noor gisteren", {"Noor"}),
        ("In noord gebeurt het ook", set()),
        ("DE LANGE TAFEL kookt", {"De Lange Tafel"}),
    ],
)
def test_a_party_is_named_only_by_its_whole_name(text: str, found: set[str]) -> None:
    assert named_in(text, ["Noor", "De Lange Tafel", "Zus"]) == found


def test_a_name_is_made_of_the_words_there_are() -> None:
    assert proposed_name(("zaal",), "{}, {} en {}") == "Zaal"
    assert proposed_name((), "{}, {} en {}") == ""
