"""What happens in a conversation: each event, and each refusal."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.asks import street
from tests.builders import party
from tests.conversations.talk import NOW, conversation, later, lines, somebody
from werkplaats.accounts.models import Code
from werkplaats.accounts.rules import only_digits
from werkplaats.asks.actions import close_ask, standing_ask
from werkplaats.asks.models import GiveBack
from werkplaats.conversations import actions, queries, refusals
from werkplaats.conversations.models import Conversation, Participant, Statement, Vote
from werkplaats.conversations.queries.voting import last_votes
from werkplaats.conversations.rules import CODE, Kind, State
from werkplaats.search.models import Entry

pytestmark = pytest.mark.django_db


def test_a_conversation_begins_with_lines_and_with_words_that_may_go_out() -> None:
    ask = street.ask()
    out, inside = street.shared("De zaal is te duur.", to=ask), street.voice("Alleen voor de werkplaats.", to=ask)
    made = conversation("De hal mag open.\nde hal mag open", ask=ask, voices=[out, inside])
    assert [one.text for one in made.statements.all()] == ["De zaal is te duur.", "De hal mag open."]
    assert {one.state for one in made.statements.all()} == {State.ACCEPTED}


def test_an_ask_has_one_conversation_and_the_standing_one_has_none() -> None:
    made = conversation()
    with pytest.raises(refusals.HasAConversation):
        conversation(ask=made.ask)
    with pytest.raises(refusals.NeverCloses):
        conversation(ask=standing_ask(made.workshop, on=date(2026, 5, 1)))


def test_nothing_is_made_of_a_conversation_without_statements_or_with_one_that_is_too_long() -> None:
    ask = street.ask()
    for text, refusal in ((" \n", refusals.NoStatements), ("Goed.\n" + "x" * 281, refusals.StatementTooLong)):
        with pytest.raises(refusal):
            conversation(text, ask=ask)
    assert not Conversation.objects.exists()
    assert not Statement.objects.exists()


def test_a_changed_mind_is_added_and_the_last_vote_counts() -> None:
    made = conversation()
    who = somebody(made)
    actions.vote(who, number=1, value=1, at=NOW, once="a")
    actions.vote(who, number=1, value=-1, at=later(minutes=1), once="b")
    assert list(Vote.objects.values_list("value", flat=True)) == [1, -1]
    assert last_votes(who) == {1: -1}


def test_a_button_pressed_twice_is_one_vote_also_when_it_comes_late() -> None:
    made = conversation()
    who = somebody(made)
    for word in ("a", "a", "other page, same answer"):
        actions.vote(who, number=1, value=1, at=NOW, once=word)
    assert Vote.objects.get().once == "a"
    actions.vote(who, number=1, value=-1, at=later(minutes=1), once="b")
    actions.vote(who, number=1, value=1, at=later(minutes=2), once="a")  # the first tap, delivered again by the network
    assert last_votes(who) == {1: -1}


def test_the_database_takes_no_other_value_and_no_second_vote_of_one_button() -> None:
    made = conversation()
    who = somebody(made)
    told = {"participant": who, "statement": made.statements.get(number=1), "at": NOW}
    Vote.objects.create(**told, value=1, once="a")
    for wrong in ({"value": 2}, {"value": 0, "once": "a"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Vote.objects.create(**told, **wrong)


@pytest.mark.parametrize(
    ("number", "value", "refusal"), [(9, 1, refusals.NoSuchStatement), (1, 2, refusals.NoSuchAnswer)]
)
def test_a_vote_that_cannot_be_is_refused_and_not_kept(number: int, value: int, refusal: type[Exception]) -> None:
    who = somebody(conversation())
    with pytest.raises(refusal):
        actions.vote(who, number=number, value=value, at=NOW)
    assert not Vote.objects.exists()


def test_a_conversation_is_open_as_long_as_its_ask() -> None:
    made = conversation()
    who = somebody(made)
    close_ask(made.ask, on=date(2026, 5, 12))
    for act in (
        lambda: actions.vote(who, number=1, value=1, at=NOW),
        lambda: actions.take_part(made, at=NOW),
        lambda: actions.give_statement(who, text="Te laat.", at=NOW),
        lambda: actions.type_in(made, batch="a", sheet=1, answers={1: 1}, at=NOW),
    ):
        with pytest.raises(refusals.Closed):
            act()


def test_a_vote_makes_the_result_stale_and_so_does_refusing_a_statement_that_was_voted_on() -> None:
    made = conversation()
    actions.vote(somebody(made), number=1, value=1, at=NOW)
    assert Conversation.objects.get().stale_since == NOW
    Conversation.objects.update(stale_since=None)
    actions.refuse(made.statements.get(number=2), reason="Dubbel.", at=NOW)
    assert Conversation.objects.get().stale_since is None
    actions.refuse(made.statements.get(number=1), reason="Dubbel.", at=NOW)
    assert Conversation.objects.get().stale_since == NOW


def test_a_given_statement_is_seen_by_nobody_until_it_is_accepted() -> None:
    made = conversation()
    who = somebody(made)
    given = actions.give_statement(who, text="  Er moet een tuin komen. ", at=NOW)
    assert actions.give_statement(who, text="Er moet een tuin komen.", at=NOW) == given
    assert given.text == "Er moet een tuin komen."
    assert not Entry.objects.filter(key=f"{made.key}/4").exists()
    with pytest.raises(refusals.NoSuchStatement):
        actions.vote(who, number=given.number, value=1, at=NOW)
    actions.accept(given, at=NOW)
    assert Entry.objects.filter(key=f"{made.key}/4").exists()
    actions.vote(who, number=given.number, value=1, at=NOW)


def test_a_refusal_has_a_reason_that_who_gave_it_reads() -> None:
    made = conversation()
    who = somebody(made)
    given = actions.give_statement(who, text="Buurman Jan is lui.", at=NOW)
    with pytest.raises(refusals.RefusingNeedsAReason):
        actions.refuse(given, reason="  ", at=NOW)
    actions.refuse(given, reason="Dit gaat over één mens.", at=NOW)
    (own,) = queries.own_statements(who)
    assert (own.state, own.reason) == (State.REFUSED, "Dit gaat over één mens.")
    assert queries.own_statements(somebody(made)) == ()


def test_a_statement_stands_once_and_only_where_participants_may_add_some() -> None:
    made = conversation()
    with pytest.raises(refusals.StandsAlready):
        actions.give_statement(somebody(made), text="de lift is  te klein", at=NOW)
    closed = conversation(ask=street.ask("Nog een"), takes_statements=False)
    with pytest.raises(refusals.NoMoreStatements):
        actions.give_statement(somebody(closed), text="Iets.", at=NOW)


def test_one_code_opens_one_participant_and_nothing_after_everything_was_taken_back() -> None:
    made = conversation()
    who, digits = actions.take_part(made, at=NOW)
    actions.vote(who, number=1, value=1, at=NOW)
    code = Code.objects.get()
    assert (code.purpose, code.thing) == (CODE, f"participant:{who.key}")
    assert only_digits(digits) not in code.digest
    assert queries.participant_of(made, code.thing) == who
    actions.withdraw(who, at=NOW)
    actions.withdraw(who, at=later(minutes=1))
    assert not Vote.objects.exists()
    with pytest.raises(refusals.Gone):
        actions.vote(who, number=1, value=1, at=NOW)
    assert queries.participant_of(made, f"participant:{who.key}") is None
    assert Code.objects.get().spent_at == NOW


def test_a_conversation_may_be_for_who_was_handed_a_code() -> None:
    made = conversation(needs_code=True)
    with pytest.raises(refusals.NeedsCode):
        actions.take_part(made, at=NOW)
    digits = actions.make_codes(made, count=3, at=NOW)
    assert len(set(digits)) == 3
    assert Participant.objects.count() == 3
    assert queries.people_in(made) == 0


def test_a_sheet_of_paper_is_one_participant_whoever_types_it_twice() -> None:
    made = conversation()
    told: dict[str, Any] = {"batch": "buurtfeest", "sheet": 1, "at": NOW}
    first = actions.type_in(made, answers={1: 1, 3: -1}, kind=Kind.RESIDENT, **told)
    assert actions.type_in(made, answers={1: 1, 3: -1}, **told) == first
    with pytest.raises(refusals.SheetTaken):
        actions.type_in(made, answers={1: -1}, **told)
    with pytest.raises(refusals.EmptySheet):
        actions.type_in(made, batch="buurtfeest", sheet=2, answers={}, at=NOW)
    with pytest.raises(refusals.NoSuchStatement):
        actions.type_in(made, batch="buurtfeest", sheet=2, answers={1: 1, 8: 1}, at=NOW)
    assert Participant.objects.count() == 1
    assert last_votes(first) == {1: 1, 3: -1}


def test_what_came_of_it_goes_back_through_the_ask() -> None:
    made = conversation()
    actions.give_results_back(made, text="We zijn het eens over de lift.", party=party("De Brug"), at=NOW)
    assert GiveBack.objects.get().ask == made.ask


def test_what_was_answered_is_not_shown_again() -> None:
    made = conversation(lines(4))
    who = somebody(made)
    shown = queries.to_show(made, who)
    assert shown is not None
    actions.vote(who, number=shown.number, value=0, at=NOW)
    after = queries.to_show(made, who)
    assert after is not None
    assert after.number != shown.number
    assert (after.done, after.of) == (1, 4)
