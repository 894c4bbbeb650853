"""The word behind the buttons of one statement: which page it is, and, sealed, with what chance it was going to be shown."""

from secrets import token_hex
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from werkplaats.conversations.forms import pressed
from werkplaats.conversations.records import Shown
from werkplaats.kit.once import once


def word_for(shown: Shown, participant_key: str) -> str:
    """Made anew with every page. Who votes gives it back, so that nothing need be worked out again while a full hall votes."""
    return _seal(participant_key).sign(f"{token_hex(8)}:{shown.number}:{shown.propensity}")


def chance_in(word: str, number: int, participant_key: str) -> float | None:
    """With what chance this participant was going to be shown this statement. None: the word was not made for that."""
    try:
        _page, shown, chance = _seal(participant_key).unsign(word).split(":")
    except BadSignature:
        return None
    return float(chance) if shown == str(number) else None


def press(request: HttpRequest, participant_key: str) -> dict[str, Any]:
    """What a vote is kept with, as `actions.vote` takes it. Raises `NoSuchAnswer`."""
    number, value, word = pressed(request.POST)
    said = {"number": number, "value": value}
    return {**said, "once": once(word, said), "chance": chance_in(word, number, participant_key)}


def _seal(participant_key: str) -> Signer:
    return Signer(salt=f"conversations.button.{participant_key}")
