"""Pictures of the composed pages, as SVG with classes of the stylesheet."""

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

STEP, RADIUS, ROW = 20, 7, 10


def dots(*, met: int, unmet: int) -> SafeString:
    """One dot per need in rows of ten: filled where somebody able is on record, open where nobody is.

    Hidden from screen readers: the sentence beside it says the same.
    """
    kinds = ["samen-dot"] * met + ["samen-dot samen-dot--open"] * unmet
    rows = [kinds[start : start + ROW] for start in range(0, len(kinds), ROW)]
    return format_html_join("\n", '<svg width="{}" height="{}" aria-hidden="true">{}</svg>', map(_row, rows))


def _row(kinds: list[str]) -> tuple[int, int, SafeString]:
    middles = ((kind, STEP * place + STEP // 2, STEP // 2, RADIUS) for place, kind in enumerate(kinds))
    return STEP * ROW, STEP, format_html_join("", '<circle class="{}" cx="{}" cy="{}" r="{}"/>', middles)
