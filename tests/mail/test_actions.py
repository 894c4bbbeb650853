from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from tests.builders import workshop
from werkplaats.mail import actions, queries
from werkplaats.mail.models import Choice, Follow, Message, Reader
from werkplaats.mail.refusals import NoAddress
from werkplaats.mail.rules import Kind, Pace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, 15, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
YUSUF = "yusuf@example.org"
KADE = "issue:schone-kade"


def told(key: str = "reply:1", **more: Any) -> int:
    words: dict[str, Any] = {"kind": Kind.NEWS, "to": YUSUF, "subject": "Nieuws", "text": "Er is nieuws.", "at": NOW}
    return actions.news(workshop(), key=key, **(words | more))


def followed(address: str = YUSUF, *, thing: str = KADE, is_confirmed: bool = True, at: datetime = NOW) -> Follow:
    return actions.follow(workshop(), thing=thing, title="Schone kade", to=address, at=at, is_confirmed=is_confirmed)


def test_the_same_is_told_once_to_each_reader() -> None:
    assert told() == 1
    assert told(subject="Nog eens") == 0
    assert told(to="ander@example.org") == 1
    assert told(to="  YUSUF@example.org ") == 0


def test_the_first_message_of_a_kind_goes_at_once_and_later_ones_in_a_digest() -> None:
    told("a")
    told("b")
    told("c", kind=Kind.ANSWER)
    rows = Message.objects.order_by("key").values_list("is_alone", "due_at")
    assert list(rows) == [(True, NOW), (False, datetime(2026, 5, 13, 8, tzinfo=NOW.tzinfo)), (True, NOW)]


def test_everybody_who_follows_a_thing_is_told_and_nobody_else() -> None:
    followed()
    followed("ander@example.org")
    followed("zei-nog-geen-ja@example.org", is_confirmed=False)
    followed("volgt-iets-anders@example.org", thing="issue:licht")
    assert told(to=KADE) == 2
    assert told(to=KADE) == 0
    readers = Message.objects.filter(key="reply:1").values_list("reader__address", flat=True)
    assert set(readers) == {YUSUF, "ander@example.org"}


def test_followers_in_another_workshop_hear_nothing_of_ours() -> None:
    actions.follow(workshop("elders"), thing=KADE, title="Kade", to=YUSUF, at=NOW, is_confirmed=True)
    assert told(to=KADE) == 0


def test_telling_a_hundred_followers_takes_as_many_queries_as_telling_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(100):
        followed(f"lezer{number}@example.org")
    of = workshop()
    with django_assert_max_num_queries(8):
        made = actions.news(of, key="k", kind=Kind.NEWS, to=KADE, subject="Nieuws", text="Er is nieuws.", at=NOW)
    assert made == 100


def test_a_choice_holds_for_what_waits_and_what_comes_and_is_never_reset() -> None:
    told("a")
    told("b")
    reader = Reader.objects.get()
    actions.choose(reader, kind=Kind.NEWS, pace=Pace.WEEKLY, at=NOW)
    monday = datetime(2026, 5, 18, 8, tzinfo=NOW.tzinfo)
    told("c")
    followed()
    actions.reader_at(workshop(), YUSUF)
    assert set(Message.objects.values_list("due_at", flat=True)) == {monday}
    assert Choice.objects.get().pace == Pace.WEEKLY


def test_unsubscribing_stops_that_kind_only_also_what_still_waited() -> None:
    told("a")
    told("b", kind=Kind.ANSWER)
    token = Reader.objects.get().token
    assert actions.unsubscribe(token, Kind.NEWS, at=NOW)
    told("c")
    told("d", kind=Kind.ANSWER)
    wanted = Message.objects.filter(due_at__isnull=False).order_by("key").values_list("key", flat=True)
    assert list(wanted) == ["b", "d"]
    assert told("c") == 0


def test_unsubscribing_from_everything_stops_every_kind() -> None:
    told()
    actions.unsubscribe(Reader.objects.get().token, at=NOW)
    assert Choice.objects.filter(pace=Pace.OFF).count() == len(Kind)
    assert actions.unsubscribe("niemand", at=NOW) is None


def test_an_address_typed_by_anybody_gets_one_question_and_no_news_before_it_says_yes() -> None:
    followed(is_confirmed=False)
    row = followed(is_confirmed=False, at=NOW + timedelta(minutes=5))
    asked = Message.objects.get()
    assert "zeg ja" in asked.text
    assert told(to=KADE) == 0
    actions.confirm_follow(row, at=NOW)
    actions.confirm_follow(row, at=NOW + timedelta(days=1))
    assert Follow.objects.get().confirmed_at == NOW
    assert told(to=KADE) == 1
    assert Message.objects.get(key="reply:1").is_alone


def test_nobody_can_have_an_address_flooded_with_questions() -> None:
    for number in range(10):
        followed(is_confirmed=False, thing=f"issue:{number}")
    assert Message.objects.count() == actions.MOST_CONFIRMATIONS
    actions.unsubscribe(Reader.objects.get().token, at=NOW)
    followed(is_confirmed=False, thing="issue:later", at=NOW + timedelta(days=3))
    assert Message.objects.count() == actions.MOST_CONFIRMATIONS


@pytest.mark.parametrize(
    "wrong", ["geen adres", "a@b@c", "een@adres\nBcc: allen@example.org", "", "x" * 300 + "@example.org"]
)
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(NoAddress):
        followed(wrong)


def test_a_subject_stays_on_one_line() -> None:
    told(subject="Nieuws\r\nBcc: allen@example.org")
    assert Message.objects.get().subject == "Nieuws Bcc: allen@example.org"


def test_at_most_one_question_a_month_about_one_receipt_over_the_whole_system() -> None:
    def asked(about: str, days: int, key: str = "") -> bool:
        return actions.question(workshop(), about=about, key=key, at=NOW + timedelta(days=days))

    assert asked("voice:1", 0, "verdict:a")
    assert not asked("voice:1", 0, "pause:b")
    assert not asked("voice:1", 30)
    assert asked("voice:2", 0)
    assert not asked("voice:1", 40, "verdict:a")
    assert asked("voice:1", 40, "verdict:c")


def test_who_has_no_mail_gets_a_letter_on_paper_once() -> None:
    reader = actions.reader_on_paper(workshop(), "Bewoner van de tweede verdieping")
    actions.follow(workshop(), thing=KADE, title="Schone kade", to=reader, at=NOW, is_confirmed=True)
    told(to=KADE)
    told("b", to=reader)
    [letter] = queries.on_paper(workshop())
    assert [message.text for message in letter.messages] == ["Er is nieuws.", "Er is nieuws."]
    told("c", to=reader)
    assert actions.hand_over(reader, up_to=letter.up_to, at=NOW) == 2
    assert actions.hand_over(reader, up_to=letter.up_to, at=NOW) == 0
    [rest] = queries.on_paper(workshop())
    assert len(rest.messages) == 1
    assert set(Message.objects.filter(sent_at__isnull=False).values_list("text", flat=True)) == {""}


def test_a_reader_is_forgotten_with_everything() -> None:
    followed()
    told()
    actions.forget_reader(workshop(), address=YUSUF.upper())
    assert not any(table.objects.exists() for table in (Reader, Message, Follow))


def test_two_senders_never_take_the_same_message() -> None:
    told("a")
    told("b")
    rows = list(Message.objects.all())
    assert actions.take(rows[:1], at=NOW)
    assert not actions.take(rows, at=NOW)
    assert Message.objects.get(key="b").taken_at is None


def test_the_tables_refuse_what_was_sent_without_being_taken() -> None:
    told()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(sent_at=NOW)


def test_what_to_follow_cannot_be_made_up() -> None:
    made = queries.follow_url(workshop(), thing=KADE, title="Schone kade", url="/x/")
    signed = made.partition("wat=")[2].replace("%3A", ":")
    assert queries.what_to_follow(workshop(), signed) == (KADE, "Schone kade", "/x/")
    assert queries.what_to_follow(workshop("elders"), signed) is None
    assert queries.what_to_follow(workshop(), signed[:-1]) is None
    assert queries.what_to_follow(workshop(), "zomaar") is None
