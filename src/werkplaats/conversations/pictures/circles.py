"""Who thinks alike: a circle of dots for each group, or heaps of dots along a line.

A dot is a person, but the place of a dot inside its circle says nothing: dots are laid out by number and none can be traced.
Where a group stands, and how wide it is, comes from its people together. A group that is too small is not drawn.
"""

from collections.abc import Iterator
from math import cos, pi, sin, sqrt

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from werkplaats.conversations.records import GroupResult, Results
from werkplaats.conversations.rules import Structure

WIDTH, HEIGHT, EDGE = 640.0, 380.0, 14.0
DOT, GAP = 3.4, 8.6
GOLDEN = pi * (3 - sqrt(5))
MOST_DOTS = 150  # in one circle; beyond that a dot is more people


def opinion_map(found: Results) -> SafeString:
    """The picture; empty where nobody thinks apart, or where it would tell about too few people."""
    if found.structure is Structure.GRADIENT:
        drawn = "".join(_heaps(found.line)) if len(found.line) > 1 else ""
    else:
        shown = [group for group in found.groups if group.size is not None]
        drawn = "".join(_circles(shown)) if shown else ""
    if not drawn:
        return SafeString("")
    return format_html(
        '<svg class="samen-opinion" role="img" aria-label="{}" viewBox="0 0 {} {}">{}</svg>',
        _("Wie ongeveer hetzelfde denkt. Dezelfde cijfers staan in de tabel hieronder."),
        int(WIDTH),
        int(HEIGHT),
        mark_safe(drawn),  # noqa: S308 - numbers and letters of ours
    )


def _circles(groups: list[GroupResult]) -> Iterator[str]:
    most = max(group.size or 0 for group in groups)
    each = -(-most // MOST_DOTS)
    counts = [max(1, round((group.size or 0) / each)) for group in groups]
    radii = [GAP * 0.56 * sqrt(count) + 16 for count in counts]
    shrink = min(1.0, (WIDTH - 2 * EDGE) / (2.05 * sum(radii)), (HEIGHT - 2 * EDGE - 24) / (2 * max(radii)))
    for place, (group, count, (x, y)) in enumerate(
        zip(groups, counts, _places(groups, [radius * shrink for radius in radii]), strict=True)
    ):
        radius = radii[place] * shrink
        yield f'<circle class="samen-opinion__ring" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
        for number in range(count):
            far, turn = GAP * 0.56 * shrink * sqrt(number + 0.5), number * GOLDEN
            at = f'cx="{x + far * cos(turn):.1f}" cy="{y + far * sin(turn):.1f}"'
            yield f'<circle class="samen-opinion__dot" {at} r="{DOT * shrink:.1f}"/>'
        yield f'<text x="{x:.1f}" y="{y - radius - 6:.1f}">{group.letter}</text>'


def _places(groups: list[GroupResult], radii: list[float]) -> list[tuple[float, float]]:
    """Where the circles stand: in the order of the first axis from left to right, higher or lower by the second; none overlap."""
    order = sorted(range(len(groups)), key=lambda one: (groups[one].at, one))
    room = WIDTH - 2 * EDGE - 2 * sum(radii)
    gap = room / max(len(groups) - 1, 1) if len(groups) > 1 else 0.0
    gap, x = min(gap, 90.0), 0.0
    span = max((abs(group.at[1]) for group in groups), default=0) or 1.0
    start = (WIDTH - 2 * sum(radii) - gap * (len(groups) - 1)) / 2
    found = [(0.0, 0.0)] * len(groups)
    for one in order:
        free = HEIGHT / 2 - radii[one] - EDGE - 10
        found[one] = (start + x + radii[one], HEIGHT / 2 + 10 + max(free, 0) * 0.6 * groups[one].at[1] / span)
        x += 2 * radii[one] + gap
    return found


def _heaps(line: tuple[int | None, ...]) -> Iterator[str]:
    """Each stretch of the line as a block as high as it has people for its width."""
    step, ground = (WIDTH - 2 * EDGE) / len(line), HEIGHT - 40
    wide = _stretches(line)
    high = max(count / width for _start, width, count in wide)
    for start, width, count in wide:
        height = (HEIGHT - 90) * count / width / high
        x, top = EDGE + start * step, ground - height
        yield (
            f'<rect class="samen-opinion__heap" x="{x + 1:.1f}" y="{top:.1f}" width="{width * step - 2:.1f}"'
            f' height="{height:.1f}"/><text x="{x + width * step / 2:.1f}" y="{top - 8:.1f}">{count}</text>'
        )
    yield f'<path class="samen-opinion__ground" d="M{EDGE} {ground}H{WIDTH - EDGE}"/>'


def _stretches(line: tuple[int | None, ...]) -> list[tuple[int, int, int]]:
    """(first place, how many places, people) of each stretch that is told."""
    found: list[tuple[int, int, int]] = []
    for place, count in enumerate(line):
        if count is None:
            start, width, people = found.pop()
            found.append((start, width + 1, people))
        else:
            found.append((place, 1, count))
    return found
