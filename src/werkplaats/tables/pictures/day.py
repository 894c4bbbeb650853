"""A table in pictures: turns against seats, how heard people felt. The same stands beside each in words and in a table."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from werkplaats.tables.records.day import ScoreLine, TurnShare, place_on_scale

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


def on_scale(one: ScoreLine) -> SafeString:
    """A mean on the line from not at all to entirely, with how far it may be off.

    >>> 'cx="50.0%"' in on_scale(ScoreLine("heard", "", 4.0, 3.0, 5.0, 9))
    True
    """
    low, high = (place_on_scale(one.value if end is None else end) for end in (one.low, one.high))
    return format_html(
        '<svg class="samen-share samen-flip" height="18" aria-hidden="true" focusable="false">'
        '<line x1="0" x2="100%" y1="9" y2="9"/><line x1="50%" x2="50%" y1="5" y2="13"/>'
        '<line class="samen-share__range" x1="{low}%" x2="{high}%" y1="9" y2="9"/>'
        '<circle cx="{value}%" cy="9" r="6"/></svg>',
        low=round(low, 1),
        high=round(high, 1),
        value=round(place_on_scale(one.value), 1),
    )
