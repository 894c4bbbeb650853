"""Who waits for whom around one party, drawn: to the left what waits for it, to the right what it waits for.

The same row of the table says it in words. Places are in per cent, so that bars stay sharp at any width.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from werkplaats.dependence.records.waiting import Between

HEIGHT, HALF = 28, 7


@dataclass(frozen=True, slots=True)
class Row:
    """Another party with its bars."""

    between: Between
    bars: SafeString


def rows(between: Sequence[Between]) -> tuple[Row, ...]:
    """A row for each, all along one measure: the longest bar is half the width."""
    most = max((max(one.for_us, one.from_us) for one in between), default=0)
    return tuple(Row(one, _bars(one.for_us, one.from_us, most)) for one in between)


def _bars(left: int, right: int, most: int) -> SafeString:
    middle = HEIGHT / 2
    shapes = [f'<line class="samen-years__tick" x1="50%" x2="50%" y1="0" y2="{HEIGHT}"/>']
    for css, count, is_left in (("samen-waits__us", left, True), ("samen-waits__them", right, False)):
        if count:
            width = 50 * count / most
            start = 50 - width if is_left else 50.0
            shapes.append(
                f'<rect class="{css}" x="{start:.2f}%" y="{middle - HALF:g}" width="{width:.2f}%" height="{2 * HALF}"/>'
            )
    svg = f'<svg class="samen-years__bar samen-flip" width="100%" height="{HEIGHT}" aria-hidden="true">{"".join(shapes)}</svg>'
    return mark_safe(svg)  # noqa: S308 - numbers and names of classes
