from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import party, workshop
from tests.issues.shelf import NOW, issue
from tests.pauses.street import START, school, standing_still, trajectory, voice
from tests.promises import table
from werkplaats.accounts.models import Person
from werkplaats.asks.actions import withdraw
from werkplaats.config.sweeps import until_done
from werkplaats.consent.actions import put_consent
from werkplaats.consent.rules import Channel as ConsentChannel
from werkplaats.consent.rules import Purpose
from werkplaats.issues.actions import trajectories
from werkplaats.issues.refusals import NotRunning
from werkplaats.issues.rules import State
from werkplaats.issues.rules.phases import Phase
from werkplaats.mail.models import Message, Question
from werkplaats.neighbourhoods.actions import put_membership
from werkplaats.pauses import actions, queries
from werkplaats.pauses.models import Pause, PauseAnswer
from werkplaats.pauses.records import NOTICED_WORDS, OUTCOME_WORDS, Evidence, PauseRecord
from werkplaats.pauses.refusals import AlreadyClosed, NoReason, NotConcerned, NotInIt, NoWay
from werkplaats.pauses.rules import Noticed, Outcome, Output, is_output_without_benefit, may_show
from werkplaats.pauses.sweeps import ASK_GIVERS, FORGET
from werkplaats.promises import actions as promises
from werkplaats.promises.rules import Channel, Giver, GiverKind, Kind, Word
from werkplaats.tables.actions import hold

DAY = NOW.date()


def record(*, sees_words: bool = False) -> PauseRecord:
    found = queries.pause(workshop(), Pause.objects.get().key, sees_words=sees_words, today=DAY)
    assert found is not None
    return found


def go_on(pause: Pause, **more: object) -> Pause:
    said = {"outcome": Outcome.CONTINUE, "reason": "Het begint te werken.", "then": Phase.DO, "at": NOW}
    return actions.close(pause, **{**said, **more})  # type: ignore[arg-type]


# --- rules


def test_every_answer_and_outcome_has_words() -> None:
    assert NOTICED_WORDS.keys() == set(Noticed)
    assert OUTCOME_WORDS.keys() == set(Outcome)


@given(st.builds(Output, *[st.integers(0, 5)] * 5), st.integers(0, 5))
def test_output_without_benefit_needs_output_and_nobody_who_notices(output: Output, benefits: int) -> None:
    assert is_output_without_benefit(output, benefits=benefits) == (output.total > 0 and benefits == 0)


@given(st.dictionaries(st.sampled_from(list(Noticed)), st.integers(1, 6)), st.integers(1, 9))
def test_a_small_group_is_never_broken_down(counts: dict[Noticed, int], small: int) -> None:
    told = {noticed.value: count for noticed, count in counts.items()}
    assert may_show(told, small_number=small) == (sum(counts.values()) >= small)


# --- opening


@pytest.mark.django_db
def test_opening_twice_is_one_pause_and_the_trajectory_stands_still() -> None:
    row = trajectory()
    assert actions.open_pause(row, at=NOW) == actions.open_pause(row, at=NOW)
    row.refresh_from_db()
    assert row.phase == Phase.PAUSE
    assert Pause.objects.get().due_on == START.date() + timedelta(days=90)


@pytest.mark.django_db
def test_what_stopped_cannot_stand_still() -> None:
    row = trajectories.stop(trajectory(), reason="Klaar", at=NOW)
    with pytest.raises(NotRunning):
        actions.open_pause(row, at=NOW)


@pytest.mark.django_db
def test_whoever_gave_a_voice_and_left_an_address_is_asked_once() -> None:
    pause = standing_still()
    about = pause.trajectory.issue
    voice("een", about, contact="buur@example.org")
    voice("twee", about)
    voice("drie", None, contact="ander@example.org")
    voice("vier", about, contact="getypt-door-een-ander@example.org", says_yes=False)
    until_done((ASK_GIVERS,))
    until_done((ASK_GIVERS,))
    message = Message.objects.get(key=f"pause:{pause.key}")
    assert message.reader.address == "buur@example.org"
    assert "Wij zoeken een zaal" not in message.text
    assert [row.about for row in Question.objects.all()] == ["voice:een"]
    assert actions.ask_givers(pause, at=NOW) == 0


@pytest.mark.django_db
def test_who_works_in_it_for_a_party_and_allows_contact_is_asked_once() -> None:
    pause = standing_still()
    for key in ("wel", "niet"):
        person = Person.objects.create(
            workshop=workshop(), key=key, name=key, sort_name=key, email=f"{key}@example.org", language="nl"
        )
        put_membership(school(), person=person, role="lid")
        if key == "wel":
            put_consent(
                person, purpose=Purpose.CONTACT, wording="Ja", channel=ConsentChannel.PAPER, given_on=NOW.date()
            )
    assert actions.ask_parties(pause, at=NOW) == 1
    assert actions.ask_parties(pause, at=NOW) == 0
    (message,) = Message.objects.all()
    assert (message.reader.address, message.kind) == ("wel@example.org", "question")
    assert pause.trajectory.name in message.text


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), max_size=8))
def test_a_receipt_is_asked_at_most_one_question_a_month_whichever_room_asks(steps: list[tuple[int, bool]]) -> None:
    with transaction.atomic():
        about, at = issue("Zalen", state=State.ACCEPTED), NOW
        giver = voice("een", about, contact="buur@example.org")
        for number, (days, by_promise) in enumerate(steps):
            at += timedelta(days)
            if by_promise:
                done = table.done(at=at - timedelta(60), voices=(giver,), due_on=None)
                promises.ask_receivers(done, at=at)
            else:
                row = trajectories.plan(
                    about, name=f"Werk {number}", at=at, benefit_for="Groepen", how_noticed="Een avond"
                )
                actions.ask_givers(actions.open_pause(trajectories.start(row, at=at), at=at), at=at)
        asked = list(Question.objects.order_by("asked_at").values_list("asked_at", flat=True))
        assert all(later - earlier >= timedelta(31) for earlier, later in pairwise(asked))
        assert Message.objects.filter(kind="question").count() == len(asked)
        assert len(asked) >= bool(steps)
        transaction.set_rollback(True)


# --- answering


@pytest.mark.django_db
def test_the_last_word_of_a_party_counts_and_only_who_takes_part_is_heard() -> None:
    pause = standing_still()
    assert record().silent == (("kadeschool", "Kadeschool"),)
    actions.answer_for(pause, party=school(), noticed=Noticed.YES, at=NOW)
    actions.answer_for(pause, party=school(), noticed=Noticed.UNKNOWN, text="Wij horen niets.", at=NOW)
    (answer,) = record().parties
    assert (answer.noticed, answer.text, record().silent) == (Noticed.UNKNOWN, "Wij horen niets.", ())
    with pytest.raises(NotInIt):
        actions.answer_for(pause, party=party("Vreemde"), noticed=Noticed.YES, at=NOW)


@pytest.mark.django_db
def test_a_receipt_of_something_else_and_a_withdrawn_one_do_not_answer() -> None:
    pause = standing_still()
    gone = voice("weg", pause.trajectory.issue)
    withdraw(gone, at=NOW)
    for stranger in (voice("elders", None), gone):
        with pytest.raises(NotConcerned):
            actions.answer_with(pause, voice=stranger, noticed=Noticed.YES, at=NOW)


@pytest.mark.django_db
def test_who_withdraws_a_voice_takes_the_answer_along() -> None:
    pause = standing_still()
    giver = voice("een", pause.trajectory.issue)
    actions.answer_with(pause, voice=giver, noticed=Noticed.NO, text="Geheim woord", at=NOW)
    assert record().evidence.residents_answered == 1
    withdraw(giver, at=NOW)
    assert record(sees_words=True).own_words == ()
    assert record().evidence.residents_answered == 0
    until_done((FORGET,))
    assert not PauseAnswer.objects.exists()


@pytest.mark.django_db
def test_an_answer_is_of_a_party_or_of_a_voice() -> None:
    pause = standing_still()
    with pytest.raises(IntegrityError), transaction.atomic():
        PauseAnswer.objects.create(pause=pause, noticed=Noticed.YES.value, at=NOW)


# --- what is seen


@pytest.mark.django_db
@pytest.mark.parametrize(("answers", "shown"), [(4, {}), (5, {"no": 5})])
def test_what_residents_said_is_counted_at_the_end_and_only_of_enough_people(
    answers: int, shown: dict[str, int]
) -> None:
    pause = standing_still()
    for number in range(answers):
        giver = voice(f"v{number}", pause.trajectory.issue)
        actions.answer_with(pause, voice=giver, noticed=Noticed.NO, text="Geheim woord", at=NOW)
    assert record().evidence.residents == {}
    assert record().own_words == ()
    assert len(record(sees_words=True).own_words) == answers
    go_on(pause)
    assert record().evidence.residents == shown
    assert record().evidence.waiting == answers


@pytest.mark.django_db
def test_much_done_and_nothing_noticed_is_shown() -> None:
    pause = standing_still()
    assert not record().evidence.without_benefit
    hold(workshop(), about="Eerste tafel", held_at=NOW - timedelta(days=3), issue=pause.trajectory.issue)
    hold(workshop(), about="Lang geleden", held_at=START - timedelta(days=3), issue=pause.trajectory.issue)
    assert record().evidence.output.tables == 1
    assert record().evidence.without_benefit


@pytest.mark.django_db
@pytest.mark.parametrize(("answers", "confirmed"), [(1, False), (5, True)])
def test_what_one_resident_said_cannot_be_read_off_from_the_sentence(answers: int, *, confirmed: bool) -> None:
    pause = standing_still()
    hold(workshop(), about="Eerste tafel", held_at=NOW - timedelta(days=3), issue=pause.trajectory.issue)
    for number in range(answers):
        giver = voice(f"v{number}", pause.trajectory.issue)
        actions.answer_with(pause, voice=giver, noticed=Noticed.PARTLY, at=NOW)
    assert record().evidence.without_benefit
    go_on(pause)
    assert record().evidence.without_benefit != confirmed


@pytest.mark.django_db
def test_a_word_of_the_maker_is_no_benefit_and_a_word_of_a_receiver_is() -> None:
    pause = standing_still()
    kitchen = party()
    said = promises.Said(
        kind=Kind.DO, maker=school(), wording="Zaal open", parties=(kitchen,), issue=pause.trajectory.issue
    )
    promise = promises.confirm(promises.draft(workshop(), said, at=NOW), at=NOW, channel=Channel.TEAM)
    promises.report_done(promise, evidence="Kom kijken.", at=NOW)
    promises.maker_verdict(promise, word=Word.KEPT, at=NOW)
    seen = record().evidence
    assert (seen.output.promises, seen.done, seen.without_benefit) == (1, 1, True)
    promises.receiver_verdict(promise, by=Giver(GiverKind.PARTY, kitchen.key), word=Word.KEPT, at=NOW)
    assert not record().evidence.without_benefit
    assert record().evidence.by_parties == {"kept": 1}
    assert [(str(one.words), one.count) for one in record().evidence.party_verdicts] == [("gehouden", 1)]


@pytest.mark.django_db
def test_frozen_evidence_comes_back_the_same() -> None:
    standing_still()
    seen = record().evidence
    assert Evidence.thawed(seen.frozen()) == seen


@pytest.mark.django_db
def test_a_pause_is_read_with_few_queries(django_assert_max_num_queries: object) -> None:
    pause = standing_still()
    for number in range(6):
        giver = voice(f"v{number}", pause.trajectory.issue)
        actions.answer_with(pause, voice=giver, noticed=Noticed.NO, at=NOW)
    here = workshop()
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        assert queries.pause(here, pause.key, sees_words=True, today=DAY)


# --- ending


@pytest.mark.django_db
def test_to_go_on_one_says_with_what_and_stands_still_again_later() -> None:
    pause = standing_still()
    with pytest.raises(NoWay):
        go_on(pause, then=None)
    go_on(pause)
    row = pause.trajectory
    row.refresh_from_db()
    assert (row.phase, row.next_pause_on) == (Phase.DO, DAY + timedelta(days=90))
    assert actions.open_pause(row, at=NOW + timedelta(days=90)) != pause


@pytest.mark.django_db
def test_stopping_is_an_outcome_and_says_why() -> None:
    pause = standing_still()
    with pytest.raises(NoReason):
        go_on(pause, outcome=Outcome.STOP, reason=" ", then=None)
    go_on(pause, outcome=Outcome.STOP, reason="Niemand merkte iets.", then=None)
    row = pause.trajectory
    row.refresh_from_db()
    assert row.stopped_on == DAY


@pytest.mark.django_db
def test_what_was_seen_at_the_end_stays_as_it_was() -> None:
    pause = go_on(standing_still())
    hold(workshop(), about="Nog een tafel", held_at=NOW, issue=pause.trajectory.issue)
    assert record().evidence.output.tables == 0
    for late in (
        lambda: go_on(pause),
        lambda: actions.answer_for(pause, party=school(), noticed=Noticed.YES, at=NOW),
    ):
        with pytest.raises(AlreadyClosed):
            late()
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.filter(pk=pause.pk).update(reason="")
