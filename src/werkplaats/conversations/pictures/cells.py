"""The figures of one statement as cells of a table; there are hundreds on a page, so that each is made in one go."""

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from werkplaats.conversations.records import Figure


def cells(figures: Iterable[Figure | None]) -> SafeString:
    """How many in a hundred agree, with how many it may be; a dash for too few.

    >>> cells([None, Figure(8, 2, 0)])
    '<td class="samen-number">–</td><td class="samen-number">80<br><small>54–93</small></td>'
    """
    return mark_safe("".join(map(_cell, figures)))  # noqa: S308 - numbers of ours


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return '<td class="samen-number">–</td>'
    share, low, high = figure.agreeing
    return f'<td class="samen-number">{share}<br><small>{low}–{high}</small></td>'
