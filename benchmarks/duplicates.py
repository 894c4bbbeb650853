"""Said before: recall on small changes, and speed against datasketch's signatures and index."""

import random
import time
from collections.abc import Callable
from pathlib import Path

from datasketch import MinHash, MinHashLSH

from benchmarks.made_texts import CHANGES, from_file, sentence
from benchmarks.row import Row
from samenhang import knowledge

MANY = 20_000
PEER_MANY = 1_500  # of the same texts: the peer is slow


def run(data: Path | None) -> list[Row]:
    source = data / "sentences" / "tatoeba.nld-eng.nld" if data else None
    make = from_file(source) if source and source.exists() else sentence
    told = "sentences/tatoeba.nld-eng.nld, sentences chained from it, seed 0" if source else "own, made with seed 0"
    return [*_recall(make, told), _speed(make, told)]


def _recall(make: Callable[[random.Random], list[str]], told: str) -> list[Row]:
    rows = []
    for name, change in CHANGES.items():
        chance = random.Random(0)
        first = [make(chance) for _ in range(2000)]
        said = [" ".join(words) for words in first] + [change(words, chance) for words in first]
        found = knowledge.near_duplicates(said)
        recall = float((found[:2000] == found[2000:]).mean())
        joined = 2000 - len(set(found[:2000].tolist()))
        figure = f"{recall:.4f} ({joined} of 2,000 strangers joined)"
        rows.append(Row(f"said before, recall: {name}", figure, ">= .99", "", "", recall >= 0.99, told))
    return rows


def _speed(make: Callable[[random.Random], list[str]], told: str) -> Row:
    chance = random.Random(1)
    said = [" ".join(make(chance)) for _ in range(MANY)]
    ours, theirs = [], []
    for _ in range(3):  # in turns, so that a busy machine slows both
        began = time.process_time()
        knowledge.near_duplicates(said)
        ours.append(MANY / (time.process_time() - began))
        began = time.process_time()
        _datasketch(said[:PEER_MANY])
        theirs.append(PEER_MANY / (time.process_time() - began))
    mine, peer = max(ours), max(theirs)
    return Row(
        "said before, texts per CPU s",
        f"{mine:,.0f}",
        ">= 25,000",
        f"datasketch {peer:,.0f}",
        f"{mine / peer:.0f}x",
        mine >= 25_000,
        f"{told}; {MANY:,} texts of {sum(map(len, said)) // MANY} letters, best of 3",
    )


def _datasketch(said: list[str]) -> None:
    index = MinHashLSH(num_perm=64, params=(32, 2))
    for number, text in enumerate(said):
        made = MinHash(num_perm=64)
        made.update_batch([text[at : at + 5].encode() for at in range(max(1, len(text) - 4))])
        index.query(made)
        index.insert(number, made)
