"""What was said before: which sayings are alike is found once per text, and from that follows who said it first."""

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from django.db import transaction

from werkplaats.sources.models import Alike, Fragment, SaidBefore, Saying
from werkplaats.sources.records import NewSaying, Repeat
from werkplaats.workshops.models import Workshop

Thing = TypeVar("Thing")
_AT_ONCE = 500


def put_sayings(workshop: Workshop, new: Sequence[NewSaying], *, encoder: str) -> None:
    """Keeps new sayings and which earlier ones are like them. Call it in the order in which they were compared."""
    made = [
        Saying(
            workshop=workshop, text_hash=one.text_hash, sketch=one.sketch, encoder=encoder if one.has_meaning else ""
        )
        for one in new
    ]
    Saying.objects.bulk_create(made, batch_size=_AT_ONCE)
    hashes = {pair.text_hash for one in new for pair in one.alike} | {one.text_hash for one in new}
    pk: dict[str, int] = {}
    for some in _parts(sorted(hashes)):
        rows = Saying.objects.filter(workshop=workshop, text_hash__in=some)
        pk |= dict(rows.values_list("text_hash", "pk"))
    pairs = [
        Alike(one_id=pk[pair.text_hash], other_id=pk[one.text_hash], likeness=pair.likeness.value, score=pair.score)
        for one in new
        for pair in one.alike
        if pair.text_hash in pk
    ]
    Alike.objects.bulk_create(pairs, batch_size=_AT_ONCE)


def put_repeats(found: Sequence[Repeat], *, among: Iterable[int]) -> None:
    """Makes what was said before, by these later fragments, be exactly this."""
    laters = list(among)
    wanted = {(repeat.earlier, repeat.later): repeat for repeat in found}
    rows = {
        (row.earlier_id, row.later_id): row
        for some in _parts(laters)
        for row in SaidBefore.objects.filter(later__in=some)
    }
    changed = [
        pair
        for pair, row in rows.items()
        if pair not in wanted or (row.likeness, row.score) != (wanted[pair].likeness, wanted[pair].score)
    ]
    for some in _parts([rows[pair].pk for pair in changed]):
        SaidBefore.objects.filter(pk__in=some).delete()
    kept = rows.keys() - set(changed)
    SaidBefore.objects.bulk_create(
        [
            SaidBefore(earlier_id=one.earlier, later_id=one.later, likeness=one.likeness.value, score=one.score)
            for pair, one in wanted.items()
            if pair not in kept
        ],
        batch_size=_AT_ONCE,
    )


def lock(fragments: Collection[int]) -> frozenset[int]:
    """Those of these passages that still stand. Who wants one compared again waits until this transaction ends."""
    rows = Fragment.objects.select_for_update().filter(pk__in=fragments).order_by("pk")
    return frozenset(rows.values_list("pk", flat=True))


def settle(fragments: Collection[int]) -> None:
    """These passages are compared."""
    Fragment.objects.filter(pk__in=fragments).update(is_compared=True)


def compare_again(fragments: Iterable[int]) -> None:
    """Has these passages compared anew, and those that point back at them: their date changed, or they go."""
    for some in _parts(list(fragments)):
        later = SaidBefore.objects.filter(earlier__in=some).values_list("later", flat=True)
        for those in _parts(list(later)):
            Fragment.objects.filter(pk__in=those).update(is_compared=False)
        Fragment.objects.filter(pk__in=some).update(is_compared=False)


@transaction.atomic
def forget_sayings(workshop: Workshop, hashes: Sequence[str]) -> None:
    """Takes back what was found about these texts, and has their passages compared anew."""
    for some in _parts(hashes):
        compare_again(
            Fragment.objects.filter(source__workshop=workshop, text_hash__in=some).values_list("pk", flat=True)
        )
        Saying.objects.filter(workshop=workshop, text_hash__in=some).delete()


def _parts(things: Sequence[Thing]) -> Iterable[Sequence[Thing]]:
    return (things[at : at + _AT_ONCE] for at in range(0, len(things), _AT_ONCE))
