"""A whole conversation comes in from elsewhere, or goes out as the files of Polis."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from werkplaats.asks.actions import put_ask
from werkplaats.asks.models import Ask
from werkplaats.conversations.actions.indexing import show
from werkplaats.conversations.actions.taking_part import new_key
from werkplaats.conversations.analysis import language_of, write_polis
from werkplaats.conversations.models import Conversation, Participant, Statement, Vote
from werkplaats.conversations.queries import people_in, taken_out
from werkplaats.conversations.records import Brought, BroughtStatement
from werkplaats.conversations.refusals import TooFewToTakeOut
from werkplaats.conversations.rules import LONGEST, Channel, State, same_as
from werkplaats.kit.names import key_from
from werkplaats.workshops.models import Workshop

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows: the hour of taking out tells nothing either
_ROWS = 2_000
_LONGEST = 300  # as the table keeps it


@transaction.atomic
def bring_in(workshop: Workshop, told: Brought, *, at: datetime, no_reason: str) -> tuple[Conversation, bool]:
    """A conversation from elsewhere, at a draft of an ask that a human completes, and whether it is new.

    The same files are one conversation. Its participants cannot come back to it: no code opens their votes. `no_reason`: why
    a statement that was moderated out takes no part, where the files do not say.
    """
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
    held = Conversation.objects.select_related("ask").filter(workshop=workshop, brought=told.digest).first()
    if held is not None:
        return held, False
    taken = frozenset(Ask.objects.filter(workshop=workshop).values_list("key", flat=True))
    ask = put_ask(workshop, key=key_from(told.title, taken), title=told.title, question=told.question)
    made = Conversation.objects.create(
        workshop=workshop, key=ask.key, ask=ask, made_at=at, brought=told.digest, takes_statements=False
    )
    people = _participants(made, told, at=at)
    statements = _statements(made, told.statements, people, at=at, no_reason=no_reason)
    Vote.objects.bulk_create(
        [
            Vote(participant=people[one.participant], statement=statements[one.number], value=one.value, at=one.at)
            for one in told.votes
        ],
        batch_size=_ROWS,
    )
    return made, True


def take_out(conversation: Conversation, *, url: str) -> bytes:
    """A zip with the four files of Polis. Raises `TooFewToTakeOut`."""
    small = conversation.workshop.small_number
    with transaction.atomic():
        if people_in(conversation) < small:
            raise TooFewToTakeOut(small)
        told = taken_out(conversation, url=url, small=small)
    made = io.BytesIO()
    with TemporaryDirectory(prefix="werkplaats-") as folder, zipfile.ZipFile(made, "w") as package:
        write_polis(told, Path(folder))
        for file in sorted(Path(folder).iterdir()):
            entry = zipfile.ZipInfo(f"{conversation.key}/{file.name}", _DATE)
            package.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _participants(of: Conversation, told: Brought, *, at: datetime) -> dict[str, Participant]:
    """Who voted, and who stated something without voting."""
    first: dict[str, datetime] = {}
    last: dict[str, datetime] = {}
    for vote in told.votes:
        first[vote.participant] = min(first.get(vote.participant, vote.at), vote.at)
        last[vote.participant] = max(last.get(vote.participant, vote.at), vote.at)
    authors = dict.fromkeys(one.author for one in told.statements if one.author)
    rows = {
        name: Participant(
            conversation=of,
            key=new_key(),
            channel=Channel.FILE.value,
            began_at=first.get(name, at),
            voted_at=last.get(name),
        )
        for name in first | authors
    }
    Participant.objects.bulk_create(rows.values(), batch_size=_ROWS)
    return rows


def _statements(
    of: Conversation,
    told: Iterable[BroughtStatement],
    people: dict[str, Participant],
    *,
    at: datetime,
    no_reason: str,
) -> dict[int, Statement]:
    """The statements under their own numbers. Elsewhere the same words may stand twice: then the number tells them apart."""
    rows: dict[int, Statement] = {}
    taken: set[str] = set()
    for one in told:
        words = same_as(one.text)[:_LONGEST]
        words = words if words not in taken else f"{words[:LONGEST]} ({one.number})"
        taken.add(words)
        rows[one.number] = Statement(
            conversation=of,
            number=one.number,
            text=one.text,
            same_as=words,
            language=language_of(one.text),
            state=one.state.value,
            reason=no_reason if one.state is State.REFUSED else "",
            given_at=one.at,
            given_by=people[one.author] if one.author else None,
            looked_at=None if one.state is State.WAITING else at,
        )
    Statement.objects.bulk_create(rows.values())
    for row in rows.values():
        if row.state == State.ACCEPTED:
            show(row, at=at)
    return rows
