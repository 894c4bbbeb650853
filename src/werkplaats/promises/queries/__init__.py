"""Reads of promises and of their ledger."""

from werkplaats.promises.queries.ledger import (
    export_ledger,
    export_lines,
    head,
    ledger_lines,
    ledger_thing,
    standing,
    told_from,
    told_of,
    verify,
)
from werkplaats.promises.queries.lines import (
    asked_and_silent,
    counts,
    due,
    found,
    lines_of,
    lines_of_voice,
    promise_lines,
    questions_of_voice,
    said_at,
    some,
    waiting_for_a_yes,
)
from werkplaats.promises.queries.record import promise

__all__ = [
    "asked_and_silent",
    "counts",
    "due",
    "export_ledger",
    "export_lines",
    "found",
    "head",
    "ledger_lines",
    "ledger_thing",
    "lines_of",
    "lines_of_voice",
    "promise",
    "promise_lines",
    "questions_of_voice",
    "said_at",
    "some",
    "standing",
    "told_from",
    "told_of",
    "verify",
    "waiting_for_a_yes",
]
