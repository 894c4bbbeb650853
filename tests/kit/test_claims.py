"""Slow work is done once, by one worker, also when workers die."""

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.models.functions import Now

from tests.processes import environ
from werkplaats.config.sweeps import for_ever, until_done
from werkplaats.kit.claims import (
    BEAT_LIMIT,
    MAX_ATTEMPTS,
    REST,
    Beat,
    ClaimLost,
    Key,
    Sweep,
    given_up,
    given_up_keys,
    progress,
    take,
    try_again,
    work_some,
)
from werkplaats.kit.models import Claim

AT_ONCE = timedelta(0)


class Shelf:
    """Documents that want reading, in memory."""

    def __init__(self, *stale: Key) -> None:
        self.stale = list(stale)
        self.read: list[Key] = []

    def find(self, limit: int) -> list[Key]:
        return self.stale[:limit]

    def work(self, key: Key, beat: Beat) -> None:
        if key == "poisoned":
            raise ValueError("Anna de Wit, Kade 3: cannot be read")
        with beat.ending():
            self.stale.remove(key)
            self.read.append(key)

    def sweep(self) -> Sweep:
        return Sweep("shelf", self.find, self.work)


@pytest.mark.django_db
def test_what_is_found_is_done_once_and_leaves_no_claim() -> None:
    shelf = Shelf(3, 1, 2)
    assert until_done([shelf.sweep()]) == 3
    assert shelf.read == [3, 1, 2]
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_somebody_elses_claim_is_left_alone() -> None:
    shelf = Shelf(1, 2)
    assert take("shelf", 1) is not None
    assert until_done([shelf.sweep()]) == 1
    assert shelf.read == [2]


@pytest.mark.django_db
def test_a_claim_whose_beat_is_too_old_is_taken_over_and_the_first_worker_stores_nothing_more() -> None:
    first = take("shelf", 1)
    second = take("shelf", 1, limit=AT_ONCE)
    assert first is not None
    assert second is not None
    stored = []
    with pytest.raises(ClaimLost), first.slice():
        stored.append("a slice")
    with pytest.raises(ClaimLost), first.ending():
        stored.append("an ending")
    assert stored == []
    first.leave()
    with second.ending():
        stored.append("the second")
    assert stored == ["the second"]


@pytest.mark.django_db
def test_a_worker_that_lost_its_claim_stops_without_failing() -> None:
    def work(key: Key, beat: Beat) -> None:
        take("shelf", key, limit=AT_ONCE)
        beat()

    assert work_some(Sweep("shelf", lambda limit: [1], work)) == 1
    assert Claim.objects.get().error == ""


@pytest.mark.django_db
def test_a_poisoned_document_stops_after_its_tries_and_holds_up_nobody() -> None:
    shelf = Shelf("poisoned", 1, 2)
    for _ in range(MAX_ATTEMPTS + 3):
        work_some(shelf.sweep(), most=1, limit=AT_ONCE)
    assert shelf.read == [1, 2]
    assert Claim.objects.get().attempts == MAX_ATTEMPTS
    assert [each.key for each in given_up()] == ["poisoned"]
    assert given_up()[0].given_up
    assert given_up_keys("shelf") == {"poisoned"}


@pytest.mark.django_db
def test_what_kills_every_worker_is_given_up_too() -> None:
    for _ in range(MAX_ATTEMPTS):
        assert take("shelf", "bomb", limit=AT_ONCE) is not None
    assert given_up_keys("shelf") == frozenset()
    Claim.objects.update(beat_at=Now() - 2 * BEAT_LIMIT)
    assert given_up_keys("shelf") == {"bomb"}
    seen = progress("shelf", "bomb")
    assert seen is not None
    assert seen.given_up
    assert take("shelf", "bomb") is None


@pytest.mark.django_db
def test_work_is_not_given_up_while_its_last_try_goes_on() -> None:
    shelf = Shelf("poisoned")
    for _ in range(MAX_ATTEMPTS - 1):
        work_some(shelf.sweep(), limit=AT_ONCE)
    assert take("shelf", "poisoned", limit=AT_ONCE) is not None
    assert given_up() == ()


@pytest.mark.django_db
def test_the_error_that_is_kept_and_logged_quotes_nobody(caplog: pytest.LogCaptureFixture) -> None:
    until_done([Shelf("poisoned").sweep()])
    error = Claim.objects.get().error
    assert error.startswith("ValueError in work, test_claims.py:")
    assert "Anna" not in error + caplog.text


@pytest.mark.django_db
def test_a_failure_is_not_tried_again_at_once() -> None:
    assert until_done([Shelf("poisoned").sweep()]) == 1
    assert Claim.objects.get().attempts == 1


@pytest.mark.django_db
def test_new_contents_are_tried_again_after_giving_up() -> None:
    shelf = Shelf("poisoned")
    for _ in range(MAX_ATTEMPTS):
        work_some(shelf.sweep(), limit=AT_ONCE)
    try_again("shelf", "poisoned")
    assert given_up() == ()
    assert work_some(shelf.sweep()) == 1


@pytest.mark.django_db
def test_work_that_finds_nothing_to_do_ends_the_round() -> None:
    assert until_done([Sweep("shelf", lambda limit: [1], lambda key, beat: None)]) == 0
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_progress_is_seen_while_the_work_goes_on_and_gone_afterwards() -> None:
    assert progress("shelf", 1) is None
    beat = take("shelf", 1)
    assert beat is not None
    beat(done=2, total=7)
    seen = progress("shelf", 1)
    assert seen is not None
    assert (seen.done, seen.total, seen.attempts, seen.given_up) == (2, 7, 1, False)
    with beat.ending():
        pass
    assert progress("shelf", 1) is None


@pytest.mark.django_db
def test_a_failed_slice_stores_nothing_and_keeps_the_earlier_ones() -> None:
    beat = take("shelf", 1)
    assert beat is not None
    beat(done=1, total=2)
    with pytest.raises(ValueError, match="half"), beat.slice(done=2, total=2):
        raise ValueError("half")
    seen = progress("shelf", 1)
    assert seen is not None
    assert seen.done == 1


@pytest.mark.django_db
def test_a_round_that_fails_does_not_end_the_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("werkplaats.config.sweeps.PAUSE_SECONDS", 0)
    monkeypatch.setattr("werkplaats.config.sweeps.close_old_connections", lambda: None)
    shelf, rounds = Shelf(1), iter([True, False])

    def find(limit: int) -> list[Key]:
        if next(rounds, False):
            raise OSError("the disk is away")
        return shelf.find(limit)

    for_ever(lambda: not shelf.stale, [Sweep("shelf", find, shelf.work)])
    assert shelf.read == [1]


@pytest.mark.django_db
def test_a_sweep_that_looks_through_a_whole_table_rests_after_it_found_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    now, looked = 0.0, {"slow": list[float](), "quick": list[float]()}

    def second(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr("werkplaats.config.sweeps.monotonic", lambda: now)
    monkeypatch.setattr("werkplaats.config.sweeps.sleep", second)
    monkeypatch.setattr("werkplaats.config.sweeps.close_old_connections", lambda: None)
    shelf = Shelf(1, 2)  # the slow one has two pieces of work, found one at a time

    def finds(name: str) -> Sweep:
        def find(limit: int) -> list[Key]:
            looked[name].append(now)
            return shelf.find(1) if name == "slow" else []

        return Sweep(name, find, shelf.work)

    for_ever(lambda: now >= 130, [finds("slow"), finds("quick")], rests={"slow": 60.0})
    assert shelf.read == [1, 2]
    assert looked["slow"] == [0.0, 0.0, 0.0, 60.0, 120.0]  # while there is work it does not rest
    assert len(looked["quick"]) == 132


WORKER = """
import sys, time
import django; django.setup()
from datetime import timedelta
from django.db import connection
from django.db.models.functions import Now
from werkplaats.kit.claims import Sweep, work_some
def find(limit):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM shelf_document WHERE stale = 1 ORDER BY id LIMIT %s", [limit])
        return [row[0] for row in cursor.fetchall()]
def work(key, beat):
    with beat.slice(done=1, total=2), connection.cursor() as cursor:
        cursor.execute("DELETE FROM shelf_page WHERE document = %s", [key])
        cursor.execute("INSERT INTO shelf_page (document) VALUES (%s)", [key])
    print(key, flush=True)
    if sys.argv[1] == "hang":
        time.sleep(60)
    with beat.ending(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO shelf_page (document) VALUES (%s)", [key])
        cursor.execute("UPDATE shelf_document SET stale = 0 WHERE id = %s", [key])
while work_some(Sweep("shelf", find, work), limit=timedelta(seconds=float(sys.argv[2]))):
    pass
"""


@pytest.fixture
def shelf_tables(transactional_db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE shelf_document (id INTEGER PRIMARY KEY, stale INTEGER)")
        cursor.execute("CREATE TABLE shelf_page (document INTEGER)")
        cursor.executemany("INSERT INTO shelf_document VALUES (%s, 1)", [[n] for n in range(1, 9)])
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE shelf_document")
        cursor.execute("DROP TABLE shelf_page")


def worker(how: str, limit: float, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, how, str(limit)], env=environ(folder), stdout=subprocess.PIPE, text=True
    )


@pytest.mark.usefixtures("shelf_tables")
def test_what_killed_workers_leave_behind_is_taken_over_none_lost_and_none_doubled(tmp_path: Path) -> None:
    for _ in range(2):
        doomed = worker("hang", 60, tmp_path)
        assert doomed.stdout is not None
        doomed.stdout.readline()
        doomed.kill()
        doomed.wait()
    assert Claim.objects.count() == 2
    time.sleep(0.5)
    two = [worker("work", 0.4, tmp_path) for _ in range(2)]
    assert [each.wait(timeout=60) for each in two] == [0, 0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT document, count(*) FROM shelf_page GROUP BY document ORDER BY document")
        assert cursor.fetchall() == [(n, 2) for n in range(1, 9)]
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_what_was_given_up_is_tried_once_more_after_a_rest() -> None:
    shelf = Shelf("poisoned")
    for _ in range(MAX_ATTEMPTS):
        work_some(shelf.sweep(), limit=AT_ONCE)
    assert work_some(shelf.sweep()) == 0
    Claim.objects.update(beat_at=Now() - REST)
    assert work_some(shelf.sweep()) == 1
    assert given_up_keys("shelf") == {"poisoned"}
    assert work_some(shelf.sweep()) == 0


@pytest.mark.django_db
def test_new_contents_leave_who_is_working_alone_and_begin_the_count_anew() -> None:
    for _ in range(MAX_ATTEMPTS):
        mine = take("shelf", 1, limit=AT_ONCE)
    assert mine is not None
    try_again("shelf", 1)
    mine()
    assert Claim.objects.get().attempts == 1
