"""A vote, and what else happens at the same moment."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.conversations.talk import NOW, conversation, somebody
from werkplaats.asks.models import Ask
from werkplaats.asks.rules import AskState
from werkplaats.conversations import actions, refusals
from werkplaats.conversations.actions import voting
from werkplaats.conversations.models import Conversation, Participant, Statement, Vote
from werkplaats.conversations.queries.voting import changed_since, voter
from werkplaats.conversations.records import Seat, Voter
from werkplaats.conversations.rules import State


@pytest.mark.django_db(transaction=True)
def test_a_vote_that_is_being_stored_while_a_result_is_kept_makes_another_round() -> None:
    row = conversation()
    who = somebody(row)
    now = timezone.now()
    Conversation.objects.filter(pk=row.pk).update(stale_since=now - timedelta(minutes=1))
    said, may_end = Event(), Event()

    def vote() -> None:
        with transaction.atomic():
            actions.vote(who, number=1, value=1, at=now)
            said.set()
            may_end.wait(timeout=1)
        connection.close()

    def settle() -> None:
        actions.settle(row, began=now - timedelta(seconds=10))
        connection.close()

    hall, sweep = Thread(target=vote), Thread(target=settle)
    hall.start()
    assert said.wait(timeout=10)
    sweep.start()
    sweep.join(timeout=0.5)  # without waiting it would be done by now, having seen no vote
    may_end.set()
    hall.join()
    sweep.join()
    row.refresh_from_db()
    assert row.stale_since is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("between", "refusal"),
    [
        (lambda row, who: actions.withdraw(who, at=NOW), refusals.Gone),
        (lambda row, who: Ask.objects.filter(pk=row.ask_id).update(state=AskState.CLOSED.value), refusals.Closed),
        (
            lambda row, who: Statement.objects.update(state=State.REFUSED.value, reason="Dubbel"),
            refusals.NoSuchStatement,
        ),
    ],
)
def test_what_goes_between_looking_up_and_storing_another_answer_is_refused(
    monkeypatch: pytest.MonkeyPatch, between: Callable[[Conversation, Participant], object], refusal: type[Exception]
) -> None:
    row = conversation()
    who = somebody(row)
    actions.vote(who, number=1, value=1, at=NOW)

    def then_it_goes(seat: Seat, *, number: int) -> Voter | None:
        found = voter(seat, number=number)
        between(row, who)
        return found

    monkeypatch.setattr(voting, "voter", then_it_goes)
    with pytest.raises(refusal):
        actions.vote(who, number=1, value=-1, at=NOW)
    assert not Vote.objects.exclude(value=1).exists()


@pytest.mark.django_db
def test_a_button_that_came_in_between_is_the_vote_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    who = somebody(conversation())
    actions.vote(who, number=1, value=1, at=NOW, once="eens")
    came: list[Seat] = []

    def then_it_comes(seat: Seat, *, number: int) -> Voter | None:
        found = voter(seat, number=number)
        if not came:
            came.append(seat)
            actions.vote(who, number=1, value=-1, at=NOW, once="toch niet")
        return found

    monkeypatch.setattr(voting, "voter", then_it_comes)
    actions.vote(who, number=1, value=-1, at=NOW, once="toch niet")
    assert list(Vote.objects.order_by("pk").values_list("once", flat=True)) == ["eens", "toch niet"]


@pytest.mark.django_db
def test_after_a_result_was_kept_the_next_vote_makes_it_behind_again() -> None:
    row = conversation()
    who = somebody(row)
    actions.vote(who, number=1, value=1, at=NOW)
    actions.settle(row, began=NOW)
    row.refresh_from_db()
    assert row.stale_since is None
    actions.vote(who, number=2, value=1, at=NOW + timedelta(seconds=1))
    row.refresh_from_db()
    assert row.stale_since == NOW + timedelta(seconds=1)


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "noted"), [(1, 0), (30, 0), (59, 0), (61, 61)])
def test_that_somebody_votes_is_noted_once_a_minute_and_who_voted_since_is_known_to_the_second(
    seconds: int, noted: int
) -> None:
    row = conversation()
    who = somebody(row)
    actions.vote(who, number=1, value=1, at=NOW)
    at = NOW + timedelta(seconds=seconds)
    actions.vote(who, number=2, value=1, at=at)
    who.refresh_from_db()
    assert who.voted_at == NOW + timedelta(seconds=noted)
    assert list(Participant.objects.filter(changed_since(at - timedelta(seconds=1)))) == [who]
    assert not Participant.objects.filter(changed_since(at)).exists()
