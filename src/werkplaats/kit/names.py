"""Names in an order that is the same on every database, and keys that travel between machines."""

import re
import unicodedata

KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"\d+")


def plain(text: str) -> str:
    """The text without accents and capitals: ``plain("Één Café") == "een cafe"``."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def sort_key(name: str) -> str:
    """A stored key by which names sort as people expect: accents aside, numbers by size.

    >>> sorted(["Buurt 10", "buurt 9", "Ánders"], key=sort_key)
    ['Ánders', 'buurt 9', 'Buurt 10']
    """
    return _NUMBER.sub(lambda found: found.group().zfill(6), plain(name).strip())[:200]


def key_from(name: str, taken: frozenset[str] = frozenset()) -> str:
    """A portable key made from a name, not yet in `taken`."""
    stem = _NOT_IN_KEY.sub("-", plain(name)).strip("-")[:60].rstrip("-") or "naamloos"
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
