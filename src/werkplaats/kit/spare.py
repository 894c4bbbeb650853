"""Long computations in spare time: on a processor that nobody else wants, so that pages answer while they go on."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")


def compute(function: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
    """What a function finds that asks no database and holds no lock. Raises what it raises.

    In a process that gives way to others (a niceness above 0, as `run` starts the sweep) it is computed in a thread that Linux
    calls idle: whoever wakes up takes that processor, where beside a nice thread he stands in line for another one. Only the
    thread: an idle process that holds the line of writers would hold it as long as others keep the processors busy.
    """
    if not hasattr(os, "SCHED_IDLE") or os.nice(0) <= 0:
        return function(*given, **named)
    with ThreadPoolExecutor(1, initializer=_give_way) as thread:
        return thread.submit(function, *given, **named).result()


def _give_way() -> None:
    with suppress(OSError):  # where it is not allowed, niceness must do
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
