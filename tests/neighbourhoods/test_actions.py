from datetime import UTC, date, datetime

import pytest

from tests import builders
from werkplaats.kit.claims import work_some
from werkplaats.neighbourhoods import actions, queries, refusals
from werkplaats.neighbourhoods.actions.needs import put_need
from werkplaats.neighbourhoods.analysis import Suspicion
from werkplaats.neighbourhoods.models import Double, Network, Party, Tie
from werkplaats.neighbourhoods.queries.between import ties
from werkplaats.neighbourhoods.rules import NeedKind, PartyKind, TieKind, Verdict
from werkplaats.neighbourhoods.sweeps import DOUBLES
from werkplaats.search.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
TODAY = date(2026, 5, 12)


def decide(double: Double, verdict: Verdict, stays: Party | None = None) -> Double:
    return actions.decide_double(double, verdict=verdict, stays=stays, at=NOW, today=TODAY)


def test_putting_a_party_twice_changes_nothing_and_it_can_be_found() -> None:
    workshop = builders.workshop()
    for _ in range(2):
        actions.put_party(
            workshop, key="tafel", name="De Lange Tafel", kind=PartyKind.INITIATIVE, description="Kookt.", at=NOW
        )
    assert Party.objects.count() == 1
    assert Entry.objects.get(kind="party").title == "De Lange Tafel"


def test_a_tie_is_one_row_whatever_the_order_of_its_ends() -> None:
    a, b = builders.party("A"), builders.party("B")
    actions.put_tie(a, party_b=b, kind=TieKind.KNOWS, reported_by=[b])
    tie = actions.put_tie(b, party_b=a, kind=TieKind.KNOWS, reported_by=[b])
    assert Tie.objects.count() == 1
    assert (tie.party_a, tie.reported_by_a, tie.reported_by_b) == (a, False, True)


def test_only_an_end_of_a_tie_can_report_it() -> None:
    a, b, c = (builders.party(name) for name in "ABC")
    with pytest.raises(refusals.NotOneOfTheTwo):
        actions.put_tie(a, party_b=b, kind=TieKind.KNOWS, reported_by=[c])
    with pytest.raises(refusals.SameParty):
        actions.put_tie(a, party_b=a, kind=TieKind.KNOWS, reported_by=[a])


def test_what_was_said_of_a_double_counts_for_the_party_that_stays_and_once() -> None:
    a, alias, b = builders.party("Lange Tafel"), builders.party("Tafel"), builders.party("Wijkteam")
    actions.put_tie(a, party_b=b, kind=TieKind.KNOWS, reported_by=[a])
    actions.put_tie(alias, party_b=b, kind=TieKind.KNOWS, reported_by=[b])
    actions.put_double(a, party_b=alias, verdict=Verdict.SAME, stays=a)
    (tie,) = ties(workshop=builders.workshop(), today=TODAY)
    assert tie.is_confirmed
    assert tie.reported_by == ("Lange Tafel", "Wijkteam")
    found = queries.party(workshop=builders.workshop(), key="tafel")
    assert found is not None
    assert (found.key, found.other_names) == ("lange-tafel", ("Tafel",))


def test_a_tie_between_two_entries_of_one_party_is_no_tie() -> None:
    a, b = builders.party("A"), builders.party("B")
    actions.put_tie(a, party_b=b, kind=TieKind.KNOWS, reported_by=[a, b])
    actions.put_double(a, party_b=b, verdict=Verdict.SAME)
    assert ties(workshop=builders.workshop(), today=TODAY) == ()


def test_a_chain_of_doubles_counts_as_one_party_and_each_link_can_be_taken_back() -> None:
    a, b, c = (builders.party(name) for name in "ABC")
    first = actions.put_double(a, party_b=b, verdict=Verdict.SAME, stays=b, decided_on=TODAY)
    second = actions.put_double(b, party_b=c, verdict=Verdict.SAME, stays=c, decided_on=TODAY)
    assert [line.key for line in queries.parties(workshop=builders.workshop())] == ["c"]
    decide(second, Verdict.SUSPECTED)
    a.refresh_from_db()
    assert a.canonical == b
    decide(first, Verdict.SUSPECTED)
    assert len(queries.parties(workshop=builders.workshop())) == 3


def test_two_people_who_decide_otherwise_at_once_hear_of_each_other() -> None:
    double = actions.put_double(builders.party("A"), party_b=builders.party("B"), verdict=Verdict.SUSPECTED)
    decide(double, Verdict.DIFFERENT)
    decide(double, Verdict.DIFFERENT)  # a double click
    with pytest.raises(refusals.AlreadyDecided):
        decide(double, Verdict.SAME)


def test_a_refused_double_is_never_proposed_again() -> None:
    workshop = builders.workshop()
    builders.party("Woningstichting Kanaalzicht")
    builders.party("Woonstichting Kanaalzicht")
    actions.touch(workshop, at=NOW)
    assert work_some(DOUBLES) == 1
    decide(Double.objects.get(), Verdict.DIFFERENT)
    actions.touch(workshop, at=datetime(2026, 5, 13, tzinfo=UTC))
    assert work_some(DOUBLES) == 1
    assert Double.objects.get().verdict == Verdict.DIFFERENT
    assert work_some(DOUBLES) == 0  # nothing changed since


def test_however_sure_the_machine_is_it_only_suspects() -> None:
    builders.party("De Lange Tafel")
    actions.suspect(
        builders.workshop(),
        suspicions=[Suspicion(Party.objects.get().pk, builders.party("De Lange Tafel 2").pk, 1.0)],
        up_to=NOW,
    )
    assert Double.objects.get().verdict == Verdict.SUSPECTED
    assert not Party.objects.filter(canonical__isnull=False).exists()


def test_a_suspicion_without_ground_goes_and_what_a_human_wrote_stays() -> None:
    workshop = builders.workshop()
    a, b, c = (builders.party(name) for name in "ABC")
    Network.objects.create(workshop=workshop, changed_at=NOW)
    actions.suspect(workshop, suspicions=[Suspicion(a.pk, b.pk, 0.8)], up_to=NOW)
    actions.put_double(a, party_b=c, verdict=Verdict.SUSPECTED)
    actions.suspect(workshop, suspicions=[], up_to=NOW)
    assert [double.party_b for double in Double.objects.all()] == [c]


def test_a_need_is_found_and_shows_who_is_able() -> None:
    a, b, c = (builders.party(name) for name in "ABC")
    need = put_need(a, key="zaal", kind=NeedKind.NEED, text="Een zaal voor veertig eters.", at=NOW)
    actions.put_able(need, party=b, confirmed_by=c, confirmed_on=TODAY)
    (line,) = queries.needs(workshop=builders.workshop())
    assert [party.name for party in line.able] == ["B"]
    assert Entry.objects.get(kind="need").url.endswith("/vragen-en-aanbod/zaal/")
    with pytest.raises(refusals.SameParty):
        actions.put_able(need, party=b, confirmed_by=b, confirmed_on=TODAY)
