"""Pages and writers of the demo while its analyses are computed: nobody waits for them. On SQLite, with ``manage.py run``."""

import os
import sqlite3
import tempfile
import time
from pathlib import Path
from threading import Event, Thread

import numpy as np

from benchmarks.row import Row
from benchmarks.served import Reader, manage, served
from werkplaats.kit.sqlite.queue import WriterQueue

PAGES = ("", "vraagstukken/", "meedoen/", "beloften/", "wijk/", "partijen/", "bibliotheek/", "zoeken/?q=lift")
TARGET_MS, SECONDS, PAUSE = 200, 300, 5


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
        with served(environ) as site:
            writer.start()
            read, began = [], time.perf_counter()
            while time.perf_counter() - began < SECONDS and (not read or _is_working(file)):
                read += [_milliseconds(f"{site}/kanaalkwartier/{path}") for path in PAGES]
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


def _is_working(file: Path) -> bool:
    """Whether a sweep has work in hand; asked twice, since between two pieces of work it has none for a moment."""
    for _ in range(2):
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
            if connection.execute("SELECT count(*) FROM kit_claim WHERE error = ''").fetchone()[0]:
                return True
        time.sleep(PAUSE)
    return False


def _row(who: str, times: list[float]) -> Row:
    middle, late, worst = (float(np.quantile(times, q)) for q in (0.5, 0.95, 1.0))
    return Row(
        f"while an analysis is computed: {who}, p95 in ms", f"{late:.0f} (p50 {middle:.0f}, longest {worst:.0f})",
        f"<= {TARGET_MS} ms", "", "", late <= TARGET_MS, f"the demo, from loaded to all computed; {len(times)} times, SQLite",
    )  # fmt: skip
