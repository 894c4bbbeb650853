"""Change: why the figure of fragmentation is another one than last time."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from samenhang.files import KEPT
from samenhang.network.demands import Demands
from samenhang.network.fragmentation import fragmentation
from samenhang.network.interval import SPREAD
from samenhang.network.pairing import Moment, paired
from samenhang.network.reports import Reports
from samenhang.network.ties import Ties
from samenhang.shape import Floats, Ints


@dataclass(frozen=True)
class Change:
    """The change of F between two moments, in points; below 0 = less fragmented.

    ``total`` = ``by_ties`` + ``by_demands``, all None when a moment has no figure. ``restated``: by how much the earlier
    figure itself is another one, with the doubles that are confirmed by now; that is better measurement, no change, and
    stands outside ``total``. ``common``, ``added``, ``removed``: how many demands.

    ``drawn``: twice (draws, 3), F before and after as they may really be, in pairs; None without reports, or when the recall
    of naming is not known at both moments. ``samenhang.change.difference`` makes the interval of ``total`` of it.
    """

    total: float | None
    by_ties: float | None
    by_demands: float | None
    restated: float | None
    common: int
    added: int
    removed: int
    drawn: tuple[Floats, Floats] | None = field(default=None, repr=False, metadata=KEPT)


def change(
    ties0: Ties,
    demands0: Demands,
    ties1: Ties,
    demands1: Demands,
    shares: Mapping[str, float] | None = None,
    reports: tuple[Reports, Reports] | None = None,
    rng: np.random.Generator | None = None,
    *,
    spread: float = SPREAD,
    draws: int = 200,
) -> Change:
    """Did people come nearer to each other since, or do we only ask for other connections than then.

    by_ties = what the new ties do to F over the demands that both moments have: the mean of that over these demands as
    they stood then and as they stand now (their weight or who counts as able may differ). by_demands = total - by_ties:
    demands that came, went or were altered. Both in points of F. A demand is the same one when its ``key`` is.

    The parties keep their numbers; later ones come after. Which entries are one party is taken from ``ties1`` for both
    moments, so that confirming a double never looks like progress. Raises ``ValueError`` when parties disappeared.

    ``reports``: who named whom then and now; with them and ``rng`` (needed then) both figures are drawn in pairs, as in the
    interval of ``fragmentation``: a tie that nobody named then and nobody names now is put in at both, and of the ties that
    are named for the first time as many were there already as were missing then and would have been found by now, or none:
    both are allowed for.

    Not a proof that anything caused the change: for that see ``check``.

    >>> then, now = Ties(3, [], []), Ties(3, [0], [1])
    >>> found = change(then, Demands([0], [1]), now, Demands([0, 0], [1, 2]))
    >>> found.total, found.by_ties, found.by_demands, found.added
    (-50.0, -100.0, 50.0, 1)
    """
    if ties1.n < ties0.n:
        raise ValueError(f"change: {ties0.n} parties then and {ties1.n} now; numbers must stay, later ones come after")
    then = Ties(ties1.n, ties0.source, ties0.target, ties0.length, ties1.same)
    told = fragmentation(ties0, demands0, shares).value
    before = fragmentation(then, demands0, shares).value
    after = fragmentation(ties1, demands1, shares).value
    place = {key: row for row, key in enumerate(demands1.key)}
    kept = [row for row, key in enumerate(demands0.key) if key in place]
    again = [place[demands0.key[row]] for row in kept]
    counts = (len(kept), len(demands1) - len(kept), len(demands0) - len(kept))
    restated = None if before is None or told is None else before - told
    if before is None or after is None:
        return Change(None, None, None, restated, *counts)
    drawn = _paired((then, demands0), (ties1, demands1), reports, shares, rng, spread, draws) if reports else None
    both = (demands0.some(_rows(kept)), demands1.some(_rows(again)))
    falls = [_fall(then, ties1, demands, shares) for demands in both]
    by_ties = sum(falls) / len(falls)
    return Change(after - before, by_ties, after - before - by_ties, restated, *counts, drawn)


def _paired(
    then: tuple[Ties, Demands],
    now: tuple[Ties, Demands],
    reports: tuple[Reports, Reports],
    shares: Mapping[str, float] | None,
    rng: np.random.Generator | None,
    spread: float,
    draws: int,
) -> tuple[Floats, Floats] | None:
    if rng is None:
        raise ValueError("change: what nobody named is drawn by chance; give rng along with reports")
    if not 0 < spread <= 0.5 or draws < 1:
        raise ValueError(f"change: spread {spread} must be above 0 and at most 0.5, and draws {draws} 1 or more")
    first, last = reports
    # Parties that came later had not been asked.
    later = np.zeros(now[0].n - len(first.answered), dtype=bool)
    first = Reports(first.reporter, first.other, np.concatenate([first.answered, later]))
    before = Moment.of(*then, first, shares, rng, draws)
    after = Moment.of(*now, last, shares, rng, draws)
    return paired(before, after, spread, rng) if before and after else None


def _rows(rows: list[int]) -> Ints:
    return np.array(rows, dtype=np.int64)


def _fall(then: Ties, now: Ties, demands: Demands, shares: Mapping[str, float] | None) -> float:
    before, after = (fragmentation(ties, demands, shares).value for ties in (then, now))
    return 0.0 if before is None or after is None else after - before
