"""A vote and the sweep at the same moment."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.conversations.talk import conversation, somebody
from werkplaats.conversations import actions
from werkplaats.conversations.models import Conversation


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

    voter, sweep = Thread(target=vote), Thread(target=settle)
    voter.start()
    assert said.wait(timeout=10)
    sweep.start()
    sweep.join(timeout=0.5)  # without waiting it would be done by now, having seen no vote
    may_end.set()
    voter.join()
    sweep.join()
    row.refresh_from_db()
    assert row.stale_since is not None
