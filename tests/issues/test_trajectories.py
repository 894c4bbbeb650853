from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import account, party, workshop
from tests.issues.shelf import NOW, issue
from werkplaats.accounts.rules import RoleName
from werkplaats.issues.actions import join
from werkplaats.issues.actions import trajectories as actions
from werkplaats.issues.models import Trajectory
from werkplaats.issues.queries import trajectories as queries
from werkplaats.issues.records import ACTIVITY_WORDS, PHASE_WORDS, TURN_WORDS, TrajectoryRecord
from werkplaats.issues.refusals import AlreadyStarted, NoIssueYet, NoSuchStep, NotRunning, SaysNotForWhom
from werkplaats.issues.rules import State
from werkplaats.issues.rules.phases import PHASES, Activity, Phase, TurnKind, may_go
from werkplaats.neighbourhoods.actions import name_group
from werkplaats.workshops.actions import set_terms

DECISIONS = ("reword", "move", "trajectory_parties")
BENEFIT: dict[str, Any] = {
    "benefit_for": "Groepen zonder zaal",
    "how_noticed": "Elke groep heeft in september een vaste avond.",
}


def planned(name: str = "Samen een zaal", **words: str) -> Trajectory:
    return actions.plan(issue(state=State.ACCEPTED), name=name, at=NOW, **{**BENEFIT, **words})


def running() -> Trajectory:
    return actions.start(planned(), at=NOW)


def record(key: str = "samen-een-zaal") -> TrajectoryRecord:
    found = queries.trajectory(workshop(), key)
    assert found is not None
    return found


# --- rules


def test_every_phase_has_a_rule_and_every_word_is_there() -> None:
    assert PHASES.keys() == set(Phase) == PHASE_WORDS.keys()
    assert ACTIVITY_WORDS.keys() == set(Activity)
    assert TURN_WORDS.keys() == set(TurnKind)


def test_every_activity_belongs_somewhere_and_telling_back_belongs_everywhere() -> None:
    assert {one for rule in PHASES.values() for one in rule.activities} == set(Activity)
    assert all(Activity.TELL in rule.activities for rule in PHASES.values())


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.PAUSE])
def test_one_can_always_stand_still_and_go_on_anywhere_after(phase: Phase) -> None:
    assert may_go(phase, Phase.PAUSE)
    assert may_go(Phase.PAUSE, phase)


def test_nobody_does_before_they_agreed() -> None:
    before = {phase for phase, then in product(Phase, [Phase.DO]) if may_go(phase, then)}
    assert before == {Phase.AGREE, Phase.GIVE_BACK, Phase.PAUSE}


@given(st.lists(st.sampled_from(list(Phase))))
def test_a_walk_along_the_rules_never_stays_in_place(walk: list[Phase]) -> None:
    now = Phase.GATHER
    for then in walk:
        if may_go(now, then):
            assert then is not now
            now = then


# --- actions


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["benefit_for", "how_noticed"])
def test_a_trajectory_does_not_start_before_it_says_whom_it_should_benefit(missing: str) -> None:
    row = planned(**{missing: "  "})
    with pytest.raises(SaysNotForWhom):
        actions.start(row, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Trajectory.objects.filter(pk=row.pk).update(started_on=NOW.date())


@pytest.mark.django_db
def test_a_workshop_sets_after_how_many_days_a_trajectory_stands_still() -> None:
    set_terms(workshop(), {"pause_days": 30})
    assert running().next_pause_on == date(2026, 5, 12) + timedelta(days=30)


@pytest.mark.django_db
def test_a_trajectory_starts_with_gathering_and_knows_when_to_stand_still() -> None:
    row = running()
    assert (row.phase, row.started_on) == (Phase.GATHER, date(2026, 5, 12))
    assert row.next_pause_on == date(2026, 5, 12) + timedelta(days=90)
    with pytest.raises(AlreadyStarted):
        actions.start(row, at=NOW)


@pytest.mark.django_db
def test_only_an_accepted_issue_is_worked_on() -> None:
    with pytest.raises(NoIssueYet):
        actions.plan(issue(state=State.PROPOSED), name="Te vroeg", at=NOW)


@pytest.mark.django_db
def test_a_step_that_does_not_follow_is_refused_and_changes_nothing() -> None:
    row = running()
    with pytest.raises(NoSuchStep):
        actions.move(row, then=Phase.DO, at=NOW)
    row.refresh_from_db()
    assert row.phase == Phase.GATHER


@pytest.mark.django_db
def test_two_people_who_move_at_once_move_once() -> None:
    row = running()
    actions.move(row, then=Phase.TOGETHER, was=Phase.GATHER, at=NOW)
    with pytest.raises(NoSuchStep):
        actions.move(row, then=Phase.TOGETHER, was=Phase.GATHER, at=NOW)


@pytest.mark.django_db
def test_what_has_not_started_or_has_stopped_does_not_move() -> None:
    row = planned()
    with pytest.raises(NotRunning):
        actions.move(row, then=Phase.TOGETHER, at=NOW)
    actions.start(row, at=NOW)
    actions.stop(row, reason="Niemand had er iets aan.", at=NOW)
    with pytest.raises(NotRunning):
        actions.move(row, then=Phase.TOGETHER, at=NOW)
    assert record().line.next_pause_on is None


@pytest.mark.django_db
def test_other_words_leave_the_old_ones_readable() -> None:
    row = running()
    group = name_group(workshop(), name="Jongeren")
    actions.reword(row, name=row.name, benefit_for="Iedereen", how_noticed=row.how_noticed, groups=[group], at=NOW)
    turn = record().turns[0]
    assert turn.before[0] == BENEFIT["benefit_for"]
    assert record().groups == (("jongeren", "Jongeren"),)
    actions.reword(row, name=row.name, benefit_for="Iedereen", how_noticed=row.how_noticed, groups=[group], at=NOW)
    assert len(record().turns) == 3
    with pytest.raises(SaysNotForWhom):
        actions.reword(row, name=row.name, benefit_for="", how_noticed="", at=NOW)


@pytest.mark.django_db
def test_a_party_joins_once_with_a_role_and_leaves_under_any_name() -> None:
    row, kitchen, double = running(), party(), party("Buurtkeuken Lange Tafel")
    double.canonical = kitchen
    double.save()
    actions.join_in(row, party=double, role="kookt", at=NOW)
    actions.join_in(row, party=kitchen, role="geeft de keuken", at=NOW)
    assert [(one.name, one.role) for one in record().parties] == [("De Lange Tafel", "geeft de keuken")]
    actions.leave(row, party=double, at=NOW)
    assert record().parties == ()


@pytest.mark.django_db
def test_a_pause_is_due_on_its_day_and_not_while_standing_still() -> None:
    row = running()
    assert row.next_pause_on is not None
    the_day_before = row.next_pause_on - timedelta(days=1)
    assert queries.pauses_due(workshop(), today=the_day_before) == ()
    assert [line.key for line in queries.pauses_due(workshop(), today=row.next_pause_on)] == ["samen-een-zaal"]
    actions.move(row, then=Phase.PAUSE, at=NOW)
    assert queries.pauses_due(workshop(), today=row.next_pause_on) == ()


@pytest.mark.django_db
def test_the_work_goes_along_when_its_issue_goes_up_in_another() -> None:
    row = running()
    join(row.issue, into=issue("Schone kade", state=State.ACCEPTED), at=NOW)
    assert record().line.issue_key == "schone-kade"


@pytest.mark.django_db
def test_putting_a_trajectory_twice_changes_nothing() -> None:
    at_stake = issue(state=State.ACCEPTED)
    for _time in range(2):
        row = actions.put_trajectory(
            at_stake, key="zaal", name="Zaal", at=NOW, phase=Phase.DO, started_on=date(2026, 1, 5), **BENEFIT
        )
    assert Trajectory.objects.count() == 1
    assert row.events.count() == 1


@pytest.mark.django_db
def test_a_trajectory_is_read_with_few_queries(django_assert_max_num_queries: object) -> None:
    row = running()
    for number in range(5):
        actions.join_in(row, party=party(f"Partij {number}"), at=NOW)
    here = workshop()
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(getattr(queries.trajectory(here, "samen-een-zaal"), "parties", ())) == 5


# --- doors


@pytest.fixture
def team(client: Client) -> Client:
    client.force_login(account(RoleName.COORDINATOR))
    return client


def address(name: str, key: str = "samen-een-zaal", of: str = "kanaalkwartier") -> str:
    return reverse(f"issues:{name}", args=[of, key])


@pytest.mark.django_db
def test_everybody_reads_for_whom_the_work_is(client: Client) -> None:
    running()
    page = client.get(address("trajectory")).content.decode()
    assert BENEFIT["how_noticed"] in page
    assert "Ophalen" in page
    assert "Ga naar de volgende stap" not in page


@pytest.mark.django_db
def test_the_team_writes_down_for_whom_starts_and_goes_on(team: Client) -> None:
    issue(state=State.ACCEPTED)
    form = {"name": "Samen een zaal", **BENEFIT}
    assert team.post(address("plan", "afval-op-straat"), form).status_code == 302
    team.post(address("start_trajectory"))
    assert team.get(address("move")).status_code == 200
    answer = team.post(address("move"), {"then": "together", "was": "gather", "reason": "We weten genoeg."})
    assert answer.status_code == 302
    assert record().line.phase == Phase.TOGETHER
    again = team.post(address("move"), {"then": "mirror", "was": "gather"})
    assert again.status_code == 422


@pytest.mark.django_db
def test_a_plan_without_benefit_is_not_taken(team: Client) -> None:
    issue(state=State.ACCEPTED)
    answer = team.post(address("plan", "afval-op-straat"), {"name": "Zomaar", "benefit_for": " ", "how_noticed": ""})
    assert answer.status_code == 422
    assert not Trajectory.objects.exists()


@pytest.mark.django_db
def test_the_team_says_who_takes_part(team: Client) -> None:
    running()
    party()
    team.post(address("trajectory_parties"), {"party": "de-lange-tafel", "role": "kookt"})
    assert "kookt" in team.get(address("trajectory")).content.decode()
    team.post(address("trajectory_parties"), {"leaves": "de-lange-tafel"})
    assert record().parties == ()


@pytest.mark.django_db
def test_from_a_pause_one_goes_on_through_the_pause(team: Client) -> None:
    actions.move(running(), then=Phase.PAUSE, at=NOW)
    answer = team.post(address("move"), {"then": "do", "was": "pause"})
    assert answer["Location"] == reverse("pauses:of", args=["kanaalkwartier", "samen-een-zaal"])
    assert record().line.phase == Phase.PAUSE


@pytest.mark.django_db
@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_on_a_trajectory_is_for_the_team_of_its_own_workshop(client: Client, name: str) -> None:
    running()
    assert "next=" in client.get(address(name))["Location"]
    client.force_login(account(RoleName.PARTY))
    assert client.get(address(name)).status_code == 403
    client.force_login(account(RoleName.COORDINATOR, of=workshop("zuidrand")))
    assert client.get(address(name, of="zuidrand")).status_code == 404
    assert client.get(address(name)).status_code == 403
