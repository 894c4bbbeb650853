"""Whoever said something is reminded, receivers are asked after four weeks, the end of each ledger is kept every day."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.promises import actions
from werkplaats.promises.actions.finding import offer_promise
from werkplaats.promises.models import DailyHash, Event, Promise, Reminded
from werkplaats.search.models import Entry
from werkplaats.workshops.models import Workshop


def find_to_ask(limit: int) -> Iterable[Key]:
    """Promises whose receivers are to be asked now, longest waiting first."""
    due = Promise.objects.filter(question_due_at__lte=timezone.now()).order_by("question_due_at", "pk")
    return due.values_list("pk", flat=True)[:limit]


def ask(key: Key, beat: Beat) -> None:
    """Asks the receivers of one promise, each at most once."""
    promise = Promise.objects.get(pk=key)
    with beat.ending():
        actions.ask_receivers(promise, at=timezone.now())


def find_to_remind(limit: int) -> Iterable[Key]:
    """Workshops that did not look yet today whom to remind."""
    now = timezone.now()
    found: list[int] = []
    for zone in Workshop.objects.order_by().values_list("timezone", flat=True).distinct():
        looked = Reminded.objects.filter(workshop=OuterRef("pk"), day=now.astimezone(ZoneInfo(zone)).date())
        rows = Workshop.objects.filter(~Exists(looked), timezone=zone)
        found += rows.order_by("pk").values_list("pk", flat=True)[:limit]
    return found[:limit]


def remind(key: Key, beat: Beat) -> None:
    """Reminds the parties of one workshop of what they said, each at most once."""
    workshop = Workshop.objects.get(pk=key)
    with beat.ending():
        actions.remind(workshop, at=timezone.now())


def find_to_keep(limit: int) -> Iterable[Key]:
    """Workshops with a ledger whose end of today is not kept yet."""
    now = timezone.now()
    zones = Workshop.objects.order_by().values_list("timezone", flat=True).distinct()
    found: list[int] = []
    for zone in zones:
        kept = DailyHash.objects.filter(workshop=OuterRef("pk"), day=now.astimezone(ZoneInfo(zone)).date())
        places = Workshop.objects.filter(Exists(Event.objects.filter(workshop=OuterRef("pk"))), timezone=zone)
        found += places.exclude(Exists(kept)).order_by("pk").values_list("pk", flat=True)[:limit]
    return found[:limit]


def keep(key: Key, beat: Beat) -> None:
    """Keeps and mails the end of one ledger."""
    workshop = Workshop.objects.get(pk=key)
    with beat.ending():
        actions.mail_the_hash(workshop, at=timezone.now())


def find_renamed(limit: int) -> Iterable[Key]:
    """Promises that search shows under a name that their maker no longer has: renamed, or one party with another entry."""
    entry = Entry.objects.filter(workshop=OuterRef("workshop"), kind="promise", key=OuterRef("key"))
    rows = Promise.objects.alias(
        told=Subquery(entry.values("place")[:1]), called=Coalesce("maker__canonical__name", "maker__name")
    )
    return rows.filter(told__isnull=False).exclude(told=F("called")).order_by("pk").values_list("pk", flat=True)[:limit]


def rename(key: Key, beat: Beat) -> None:
    """Offers one promise to search again."""
    promise = Promise.objects.select_related("maker__canonical", "workshop").get(pk=key)
    with beat.ending():
        offer_promise(promise)


RENAME = Sweep("promises.renamed", find_renamed, rename)
ASK_RECEIVERS = Sweep("promises.ask", find_to_ask, ask)
REMIND = Sweep("promises.remind", find_to_remind, remind)
KEEP_HASH = Sweep("promises.hash", find_to_keep, keep)
