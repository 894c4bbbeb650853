"""The day of a table in the town: a turn, a last round in which somebody wrote something, and the code on its sheet."""

from django.utils import timezone

from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.tables import actions
from werkplaats.tables.models import Table
from werkplaats.tables.rules import Tap


def day(table: Table, *, words: str) -> str:
    """The digits of the code; the last round is open, and `words` are for the workshop alone."""
    now = timezone.now()
    actions.count_turns(table, taps=[Tap("a", 1, "government")], at=now)
    held = actions.open_round(table, at=now)
    for number in range(1, 6):
        said = words if number == 1 else ""
        actions.type_in(held, number=number, kind=PartyKind.INITIATIVE, answers=[4] * 8, mattered=4, at=now, words=said)
    return actions.make_code(table, at=now)
