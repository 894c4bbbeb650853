"""Run every benchmark and write ``docs/figures.md``: ``python -m benchmarks [--data FOLDER] [NAMES...]``."""

import argparse
import datetime as dt
import importlib
import os
import platform
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.row import Row

MODULES = (
    "fragmentation",
    "interval",
    "plan",
    "growth",
    "layout",
    "duplicates",
    "meaning",
    "sentences",
    "same_or_not",
    "search_speed",
    "pages",
    "ledger",
    "sweeping",
    "voting",
    "library",
    "opinion",
    "opinion_floods",
    "opinion_routing",
    "opinion_speed",
    "table",
    "change",
    "mirror",
)
FIGURES = Path(__file__).parents[1] / "docs" / "figures.md"
PICTURES = {
    "growth-library": "A library that grows: CPU seconds of each kind of slow work by fragments; the rows above have the figures",
    "growth-network": "A network that grows: CPU seconds of F and of a plan by parties; the rows above have the figures",
}
HEADER = ("measure", "figure", "target", "reached", "peer", "ratio", "data")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--data", type=Path, help="a folder with real data; without it own fixtures are used")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(MODULES)}; all without a name")
    given = parser.parse_args()
    strange = [name for name in given.names if name not in MODULES]
    if strange or (given.data and not given.data.is_dir()):
        parser.error(f"unknown: {', '.join(strange)}" if strange else f"{given.data} is not a folder")
    rows: dict[str, list[Row]] = {}
    for name in given.names or MODULES:
        begin = time.perf_counter()
        print(f"{name} ...", file=sys.stderr, flush=True)
        rows[name] = importlib.import_module(f"benchmarks.{name}").run(given.data)
        print(f"{name} took {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
    text = page(rows, data=given.data)
    print(text)
    if not given.names:
        FIGURES.write_text(text, encoding="utf-8")
    return 0


def page(rows: dict[str, list[Row]], *, data: Path | None) -> str:
    """The page of figures; it names the machine, the day and the data, since a figure means nothing without them."""
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    lines = [
        "# Figures",
        "",
        "Written by `make bench`. CPU time on one BLAS thread; a measure and its peer run in turns in one process, so",
        "the ratios say more than the seconds.",
        "",
        f"- machine: {cpu()}, {os.cpu_count()} cores; Python {platform.python_version()}, NumPy {np.__version__}",
        f"- date: {today}",
        f"- data: {'the folder given with --data where a row says so' if data else 'own fixtures only (no --data given)'}",
        "",
        f"| {' | '.join(HEADER)} |",
        f"|{'---|' * len(HEADER)}",
    ]
    for found in rows.values():
        lines += [f"| {' | '.join(_cells(row))} |" for row in found]
    for name, told in PICTURES.items():
        lines += ["", f"![{told}](pictures/{name}.svg)"]
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> list[str]:
    reached = {True: "yes", False: "**no**", None: ""}[row.reached]
    cells = [row.measure, row.figure, row.target, reached, row.peer, row.ratio, row.data]
    return [cell.replace("|", "/") for cell in cells]


def cpu() -> str:
    """The name of the processor, as far as the machine tells it."""
    listed = Path("/proc/cpuinfo")
    if listed.is_file():
        for line in listed.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    sys.exit(main())
