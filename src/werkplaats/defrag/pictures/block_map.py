"""The block map: one block per connection that ought to be there, in tens, so that the eye can count."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from werkplaats.defrag.pictures.blocks import SIZE, STEP, TEN, block, drawing, in_words, row
from werkplaats.defrag.records import Block, Group


def draw(group: Group) -> SafeString:
    """The blocks of one issue. A block that a move would darken carries a ring, seen when that move is pointed at."""
    label = ngettext(
        "%(name)s: %(count)d verbinding. %(counts)s.",
        "%(name)s: %(count)d verbindingen. %(counts)s.",
        len(group.blocks),
    ) % {"name": group.name, "count": len(group.blocks), "counts": in_words(group.counts)}
    tens = (group.blocks[start : start + TEN] for start in range(0, len(group.blocks), TEN))
    return drawing(label, (_ten(ten) for ten in tens), "samen-tens")


def _ten(blocks: Sequence[Block]) -> str:
    rings = "".join(
        f'<rect class="samen-ring samen-ring-{move}" x="{place * STEP - 1.5}" y="-1.5" width="{SIZE + 3}" height="{SIZE + 3}"/>'
        for place, one in enumerate(blocks)
        for move in one.moves
    )
    return row((block(one.shade, place) for place, one in enumerate(blocks)), TEN, rings)
