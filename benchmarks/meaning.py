"""Meaning: is the translation the nearest sentence, and how fast; against scikit-learn's character TF-IDF."""

import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.row import Row
from samenhang import knowledge

TARGETS = {"nld": 0.92, "tur": None, "ara": None}
NAMES = {"nld": "Dutch", "tur": "Turkish", "ara": "Arabic"}
OWN = Path(__file__).with_name("translations.tsv")


def run(data: Path | None) -> list[Row]:
    if data is None or not (data / "sentences").is_dir():
        pairs = [line.split("\t") for line in OWN.read_text(encoding="utf-8").splitlines()]
        told = f"own, {len(pairs)} pairs (easy: few to mix up)"
        return _compare([pair[0] for pair in pairs], [pair[1] for pair in pairs], "Dutch", 0.92, told)
    rows = []
    for code, target in TARGETS.items():
        stem = data / "sentences" / f"tatoeba.{code}-eng"
        here = Path(f"{stem}.{code}").read_text(encoding="utf-8").splitlines()
        there = Path(f"{stem}.eng").read_text(encoding="utf-8").splitlines()
        told = f"sentences/tatoeba.{code}-eng, {len(here):,} pairs"
        rows += _compare(here, there, NAMES[code], target, told)
    return rows


def _compare(here: list[str], there: list[str], name: str, target: float | None, told: str) -> list[Row]:
    knowledge.encode(["loads the model before the clock runs"])
    began = time.process_time()
    rows = knowledge.encode(here)
    speed = len(here) / (time.process_time() - began)
    mine = _found(rows @ knowledge.encode(there).T, there)
    began = time.process_time()
    words = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True).fit(here + there)
    letters = words.transform(here)
    peer_speed = len(here) / (time.process_time() - began)
    peer = _found((letters @ words.transform(there).T).toarray(), there)
    wanted = f">= {target}" if target else "none set"
    reached = mine >= target if target else None
    return [
        Row(f"meaning, {name} to English, retrieval@1", f"{mine:.3f}", wanted, f"TF-IDF {peer:.3f}",
            f"{mine / max(peer, 1e-3):.1f}x", reached, told),
        Row(f"meaning, {name}, texts per CPU s", f"{speed:,.0f} ({knowledge.encoder_name()})", "about 250",
            f"TF-IDF {peer_speed:,.0f}", f"{speed / peer_speed:.2f}x", None, told),
    ]  # fmt: skip


def _found(likeness: NDArray[np.float64], there: list[str]) -> float:
    """The share whose nearest sentence is the translation (or says literally the same)."""
    nearest = likeness.argmax(axis=1)
    return float(np.mean([there[at] == there[own] for own, at in enumerate(nearest)]))
