"""Who may hold a table and what may come of it. Plain values."""

from enum import StrEnum

from werkplaats.accounts.rules import ANYONE, TEAM, Verb

READ = Verb("tables.read", ANYONE)
HOLD = Verb("tables.hold", TEAM)

CODE_PURPOSE = "table"
"""A code of this purpose opens the table with its key."""


class DecisionKind(StrEnum):
    PROMISE = "promise"
    NO = "no"  # no, because: a result too
    DATE = "date"  # I come back to it on ...


def thing(key: str) -> str:
    """What the code on a table's sheet opens: the portable name of the table.

    >>> thing("overleg-de-spil")
    'table:overleg-de-spil'
    """
    return f"table:{key}"
