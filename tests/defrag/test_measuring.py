from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import builders
from tests.defrag.street import about, crowd, issue, measured, needing, related, street, tied
from werkplaats.defrag import actions, queries, refusals
from werkplaats.defrag.models import Bench, Demand, Measurement, Move
from werkplaats.defrag.records import Connections
from werkplaats.defrag.rules import ENOUGH_DEMANDS, MoveState
from werkplaats.defrag.sweeps import MEASURE
from werkplaats.kit.claims import work_some
from werkplaats.neighbourhoods import actions as neighbourhoods
from werkplaats.neighbourhoods.actions.ties import no_longer
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.neighbourhoods.rules import TieKind, Verdict

pytestmark = pytest.mark.django_db


def connections() -> Connections:
    return queries.connections(builders.workshop(), today=timezone.localdate())


def test_a_need_three_steps_away_is_a_block_with_two_between() -> None:
    street()
    found = measured()
    assert found.value == pytest.approx(100 * (1 - 1 / 3))
    assert [demand.key for demand in Demand.objects.all()] == ["people:hulp:keuken"]
    assert connections().counts == (0, 0, 1, 0, 0)


def test_the_introduction_that_helps_most_is_the_direct_one_and_says_why() -> None:
    street()
    measured()
    (move, *_rest) = connections().moves
    assert move.heading == "Laat Keuken en Wijkteam kennismaken"
    assert move.why == ("Keuken vraagt: “Iemand die mee kan denken.” Wijkteam kan daar iets mee.",)
    assert move.route == "Nu loopt de weg tussen hen via 2 anderen: Kerk, dan Bibliotheek."
    assert move.effect == "1 verbinding wordt korter."
    assert (move.before, move.after) == ((2,), (0,))
    assert [words.split(" Zal")[0].split(" Willen")[0] for _party, words in move.letter_to] == [
        "Hoi [naam], ik heb een vraag. Jullie vragen: “Iemand die mee kan denken.” Wijkteam kan daar misschien iets mee.",
        "Hoi [naam], ik heb een vraag. Keuken vraagt: “Iemand die mee kan denken.” Jullie kunnen daar misschien iets mee.",
    ]


def test_what_nobody_can_act_on_does_not_arrive_and_says_so() -> None:
    needing(builders.party("Keuken"))
    assert measured().value == 100.0
    (one,) = queries.concerning(builders.workshop(), "keuken")
    assert one.targets == ()
    assert one.shade == 4


def test_each_rule_makes_its_own_demands() -> None:
    a, b, c = (builders.party(name) for name in "ABC")
    made = issue("Schimmel", a, b)
    issue("Voorstel", a, c, state="proposed")
    pair = related("Wonen", "Zorg")
    a.themes.add(pair.theme_a)
    c.themes.add(pair.theme_b)
    needing(a, b)
    about(made, "hulp")
    measured()
    keys = {demand.key for demand in Demand.objects.all()}
    assert keys == {"people:hulp:a", "networks:schimmel:a:b", "themes:wonen+zorg:a"}
    assert [group.name for group in connections().groups] == ["Schimmel", "Wonen – Zorg"]


def test_entries_of_one_party_are_measured_as_one() -> None:
    kitchen, team = builders.party("Keuken"), builders.party("Wijkteam")
    alias = builders.party("Buurtkeuken")
    tied(alias, team)
    needing(kitchen, team)
    assert measured().value == 100.0
    neighbourhoods.put_double(kitchen, party_b=alias, verdict=Verdict.SAME, stays=kitchen)
    neighbourhoods.touch(builders.workshop(), at=timezone.now())
    work_some(MEASURE)
    assert Measurement.objects.get().value == 0.0


def test_nothing_is_measured_twice_until_something_changes_or_the_day_does() -> None:
    street()
    measured()
    assert work_some(MEASURE) == 0
    Bench.objects.update(measured_on=timezone.localdate() - timedelta(days=1))
    assert work_some(MEASURE) == 1
    assert Measurement.objects.count() == 1  # a later one of the same day takes the place of the earlier


def test_a_demand_that_no_longer_follows_ends_and_may_begin_again() -> None:
    street()
    measured()
    first = Demand.objects.get()
    for ended_on, ended in ((timezone.localdate(), True), (None, False)):
        Need.objects.update(ended_on=ended_on, ending="met" if ended_on else "")
        neighbourhoods.touch(builders.workshop(), at=timezone.now())
        work_some(MEASURE)
        row = Demand.objects.get()
        assert (row.pk, row.ended_on is not None) == (first.pk, ended)
    assert row.targets.get().name == "Wijkteam"


def test_a_refused_move_does_not_come_back_until_it_is_taken_back() -> None:
    street()
    measured()
    move = Move.objects.get(key="introduction:keuken:wijkteam")
    for _ in range(2):  # a double click
        actions.refuse_move(move, by=builders.account(), at=timezone.now(), reason="Oud zeer.")
    assert queries.is_stale(builders.workshop(), today=timezone.localdate())
    work_some(MEASURE)
    found = connections()
    assert [line.reason for line in found.refused] == ["Oud zeer."]
    assert "Laat Keuken en Wijkteam kennismaken" not in [line.heading for line in found.moves]
    actions.take_back_refusal(move, at=timezone.now())
    work_some(MEASURE)
    move.refresh_from_db()
    assert (move.state, move.reason) == (MoveState.PROPOSED, "")


def test_a_move_that_is_no_longer_among_the_best_cannot_be_refused() -> None:
    row = street()
    measured()
    tied(row[0], row[3])
    neighbourhoods.touch(builders.workshop(), at=timezone.now())
    work_some(MEASURE)
    move = Move.objects.get(key="introduction:keuken:wijkteam")
    assert move.state == MoveState.OVERTAKEN
    with pytest.raises(refusals.Overtaken):
        actions.refuse_move(move, by=None, at=timezone.now())
    assert queries.move(builders.workshop(), move.pk, today=timezone.localdate()) is None


def test_nobody_is_introduced_more_often_than_they_want() -> None:
    crowd(6)
    Party.objects.filter(name="Team").update(introductions_per_month=3)
    measured()
    asked = [load for move in connections().moves for load in move.loads if load.party == "Team"]
    assert 0 < len(asked) <= 3
    assert all(load.moves <= load.most for load in asked)


@pytest.mark.parametrize("closed", [{"open_to_introductions": False}, {"introductions_per_month": 0}])
def test_who_wants_no_introductions_is_in_no_move(closed: dict[str, object]) -> None:
    street()
    Party.objects.filter(name="Wijkteam").update(**closed)
    measured()
    assert not Move.objects.filter(party_b__name="Wijkteam", kind="introduction").exists()


def test_who_is_kept_apart_is_never_proposed_to_each_other() -> None:
    row = street()
    neighbourhoods.keep_apart(row[3], party_b=row[0])
    measured()
    assert not Move.objects.filter(party_a=row[0], party_b=row[3]).exists()


def test_the_figure_is_shown_from_enough_connections_on_and_moves_always() -> None:
    crowd(ENOUGH_DEMANDS - 1)
    measured()
    few = connections()
    assert few.value is None
    assert few.value_after is None
    assert all(part.value is None for part in few.parts)
    assert few.moves
    needing(builders.party("Nog een"), Party.objects.get(name="Team"), key="nog-een")
    neighbourhoods.touch(builders.workshop(), at=timezone.now())
    work_some(MEASURE)
    assert connections().value == pytest.approx(100.0)


def test_the_groups_of_the_map_add_up_to_the_figure() -> None:
    crowd(ENOUGH_DEMANDS)
    about(issue("Schimmel", builders.party("Huurders"), builders.party("Bewoners")), "vraag-01", "vraag-02")
    value = measured().value
    rows = queries.demands(Measurement.objects.get())
    assert sum(one.weight for one in rows) == pytest.approx(1.0)
    assert 100 * sum(one.weight * (1 - one.phi) for one in rows) == pytest.approx(value)


def test_the_page_costs_the_same_number_of_queries_however_much_there_is(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    crowd(35)
    measured()
    with django_assert_max_num_queries(13):
        found = connections()
    assert found.count == 35


def test_a_measurement_that_saw_an_older_state_leaves_the_page_stale() -> None:
    street()
    measured()
    neighbourhoods.touch(builders.workshop(), at=timezone.now())
    assert connections().is_stale


def test_what_was_refused_is_not_counted_on_and_leaves_its_place_to_others() -> None:
    street()
    measured()
    assert Measurement.objects.get().value_after == 0
    refused = Move.objects.get(key="introduction:keuken:wijkteam")
    actions.refuse_move(refused, by=builders.account(), at=timezone.now(), reason="Oud zeer.")
    assert measured().value_after not in (None, 0)
    pairs = {frozenset((move.party_a_id, move.party_b_id)) for move in Move.objects.exclude(pk=refused.pk)}
    assert frozenset((refused.party_a_id, refused.party_b_id)) not in pairs


def test_small_residents_parties_have_a_share_of_the_moves_to_themselves() -> None:
    for number in range(24):
        large = builders.party(f"Aa groot {number:02}")
        Party.objects.filter(pk=large.pk).update(size="large")
        needing(large, builders.party(f"Bureau {number:02}", kind="professional"), key=f"a-{number:02}")
    small = [builders.party(f"Zz klein {number}") for number in range(6)]
    for number, party in enumerate(small):
        needing(party, builders.party(f"Loket {number}", kind="professional"), key=f"z-{number}")
    measured()
    assert Move.objects.count() == 20
    asked = set(Move.objects.values_list("party_a_id", flat=True)) | set(
        Move.objects.values_list("party_b_id", flat=True)
    )
    assert {party.pk for party in small} <= asked


def test_f_has_an_interval_as_soon_as_two_ends_report_one_tie() -> None:
    crowd(ENOUGH_DEMANDS)
    measured()
    assert connections().recall is None
    assert (connections().low, connections().high) == (None, None)
    a, b, c = (Party.objects.get(key=f"groep-0{number}") for number in range(3))
    tied(a, b)
    neighbourhoods.put_tie(b, party_b=c, kind=TieKind.KNOWS, reported_by=[b])
    neighbourhoods.put_tie(c, party_b=Party.objects.get(name="Team"), kind=TieKind.KNOWS, reported_by=[c])
    measured()
    found = connections()
    assert found.recall is not None
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.high <= found.value


def test_who_said_that_a_tie_is_over_was_asked_and_answered_and_who_said_nothing_was_not() -> None:
    a, b, c, d = (builders.party(name) for name in "ABCD")
    needing(a, b)
    tied(a, b)
    neighbourhoods.put_tie(b, party_b=c, kind=TieKind.KNOWS, reported_by=[b])
    neighbourhoods.put_tie(c, party_b=d, kind=TieKind.KNOWS, reported_by=[d], last_seen=timezone.localdate())
    # Two that answered name each other, one names one that is silent, and C did not answer yet.
    assert measured().recall == 1.0
    no_longer(c, other=d, kind=TieKind.KNOWS, at=timezone.now(), today=timezone.localdate())
    work_some(MEASURE)
    # Now C answered without naming B or D: of three pairs that answered one is named twice, and two once.
    assert Measurement.objects.get().recall == pytest.approx(2 / (2 + 2))


def test_the_change_since_an_earlier_day_says_what_came_of_ties_and_what_of_demands() -> None:
    crowd(ENOUGH_DEMANDS)
    measured()
    yesterday = timezone.localdate() - timedelta(days=1)
    Measurement.objects.update(on=yesterday)
    team = Party.objects.get(name="Team")
    tied(Party.objects.get(key="groep-00"), team)
    needing(builders.party("Nieuw"), team, key="nieuw")
    neighbourhoods.touch(builders.workshop(), at=timezone.now())
    work_some(MEASURE)
    change = connections().change
    assert change is not None
    assert (change.since, change.added, change.removed) == (yesterday, 1, 0)
    assert change.by_ties < 0 < change.by_demands
    assert change.total == pytest.approx(change.by_ties + change.by_demands)


def test_a_confirmed_double_is_measurement_and_no_progress() -> None:
    crowd(ENOUGH_DEMANDS)
    alias = builders.party("Het Team")
    tied(Party.objects.get(key="groep-00"), alias)
    measured()
    Measurement.objects.update(on=timezone.localdate() - timedelta(days=1))
    neighbourhoods.put_double(Party.objects.get(name="Team"), party_b=alias, verdict=Verdict.SAME)
    neighbourhoods.touch(builders.workshop(), at=timezone.now())
    work_some(MEASURE)
    change = connections().change
    assert change is not None
    assert change.total == pytest.approx(0)
    assert change.restated < 0
