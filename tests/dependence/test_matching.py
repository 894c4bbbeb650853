from datetime import timedelta

import pytest
from django.utils import timezone

from tests import builders
from tests.dependence.row import (
    BARREL,
    BARRELS,
    TRAINER,
    TRAINS,
    begun,
    match,
    matched,
    pairs,
    person,
    posted,
    row,
    sides,
)
from werkplaats.consent.actions import withdraw
from werkplaats.consent.rules import Purpose
from werkplaats.dependence import actions, refusals
from werkplaats.dependence.actions import asking
from werkplaats.dependence.models import Match, MatchSide
from werkplaats.dependence.queries import people
from werkplaats.dependence.rules import MatchState
from werkplaats.dependence.sweeps import LEAVE, MATCH, TO_PAPER
from werkplaats.kit.claims import work_some
from werkplaats.mail.models import Message
from werkplaats.neighbourhoods.actions import keep_apart, put_double, put_membership, touch
from werkplaats.neighbourhoods.actions.introductions import count_asked
from werkplaats.neighbourhoods.actions.needs import end_need, hide_need
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.neighbourhoods.refusals import NobodyToMail, NoRoomLeft
from werkplaats.neighbourhoods.rules import NeedKind, Verdict
from werkplaats.neighbourhoods.rules.asking import ANSWER_DAYS, Answer, By
from werkplaats.neighbourhoods.rules.needs import Ending

pytestmark = pytest.mark.django_db


def say(found: Match, number: int, said: Answer) -> None:
    asking.answer(sides(found)[number - 1], said=said, at=timezone.now())


def state(found: Match) -> str:
    return Match.objects.get(pk=found.pk).state


def test_needs_and_offers_match_across_languages_and_unlike_ones_do_not() -> None:
    row()
    matched()
    assert pairs() == {(TRAINER, TRAINS), (BARREL, BARRELS)}
    assert work_some(MATCH) == 0, "nothing changed, so nothing is done again"


def test_nobody_is_matched_with_itself_under_any_of_its_names() -> None:
    needs = row()
    mosque, club = needs["trainer"].party, needs["trains"].party
    assert mosque
    assert club
    put_double(mosque, party_b=club, verdict=Verdict.SAME, stays=club)
    touch(builders.workshop(), at=timezone.now())
    matched()
    assert pairs() == {(BARREL, BARRELS)}


def test_who_is_kept_apart_or_wants_no_introductions_is_not_matched() -> None:
    needs = row()
    ends = [needs[name].party for name in ("trainer", "trains")]
    assert ends[0]
    assert ends[1]
    keep_apart(ends[0], party_b=ends[1])
    Party.objects.filter(name="Garage").update(open_to_introductions=False)
    matched()
    assert pairs() == set()


def test_what_ends_or_is_hidden_is_proposed_no_more() -> None:
    needs = row()
    matched()
    now = timezone.now()
    end_need(needs["trainer"], ending=Ending.MET, at=now, today=timezone.localdate())
    hide_need(needs["barrels"], reason="Reclame", at=now)
    matched()
    assert pairs() == set()


def test_a_person_is_matched_only_while_they_allow_it() -> None:
    resident = person("Fatma")
    builders.party("Club")
    posted(resident, NeedKind.NEED, TRAINER)
    posted(Party.objects.get(), NeedKind.OFFER, TRAINS)
    matched()
    assert pairs() == {(TRAINER, TRAINS)}
    withdraw(resident, purpose=Purpose.INTRODUCE, on=timezone.localdate())
    touch(builders.workshop(), at=timezone.now())
    matched()
    assert pairs() == set()


def test_a_coordinator_refuses_with_a_reason_and_it_never_comes_back() -> None:
    found = match()
    with pytest.raises(refusals.RefusedWithoutReason):
        actions.refuse(found, reason=" ", by=None, at=timezone.now())
    actions.refuse(found, reason="Andere leeftijd", by=None, at=timezone.now())
    touch(builders.workshop(), at=timezone.now())
    matched()
    assert (TRAINER, TRAINS) not in pairs()
    with pytest.raises(refusals.AlreadyAsked):
        begun(found)


def test_who_offers_is_asked_first_and_who_needs_after_a_yes() -> None:
    found = begun()
    first, second = sides(found)
    assert first.party
    assert second.party
    assert (first.party.name, first.turn_at is not None) == ("Club", True)
    assert (second.party.name, second.turn_at) == ("Moskee", None)
    with pytest.raises(refusals.NotYourTurn):
        say(found, 2, Answer.YES)
    say(found, 1, Answer.YES)
    assert sides(found)[1].turn_at is not None
    say(found, 2, Answer.YES)
    assert state(found) == MatchState.INTRODUCED


def test_a_no_is_nobodys_to_know_and_is_remembered() -> None:
    found = begun()
    say(found, 1, Answer.YES)
    seen = people.page_of(sides(found)[0], today=timezone.localdate())
    say(found, 2, Answer.NO)
    assert people.page_of(sides(found)[0], today=timezone.localdate()) == seen
    (line,) = people.lines(builders.workshop(), MatchState.NOT_NOW, today=timezone.localdate())
    assert line.told == ()
    touch(builders.workshop(), at=timezone.now())
    matched()
    assert (TRAINER, TRAINS) not in pairs()


def test_only_who_said_no_takes_it_back_and_then_it_may_be_proposed_again() -> None:
    found = begun()
    say(found, 1, Answer.YES)
    say(found, 2, Answer.NO)
    with pytest.raises(refusals.NotYourTurn):
        asking.take_back_no(sides(found)[0], at=timezone.now())
    asking.take_back_no(sides(found)[1], at=timezone.now())
    assert state(found) == MatchState.PROPOSED
    matched()
    assert (TRAINER, TRAINS) in pairs()
    begun(found)


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        (TRAINER, TRAINS),
        (
            "Kızlarımız için akşamları bir futbol antrenörü arıyoruz!",
            "Trainer die op woensdagavond meisjes leert voetballen!",
        ),
        (TRAINER, "A coach who teaches girls football on Wednesday evening."),
    ],
    ids=["the same words", "nearly the same words", "another language"],
)
def test_a_no_holds_when_both_withdraw_and_come_back_with_about_the_same(asked: str, offered: str) -> None:
    found = begun()
    say(found, 1, Answer.YES)
    say(found, 2, Answer.NO)
    mosque, club = (side.party for side in reversed(sides(found)))
    assert mosque
    assert club
    for need in (found.need, found.offer):
        end_need(need, ending=Ending.WITHDRAWN, at=timezone.now(), today=timezone.localdate())
    posted(mosque, NeedKind.NEED, asked, language="tr")
    posted(club, NeedKind.OFFER, offered)
    matched()
    assert pairs() == {(BARREL, BARRELS)}, "nobody has to say no twice"
    asking.take_back_no(sides(found)[1], at=timezone.now())
    matched()
    assert pairs() == {(BARREL, BARRELS), (asked, offered)}, "only its own no stood in the way"


def test_a_no_holds_for_these_two_and_this_alone() -> None:
    found = begun()
    say(found, 1, Answer.NO)
    end_need(found.need, ending=Ending.WITHDRAWN, at=timezone.now(), today=timezone.localdate())
    posted(builders.party("School"), NeedKind.NEED, TRAINER, language="tr")
    mosque = found.need.party
    assert mosque
    other = "Wij zoeken een regenton met een kraantje, om op te halen."
    posted(mosque, NeedKind.NEED, other)
    matched()
    assert pairs() == {(TRAINER, TRAINS), (BARREL, BARRELS), (other, BARRELS)}


def test_what_says_the_same_twice_is_proposed_no_more_once_one_of_the_two_was_refused() -> None:
    needs = row()
    mosque = needs["trainer"].party
    assert mosque
    posted(mosque, NeedKind.NEED, "Voor onze meisjes zoeken we een voetbaltrainer in de avond.")
    matched()
    assert len(pairs()) == 3
    actions.refuse(Match.objects.get(need=needs["trainer"]), reason="Andere leeftijd", by=None, at=timezone.now())
    matched()
    assert pairs() == {(BARREL, BARRELS)}


def test_a_yes_may_become_a_no_even_after_both_said_yes() -> None:
    found = begun()
    for number in (1, 2):
        say(found, number, Answer.YES)
    say(found, 1, Answer.NO)
    assert state(found) == MatchState.NOT_NOW


def test_who_says_nothing_is_left_in_peace() -> None:
    found = begun()
    assert work_some(LEAVE) == 0
    MatchSide.objects.filter(match=found, number=1).update(turn_at=timezone.now() - timedelta(days=ANSWER_DAYS))
    assert work_some(LEAVE) == 1
    assert state(found) == MatchState.NOT_NOW


def test_a_party_is_asked_no_more_often_than_it_wants_by_moves_and_matches_together() -> None:
    found = match()
    Party.objects.filter(name="Club").update(introductions_per_month=1)
    club = Party.objects.get(name="Club")
    count_asked([club], about="asking:elders", at=timezone.now())
    with pytest.raises(NoRoomLeft):
        begun(found)
    assert not MatchSide.objects.exists()


def test_a_person_is_asked_no_more_often_than_there_is_room() -> None:
    resident = person("Fatma")
    for number in range(3):
        club = builders.party(f"Club {number}")
        posted(resident, NeedKind.NEED, TRAINER)
        posted(club, NeedKind.OFFER, TRAINS)
    matched()
    made = [people.match_by_key(builders.workshop(), key) for key in Match.objects.values_list("key", flat=True)]
    by_club = {str(one.offer.party): one for one in made if one}
    *some, last = by_club.values()
    for one in some[:2]:
        begun(one)
    with pytest.raises(refusals.PersonHasNoRoom):
        begun(last)


def test_what_is_over_meanwhile_is_not_asked() -> None:
    found = match()
    Need.objects.filter(pk=found.need_id).update(until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(refusals.Overtaken):
        begun(found)


def test_nobody_is_mailed_who_did_not_allow_it_and_a_mail_that_is_gone_becomes_a_card() -> None:
    found = match()
    with pytest.raises(NobodyToMail):
        begun(found, by=By.MAIL)
    _member(found.offer.party, "Gerda")
    _member(found.need.party, "Omar")
    begun(found, by=By.MAIL)
    assert Message.objects.get().text.startswith("Hoi Gerda, een vraag aan Club.")
    Message.objects.all().delete()
    assert work_some(TO_PAPER) == 1
    assert sides(found)[0].by == By.PAPER


def _member(party: Party | None, name: str) -> None:
    assert party
    put_membership(party, person=person(name), role="lid")
