"""Who thinks alike: a circle of dots for each group, or heaps of dots along a line.

A dot is a person, but the place of a dot inside its circle says nothing: dots are laid out by number and none can be traced.
The circles stand in the order of the most telling line. A group that is too small is not drawn.
"""

from collections.abc import Iterator
from math import ceil, cos, pi, sin, sqrt

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from werkplaats.conversations.records import GroupResult, Results
from werkplaats.conversations.rules import Structure

WIDTH, HEIGHT, EDGE, HEAD = 640.0, 300.0, 14.0, 32.0
MOST_STEP, DOT, GAP = 14.0, 0.55, 2.5  # from dot to dot at most; a dot and the room between circles, in such steps
GOLDEN = pi * (3 - sqrt(5))
MOST_DOTS = 150  # in one circle; beyond that a dot is more people


def opinion_map(found: Results) -> SafeString:
    """The picture; empty where nobody thinks apart, or where it would tell about too few people."""
    if found.structure is Structure.GRADIENT:
        drawn, height = ("".join(_heaps(found.line)), HEIGHT) if len(found.line) > 1 else ("", 0.0)
    else:
        shown = [group for group in found.groups if group.size is not None]
        drawn, height = _circles(shown) if shown else ("", 0.0)
    if not drawn:
        return SafeString("")
    return format_html(
        '<svg class="samen-opinion" role="img" aria-label="{}" viewBox="0 0 {} {}">{}</svg>',
        _("Wie ongeveer hetzelfde denkt. Dezelfde cijfers staan hieronder."),
        int(WIDTH),
        ceil(height),
        mark_safe(drawn),  # noqa: S308 - numbers and letters of ours
    )


def _circles(groups: list[GroupResult]) -> tuple[str, float]:
    """The circles, and how high they are together."""
    most = max(group.size or 0 for group in groups)
    each = -(-most // MOST_DOTS)
    counts = [max(1, round((group.size or 0) / each)) for group in groups]
    radii = [sqrt(count) + 1.2 for count in counts]
    step = min(MOST_STEP, WIDTH / (2 * sum(radii) + GAP * (len(groups) - 1)), (HEIGHT - HEAD) / (2 * max(radii)))
    height = 2 * step * max(radii) + HEAD + 2
    drawn, x = "", 0.0
    for place in sorted(range(len(groups)), key=lambda one: (groups[one].at, one)):
        radius = step * radii[place]
        middle = (x + radius, height - 1 - step * max(radii))
        drawn += "".join(_circle(groups[place].letter, counts[place], middle, radius=radius, step=step))
        x += 2 * radius + GAP * step
    return drawn, height


def _circle(letter: str, count: int, middle: tuple[float, float], *, radius: float, step: float) -> Iterator[str]:
    x, y = middle
    yield f'<circle class="samen-opinion__ring" cx="{x:.1f}" cy="{y:.1f}" r="{radius - 1:.1f}"/>'
    for number in range(count):
        far, turn = step * sqrt(number + 0.5), number * GOLDEN
        at = f'cx="{x + far * cos(turn):.1f}" cy="{y + far * sin(turn):.1f}"'
        yield f'<circle class="samen-opinion__dot" {at} r="{DOT * step:.1f}"/>'
    yield f'<text x="{x:.1f}" y="{y - radius - 8:.1f}">{letter}</text>'


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
