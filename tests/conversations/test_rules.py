"""What may be shown, and what comes next: rules with many values and no database."""

from hypothesis import given
from hypothesis import strategies as st

from werkplaats.conversations.rules import hidden, may_renew, merged, next_in, plain_lines, same_as, share

COUNTS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 30), max_size=7)


@given(COUNTS, st.integers(1, 12))
def test_no_small_group_is_shown_and_none_can_be_found_by_subtraction(counts: dict[str, int], small: int) -> None:
    out = hidden(counts, small=small)
    shown = {name: count for name, count in counts.items() if name not in out and count}
    assert all(count >= small for count in shown.values())
    rest = sum(counts.values()) - sum(shown.values())
    assert rest == 0 or rest >= small or not shown


@given(COUNTS, st.integers(1, 12))
def test_nothing_is_hidden_where_every_group_is_large_enough(counts: dict[str, int], small: int) -> None:
    if all(count >= small for count in counts.values() if count):
        assert hidden(counts, small=small) == frozenset()


@given(st.lists(st.integers(0, 9), max_size=14), st.integers(1, 8))
def test_a_line_tells_everybody_and_never_a_few(bins: list[int], small: int) -> None:
    told = merged(bins, small=small)
    if sum(bins) >= small:
        assert len(told) == len(bins)
        assert sum(count or 0 for count in told) == sum(bins)
        assert all(count >= small for count in told if count is not None)
    else:
        assert told == ()


@given(
    st.lists(st.tuples(st.integers(1, 9), st.floats(0.01, 1)), max_size=5),
    st.lists(st.integers(1, 9), unique=True),
    st.text(max_size=5),
)
def test_the_next_statement_is_one_that_is_left_and_the_same_when_asked_again(
    queue: list[tuple[int, float]], left: list[int], seed: str
) -> None:
    found = next_in(queue, left, seed=seed)
    assert found == next_in(queue, left[::-1], seed=seed)
    assert (found is None) == (not left)
    if found:
        assert found[0] in left
        assert 0 < found[1] <= 1


def test_without_a_queue_every_statement_comes_first_for_somebody() -> None:
    first = {next_in([], [1, 2, 3, 4], seed=f"p{one}") for one in range(60)}
    assert first == {(number, 0.25) for number in (1, 2, 3, 4)}


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_share_lies_in_its_interval(agreed: int, against: int) -> None:
    rate, low, high = share(agreed, agreed + against)
    assert 0 <= low <= rate <= high <= 1


@given(st.integers(1, 200))
def test_an_interval_narrows_as_more_people_vote(tens: int) -> None:
    few, many = share(tens, 2 * tens), share(10 * tens, 20 * tens)
    assert many[2] - many[1] < few[2] - few[1]


@given(st.integers(1, 30), st.integers(1, 30))
def test_a_figure_is_renewed_only_after_enough_changes(changed: int, small: int) -> None:
    assert may_renew(changed, small=small, is_first=False) == (changed >= small)


@given(st.lists(st.text(alphabet="ab .-\n", max_size=12), max_size=6))
def test_lines_become_statements_without_doubles(lines: list[str]) -> None:
    found = plain_lines("\n".join(lines))
    assert len({same_as(one) for one in found}) == len(found)
    assert all(found)
