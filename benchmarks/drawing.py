"""Growth as a picture: measured points on two logarithmic axes, joined by lines, as SVG without any library."""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from pathlib import Path

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 460, 70, 250, 50, 60
COLOURS = ("#00549e", "#b4280e", "#0b6e4f", "#7a3d9c", "#8a5a00", "#333333")
SHAPES = ("circle", "square", "diamond")
"""A line has a colour, a shape and its name beside its end, so that nobody needs the colour."""

Points = Sequence[tuple[float, float]]


def draw(name: str, title: str, *, across: str, up: str, lines: Mapping[str, Points]) -> None:
    """Writes ``docs/pictures/NAME.svg``. A dotted line shows what would be in proportion."""
    points = [point for line in lines.values() for point in line]
    x, y = Axis([x for x, _ in points], LEFT, WIDTH - RIGHT), Axis([y for _, y in points], HEIGHT - BOTTOM, TOP)
    letters = 'font-family="sans-serif" font-size="13" fill="#1a1a1a"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d" {letters}>',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(_told(lines, across, up))}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="24" font-size="16" font-weight="bold">{escape(title)}</text>',
        *(_across(value, x) for value in x.marks),
        *(_up(value, y) for value in y.marks),
        f'<text x="{LEFT}" y="{HEIGHT - 16}">{escape(across)}</text>',
        f'<text x="{LEFT - 58}" y="{TOP - 8}">{escape(up)}</text>',
        _in_proportion(x, y),
        *_drawn(lines, x, y),
        "</svg>",
    ]
    (PICTURES / f"{name}.svg").write_text("\n".join(parts) + "\n", encoding="utf-8")


class Axis:
    """From a value to its place, by powers of ten."""

    def __init__(self, values: Sequence[float], begin: float, end: float) -> None:
        self.low, self.high = floor(log10(min(values))), max(ceil(log10(max(values))), floor(log10(min(values))) + 1)
        self.begin, self.end = begin, end
        self.marks = [10.0**power for power in range(self.low, self.high + 1)]

    def __call__(self, value: float) -> float:
        return round(self.begin + (self.end - self.begin) * (log10(value) - self.low) / (self.high - self.low), 1)


def _across(value: float, x: Axis) -> str:
    at = x(value)
    return (
        f'<path d="M{at} {TOP}V{HEIGHT - BOTTOM}" stroke="#d9d9d9"/>'
        f'<text x="{at}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{value:,.0f}</text>'
    )


def _up(value: float, y: Axis) -> str:
    at = y(value)
    return (
        f'<path d="M{LEFT} {at}H{WIDTH - RIGHT}" stroke="#d9d9d9"/>'
        f'<text x="{LEFT - 8}" y="{at + 4}" text-anchor="end">{value:,g}</text>'
    )


def _in_proportion(x: Axis, y: Axis) -> str:
    """From the lowest corner upwards, as far as the picture goes."""
    powers = min(x.high - x.low, y.high - y.low)
    begin, end = (x(10.0**x.low), y(10.0**y.low)), (x(10.0 ** (x.low + powers)), y(10.0 ** (y.low + powers)))
    name_x, name_y = x(10.0 ** (x.low + 0.3)) + 8, y(10.0 ** (y.low + 0.3)) + 14
    return (
        f'<path d="M{begin[0]} {begin[1]}L{end[0]} {end[1]}" stroke="#767676" stroke-dasharray="2 5" fill="none"/>'
        f'<text x="{name_x:.1f}" y="{name_y:.1f}" fill="#595959" font-style="italic">in proportion</text>'
    )


def _drawn(lines: Mapping[str, Points], x: Axis, y: Axis) -> list[str]:
    ends = {name: y(line[-1][1]) for name, line in lines.items()}
    beside = _apart(ends)
    drawn = []
    for number, (name, line) in enumerate(lines.items()):
        colour, shape = COLOURS[number % len(COLOURS)], SHAPES[number % len(SHAPES)]
        at = [(x(a), y(b)) for a, b in line]
        way = "L".join(f"{a} {b}" for a, b in at)
        drawn.append(f'<path d="M{way}" stroke="{colour}" stroke-width="2" fill="none"/>')
        drawn += [_point(a, b, colour, shape) for a, b in at]
        label = WIDTH - RIGHT + 26
        drawn.append(
            f'<path d="M{at[-1][0] + 7} {at[-1][1]}L{label - 4} {beside[name]}" stroke="{colour}" fill="none"/>'
        )
        drawn.append(f'<text x="{label}" y="{beside[name] + 4}" fill="{colour}">{escape(name)}</text>')
    return drawn


def _apart(ends: Mapping[str, float], least: float = 18) -> dict[str, float]:
    """The heights of the names, so far apart that none covers another."""
    placed: dict[str, float] = {}
    before = TOP - least
    for name in sorted(ends, key=lambda name: ends[name]):
        before = placed[name] = max(ends[name], before + least)
    return placed


def _point(x: float, y: float, colour: str, shape: str) -> str:
    if shape == "circle":
        return f'<circle cx="{x}" cy="{y}" r="4.5" fill="{colour}"/>'
    turned = f' transform="rotate(45 {x} {y})"' if shape == "diamond" else ""
    return f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8" fill="{colour}"{turned}/>'


def _told(lines: Mapping[str, Points], across: str, up: str) -> str:
    said = (f"{name}: " + ", ".join(f"{b:,.3g} at {a:,.0f}" for a, b in line) for name, line in lines.items())
    return f"{up}, by {across}. " + "; ".join(said) + "."
