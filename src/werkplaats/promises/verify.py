"""Rekent een grootboek van beloften na, met alleen Python: ``python verify.py grootboek.jsonl``.

Each line of the file is one event: {"number", "before", "body", "digest", "texts"}. It holds when

- the events are numbered 1, 2, 3, ... and each names the digest of the event before it;
- ``digest = sha256(before, number, body)``, joined by line ends, as UTF-8;
- each text that the body names stands beside it and has the salted digest that the body says, ``sha256(salt, text)``;
  or it is private and kept back; or it was erased, and an event says so.

A tail that was cut off leaves a whole chain: only a digest that somebody kept elsewhere (printed, mailed) shows it.
So: ``python verify.py grootboek.jsonl --kept 120:9f86d081884c`` (the first twelve signs are enough).
"""

import argparse
import hashlib
import hmac
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

START = "0" * 64
"""What stands before the first event."""

WORDS = {
    "missing": "gebeurtenis {0} ontbreekt",
    "before": "gebeurtenis {0} sluit niet aan op de vorige",
    "digest": "gebeurtenis {0} is veranderd",
    "column": "gebeurtenis {0} staat op een andere plek dan ze zelf zegt",
    "text": "de woorden bij gebeurtenis {0} zijn veranderd",
    "gone": "er ontbreken woorden bij gebeurtenis {0}, en nergens staat dat ze zijn gewist",
    "line": "regel {0} is niet te lezen",
    "kept": "gebeurtenis {0} is niet wat er op papier of in de mail stond",
    "cut": "het grootboek houdt op vóór gebeurtenis {0}",
}


@dataclass(frozen=True)
class Text:
    """Words beside an event: there with their salt, or kept back (`private`), or `erased`."""

    text: str = ""
    salt: str = ""
    private: bool = False
    erased: bool = False
    shown: bool = True


@dataclass(frozen=True)
class Line:
    """One event. `columns` are what a database keeps beside the body; the body must say the same."""

    number: int
    before: str
    body: str
    digest: str
    texts: Mapping[str, Text]
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """The first event that is not as it was written, and what is wrong with it: a key of `WORDS`."""

    number: int
    what: str


def canonical(facts: Mapping[str, Any]) -> str:
    """A body as it is hashed: JSON with its names in order and no spaces."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(before: str, number: int, body: str) -> str:
    """The digest of one event, 64 hexadecimal signs."""
    return hashlib.sha256(f"{before}\n{number}\n{body}".encode()).hexdigest()


def text_digest(salt: str, text: str) -> str:
    """The salted digest of words beside an event: without the salt nobody can try which words they were."""
    return hashlib.sha256(f"{salt}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def first_altered(lines: Iterable[Line]) -> Fault | None:
    """The first event of a whole ledger that is not as it was written; None: everything holds."""
    rows = list(lines)
    chain = _first_broken_link(rows)
    whole = rows if chain is None else [row for row in rows if row.number < chain.number]
    erased = _erased(
        rows
    )  # also from behind a break: there the words may have gone rightly, and the break is told anyway
    for row in whole:
        what = _wrong_beside(row, erased)
        if what is not None and not (what == "gone" and chain and _may_have_erased(rows, chain)):
            return Fault(row.number, what)
    return chain


def _first_broken_link(rows: Iterable[Line]) -> Fault | None:
    before = START
    for expected, row in enumerate(rows, start=1):
        if row.number != expected:
            return Fault(expected, "missing")
        if row.before != before:
            return Fault(expected, "before")
        if not hmac.compare_digest(row.digest, digest_of(row.before, row.number, row.body)):
            return Fault(expected, "digest")
        before = row.digest
    return None


def _may_have_erased(rows: Iterable[Line], broken: Fault) -> bool:
    """Whether the event where the chain breaks may be the one that said which earlier words went rightly."""
    found = [row for row in rows if row.number == broken.number]
    return not found or any(row.columns.get("kind") == "erased" or '"kind":"erased"' in row.body for row in found)


def _erased(rows: Iterable[Line]) -> frozenset[tuple[int, str]]:
    """Which texts (event number, name) some event says to have been erased."""
    found: set[tuple[int, str]] = set()
    for row in rows:
        if '"kind":"erased"' in row.body:
            try:
                found |= {(int(number), str(name)) for number, name in json.loads(row.body)["erased"]}
            except (ValueError, TypeError, KeyError):
                continue  # its own digest does not hold
    return frozenset(found)


def _wrong_beside(row: Line, erased: frozenset[tuple[int, str]]) -> str | None:
    facts = json.loads(row.body)
    if any(facts.get(name) != value for name, value in row.columns.items()):
        return "column"
    named, private = facts.get("texts", {}), facts.get("private", [])
    if set(row.texts) - set(named):
        return "text"
    for name, digest in named.items():
        text = row.texts.get(name)
        if text is None or (text.erased and (row.number, name) not in erased):
            return "gone"
        if text.private != (name in private) or not _fits(text, digest):
            return "text"
    return None


def _fits(text: Text, digest: str) -> bool:
    """Whether words are the ones that were hashed. Private ones that are kept back cannot be checked; erased ones are gone."""
    if text.erased:
        return not (text.text or text.salt)
    return hmac.compare_digest(digest, text_digest(text.salt, text.text)) if text.shown else text.private


def unlike_kept(digests: Mapping[int, str], kept: str) -> Fault | None:
    """Whether a ledger still holds what somebody kept: ``number:digest``, of which at least eight signs. None: it does.

    `digests`: number of an event -> its digest.
    """
    told, _, digest = kept.strip().lower().partition(":")
    number = int(told) if told.isdecimal() else 0
    if number not in digests:
        return Fault(number, "cut")
    return None if len(digest) >= 8 and digests[number].startswith(digest) else Fault(number, "kept")


def read(path: Path) -> Iterator[Line]:
    """The events of an exported ledger. Raises ValueError with the number of a line that cannot be read."""
    with path.open(encoding="utf-8") as file:
        for count, line in enumerate(file, start=1):
            try:
                yield parse(line)
            except (ValueError, TypeError, KeyError, AttributeError) as wrong:
                raise ValueError(count) from wrong


def parse(line: str) -> Line:
    """One line of an exported ledger."""
    row = json.loads(line)
    facts = json.loads(row["body"])
    if not isinstance(facts, dict):
        raise TypeError
    texts = {
        name: Text(
            text=said.get("text", ""),
            salt=said.get("salt", ""),
            private=bool(said.get("private")),
            erased=bool(said.get("erased")),
            shown="text" in said,
        )
        for name, said in row["texts"].items()
    }
    return Line(int(row["number"]), row["before"], row["body"], row["digest"], texts)


def main(arguments: list[str] | None = None) -> int:
    """Says whether a ledger holds: 0 it does, 1 something was altered."""
    asked = argparse.ArgumentParser(description="Rekent een grootboek van beloften na.")
    asked.add_argument("ledger", type=Path, metavar="grootboek.jsonl")
    asked.add_argument("--kept", metavar="NUMMER:CODE", help="wat er op een vel of in een mail stond")
    said = asked.parse_args(arguments)
    try:
        lines = list(read(said.ledger))
        fault = first_altered(lines) or (
            unlike_kept({line.number: line.digest for line in lines}, said.kept) if said.kept else None
        )
    except ValueError as wrong:
        fault = Fault(int(str(wrong.args[0])) if str(wrong.args[0]).isdecimal() else 0, "line")
    if fault is not None:
        sys.stdout.write(f"Dit klopt niet: {WORDS[fault.what].format(fault.number)}.\n")
        return 1
    end = f"De laatste is nummer {lines[-1].number}, code {lines[-1].digest}." if lines else "Het is leeg."
    sys.stdout.write(f"Alles klopt: {len(lines)} gebeurtenissen. {end}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
