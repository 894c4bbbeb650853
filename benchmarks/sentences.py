"""Sentence splitting: right ends on the hand-made test set, and letters per second, against a naive split."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.row import Row
from samenhang import knowledge

SET = Path(__file__).parents[1] / "tests" / "samenhang" / "knowledge" / "sentences.txt"
NAIVE = re.compile(r"(?<=[.!?]) +(?=[A-Z])")


def run(data: Path | None) -> list[Row]:
    blocks = [
        [part for line in block.split("\n") for part in line.split("|")]
        for block in SET.read_text(encoding="utf-8").strip().split("\n\n")
    ]
    told = f"own, {sum(map(len, blocks))} tricky Dutch and English sentences, in use while the rules were written"
    mine, peer = _f1(blocks, _ours), _f1(blocks, _naive)
    text = "\n".join(" ".join(block) for block in blocks) * 150
    source = next(iter(sorted((data / "sources").glob("*.txt"))), None) if data else None
    if source:
        text = source.read_text(encoding="utf-8") * 150
    ours, theirs = [], []
    for _ in range(3):
        ours.append(_speed(text, knowledge.sentences))
        theirs.append(_speed(text, NAIVE.split))
    speed, peer_speed = max(ours), max(theirs)
    return [
        Row("sentences, F1 of their ends", f"{mine:.4f}", ">= .99", f"naive split {peer:.3f}", "", mine >= 0.99, told),
        Row("sentences, letters per CPU s", f"{speed:,.0f}", ">= 1,000,000", f"naive split {peer_speed:,.0f}",
            f"{speed / peer_speed:.2f}x", speed >= 1_000_000, f"sources/{source.name}, repeated" if source else told),
    ]  # fmt: skip


def _ours(text: str) -> set[int]:
    return {sentence.end for sentence in knowledge.sentences(text)[:-1]}


def _naive(text: str) -> set[int]:
    return {found.start() for found in NAIVE.finditer(text)}


def _f1(blocks: list[list[str]], cut: Callable[[str], set[int]]) -> float:
    right = wrong = missed = 0
    for block in blocks:
        true, at = set(), 0
        for sentence in block[:-1]:
            at += len(sentence)
            true.add(at)
            at += 1
        found = cut(" ".join(block))
        right, wrong, missed = right + len(found & true), wrong + len(found - true), missed + len(true - found)
    return 2 * right / (2 * right + wrong + missed)


def _speed(text: str, cut: Callable[[str], object]) -> float:
    began = time.process_time()
    cut(text)
    return len(text) / (time.process_time() - began)
