"""The years of trying, a bar for each: the same row of the table says it in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from werkplaats.mirror.records import ItemLine
from werkplaats.mirror.rules import Ending

HEIGHT, MIDDLE, HALF = 40, 20, 7
MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Year:
    """An attempt with its bar."""

    item: ItemLine
    bar: SafeString


@dataclass(frozen=True, slots=True)
class Years:
    """All attempts along the same years."""

    ticks: tuple[int, ...]
    rows: tuple[Year, ...]


def years(items: Sequence[ItemLine], *, today: date) -> Years | None:
    """A bar for each attempt: full while it runs, open with a stroke where it stopped, light with a dot where it went over.

    None without attempts. Places are in per cent, so that strokes stay sharp at any width.
    """
    if not items:
        return None
    first = min(item.facts["since"] for item in items)
    end_of_all = max(today.year, *(item.facts["until"] for item in items)) + 1
    step = -(-(end_of_all - first) // MOST_TICKS)
    last = first + step * -(-(end_of_all - first) // step)  # whole steps, so that the years stand above their lines
    ticks = tuple(range(first, last, step))

    def place(year: float) -> str:
        return f"{100 * (year - first) / (last - first):.2f}%"

    def width(start: float, end: float) -> str:
        return f"{100 * (end - start) / (last - first):.2f}%"

    lines = "".join(_tick(place(year)) for year in ticks)
    rows = []
    for item in items:
        start, until = item.facts["since"], item.facts["until"]
        end = until + 1 if until else today.year + today.timetuple().tm_yday / 366
        marks = _marks(item.facts["ending"], place(start), width(start, end), place(end))
        svg = f'<svg class="samen-years__bar samen-flip" width="100%" height="{HEIGHT}" aria-hidden="true">{lines}{marks}</svg>'
        rows.append(Year(item, mark_safe(svg)))  # noqa: S308 - numbers and names of classes
    return Years(ticks, tuple(rows))


def _tick(at: str) -> str:
    return f'<line class="samen-years__tick" x1="{at}" x2="{at}" y1="0" y2="{HEIGHT}"/>'


def _marks(ending: str, start: str, width: str, end: str) -> str:
    return "".join(_shapes(ending, start, width, end))


def _shapes(ending: str, start: str, width: str, end: str) -> Iterable[str]:
    yield (
        f'<rect class="samen-years__{ending.replace("_", "-")}" x="{start}" y="{MIDDLE - HALF}" width="{width}" '
        f'height="{2 * HALF}"/>'
    )
    if ending == Ending.STOPPED:
        yield f'<line class="samen-years__stroke" x1="{end}" x2="{end}" y1="{MIDDLE - 13}" y2="{MIDDLE + 13}"/>'
    if ending == Ending.HANDED_OVER:
        yield f'<circle class="samen-years__dot" cx="{end}" cy="{MIDDLE}" r="8"/>'
