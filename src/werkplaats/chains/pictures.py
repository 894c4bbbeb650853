"""A chain drawn: who does the steps stands beside each other, the steps go down, and lines say what hands over to what.

The table beside it says the same. Lines run between the boxes only: below a row, beside a lane, above a row.
"""

from textwrap import wrap

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from werkplaats.chains.records import ChainRecord, StepRecord

LANE, GUTTER, HEAD = 196, 28, 56
BOX, GAP, LINE = 70, 34, 18
LETTERS, LINES = 20, 3
TIP = 5


def draw(chain: ChainRecord) -> SafeString:
    """The steps of a chain in their lanes. Empty where there are none."""
    if not chain.steps:
        return SafeString("")
    width = len(chain.lanes) * (LANE + GUTTER)
    height = HEAD + len(chain.steps) * (BOX + GAP) + GAP
    rows = {step.number: row for row, step in enumerate(chain.steps)}
    lanes = "".join(_lane(at, who.name, height) for at, who in enumerate(chain.lanes))
    lines = "".join(
        _line(step, chain.steps[rows[number]], rows) for step in chain.steps for number in step.then if number in rows
    )
    boxes = "".join(_box(step, rows[step.number]) for step in chain.steps)
    label = _("De keten “%(name)s” getekend. In de tabel staat hetzelfde.") % {"name": chain.name}
    return mark_safe(  # noqa: S308 - numbers of ours, and words that are escaped where they are put in
        f'<svg class="samen-chain" width="{width}" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">'
        f"{lanes}{lines}{boxes}</svg>"
    )


def _lane(at: int, name: str, height: int) -> str:
    x = at * (LANE + GUTTER)
    return (
        f'<rect class="samen-chain__lane" x="{x}" y="0" width="{LANE}" height="{height}"/>'
        f"{_text(name, x, 22, lines=2, css='samen-chain__who')}"
    )


def _box(step: StepRecord, row: int) -> str:
    x, y = step.lane * (LANE + GUTTER), _top(row)
    words = f"{step.number}. {step.name}"
    lines = len(_lines(words, LINES))
    first = y + BOX / 2 - (lines - 1) * LINE / 2 + 5
    return (
        f'<rect class="samen-chain__step" x="{x + 6}" y="{y}" width="{LANE - 12}" height="{BOX}" rx="3"/>'
        f"{_text(words, x, first, lines=LINES, css='samen-chain__name')}"
    )


def _line(step: StepRecord, then: StepRecord, rows: dict[int, int]) -> str:
    """From below one box to above the other; past other rows, beside the lane where it arrives."""
    start, end = (one.lane * (LANE + GUTTER) + LANE / 2 for one in (step, then))
    below, above = _top(rows[step.number]) + BOX, _top(rows[then.number])
    path = [f"M{start:g} {below:g}"]
    is_next = rows[then.number] == rows[step.number] + 1
    if is_next and start != end:
        path.append(f"V{below + GAP / 2:g}H{end:g}")
    elif not is_next:
        beside = then.lane * (LANE + GUTTER) + LANE + GUTTER / 2
        path.append(f"V{below + GAP / 3:g}H{beside:g}V{above - GAP * 0.6:g}H{end:g}")
    path.append(f"V{above - TIP:g}")
    css = "samen-chain__line" if rows[then.number] > rows[step.number] else "samen-chain__line samen-chain__line--back"
    tip = f"M{end - TIP:g} {above - 2 * TIP:g}L{end:g} {above:g}L{end + TIP:g} {above - 2 * TIP:g}Z"
    return f'<path class="{css}" d="{"".join(path)}"/><path class="samen-chain__tip" d="{tip}"/>'


def _top(row: int) -> int:
    return HEAD + GAP // 2 + row * (BOX + GAP)


def _lines(words: str, most: int) -> list[str]:
    return wrap(words, LETTERS, max_lines=most, placeholder=" …") or [words[:LETTERS]]


def _text(words: str, x: float, y: float, *, lines: int, css: str) -> str:
    middle = x + LANE / 2
    spans = "".join(
        f'<tspan x="{middle:g}" y="{y + at * LINE:g}">{escape(line)}</tspan>'
        for at, line in enumerate(_lines(words, lines))
    )
    return f'<text class="{css}">{spans}</text>'
