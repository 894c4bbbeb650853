import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenhang import knowledge
from samenhang.knowledge.naming import house_number, plain_address, plain_name

NAMES = [
    "Stichting Buurtkeuken De Lange Tafel",
    "De Lange Tafel, buurtkeuken",
    "Kadeschool",
    "Kadeschool Oost",
    "Tweede Adem",
    "Bibliotheek Oeverstad",
    "Speeltuin De Klimboom",
    "Klimboom speeltuinvereniging",
    "De lange tafel",
]
ADDRESSES = ["Weverskade 12", "Weverskade 12, 1031 KD", "Kade 3", "Havenstraat 41", "Weverskade 12", "Weverskade 12"]
ADDRESSES += ["Kade 5", "Kade 5a", ""]


def band(one: int, other: int) -> str | None:
    found = {(pair.a, pair.b): pair.band for pair in knowledge.same_parties(NAMES, ADDRESSES)}
    return found.get((one, other))


def test_two_names_at_one_address_are_suspected_to_be_one_party() -> None:
    assert band(0, 1) == "same"
    assert band(6, 7) == "same"


def test_a_branch_elsewhere_is_at_most_asked() -> None:
    assert band(2, 3) in (None, "ask", "different")


def test_neighbours_in_one_building_are_not_the_same_party() -> None:
    assert band(0, 4) in (None, "different")
    assert band(4, 5) in (None, "different")


def test_without_an_address_a_name_alone_is_asked_and_an_equal_name_is_the_same() -> None:
    assert band(0, 8) == "ask"
    (pair,) = knowledge.same_parties(["Vrouwengroep Noor", "Stichting vrouwengroep Noor"], ["", ""])
    assert (pair.band, pair.score) == ("same", 1.0)


def test_nothing_to_compare_gives_nothing() -> None:
    assert knowledge.same_parties([], []) == ()
    assert knowledge.same_parties(["Noor"], [""]) == ()
    assert knowledge.same_parties(["", ""], ["", ""]) == ()
    with pytest.raises(ValueError, match="1 names and 0 addresses"):
        knowledge.same_parties(["Noor"], [])


def test_names_and_addresses_lose_what_tells_nothing() -> None:
    assert plain_name("Stg. Café 't Hoekje B.V.") == "stg cafe t hoekje b v"
    assert plain_name("De Stichting") == "de stichting"
    assert plain_address("Kade 5a, 1031 KD Oeverstad") == "kade 5 a oeverstad"
    assert house_number("kade") == ""


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(len(NAMES))))
def test_pairs_are_the_same_in_any_order(order: list[int]) -> None:
    straight = {(frozenset((p.a, p.b)), p.score, p.band) for p in knowledge.same_parties(NAMES, ADDRESSES)}
    found = knowledge.same_parties([NAMES[at] for at in order], [ADDRESSES[at] for at in order])
    assert {(frozenset((order[p.a], order[p.b])), p.score, p.band) for p in found} == straight
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    assert all(p.a < p.b for p in found)
