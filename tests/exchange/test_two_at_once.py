"""Two coordinators bring in the same file at the same moment: nothing doubled, nothing lost."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import close_old_connections, connection

from tests.builders import TODAY
from tests.exchange.batches import AT, receive
from werkplaats.exchange import actions
from werkplaats.exchange.models import Batch
from werkplaats.neighbourhoods.models import Need, Party

LIST = "naam;zoekt\nDe Lange Tafel;een keuken\nDe Spil;een zaal\nHuurders Kade;\n"

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Does these in threads that start together; what went wrong."""
    start, wrong = Barrier(len(acts)), []

    def act(one: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            one()
        except BaseException as failure:  # noqa: BLE001  # told to the test, which fails by it
            wrong.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=act, args=[one]) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    close_old_connections()
    return wrong


def test_the_same_list_twice_at_once_comes_in_once_and_both_are_told() -> None:
    first, second = receive(een__csv=LIST), receive(twee__csv=LIST)
    assert at_once(*(lambda batch=batch: actions.confirm(batch, at=AT, today=TODAY) for batch in (first, second))) == []
    assert Party.objects.count() == 3
    assert Need.objects.count() == 2
    counts = [batch.uploads.get().told["counts"] for batch in (first, second)]
    assert sorted(one["new"] for one in counts) == [0, 3]
    assert sorted(one["same"] for one in counts) == [0, 3]


def test_one_batch_confirmed_by_two_at_once_is_confirmed_once() -> None:
    batch = receive(een__csv=LIST)
    assert at_once(*[lambda: actions.confirm(batch, at=AT, today=TODAY)] * 2) == []
    assert Party.objects.count() == 3
    assert Batch.objects.get().uploads.get().told["counts"]["new"] == 3
