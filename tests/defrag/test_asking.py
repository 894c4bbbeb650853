from datetime import timedelta

import pytest
from django.utils import timezone

from tests import builders
from tests.defrag.asked import begun, move, representative, sides
from tests.defrag.street import crowd, measured, tied
from werkplaats.accounts.actions import open_code
from werkplaats.accounts.models import Code
from werkplaats.accounts.refusals import WrongCode
from werkplaats.consent.actions import withdraw
from werkplaats.consent.rules import Purpose
from werkplaats.defrag import queries, refusals
from werkplaats.defrag.actions import answering
from werkplaats.defrag.actions.asking import make_card
from werkplaats.defrag.analysis.over_time import hash_of
from werkplaats.defrag.models import Asking, Move, Side
from werkplaats.defrag.queries import people
from werkplaats.defrag.rules import HELP_DAYS, SIDE, Helped, MoveState, Stage
from werkplaats.defrag.sweeps import ASK_HELP, CHECK, LEAVE_IN_PEACE, MEASURE
from werkplaats.kit.claims import work_some
from werkplaats.mail.actions import question
from werkplaats.mail.models import Message
from werkplaats.neighbourhoods import actions as neighbourhoods
from werkplaats.neighbourhoods.models import Introduction, Party, Tie
from werkplaats.neighbourhoods.queries.introductions import asked_this_month
from werkplaats.neighbourhoods.refusals import NobodyToMail, NoRoomLeft
from werkplaats.neighbourhoods.rules import Verdict
from werkplaats.neighbourhoods.rules.asking import ANSWER_DAYS, Answer, By, month_of

pytestmark = pytest.mark.django_db


def say(asking: Asking, number: int, said: Answer) -> None:
    answering.answer(sides(asking)[number - 1], said=said, at=timezone.now())
    asking.refresh_from_db()


def both_yes() -> Asking:
    asking = begun()
    say(asking, 1, Answer.YES)
    say(asking, 2, Answer.YES)
    return asking


def met_on_a_day() -> Asking:
    asking = both_yes()
    today = timezone.localdate()
    long_ago = today - timedelta(days=HELP_DAYS)
    Asking.objects.update(asked_at=timezone.now() - timedelta(days=HELP_DAYS + 2))
    return answering.met(Asking.objects.get(pk=asking.pk), on=long_ago, today=today)


def test_the_second_side_hears_nothing_before_the_first_said_yes() -> None:
    asking = begun()
    assert [side.turn_at is not None for side in sides(asking)] == [True, False]
    with pytest.raises(refusals.NotYourTurn):
        say(asking, 2, Answer.YES)
    say(asking, 1, Answer.YES)
    assert [side.turn_at is not None for side in sides(asking)] == [True, True]
    assert asking.stage == Stage.ASKING
    say(asking, 2, Answer.YES)
    assert asking.stage == Stage.AGREED


@pytest.mark.parametrize("who", [1, 2])
def test_a_no_closes_the_asking_and_nobody_sees_whose_it_was(who: int) -> None:
    asking = begun()
    for number in range(1, who):
        say(asking, number, Answer.YES)
    before = [people.page_of(side) for side in sides(asking)]
    say(asking, who, Answer.NO)
    (line,) = people.askings(builders.workshop())
    assert line.stage == Stage.NOT_NOW
    assert "no" not in repr(line).replace("not_now", "").split("'")
    for number, side in enumerate(sides(asking), start=1):
        if number != who:  # what the other side sees did not change, or would be the same if nobody had answered
            assert people.page_of(side).shows in {before[number - 1].shows, "over"}


def test_who_said_yes_may_change_their_mind_and_learns_nothing_from_it() -> None:
    asking = begun()
    say(asking, 1, Answer.YES)
    say(asking, 2, Answer.NO)
    assert people.page_of(sides(asking)[0]).shows == "yes"
    say(asking, 1, Answer.NO)
    assert people.page_of(sides(asking)[0]).shows == "no"
    assert asking.stage == Stage.NOT_NOW


def test_a_pair_that_one_side_declined_is_not_proposed_until_that_side_takes_it_back() -> None:
    asking = begun()
    say(asking, 1, Answer.NO)
    work_some(MEASURE)
    row = Move.objects.get(pk=asking.move_id)
    assert row.state == MoveState.ASKED
    pair = {row.party_a_id, row.party_b_id}
    assert all({one.party_a_id, one.party_b_id} != pair for one in Move.objects.filter(state="proposed"))
    with pytest.raises(refusals.NotYourTurn):
        answering.take_back_no(sides(asking)[1], at=timezone.now())
    answering.take_back_no(sides(asking)[0], at=timezone.now())
    work_some(MEASURE)
    row.refresh_from_db()
    assert row.state == MoveState.PROPOSED
    assert begun(row).pk != asking.pk  # what was asked before stays on record, and they are asked anew


def test_of_two_noes_both_have_to_be_taken_back() -> None:
    asking = begun()
    say(asking, 1, Answer.YES)
    say(asking, 2, Answer.NO)
    say(asking, 1, Answer.NO)
    answering.take_back_no(sides(asking)[1], at=timezone.now())
    asking.refresh_from_db()
    assert asking.stage == Stage.NOT_NOW
    answering.take_back_no(sides(asking)[0], at=timezone.now())
    asking.refresh_from_db()
    assert asking.stage == Stage.TAKEN_BACK


def test_who_does_not_answer_in_time_is_left_in_peace() -> None:
    asking = begun()
    assert work_some(LEAVE_IN_PEACE) == 0
    Side.objects.filter(number=1).update(turn_at=timezone.now() - timedelta(days=ANSWER_DAYS, hours=1))
    assert work_some(LEAVE_IN_PEACE) == 1
    asking.refresh_from_db()
    assert asking.stage == Stage.NOT_NOW
    assert people.page_of(sides(asking)[0]).shows == "over"


def test_a_second_coordinator_is_told_and_nobody_is_asked_twice() -> None:
    row = move()
    representative(row.party_a, "Gerda")
    begun(row, by=By.PAPER)
    with pytest.raises(refusals.AlreadyAsked):
        begun(row)
    assert Asking.objects.count() == 1


def test_only_who_allows_it_is_mailed_and_under_their_own_name() -> None:
    row = move()
    first, second = people.sides_of(row)
    representative(first, "Gerda")
    representative(
        first, "Hamid", allows=(Purpose.KEEP, Purpose.CONTACT)
    )  # may be mailed, but not about meeting somebody
    representative(second, "Ruud")
    asking = begun(row, by=By.MAIL)
    (message,) = Message.objects.all()
    assert message.reader.address == "gerda@example.org"
    assert message.text.startswith("Hoi Gerda, een vraag aan")
    say(asking, 1, Answer.YES)
    assert set(Message.objects.values_list("reader__address", flat=True)) == {"gerda@example.org", "ruud@example.org"}


def test_where_nobody_allows_mail_it_cannot_be_chosen() -> None:
    with pytest.raises(NobodyToMail):
        begun(by=By.MAIL)
    assert not Asking.objects.exists()
    assert Move.objects.get(key="introduction:keuken:wijkteam").state == MoveState.PROPOSED


def test_who_withdraws_consent_before_their_turn_is_asked_on_paper() -> None:
    row = move()
    first, second = people.sides_of(row)
    representative(first, "Gerda")
    ruud = representative(second, "Ruud")
    asking = begun(row, by=By.MAIL)
    withdraw(ruud, purpose=Purpose.INTRODUCE, on=timezone.localdate())
    say(asking, 1, Answer.YES)
    assert not Message.objects.filter(reader__address="ruud@example.org").exists()
    assert sides(asking)[1].by == By.PAPER
    assert [line.who for line in people.cards(builders.workshop())] == [second.name]


def test_a_card_opens_its_side_and_a_new_card_closes_the_old() -> None:
    asking = begun()
    side, workshop = sides(asking)[0], builders.workshop()
    old, new = (make_card(side, at=timezone.now()) for _ in range(2))
    opened = open_code(workshop, new, purpose=SIDE, address="127.0.0.1", at=timezone.now())
    assert opened.thing == side.thing
    with pytest.raises(WrongCode):
        open_code(workshop, old, purpose=SIDE, address="127.0.0.1", at=timezone.now())
    with pytest.raises(refusals.NotYourTurn):
        make_card(sides(asking)[1], at=timezone.now())
    assert Code.objects.count() == 2


def test_nobody_is_asked_more_often_in_a_month_than_they_want() -> None:
    crowd(4)
    team = Party.objects.get(name="Team")
    Party.objects.filter(pk=team.pk).update(introductions_per_month=2)
    measured()
    rows = list(Move.objects.filter(party_b=team) | Move.objects.filter(party_a=team))
    assert len(rows) == 2
    for row in rows:
        begun(row)
    assert asked_this_month(builders.workshop(), today=timezone.localdate())[team.pk] == 2
    work_some(MEASURE)  # the plan leaves out who is full this month
    assert not (
        Move.objects.filter(state="proposed", party_a=team) | Move.objects.filter(state="proposed", party_b=team)
    )
    extra = Move.objects.create(
        workshop=builders.workshop(),
        key="introduction:groep-03:team",
        kind="introduction",
        party_a=Party.objects.get(name="Groep 03"),
        party_b=team,
        rank=9,
        gain=1,
        state="proposed",
        proposed_at=timezone.now(),
    )
    with pytest.raises(NoRoomLeft):
        begun(extra)
    month = month_of(timezone.localdate())
    Introduction.objects.update(asked_at=timezone.now() - timedelta(days=(month[1] - month[0]).days + 3))
    begun(extra)  # a new month


def test_who_carries_a_bridge_is_asked_first_and_counted_too() -> None:
    row = move()
    church = Party.objects.get(name="Kerk")
    Move.objects.filter(pk=row.pk).update(kind="bridge", through=church)
    asking = begun(Move.objects.get(pk=row.pk))
    assert [side.party.name for side in sides(asking)] == ["Kerk", "Keuken", "Wijkteam"]
    assert asked_this_month(builders.workshop(), today=timezone.localdate())[church.pk] == 1


def test_entries_of_one_party_share_one_cap() -> None:
    row = move()
    alias = builders.party("Buurtkeuken")
    Party.objects.filter(pk=alias.pk).update(introductions_per_month=0)
    neighbourhoods.put_double(row.party_a, party_b=alias, verdict=Verdict.SAME, stays=row.party_a)
    with pytest.raises(NoRoomLeft):
        begun(row)


def test_who_is_kept_apart_meanwhile_is_not_asked() -> None:
    row = move()
    assert row.party_b is not None
    neighbourhoods.keep_apart(row.party_a, party_b=row.party_b)
    with pytest.raises(refusals.Overtaken):
        begun(row)


def test_what_was_expected_is_frozen_when_people_are_asked() -> None:
    asking = begun()
    expected = asking.move.predicted
    assert asking.predicted_hash == expected["hash"] == hash_of(asking.predicted["text"])
    assert asking.predicted["low"] < asking.predicted["expected"] < asking.predicted["high"]
    Move.objects.update(predicted={})
    asking.refresh_from_db()
    assert asking.predicted_hash == hash_of(asking.predicted["text"])


def test_what_came_is_laid_beside_what_was_expected() -> None:
    asking = met_on_a_day()
    row = asking.move
    assert row.party_b is not None
    tied(row.party_a, row.party_b)  # both ends report it themselves
    Asking.objects.update(check_due_on=timezone.localdate())
    for tried in (1, 0):
        assert work_some(CHECK) == tried
    asking.refresh_from_db()
    assert asking.checked["intact"]
    assert asking.checked["formed"]
    assert asking.checked["brier"] == pytest.approx(0.25)  # it was as likely as not
    assert asking.checked["touched"] == 1


def test_a_prediction_that_was_changed_says_nothing_any_more() -> None:
    asking = met_on_a_day()
    text = asking.predicted["text"].replace('"people"', '"themes"', 1)
    assert text != asking.predicted["text"]
    Asking.objects.update(predicted={**asking.predicted, "text": text}, check_due_on=timezone.localdate())
    work_some(CHECK)
    asking.refresh_from_db()
    assert asking.checked == {"intact": False}


def test_a_no_is_counted_in_what_is_expected_of_the_next_move() -> None:
    workshop = builders.workshop()
    assert people.chance_of_yes(workshop) == 0.5
    say(begun(), 1, Answer.NO)
    assert people.chance_of_yes(workshop) == pytest.approx(1 / 3)


def test_they_met_only_after_both_yeses_and_on_a_day_that_was() -> None:
    asking, today = begun(), timezone.localdate()
    with pytest.raises(refusals.NotAgreed):
        answering.met(asking, on=today, today=today)
    say(asking, 1, Answer.YES)
    say(asking, 2, Answer.YES)
    with pytest.raises(refusals.MetInTheFuture):
        answering.met(asking, on=today + timedelta(days=1), today=today)
    for _ in range(2):  # two coordinators note the same day
        assert answering.met(asking, on=today, today=today).met_on == today
    with pytest.raises(refusals.AlreadyMet):
        answering.met(asking, on=today - timedelta(days=1), today=today)


def test_each_side_is_asked_once_whether_it_helped() -> None:
    asking = met_on_a_day()
    assert work_some(ASK_HELP) == 1
    assert work_some(ASK_HELP) == 0
    first = sides(asking)[0]
    assert people.page_of(first).shows == "help"
    now = timezone.now()
    answering.tell_whether_it_helped(first, helped=Helped.YES, at=now, today=timezone.localdate(), knows=True)
    with pytest.raises(refusals.AlreadyTold):
        answering.tell_whether_it_helped(first, helped=Helped.NO, at=now, today=timezone.localdate())
    tie = Tie.objects.get(kind="knows")
    assert (tie.reported_by_a, tie.reported_by_b) == (True, False)  # the party's own report, and nobody else's
    (line,) = people.askings(builders.workshop())
    assert (line.helped, line.silent_about_help) == ((1, 0, 0), 1)


def test_a_party_that_was_asked_something_this_month_is_asked_later() -> None:
    asking = met_on_a_day()
    now = timezone.now()
    key = sides(asking)[0].party.key
    assert question(builders.workshop(), about=f"party:{key}", at=now, key="iets-anders")
    work_some(ASK_HELP)
    assert [side.help_asked_at is not None for side in sides(asking)] == [False, True]
    asking.refresh_from_db()
    assert asking.help_due_on == timezone.localdate() + timedelta(days=1)


def test_the_move_of_a_merged_party_goes_to_whoever_speaks_for_any_of_its_names() -> None:
    row = move()
    alias = builders.party("Buurtkeuken")
    representative(alias, "Gerda")
    neighbourhoods.put_double(row.party_a, party_b=alias, verdict=Verdict.SAME, stays=row.party_a)
    assert row.party_b is not None
    representative(row.party_b, "Ruud")
    begun(Move.objects.get(pk=row.pk), by=By.MAIL)
    assert Message.objects.get().reader.address == "gerda@example.org"


def test_a_move_that_is_asked_stands_no_more_among_the_proposals() -> None:
    asking = begun()
    found = queries.connections(builders.workshop(), today=timezone.localdate())
    assert asking.move_id not in [line.id for line in found.moves]
