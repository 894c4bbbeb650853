"""Pages and writers of the demo while its analyses are computed: nobody waits for them. On SQLite, with ``manage.py run``."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Event, Thread

import numpy as np

from benchmarks.row import Row
from benchmarks.served import HOUSE, Reader, manage, served
from werkplaats.kit.sqlite.queue import WriterQueue

PAGES = ("", "vraagstukken/", "meedoen/", "beloften/", "wijk/", "partijen/", "bibliotheek/", "zoeken/?q=lift")
TARGET_MS = 200


def run(data: Path | None) -> list[Row]:
    """From the moment that the demo is loaded until nothing is left to compute."""
    with tempfile.TemporaryDirectory(prefix="demo-") as folder:
        environ = os.environ | {"WERKPLAATS_FOLDER": folder, "WERKPLAATS_DEMO": "yes"}
        manage("migrate", environ=environ)
        manage("collectstatic", "--noinput", environ=environ)
        manage("load", "demo", environ=environ)
        file, enough = Path(folder) / "werkplaats.sqlite3", Event()
        waits: list[float] = []
        writer = Thread(target=_write, args=(file, waits, enough))
        with served(environ) as (site, _process):
            addresses = [f"{site}/kanaalkwartier/{path}" for path in PAGES]
            for address in addresses * 2:  # wakes the processes up
                _milliseconds(address)
            sweep = subprocess.Popen([sys.executable, "manage.py", "sweep", "--once"], cwd=HOUSE, env=environ)
            writer.start()
            read: list[float] = []
            while sweep.poll() is None:
                read += map(_milliseconds, addresses)
            enough.set()
            writer.join()
    return [_row("page", read), _row("writer in the queue", waits)]


def _milliseconds(url: str) -> float:
    began = time.perf_counter()
    Reader().read(url)
    return (time.perf_counter() - began) * 1000


def _write(file: Path, waits: list[float], enough: Event) -> None:
    """Somebody who wants to write, ten times a second, and how long they stand in line."""
    queue = WriterQueue(file.with_name(file.name + "-queue"))
    while not enough.wait(0.1):
        began = time.perf_counter()
        queue.enter()
        waits.append((time.perf_counter() - began) * 1000)
        queue.leave()
    queue.close()


def _row(who: str, times: list[float]) -> Row:
    middle, late, worst = (float(np.quantile(times, q)) for q in (0.5, 0.95, 1.0))
    return Row(
        f"while an analysis is computed: {who}, p95 in ms", f"{late:.0f} (p50 {middle:.0f}, longest {worst:.0f})",
        f"<= {TARGET_MS} ms", "", "", late <= TARGET_MS, f"the demo, from loaded to all computed; {len(times)} times, SQLite",
    )  # fmt: skip
