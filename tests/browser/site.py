"""The real platform for browser tests: the demo neighbourhood, gunicorn and the sweep, as somebody runs it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

HOME = Path(__file__).parents[2]
WORKSHOP = "kanaalkwartier"
START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Site:
    """A platform that runs. `folder` is its own; `address` makes a whole address of one inside the workshop."""

    url: str
    folder: Path

    @property
    def codes(self) -> dict[str, str]:
        """The codes and keys that `furnishing.py` made, by what they open."""
        kept: dict[str, str] = json.loads((self.folder / "codes.json").read_text(encoding="utf-8"))
        return kept

    def address(self, place: str = "") -> str:
        """Everything stands under the key of the workshop, except what begins with a slash."""
        return f"{self.url}{place}" if place.startswith("/") else f"{self.url}/{WORKSHOP}/{place}"


def manage(folder: Path, *words: str) -> None:
    """One command of the platform on the data in `folder`; fails with what the command said."""
    said = subprocess.run(_command(*words), env=_env(folder), cwd=HOME, capture_output=True, text=True, check=False)
    assert said.returncode == 0, f"{words}: {said.stdout}{said.stderr}"


def prepare(folder: Path) -> None:
    """What ``make run`` does before it serves: tables, static files, the demo, and all slow work done."""
    manage(folder, "migrate", "--verbosity", "0")
    manage(folder, "collectstatic", "--noinput", "--verbosity", "0")
    manage(folder, "load", "demo")
    manage(folder, "shell", "--command", "from tests.browser.furnishing import furnish; furnish()")
    manage(folder, "sweep", "--once")
    manage(folder, "shell", "--command", "from tests.browser.furnishing import check_a_move; check_a_move()")
    manage(folder, "sweep", "--once")


@contextmanager
def served(prepared: Path, folder: Path) -> Iterator[Site]:
    """The platform on a copy of what was prepared, with its sweep, until the block ends."""
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    site = Site(f"http://127.0.0.1:{port}", folder)
    with (folder / "log.txt").open("wb") as log:
        command = _command("run", "--bind", f"127.0.0.1:{port}", "--workers", "1")
        running = subprocess.Popen(command, env=_env(folder), cwd=HOME, stdout=log, stderr=log)
        try:
            _wait(site, running)
            yield site
        finally:
            running.terminate()
            running.wait(timeout=30)


def _wait(site: Site, running: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and running.poll() is None:
        try:
            with urlopen(site.address(), timeout=START_SECONDS):
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"the platform did not start: {(site.folder / 'log.txt').read_text()}")


def _command(*words: str) -> list[str]:
    return [sys.executable, str(HOME / "manage.py"), *words]


def _env(folder: Path) -> dict[str, str]:
    """The variables of somebody who runs the demo, without those of the tests."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("WERKPLAATS_", "DJANGO_"))}
    return kept | {
        "WERKPLAATS_FOLDER": str(folder),
        "WERKPLAATS_DEMO": "yes",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
