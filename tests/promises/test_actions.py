"""From what was said to two verdicts."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import builders
from tests.promises import table
from werkplaats.accounts.actions import open_code
from werkplaats.accounts.refusals import WrongCode
from werkplaats.asks.models import Voice
from werkplaats.asks.rules import State as VoiceState
from werkplaats.catches.actions import catch
from werkplaats.mail.models import Message, Question
from werkplaats.promises import actions, queries
from werkplaats.promises.models import Event, Promise, PromiseReceiver, Verdict
from werkplaats.promises.records import PromiseLine
from werkplaats.promises.refusals import (
    AlreadyConfirmed,
    DueInThePast,
    NoReceiver,
    NotForYou,
    NothingNew,
    NothingToJudge,
    NotNow,
)
from werkplaats.promises.rules import Channel, Giver, GiverKind, Kind, State, Word
from werkplaats.search.models import Entry

pytestmark = pytest.mark.django_db
LATER = table.NOW + timedelta(days=10)


def opened(digits: str, *, at: datetime = table.NOW) -> str:
    return open_code(builders.workshop(), digits, purpose="confirm", address="1.2.3.4", at=at).thing


def test_a_draft_is_in_no_ledger_and_no_search() -> None:
    row = table.draft()
    assert row.state == State.DRAFT
    assert not Event.objects.exists()
    assert not Entry.objects.filter(kind="promise").exists()


def test_the_key_of_a_promise_tells_nothing() -> None:
    row = table.draft(wording="Bel mevrouw Jansen")
    assert "jansen" not in row.key


def test_a_yes_makes_it_a_promise_once() -> None:
    row = table.promise()
    assert (row.state, row.confirmed_at) == (State.RUNNING, table.NOW)
    assert Entry.objects.get(kind="promise").key == row.key
    with pytest.raises(AlreadyConfirmed, match="12 mei 2026"):
        actions.confirm(row, at=LATER, channel=Channel.LINK)
    assert Event.objects.count() == 1


def test_a_link_opens_its_promise_and_an_earlier_one_does_not() -> None:
    row = table.draft()
    first = actions.ask_to_confirm(row, at=table.NOW)
    assert opened(first) == row.thing
    second = actions.ask_to_confirm(row, at=table.NOW)
    assert opened(second) == row.thing
    with pytest.raises(WrongCode):
        opened(first)
    actions.redraft(row, table.said(wording="Anders."), at=table.NOW)
    with pytest.raises(WrongCode):
        opened(second)


def test_a_day_that_passed_before_the_yes_needs_a_new_day() -> None:
    row = table.draft()
    with pytest.raises(DueInThePast):
        actions.confirm(row, at=LATER, channel=Channel.LINK)
    later = actions.confirm(row, at=LATER, channel=Channel.LINK, due_on=date(2026, 6, 1))
    assert later.due_on == date(2026, 6, 1)


def test_a_promise_without_a_receiver_or_with_a_day_in_the_past_is_refused() -> None:
    with pytest.raises(NoReceiver):
        table.draft(for_whom="  ")
    with pytest.raises(DueInThePast):
        table.draft(due_on=date(2026, 5, 11))
    assert table.draft(for_whom="", parties=(table.party("De Lange Tafel"),)).receivers.count() == 1


def test_a_no_has_no_day() -> None:
    assert table.promise(kind=Kind.NO, due_on=date(2020, 1, 1)).due_on is None


def test_what_its_maker_denies_goes_back_and_is_no_promise() -> None:
    row = actions.deny(table.draft(), words="Wij zeiden: we kijken ernaar.")
    assert (row.state, row.denied_words) == (State.DENIED, "Wij zeiden: we kijken ernaar.")
    with pytest.raises(NotNow):
        actions.confirm(row, at=table.NOW, channel=Channel.LINK)
    again = actions.redraft(row, table.said(kind=Kind.FIND_OUT), at=table.NOW)
    assert (again.state, again.denied_words) == (State.DRAFT, "")


def test_a_draft_can_go_and_a_promise_cannot() -> None:
    actions.drop(table.draft(), at=table.NOW)
    assert not Promise.objects.exists()
    with pytest.raises(AlreadyConfirmed):
        actions.drop(table.promise(), at=table.NOW)


def test_a_caught_line_becomes_the_draft() -> None:
    line = catch(builders.workshop(), who="Gemeente Oeverstad", what="Zoekt de sleutel", at=table.NOW)
    row = actions.draft(builders.workshop(), table.said(), at=table.NOW, caught=line)
    line.refresh_from_db()
    assert (line.became_kind, line.became_key) == ("promise", row.key)


def test_writing_the_same_key_down_twice_changes_nothing() -> None:
    first = actions.draft(builders.workshop(), table.said(), at=table.NOW, key="b-map")
    second = actions.draft(builders.workshop(), table.said(wording="Anders."), at=table.NOW, key="b-map")
    assert (first.pk, first.wording) == (second.pk, second.wording)


def test_history_is_added_and_old_words_stay() -> None:
    row = actions.change(table.promise(), wording="Woensdag.", reason="Dinsdag is vol.", at=table.NOW)
    row = actions.extend(row, due_on=date(2026, 6, 1), reason="Ziek.", at=table.NOW)
    row = actions.report_done(row, evidence="Een foto.", at=LATER)
    assert (row.state, row.wording, row.due_on) == (State.DONE, "Woensdag.", date(2026, 6, 1))
    record = queries.promise(builders.workshop(), row.key, today=table.TODAY)
    assert record is not None
    assert [event.kind for event in record.events] == ["confirmed", "changed", "extended", "done"]
    assert record.events[0].texts[0].text == "De sleutel van het Kadehuis ligt er op dinsdagavond."


def test_the_same_words_day_or_report_twice_add_nothing() -> None:
    row = table.promise()
    with pytest.raises(NothingNew):
        actions.change(row, wording=row.wording, reason="Zomaar.", at=table.NOW)
    with pytest.raises(NothingNew):
        actions.extend(row, due_on=table.FRIDAY, reason="Zomaar.", at=table.NOW)
    with pytest.raises(DueInThePast):
        actions.extend(row, due_on=date(2026, 5, 1), reason="Zomaar.", at=table.NOW)
    actions.report_done(row, evidence="Foto.", at=table.NOW)
    with pytest.raises(NotNow, match="al gemeld als gedaan"):
        actions.report_done(row, evidence="Foto.", at=table.NOW)
    assert Event.objects.count() == 2


def test_nothing_can_be_added_to_what_was_withdrawn() -> None:
    row = actions.withdraw(table.promise(), reason="Verkocht.", at=table.NOW)
    with pytest.raises(NotNow, match="ingetrokken"):
        actions.report_done(row, evidence="Toch.", at=table.NOW)


def test_more_voices_after_the_yes_are_an_event_of_which_the_public_sees_no_key() -> None:
    first, second = table.voices(2)
    row = table.promise(voices=(first,))
    actions.link_voices(row, voices=(first, second), at=table.NOW)
    actions.link_voices(row, voices=(second,), at=table.NOW)
    assert list(Event.objects.values_list("kind", flat=True)) == ["confirmed", "linked"]
    assert queries.standing(row).voices == (first.key, second.key)
    assert row.receivers.count() == 2
    with pytest.raises(NotNow):
        actions.link_voices(actions.withdraw(row, reason="Weg.", at=LATER), voices=table.voices(1), at=LATER)
    before_the_yes = table.draft()
    actions.link_voices(before_the_yes, voices=(first,), at=table.NOW)
    assert before_the_yes.receivers.count() == 1


def test_a_verdict_waits_until_it_is_done_or_late() -> None:
    row = table.promise(parties=(table.party("De Lange Tafel"),))
    giver = Giver(GiverKind.PARTY, "de-lange-tafel")
    with pytest.raises(NothingToJudge):
        actions.receiver_verdict(row, by=giver, word=Word.NOT, at=table.NOW)
    assert actions.receiver_verdict(row, by=giver, word=Word.NOT, at=LATER).word == Word.NOT


def test_each_has_one_verdict_and_the_last_counts() -> None:
    row = table.done(parties=(table.party("De Lange Tafel"),))
    giver = Giver(GiverKind.PARTY, "de-lange-tafel")
    for word in (Word.NOT, Word.NOT, Word.KEPT):
        actions.receiver_verdict(row, by=giver, word=word, at=LATER)
    assert Verdict.objects.get().word == Word.KEPT
    assert Event.objects.filter(kind="receiver_verdict").count() == 2


def test_who_is_no_receiver_gives_no_verdict() -> None:
    stranger, giver = table.voices(2)
    row = table.done(voices=(giver,), table_key="tafel-1")
    for wrong in (
        Giver(GiverKind.RECEIPT, stranger.key),
        Giver(GiverKind.PARTY, "gemeente-oeverstad"),
        Giver(GiverKind.TABLE, "tafel-2"),
        Giver(GiverKind.TABLE, ""),
        Giver(GiverKind.MAKER, "gemeente-oeverstad"),
    ):
        with pytest.raises(NotForYou):
            actions.receiver_verdict(row, by=wrong, word=Word.KEPT, at=LATER)
    giver.state, giver.text = VoiceState.WITHDRAWN, ""
    giver.save()
    with pytest.raises(NotForYou):
        actions.receiver_verdict(row, by=Giver(GiverKind.RECEIPT, giver.key), word=Word.KEPT, at=LATER)
    assert actions.receiver_verdict(row, by=Giver(GiverKind.TABLE, "tafel-1"), word=Word.PARTLY, at=LATER).words == ""


def test_what_few_residents_said_is_counted_and_not_told() -> None:
    given = table.voices(11)
    row = table.done(voices=given)
    for number, voice in enumerate(given[:4]):
        actions.receiver_verdict(
            row, by=Giver(GiverKind.RECEIPT, voice.key), word=Word.NOT, at=LATER + timedelta(hours=number)
        )
    answers = line(row).answers
    assert (answers.asked, answers.answered, answers.residents, answers.residents_answered) == (4, 4, (), 4)
    at = LATER + timedelta(days=1)
    actions.receiver_verdict(row, by=Giver(GiverKind.RECEIPT, given[4].key), word=Word.KEPT, at=at)
    assert [(one.word, one.count) for one in line(row).answers.residents] == [("kept", 1), ("not", 4)]
    for number, voice in enumerate(given[5:9]):
        later = at + timedelta(hours=1 + number)
        actions.receiver_verdict(row, by=Giver(GiverKind.RECEIPT, voice.key), word=Word.KEPT, at=later)
    assert [(one.word, one.count) for one in line(row).answers.residents] == [("kept", 1), ("not", 4)]
    later = at + timedelta(days=1)
    actions.receiver_verdict(row, by=Giver(GiverKind.RECEIPT, given[9].key), word=Word.KEPT, at=later)
    assert [(one.word, one.count) for one in line(row).answers.residents] == [("kept", 6), ("not", 4)]


def line(row: Promise) -> PromiseLine:
    record = queries.promise(builders.workshop(), row.key, today=table.TODAY)
    assert record is not None
    return record.line


def test_four_weeks_after_done_each_receiver_is_asked_once() -> None:
    given = table.voices(2, contact="buur@example.org")
    row = table.done(voices=given, parties=(table.party("De Lange Tafel"),))
    done_at = table.NOW + timedelta(days=3)
    assert actions.ask_receivers(row, at=done_at + timedelta(days=27)) == 0
    assert actions.ask_receivers(row, at=done_at + timedelta(days=28)) == 3
    assert actions.ask_receivers(row, at=done_at + timedelta(days=29)) == 0
    assert (line(row).answers.asked, line(row).answers.silent) == (3, 3)
    assert Message.objects.filter(kind="question").count() == 1  # one address, one question
    assert [each.key for each in queries.questions_of_voice(builders.workshop(), given[0].key, today=table.TODAY)] == [
        row.key
    ]


@pytest.mark.parametrize(
    ("language", "subject"),
    [("en", "Do you notice anything of this?"), ("nl", "Merk je hier iets van?"), ("tr", "Merk je hier")],
)
def test_a_giver_is_asked_in_the_language_of_their_voice_as_far_as_we_write_it(language: str, subject: str) -> None:
    (voice,) = table.voices(1, contact="buur@example.org")
    Voice.objects.update(language=language)
    actions.ask_receivers(table.done(voices=(voice,)), at=table.NOW + timedelta(days=31))
    assert Message.objects.get(kind="question").subject.startswith(subject)


def test_an_address_that_never_said_yes_is_not_mailed_whether_it_notices() -> None:
    """Anybody may type an address: it gets one mail that asks whether it is theirs, and no other."""
    row = table.done(voices=table.voices(1, contact="Ander@example.org", says_yes=False))
    actions.ask_receivers(row, at=table.NOW + timedelta(days=31))
    assert not Message.objects.filter(kind="question").exists()


def test_a_receipt_that_was_asked_something_this_month_is_asked_later() -> None:
    (voice,) = table.voices(1)
    first, second = table.done(voices=(voice,)), table.done(voices=(voice,))
    at = table.NOW + timedelta(days=31)
    assert (actions.ask_receivers(first, at=at), actions.ask_receivers(second, at=at)) == (1, 0)
    assert Question.objects.count() == 1
    second.refresh_from_db()
    assert second.question_due_at == at + timedelta(days=1)
    assert actions.ask_receivers(second, at=at + timedelta(days=32)) == 1


def test_who_answered_unasked_is_not_asked_and_a_withdrawn_voice_never_is() -> None:
    given = table.voices(2)
    row = table.done(voices=given)
    actions.receiver_verdict(row, by=Giver(GiverKind.RECEIPT, given[0].key), word=Word.KEPT, at=LATER)
    given[1].state, given[1].text = VoiceState.WITHDRAWN, ""
    given[1].save()
    assert actions.ask_receivers(row, at=table.NOW + timedelta(days=31)) == 0
    row.refresh_from_db()
    assert row.question_due_at is None
    assert PromiseReceiver.objects.filter(asked_at__isnull=False).count() == 1


def test_the_hash_of_a_day_is_mailed_once_to_the_coordinators() -> None:
    from werkplaats.accounts.rules import RoleName

    builders.account(RoleName.COORDINATOR, email="samira@example.org")
    assert actions.mail_the_hash(builders.workshop(), at=table.NOW) is None
    table.promise()
    first = actions.mail_the_hash(builders.workshop(), at=table.NOW)
    table.promise()
    second = actions.mail_the_hash(builders.workshop(), at=table.NOW + timedelta(hours=2))
    assert first == second
    assert Message.objects.get().text.count(first.digest if first else "?") == 1
    late = datetime(2026, 5, 12, 22, 30, tzinfo=UTC)  # past midnight in the neighbourhood
    third = actions.mail_the_hash(builders.workshop(), at=late)
    assert third is not None
    assert (third.day, third.number) == (date(2026, 5, 13), 2)


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "\u202eمرحبا 🗝️", "x" * 100_000])
def test_strange_words_are_kept_as_they_are(words: str) -> None:
    row = table.promise(wording=words)
    assert queries.verify(builders.workshop()) is None
    assert queries.standing(row).wording == words
