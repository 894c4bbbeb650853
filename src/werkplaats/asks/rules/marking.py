"""Which words of a voice could tell who somebody is. A rule marks them, a human looks, and words are covered, never changed."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

COVER = "[…]"


class Tells(StrEnum):
    """What kind of identifying words a mark stands on."""

    MAIL = "mail"
    IBAN = "iban"
    PHONE = "phone"
    BSN = "bsn"
    POSTCODE = "postcode"
    STREET = "street"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of a text, ``text[start:end]``, that could tell who somebody is."""

    start: int
    end: int
    tells: Tells


_STREETS = (
    "straat|laan|weg|plein|kade|gracht|dijk|singel|hof|pad|plantsoen|steeg|dreef|markt|park|poort|wal|burg|oever|"
    "haven|boulevard|erf|veld|akker|weide|brink|buurt|hoek|zoom|rade|werf|sloot|vaart"
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d{2}(?:[ .-]?[A-Za-z0-9]){11,30}")
_DUTCH_PHONE = r"(?:\+31|\(?0031\)?|0)[ .\-/]{0,3}(?:\(0\))?[ .\-/]{0,3}(?:\d[ .\-/)]{0,3}){8}\d"
_PHONE = re.compile(rf"(?<![\d+])(?:{_DUTCH_PHONE}|(?:\+|00)[1-9](?:[ .\-/]{{0,2}}\d){{7,13}})(?!\d)")
_DIGITS = re.compile(r"(?<!\d)\d(?:[ .-]?\d){7,8}(?!\d)")
_POSTCODE = re.compile(
    r"(?<!\d)[1-9]\d{3}(?: ?[A-Z]{2}|[a-z]{2})(?![^\W_])(?:[ ,]{1,3}(?:nr\.? ?)?\d{1,5} ?[a-zA-Z]?(?!\w))?"
)
_STREET = re.compile(
    rf"(?<!\w)(?:[^\W\d_][\w'’.-]{{0,30}} ){{0,3}}[^\W\d_][\w'’-]{{0,40}}?(?:{_STREETS}) (?:nr\.? ?|nummer |huisnummer )?"
    r"\d{1,5}(?: ?[a-zA-Z](?!\w)|-?(?:hs|[IVX]{1,4}|\d{1,4})(?!\w))?(?!\d)",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "aan bij de den der het in met naar om op te ten ter tot uit van voor wij ik een en woon woonde".split()
)


def marks(text: str, known_names: Iterable[str] = ()) -> tuple[Mark, ...]:
    """The runs that could tell who somebody is, in order and without overlap; of two that overlap the union stays.

    >>> [(text[one.start : one.end], one.tells.value) for text in ["Bel 06-12345678, Kadestraat 12."] for one in marks(text)]
    [('06-12345678', 'phone'), ('Kadestraat 12', 'street')]
    """
    found = [
        *_found(_MAIL, text, Tells.MAIL),
        *_ibans(text),
        *_found(_PHONE, text, Tells.PHONE),
        *_found(_DIGITS, text, Tells.BSN, holds=is_bsn),
        *_found(_POSTCODE, text, Tells.POSTCODE),
        *(_trimmed(text, one) for one in _found(_STREET, text, Tells.STREET)),
        *_names(text, known_names),
    ]
    return _joined(found)


def covered(text: str, found: Iterable[Mark]) -> str:
    """The text with every mark covered: what a human may let go out, or cover further.

    >>> covered("Bel 06-12345678.", marks("Bel 06-12345678."))
    'Bel […].'
    """
    for one in sorted(found, key=lambda mark: -mark.start):
        text = f"{text[: one.start]}{COVER}{text[one.end :]}"
    return text


def only_covers(text: str, shared: str) -> bool:
    """Whether `shared` is the text with some runs covered and not one sign changed: nobody edits what somebody said.

    >>> only_covers("Mijn zoon Ali slaapt slecht.", "Mijn zoon […] slaapt slecht.")
    True
    >>> only_covers("Mijn zoon Ali slaapt slecht.", "Mijn zoon […] slaapt goed.")
    False
    """
    first, *rest = shared.split(COVER)
    if not rest:
        return shared == text
    if not text.startswith(first):
        return False
    at, last = len(first), rest.pop()
    for piece in rest:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return len(text) - len(last) >= at and text.endswith(last)


def is_bsn(digits: str) -> bool:
    """The eleven-test of the Dutch citizen service number, eight or nine digits.

    >>> is_bsn("111222333"), is_bsn("111222334")
    (True, False)
    """
    numbers = [int(sign) for sign in digits if sign.isdigit()]
    if len(numbers) not in (8, 9) or not any(numbers):
        return False
    numbers = [0] * (9 - len(numbers)) + numbers
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * number for weight, number in zip(weights, numbers, strict=True)) % 11 == 0


def is_iban(account: str) -> bool:
    """The test of ISO 13616: letters as numbers, the first four signs last, remainder 1 after division by 97.

    >>> is_iban("NL91 ABNA 0417 1643 00")
    True
    """
    plain = "".join(sign for sign in account if sign.isalnum()).upper()
    if not 15 <= len(plain) <= 34 or not plain.isascii():
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def _found(
    pattern: re.Pattern[str], text: str, tells: Tells, *, holds: Callable[[str], bool] = lambda _: True
) -> list[Mark]:
    return [Mark(one.start(), one.end(), tells) for one in pattern.finditer(text) if holds(one.group())]


def _ibans(text: str) -> Iterable[Mark]:
    """The longest run that passes the test: what follows an account number may look like more of it."""
    for one in _IBAN.finditer(text):
        for end in range(one.end(), one.start() + 14, -1):
            if is_iban(text[one.start() : end]) and text[end - 1].isalnum():
                yield Mark(one.start(), end, Tells.IBAN)
                break


def _trimmed(text: str, mark: Mark) -> Mark:
    """A street without the small words before it: 'ik woon in de Kadestraat 12' tells by its last two words."""
    start = mark.start
    while True:
        word, _, rest = text[start : mark.end].partition(" ")
        if not rest or not (word.casefold() in _SMALL or (word.islower() and " " in rest)):
            return Mark(start, mark.end, mark.tells)
        start += len(word) + 1


def _names(text: str, known: Iterable[str]) -> list[Mark]:
    names = sorted({name.strip() for name in known if len(name.strip()) >= 3}, key=lambda name: (-len(name), name))
    if not names:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    return _found(pattern, text, Tells.NAME)


def _joined(found: list[Mark]) -> tuple[Mark, ...]:
    joined: list[Mark] = []
    for one in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        if joined and one.start < joined[-1].end:
            before = joined[-1]
            joined[-1] = Mark(before.start, max(before.end, one.end), before.tells)
        else:
            joined.append(one)
    assert all(a.end <= b.start for a, b in pairwise(joined))
    return tuple(joined)
