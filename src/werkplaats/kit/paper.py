"""A page or a picture of ours as a file for paper: a tagged PDF, or a PNG. WeasyPrint draws, in a process of its own.

A page is the same as on the screen, with the rules of the stylesheet for print. A process of its own, because drawing takes
seconds in which no other page of this server would be answered; and one at a time, so that many who ask at once cannot keep
every core busy.
"""

import re
import subprocess
import sys
from threading import Lock
from typing import Literal

from django.utils.translation import gettext as _

from werkplaats.kit.drawings import SHEET, colours, size, token
from werkplaats.kit.refusal import Refusal

_ONE_AT_A_TIME = Lock()
_LONGEST_S = 60
_BEGINS = {"pdf": b"%PDF", "png": b"\x89PNG"}
_EDGE = 16


class NotDrawn(Refusal):
    """Nothing can be drawn for paper here: the server lacks WeasyPrint or Pango, or the page is too long."""

    def __init__(self) -> None:
        super().__init__(_("Dit bestand maken lukt hier nu niet. Druk de bladzijde af met de knop van je browser."))


class BusyDrawing(Refusal):
    """Another file is being drawn."""

    def __init__(self) -> None:
        super().__init__(_("Er wordt net een ander bestand gemaakt. Probeer het over een halve minuut nog eens."))


def pdf(page: str) -> bytes:
    """The HTML of a whole page as a tagged PDF (PDF/UA-1 is asked for, not certified). Raises `NotDrawn`, `BusyDrawing`."""
    plain = re.sub(r"<(?:link|script)\b[^>]*>(?:</script>)?", "", page)
    styled = plain.replace("</head>", f"<style>{SHEET.read_text(encoding='utf-8')}</style></head>", 1)
    return _apart("pdf", _coloured(styled))


def png(drawn: str) -> bytes:
    """An SVG as a picture of dots, three to a unit, with an edge around it. Raises `NotDrawn`, `BusyDrawing`."""
    width, height = size(drawn)
    around = f"size: {width + 2 * _EDGE:g}px {height + 2 * _EDGE:g}px; margin: {_EDGE}px; background: {token('paper')}"
    rules = f"@page {{ {around} }} svg {{ display: block; width: {width:g}px; height: {height:g}px }}"
    return _apart("png", f"<style>{rules}</style>{_coloured(drawn)}")


def _coloured(page: str) -> str:
    """The page with the colours in each drawing, which WeasyPrint does not look for outside it."""
    return re.sub(r"<svg\b[^>]*>", lambda found: f"{found[0]}<style>{colours()}</style>", page)


def _apart(kind: Literal["pdf", "png"], page: str) -> bytes:
    if not _ONE_AT_A_TIME.acquire(blocking=False):
        raise BusyDrawing
    command = [sys.executable, "-m", "werkplaats.kit.apart", kind]
    try:
        done = subprocess.run(command, input=page.encode(), capture_output=True, timeout=_LONGEST_S, check=False)
    except subprocess.TimeoutExpired as late:
        raise NotDrawn from late
    finally:
        _ONE_AT_A_TIME.release()
    if done.returncode or not done.stdout.startswith(_BEGINS[kind]):
        raise NotDrawn
    return done.stdout
