"""What must agree in the tables of a folder from ask to difference: cells that go together, rows that point at one ask."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from samenhang.files import Fault, Row


class Tables(Protocol):
    """Whatever knows the rows of a table by its name."""

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table, () when it is not there."""
        ...


def _one_of(file: str, *columns: str) -> Callable[[Row, Tables], Iterator[Fault]]:
    def check(row: Row, _tables: Tables) -> Iterator[Fault]:
        told = [column for column in columns if row.text(column)]
        if len(told) != 1:
            names = ", ".join(columns)
            reason = f"one of {names} is told, and only one; here {len(told)} are"
            yield Fault(file, row.line, columns[0], "one_of", reason, str(len(told)), names)

    return check


_RECEIPT = re.compile(r"[0-9a-f]{64}")


def _voice(row: Row, _tables: Tables) -> Iterator[Fault]:
    if not row.text("text") and row["withdrawn_at"] is None:
        yield Fault("voices.csv", row.line, "text", "required", "this cell must not be empty")
    if row.text("receipt") and not _RECEIPT.fullmatch(row.text("receipt")):
        reason = "a receipt is the digest of a code, 64 hexadecimal digits; the code itself never stands in a folder"
        yield Fault("voices.csv", row.line, "receipt", "not_a_digest", reason)


def _same_ask(row: Row, tables: Tables) -> Iterator[Fault]:
    reply, voice = row.text("reply"), row.text("voice")
    asks = {one.text("ask") for one in tables.rows("replies") if one.text("key") == reply}
    asks |= {one.text("ask") for one in tables.rows("voices") if one.text("key") == voice}
    if len(asks) > 1:
        reason = f"{reply!r} answers another ask than the one that {voice!r} was given to"
        yield Fault("reply_voices.csv", row.line, "voice", "another_ask", reason, voice, reply)


_ASKS_FOR: Mapping[str, str] = {
    "changed": "words",
    "extended": "due_on",
    "maker_verdict": "word",
    "receiver_verdict": "word",
}


def _event(row: Row, tables: Tables) -> Iterator[Fault]:
    kind = row.text("kind")
    column = _ASKS_FOR.get(kind, "")
    if column and row[column] is None:
        yield Fault("promise_events.csv", row.line, column, "required", f"{kind!r} needs this cell")
    if kind == "receiver_verdict":
        yield from _one_of("promise_events.csv", "party", "voice", "table")(row, tables)


def _asking(row: Row, tables: Tables) -> Iterator[Fault]:
    """How far an asking is follows from what its sides said; who met did so on a day."""
    stage, file = row.text("stage"), "askings.csv"
    if row.text("party_a") == row.text("party_b"):
        reason = "a party cannot stand on both sides"
        yield Fault(file, row.line, "party_b", "same_party", reason, row.text("party_b"))
    joins = row.text("kind") == "joining"
    for column, wanted in (("issue", joins), ("party_b", not joins), ("through", row.text("kind") == "bridge")):
        if wanted and not row.text(column):
            yield Fault(file, row.line, column, "required", f"{row.text('kind')!r} needs this cell")
    if stage == "met" and row["met_on"] is None:
        yield Fault(file, row.line, "met_on", "required", "'met' needs this cell")
    said = [side.text("answer") for side in tables.rows("sides") if side.text("asking") == row.text("key")]
    fits = {"asking": "no" not in said, "agreed": set(said) == {"yes"}, "met": set(said) == {"yes"}}
    if not fits.get(stage, True):
        reason = f"{stage!r} does not fit what the sides said"
        yield Fault(file, row.line, "stage", "stage_and_answers", reason, stage, "sides.csv")


def _side(row: Row, _tables: Tables) -> Iterator[Fault]:
    if row.text("answer") and row["answered_at"] is None:
        yield Fault("sides.csv", row.line, "answered_at", "required", "this cell must not be empty")


def _chain_version(file: str, *steps: str) -> Callable[[Row, Tables], Iterator[Fault]]:
    """The version that a row is of stands there, and so do the steps that its columns `steps` name."""

    def check(row: Row, tables: Tables) -> Iterator[Fault]:
        chain, version = row.text("chain"), row["version"]
        versions = {(one.text("chain"), one["number"]) for one in tables.rows("chain_versions")}
        if (chain, version) not in versions:
            reason = f"version {version} of {chain!r} does not stand in chain_versions.csv"
            yield Fault(file, row.line, "version", "unknown_reference", reason, str(version), "chain_versions.csv")
        known = {
            one["number"]
            for one in tables.rows("chain_steps")
            if (one.text("chain"), one["version"]) == (chain, version)
        }
        for column in steps:
            if row[column] not in known:
                reason = f"step {row[column]} of version {version} of {chain!r} does not stand in chain_steps.csv"
                yield Fault(file, row.line, column, "unknown_reference", reason, str(row[column]), "chain_steps.csv")

    return check


CHECKS: Mapping[str, tuple[Callable[[Row, Tables], Iterator[Fault]], ...]] = {
    "voices": (_voice,),
    "reply_voices": (_same_ask,),
    "promise_receivers": (_one_of("promise_receivers.csv", "party", "voice"),),
    "promise_events": (_event,),
    "decisions": (_one_of("decisions.csv", "promise", "catch"),),
    "chain_steps": (_one_of("chain_steps.csv", "party", "lane"), _chain_version("chain_steps.csv")),
    "chain_handovers": (_chain_version("chain_handovers.csv", "step", "then"),),
    "askings": (_asking,),
    "sides": (_side,),
    "pause_answers": (_one_of("pause_answers.csv", "party", "voice"),),
}
"""What is checked of each row, by the name of its table."""
