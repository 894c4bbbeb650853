"""The mirror of a party of the town, which its own people see, and one of which nobody but the team may know."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from werkplaats.mirror import actions
from werkplaats.mirror.models import Mirror
from werkplaats.neighbourhoods.models import Party


@dataclass(frozen=True)
class Held:
    """`keys`: what may stand in the addresses of mirrors; `sheet`: the key of the sheet of the two."""

    keys: dict[str, list[tuple[Any, ...]]]
    sheet: str


def held(party: Party, *, other: Party, by: Party, secret: str) -> Held:
    """Both have a state, words and a talk; `by` confirms their years. What the other tells begins with `secret`."""
    now = timezone.now()
    ours, theirs = _mirror(party, word="Een ", by=by), _mirror(other, word=secret, by=by)
    asked = actions.tell_attempt(other, what="Een vraag aan de school", since=2016, at=now)
    actions.ask_of(asked, party=party, at=now)
    sheet = actions.lay_beside(ours, other=theirs, at=now)
    actions.say_of_sheet(sheet, mirror=ours, yes=True, at=now)
    item = ours.snapshots.get().items.get(section="years")
    keys: dict[str, list[tuple[Any, ...]]] = {"mirror": [(party.key,)], "mirror:answer": [(party.key, item.pk)]}
    keys |= {"mirror:confirm": [(party.key, asked.key)]}
    return Held(keys | {f"mirror:{name}": [(sheet.key,)] for name in ("sheet", "say")}, sheet.key)


def _mirror(of: Party, *, word: str, by: Party) -> Mirror:
    now = timezone.now()
    row = actions.tell_attempt(of, what=f"{word}poging", since=2015, at=now)
    actions.ask_of(row, party=by, at=now)
    actions.confirm_attempt(row, party=by, at=now)
    made = actions.hold_mirror(of, at=now)
    actions.look(made, at=now)
    state = made.snapshots.get()
    actions.answer(made, item=state.items.get(section="years").key, words=f"{word}weerwoord", at=now)
    actions.note_talk(state, on=timezone.localdate(), at=now, words=f"{word}spiegelgesprek")
    return made
