"""A library that grows to 1,000, 10,000 and 100,000 fragments: its slow work, what ten more documents cost, and pages meanwhile.

The real commands in processes of their own: `load`, a sweep as nice as the platform's, and gunicorn with two workers.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

from benchmarks.drawing import draw
from benchmarks.made_library import KEY, PASSAGES, documents, folder
from benchmarks.row import Row
from benchmarks.served import HOUSE, Reader, a_port, manage, until_answered

SIZES, MORE = (20, 200, 2_000), 10
SEARCHES, WAKING = 220, 20
LATE_MS = 500
PARTS = {
    "sources.fragments": "cutting into passages",
    "search.index": "words and meanings",
    "sources.said_before": "said before",
    "issues.propose": "proposing issues",
    "defrag.measure": "measuring",
}
EACH_TIME = ("sources.fragments", "search.index", "sources.said_before")
"""What is done whenever documents are added; the rest is about the whole, and rests where it takes long."""

PAGES = (
    "", "bibliotheek/", "bibliotheek/?bladzijde=2", "bibliotheek/d3/", "zoeken/?q=lift+kapot", "wijk/", "partijen/p7/",
    "vraagstukken/", "verbindingen/", "meedoen/nieuw/?title=Zaal&question=Waar+kunnen+bewoners+samen+koken", "vandaag/",
)  # fmt: skip
WRITTEN = "vangregels/"
"""Where something is typed in: it waits for its turn to write, and then shows the page of today."""

SWEEP = "from benchmarks import swept_library; swept_library.sweep()"
SESSION = "from benchmarks import swept_library; swept_library.tell_session()"
TOLD = (
    f"made with seed 0: {PASSAGES} fragments a document, 6 in 100 said before; CPU time, the load alone in its process"
)


@dataclass(frozen=True)
class Stage:
    """One more part of the library: how many fragments there are now, CPU seconds per piece of work, the most memory."""

    fragments: int
    load: float
    took: Mapping[str, float]
    megabytes: int
    pages: Mapping[str, list[float]]


def run(data: Path | None) -> list[Row]:
    whole, more, searched = measure()
    _draw(whole, more)
    rows = [row for before, stage in zip([None, *whole], whole, strict=False) for row in _rows(stage, before)]
    rows += [_added(stage) for stage in more]
    rows += [_page(path, times) for path, times in whole[-1].pages.items()]
    return [*rows, _found(searched, 0.5, 50), _found(searched, 0.99, 200)]


def measure() -> tuple[list[Stage], list[Stage], list[float]]:
    """The stages in which the library grew, each followed by ten more documents; and milliseconds of searching in the last."""
    whole, more, there = [], [], 0
    with tempfile.TemporaryDirectory(prefix="bieb-") as name:
        here = Path(name)
        environ = os.environ | {"WERKPLAATS_FOLDER": str(here / "var")}
        manage("migrate", environ=environ)
        manage("collectstatic", "--noinput", environ=environ)
        for size in SIZES:
            for stages, many in ((whole, size - there), (more, MORE)):
                stages.append(_stage(folder(here / f"from{there}", many, first=there), there + many, environ))
                there += many
                _say(stages[-1])
        return whole, more, _search(environ)


def _search(environ: Mapping[str, str]) -> list[float]:
    """Milliseconds of whole pages of what was found, each for other words, by word and by meaning, one after the other."""
    sought = [" ".join(said[5].split()[:3]) for said in documents(SEARCHES)]
    reader, times = Reader(), []
    with _gunicorn(environ) as site:
        for number, words in enumerate(sought):
            began = time.perf_counter()
            reader.read(f"{site}/{KEY}/zoeken/?{urlencode({'q': words})}")
            if number >= WAKING:
                times.append((time.perf_counter() - began) * 1000)
    return times


def _say(stage: Stage) -> None:
    pages = max((max(times) for times in stage.pages.values()), default=0)
    print(
        f"{stage.fragments:,}: {stage.load:.1f} {dict(stage.took)} {stage.megabytes} MB, {pages:.0f} ms",
        file=sys.stderr,
    )


def _stage(made: Path, documents: int, environ: Mapping[str, str]) -> Stage:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    manage("load", str(made), environ=environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    load = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    command = ["nice", "-n", "15", sys.executable, *"manage.py shell --verbosity 0 -c".split(), SWEEP]
    with _gunicorn(environ) as site:
        sweep = subprocess.Popen(command, cwd=HOUSE, env=environ, stdout=subprocess.PIPE, text=True)
        session = manage("shell", "-c", SESSION, environ=environ).strip()
        pages = _read(site, session, sweep)
    assert sweep.stdout is not None
    took, megabytes = json.loads(sweep.stdout.read())
    assert sweep.wait() == 0
    return Stage(documents * PASSAGES, load, took, megabytes, pages)


@contextmanager
def _gunicorn(environ: Mapping[str, str]) -> Iterator[str]:
    address = f"127.0.0.1:{a_port()}"
    shape = "--worker-class gthread --workers 2 --threads 4 --log-level warning --no-control-socket".split()
    command = [sys.executable, "-m", "gunicorn", "--bind", address, *shape, "werkplaats.config.wsgi"]
    server = subprocess.Popen(command, cwd=HOUSE, env=environ)
    try:
        until_answered(f"http://{address}/")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _read(site: str, session: str, sweep: "subprocess.Popen[str]") -> dict[str, list[float]]:
    """Every page in turn, and a line that is caught, one at a time, as long as the sweep goes on: milliseconds of each."""
    reader = Reader(session)
    here = f"{site}/{KEY}/"
    for path in PAGES:
        reader.read(here + path)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', reader.read(here + WRITTEN))
    assert token is not None
    forms = {WRITTEN: {"what": "Bellen over de zaal", "csrfmiddlewaretoken": token.group(1)}}
    times: dict[str, list[float]] = {path: [] for path in (*PAGES, WRITTEN)}
    while sweep.poll() is None:
        for path, found in times.items():
            began = time.perf_counter()
            reader.read(here + path, forms.get(path))
            found.append((time.perf_counter() - began) * 1000)
            time.sleep(0.2)
    return {path: found for path, found in times.items() if found}


def _rows(stage: Stage, before: Stage | None) -> list[Row]:
    n = stage.fragments
    data = TOLD if before is None else f"{TOLD}; came to the {before.fragments + MORE * PASSAGES:,} that were there"
    work = ", ".join(f"{PARTS[name]} {stage.took.get(name, 0):.1f}" for name in PARTS)
    return [
        Row(f"library: {n:,} fragments, CPU s", f"load {stage.load:.1f}, {work}", "none set", "", "", None, data),
        Row(
            f"library: {n:,} fragments, most memory of the sweep",
            f"{stage.megabytes:,} MB",
            "none set",
            "",
            "",
            None,
            data,
        ),
    ]


def _added(stage: Stage) -> Row:
    n = stage.fragments - MORE * PASSAGES
    took = {PARTS[name]: stage.took.get(name, 0) for name in EACH_TIME}
    told = ", ".join(f"{name} {seconds:.2f}" for name, seconds in took.items())
    return Row(
        f"library: ten documents more beside {n:,} fragments, CPU s", f"{sum(took.values()):.1f} ({told})", "none set", "", "",
        None, TOLD,
    )  # fmt: skip


def _page(path: str, times: list[float]) -> Row:
    late = float(np.quantile(times, 0.95))
    n = SIZES[-1] * PASSAGES
    what = (
        "catching a line and reading today"
        if path == WRITTEN
        else f"/{path.replace('?bladzijde=', ' page ').partition('?')[0]}"
    )
    return Row(
        f"library: {what} while the sweep brings in {n:,} fragments, p95 in ms",
        f"{late:.0f} (p50 {np.median(times):.0f}, most {max(times):.0f})", f"<= {LATE_MS} ms", "", "", late <= LATE_MS,
        f"{len(times)} requests by a coordinator, one at a time, gunicorn with two workers, SQLite",
    )  # fmt: skip


def _found(times: list[float], share: float, most: int) -> Row:
    figure = float(np.quantile(times, share))
    return Row(
        f"search, the whole page, p{share * 100:.0f}", f"{figure:.0f} ms", f"<= {most} ms", "", "", figure <= most,
        f"{len(times)} searches of three words over HTTP in {(SIZES[-1] + len(SIZES) * MORE) * PASSAGES:,} fragments, SQLite",
    )  # fmt: skip


def _draw(whole: list[Stage], more: list[Stage]) -> None:
    """Each kind of work over the whole library, from its beginning; and what ten more documents cost beside it."""
    lines = {told: [(0.0, 0.0)] for told in PARTS.values()}
    for stage in whole:
        for name, told in PARTS.items():
            before = 0.0 if name not in EACH_TIME else lines[told][-1][1]
            lines[told].append((stage.fragments, max(before + stage.took.get(name, 0), 0.01)))
    drawn = {told: line[1:] for told, line in lines.items()}
    drawn["ten documents more"] = [
        (stage.fragments - MORE * PASSAGES, sum(stage.took.get(name, 0) for name in EACH_TIME)) for stage in more
    ]
    draw("growth-library", "A library that grows", across="fragments in the library", up="CPU seconds", lines=drawn)
