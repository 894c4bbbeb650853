"""The engine that makes SQLite's writers wait their turn."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.backends.utils import CursorWrapper
from pytest_django import DjangoDbBlocker

from werkplaats.kit.sqlite.base import DatabaseWrapper, QueueingCursor
from werkplaats.kit.sqlite.queue import WriterQueue

OPEN = """
import sys, time
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": "werkplaats.kit.sqlite", "NAME": sys.argv[1]}})
import django; django.setup()
from django.db import connection, transaction
def write(who):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO note (who, at) VALUES (%s, %s)", [who, time.time()])
"""


def wrapper(name: str) -> DatabaseWrapper:
    from django.db import connections

    settings: dict[str, Any] = {"ENGINE": "werkplaats.kit.sqlite", "NAME": name}
    connections.configure_settings({"default": settings})
    return DatabaseWrapper(settings, alias="default")


@pytest.fixture(autouse=True)
def connections_of_our_own(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """These tests open files of their own and never the test database."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "notes.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, who TEXT NOT NULL UNIQUE, at REAL)")
    return path


@pytest.fixture
def notes(file: Path) -> DatabaseWrapper:
    return wrapper(str(file))


def one(connection: DatabaseWrapper, query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def start(program: str, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", OPEN + program, *map(str, arguments)]
    environ = {name: text for name, text in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ)


def is_free(file: Path) -> bool:
    import fcntl

    with file.with_name(file.name + "-queue").open("r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def test_a_connection_is_durable_and_guards_foreign_keys(notes: DatabaseWrapper) -> None:
    assert one(notes, "PRAGMA journal_mode") == "wal"
    assert one(notes, "PRAGMA synchronous") == 2
    assert one(notes, "PRAGMA foreign_keys") == 1
    assert one(notes, "PRAGMA busy_timeout") == 10_000


def test_reading_does_not_queue(notes: DatabaseWrapper, file: Path) -> None:
    one(notes, "SELECT count(*) FROM note")
    queue = WriterQueue(file.with_name(file.name + "-queue"))
    queue.enter()
    assert one(notes, "SELECT count(*) FROM note") == 0
    queue.close()


def test_opening_a_connection_to_read_does_not_queue(notes: DatabaseWrapper, file: Path) -> None:
    notes.ensure_connection()
    queue = WriterQueue(file.with_name(file.name + "-queue"))
    queue.enter()
    newcomer = start(
        "with connection.cursor() as cursor: print(cursor.execute('SELECT count(*) FROM note').fetchone())", file
    )
    try:
        assert newcomer.communicate(timeout=60)[0] == "(0,)\n"
    finally:
        newcomer.kill()
        queue.close()


@pytest.fixture
def default(notes: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch) -> DatabaseWrapper:
    monkeypatch.setattr(transaction, "get_connection", lambda using=None: notes)
    return notes


def insert(connection: DatabaseWrapper, who: str) -> None:
    cursor: CursorWrapper
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO note (who) VALUES (%s)", [who])


def test_the_place_in_the_line_is_held_for_a_whole_transaction_and_left_after_it(
    default: DatabaseWrapper, file: Path
) -> None:
    with transaction.atomic():
        insert(default, "anna")
        with transaction.atomic():
            insert(default, "bilal")
        assert not is_free(file)
    assert is_free(file)
    assert one(default, "SELECT count(*) FROM note") == 2


def test_the_line_is_left_after_a_rollback(default: DatabaseWrapper, file: Path) -> None:
    insert(default, "anna")
    with pytest.raises(DatabaseError), transaction.atomic():
        insert(default, "anna")
    assert is_free(file)
    assert one(default, "SELECT count(*) FROM note") == 1


def test_a_write_outside_a_transaction_queues_for_that_one_statement(
    notes: DatabaseWrapper, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    original = WriterQueue.leave

    def leave(self: WriterQueue) -> None:
        seen.append(is_free(file))
        original(self)

    notes.ensure_connection()
    monkeypatch.setattr(WriterQueue, "leave", leave)
    with notes.cursor() as cursor:
        assert isinstance(cursor.cursor, QueueingCursor)
        cursor.execute("INSERT INTO note (who) VALUES ('anna')")
        cursor.executemany("INSERT INTO note (who) VALUES (%s)", [["bilal"], ["carla"]])
    assert seen == [False, False]
    monkeypatch.undo()
    assert is_free(file)


def test_a_failed_write_outside_a_transaction_leaves_the_line(notes: DatabaseWrapper, file: Path) -> None:
    insert(notes, "anna")
    with pytest.raises(IntegrityError):
        insert(notes, "anna")
    assert is_free(file)


def test_closing_leaves_the_line(notes: DatabaseWrapper, file: Path) -> None:
    notes.ensure_connection()
    assert notes.queue is not None
    notes.queue.enter()
    notes.close()
    assert is_free(file)


def test_a_database_in_memory_needs_no_queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    memory = wrapper("file:notes?mode=memory&cache=shared")
    with memory.cursor() as cursor:
        cursor.execute("CREATE TABLE note (who TEXT)")
    insert(memory, "anna")
    assert one(memory, "SELECT count(*) FROM note") == 1
    assert list(tmp_path.iterdir()) == []


def test_of_four_processes_that_write_at_once_none_starves_and_no_note_is_lost(file: Path, tmp_path: Path) -> None:
    program = """
from pathlib import Path
gate, who = Path(sys.argv[2]), sys.argv[3]
print("ready", flush=True)
while not gate.exists(): time.sleep(.001)
for n in range(200):
    write(f"{who}-{n}")
"""
    gate = tmp_path / "gate"
    writers = [start(program, file, gate, each) for each in range(4)]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    gate.touch()
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 4
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone()[0] == 800
        firsts = [row[0] for row in connection.execute("SELECT id FROM note WHERE who LIKE '%-0' ORDER BY id")]
        lasts = [row[0] for row in connection.execute("SELECT id FROM note WHERE who LIKE '%-199' ORDER BY id")]
    # Nobody is let in for the first time only after another has finished.
    assert firsts[-1] < lasts[0], (firsts, lasts)


def test_what_was_acknowledged_survives_a_kill_and_the_next_writer_is_let_in(file: Path) -> None:
    program = """
n = 0
while True:
    write(f"note-{n}"); print(n, flush=True); n += 1
"""
    writer = start(program, file)
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(30)]
    os.kill(writer.pid, signal.SIGKILL)
    acknowledged += [int(line) for line in writer.stdout.read().split()]
    writer.wait()
    with sqlite3.connect(file) as connection:
        kept = {who for (who,) in connection.execute("SELECT who FROM note")}
    assert {f"note-{n}" for n in acknowledged} <= kept
    insert(wrapper(str(file)), "afterwards")
