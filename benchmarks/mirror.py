"""A mirror of a party with 10,000 records: freezing it, reading it, and its PDF. On SQLite, over HTTP as everybody serves it."""

import os
import tempfile
import time
import urllib.request
from pathlib import Path

import numpy as np

from benchmarks.pages import Visit
from benchmarks.row import Row
from benchmarks.served import Reader, manage, served

KEY, PARTY, RECORDS = "spiegel", "gebiedsteam", 10_000
FREEZE_S, PAGE_MS = 2, 200
FILL = "from benchmarks import made_mirror; made_mirror.tell()"


def run(data: Path | None) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="spiegel-") as folder:
        environ = os.environ | {"WERKPLAATS_FOLDER": folder}
        manage("migrate", environ=environ)
        manage("collectstatic", "--noinput", environ=environ)
        took, items = map(float, manage("shell", "-c", FILL, environ=environ).split())
        with served(environ) as (site, process):
            visit = Visit(f"{site}/{KEY}/", (process,))
            page = visit.of(Reader().read, f"spiegels/{PARTY}/")
            began = time.perf_counter()
            with urllib.request.urlopen(f"{site}/{KEY}/spiegels/{PARTY}/pdf/") as answer:
                assert answer.read(4) == b"%PDF"
            drawn = time.perf_counter() - began
    late = float(np.quantile(page.wall, 0.95))
    about = f"{RECORDS:,} records made, {items:,.0f} things in the mirror"
    return [
        Row("mirror: freezing it in a sweep, CPU s", f"{took:.2f}", f"<= {FREEZE_S} s", "", "", took <= FREEZE_S, about),
        Row("mirror: its page, p95 in ms", page.figure(), f"<= {PAGE_MS} ms", "", "", late <= PAGE_MS,
            f"{about}; {len(page.wall)} requests over HTTP, load {os.getloadavg()[0]:.0f}"),
        Row("mirror: its PDF, s", f"{drawn:.1f}", "none set", "", "", None, f"{about}; a process of its own, niced"),
    ]  # fmt: skip
