"""How many passages lie in one drawer: a square for each, in tens, so that the eye can count."""

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from werkplaats.issues.records.drawers import Drawers, DrawersRow

SIZE, STEP, PAUSE, TEN = 8, 10, 4, 10

MOST = 60
"""More squares than this in one drawer nobody counts: then a square stands for ten passages, or for a hundred."""


def unit(drawers: Drawers) -> int:
    """How many passages one square stands for, the same in the whole picture."""
    most = max((max(*row.counts, row.loose) for row in drawers.rows if row.counts), default=0)
    return next(size for size in (1, 10, 100, 1000, 10_000, 100_000) if most <= MOST * size)


def squares(count: int, *, each: int) -> SafeString:
    """So many passages as squares; the last one is open where it stands for fewer than `each`. The number stands beside it."""
    whole, rest = divmod(count, each)
    shown = whole + bool(rest)
    if not shown:
        return SafeString("")
    drawn = "".join(_square(place, is_open=place == whole) for place in range(shown))
    width = min(shown, TEN) * STEP - (STEP - SIZE) + (PAUSE if shown > TEN // 2 else 0)
    height = -(-shown // TEN) * STEP - (STEP - SIZE)
    return mark_safe(  # noqa: S308 - numbers of ours
        f'<svg class="samen-squares samen-flip" width="{width}" height="{height}" aria-hidden="true" focusable="false">'
        f"{drawn}</svg>"
    )


def rows(drawers: Drawers) -> Iterable[tuple[DrawersRow, list[tuple[str, int, SafeString]], SafeString]]:
    """Each issue with (name, count, squares) per theme, and the squares of what lies in no drawer."""
    each = unit(drawers)
    names = [name for _key, name in drawers.themes]
    for row in drawers.rows:
        cells = [(name, count, squares(count, each=each)) for name, count in zip(names, row.counts, strict=True)]
        yield row, cells, squares(row.loose, each=each)


def _square(place: int, *, is_open: bool) -> str:
    column = place % TEN
    x, y = column * STEP + (PAUSE if column >= TEN // 2 else 0), place // TEN * STEP
    css, inset = ("samen-square samen-square--open", 0.75) if is_open else ("samen-square", 0)
    side = SIZE - 2 * inset
    return f'<rect class="{css}" x="{x + inset}" y="{y + inset}" width="{side}" height="{side}"/>'
