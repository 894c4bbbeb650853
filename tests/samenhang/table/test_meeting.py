import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenhang.table import presence, turns

KINDS = st.dictionaries(st.sampled_from(["bewoner", "gemeente", "corporatie"]), st.integers(0, 9))


def test_turns_stand_beside_seats() -> None:
    found = turns({"gemeente": 6, "bewoner": 2}, {"gemeente": 2, "bewoner": 4, "corporatie": 2})
    assert [(one.kind, one.turns, one.seats) for one in found] == [
        ("bewoner", 2, 4),
        ("corporatie", 0, 2),
        ("gemeente", 6, 2),
    ]
    assert [one.share_of_turns for one in found] == [0.25, 0.0, 0.75]
    assert [one.share_of_seats for one in found] == [0.5, 0.25, 0.25]
    assert [one.per_seat for one in found] == [0.5, 0.0, 3.0]


def test_who_spoke_without_a_seat_is_told_too() -> None:
    guest = turns(["school"], ["bewoner"])[1]
    assert (guest.kind, guest.share_of_turns, guest.per_seat) == ("school", 1.0, None)


def test_a_silent_table_has_no_shares_of_turns() -> None:
    assert turns([], ["bewoner"])[0].share_of_turns is None


def test_a_table_without_seats_and_counts_below_none_are_refused() -> None:
    with pytest.raises(ValueError, match="nobody had a seat"):
        turns(["bewoner"], [])
    with pytest.raises(ValueError, match="-1 turns of 'bewoner' cannot be"):
        turns({"bewoner": -1}, ["bewoner"])


@given(KINDS, KINDS)
def test_shares_add_up_to_one(said: dict[str, int], sat: dict[str, int]) -> None:
    sat = {**sat, "school": 1}
    found = turns(said, sat)
    assert sum(one.share_of_seats for one in found) == pytest.approx(1)
    if any(said.values()):
        assert sum(one.share_of_turns or 0 for one in found) == pytest.approx(1)


def test_one_table_tells_who_was_missing_and_who_decided() -> None:
    found = presence(
        affected={"Ada": "huurder", "Bo": "huurder", "WS": "corporatie"},
        invited={"Bo": "huurder", "WS": "corporatie", "Wmo": "gemeente"},
        present={"WS": "corporatie", "Wmo": "gemeente", "School": "school"},
        spoke={"Wmo": "gemeente"},
        decided={"Wmo": "gemeente", "Raad": "gemeente"},
    )
    assert [(r.kind, r.affected, r.invited, r.present, r.spoke, r.decided) for r in found.rows] == [
        ("corporatie", 1, 1, 1, 0, 0),
        ("gemeente", 0, 1, 1, 1, 2),
        ("huurder", 2, 1, 0, 0, 0),
        ("school", 0, 0, 1, 0, 0),
    ]
    assert found.missing == ("huurder",)
    assert found.not_invited == ("Ada",)
    assert found.stayed_away == ("Bo",)
    assert found.not_affected == ("Raad", "Wmo")
    assert found.decided_absent == ("Raad",)
    assert found.not_asked == ("WS",)


def test_where_nothing_was_decided_nobody_was_passed_over() -> None:
    assert presence({"Ada": "huurder"}, {}, {"Ada": "huurder"}, {}, {}).not_asked == ()


def test_a_party_of_two_kinds_and_words_from_somebody_absent_are_refused() -> None:
    with pytest.raises(ValueError, match="'Ada' is 'huurder' and 'eigenaar'"):
        presence({"Ada": "huurder"}, {"Ada": "eigenaar"}, {}, {}, {})
    with pytest.raises(ValueError, match="'Ada' spoke without having been there"):
        presence({}, {}, {}, {"Ada": "huurder"}, {})


def test_an_empty_table_is_an_empty_answer() -> None:
    assert presence({}, {}, {}, {}, {}).rows == ()
