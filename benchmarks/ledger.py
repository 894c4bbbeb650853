"""Checking a ledger of 10,000 events: in the database, and at home with ``verify.py`` alone."""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.row import Row
from benchmarks.served import manage

EVENTS, TIMES, TARGET_S = 10_000, 5, 2.0
FILL = f"from benchmarks import made_ledger; made_ledger.alone({EVENTS})"


def run(data: Path | None) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="grootboek-") as folder:
        environ = os.environ | {"WERKPLAATS_FOLDER": folder}
        manage("migrate", environ=environ)
        inside = float(manage("shell", "-c", FILL, environ=environ))
        manage("export_ledger", "groei", f"{folder}/thuis", environ=environ)
        outside = []
        for _ in range(TIMES):
            began = _spent()
            command = [sys.executable, "-I", "verify.py", "grootboek.jsonl"]
            subprocess.run(command, cwd=f"{folder}/thuis", check=True, stdout=subprocess.DEVNULL)
            outside.append(_spent() - began)
    return [_row("in the database", inside), _row("verify.py, from start to end", sorted(outside)[TIMES // 2])]


def _spent() -> float:
    """CPU seconds of the programs that were started here and ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _row(where: str, seconds: float) -> Row:
    return Row(
        f"ledger of 10,000 events verified, CPU s: {where}", f"{seconds:.2f}", f"<= {TARGET_S:.0f}", "", "",
        seconds <= TARGET_S, f"made with seed 0: {EVENTS:,} events with two texts each; SQLite, p50 of {TIMES}",
    )  # fmt: skip
