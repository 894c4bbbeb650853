"""Processes that write in one ledger at the same moment: the chain never forks."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import builders
from tests.processes import environ
from tests.promises import table
from werkplaats.promises import queries
from werkplaats.promises.models import Event

WRITER = """
import sys
import django
django.setup()
from datetime import datetime, UTC
from werkplaats.promises import actions
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Channel
mine = list(Promise.objects.filter(key__in=sys.argv[1:]).order_by("key"))
print("ready", flush=True)
sys.stdin.readline()
for row in mine:
    actions.confirm(row, at=datetime(2026, 5, 12, 9, 30, tzinfo=UTC), channel=Channel.LINK)
    actions.report_done(row, evidence="Zie de foto.", at=datetime(2026, 5, 13, 9, 30, tzinfo=UTC))
print("done", flush=True)
"""
EACH, WRITERS = 12, 3


def _writer(keys: list[str], folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, *keys],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ(folder),
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_at_once_never_fork_the_chain(tmp_path: Path) -> None:
    drafts = [table.draft(wording=f"Belofte {number}.") for number in range(EACH * WRITERS)]
    writers = [_writer([row.key for row in drafts[start::WRITERS]], tmp_path) for start in range(WRITERS)]
    try:
        for writer in writers:  # all wait at the same line before the first one writes
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n", writer.communicate()[1]
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        for writer in writers:
            told, wrong = writer.communicate(timeout=120)
            assert told == "done\n", wrong
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    events = list(Event.objects.order_by("number"))
    assert [event.number for event in events] == list(range(1, EACH * WRITERS * 2 + 1))
    assert len({event.before for event in events}) == len(events)
    assert queries.verify(builders.workshop()) is None
