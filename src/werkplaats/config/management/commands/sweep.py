"""``manage.py sweep``: does the slow work."""

import os
import signal
from argparse import ArgumentParser
from math import inf
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils.translation import gettext, override

from werkplaats.config.sweeps import for_ever, until_done


class Command(BaseCommand):
    help = "Does the slow work (reading, defragmenting, measuring) that it finds in the tables, until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing is left to do")
        parser.add_argument("--seconds", type=float, default=inf, help="with --once: begin no new round after so long")
        parser.add_argument("--with-parent", action="store_true", help="stop when the process that started it is gone")

    def handle(self, *args: Any, once: bool, seconds: float, with_parent: bool, **options: Any) -> None:
        if once:
            self.stdout.write(f"{until_done(seconds=seconds)} pieces of work")
            return
        parent, asked = os.getppid(), False

        def stop(signum: int, frame: FrameType | None) -> None:
            # The piece in hand is finished first: its claim would otherwise wait for its beat to grow old.
            nonlocal asked
            asked = True

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        _read_once()
        for_ever(lambda: asked or (with_parent and os.getppid() != parent))


def _read_once() -> None:
    """The addresses of pages and the words of a language, which are otherwise read when they are first asked for.

    A piece of work that reads them while it stores something lets everybody wait who wants to store something too.
    """
    for language, _name in settings.LANGUAGES:
        with override(language):
            gettext("")
            reverse("pages:home")
