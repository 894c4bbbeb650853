"""Issues are proposed again whenever documents or needs have changed and everything in them can be compared."""

from collections.abc import Callable, Iterable
from zlib import crc32

import numpy as np
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from werkplaats.issues import actions, analysis, queries
from werkplaats.issues.models import Agenda, Issue
from werkplaats.issues.records import Addition, Proposal
from werkplaats.issues.rules import State, was_proposed_before
from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.neighbourhoods.models import Network
from werkplaats.search.queries import vectors
from werkplaats.sources.models import Library
from werkplaats.sources.queries import is_coming_in
from werkplaats.workshops.models import Workshop


def find(limit: int) -> Iterable[Key]:
    """Workshops whose documents or needs changed since issues were proposed, and in which nothing is still coming in.

    Where proposing takes long, it rests after it: however often a document is added, it is a small part of the day.
    """
    changed = Exists(Library.objects.filter(workshop=OuterRef("pk"))) | Exists(
        Network.objects.filter(workshop=OuterRef("pk"))
    )
    resting = Exists(Agenda.objects.filter(workshop=OuterRef("pk"), rests_until__gt=timezone.now()))
    candidates = Workshop.objects.filter(changed).exclude(is_coming_in(OuterRef("pk"))).exclude(resting)
    seen_library = Exists(Agenda.objects.filter(workshop=OuterRef("workshop"), proposed_up_to=OuterRef("changed_at")))
    seen_needs = Exists(Agenda.objects.filter(workshop=OuterRef("workshop"), needs_up_to=OuterRef("changed_at")))
    return (
        candidates.filter(
            Q(pk__in=Library.objects.exclude(seen_library).values("workshop"))
            | Q(pk__in=Network.objects.exclude(seen_needs).values("workshop"))
        )
        .order_by("pk")
        .values_list("pk", flat=True)[:limit]
    )


def work(key: Key, beat: Beat) -> None:
    """Proposes issues in one workshop. What people decided stands: their issues are never changed, only suggested to."""
    workshop, began = Workshop.objects.get(pk=key), timezone.now()
    library, network = queries.changed_at(workshop)
    if not queries.standing(workshop).is_stale:
        return
    passages = queries.passages(workshop)
    beat(done=1, total=3)
    found = analysis.texts(passages, *vectors({passage.text_hash for passage in passages}, analysis.encoder_name()))
    beat(done=2, total=3)
    new, added = _look(workshop, found, lambda: beat(done=2, total=3))
    with beat.ending():
        at = timezone.now()
        actions.propose(workshop, new, touched=queries.touched_by_people(workshop), at=at)
        actions.suggest(workshop, added)
        actions.note_proposed(workshop, began=began, at=at, library=library, needs=network)


def _look(
    workshop: Workshop, found: analysis.Texts, beat: Callable[[], None]
) -> tuple[tuple[Proposal, ...], tuple[Addition, ...]]:
    """What is new, without what was refused before, and what adds to the accepted issues."""
    hashes = queries.hashes_of(Issue.objects.filter(workshop=workshop, state=State.PROPOSED))
    accepted = queries.hashes_of(Issue.objects.filter(workshop=workshop, state=State.ACCEPTED))
    yesterday = sorted((hashes | accepted).items())
    before = {text_hash: number for number, (_pk, own) in enumerate(yesterday) for text_hash in own}
    # A seed of its own for each workshop, the same every day: the same documents give the same proposals.
    rng = np.random.default_rng(crc32(workshop.key.encode()))
    proposals = analysis.proposals(found, before=before, rng=rng, beat=beat)
    new = analysis.without(found, proposals, accepted)
    added = analysis.additions(found, accepted=accepted, denied=queries.denied_hashes(workshop))
    refused = queries.remembered_hashes(workshop)
    return tuple(one for one in new if not any(was_proposed_before(one.hashes, earlier) for earlier in refused)), added


PROPOSE = Sweep("issues.propose", find, work)
