from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.builders import party
from tests.chains.street import KEY, SINCE, TODAY, chain, home, issue, key_of, keys_of, links, walked
from tests.tables.hall import double
from werkplaats.chains import actions, queries
from werkplaats.chains.actions import Told
from werkplaats.chains.models import Chain, ChainVersion, Handover, Lane, Step
from werkplaats.chains.refusals import (
    AfterItself,
    EndsTooEarly,
    NameTaken,
    NobodyDoesIt,
    NotLater,
    StepGone,
    TooManySteps,
    VersionClosed,
)
from werkplaats.chains.rules import MOST_STEPS
from werkplaats.issues.rules import State
from werkplaats.workshops.actions import switch_on

pytestmark = pytest.mark.django_db


def version(number: int = 1) -> ChainVersion:
    return ChainVersion.objects.get(number=number)


def names(number: int = 1) -> list[str]:
    return list(version(number).steps.values_list("name", flat=True))


def test_a_step_keeps_what_was_told_and_the_papers_one_by_one() -> None:
    walked()
    record = queries.chain(home(), KEY, today=TODAY)
    assert record is not None
    first, look = record.steps[:2]
    assert (first.who.key, first.who.name, first.documents) == ("", "De bewoner", ("Een foto", "Je huurcontract"))
    assert (look.who.key, look.desk, look.term_words, look.after, look.then) == (
        *("woningstichting", "De opzichter", "14 dagen"),
        *((first.key,), (3,)),
    )
    assert [lane.name for lane in record.lanes] == ["De bewoner", "Woningstichting", "Schilder"]
    assert record.steps[2].term_words == "Niet bekend"
    assert record.steps[3].then_words == "Hier houdt de keten op"


def test_a_step_that_goes_up_changes_places_and_what_hands_over_stays() -> None:
    walked()
    actions.move_step(version(), key_of(3), up=True)
    assert names() == ["Melden", "De muur drogen", "Komen kijken", "De rekening betalen"]
    assert links(version()) == {(1, 3), (3, 2), (2, 4)}
    actions.move_step(version(), key_of(1), up=True)
    actions.move_step(version(), key_of(4), up=False)
    assert names() == ["Melden", "De muur drogen", "Komen kijken", "De rekening betalen"]


def test_what_came_before_a_step_that_goes_out_hands_over_to_what_came_after() -> None:
    walked()
    gone = key_of(3)
    actions.take_out(version(), gone)
    assert names() == ["Melden", "Komen kijken", "De rekening betalen"]
    assert links(version()) == {(1, 2), (2, 3)}
    assert not Lane.objects.filter(party__key="schilder").exists(), "nobody does a step there any more"
    with pytest.raises(StepGone):
        actions.take_out(version(), gone)


def test_a_changed_step_comes_after_exactly_the_chosen_ones() -> None:
    walked()
    actions.change_step(version(), key_of(4), Told("Betalen", words="De bewoner"), after=keys_of(2, 3))
    assert links(version()) == {(1, 2), (2, 3), (2, 4), (3, 4)}
    actions.change_step(version(), key_of(4), Told("Betalen", words="De bewoner"), after=keys_of(1))
    assert links(version()) == {(1, 2), (2, 3), (1, 4)}


def test_a_step_has_one_who_does_it_and_comes_after_steps_that_are_there() -> None:
    row, owner, _painter = walked()
    for told in (Told("Leeg"), Told("Dubbel", party=owner, words="De bewoner")):
        with pytest.raises(NobodyDoesIt):
            actions.add_step(row.versions.get(), told)
    with pytest.raises(AfterItself):
        actions.change_step(version(), key_of(2), Told("Kijken", party=owner), after=keys_of(2))
    with pytest.raises(StepGone):
        actions.add_step(version(), Told("Kijken", party=owner), after=["s12"])
    assert len(names()) == 4


def test_a_step_that_is_told_twice_with_one_key_is_one_step_and_a_name_is_of_one_chain() -> None:
    walked()
    told = Told("Bellen", words="De bewoner")
    first = actions.add_step(version(), told, after=keys_of(4), key="k1")
    assert actions.add_step(version(), told, after=keys_of(4), key="k1") == first
    assert len(names()) == 5
    with pytest.raises(NameTaken):
        chain()


def test_a_chain_stays_one_that_somebody_can_follow() -> None:
    chain()
    lane = Lane.objects.create(version=version(), words="De balie")
    Step.objects.bulk_create(
        Step(version=version(), lane=lane, number=number, name="Wachten") for number in range(1, MOST_STEPS + 1)
    )
    with pytest.raises(TooManySteps):
        actions.add_step(version(), Told("Nog eens wachten", words="De balie"))


def test_a_new_version_begins_with_the_same_steps_and_the_old_one_stays() -> None:
    row, owner, _painter = walked()
    renewed = actions.renew(row, since=date(2026, 6, 1))
    assert (version(1).until, renewed.number, names(2)) == (date(2026, 5, 31), 2, names(1))
    assert links(version(1)) == links(version(2)) == {(1, 2), (2, 3), (3, 4)}
    with pytest.raises(VersionClosed):
        actions.take_out(version(1), key_of(1))
    actions.take_out(version(2), key_of(3, version=2))
    assert len(names(1)) == 4
    record = queries.chain(home(), KEY, today=TODAY)
    assert record is not None
    assert record.version.number == 1, "the new one holds from June"
    assert not record.is_open
    later = queries.chain(home(), KEY, today=date(2026, 6, 1))
    assert later is not None
    assert (later.version.number, later.is_open, len(later.steps)) == (2, True, 3)
    assert [step.name for step in queries.steps_of(owner, today=TODAY)] == ["Komen kijken", "De rekening betalen"]


def test_a_version_begins_after_the_one_before_it_and_a_chain_that_ended_may_begin_again() -> None:
    row = chain()
    with pytest.raises(NotLater):
        actions.renew(row, since=SINCE)
    with pytest.raises(EndsTooEarly):
        actions.end(row, until=SINCE - timedelta(days=1))
    actions.end(row, until=TODAY)
    with pytest.raises(VersionClosed):
        actions.end(row, until=TODAY)
    with pytest.raises(NotLater):
        actions.renew(row, since=TODAY)
    assert actions.renew(row, since=TODAY + timedelta(days=1)).until is None
    assert version(1).until == TODAY


def test_a_chain_is_told_of_again_under_the_same_key() -> None:
    damp, cold = issue("Schimmel"), issue("Kou")
    row = chain(damp)
    actions.tell_of(row, name="Een muur die nat is", wish="Droog wonen.", issues=[cold])
    assert Chain.objects.get().key == KEY
    assert [line.name for line in queries.of_issue(cold, today=TODAY)] == ["Een muur die nat is"]
    assert queries.of_issue(damp, today=TODAY) == ()


def test_what_touched_an_issue_touches_the_one_it_was_joined_into() -> None:
    damp, cold = issue("Schimmel"), issue("Kou")
    _row, owner, painter = walked(damp)
    damp.state, damp.joined_into = State.JOINED.value, cold
    damp.save()
    assert [line.key for line in queries.of_issue(cold, today=TODAY)] == [KEY]
    assert {pk for pk, _name in queries.who_acts_on(cold, on=TODAY)} == {owner.pk, painter.pk}


def test_two_entries_of_one_party_are_one_lane() -> None:
    _row, owner, _painter = walked()
    twin = double(owner, "Woning Stichting")
    actions.add_step(version(), Told("Terugbellen", party=twin), after=keys_of(4))
    record = queries.chain(home(), KEY, today=TODAY)
    assert record is not None
    assert len(record.lanes) == 3
    assert [step.number for step in queries.steps_of(owner, today=TODAY)] == [2, 4, 5]


def test_where_chains_are_switched_off_other_rooms_read_none() -> None:
    damp = issue("Schimmel")
    _row, owner, _painter = walked(damp)
    switch_on(home(), [])
    for read in (damp, owner):
        read.workshop.refresh_from_db()
    assert queries.of_issue(damp, today=TODAY) == ()
    assert queries.who_acts_on(damp, on=TODAY) == ()
    assert queries.steps_of(owner, today=TODAY) == ()
    assert queries.standing(damp.workshop, today=TODAY) == ()


def test_the_database_guards_what_a_chain_is() -> None:
    row, owner, _painter = walked()
    step = version().steps.get(number=1)
    wrong = (
        lambda: ChainVersion.objects.create(chain=row, number=2, since=TODAY),
        lambda: ChainVersion.objects.create(chain=row, number=1, since=SINCE, until=TODAY),
        lambda: ChainVersion.objects.create(chain=row, number=2, since=TODAY, until=SINCE),
        lambda: ChainVersion.objects.create(chain=row, number=0, since=SINCE, until=TODAY),
        lambda: Lane.objects.create(version=version()),
        lambda: Lane.objects.create(version=version(), party=party("Ander"), words="Toch ook"),
        lambda: Lane.objects.create(version=version(), party=owner),
        lambda: Lane.objects.create(version=version(), words="De bewoner"),
        lambda: Step.objects.create(version=version(), lane=step.lane, number=1, name="Nog eens"),
        lambda: Handover.objects.create(step=step, then=step),
        lambda: Handover.objects.create(step=step, then=version().steps.get(number=2)),
    )
    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_a_workshop_that_goes_takes_its_chains_along() -> None:
    walked()
    Chain.objects.all().delete()
    assert not Step.objects.exists()
    assert not Lane.objects.exists()
