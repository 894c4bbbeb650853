from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from tests import builders
from tests.chains.street import walked
from tests.dependence.row import posted, promised
from werkplaats.chains.actions import end
from werkplaats.dependence.queries import waiting
from werkplaats.dependence.queries.situation import Situation, situation
from werkplaats.neighbourhoods.actions import put_able, put_double, put_tie
from werkplaats.neighbourhoods.models import Party, Tie
from werkplaats.neighbourhoods.rules import NeedKind, TieKind, Verdict
from werkplaats.workshops.actions import switch_on
from werkplaats.workshops.rules import Capability

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 12)


def now(today: date | None = None) -> Situation:
    return situation(builders.workshop(), today=today or timezone.localdate())


def tie(a: Party, b: Party) -> Tie:
    return put_tie(a, party_b=b, kind=TieKind.KNOWS, reported_by=[a, b])


def test_a_party_waits_for_another_with_its_promises_and_the_oldest() -> None:
    town, mothers = builders.party("de gemeente", kind="government"), builders.party("Buurtmoeders")
    at = timezone.now() - timedelta(days=95)
    promised(town, mothers, "Een zaal", at=at, due=timezone.localdate() - timedelta(days=3))
    promised(town, mothers, "Een sleutel", at=timezone.now())
    with override("nl"):
        (line,) = waiting.overview(now()).lines
        assert line.sentence == "Buurtmoeders wacht op de gemeente: 2 beloften, de oudste van 3 maanden geleden."
        assert line.more == ("Van 1 belofte is de datum voorbij.",)


def test_a_need_waits_for_who_is_able_and_both_ways_it_is_told_warmly() -> None:
    a, b, c = (builders.party(name) for name in ("Keuken", "Koor", "Krant"))
    need = posted(a, NeedKind.NEED, "Een piano")
    put_able(need, party=b, confirmed_by=c, confirmed_on=TODAY)
    promised(a, b, "Soep na het zingen", at=timezone.now())
    shown = waiting.overview(now())
    assert len(shown.lines) == 2
    ((one, other),) = shown.mutual
    assert {one.waiter.name, other.waiter.name} == {"Keuken", "Koor"}
    page = waiting.two(now(), a.pk, b.pk)
    assert page.is_mutual
    assert [thing.text for thing in page.gives.running] == ["Soep na het zingen"]
    assert [thing.text for thing in page.gets.able] == ["Een piano"]
    own = waiting.party_page(now(), a.pk)
    assert [one.other.name for one in own.mutual] == ["Koor"]


def test_what_falls_when_an_anchor_stops() -> None:
    """Three parties reach debt help only through the anchor, and it offers four things."""
    theme = builders.theme("Schulden")
    anchor, helper = builders.party("Het Anker"), builders.party("Schuldhulp", kind="professional")
    posted(helper, NeedKind.OFFER, "Hulp bij schulden", theme=theme)
    tie(anchor, helper)
    for number in range(3):
        party = builders.party(f"Groep {number}")
        tie(party, anchor)
        posted(party, NeedKind.NEED, f"Hulp bij brief {number}", theme=theme)
    for number in range(4):
        posted(anchor, NeedKind.OFFER, f"Stoel {number}")
    promised(anchor, helper, "Een kamer", at=timezone.now())
    with override("nl"):
        told = waiting.fall(now(), anchor.pk).sentences
        assert "3 partijen bereiken dan niemand meer over schulden." in told
        assert "4 keer aanbod vervalt." in told
        assert "1 belofte blijft liggen." in told
        assert "3 partijen raken dan los van de rest." in told
        assert waiting.fall(now(), Party.objects.get(name="Groep 0").pk).sentences == ()


def test_an_entry_that_goes_counts_for_the_one_that_stays() -> None:
    town, old, mothers = (builders.party(name) for name in ("Gemeente", "Gemeente oud", "Moeders"))
    promised(old, mothers, "Een zaal", at=timezone.now())
    promised(town, old, "Aan zichzelf", at=timezone.now())
    put_double(town, party_b=old, verdict=Verdict.SAME, stays=town)
    (line,) = waiting.overview(now()).lines
    assert (line.waiter.name, line.on.name, line.promises) == ("Moeders", "Gemeente", 1)


def test_a_faded_tie_reaches_nobody() -> None:
    theme = builders.theme("Zorg")
    a, b = builders.party("A"), builders.party("B")
    posted(a, NeedKind.NEED, "Een arts", theme=theme)
    posted(b, NeedKind.OFFER, "Een arts", theme=theme)
    Tie.objects.filter(pk=tie(a, b).pk).update(last_seen=date(2020, 1, 1))
    assert now().graph[a.pk] == frozenset()


def test_the_situation_is_read_in_a_fixed_number_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    parties = [builders.party(f"Partij {number}") for number in range(12)]
    for number, party in enumerate(parties):
        posted(party, NeedKind.NEED if number % 2 else NeedKind.OFFER, f"Zaal {number}")
        promised(party, parties[number - 1], "Iets", at=timezone.now())
        tie(party, parties[number - 1])
    with django_assert_max_num_queries(11):
        found = now()
        waiting.overview(found)
        waiting.party_page(found, parties[0].pk)
        waiting.two(found, parties[0].pk, parties[1].pk)


def test_who_does_a_step_waits_for_who_does_the_step_before_it_and_the_chain_stops_where_one_stops() -> None:
    _chain, owner, painter = walked()
    with override("nl"):
        shown = waiting.overview(now(TODAY))
        assert {line.sentence for line in shown.lines} == {
            "Schilder doet 1 stap in een keten die na een stap van Woningstichting komt.",
            "Woningstichting doet 1 stap in een keten die na een stap van Schilder komt.",
        }
        page = waiting.party_page(now(TODAY), owner.pk)
        assert page.falls.sentences == (
            "De keten “Een natte muur” stopt dan bij stap 2, “Komen kijken”. De stap erna bereikt dan niemand meer.",
        )
        assert [stop.steps for stop in page.falls.stops] == [((2, "Komen kijken"), (4, "De rekening betalen"))]
    (between,) = page.between
    assert (between.other.name, between.for_us, between.from_us, between.is_mutual) == ("Schilder", 1, 1, True)
    (handed,) = waiting.two(now(TODAY), owner.pk, painter.pk).gives.steps
    assert (handed.number, handed.then, handed.then_name) == (2, 3, "De muur drogen")
    assert owner.name in {party.name for party, _told in shown.falls}


def test_a_chain_that_ended_or_is_switched_off_makes_nobody_wait() -> None:
    row, _owner, _painter = walked()
    assert len(waiting.overview(now(TODAY)).lines) == 2
    switch_on(builders.workshop(), [])
    assert waiting.overview(now(TODAY)).lines == ()
    switch_on(builders.workshop(), [Capability.CHAINS.value])
    end(row, until=TODAY - timedelta(days=1))
    assert waiting.overview(now(TODAY)).lines == ()
    assert waiting.overview(now(TODAY)).falls == ()


def test_steps_stand_beside_promises_and_needs_in_words_of_their_own() -> None:
    _chain, owner, painter = walked()
    promised(owner, painter, "Een sleutel", at=timezone.now())
    with override("nl"):
        line = next(one for one in waiting.overview(now()).lines if one.waiter.name == "Schilder")
        assert line.sentence.startswith("Schilder wacht op Woningstichting: 1 belofte")
        assert line.more == ("Schilder doet 1 stap in een keten die na een stap van Woningstichting komt.",)
        assert line.things == 2
