"""The commands that start and prepare the platform."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture.house import HOME, PLATFORM
from werkplaats.config.management.commands.translations import untranslated
from werkplaats.config.sweeps import SWEEPS
from werkplaats.kit.claims import Beat, Key, Sweep

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Zoeken"
msgstr "Search"

msgid "De wijk"
msgstr ""

#, fuzzy
msgid "Beloften"
msgstr "Promise"

msgid "%(n)s mens wacht"
msgid_plural "%(n)s mensen wachten"
msgstr[0] "%(n)s person waits"
msgstr[1] ""
"""


def test_an_empty_a_guessed_and_a_half_translation_are_missing(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    path.write_text(PO)
    assert untranslated(path) == ["De wijk", "Beloften", "%(n)s mens wacht"]


def test_every_sweep_has_a_name_of_its_own() -> None:
    names = [each.name for each in SWEEPS]
    assert len(set(names)) == len(names)
    assert all(name.count(".") == 1 for name in names)


def test_no_sweep_of_a_room_is_forgotten() -> None:
    rooms = sorted(path.parent.name for path in PLATFORM.glob("*/sweeps.py") if path.parent.name != "config")
    modules = [import_module(f"werkplaats.{room}.sweeps") for room in rooms]
    declared = {each for module in modules for each in vars(module).values() if isinstance(each, Sweep)}
    assert declared == set(SWEEPS), "add it to config/sweeps.py"


@pytest.mark.django_db
def test_sweeping_once_ends_when_nothing_is_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale: list[Key] = [1, 2]

    def work(key: Key, beat: Beat) -> None:
        with beat.ending():
            stale.remove(key)

    sweep = Sweep("test.shelf", lambda limit: stale[:limit], work)
    monkeypatch.setattr("werkplaats.config.sweeps.SWEEPS", (sweep,))
    call_command("sweep", "--once")
    assert stale == []
    assert "2 pieces of work" in capsys.readouterr().out


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    environ = {name: text for name, text in os.environ.items() if not name.startswith(("WERKPLAATS_", "DJANGO_"))}
    environ |= {"WERKPLAATS_FOLDER": str(tmp_path), "WERKPLAATS_DEBUG": "yes"}
    for command in (["migrate", "--verbosity", "0"], ["run", "--bind", address, "--workers", "1"]):
        program = subprocess.Popen([sys.executable, "manage.py", *command], cwd=HOME, env=environ, text=True)
        if command[0] == "migrate":
            assert program.wait(timeout=300) == 0
    yield program, address
    program.kill()
    program.wait()


def children(pid: int) -> set[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return {int(line) for line in listed.stdout.split()}


def until(truth: object, seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if callable(truth) and truth():
            return True
        time.sleep(0.1)
    return False


def test_run_serves_revives_a_dead_sweep_and_ends_with_all_its_processes(
    running: tuple["subprocess.Popen[str]", str],
) -> None:
    program, address = running

    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"http://{address}/static/kit/samenhang.css", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    assert until(answers)
    web, sweep = sorted(children(program.pid))
    # What is printed and mailed leads to the address that is really served.
    assert f"WERKPLAATS_SITE=http://{address}" in Path(f"/proc/{web}/environ").read_text().split("\0")
    os.kill(sweep, signal.SIGKILL)
    assert until(lambda: len(children(program.pid) - {web, sweep}) == 1)
    left = children(program.pid)
    program.terminate()
    assert program.wait(timeout=40) == 0
    assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))
