"""Who may do what in a conversation, which statement comes next, and which figures are large enough to be shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from enum import IntEnum, StrEnum
from hashlib import sha256
from math import sqrt

from werkplaats.accounts.rules import ANYONE, MEMBERS, TEAM, RoleName, Verb

READ = Verb("conversations.read", ANYONE)
TAKE_PART = Verb("conversations.take_part", ANYONE)
"""Anybody may begin, or come back with a code: the door is for anyone, the digits are the key."""
START = Verb("conversations.start", MEMBERS - {RoleName.HELPER})
"""To choose an ask for a conversation: whoever may write asks finds their own there."""
MAKE = Verb("conversations.make", TEAM, own=True)
MODERATE = Verb("conversations.moderate", TEAM)
TYPE_IN = Verb("conversations.type_in", TEAM | {RoleName.HELPER})
GIVE_BACK = Verb("conversations.give_back", TEAM, own=True)
TAKE_OUT = Verb("conversations.take_out", TEAM, own=True)
"""All votes, under numbers that are chance."""
STUDY = Verb("conversations.study", TEAM | {RoleName.RESEARCHER}, own=True)
"""Where each participant stands, under a number that is chance; no vote."""

CODE = "vote"
"""The purpose of the codes that open the votes of one participant."""

LONGEST = 280
"""Signs in one statement: what is longer says more than one thing, and nobody can agree with half of it."""

OPEN_MINUTES = 30
"""So long somebody's own votes stay open on a device: the next reader of a library computer sees nothing."""

MOST_CODES = 200
NOTED_EVERY = timedelta(minutes=1)
"""That somebody votes is noted with the person this often: with every vote, a full hall would write twice as much."""

_HARDLY = 3


class Value(IntEnum):
    DISAGREE = -1
    PASS = 0
    AGREE = 1


class State(StrEnum):
    """How far a statement came. Nothing is shown of it before somebody of the workshop accepted it."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Kind(StrEnum):
    """As what somebody takes part, in their own words; they may leave it unsaid."""

    UNSAID = ""
    RESIDENT = "resident"
    PROFESSIONAL = "professional"
    RESEARCHER = "researcher"
    GOVERNMENT = "government"


class Channel(StrEnum):
    WEB = "web"
    CODE = "code"
    PAPER = "paper"
    FILE = "file"  # came in with a whole conversation from elsewhere, where nobody can come back to it


class Structure(StrEnum):
    """What the votes say about who thinks alike."""

    NONE = "none"
    GRADIENT = "gradient"
    GROUPS = "groups"


def thing_of(participant_key: str) -> str:
    """The `thing` that the code of a participant opens."""
    return f"participant:{participant_key}"


def participant_key_in(thing: str) -> str:
    """The key of the participant that a code opens; empty when the code opens something else."""
    kind, _, key = thing.partition(":")
    return key if kind == "participant" else ""


def next_in(queue: Iterable[tuple[int, float]], left: Collection[int], *, seed: str) -> tuple[int, float] | None:
    """The statement to show next, and with what chance it was going to be this one. None: nothing is left.

    First what was found to tell most (`queue`: number and chance, best first), as far as it is still `left`; after that all
    alike, in an order of this participant's own, so that a page that is loaded again shows the same statement.

    >>> next_in([(4, 0.8), (2, 0.9)], [1, 2, 3], seed="p")
    (2, 0.9)
    >>> next_in([], [7], seed="p"), next_in([(4, 0.8)], [], seed="p")
    ((7, 1.0), None)
    """
    open_still = set(left)
    for number, chance in queue:
        if number in open_still:
            return number, chance
    if not open_still:
        return None
    return min(open_still, key=lambda number: sha256(f"{seed} {number}".encode()).digest()), 1 / len(open_still)


def hidden(counts: Mapping[str, int], *, small: int) -> frozenset[str]:
    """Of which groups no figure is shown: those under the small number, and one more where the others would give one away.

    The total is known, so whoever knows all groups but the hidden ones can subtract: together these must be enough people too.

    >>> sorted(hidden({"resident": 40, "researcher": 2, "government": 9}, small=5))
    ['government', 'researcher']
    >>> sorted(hidden({"resident": 40, "researcher": 3, "government": 4, "professional": 8}, small=5))
    ['government', 'researcher']
    """
    least = sorted((count, name) for name, count in counts.items() if count)
    out = [name for count, name in least if count < small]
    together = sum(count for count, _ in least[: len(out)])
    while out and together < small and len(out) < len(least):
        together += least[len(out)][0]
        out.append(least[len(out)][1])
    return frozenset(out)


def share(agreed: int, number: int) -> tuple[float, float, float]:
    """The share that agrees, with the 90 % interval of Wilson (1927): what it may be among all who might have voted alike.

    >>> [round(one, 2) for one in share(8, 10)]
    [0.8, 0.54, 0.93]
    >>> share(0, 0)
    (0.0, 0.0, 1.0)
    """
    if not number:
        return 0.0, 0.0, 1.0
    z, rate = 1.6449, agreed / number
    middle = (rate + z * z / (2 * number)) / (1 + z * z / number)
    half = z * sqrt(rate * (1 - rate) / number + z * z / (4 * number * number)) / (1 + z * z / number)
    return rate, max(0.0, min(middle - half, rate)), min(1.0, max(middle + half, rate))


def hardly_there(people: Mapping[str, int], live: Mapping[str, int], *, small: int) -> frozenset[str]:
    """From which areas less than a third takes part of what could be expected by how many live there.

    Only where the small number could be expected at least: of fewer, chance alone may have kept all away.

    >>> sorted(hardly_there({"a": 60, "b": 38, "c": 2, "d": 0}, {"a": 500, "b": 400, "c": 300, "d": 10}, small=5))
    ['c']
    >>> hardly_there({"a": 0}, {"a": 100}, small=5)
    frozenset()
    """
    share = sum(people.values()) / max(sum(live.values()), 1)
    expected = {name: share * number for name, number in live.items()}
    return frozenset(
        name for name, number in expected.items() if number >= small and people.get(name, 0) < number / _HARDLY
    )


def may_renew(changed: int, *, small: int, is_first: bool) -> bool:
    """Whether a shown figure may be renewed: only when enough people changed it, so that no difference tells about one.

    >>> may_renew(4, small=5, is_first=False), may_renew(5, small=5, is_first=False), may_renew(1, small=5, is_first=True)
    (False, True, True)
    """
    return is_first or changed >= small


def plain_lines(text: str) -> list[str]:
    r"""The statements that somebody typed, one to a line; empty lines, list marks and doubles left out.

    >>> plain_lines("De lift is te klein.\n\n - De hal is te koud. \nde lift is te klein.")
    ['De lift is te klein.', 'De hal is te koud.']
    """
    found: dict[str, str] = {}
    for line in text.splitlines():
        told = " ".join(line.split()).lstrip("-*• ").strip()
        if told:
            found.setdefault(same_as(told), told)
    return list(found.values())


def same_as(text: str) -> str:
    """What two statements share that are the same but for capitals, white space and the stop at the end."""
    return " ".join(text.split()).casefold().rstrip(" .!")


def merged(bins: Sequence[int], *, small: int) -> tuple[int | None, ...]:
    """How many people stand at each stretch of a line, small stretches told together: None continues the stretch before it.

    >>> merged([9, 2, 1, 7, 1], small=5)
    (9, 11, None, None, None)
    >>> merged([2, 1], small=5)
    ()
    """
    stretches: list[list[int]] = []
    for count in bins:
        if stretches and sum(stretches[-1]) < small:
            stretches[-1].append(count)
        else:
            stretches.append([count])
    if len(stretches) > 1 and sum(stretches[-1]) < small:
        last = stretches.pop()
        stretches[-1] += last
    if not stretches or sum(stretches[0]) < small:
        return ()
    return tuple(told for one in stretches for told in (sum(one), *[None] * (len(one) - 1)))
