"""A conversation as the file set of Polis."""

from pathlib import Path

from samenhang import opinion
from samenhang.cells import harmless
from werkplaats.conversations.records import TakenOut
from werkplaats.conversations.rules import State

MODERATED = {State.ACCEPTED: 1, State.WAITING: 0, State.REFUSED: -1}
"""What ``comments.csv`` says of a statement."""


def write_polis(told: TakenOut, folder: Path) -> None:
    """``summary.csv``, ``comments.csv``, ``votes.csv`` and ``participants-votes.csv``: in all 1 is agree and -1 disagree."""
    about = {"topic": told.title, "url": told.url, "conversation-description": told.question}
    statements = [
        opinion.Statement(one.number, one.author, harmless(one.text), MODERATED[one.state], one.at)
        for one in told.statements
    ]
    cast = [opinion.Cast(one.participant, one.number, one.value, one.at) for one in told.votes]
    opinion.write_file_set(
        opinion.file_set({name: harmless(words) for name, words in about.items()}, statements, cast, told.groups),
        folder,
    )
