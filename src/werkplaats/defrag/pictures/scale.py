"""A figure as a point on a line from 0 to 100."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def draw(value: float, *, height: int = 22) -> SafeString:
    """Places in per cent instead of a viewBox, so that lines stay sharp at any width."""
    middle = height / 2
    return format_html(
        '<svg class="samen-scale samen-flip" height="{height}" role="img" aria-label="{label}">'
        '<line x1="0" x2="100%" y1="{y}" y2="{y}"/><line x1="0" x2="0" y1="{top}" y2="{foot}"/>'
        '<line x1="100%" x2="100%" y1="{top}" y2="{foot}"/><circle cx="{x}%" cy="{y}" r="6"/></svg>',
        height=height,
        label=_("%(value)d op een schaal van 0 tot 100") % {"value": round(value)},
        x=f"{min(max(value, 0.0), 100.0):.1f}",
        y=f"{middle:g}",
        top=f"{middle - 5:g}",
        foot=f"{middle + 5:g}",
    )
