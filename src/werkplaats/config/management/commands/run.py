"""``manage.py run``: the platform, as one web server and one sweep."""

import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

SWEEP_NICENESS = 15
STOP_SECONDS = 20


class Command(BaseCommand):
    help = "Serves the platform with gunicorn and does the slow work in one process beside it, until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port (127.0.0.1:8000)")
        parser.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1), help="web processes")
        parser.add_argument("--threads", type=int, default=2, help="threads in each web process (2)")

    def handle(self, *args: Any, bind: str, workers: int, threads: int, **options: Any) -> None:
        # Links on paper and in mails lead to where the site really stands, also on another port.
        if settings.ENV.only_this_machine:
            os.environ.setdefault("WERKPLAATS_SITE", f"http://{bind}")
        web = subprocess.Popen(_gunicorn(bind, workers, threads))
        sweep = _start_sweep()
        asked = False

        def stop(signum: int, frame: FrameType | None) -> None:
            nonlocal asked
            asked = True
            web.terminate()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        self.stdout.write(f"http://{bind}/")
        self.stdout.flush()
        while web.poll() is None:
            try:
                web.wait(timeout=1)
            except subprocess.TimeoutExpired:
                # A sweep that died (out of memory on a strange document) is started again: its claim knows how often.
                if sweep.poll() is not None and not asked:
                    sweep = _start_sweep()
        _end(sweep)
        if web.returncode and not asked:
            sys.exit(web.returncode)


def _gunicorn(bind: str, workers: int, threads: int) -> list[str]:
    shape = ["--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads)]
    quiet = ["--log-level", "warning", "--no-control-socket"]
    shared = ["--config", "python:werkplaats.config.gunicorn"]
    return [sys.executable, "-m", "gunicorn", "--bind", bind, *shape, *shared, *quiet, "werkplaats.config.wsgi"]


def _start_sweep() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "werkplaats", "sweep", "--with-parent"]
    nice = ["nice", "-n", str(SWEEP_NICENESS)]
    return subprocess.Popen([*nice, *command])


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
