"""An address as a square that a phone reads."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def qr(address: str, *, words: str) -> SafeString:
    """An SVG of an address, as large as its place; `words` say what it is to who cannot see it.

    >>> qr("https://example.org/bonnetje/", words="Adres van je bonnetje")[:43]
    '<svg class="samen-qr" role="img" aria-label'
    """
    square = segno.make(address, error="m", micro=False)
    size = square.symbol_size(border=2)[0]
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(square.matrix_iter(border=2)) for x, dark in enumerate(row) if dark
    )
    drawn = mark_safe(f'<path d="{path}"/>')  # noqa: S308  # numbers of our own only
    return format_html(
        '<svg class="samen-qr" role="img" aria-label="{}" width="132" height="132"'
        ' viewBox="0 0 {} {}" shape-rendering="crispEdges">{}</svg>',
        words,
        size,
        size,
        drawn,
    )
