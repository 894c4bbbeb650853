"""Search: how long the nearest of 100,000 fragments take, exactly, against scikit-learn's exact neighbours."""

import time
from pathlib import Path

import numpy as np
from sklearn.neighbors import NearestNeighbors

from benchmarks.row import Row
from samenhang import knowledge

MANY, WIDE = 100_000, 512


def run(data: Path | None) -> list[Row]:
    rng = np.random.default_rng(0)
    rows = rng.standard_normal((MANY, WIDE), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    asked = rows[rng.integers(0, MANY, 60)]
    peer = NearestNeighbors(n_neighbors=10, algorithm="brute", metric="cosine").fit(rows)
    ours, theirs = [], []
    for number, query in enumerate(asked):
        began = time.perf_counter()
        index, _ = knowledge.nearest(rows, query, k=10)
        ours.append(time.perf_counter() - began)
        if number < 12:
            began = time.perf_counter()
            other = peer.kneighbors(query[None], return_distance=False)[0]
            theirs.append(time.perf_counter() - began)
            assert set(index.tolist()) == set(other.tolist())
    middle, worst, peer_middle = (
        float(np.quantile(t, q)) * 1000 for t, q in ((ours, 0.5), (ours, 0.99), (theirs, 0.5))
    )
    told = f"own, {MANY:,} rows of {WIDE} numbers, seed 0; wall time of the vectors alone"
    return [
        Row("search by meaning, p50", f"{middle:.0f} ms", "<= 50 ms", f"scikit-learn {peer_middle:.0f} ms",
            f"{peer_middle / middle:.1f}x", middle <= 50, told),
        Row("search by meaning, p99", f"{worst:.0f} ms", "<= 200 ms", "", "", worst <= 200, told),
    ]  # fmt: skip
