"""Who may do what. One question everywhere: `may(who, verb, thing)`.

A room states its verbs in its own `rules.py` as values: ``REFUSE = Verb("issues.refuse", COORDINATORS)``.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from werkplaats.workshops.rules import Capability


class RoleName(StrEnum):
    COORDINATOR = "coordinator"
    HOST = "host"
    MODERATOR = "moderator"
    PARTY = "party"
    RESEARCHER = "researcher"
    POLICY_MAKER = "policy_maker"
    RESIDENT = "resident"
    HELPER = "helper"
    CENTRE = "centre"


ANYONE: frozenset[RoleName] | None = None
"""In place of roles: readable without an account."""

COORDINATORS = frozenset({RoleName.COORDINATOR})
TEAM = frozenset({RoleName.COORDINATOR, RoleName.HOST, RoleName.MODERATOR})
PARTIES = TEAM | {RoleName.PARTY, RoleName.RESEARCHER, RoleName.POLICY_MAKER}
MEMBERS = frozenset(RoleName) - {RoleName.CENTRE}

DEMO_GUESTS = {
    RoleName.COORDINATOR: "samira.el.amrani@example.org",
    RoleName.PARTY: "gerda.postma@example.org",
    RoleName.RESIDENT: "bewoner@example.org",
}
"""As whom a visitor of the demo may look around: a role and a mail address of `demo/people.csv`. In the demo only."""


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that can be done. `roles` may do it; with `own`, so may whoever the thing belongs to.

    `of`: where a workshop has this switched off, the doors of the verb are not there for anybody.
    """

    name: str
    roles: frozenset[RoleName] | None
    own: bool = False
    of: Capability | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody at a door of one workshop: an account with roles, or anyone (no account, no roles)."""

    workshop_id: int | None = None
    account_id: int | None = None
    roles: frozenset[RoleName] = frozenset()
    language: str = "nl"


ASK_CODE = Verb("accounts.ask_code", ANYONE)
DEMO_SIGN_IN = Verb("accounts.demo_sign_in", ANYONE)


class Thing(Protocol):
    @property
    def workshop_id(self) -> int: ...


def may(who: Who, verb: Verb, thing: Thing | None = None) -> bool:
    """Whether `who` may do `verb` to `thing`. Nobody may anything across the border of a workshop, except read what is public.

    With ``own``, `thing` answers ``belongs_to(who)``.
    """
    if verb.roles is None:  # ANYONE
        return True
    if thing is not None and thing.workshop_id != who.workshop_id:
        return False
    if who.roles & verb.roles:
        return True
    return verb.own and thing is not None and bool(getattr(thing, "belongs_to", lambda _: False)(who))


# --- codes: eleven random digits and a check digit -------------------------------------------------------------------------
CODE_LENGTH = 12
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""The quasigroup of H. M. Damm (2004): going through it, no wrong digit and no exchange of neighbours ends in the same row."""


def check_digit(digits: str) -> str:
    """The digit that makes a code whole. It catches every single wrong digit and every exchange of two neighbours.

    Source: H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004.

    >>> check_digit("572")
    '4'
    >>> check_digit("5724")
    '0'
    """
    row = 0
    for digit in digits:
        row = int(_DAMM[row][int(digit)])
    return str(row)


def only_digits(typed: str) -> str:
    """What somebody typed as plain digits, whatever stands between them and in whichever script they are.

    >>> only_digits("4821 0937-5516")
    '482109375516'
    """
    return "".join(str(int(sign)) for sign in typed[:200] if sign.isdecimal())


def in_groups(digits: str) -> str:
    """A code as it is printed and read aloud.

    >>> in_groups("482109375516")
    '4821 0937 5516'
    """
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def is_whole(digits: str) -> bool:
    """Whether these digits can be a code at all: enough of them, and the check digit is right."""
    return len(digits) == CODE_LENGTH and check_digit(digits) == "0"
