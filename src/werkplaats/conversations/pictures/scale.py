"""How many of a group agree, as a point on a line from nobody to everybody, with how far it may be off."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from werkplaats.conversations.records import Figure

HEIGHT = 18


def scale(figure: Figure) -> SafeString:
    """One line. The numbers stand beside it; places are in per cent, so that lines stay sharp at any width.

    >>> 'cx="75%"' in scale(Figure(30, 10, 2))
    True
    """
    share, low, high = figure.agreeing
    return format_html(
        '<svg class="samen-share samen-flip" height="{height}" aria-hidden="true" focusable="false">'
        '<line x1="0" x2="100%" y1="{y}" y2="{y}"/><line x1="50%" x2="50%" y1="{top}" y2="{foot}"/>'
        '<line class="samen-share__range" x1="{low}%" x2="{high}%" y1="{y}" y2="{y}"/>'
        '<circle cx="{share}%" cy="{y}" r="6"/></svg>',
        height=HEIGHT,
        y=HEIGHT // 2,
        top=HEIGHT // 2 - 4,
        foot=HEIGHT // 2 + 4,
        share=share,
        low=low,
        high=high,
    )
