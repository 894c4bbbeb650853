"""HTML in, a tagged PDF or a PNG out: run by `kit.paper` as a process of its own. Knows no Django, reads no file, asks nobody."""

import io
import logging
import os
import sys
from typing import Any, NoReturn

import pypdfium2
from weasyprint import HTML

DOTS = 3
"""Dots of a PNG to a unit (CSS pixel) of what is drawn."""
_POINTS = 0.75  # to a CSS pixel


def main() -> None:
    """``python -m werkplaats.kit.apart pdf|png``: what is drawn goes to stdout."""
    os.nice(10)
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    drawn = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=_nothing).write_pdf(pdf_variant="pdf/ua-1")
    sys.stdout.buffer.write(drawn if sys.argv[1] == "pdf" else _dots(drawn))


def _nothing(address: str, *_args: Any, **_options: Any) -> NoReturn:
    raise ValueError(address)


def _dots(drawn: bytes) -> bytes:
    page = pypdfium2.PdfDocument(drawn)[0]
    found = io.BytesIO()
    page.render(scale=DOTS / _POINTS).to_pil().save(found, "PNG", optimize=True)
    return found.getvalue()


if __name__ == "__main__":
    main()
