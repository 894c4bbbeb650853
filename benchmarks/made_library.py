"""An open workshop folder with a library as large as wanted, made with a seed out of the words of the demo."""

import csv
import random
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

from benchmarks.made_texts import chained

DEMO = Path(__file__).parents[1] / "demo" / "documents"
OF_THE_DEMO = (
    "buurtonderzoek-2014.md",
    "verslag-tafel-februari-2026.md",
    "wijkkrant-de-kade-2026.md",
    "ouderraad-kadeschool-2025.txt",
)
KEY = "bieb"
PASSAGES, PARTIES, THEMES = 50, 300, ("wonen", "werk", "jeugd", "zorg", "straat", "ontmoeten")
REPEATED, ALTERED = 0.06, 0.03
"""Shares of the sentences that an earlier document has too, and of those with one word changed."""

FIRST_DAY = date(2004, 1, 1)
EVERYBODY_S = "Dit stuk is gemaakt met de mensen die het aangaat en ligt ter inzage in het huis van de wijk."


def documents(many: int, *, first: int = 0) -> Iterable[list[str]]:
    """Documents `first` to `first` + `many`, of fifty sentences each; a document is the same whatever others are made."""
    texts = "\n".join((DEMO / name).read_text(encoding="utf-8") for name in OF_THE_DEMO)
    make = chained(re.findall(r"[^\W\d_]+", line.lower()) for line in re.split(r"[.!?\n]", texts))
    for number in range(first, first + many):
        chance = random.Random(number)
        yield [EVERYBODY_S, *(_sentence(make, number, place, chance) for place in range(1, PASSAGES))]


def _sentence(make: Callable[[random.Random], list[str]], number: int, place: int, chance: random.Random) -> str:
    drawn = chance.random()
    told = make(random.Random(f"{chance.randrange(number) if number and drawn < REPEATED else number} {place}"))
    if drawn < ALTERED:
        told[chance.randrange(len(told))] = "anders"
    return " ".join(told).capitalize() + "."


def folder(path: Path, many: int, *, first: int = 0) -> Path:
    """Writes documents `first` to `first` + `many` as an open workshop folder, with the parties that hold them."""
    (path / "documents").mkdir(parents=True)
    for number, said in enumerate(documents(many, first=first), start=first):
        (path / "documents" / f"{number}.txt").write_text("\n".join(said), encoding="utf-8")
    chance = random.Random(0)
    _table(path, "workshop", "key,name", [(KEY, "Wijkwerkplaats Bieb")])
    _table(path, "themes", "key,name", [(theme, theme.title()) for theme in THEMES])
    kinds = ("initiative", "initiative", "professional", "government")
    _table(path, "parties", "key,name,kind", [(f"p{n}", f"Partij {n}", kinds[n % 4]) for n in range(PARTIES)])
    pairs = sorted({tuple(sorted(chance.sample(range(PARTIES), 2))) for _ in range(3 * PARTIES)})
    ties = [(f"p{a}", f"p{b}", "knows", f"p{a}; p{b}") for a, b in pairs]
    _table(path, "ties", "party_a,party_b,kind,reported_by", ties)
    rows = [
        (
            f"d{n}", f"Stuk {n}", "report", f"{n}.txt", f"p{n % PARTIES}", FIRST_DAY + timedelta(days=4 * n),
            THEMES[n % len(THEMES)],
        )
        for n in range(first, first + many)
    ]  # fmt: skip
    _table(path, "sources", "key,title,kind,file,holder,published_on,themes", rows)
    return path


def _table(path: Path, name: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns.split(","))
        writer.writerows(rows)
