"""How well an offer fits a need: how alike they are in meaning, and how far apart in place. And which few are proposed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PER_NEED, PER_OFFER = 3, 5
"""At most so many proposals for one need, and for one offer: a coordinator looks at each of them."""

LEAST_MEANING = 0.3
"""Cosine from which an offer may be about a need. Unrelated ones lie between -0.1 and 0.25, also across languages."""

LEAST_SCORE = 0.13
"""From here on a fit is proposed. In the demo a reader sees most of what lies above it too, and little of what lies below."""

SAME_MEANING = 0.65
"""Cosine from which one owner says again what it said: in other words, or in another language. The same day of another week, and
another sort of the same thing, lie above it too: better one proposal too few than one that was refused."""

NOWHERE, ELSEWHERE = -1, 99
CLOSE = {NOWHERE: 0.95, 0: 1.0, 1: 0.95, 2: 0.9}
FAR = 0.85
"""What is left of the likeness by place: the same area or one inside the other, next to each other, further, elsewhere."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A need or an offer. `owner`: whose it is; `area`: codes from the inside outward, empty where nobody knows."""

    id: int
    text: str
    owner: str
    area: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """A need and an offer (ids) that may belong together, and how far apart they are (`steps_apart`).

    `meaning`: the cosine of the two; `stands_out`: how far it lies above what else is like either of them (see `analysis`).
    """

    need: int
    offer: int
    meaning: float
    stands_out: float
    steps: int

    @property
    def score(self) -> float:
        return self.stands_out * closeness(self.steps)


def steps_apart(a: Sequence[str], b: Sequence[str]) -> int:
    """How many levels up from the nearer of two areas the first lies that holds both; `ELSEWHERE` where none does.

    An area is given as its codes from the inside outward (buurt, wijk, stadsdeel); empty, and it is `NOWHERE` known.

    >>> steps_apart(("b1", "w", "s"), ("w", "s")), steps_apart(("b1", "w", "s"), ("b2", "w", "s")), steps_apart(("b",), ())
    (0, 1, -1)
    """
    if not a or not b:
        return NOWHERE
    shared = set(a) & set(b)
    if not shared:
        return ELSEWHERE
    up = [next(step for step, code in enumerate(path) if code in shared) for path in (a, b)]
    return min(up)


def closeness(steps: int) -> float:
    """Which share of the likeness in meaning stands, by place. It never falls as two areas lie nearer.

    >>> closeness(0), closeness(1), closeness(9)
    (1.0, 0.95, 0.85)
    """
    return CLOSE.get(steps, FAR)


def chosen(fits: Iterable[Fit], *, per_need: int = PER_NEED, per_offer: int = PER_OFFER) -> tuple[Fit, ...]:
    """The fits that are proposed, best first: those that are likely enough, and so many for one need and for one offer."""
    needs: Counter[int] = Counter()
    offers: Counter[int] = Counter()
    kept = []
    for fit in sorted(fits, key=lambda fit: (-fit.score, fit.need, fit.offer)):
        if fit.score < LEAST_SCORE:
            break
        if needs[fit.need] < per_need and offers[fit.offer] < per_offer:
            needs[fit.need] += 1
            offers[fit.offer] += 1
            kept.append(fit)
    return tuple(kept)
