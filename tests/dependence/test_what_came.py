"""What came of a match: told by each side, and asked of each once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import builders
from tests.dependence.row import (
    begun,
    match,
    member,
    sides,
)
from werkplaats.accounts.models import Person
from werkplaats.consent.actions import withdraw
from werkplaats.consent.rules import Purpose
from werkplaats.dependence import refusals
from werkplaats.dependence.actions import asking
from werkplaats.dependence.models import Match
from werkplaats.dependence.queries import people
from werkplaats.dependence.rules import OUTCOME_DAYS, MatchState, Outcome
from werkplaats.dependence.sweeps import ASK_OUTCOME, TO_PAPER
from werkplaats.kit.claims import work_some
from werkplaats.mail.actions import question
from werkplaats.mail.models import Message
from werkplaats.mail.sweeps import SEND
from werkplaats.neighbourhoods.rules.asking import Answer, By

pytestmark = pytest.mark.django_db


def say(found: Match, number: int, said: Answer) -> None:
    asking.answer(sides(found)[number - 1], said=said, at=timezone.now())


def test_what_came_of_it_is_told_by_each_side_after_both_said_yes() -> None:
    found = begun()
    with pytest.raises(refusals.NotIntroduced):
        asking.tell_outcome(sides(found)[0], outcome=Outcome.MET, at=timezone.now())
    for number in (1, 2):
        say(found, number, Answer.YES)
    asking.tell_outcome(sides(found)[0], outcome=Outcome.USEFUL, at=timezone.now())
    asking.tell_outcome(sides(found)[1], outcome=Outcome.NOT, at=timezone.now())
    (line,) = people.lines(builders.workshop(), MatchState.INTRODUCED, today=timezone.localdate())
    assert line.told == ((1, "useful"), (2, "not"))


def agreed(found: Match | None = None, *, by: By = By.PAPER) -> Match:
    """Both said yes, so long ago that it is asked what came of it."""
    asked = begun(found, by=by)
    for number in (1, 2):
        say(asked, number, Answer.YES)
    rows = Match.objects.filter(pk=asked.pk)
    assert rows.get().outcome_due_on == timezone.localdate() + timedelta(days=OUTCOME_DAYS)
    rows.update(outcome_due_on=timezone.localdate())
    return asked


def test_each_side_is_asked_once_what_came_of_it_by_mail_or_card() -> None:
    proposed = match()
    assert proposed.offer.party
    member(proposed.offer.party, "Gerda")
    found = agreed(proposed)
    assert Message.objects.count() == 0
    assert work_some(ASK_OUTCOME) == 1
    assert work_some(ASK_OUTCOME) == 0
    message = Message.objects.get()
    assert (message.kind, message.rests_on) == ("question", ["contact", "introduce"])
    assert "Moskee en jullie zeiden op" in message.text
    assert [side.by for side in sides(found)] == [By.PAPER, By.PAPER], "the second has nobody to mail: it gets a card"
    assert [(one.who, str(one.about)) for one in people.cards(builders.workshop())] == [
        ("Club", "Wat kwam ervan?"),
        ("Moskee", "Wat kwam ervan?"),
    ]
    (line,) = people.lines(builders.workshop(), MatchState.INTRODUCED, today=timezone.localdate())
    assert (line.outcome_due_on, line.silent_about_outcome) == (None, 2)


def test_who_told_it_by_itself_or_said_no_after_all_is_not_asked() -> None:
    found = agreed()
    asking.tell_outcome(sides(found)[0], outcome=Outcome.MET, at=timezone.now())
    work_some(ASK_OUTCOME)
    assert [side.outcome_asked_at is not None for side in sides(found)] == [False, True]
    with pytest.raises(refusals.NotYourTurn):
        asking.make_card(sides(found)[0], at=timezone.now())
    Match.objects.filter(pk=found.pk).update(outcome_due_on=timezone.localdate())
    say(found, 1, Answer.NO)
    assert work_some(ASK_OUTCOME) == 0


def test_who_was_asked_something_this_month_is_asked_later_what_came_of_it() -> None:
    found = agreed()
    side = sides(found)[0]
    assert side.party
    assert question(builders.workshop(), about=f"party:{side.party.key}", at=timezone.now(), key="iets-anders")
    work_some(ASK_OUTCOME)
    assert [side.outcome_asked_at is not None for side in sides(found)] == [False, True]
    assert Match.objects.get(pk=found.pk).outcome_due_on == timezone.localdate() + timedelta(days=1)


def test_who_allows_no_mail_any_more_when_it_goes_out_gets_a_card() -> None:
    proposed = match()
    assert proposed.offer.party
    assert proposed.need.party
    member(proposed.offer.party, "Gerda")
    member(proposed.need.party, "Omar")
    found = agreed(proposed, by=By.MAIL)
    work_some(SEND)
    work_some(ASK_OUTCOME)
    withdraw(Person.objects.get(name="Gerda"), purpose=Purpose.INTRODUCE, on=timezone.localdate())
    work_some(SEND)
    assert work_some(TO_PAPER) == 1
    assert [side.by for side in sides(found)] == [By.PAPER, By.MAIL]
