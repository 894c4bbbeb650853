"""A table in pictures: turns against seats. The same stands beside each in words and in a table."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from werkplaats.tables.records import TurnShare

HEIGHT = 34


def against(one: TurnShare) -> SafeString:
    """Two bars of one kind of party: its share of the seats, open, and of the turns, full, with how far that may be off.

    Places are in per cent, so that strokes stay sharp at any width.

    >>> 'width="25%"' in against(TurnShare("business", 3, 1, 60, 30, 80, 25))
    True
    """
    return format_html(
        '<svg class="samen-against samen-flip" width="100%" height="{height}" aria-hidden="true" focusable="false">'
        '<rect class="samen-against__seats" x="0" y="2" width="{seats}%" height="12"/>'
        '<rect class="samen-against__turns" x="0" y="18" width="{turns}%" height="12"/>'
        '<line class="samen-against__range" x1="{low}%" x2="{high}%" y1="24" y2="24"/></svg>',
        height=HEIGHT,
        seats=one.of_seats,
        turns=one.of_turns or 0,
        low=one.low or 0,
        high=one.high or 0,
    )
