"""The marks that parties are drawn with: one shape for each kind, all of one size, and names that stay readable."""

from collections.abc import Callable
from textwrap import wrap

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from werkplaats.neighbourhoods.records.drawing import Spot
from werkplaats.neighbourhoods.rules import PartyKind

Address = Callable[[str], str]
"""The address of the page of a party, by its key."""


def party_pages(workshop: str) -> Address:
    """The addresses in one workshop; looked up once, because a picture can have thousands."""
    before, after = reverse("pages:party", args=[workshop, "KEY"]).rsplit("KEY", 1)
    return lambda key: f"{before}{key}{after}"


_SHAPES = {
    PartyKind.INITIATIVE: '<circle r="8"/>',
    PartyKind.GOVERNMENT: '<rect x="-7" y="-7" width="14" height="14"/>',
    PartyKind.RESEARCH: '<path d="M0-9L9 7H-9z"/>',
    PartyKind.PROFESSIONAL: '<path d="M0-10L10 0 0 10-10 0z"/>',
    PartyKind.BUSINESS: '<path d="M-3-9H3V-3H9V3H3V9H-3V3H-9V-3H-3z"/>',
    PartyKind.OTHER: '<circle class="samen-party--open" r="6.5"/>',
}

SYMBOLS = SafeString(
    '<svg class="samen-symbols" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    + "".join(f'<g id="p-{kind}" class="samen-party">{shape}</g>' for kind, shape in _SHAPES.items())
    + "</defs></svg>"
)
"""Stands once on a page, before the first picture that uses it."""

LETTER = 0.56
"""How wide a letter is on average, as a share of its height; a little too wide rather than too narrow."""


def mark(spot: Spot) -> str:
    """The shape of a party, around the origin."""
    return f'<use href="#p-{spot.kind}"/>'


def title(spot: Spot) -> str:
    """Who it is, for a pointer that rests on a mark and for who hears the picture."""
    words = _("%(name)s: %(kind)s") % {"name": spot.name, "kind": str(spot.kind_words).lower()}
    return f"<title>{escape(words)}</title>"


def in_lines(name: str, letters: int, lines: int) -> list[str]:
    """A name in at most so many lines of so many letters; what does not fit ends in an ellipsis.

    >>> in_lines("Hogeschool Oeverland, lectoraat Wonen in de Stad", 27, 2)
    ['Hogeschool Oeverland,', 'lectoraat Wonen in de Stad']
    """
    return wrap(name, letters, max_lines=lines, placeholder=" …") or [name[:letters]]
