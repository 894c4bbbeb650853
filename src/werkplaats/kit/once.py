"""A form that is sent twice is one thing: a button pressed twice, or the way back and sent again."""

from collections.abc import Mapping
from hashlib import sha256
from secrets import token_hex
from typing import Any

from django import forms

FIELD = "once"


def once_field() -> forms.SlugField:
    """A hidden word that is made anew with every page; `once` makes a key of it."""
    return forms.SlugField(
        required=False, max_length=64, initial=lambda: token_hex(8), widget=forms.HiddenInput(attrs={"id": None})
    )


def once(word: str, said: Mapping[str, Any]) -> str:
    """The key of what was typed in a form with this hidden word; empty without one.

    The same words again are the same thing. Who goes back and types something else says something else: that is not lost.

    >>> once("a1", {"text": "De lift."}) == once("a1", {"text": "De lift."}) != once("a1", {"text": "De trap."})
    True
    """
    if not word:
        return ""
    typed = sorted((name, str(value)) for name, value in said.items() if name != FIELD)
    return sha256(repr((word, typed)).encode()).hexdigest()[:32]
