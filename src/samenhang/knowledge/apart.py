"""Reading a document in a process of its own, so that a file that makes a reader crash, hang or swell harms nobody else."""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from samenhang.knowledge.reading import LARGEST, read
from samenhang.knowledge.records import Document, Unreadable

SECONDS = 120.0
MEMORY = 2_000_000_000
"""Bytes of address space: libraries included, a long plan with pictures stays under a quarter of it."""

LONGEST = 20_000_000  # characters that are handed over; a book has a million
_REFUSED, _TOO_HEAVY = 3, 4  # how the process ends


def read_apart(
    path: str | os.PathLike[str], largest: int = LARGEST, *, seconds: float = SECONDS, memory: int = MEMORY
) -> Document:
    """Read one file as ``read`` does, within limits that the machine enforces.

    Raises ``Unreadable`` for the same reasons, and for two more: ``too_heavy`` (it took more than ``seconds`` or ``memory``
    bytes) and ``crashed`` (the reader broke off). The process knows nothing of the one that started it but where to find code.
    """
    file = Path(path)
    command = [
        sys.executable,
        "-m",
        "samenhang.knowledge.apart",
        str(file),
        str(largest),
        str(int(seconds) + 1),
        str(memory),
    ]
    known = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PATH": os.defpath}
    alone = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            command, env=known | alone, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise _too_heavy(file) from late
    if done.returncode in {_TOO_HEAVY, -signal.SIGXCPU, -signal.SIGKILL}:
        raise _too_heavy(file)
    try:
        told = json.loads(done.stdout)
    except ValueError as broken:
        raise Unreadable(file, "crashed", "reading it broke off halfway; save it again in another way") from broken
    if done.returncode == _REFUSED:
        raise Unreadable(file, told["reason_code"], told["message"])
    return Document(told["sha256"], told["media_type"], tuple(told["pages"]), told["title"])


def _too_heavy(file: Path) -> Unreadable:
    return Unreadable(file, "too_heavy", "reading it takes too long or too much memory; cut it into parts")


def _within(seconds: int, memory: int) -> None:
    for limit, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        _soft, hard = resource.getrlimit(limit)
        if hard == resource.RLIM_INFINITY or most <= hard:
            resource.setrlimit(limit, (most, most))


def main(path: str, largest: str, seconds: str, memory: str) -> int:
    """What runs in the other process: the document as JSON on the standard output, or why there is none."""
    _within(int(seconds), int(memory))
    try:
        document = read(path, int(largest))
        if sum(map(len, document.pages)) > LONGEST:
            raise Unreadable(Path(path), "too_large", f"it holds more than {LONGEST:,} characters")
        told = json.dumps(
            {
                "sha256": document.sha256,
                "media_type": document.media_type,
                "pages": document.pages,
                "title": document.title,
            }
        )
    except Unreadable as refusal:
        sys.stdout.write(json.dumps({"reason_code": refusal.reason_code, "message": refusal.message}))
        return _REFUSED
    except (MemoryError, RecursionError):
        return _TOO_HEAVY
    sys.stdout.write(told)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
