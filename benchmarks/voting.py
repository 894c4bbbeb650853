"""A hall that votes at once: 300 votes a second over HTTP, and the server killed while they come in. On SQLite and PostgreSQL.

The platform as everybody serves it, ``manage.py run`` with two web processes; on the same machine the sweep that computes the
results, and who votes. A vote is acknowledged by the answer to its request. On a machine that is doing other things too, the
processor time of the server and its database says what a vote costs, the sweep in it.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Timer

import numpy as np

from benchmarks.pages import postgresql
from benchmarks.row import Row
from benchmarks.served import HOUSE, a_port, manage, served, spent, until_answered
from benchmarks.voters import STATEMENTS, Answered, Ballot, give

RATE, SECONDS, PEOPLE = 300, 20, 400
LATEST_MS = {"SQLite": 100, "PostgreSQL": 200}
ROUNDS = 20
_MOST_SECONDS = 3.0  # before a server is killed


def run(data: Path | None) -> list[Row]:
    with postgresql() as (url, process):
        rows = [_speed("SQLite", ""), _speed("PostgreSQL", url, process)]
        return [*rows, _killed("SQLite", ""), _killed("PostgreSQL", url)]


def environ_of(folder: str, url: str) -> dict[str, str]:
    """Files of its own, and the database behind an address; without one SQLite."""
    return os.environ | {"WERKPLAATS_FOLDER": folder} | ({"WERKPLAATS_DATABASE_URL": url} if url else {})


def _made(environ: Mapping[str, str]) -> list[Ballot]:
    """An empty database with a conversation, and more votes than anybody can give, in the order of chance."""
    manage("migrate", environ=environ)
    manage("flush", "--noinput", environ=environ)
    manage("collectstatic", "--noinput", environ=environ)
    people = json.loads(
        manage("shell", "-c", f"from benchmarks import made_voters; made_voters.tell({PEOPLE})", environ=environ)
    )
    chance = random.Random(0)
    all_of_them = [
        Ballot(cookie, who, number, chance.choice((-1, 0, 1, 1)))
        for cookie, who in people
        for number in range(1, STATEMENTS + 1)
    ]
    chance.shuffle(all_of_them)
    return all_of_them


def _speed(name: str, url: str, *databases: int) -> Row:
    with tempfile.TemporaryDirectory(prefix="stemmen-") as folder:
        environ = environ_of(folder, url)
        ballots = _made(environ)
        warm, told = ballots[: 2 * RATE], ballots[2 * RATE : (2 + SECONDS) * RATE]
        with served(environ, "--workers", "2") as (site, process):
            give(site, warm, rate=RATE / 2)
            before = spent(process, *databases)
            found = give(site, told, rate=RATE)
            cpu = (spent(process, *databases) - before) / max(1, len(found.kept))
        lost = _lost(found, environ)
    middle, late = (float(np.quantile(found.milliseconds, q)) for q in (0.5, 0.99))
    rate, refused = len(found.kept) / found.seconds, len(told) - len(found.kept)
    return Row(
        f"votes over HTTP at {RATE} a second, p50 / p99 in ms: {name}",
        f"{middle:.0f} / {late:.0f} ({rate:.0f} kept a second, {refused} refused, {lost} lost; CPU {cpu:.1f})",
        f"p99 <= {LATEST_MS[name]} ms", "", "",
        late <= LATEST_MS[name] and rate >= 0.99 * RATE and not lost and not refused,
        f"{PEOPLE} people, {STATEMENTS} statements, {SECONDS} s, two web processes and who votes; load {os.getloadavg()[0]:.0f}",
    )  # fmt: skip


def _killed(name: str, url: str) -> Row:
    """Round after round a server that is killed with everything below it while votes come in."""
    chance, kept, lost, cut_off = random.Random(0), 0, 0, 0
    with tempfile.TemporaryDirectory(prefix="stemmen-") as folder:
        environ = environ_of(folder, url)
        ballots = _made(environ)
        for part in _parts(ballots, ROUNDS):
            found = until_killed(environ, part, after=chance.uniform(0.2, _MOST_SECONDS))
            kept, lost, cut_off = kept + len(found.kept), lost + _lost(found, environ), cut_off + found.cut_off
    return Row(
        f"acknowledged votes lost over {ROUNDS} rounds of kill -9: {name}", f"{lost} of {kept:,}", "0", "", "", lost == 0,
        f"all processes killed within {_MOST_SECONDS:.0f} s of the first vote, at {RATE} a second; {cut_off} votes got no answer",
    )  # fmt: skip


def _parts(ballots: Sequence[Ballot], rounds: int) -> Iterator[Sequence[Ballot]]:
    size = len(ballots) // rounds
    return (ballots[start * size : (start + 1) * size] for start in range(rounds))


def until_killed(environ: Mapping[str, str], ballots: Sequence[Ballot], *, after: float) -> Answered:
    """A server of its own, killed with SIGKILL with all its processes so many seconds after the first vote."""
    address = f"127.0.0.1:{a_port()}"
    command = [sys.executable, "manage.py", "run", "--bind", address, "--workers", "2"]
    server = subprocess.Popen(command, cwd=HOUSE, env=environ, start_new_session=True)
    until_answered(f"http://{address}/")
    killer = Timer(after, lambda: os.killpg(server.pid, signal.SIGKILL))
    killer.start()
    found = give(f"http://{address}", ballots, rate=RATE, until_cut_off=True)
    killer.join()
    server.wait()
    time.sleep(0.2)  # the database behind a socket sees that they are gone
    return found


def _lost(found: Answered, environ: Mapping[str, str]) -> int:
    """How many acknowledged votes do not stand in the database."""
    told = manage("shell", "-c", "from benchmarks import made_voters; made_voters.tell_kept()", environ=environ)
    stands = {tuple(row) for row in json.loads(told)}
    return sum((one.participant, one.number, one.value) not in stands for one in found.kept)
