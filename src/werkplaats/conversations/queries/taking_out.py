"""A whole conversation for who may take it out: nobody in it can be found again by name, number, order or hour.

Numbers are drawn anew each time. Who wrote a statement has another number than who voted, since words may tell who somebody is.
Votes stand in the order of statements and drawn numbers, with the day and not the hour, so that who saw somebody vote cannot look
up what. Only what came in from files of elsewhere keeps its hours and its authors: those are known already.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from random import SystemRandom
from zoneinfo import ZoneInfo

from werkplaats.conversations.models import Conversation, Participant, Result, Statement, Vote
from werkplaats.conversations.queries.results import results
from werkplaats.conversations.records import OutStatement, OutVote, Place, TakenOut
from werkplaats.conversations.rules import Channel, State

HOST = -1
"""The author of what a host stated."""


def taken_out(conversation: Conversation, *, url: str, small: int) -> TakenOut:
    """Statements in every state, every vote that was given, and the groups that are large enough. 5 queries."""
    zone = ZoneInfo(conversation.workshop.timezone)
    channel = dict(Participant.objects.filter(conversation=conversation).values_list("pk", "channel"))

    def when(at: datetime, who: int | None) -> datetime:
        local = at.astimezone(zone)
        told_before = who is None or channel[who] == Channel.FILE
        return at if told_before else datetime.combine(local.date(), time(), tzinfo=zone)

    votes = list(
        Vote.objects.filter(participant__conversation=conversation)
        .order_by("at", "pk")
        .values_list("participant_id", "statement__number", "value", "at")
    )
    number_of = _drawn({who for who, *_rest in votes})
    rows = list(Statement.objects.filter(conversation=conversation).order_by("number"))
    authors = {row.given_by_id for row in rows if row.given_by_id is not None}
    of_files = {who for who in authors & number_of.keys() if channel[who] == Channel.FILE}
    author_of = {who: number_of[who] for who in of_files}
    author_of |= _drawn(authors - of_files, first=len(number_of))
    out = [OutVote(number_of[who], number, value, when(at, who)) for who, number, value, at in votes]
    return TakenOut(
        title=conversation.ask.title,
        question=conversation.ask.question,
        url=url,
        statements=tuple(
            OutStatement(
                row.number,
                row.text,
                State(row.state),
                HOST if row.given_by_id is None else author_of[row.given_by_id],
                when(row.given_at, row.given_by_id),
            )
            for row in rows
        ),
        votes=tuple(sorted(out, key=lambda one: (one.number, one.participant))),
        groups=_groups(conversation, number_of, small=small),
    )


def places(conversation: Conversation, *, small: int) -> tuple[Place, ...] | None:
    """Where everybody stands who is in the last result, in drawn order. None: there is no result, or of too few. 4 queries."""
    shown = results(conversation, small=small)
    if shown is None:
        return None
    letters = [group.letter if group.size is not None else "" for group in shown.groups]
    rows = _places(conversation)
    told = {who: letters[int(place[0])] if place[0] is not None else "" for who, place in rows.items()}
    is_told = {letter for letter in told.values() if letter}
    # Without groups everybody stands in one crowd; beside groups, those in none are a crowd when they may be counted.
    rest = not is_told or shown.between is not None
    number_of = _drawn(rows)
    found = []
    for who, (group, x, y) in rows.items():
        open_to_tell = bool(told[who]) or (group is None and rest)
        spot = (float(x or 0), float(y or 0)) if open_to_tell else None
        found.append(Place(number_of[who], told[who], spot))
    return tuple(sorted(found, key=lambda one: one.number))


def _groups(conversation: Conversation, number_of: dict[int, int], *, small: int) -> dict[int, int]:
    shown = results(conversation, small=small)
    if shown is None:
        return {}
    told = [group.size is not None for group in shown.groups]
    rows = _places(conversation)
    return {
        number_of[who]: int(group)
        for who, (group, *_at) in rows.items()
        if group is not None and told[int(group)] and who in number_of
    }


def _places(conversation: Conversation) -> dict[int, Sequence[float | None]]:
    """What the sweep kept, of who still takes part."""
    kept = Result.objects.filter(conversation=conversation).values_list("places", flat=True).first() or {}
    there = Participant.objects.filter(conversation=conversation, withdrawn_at__isnull=True).values_list(
        "pk", flat=True
    )
    return {who: kept[str(who)] for who in there if str(who) in kept}


def _drawn(who: Iterable[int], *, first: int = 0) -> dict[int, int]:
    """Of each a number that only chance knows, other ones each time."""
    names = list(who)
    numbers = list(range(first, first + len(names)))
    SystemRandom().shuffle(numbers)
    return dict(zip(names, numbers, strict=True))
