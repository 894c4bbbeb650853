"""Slow work is found, not sent: a sweep looks in the tables for what is stale, claims it, does it, and clears it.

A room declares in its ``sweeps.py``::

    def find(limit: int) -> Iterable[int]:
        return Source.objects.filter(stale_since__isnull=False).values_list("pk", flat=True)[:limit]

    def work(key: Key, beat: Beat) -> None:
        source = Source.objects.get(pk=key)
        if source.stale_since is None:      # somebody else was first
            return
        for n, page in enumerate(pages, start=1):
            with beat.slice(done=n, total=len(pages)):
                store(page)
        with beat.ending():
            clear_stale(source)

    READ = Sweep("sources.read", find, work)

A worker that is killed leaves its claim behind; when its last beat is older than `BEAT_LIMIT` the next worker takes over.
After `MAX_ATTEMPTS` tries the claim stays, with the kind of the last failure, until `try_again`; without that it is tried
once more after each `REST`, because what it stumbled over may be gone.
"""

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from werkplaats.kit.models import Claim

MAX_ATTEMPTS = 5
BEAT_LIMIT = timedelta(minutes=2)
REST = timedelta(days=1)
Key = int | str
log = logging.getLogger(__name__)


class ClaimLost(Exception):
    """Another worker took over because our last beat was too long ago: stop, and store nothing more."""


@dataclass(frozen=True)
class Sweep:
    """One kind of slow work. `find(limit)` gives at most `limit` stale keys, oldest first; `work(key, beat)` does one."""

    name: str
    find: Callable[[int], Iterable[Key]]
    work: Callable[[Key, "Beat"], None]


@dataclass(frozen=True)
class Progress:
    """How far a piece of work is: `done` of `total` slices, and how often it was tried.

    `given_up`: it failed as often as it may, or killed every worker; a human must look. `error` is the kind of the last failure.
    """

    sweep: str
    key: str
    done: int
    total: int
    attempts: int
    error: str
    given_up: bool


class Beat:
    """The sign of life of one worker on one claim, and the only way in which it may store something."""

    def __init__(self, sweep: str, key: Key, token: str) -> None:
        self._mine = Claim.objects.filter(sweep=sweep, key=str(key), token=token)
        self.ended = False

    @contextmanager
    def slice(self, *, done: int = 0, total: int = 0) -> Iterator[None]:
        """One short transaction that stores a part of the work. Raises `ClaimLost`, and then nothing of it is stored."""
        with transaction.atomic():
            if not self._mine.update(beat_at=Now(), done=done, total=total):
                raise ClaimLost
            yield

    def __call__(self, *, done: int = 0, total: int = 0) -> None:
        """A beat with nothing to store, between two long computations. Raises `ClaimLost`."""
        with self.slice(done=done, total=total):
            pass

    @contextmanager
    def ending(self) -> Iterator[None]:
        """The last transaction: the result, the row no longer stale, the claim gone. Raises `ClaimLost`, storing nothing."""
        with transaction.atomic():
            if not self._mine.delete()[0]:
                raise ClaimLost
            yield
        self.ended = True

    def leave(self, error: str = "") -> None:
        """Lets go: without an error the claim is removed, with one it stays for the next try."""
        if error:
            self._mine.update(error=error)
        else:
            self._mine.delete()


def take(sweep: str, key: Key, *, limit: timedelta = BEAT_LIMIT) -> Beat | None:
    """Claims one piece of work. None: somebody is working on it, or it failed as often as it may."""
    Claim.objects.bulk_create([Claim(sweep=sweep, key=str(key))], ignore_conflicts=True)
    token = uuid4().hex
    free = Claim.objects.filter(_free(limit), sweep=sweep, key=str(key))
    taken = free.update(token=token, attempts=F("attempts") + 1, beat_at=Now(), error="")
    return Beat(sweep, key, token) if taken else None


def work_some(sweep: Sweep, *, most: int = 20, limit: timedelta = BEAT_LIMIT) -> int:
    """Finds, claims and does at most `most` pieces of work. Failures are kept in the claim and logged.

    Gives how many were done or failed. Work that found its row no longer stale does not count, so that a `find` and a `work`
    that disagree about what is stale cannot keep a processor busy for ever.
    """
    blocked = set(_blocked(sweep.name, limit).values_list("key", flat=True))
    tried = 0
    for key in list(sweep.find(most + len(blocked))):
        if str(key) in blocked:
            continue
        beat = take(sweep.name, key, limit=limit)
        if beat is not None and _work_one(sweep, key, beat):
            tried += 1
        if tried == most:
            break
    return tried


def progress(sweep: str, key: Key) -> Progress | None:
    """How far the work on one key is, for a page that says "being computed". None: nobody took it yet, or it is done."""
    claim = Claim.objects.filter(sweep=sweep, key=str(key)).first()
    return None if claim is None else _progress(claim, given_up=_given_up().filter(pk=claim.pk).exists())


def given_up() -> tuple[Progress, ...]:
    """What failed as often as it may, for the coordinator."""
    return tuple(_progress(claim, given_up=True) for claim in _given_up().order_by("sweep", "key"))


def given_up_keys(sweep: str) -> frozenset[str]:
    """The keys of one sweep that are not tried again: who waits until nothing is stale must not wait for these."""
    return frozenset(_given_up().filter(sweep=sweep).values_list("key", flat=True))


def try_again(sweep: str, key: Key) -> None:
    """Forgets earlier tries, because what the work reads has changed. Call it where a row is made stale by a person's act.

    Who is working on it goes on; their tries begin anew.
    """
    claim = Claim.objects.filter(sweep=sweep, key=str(key))
    claim.exclude(error="").delete()
    claim.filter(Q(beat_at__lte=Now() - BEAT_LIMIT) | Q(beat_at__isnull=True)).delete()
    claim.update(attempts=1)


def _work_one(sweep: Sweep, key: Key, beat: Beat) -> bool:
    try:
        sweep.work(key, beat)
    except ClaimLost:
        log.warning("sweep %s: claim on %s was taken over", sweep.name, key)
    except Exception as failure:  # noqa: BLE001  # whatever went wrong, the other work must go on
        error = _place(failure)
        beat.leave(error)
        log.error("sweep %s: %s failed: %s", sweep.name, key, error)
    else:
        if not beat.ended:
            beat.leave()
        return beat.ended
    return True


def _place(failure: Exception) -> str:
    """Kind and place of a failure. Its text and its trace are left out: they may quote what a person wrote."""
    frame = traceback.extract_tb(failure.__traceback__)[-1]
    return f"{type(failure).__name__} in {frame.name}, {frame.filename.rpartition('/')[2]}:{frame.lineno}"[:200]


def _free(limit: timedelta) -> Q:
    silent = Q(beat_at__isnull=True) | Q(beat_at__lte=Now() - limit)
    return silent & (Q(attempts__lt=MAX_ATTEMPTS) | Q(beat_at__lte=Now() - REST))


def _given_up() -> QuerySet[Claim]:
    """Work whose last try failed, or whose worker was killed at the last try and is silent since."""
    silent = Q(beat_at__lte=Now() - BEAT_LIMIT)
    return Claim.objects.filter(~Q(error="") | silent, attempts__gte=MAX_ATTEMPTS)


def _blocked(sweep: str, limit: timedelta) -> QuerySet[Claim]:
    return Claim.objects.filter(sweep=sweep).exclude(_free(limit))


def _progress(claim: Claim, *, given_up: bool) -> Progress:
    return Progress(claim.sweep, claim.key, claim.done, claim.total, claim.attempts, claim.error, given_up)
