"""The five blocks that all pictures of connections are made of. Shade and pattern say the same twice."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SIZE, STEP, TEN = 20, 24, 10

SYMBOLS = SafeString(
    '<svg class="samen-symbols" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<symbol id="b0" viewBox="0 0 20 20"><rect class="samen-block-0" width="20" height="20"/></symbol>'
    '<symbol id="b1" viewBox="0 0 20 20"><rect class="samen-block-1" width="20" height="20"/>'
    '<path class="samen-dash-1" d="M4 10H16"/></symbol>'
    '<symbol id="b2" viewBox="0 0 20 20"><rect class="samen-block-2" width="20" height="20"/>'
    '<path class="samen-dash-2" d="M4 7H16M4 13H16"/></symbol>'
    '<symbol id="b3" viewBox="0 0 20 20"><rect class="samen-block-3" x=".5" y=".5" width="19" height="19"/>'
    '<path class="samen-dash-3" d="M4 5H16M4 10H16M4 15H16"/></symbol>'
    '<symbol id="b4" viewBox="0 0 20 20"><rect class="samen-block-4" x=".75" y=".75" width="18.5" height="18.5"/>'
    '<path class="samen-hatch" d="M1 10L10 1M1 19L19 1M10 19L19 10"/></symbol></defs></svg>'
)
"""Stands once on a page, before the first picture that uses it."""


def block(shade: int, place: int) -> str:
    """One block at its place in a row, counted from 0."""
    return f'<use href="#b{shade}" x="{place * STEP}" width="{SIZE}" height="{SIZE}"/>'


def row(blocks: Iterable[str], width: int, extra: str = "") -> str:
    """A row of blocks as one drawing; what it shows is said by the words around it."""
    return (
        f'<svg class="samen-flip" viewBox="0 0 {width * STEP - STEP + SIZE} {SIZE}" aria-hidden="true" focusable="false">'
        f"{''.join(blocks)}{extra}</svg>"
    )


def drawing(label: str, rows: Iterable[str], css: str) -> SafeString:
    """Rows of blocks as one picture with one description."""
    return mark_safe(  # noqa: S308 - drawings of ours, and a label that is escaped
        f'<div class="{css}" role="img" aria-label="{escape(label)}">{"".join(rows)}</div>'
    )


def in_words(counts: Iterable[int]) -> str:
    """How many of each shade, leaving out none: 14 direct, 15 met één ertussen, 5 komen niet aan."""
    direct, one, two, three, missing = counts
    said = [
        (direct, _("%(count)d direct")),
        (one, _("%(count)d met één ertussen")),
        (two, _("%(count)d met twee ertussen")),
        (three, _("%(count)d met drie ertussen")),
        (missing, ngettext("%(count)d komt niet aan", "%(count)d komen niet aan", missing)),
    ]
    return ", ".join(words % {"count": count} for count, words in said if count)
