"""The slow work of the platform: an explicit list, in the order in which the pieces of work feed each other."""

import logging
from collections.abc import Callable, Sequence
from math import inf
from time import monotonic, sleep

from django.db import close_old_connections

from werkplaats.asks.sweeps import SILENT, STANDING
from werkplaats.conversations.sweeps import COMPUTE, SHOW
from werkplaats.defrag.sweeps import ASK_HELP, CHECK, LEAVE_IN_PEACE, MEASURE, TO_PAPER
from werkplaats.dependence.sweeps import ASK_OUTCOME, MATCH
from werkplaats.dependence.sweeps import LEAVE as LEAVE_MATCH
from werkplaats.dependence.sweeps import TO_PAPER as MATCH_TO_PAPER
from werkplaats.exchange.sweeps import BRING_IN
from werkplaats.issues.sweeps import PROPOSE
from werkplaats.kit.claims import Sweep, work_some
from werkplaats.mail.sweeps import SEND
from werkplaats.mirror.sweeps import FORGET as FORGET_ERASED
from werkplaats.mirror.sweeps import HOLD_OWN, LOOK
from werkplaats.neighbourhoods.sweeps import DOUBLES, NEEDS_OVER, POSITIONS
from werkplaats.pauses.sweeps import ASK_GIVERS, FORGET
from werkplaats.promises.sweeps import ASK_RECEIVERS, KEEP_HASH, REMIND, RENAME
from werkplaats.search.sweeps import INDEX
from werkplaats.sources.sweeps import FRAGMENTS, RENAMED, SAID_BEFORE
from werkplaats.tables.sweeps import END_ROUNDS, LOTS

SWEEPS: tuple[Sweep, ...] = (
    BRING_IN,
    FRAGMENTS,
    SAID_BEFORE,
    RENAMED,
    RENAME,
    SHOW,
    INDEX,
    NEEDS_OVER,
    DOUBLES,
    POSITIONS,
    MATCH,
    LEAVE_MATCH,
    ASK_OUTCOME,
    MATCH_TO_PAPER,
    PROPOSE,
    MEASURE,
    LEAVE_IN_PEACE,
    ASK_HELP,
    TO_PAPER,
    CHECK,
    STANDING,
    SILENT,
    COMPUTE,
    END_ROUNDS,
    REMIND,
    ASK_RECEIVERS,
    KEEP_HASH,
    HOLD_OWN,
    LOOK,
    FORGET_ERASED,
    LOTS,
    ASK_GIVERS,
    FORGET,
    SEND,
)
PAUSE_SECONDS = 1.0
LOOKING, LONGEST_REST = 1 / 500, 60.0
"""The share of the time that may go to looking for work of one kind that is not there; the most seconds that it then rests."""

log = logging.getLogger(__name__)


def once_round(sweeps: Sequence[Sweep]) -> int:
    """Does some of the work of every sweep; how many pieces were tried."""
    return sum(work_some(sweep) for sweep in sweeps)


def until_done(sweeps: Sequence[Sweep] | None = None, *, seconds: float = inf) -> int:
    """Works until nothing is stale that can be done now; how many pieces were tried. For the first start and for tests.

    What failed, what another process has in hand, and what is not begun within `seconds`, is left to the sweep that runs on.
    """
    total, until = 0, monotonic() + seconds
    while monotonic() < until and (tried := once_round(SWEEPS if sweeps is None else sweeps)):
        total += tried
    return total


def for_ever(stopped: Callable[[], bool], sweeps: Sequence[Sweep] = SWEEPS) -> None:
    """Works until `stopped()`, and rests for a second when there is nothing to do.

    Some work can only be found by reading a whole table; as that grows, it is looked for less often.

    A database that is away for a moment must not end the sweep: it is logged and tried again.
    """
    again: dict[str, float] = {}
    while not stopped():
        close_old_connections()
        try:
            tried = sum(_look(sweep, again) for sweep in sweeps)
        except Exception as failure:  # noqa: BLE001  # whatever it is, the next round may succeed
            log.error("sweep round failed: %s", type(failure).__name__)
            tried = 0
        if not tried:
            sleep(PAUSE_SECONDS)


def _look(sweep: Sweep, again: dict[str, float]) -> int:
    """Does some of the work of one sweep, unless it rests. `again`: when each is looked at next."""
    began = monotonic()
    if began < again.get(sweep.name, began):
        return 0
    tried = work_some(sweep)
    took = monotonic() - began
    again[sweep.name] = began if tried else began + min(took / LOOKING, LONGEST_REST)
    return tried
