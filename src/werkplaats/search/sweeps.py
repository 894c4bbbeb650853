"""Slow work: the words and meanings of what the rooms offered."""

from collections.abc import Iterable

from django.utils import timezone

from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.search import actions, analysis, queries
from werkplaats.search.models import Entry, Index
from werkplaats.search.rules import INDEXING
from werkplaats.workshops.models import Workshop

_IN_A_TURN = 2_000
_AT_ONCE = 64  # about a quarter of a second of encoding: the beat stays regular


def _find(limit: int) -> Iterable[Key]:
    """Workshops whose index is stale, or whose file of meanings is not on this machine (a backup put back, a new encoder)."""
    rows = Index.objects.order_by("stale_since", "pk").values_list("pk", "stale_since")
    return [pk for pk, since in rows if since or not queries.meanings_path(pk, analysis.encoder_name()).exists()][
        :limit
    ]


def _work(key: Key, beat: Beat) -> None:
    workshop = Workshop.objects.get(pk=key)
    encoder = analysis.encoder_name()
    spoken = next(iter(workshop.languages), "nl")  # where a room does not say
    if not queries.meanings_path(workshop.pk, encoder).exists():
        actions.begin_meanings(workshop, encoder=encoder, at=timezone.now())
    seen = Index.objects.get(workshop=workshop).stale_since
    # A part at a time, fixed at the start: other slow work takes turns with it, and what becomes stale meanwhile waits.
    stale = Entry.objects.filter(workshop=workshop, stale_since__isnull=False)
    pks = list(stale.order_by("pk").values_list("pk", flat=True)[:_IN_A_TURN])
    for at in range(0, len(pks), _AT_ONCE):
        batch = list(Entry.objects.filter(pk__in=pks[at : at + _AT_ONCE]))
        texts = queries.without_meaning(batch, encoder)
        rows = analysis.encode(list(texts.values()))
        words = [(entry, _stems(entry, spoken)) for entry in batch]
        with beat.slice(done=at, total=len(pks)):
            actions.put_vectors(list(texts), rows, encoder=encoder)
            actions.put_words(words)
            actions.add_meanings(workshop, batch, encoder=encoder)
            actions.settle(batch)
    if queries.has_many_rows_over(workshop, encoder):
        beat()
        actions.write_meanings(workshop, encoder=encoder)
    with beat.ending():
        if not stale.exists():
            actions.finish(workshop, seen=seen)


def _stems(entry: Entry, spoken: str) -> str:
    text = f"{entry.title} {entry.text}" if entry.title_counts else entry.text
    return analysis.stems(text, entry.language or spoken)


INDEX = Sweep(INDEXING, _find, _work)
