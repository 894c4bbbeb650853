"""Sentences made with a seed, for when no folder with data is given."""

import random
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

WORDS = """buurt zaal sleutel bewoners gemeente wachten trap lift schimmel kade haven kinderen school oversteek brieven loket
formulier energie rekening keuken soep vrijwilligers ouderen rollator stage diploma container ratten speeltuin boom straat
verlichting bankje tuin markt fiets auto parkeren geluid avond ochtend winter zomer groep taal hulp schuld fonds plan water
brug muur raam deur huis huur woning verhuurder klacht melding antwoord belofte vergadering verslag wethouder ambtenaar
stoep kruising zebrapad verkeer bus tram station winkel bakker moskee kerk huisarts zorg wijkteam sport voetbal muziek feest
werk baan bedrijf kraan schip water kind moeder vader oma buurman vriend leraar boek computer les huiswerk toets klas""".split()
BETWEEN = "de het een en van in op met voor naar bij niet wel ook nog al maar want dat die er is zijn heeft wordt kan wil".split()


def sentence(chance: random.Random) -> list[str]:
    """Ten to twenty-five words in which words of content and little words take turns."""
    return [chance.choice(WORDS if chance.random() < 0.6 else BETWEEN) for _ in range(chance.randint(10, 25))]


def from_file(path: Path) -> Callable[[random.Random], list[str]]:
    """A maker of sentences that follow the real ones in ``path``, one a line."""
    return chained(line.lower().rstrip(".!?").split() for line in path.read_text(encoding="utf-8").splitlines())


def chained(sentences: Iterable[list[str]]) -> Callable[[random.Random], list[str]]:
    """A maker of sentences that follow these from word to word, half of the time."""
    following: dict[str, list[str]] = {}
    words: list[str] = []
    for told in sentences:
        words += told
        for one, other in pairwise(told):
            following.setdefault(one, []).append(other)

    def made(chance: random.Random) -> list[str]:
        told = [chance.choice(words)]
        for _ in range(chance.randint(9, 24)):
            told.append(chance.choice(following.get(told[-1], words) if chance.random() < 0.5 else words))
        return told

    return made


CHANGES: dict[str, Callable[[list[str], random.Random], str]] = {
    "one word changed": lambda told, chance: " ".join(_changed(told, 1, chance)),
    "two words changed": lambda told, chance: " ".join(_changed(told, 2, chance)),
    "two typing errors": lambda told, chance: _mistyped(_mistyped(" ".join(told), chance), chance),
    "cut short to 60-100 %": lambda told, chance: _cut(" ".join(told), chance),
}


def _changed(told: list[str], many: int, chance: random.Random) -> list[str]:
    new = list(told)
    for at in chance.sample(range(len(new)), many):
        new[at] = chance.choice(WORDS)
    return new


def _mistyped(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) - 1)
    return chance.choice([text[:at] + text[at + 1 :], text[:at] + text[at + 1] + text[at] + text[at + 2 :]])


def _cut(text: str, chance: random.Random) -> str:
    return text[: int(len(text) * chance.uniform(0.6, 1))]
