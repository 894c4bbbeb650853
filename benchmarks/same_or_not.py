"""Same or not: are two entries of a register one party, at the thresholds that the library ships."""

import csv
import time
from collections import Counter
from pathlib import Path

from rapidfuzz import fuzz

from benchmarks.row import Row
from samenhang import knowledge

FILE = "chicago_early_childhood_true_ids.csv"
OWN = Path(__file__).with_name("register.csv")


def run(data: Path | None) -> list[Row]:
    path = data / "register" / FILE if data else OWN
    if not path.exists():
        path = OWN
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        entries = list(csv.DictReader(lines))
    told = f"own, {len(entries)} entries"
    if path != OWN:
        told = f"register/{FILE}, {len(entries):,} entries; thresholds were set on it"
    names = [entry["Site name"] for entry in entries]
    addresses = [entry["Address"] for entry in entries]
    true = [entry["True Id"] for entry in entries]
    began = time.process_time()
    pairs = knowledge.same_parties(names, addresses)
    took = time.process_time() - began
    found = [(pair.a, pair.b) for pair in pairs if pair.band == "same"]
    shown = [(pair.a, pair.b) for pair in pairs if pair.band != "different"]
    precision, recall, f1 = _quality(found, true)
    peer = max(_quality(_plain(names, addresses, at), true)[2] for at in (70, 75, 80, 85, 90))
    return [
        Row("same or not, F1", f"{f1:.3f} (precision {precision:.3f}, recall {recall:.3f})", ">= .93",
            f"token sort on name and address, best of five thresholds {peer:.3f}", f"{f1 / peer:.2f}x", f1 >= 0.93, told),
        Row("same or not, recall with what is asked", f"{_quality(shown, true)[1]:.3f}", "none set", "", "", None, told),
        Row("same or not, entries per CPU s", f"{len(entries) / took:,.0f}", "none set", "", "", None, told),
    ]  # fmt: skip


def _quality(found: list[tuple[int, int]], true: list[str]) -> tuple[float, float, float]:
    right = sum(true[a] == true[b] for a, b in found)
    all_pairs = sum(many * (many - 1) // 2 for many in Counter(true).values())
    precision, recall = right / max(len(found), 1), right / max(all_pairs, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _plain(names: list[str], addresses: list[str], least: int) -> list[tuple[int, int]]:
    """The obvious rule: how alike are name and address together, within the same first digits of the address."""
    whole = [f"{name} {address}".lower() for name, address in zip(names, addresses, strict=True)]
    rooms: dict[str, list[int]] = {}
    for number, address in enumerate(addresses):
        rooms.setdefault(address.strip()[:3].lower(), []).append(number)
    return [
        (a, b)
        for room in rooms.values()
        for at, a in enumerate(room)
        for b in room[at + 1 :]
        if fuzz.token_sort_ratio(whole[a], whole[b]) >= least
    ]
