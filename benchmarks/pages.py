"""Pages over HTTP in a workshop of 100,000 voices and 10,000 promises, served as everybody serves it: ``manage.py run``."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import numpy as np

from benchmarks.row import Row

TIMES, TARGET_MS, KNOWN_MS = 40, 200, 300
HOUSE = Path(__file__).parents[1]
QUESTION = urllib.parse.urlencode({"title": "Een zaal", "question": "Waar kunnen bewoners in de winter samen koken?"})
PUBLIC = (
    ("start page", ""),
    ("list of asks", "meedoen/"),
    ("ask with 40,000 voices", "meedoen/v0/"),
    ("ask with 600 voices", "meedoen/v7/"),
    ("list of promises", "beloften/"),
    ("promise", "beloften/b00004/"),
    ("end of the ledger", "beloften/grootboek/"),
    ("issue with 38,000 voices", "vraagstukken/i0/"),
    ("search", "zoeken/?q=lift"),
)
TEAM = (("today", "vandaag/"), ("desk of voices", "stemmen/"), ("known already", f"meedoen/nieuw/?{QUESTION}"))


def run(data: Path | None) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="groei-") as folder:
        os.environ["WERKPLAATS_FOLDER"] = folder
        from django.core.management import call_command

        _set_up()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from benchmarks import made_workshop

        session, codes = made_workshop.fill()
        with _served() as site:
            here = f"{site}/{made_workshop.KEY}/"
            found = [_row(name, _timed(Reader(), here + path)) for name, path in PUBLIC]
            coordinator = Reader(f"sessionid={session}")
            found += [_row(name, _timed(coordinator, here + path)) for name, path in TEAM]
            return [*found, *_receipts(here, codes)]


class Reader:
    """Somebody with a browser: keeps cookies, and follows where a form leads."""

    def __init__(self, cookie: str = "") -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.opener.addheaders = [("Cookie", cookie)] if cookie else []

    def read(self, url: str, form: dict[str, str] | None = None) -> str:
        with self.opener.open(url, urllib.parse.urlencode(form).encode() if form else None, timeout=30) as answer:
            return str(answer.read().decode())


def _set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkplaats.config.settings")
    django.setup()


@contextmanager
def _served() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    server = subprocess.Popen([sys.executable, "manage.py", "run", "--bind", address], cwd=HOUSE)
    try:
        for _ in range(60):
            try:
                Reader().read(f"http://{address}/")
                break
            except OSError:
                time.sleep(0.5)
        yield f"http://{address}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def _timed(reader: Reader, url: str) -> list[float]:
    """Milliseconds of each of forty requests, after four that wake the processes up."""
    for _ in range(4):
        reader.read(url)
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        reader.read(url)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _receipts(here: str, codes: list[str]) -> list[Row]:
    """Forty people with a code each: typing it in, with the page that it leads to; and that page again."""
    opening, again = [], []
    for digits in codes[:TIMES]:
        reader, url = Reader(), f"{here}bonnetje/"
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', reader.read(url))
        assert token is not None
        began = time.perf_counter()
        reader.read(url, {"code": digits, "csrfmiddlewaretoken": token.group(1)})
        opening.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        assert 'name="code"' not in reader.read(url)
        again.append((time.perf_counter() - began) * 1000)
    return [_row("receipt", again), _row("receipt, from code to page", opening)]


def _row(name: str, times: list[float]) -> Row:
    most = KNOWN_MS if name == "known already" else TARGET_MS
    middle, late = (float(np.quantile(times, q)) for q in (0.5, 0.95))
    return Row(
        f"page: {name}, p95", f"{late:.0f} ms (p50 {middle:.0f})", f"<= {most} ms", "", "", late <= most,
        f"made with seed 0: 100,000 voices, 10,000 promises; {TIMES} requests over HTTP, SQLite, "
        f"load {os.getloadavg()[0]:.1f}",
    )  # fmt: skip
