"""Slow work: the documents and folders of a confirmed batch, one by one."""

from collections.abc import Iterable

from django.utils import timezone

from werkplaats.exchange import actions
from werkplaats.exchange.models import Upload
from werkplaats.exchange.rules import BRINGING
from werkplaats.kit.claims import Beat, Key, Sweep


def find(limit: int) -> Iterable[Key]:
    """What was confirmed and is not done yet, in the order in which it came."""
    rows = Upload.objects.filter(batch__done_at__isnull=False, done_at=None).exclude(file="")
    return rows.order_by("batch__done_at", "number").values_list("pk", flat=True)[:limit]


def work(key: Key, beat: Beat) -> None:
    """Reads one file and tells what came of it. Tried again after a crash, it adds nothing twice."""
    upload = Upload.objects.select_related("batch__workshop").get(pk=key)
    if upload.done_at is not None:
        return
    at = timezone.now()
    told = actions.read_in(upload, at=at, tell=lambda done, total: beat(done=done, total=total))
    with beat.ending():
        actions.finish(upload, told, at=at)
    actions.let_go(upload)


BRING_IN = Sweep(BRINGING, find, work)
