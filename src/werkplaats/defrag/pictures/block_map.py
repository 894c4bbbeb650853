"""The block map: one block per connection that ought to be there, in tens, so that the eye can count."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from werkplaats.defrag.pictures.blocks import SIZE, STEP, TEN, block, drawing, in_words, row
from werkplaats.defrag.records import Block, Group


def draw(group: Group) -> SafeString:
    """The blocks of one issue. When a move is pointed at, what it darkens is as now above the diagonal, as then below."""
    label = ngettext(
        "%(name)s: %(count)d verbinding. %(counts)s.",
        "%(name)s: %(count)d verbindingen. %(counts)s.",
        len(group.blocks),
    ) % {"name": group.name, "count": len(group.blocks), "counts": in_words(group.counts)}
    tens = (group.blocks[start : start + TEN] for start in range(0, len(group.blocks), TEN))
    return drawing(label, (_ten(ten) for ten in tens), "samen-tens")


def _ten(blocks: Sequence[Block]) -> str:
    then = "".join(_then(place, rank, shade) for place, one in enumerate(blocks) for rank, shade in one.moves)
    return row((block(one.shade, place) for place, one in enumerate(blocks)), TEN, then)


def _then(place: int, rank: int, shade: int) -> str:
    x, side = place * STEP - 1.5, SIZE + 3
    return (
        f'<g class="samen-then samen-then-{rank}">{block(shade, place)}'
        f'<path class="samen-then__edge" d="M{place * STEP} {SIZE}L{place * STEP + SIZE} 0"/>'
        f'<rect class="samen-ring" x="{x}" y="-1.5" width="{side}" height="{side}"/></g>'
    )
