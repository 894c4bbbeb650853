"""Pictures of the composed pages, as SVG with classes of the stylesheet."""

from collections import Counter
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from werkplaats.asks.rules import STANDING_DAYS

LAST_DAY = 2 * STANDING_DAYS
STEP, GROUND = 14, 12


def waiting(days: Iterable[int]) -> SafeString:
    """One dot per person who waits, from asked today to `LAST_DAY` days or longer; the dashed line is the promised term.

    Hidden from screen readers: the sentence below it says the same.
    """
    stacks = Counter(min(max(each, 0), LAST_DAY) for each in days)
    height = GROUND + STEP * max([2, *stacks.values()])
    ground = height - 2
    dots = [
        (
            " samen-wait__long" if day > STANDING_DAYS else "",
            f"{100 * day / LAST_DAY:.2f}%",
            ground - GROUND + 2 - STEP * level,
        )
        for day in sorted(stacks)
        for level in range(stacks[day])
    ]
    drawn = format_html_join("", '<circle class="samen-wait__one{}" cx="{}" cy="{}" r="6"/>', dots)
    return format_html(
        '<svg class="samen-wait samen-flip" height="{}" aria-hidden="true" focusable="false">'
        '<line x1="0" x2="100%" y1="{}" y2="{}"/><line class="samen-wait__term" x1="50%" x2="50%" y1="0" y2="{}"/>{}</svg>',
        height,
        ground,
        ground,
        height,
        drawn,
    )
