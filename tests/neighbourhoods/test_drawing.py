"""What is drawn of the network: who may see it, what stands in it, and where it stays."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import builders
from werkplaats.accounts.actions import put_person
from werkplaats.accounts.models import Role
from werkplaats.accounts.rules import RoleName, Who
from werkplaats.issues.models import Issue, IssueParty
from werkplaats.kit.claims import work_some
from werkplaats.neighbourhoods import actions, queries
from werkplaats.neighbourhoods.actions.ties import report
from werkplaats.neighbourhoods.models import Membership, Network, Party, Position, Tie
from werkplaats.neighbourhoods.queries import drawing
from werkplaats.neighbourhoods.records.drawing import Drawing
from werkplaats.neighbourhoods.rules import TieKind, Verdict
from werkplaats.neighbourhoods.sweeps import POSITIONS

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 12)


def tie(a: Party, b: Party, *by: Party, kind: TieKind = TieKind.WORKS_TOGETHER, seen: date = TODAY) -> Tie:
    return actions.put_tie(a, party_b=b, kind=kind, reported_by=list(by or (a, b)), last_seen=seen)


def drawn(today: date = TODAY) -> Drawing:
    return drawing.whole(builders.workshop(), today=today)


def circle_of(party: Party) -> Drawing:
    record = queries.party(workshop=party.workshop, key=party.key)
    assert record is not None
    return drawing.circle(party.workshop, record, today=TODAY)


def pairs(found: Drawing) -> list[tuple[str, str, bool]]:
    return [(link.a.name, link.b.name, link.is_full) for link in found.links]


def swept() -> dict[int, tuple[float, float]]:
    actions.touch(builders.workshop(), at=timezone.now())
    assert work_some(POSITIONS) == 1
    return drawing.positions(builders.workshop())


def test_a_tie_is_whole_when_both_ends_say_so_and_half_when_one_does() -> None:
    a, b, c = (builders.party(name) for name in "ABC")
    tie(a, b)
    tie(b, c, c)
    assert pairs(drawn()) == [("A", "B", True), ("B", "C", False)]
    assert (drawn().full, drawn().half) == (1, 1)


def test_two_ties_of_one_pair_are_one_line_and_two_halves_of_different_kinds_are_no_whole() -> None:
    a, b = builders.party("A"), builders.party("B")
    tie(a, b, a, kind=TieKind.KNOWS)
    tie(a, b, b, kind=TieKind.FUNDS)
    assert pairs(drawn()) == [("A", "B", False)]
    assert drawn().links[0].kinds == ("funds", "knows")


def test_a_tie_that_faded_is_left_out_and_counted() -> None:
    a, b = builders.party("A"), builders.party("B")
    tie(a, b, seen=TODAY - timedelta(days=800))
    assert pairs(drawn()) == []
    assert drawn().faded == 1
    assert circle_of(a).faded == 1
    assert [spot.name for spot in circle_of(a).spots] == ["A"]


def test_what_an_entry_of_a_double_reported_its_party_reported() -> None:
    stays, goes, other = builders.party("De Lange Tafel"), builders.party("Buurtkeuken"), builders.party("Kadeschool")
    tie(other, goes, goes)
    tie(stays, other, other)
    tie(stays, goes)
    actions.put_double(stays, party_b=goes, verdict=Verdict.SAME, stays=stays)
    assert pairs(drawn()) == [("De Lange Tafel", "Kadeschool", True)]
    assert [spot.name for spot in drawn().spots] == ["De Lange Tafel", "Kadeschool"]
    assert pairs(circle_of(stays)) == [("De Lange Tafel", "Kadeschool", True)]


def test_a_circle_has_who_is_one_step_away_and_what_lies_between_them() -> None:
    a, b, c, d = (builders.party(name) for name in "ABCD")
    for one, other in ((a, b), (a, c), (b, c), (c, d)):
        tie(one, other)
    found = circle_of(a)
    assert [spot.name for spot in found.spots] == ["A", "B", "C"]
    assert [(link.a.name, link.b.name) for link in found.others] == [("B", "C")]
    assert found.middle is not None
    assert found.middle.name == "A"


def test_some_parties_are_drawn_with_only_what_lies_between_them() -> None:
    a, b, c = (builders.party(name) for name in "ABC")
    tie(a, b)
    tie(b, c)
    assert pairs(drawing.among(builders.workshop(), [a.pk, b.pk], today=TODAY)) == [("A", "B", True)]


def test_another_workshop_is_not_drawn() -> None:
    there = builders.workshop("noord")
    tie(builders.party("X", of=there), builders.party("Y", of=there))
    assert drawn().spots == ()


def test_a_drawing_costs_the_same_number_of_queries_however_large(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    made = [builders.party(f"Partij {number}") for number in range(12)]
    for number in range(11):
        tie(made[number], made[number + 1])
    workshop = builders.workshop()
    with django_assert_max_num_queries(5):
        assert len(drawing.whole(workshop, today=TODAY).links) == 11
    record = queries.party(workshop=workshop, key="partij-3")
    assert record is not None
    with django_assert_max_num_queries(6):
        drawing.circle(workshop, record, today=TODAY)


def test_what_changed_is_drawn_at_once_and_what_is_long_past_no_more() -> None:
    a, b = builders.party("A"), builders.party("B")
    assert pairs(drawn()) == []
    report(a, other=b, kind=TieKind.KNOWS, at=timezone.now(), today=TODAY)
    assert pairs(drawn()) == [("A", "B", False)]
    assert drawn(TODAY + timedelta(days=1000)).faded == 1


def test_a_sweep_gives_every_party_that_stays_a_place_of_its_own() -> None:
    made = [builders.party(f"Partij {number}") for number in range(6)]
    tie(made[0], made[1], seen=timezone.localdate())
    actions.put_double(made[4], party_b=made[5], verdict=Verdict.SAME, stays=made[4])
    places = swept()
    assert set(places) == {party.pk for party in made[:5]}
    assert len(set(places.values())) == 5
    assert list(POSITIONS.find(5)) == []


def test_a_new_party_moves_nobody_who_was_there_far() -> None:
    made = [builders.party(f"Partij {number}") for number in range(8)]
    for number in range(8):
        tie(made[number], made[(number + 1) % 8], seen=timezone.localdate())
    before = swept()
    new = builders.party("Nieuw")
    tie(new, made[0], seen=timezone.localdate())
    after = swept()
    assert new.pk in after
    moved = [abs(after[pk][0] - x) + abs(after[pk][1] - y) for pk, (x, y) in before.items()]
    assert max(moved) < 0.6  # the ring is about 2.5 wide


def test_the_picture_is_made_again_when_a_day_has_passed_because_ties_fade() -> None:
    builders.party()
    swept()
    yesterday = timezone.localdate() - timedelta(days=1)
    Network.objects.update(placed_on=yesterday)
    assert work_some(POSITIONS) == 1
    assert Network.objects.get().placed_on == timezone.localdate()


def test_a_party_that_became_a_double_leaves_the_picture() -> None:
    a, b = builders.party("A"), builders.party("B")
    swept()
    actions.put_double(a, party_b=b, verdict=Verdict.SAME, stays=a)
    swept()
    assert list(Position.objects.values_list("party__name", flat=True)) == ["A"]


# --- the pages


def signed_in(role: RoleName, *, of: Party | None = None) -> Client:
    client, account = Client(), builders.account(role)
    client.force_login(account)
    if of:
        person = put_person(of.workshop, key="noor", name="Noor Bakker")
        person.account = account
        person.save()
        Membership.objects.create(person=person, party=of, role="kok")
    return client


def neighbours() -> tuple[Party, Party]:
    table, school = builders.party("De Lange Tafel"), builders.party("Kadeschool", kind="professional")
    tie(table, school, seen=timezone.localdate())
    swept()
    return table, school


ADDRESS = "/kanaalkwartier/netwerk/"


def test_a_member_sees_the_own_circle_first_and_then_the_whole() -> None:
    table, _school = neighbours()
    page = signed_in(RoleName.PARTY, of=table).get(ADDRESS).content.decode()
    own, whole = page.index("De kring van De Lange Tafel"), page.index("Het geheel: 2 partijen")
    assert own < whole
    assert 'class="samen-party__own"' in page[whole:]


def test_who_speaks_for_no_party_sees_the_whole() -> None:
    neighbours()
    page = signed_in(RoleName.COORDINATOR).get(ADDRESS).content.decode()
    assert "De kring van" not in page
    assert "Het geheel: 2 partijen" in page


def test_an_empty_neighbourhood_says_where_to_begin() -> None:
    page = signed_in(RoleName.COORDINATOR).get(ADDRESS).content.decode()
    assert "Er staan nog geen partijen" in page


def test_the_network_can_be_taken_along_as_a_file() -> None:
    neighbours()
    table = signed_in(RoleName.PARTY).get(reverse("neighbourhoods:network_csv", args=["kanaalkwartier"]))
    assert "de-lange-tafel,kadeschool,works_together,1," in table.content.decode("utf-8-sig")


@pytest.mark.parametrize("name", ["network", "network_csv"])
def test_residents_and_anyone_see_no_ties(name: str, client: Client) -> None:
    neighbours()
    address = reverse(f"neighbourhoods:{name}", args=["kanaalkwartier"])
    assert client.get(address).status_code == 302
    assert signed_in(RoleName.RESIDENT).get(address).status_code == 403


def test_a_party_of_another_workshop_sees_no_ties_here() -> None:
    neighbours()
    account = builders.account(RoleName.PARTY, of=builders.workshop("noord"))
    assert Role.objects.filter(account=account).count() == 1
    client = Client()
    client.force_login(account)
    assert client.get(ADDRESS).status_code == 403


def test_the_page_of_a_party_shows_its_circle_to_parties_only(client: Client) -> None:
    neighbours()
    address = "/kanaalkwartier/partijen/de-lange-tafel/"
    assert "samen-circle" in signed_in(RoleName.PARTY).get(address).content.decode()
    assert "samen-circle" not in client.get(address).content.decode()


def test_the_page_of_an_issue_shows_who_of_its_parties_works_together_to_parties_only(client: Client) -> None:
    workshop = builders.workshop()
    issue = Issue.objects.create(workshop=workshop, key="zaal", name="Zaal", sort_name="zaal", state="accepted")
    for party in neighbours():
        IssueParty.objects.create(issue=issue, party=party)
    address = "/kanaalkwartier/vraagstukken/zaal/"
    page = signed_in(RoleName.PARTY).get(address).content.decode()
    assert "Wie van hen werkt al samen" in page
    assert page.count('<path class="samen-tie" d="M') == 2 + 1  # for a wide screen, for a phone, and in the key
    assert "samen-circle" not in client.get(address).content.decode()


def test_nobody_is_somebodys_own_without_an_account() -> None:
    assert drawing.own_parties(builders.workshop(), Who()) == ()
