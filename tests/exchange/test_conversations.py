"""A conversation goes out and comes in elsewhere to the same state: its votes under random ids, never with a code."""

from pathlib import Path

import pytest

from tests.conversations.talk import conversation, lines, two_camps, votes
from tests.exchange.folders import folder
from tests.exchange.test_take_out import AT, there_and_back
from werkplaats.asks.actions import open_ask, put_ask
from werkplaats.config.sweeps import until_done
from werkplaats.conversations import actions, queries
from werkplaats.conversations.models import Conversation, Vote
from werkplaats.conversations.sweeps import COMPUTE
from werkplaats.exchange.actions import load, take_out
from werkplaats.exchange.rules import Extent
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop

pytestmark = pytest.mark.django_db


def talked() -> Conversation:
    """A conversation in the workshop that just came in."""
    home, asker = Workshop.objects.get(), Party.objects.order_by("pk")[0]
    told = {"asker": asker, "asker_function": "gastheer", "on_behalf_of": "de zaal", "asked_group": "jongeren"}
    told |= {
        "giver_gets": "Soep.",
        "asker_gets": "Een avond.",
        "comes_back": "De avond.",
        "data_use": "Alleen hiervoor.",
    }
    ask = put_ask(
        home,
        key="avond",
        title="Avond",
        question="Wanneer?",
        still_unknown="De avond.",
        minutes=3,
        answer_by=AT.date(),
        **told,
    )
    row = conversation(lines(20), ask=open_ask(ask, on=AT.date()))
    votes(row, two_camps())
    who, _digits = actions.take_part(row, at=AT)
    actions.give_statement(who, text="Iets nieuws.", at=AT)
    return row


def test_a_conversation_with_its_history_comes_in_elsewhere_to_the_byte(tmp_path: Path) -> None:
    first, second = there_and_back(folder(tmp_path / "bron"), tmp_path, change=talked)
    assert {f"memory/{name}.csv" for name in ("conversations", "participants", "statements", "votes")} <= first.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert first["memory/votes.csv"].count(b"\n") == 2401


def test_what_came_in_is_computed_there_to_the_same_result(tmp_path: Path) -> None:
    load(folder(tmp_path / "bron"), at=AT)
    row = talked()
    until_done([COMPUTE])
    before = queries.results(row, small=5)
    take_out(row.workshop, to=tmp_path / "een")
    Vote.objects.all().delete()
    for one in Conversation.objects.all():
        one.participants.all().delete()
        one.statements.all().delete()
        one.delete()
    load(tmp_path / "een", at=AT)
    until_done([COMPUTE])
    after = queries.results(Conversation.objects.get(), small=5)
    assert before is not None
    assert after is not None
    assert after.statements == before.statements
    assert (after.common_ground, after.divides, after.short_list) == (
        before.common_ground,
        before.divides,
        before.short_list,
    )


def test_who_may_have_no_voices_gets_no_votes_either(tmp_path: Path) -> None:
    load(folder(tmp_path / "bron"), at=AT)
    take_out(talked().workshop, to=tmp_path / "een", extent=Extent.WITHOUT_VOICES)
    names = {path.stem for path in (tmp_path / "een" / "memory").glob("*.csv")}
    assert not names & {"participants", "statements", "votes", "codes"}
