from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.asks.street import ask, voice
from tests.builders import party, workshop
from tests.issues.shelf import NOW
from tests.tables.hall import KEY, LATER, an_issue, coming, double, reachable
from werkplaats.accounts.actions import open_code
from werkplaats.accounts.refusals import WrongCode
from werkplaats.asks.models import VoiceIssue
from werkplaats.consent.rules import Purpose
from werkplaats.issues.models import Trajectory
from werkplaats.kit.calendar import calendar_file
from werkplaats.mail.models import Message
from werkplaats.neighbourhoods.actions import name_group
from werkplaats.promises.rules import Kind
from werkplaats.tables import actions, queries
from werkplaats.tables.actions import inviting, moving
from werkplaats.tables.models import Decision, Seat, Table
from werkplaats.tables.queries import inviting as invited
from werkplaats.tables.queries import planning
from werkplaats.tables.queries.affected import affected
from werkplaats.tables.records import TableRecord
from werkplaats.tables.refusals import (
    NobodyInvited,
    NotAhead,
    NothingMoved,
    TableIsOff,
    TableIsOver,
    UnknownParty,
)
from werkplaats.tables.rules import SEAT_PURPOSE, Answer, SeatState, Why, seat_state

TODAY = NOW.date()


def record() -> TableRecord:
    found = queries.table(workshop(), KEY, sees_all=True, today=TODAY)
    assert found is not None
    return found


def states() -> dict[str, SeatState]:
    return {seat.name: seat.state for seat in record().seats}


# --- rules

_MOMENTS = st.sampled_from([None, *(NOW + timedelta(days=day) for day in range(4))])


@given(_MOMENTS, st.sampled_from(["", "comes", "declines"]), _MOMENTS, st.none() | st.booleans(), _MOMENTS)
def test_what_was_noted_afterwards_goes_before_what_was_answered(
    invited_at: datetime | None,
    said: str,
    answered_at: datetime | None,
    was_there: bool | None,
    moved_at: datetime | None,
) -> None:
    state = seat_state(
        invited_at=invited_at, answer=said, answered_at=answered_at, was_there=was_there, moved_at=moved_at
    )
    if was_there is not None:
        assert state is (SeatState.WAS_THERE if was_there else SeatState.STAYED_AWAY)
    elif said and not (answered_at and moved_at and answered_at < moved_at):
        assert state == said
    else:
        assert state is (SeatState.INVITED if invited_at or said else SeatState.SEATED)


# --- whom it concerns


@pytest.mark.django_db
def test_whom_an_issue_concerns_is_told_with_its_reasons_and_who_is_missing_in_words() -> None:
    at_stake = an_issue("De Lange Tafel", "Gemeente:government")
    kitchen, town = party("Kookclub"), at_stake.parties.get(party__name="Gemeente").party
    question = ask("Wie heeft de sleutel?", asker=kitchen, asked_party=town, issue=at_stake)
    VoiceIssue.objects.create(voice=voice(to=question), issue=at_stake, ask=question)
    table = coming(about_issue=at_stake)
    found = {one.name: one.why for one in affected(at_stake, on=TODAY).parties}
    assert found == {
        "Gemeente": (Why.WORKS, Why.ANSWERS),
        "De Lange Tafel": (Why.WORKS,),
        "Kookclub": (Why.ASKS,),
    }
    inviting.invite(table, parties=[town], at=NOW)
    missing = record().missing
    assert [str(one) for one in missing.kind_sentences] == ["Geen bewonersinitiatief aan deze tafel."]
    assert missing.parties == ("De Lange Tafel",)


@pytest.mark.django_db
def test_residents_for_whom_nobody_speaks_are_missing_until_a_party_speaks_for_them() -> None:
    at_stake = an_issue("De Lange Tafel")
    group = name_group(workshop(), name="Huurders in De Weverij")
    made = Trajectory.objects.create(
        workshop=workshop(),
        issue=at_stake,
        key="droog",
        name="Droog",
        sort_name="droog",
        benefit_for="x",
        how_noticed="y",
    )
    made.benefit_groups.add(group)
    table = coming(about_issue=at_stake)
    kitchen = at_stake.parties.get().party
    inviting.invite(table, parties=[kitchen], at=NOW)
    assert record().missing.groups == ("Huurders in De Weverij",)
    inviting.speak_for(table, party=kitchen, group=group)
    assert record().missing.groups == ()
    inviting.answer(Seat.objects.get(), said=Answer.DECLINES, at=NOW)
    assert record().missing.groups == ("Huurders in De Weverij",), "who does not come speaks for nobody"


@pytest.mark.django_db
def test_a_group_that_few_people_named_is_not_told() -> None:
    at_stake, question = an_issue(), ask()
    for number in range(5):
        given_one = voice(f"Stem {number}", to=question, group="Jongeren" if number < 4 else "Ouderen")
        VoiceIssue.objects.create(voice=given_one, issue=at_stake, ask=question)
    assert affected(at_stake, on=TODAY).groups == ()
    VoiceIssue.objects.create(voice=voice("Nog een", to=question, group="Jongeren"), issue=at_stake, ask=question)
    assert [one.name for one in affected(at_stake, on=TODAY).groups] == ["Jongeren"]


# --- inviting


@pytest.mark.django_db
def test_an_invitation_to_nobody_is_refused() -> None:
    with pytest.raises(NobodyInvited):
        inviting.invite(coming(), parties=[], at=NOW)
    assert not Seat.objects.exists()


@pytest.mark.django_db
def test_a_party_asked_under_two_names_has_one_seat_and_is_told_of() -> None:
    kitchen = party()
    other = double(kitchen, "Buurtkeuken Lange Tafel")
    reachable(kitchen)
    table = coming()
    done = inviting.invite(table, parties=[kitchen, other], at=NOW)
    assert (done.new, done.same) == (("De Lange Tafel",), (("Buurtkeuken Lange Tafel", "De Lange Tafel"),))
    again = inviting.invite(table, parties=[other], at=NOW)
    assert (again.new, again.same) == ((), (("Buurtkeuken Lange Tafel", "De Lange Tafel"),))
    assert (Seat.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_two_entries_that_prove_to_be_one_party_later_share_one_answer() -> None:
    kitchen, other = party(), party("Buurtkeuken Lange Tafel")
    inviting.invite(coming(), parties=[kitchen, other], at=NOW)
    other.canonical = kitchen
    other.save()
    inviting.answer(Seat.objects.get(party=other), said=Answer.COMES, at=NOW)
    assert states() == {"De Lange Tafel": SeatState.COMES}


@pytest.mark.django_db
def test_a_name_that_nobody_has_is_refused_by_that_name() -> None:
    party()
    assert [one.name for one in inviting.named(workshop(), ["de lange tafel", " "])] == ["De Lange Tafel"]
    with pytest.raises(UnknownParty, match="Bestaat Niet"):
        inviting.named(workshop(), ["Bestaat Niet"])


@pytest.mark.django_db(transaction=True)
def test_who_may_be_mailed_is_mailed_once_and_the_others_get_a_letter_whose_code_opens_their_seat() -> None:
    kitchen, school = party(), party("Kadeschool")
    reachable(kitchen)
    reachable(school, email="juf@example.org", allows=(Purpose.KEEP,))
    table = coming()
    inviting.invite(table, parties=[kitchen, school], at=NOW)
    assert [one.reader.address for one in Message.objects.all()] == ["noor@example.org"]
    assert [(one.name, one.is_made) for one in invited.letters(table)] == [("Kadeschool", False)]
    seat = Seat.objects.get(party=school)
    old, new = (inviting.letter(seat, at=NOW) for _time in range(2))
    opened = open_code(table.workshop, new, purpose=SEAT_PURPOSE, address="192.0.2.1", at=NOW)
    assert invited.seat_by_key(table.workshop, opened.thing.removeprefix("seat:")) == seat
    with pytest.raises(WrongCode):
        open_code(table.workshop, old, purpose=SEAT_PURPOSE, address="192.0.2.1", at=NOW)
    assert [one.is_made for one in invited.letters(table)] == [True]


@pytest.mark.django_db
def test_a_mind_may_change_until_the_table_begins() -> None:
    table = coming()
    inviting.invite(table, parties=[party()], at=NOW)
    seat = Seat.objects.get()
    for said in (Answer.COMES, Answer.DECLINES):
        inviting.answer(seat, said=said, at=NOW)
        assert states()["De Lange Tafel"].value == said.value
    with pytest.raises(TableIsOver):
        inviting.answer(seat, said=Answer.COMES, at=LATER)


# --- moving and calling off


@pytest.mark.django_db
def test_a_table_that_moves_tells_everybody_and_asks_those_who_answered_again() -> None:
    kitchen, school = party(), party("Kadeschool")
    reachable(kitchen)
    table = coming()
    inviting.invite(table, parties=[kitchen, school], at=NOW)
    inviting.letter(Seat.objects.get(party=school), at=NOW)
    inviting.answer(Seat.objects.get(party=kitchen), said=Answer.COMES, at=NOW)
    at, to = NOW + timedelta(days=1), LATER + timedelta(days=7)
    moving.move(table, held_at=to, place="Kerk", reason="De aula lekt.", at=at)
    assert states() == {"De Lange Tafel": SeatState.INVITED, "Kadeschool": SeatState.INVITED}
    assert Seat.objects.get(party=kitchen).answer == Answer.COMES, "what was answered stays on record"
    assert [one.is_made for one in invited.letters(table)] == [False], "the letter has news to tell"
    assert "De aula lekt." in Message.objects.latest("pk").text
    inviting.answer(Seat.objects.get(party=kitchen), said=Answer.COMES, at=at)
    assert states()["De Lange Tafel"] is SeatState.COMES


@pytest.mark.django_db
def test_a_table_that_is_off_keeps_what_was_said_and_takes_no_answer() -> None:
    kitchen = party()
    reachable(kitchen)
    table = coming()
    inviting.invite(table, parties=[kitchen], at=NOW)
    inviting.answer(Seat.objects.get(), said=Answer.COMES, at=NOW)
    actions.note_promise(table, kind=Kind.DO, maker=kitchen, wording="Wij koken.", at=NOW)
    moving.cancel(table, reason="Te weinig stoelen.", at=NOW)
    assert (Decision.objects.count(), states()) == (1, {"De Lange Tafel": SeatState.COMES})
    assert Message.objects.count() == 2
    for refused in (
        lambda: inviting.answer(Seat.objects.get(), said=Answer.DECLINES, at=NOW),
        lambda: moving.cancel(table, at=NOW),
        lambda: inviting.invite(table, parties=[party("Koor")], at=NOW),
    ):
        with pytest.raises(TableIsOff):
            refused()


@pytest.mark.django_db
def test_what_was_cannot_be_moved_or_called_off_and_nothing_moves_into_the_past() -> None:
    table = coming()
    with pytest.raises(TableIsOver):
        moving.cancel(table, at=LATER)
    with pytest.raises(TableIsOver):
        moving.move(table, held_at=LATER + timedelta(days=9), place="", at=LATER)
    with pytest.raises(NotAhead):
        moving.move(table, held_at=NOW, place="", at=NOW)
    with pytest.raises(NothingMoved):
        moving.move(table, held_at=LATER, place="Aula", at=NOW)
    assert Table.objects.get().cancelled_at is None


@pytest.mark.django_db
def test_a_calendar_knows_the_table_again_after_every_change() -> None:
    table = coming()
    inviting.invite(table, parties=[party()], at=NOW)

    def event() -> dict[str, object]:
        (found,) = Calendar.from_ical(calendar_file(planning.meeting(Table.objects.get()))).walk("VEVENT")
        return {name: found[name] for name in ("UID", "SEQUENCE", "STATUS", "DTSTART")}

    first = event()
    moving.move(table, held_at=LATER + timedelta(hours=1), place="Aula", at=NOW)
    second = event()
    moving.cancel(table, at=NOW)
    third = event()
    assert first["UID"] == second["UID"] == third["UID"]
    assert [one["SEQUENCE"] for one in (first, second, third)] == [0, 1, 2]
    assert [one["STATUS"] for one in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert second["DTSTART"].dt == LATER + timedelta(hours=1)  # type: ignore[attr-defined]


# --- from a folder


@pytest.mark.django_db
def test_a_seat_from_a_folder_tells_nobody_and_can_be_told_with_a_letter_until_it_answers() -> None:
    kitchen, school = party(), party("Kadeschool")
    reachable(kitchen)
    table = coming()
    for _time in range(2):
        actions.put_seat(table, party=kitchen, invited_at=NOW)
    actions.put_seat(table, party=school, invited_at=NOW, answer=Answer.COMES, answered_at=NOW)
    assert not Message.objects.exists()
    (line,) = invited.letters(table)
    assert (line.name, line.is_made) == ("De Lange Tafel", False)
    inviting.letter(Seat.objects.get(party=kitchen), at=NOW)
    assert states() == {"De Lange Tafel": SeatState.INVITED, "Kadeschool": SeatState.COMES}


@pytest.mark.django_db
def test_an_older_folder_sets_nothing_back_that_was_said_or_moved_here() -> None:
    kitchen, table = party(), coming()
    inviting.invite(table, parties=[kitchen], at=NOW)
    inviting.answer(Seat.objects.get(), said=Answer.COMES, at=NOW)
    moving.move(table, held_at=LATER + timedelta(days=1), place="Kerk", at=NOW - timedelta(hours=1))
    before = NOW - timedelta(days=3)
    actions.put_table(workshop(), key=KEY, about="Wie heeft de sleutel?", held_at=LATER, place="Aula")
    actions.put_seat(table, party=kitchen, invited_at=before, answer=Answer.DECLINES, answered_at=before)
    assert states() == {"De Lange Tafel": SeatState.COMES}
    row = Table.objects.get()
    assert (row.held_at, row.place) == (LATER + timedelta(days=1), "Kerk")
