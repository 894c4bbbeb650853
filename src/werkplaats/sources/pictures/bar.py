"""A document as one bar over its pages: every passage a block at its place, marked when said before or kept for an issue."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkplaats.sources.records import Outline, Stretch

HIGH = 30

WIDE, PIECE = 288, 1200
"""The bar is folded like a line of text, in pieces of at most so many screen points, each for so many signs."""

MOST_PIECES = 60
"""Of a long document more signs stand on one piece, so that the bar stays a picture."""

SYMBOLS = SafeString(
    '<svg class="samen-symbols" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="bar-said" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="samen-bar__paper" width="7" height="7"/><rect class="samen-bar__stripe" width="2.5" height="7"/></pattern>'
    "</defs></svg>"
)
"""Stands once on a page, before the bar."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of one page, from sign `start`; `page` only where a page begins."""

    page: int | None
    number: int
    start: int
    end: int
    stretches: tuple[Stretch, ...]


def draw(pages: Sequence[Outline]) -> SafeString:
    """The whole bar. Empty where a document has no passages. The table beside it counts the same per page."""
    passages = [one for page in pages for one in page.stretches]
    if not passages:
        return SafeString("")
    size = max(PIECE, sum(page.length for page in pages) // MOST_PIECES)
    label = ngettext(
        "%(count)d passage op haar plek in het document. In de tabel staat hetzelfde.",
        "%(count)d passages op hun plek in het document. In de tabel staat hetzelfde.",
        len(passages),
    ) % {"count": len(passages)}
    pieces = "".join(_piece(piece, size) for page in pages for piece in _cut(page, size))
    return mark_safe(  # noqa: S308 - numbers of ours, and words that are escaped where they are put in
        f'<div class="samen-bar" role="group" aria-label="{escape(label)}">{pieces}</div>'
    )


def _cut(page: Outline, size: int) -> Iterator[_Piece]:
    """Cuts a page where a passage begins, so that none is cut in two."""
    start, mine = 0, list[Stretch]()
    is_first = True
    for one in page.stretches:
        if mine and one.end - start > size:
            yield _Piece(page.number if is_first else None, page.number, start, one.start, tuple(mine))
            start, mine, is_first = one.start, [], False
        mine.append(one)
    yield _Piece(page.number if is_first else None, page.number, start, page.length, tuple(mine))


def _piece(piece: _Piece, size: int) -> str:
    # A passage longer than a whole piece makes its own piece denser, so that it fits on a phone.
    scale = WIDE / max(size, piece.end - piece.start)
    blocks = "".join(_block(one, piece, scale) for one in piece.stretches)
    long = f"{(piece.end - piece.start) * scale:.1f}"
    begins = f'<rect class="samen-bar__page" y="-6" width="3" height="{HIGH + 6}"/>' if piece.page else ""
    words = escape(_("Bladzijde %(number)d") % {"number": piece.page}) if piece.page else "&nbsp;"
    return (
        f'<div><p class="samen-small">{words}</p><svg class="samen-flip" width="{long}" height="{HIGH}">'
        f'<rect class="samen-bar__ground" width="{long}" height="{HIGH}"/>{blocks}{begins}</svg></div>'
    )


def _block(one: Stretch, piece: _Piece, scale: float) -> str:
    """Hatched: said before. Dark below: kept for an issue. Both: the upper half and the lower half."""
    at = f'x="{(one.start - piece.start) * scale:.1f}" width="{(one.end - one.start) * scale:.1f}"'
    parts = [f'<rect class="samen-bar__passage" {at} height="{HIGH}"/>']
    if one.is_said_before:
        parts.append(f'<rect fill="url(#bar-said)" {at} height="{HIGH / 2 if one.is_kept else HIGH:g}"/>')
    if one.is_kept:
        parts.append(f'<rect class="samen-bar__kept" {at} y="{HIGH / 2:g}" height="{HIGH / 2:g}"/>')
    parts.append(f'<rect class="samen-bar__edge" {at} height="{HIGH}"/>')
    # With the Tab key one comes to what is marked; the others are a click away, and stand in the text below.
    quiet = "" if one.is_said_before or one.is_kept else ' tabindex="-1"'
    return f'<a href="{escape(one.url)}"{quiet}><title>{escape(_said(one, piece))}</title>{"".join(parts)}</a>'


def _said(one: Stretch, piece: _Piece) -> str:
    words = [_("Bladzijde %(number)d") % {"number": piece.number}]
    words += [_("eerder gezegd")] * one.is_said_before + [_("bij een vraagstuk gezet")] * one.is_kept
    return f"{', '.join(words)}: {one.words}"


def legend(pages: Iterable[Outline]) -> tuple[int, int, int]:
    """How many passages there are, were said before, and were kept for an issue."""
    every = list(pages)
    return (
        sum(len(page.stretches) for page in every),
        sum(page.said_before for page in every),
        sum(page.kept for page in every),
    )
