"""Names and addresses of parties in a form that can be compared."""

import re
import unicodedata

_SPLIT = re.compile(r"[^a-z0-9]+")
_POSTCODE = re.compile(r"\b\d{4}\s?[a-z]{2}\b")
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th|e|ste|de)\b")

# What kind of body it is says little about which one: these words count for less than the others.
KIND_WORDS = frozenset(
    """
    stichting st vereniging ver coop cooperatie bv nv vof ev cv de het een van voor in en aan op te der den and the of
    for inc llc ltd nfp corp society association assoc foundation center centre ctr
    """.split()
)
# The same in one city for every address, or written in many ways.
_STREET_WORDS = {
    "street": "", "st": "", "avenue": "", "ave": "", "av": "", "road": "", "rd": "", "boulevard": "", "blvd": "",
    "drive": "", "dr": "", "place": "", "pl": "", "parkway": "", "pkwy": "", "court": "", "ct": "", "lane": "",
    "ln": "", "floor": "", "fl": "", "suite": "", "ste": "", "building": "", "bldg": "", "unit": "", "room": "",
    "hs": "", "huis": "", "bg": "", "begane": "", "grond": "", "verdieping": "",
    "north": "n", "south": "s", "east": "e", "west": "w", "str": "straat",
}  # fmt: skip


def plain(text: str) -> str:
    """Lower case letters and digits, without accents, words apart by single spaces."""
    unaccented = unicodedata.normalize("NFKD", text.lower().replace("&", " and ").replace("ß", "ss"))
    bare = "".join(sign for sign in unaccented if not unicodedata.combining(sign)).replace("'", "").replace("’", "")
    return " ".join(_SPLIT.sub(" ", bare).split())


def plain_name(name: str) -> str:
    """A name without words that only say what kind of body it is (all of it, if nothing else is left).

    >>> plain_name("Stichting De Lange Tafel")
    'lange tafel'
    """
    words = plain(name).split()
    told = [word for word in words if word not in KIND_WORDS]
    return " ".join(told or words)


def plain_address(address: str) -> str:
    """Street and number without postcode and without words that are written in many ways.

    >>> plain_address("Weverskade 12, 1031 KD")
    'weverskade 12'
    """
    text = _ORDINAL.sub(r"\1", _POSTCODE.sub(" ", plain(address)))
    text = re.sub(r"(\d)([a-z]{1,2})\b", r"\1 \2", text)
    return " ".join(known for word in text.split() if (known := _STREET_WORDS.get(word, word)))


def house_number(address: str) -> str:
    """The house number of a plain address: the first number in it ("" when there is none).

    >>> house_number("weverskade 12 b")
    '12'
    """
    found = re.search(r"\b\d+\b", address)
    return found.group().lstrip("0") if found else ""
