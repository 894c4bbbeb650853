from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.asks.street import NOW, TODAY, area, ask, draft, shared, voice
from tests.builders import party, workshop
from werkplaats.accounts.actions import open_code
from werkplaats.accounts.refusals import WrongCode
from werkplaats.asks import actions, queries
from werkplaats.asks.models import Ask, Reply, Slip, Voice
from werkplaats.asks.refusals import (
    AlreadySo,
    CardTaken,
    InThePast,
    NobodyWaits,
    NothingToJudge,
    NotOpen,
    NotWhole,
    NoWords,
    SameWords,
    StaysInside,
    TooLong,
    WordsChanged,
)
from werkplaats.asks.rules import AskState, Fit, Privacy, Report, State, receipt_of
from werkplaats.mail.models import Message
from werkplaats.search.models import Entry

pytestmark = pytest.mark.django_db


def replied(given: Voice) -> Reply:
    return actions.reply(given.ask, voices=[given], party=party("Kadeschool"), text="Zaterdag is de zaal open.", at=NOW)


def test_an_ask_that_does_not_tell_everything_stays_a_draft() -> None:
    row = draft(giver_gets=" ", minutes=0)
    with pytest.raises(NotWhole) as refusal:
        actions.open_ask(row, on=TODAY)
    assert set(refusal.value.missing) == {"giver_gets", "minutes"}
    assert "wat de gever krijgt" in refusal.value.sentence
    with pytest.raises(IntegrityError):
        Ask.objects.filter(pk=row.pk).update(state=AskState.OPEN.value, giver_gets="", opened_on=TODAY)


def test_an_ask_opens_once_and_can_be_found() -> None:
    row = ask()
    assert (row.state, Entry.objects.get(kind="ask").title) == (AskState.OPEN, "Een zaal in de buurt")
    with pytest.raises(AlreadySo):
        actions.open_ask(row, on=TODAY)


def test_a_draft_is_found_by_nobody() -> None:
    draft()
    assert not Entry.objects.filter(kind="ask").exists()


def test_a_workshop_has_one_standing_ask_however_often_it_is_looked_for() -> None:
    one, other = (actions.standing_ask(workshop(), on=TODAY) for _ in range(2))
    assert one == other
    with pytest.raises(IntegrityError):
        Ask.objects.create(workshop=workshop(), key="x", title="x", sort_name="x", question="x", is_standing=True)


def test_a_voice_gets_a_receipt_that_opens_it_and_nothing_else() -> None:
    given, digits = actions.give_voice(ask(), text="De lift is kapot.", at=NOW)
    code = open_code(workshop(), digits, purpose="receipt", address="1.1.1.1", at=NOW)
    assert code.thing == receipt_of(given.key)
    assert given.language == "nl"
    assert digits not in str(Voice.objects.values_list())


@pytest.mark.parametrize(("text", "refusal"), [("  \u200b\n", NoWords), ("a" * 1_000_000, TooLong)])
def test_nothing_and_too_much_are_refused(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        voice(text)
    assert not Voice.objects.exists()


@pytest.mark.parametrize("text", ["مرحبا 👋 نريد مكانا", "<script>alert(1)</script>", "\u202eomgekeerd", "👍"])
def test_words_are_kept_as_they_were_given(text: str) -> None:
    assert Voice.objects.get(pk=voice(text).pk).text == text


def test_no_voice_comes_to_an_ask_that_is_closed() -> None:
    row = actions.close_ask(ask(), on=TODAY)
    with pytest.raises(NotOpen):
        voice(to=row)


def test_the_same_form_twice_is_one_voice_with_one_working_receipt() -> None:
    row = ask()
    one, first = actions.give_voice(row, text="De lift is kapot.", at=NOW, once="abc")
    other, second = actions.give_voice(row, text="De lift is kapot.", at=NOW, once="abc")
    assert one == other
    with pytest.raises(WrongCode):
        open_code(workshop(), first, purpose="receipt", address="1.1.1.1", at=NOW)
    assert open_code(workshop(), second, purpose="receipt", address="1.1.1.1", at=NOW).thing == receipt_of(one.key)


def test_a_withdrawn_voice_has_no_words_no_search_entry_and_no_receipt() -> None:
    row = ask()
    given, digits = actions.give_voice(
        row, text="Mijn geheim.", at=NOW, privacy=Privacy.NAMELESS, area=area(), contact="a@example.org"
    )
    actions.look(given, shared_text="Mijn geheim.", at=NOW)
    assert Entry.objects.filter(kind="voice").exists()
    gone = actions.withdraw(given, at=NOW)
    assert (gone.text, gone.shared_text, gone.contact, gone.area) == ("", "", "", None)
    assert not Entry.objects.filter(kind="voice").exists()
    with pytest.raises(WrongCode):
        open_code(workshop(), digits, purpose="receipt", address="1.1.1.1", at=NOW)
    assert actions.withdraw(given, at=NOW).state == State.WITHDRAWN
    record = queries.ask(workshop(), row.key, today=TODAY)
    assert record is not None
    assert (record.line.counts.all, record.line.counts.withdrawn) == (1, 1)


def test_the_database_keeps_words_off_a_withdrawn_voice() -> None:
    with pytest.raises(IntegrityError):
        Voice.objects.filter(pk=voice().pk).update(state=State.WITHDRAWN.value)


def test_what_only_the_workshop_may_read_goes_out_through_no_door() -> None:
    given = voice("Dit blijft binnen.")
    with pytest.raises(StaysInside):
        actions.look(given, shared_text="Dit blijft binnen.", at=NOW)
    with pytest.raises(IntegrityError):
        Voice.objects.filter(pk=given.pk).update(shared_text="Dit blijft binnen.", looked_at=NOW)


def test_the_database_lets_nothing_go_out_that_may_not_and_hides_nothing_that_may() -> None:
    inside, outside = voice("Dit blijft binnen."), shared("Dit mag naar buiten.")
    for row, wrong in ((inside, True), (outside, False)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Voice.objects.filter(pk=row.pk).update(goes_out=wrong)


def test_a_human_may_cover_words_and_change_none() -> None:
    given = voice("Mijn zoon Ali slaapt slecht.", privacy=Privacy.NAMELESS)
    with pytest.raises(WordsChanged):
        actions.look(given, shared_text="Mijn zoon slaapt prima.", at=NOW)
    assert (
        actions.look(given, shared_text="Mijn zoon […] slaapt slecht.", at=NOW).text == "Mijn zoon Ali slaapt slecht."
    )
    assert Entry.objects.get(kind="voice").text == "Mijn zoon […] slaapt slecht."


def test_added_words_are_looked_at_before_anything_goes_out_again() -> None:
    given = shared("De lift is kapot.")
    after = actions.add_words(given, text="Nog steeds, zegt Ali.")
    assert after.text == "De lift is kapot.\n\nNog steeds, zegt Ali."
    assert queries.public_voices(given.ask) == ()
    assert not Entry.objects.filter(kind="voice").exists()


def test_a_hidden_voice_goes_off_every_page_with_a_reason_and_still_waits() -> None:
    given = shared("De lift is kapot.")
    hidden = actions.hide(given, reason="Het noemt een buurman.", at=NOW)
    assert (hidden.state, queries.public_voices(given.ask)) == (State.WAITING, ())
    story = queries.receipt(workshop(), given.key)
    assert story is not None
    assert story.hidden_reason == "Het noemt een buurman."
    actions.show_again(given)
    assert len(queries.public_voices(given.ask)) == 1


def test_the_giver_says_whether_the_answer_fits() -> None:
    given = voice()
    answer = replied(given)
    assert actions.fit(given, reply=answer, fit=Fit.FITS, at=NOW).state == State.FITS
    with pytest.raises(NothingToJudge):
        actions.fit(given, reply=answer, fit=Fit.DOES_NOT_FIT, at=NOW)


def test_what_does_not_fit_waits_once_more_and_then_stays_so() -> None:
    given = voice()
    first = replied(given)
    assert actions.fit(given, reply=first, fit=Fit.DOES_NOT_FIT, at=NOW).state == State.WAITING
    assert queries.waiting(workshop(), today=TODAY).does_not_fit == 1
    second = actions.reply(
        given.ask, voices=[given], party=party("Gemeente"), text="Dan dinsdag.", at=NOW + timedelta(1)
    )
    with pytest.raises(NothingToJudge):
        actions.fit(given, reply=first, fit=Fit.FITS, at=NOW)
    assert actions.fit(given, reply=second, fit=Fit.DOES_NOT_FIT, at=NOW).state == State.DOES_NOT_FIT


def test_who_was_put_in_the_wrong_group_waits_for_an_answer_of_their_own() -> None:
    row = ask()
    one, other = voice("De lift.", to=row), voice("Het licht.", to=row)
    answer = actions.reply(row, voices=[one, other], party=party("Kadeschool"), text="De lift is gemaakt.", at=NOW)
    back = actions.dispute(other, reply=answer, at=NOW)
    one.refresh_from_db()
    assert (back.state, back.reopened, one.state) == (State.WAITING, False, State.REPLIED)


def test_an_answer_to_nobody_is_refused() -> None:
    given = voice()
    replied(given)
    with pytest.raises(NobodyWaits):
        actions.reply(given.ask, voices=[given], party=party("Gemeente"), text="Nog eens.", at=NOW)


def test_four_weeks_without_a_word_is_silence_and_who_was_silent_may_still_speak() -> None:
    given = voice()
    answer = replied(given)
    assert actions.settle_silence(workshop(), at=NOW + timedelta(27)) == 0
    assert actions.settle_silence(workshop(), at=NOW + timedelta(28)) == 1
    given.refresh_from_db()
    assert given.state == State.SILENT
    assert actions.fit(given, reply=answer, fit=Fit.FITS, at=NOW).state == State.FITS


def test_a_day_to_come_back_lies_ahead_and_ends_with_an_answer() -> None:
    given = voice()
    with pytest.raises(InThePast):
        actions.come_back(given, on=TODAY - timedelta(1), today=TODAY)
    actions.come_back(given, on=TODAY + timedelta(3), today=TODAY, by=party("Gemeente"))
    story = queries.receipt(workshop(), given.key)
    assert story is not None
    assert (story.come_back_by, story.due_on) == ("Gemeente", TODAY + timedelta(3))
    replied(given)
    given.refresh_from_db()
    assert given.come_back_on is None


def test_a_give_back_is_shown_to_all_and_answers_nobody() -> None:
    given = voice()
    for _ in range(2):
        actions.give_back(given.ask, text="Er komt een zaal.", party=party(f"School {_}"), at=NOW)
    record = queries.ask(workshop(), given.ask.key, today=TODAY)
    assert record is not None
    assert [one.text for one in record.give_backs] == ["Er komt een zaal."]
    assert record.line.counts.waiting == 1


def test_a_mail_about_an_answer_tells_neither_words_nor_code() -> None:
    given, digits = actions.give_voice(ask(), text="Mijn geheim.", at=NOW, contact="a@example.org")
    from werkplaats.mail.actions import confirm_follow
    from werkplaats.mail.models import Follow

    confirm_follow(Follow.objects.get(thing=receipt_of(given.key)), at=NOW)
    replied(given)
    told = Message.objects.get(kind="answer")
    assert "Mijn geheim" not in told.text + told.subject
    assert digits not in told.text + told.subject


def test_a_card_with_a_printed_receipt_takes_the_key_that_its_code_opens() -> None:
    row = ask()
    slips = actions.make_slips(row, batch="feest", count=3, at=NOW)
    assert [slip.number for slip in slips] == [1, 2, 3]
    given, digits = actions.type_in(
        row, batch="feest", number=2, text="De lift.", privacy=Privacy.WORKSHOP, at=NOW, by=None
    )
    code = open_code(workshop(), slips[1].digits, purpose="receipt", address="1.1.1.1", at=NOW)
    assert (digits, code.thing) == ("", receipt_of(given.key))
    assert given.key == Slip.objects.get(number=2).voice_key
    assert queries.receipt(workshop(), Slip.objects.get(number=1).voice_key) is None


def test_the_same_stack_typed_in_twice_is_noticed() -> None:
    row = ask()

    def card(batch: str, number: int, text: str, *, is_another: bool = False) -> tuple[Voice, str]:
        return actions.type_in(
            row, batch=batch, number=number, text=text, privacy=Privacy.WORKSHOP, at=NOW, by=None, is_another=is_another
        )

    first, _digits = card("feest", 1, "De lift is kapot.")
    assert card("feest", 1, "De lift is kapot.") == (first, "")
    with pytest.raises(CardTaken):
        card("feest", 1, "Iets anders.")
    with pytest.raises(SameWords):
        card("feest-nogmaals", 1, "De lift is kapot.")
    card("feest-nogmaals", 1, "De lift is kapot.", is_another=True)
    assert Voice.objects.count() == 2


def test_a_report_counts_until_the_party_writes_it_down_itself() -> None:
    told = actions.report_asked(workshop(), what="Een vragenlijst aan de deur", at=NOW, minutes=15, people=20)
    assert queries.load(workshop(), today=TODAY).resident_minutes == 300
    actions.check_report(told, at=NOW)
    with pytest.raises(AlreadySo):
        actions.drop_report(told, at=NOW)
    done = actions.complete_report(told, ask=ask())
    assert (done.state, queries.load(workshop(), today=TODAY).resident_minutes) == (Report.COMPLETED, 0)
