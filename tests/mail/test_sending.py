import os
import signal
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from tests.builders import workshop
from werkplaats.accounts.models import Person
from werkplaats.consent.actions import put_consent, withdraw
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.kit.claims import work_some
from werkplaats.kit.models import Claim
from werkplaats.mail import actions, queries
from werkplaats.mail.models import Message, Reader
from werkplaats.mail.rules import Kind, Pace
from werkplaats.mail.sweeps import SEND

pytestmark = pytest.mark.django_db
YUSUF = "yusuf@example.org"


class NoServer(EmailBackend):
    """A mail server that is away."""

    def open(self) -> bool:
        raise ConnectionRefusedError


class BrokenServer(EmailBackend):
    """A mail server that falls silent after taking a mail."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise TimeoutError


@pytest.fixture(autouse=True)
def site(settings: Settings) -> None:
    settings.SITE = "https://werkplaats.example.org"


def told(key: str, *, kind: Kind = Kind.NEWS, to: str = YUSUF, days_ago: int = 3, **more: Any) -> None:
    words = {"subject": f"Over {key}", "text": f"Dit gaat over {key}.\n\nTot ziens.", "url": f"/kanaalkwartier/{key}/"}
    actions.news(workshop(), key=key, kind=kind, to=to, at=timezone.now() - timedelta(days=days_ago), **(words | more))


def send() -> list[mail.EmailMultiAlternatives]:
    work_some(SEND)
    return list(mail.outbox)  # type: ignore[arg-type]


def test_the_first_mail_stands_alone_and_the_rest_comes_as_one_digest() -> None:
    told("kade")
    told("licht")
    told("bankje")
    first, digest = send()
    assert first.subject == "Over kade"
    assert digest.subject == "2 berichten van Wijkwerkplaats Kanaalkwartier"
    assert "Dit gaat over licht." in digest.body
    assert "Dit gaat over bankje." in digest.body


def test_a_mail_goes_out_once_however_often_the_sweep_comes_by() -> None:
    told("kade")
    assert len(send()) == len(send()) == 1
    told("kade")
    assert len(send()) == 1


def test_what_was_sent_keeps_its_key_and_loses_its_words() -> None:
    told("kade")
    send()
    row = Message.objects.get()
    assert row.sent_at
    assert (row.key, row.text) == ("kade", "")


def test_plain_text_and_html_say_the_same_and_every_link_is_whole() -> None:
    told("kade", text="Regel een & twee.\n\n<script>alert(1)</script>")
    [sent] = send()
    [(rich, kind)] = sent.alternatives
    assert kind == "text/html"
    assert "Regel een & twee." in sent.body
    assert "Regel een &amp; twee." in str(rich)
    assert "<script>" not in str(rich)
    assert "https://werkplaats.example.org/kanaalkwartier/kade/" in sent.body
    assert 'href="https://werkplaats.example.org/kanaalkwartier/kade/"' in str(rich)


def test_every_mail_can_be_stopped_with_one_click_per_kind() -> None:
    told("kade")
    token = Reader.objects.get().token
    [sent] = send()
    stop = f"https://werkplaats.example.org/kanaalkwartier/post/{token}/uit/news/"
    assert sent.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in sent.body


def test_each_kind_comes_in_a_digest_of_its_own_that_one_click_stops() -> None:
    told("kade")
    told("x", kind=Kind.ANSWER)
    for name in ("licht", "bankje"):
        told(name)
        told(f"antwoord-{name}", kind=Kind.ANSWER)
    news, answers = send()[-2:]
    for digest, ours, other in ((news, "news", "answer"), (answers, "answer", "news")):
        assert digest.extra_headers["List-Unsubscribe"].endswith(f"/uit/{ours}/>")
        assert f"/uit/{other}/" not in digest.body


def test_somebody_reads_in_their_own_language() -> None:
    told("kade", language="en")
    assert Reader.objects.get().language == "en"
    assert 'lang="en"' in str(send()[0].alternatives[0][0])


def test_what_is_not_yet_due_waits() -> None:
    told("kade")
    told("licht", days_ago=0)
    assert [sent.subject for sent in send()] == ["Over kade"]


def test_who_unsubscribed_gets_nothing_that_was_waiting() -> None:
    told("kade")
    actions.choose(Reader.objects.get(), kind=Kind.NEWS, pace=Pace.OFF, at=timezone.now())
    assert send() == []


def yusuf(*purposes: Purpose) -> Person:
    """Yusuf as a person of the workshop, who allows these."""
    person = Person.objects.create(
        workshop=workshop(), key="yusuf", name="Yusuf", sort_name="yusuf", email="Yusuf@Example.org"
    )
    for purpose in purposes:
        put_consent(person, purpose=purpose, wording="Ja.", channel=Channel.TALK, given_on=date(2026, 1, 1))
    return person


@pytest.mark.parametrize("taken_back", [Purpose.CONTACT, Purpose.INTRODUCE, Purpose.KEEP])
def test_who_takes_consent_back_after_a_mail_was_recorded_does_not_get_it(taken_back: Purpose) -> None:
    person = yusuf(Purpose.KEEP, Purpose.CONTACT, Purpose.INTRODUCE)
    told("vraag", kind=Kind.INTRODUCE, rests_on=[Purpose.CONTACT, Purpose.INTRODUCE])
    told("antwoord", kind=Kind.ANSWER)  # they asked for this themselves
    withdraw(person, purpose=taken_back, on=timezone.localdate())
    assert [each.subject for each in send()] == ["Over antwoord"]
    assert not Message.objects.filter(key="vraag").exists()  # its words and its code are gone too
    assert not Claim.objects.exclude(error="").exists()


def test_who_still_allows_it_gets_the_mail_that_rests_on_it() -> None:
    person = yusuf(Purpose.CONTACT, Purpose.SHOW_NAME)
    told("vraag", rests_on=[Purpose.CONTACT])
    withdraw(person, purpose=Purpose.SHOW_NAME, on=timezone.localdate())  # about something else
    assert [each.subject for each in send()] == ["Over vraag"]


def test_a_mail_that_rests_on_consent_goes_to_nobody_who_is_not_on_record_any_more() -> None:
    person = yusuf(Purpose.CONTACT)
    told("vraag", rests_on=[Purpose.CONTACT])
    person.delete()
    assert send() == []


def test_letters_on_paper_are_never_mailed() -> None:
    actions.news(
        workshop(),
        key="k",
        kind=Kind.NEWS,
        to=actions.reader_on_paper(workshop(), "Bewoner"),
        subject="s",
        text="t",
        at=timezone.now(),
    )
    assert send() == []


def test_without_a_mail_server_nothing_is_lost_and_it_is_tried_later(settings: Settings) -> None:
    told("kade")
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.NoServer"
    for _ in range(10):
        assert send() == []
    row = Message.objects.get()
    assert row.taken_at is None
    assert row.due_at
    assert row.due_at > timezone.now()
    settings.EMAIL_BACKEND = usual
    Message.objects.update(due_at=timezone.now())
    assert len(send()) == 1


def test_a_mail_that_may_have_arrived_is_not_sent_again(settings: Settings) -> None:
    told("kade")
    told("licht")
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"
    assert [sent.subject for sent in send()] == ["Over kade"]
    settings.EMAIL_BACKEND = usual
    Message.objects.filter(taken_at=None).update(due_at=timezone.now())
    assert [sent.subject for sent in send()] == ["Over kade", "Over licht"]
    assert queries.unsure(workshop(), before=timezone.now() + timedelta(seconds=1)) == 1


def test_the_same_messages_have_the_same_number_in_every_mailbox() -> None:
    told("kade")
    told("kade", to="ander@example.org")
    numbers = {sent.extra_headers["Message-ID"] for sent in send()}
    assert len(numbers) == 2
    assert all(number.endswith("@werkplaats.example.org>") for number in numbers)


class KilledBefore(EmailBackend):
    """The process is killed when it is about to hand a mail to the server."""

    def send_messages(self, messages: Any) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return 0


class KilledAway(EmailBackend):
    """The process is killed before it took anything in hand."""

    def open(self) -> bool:
        os.kill(os.getpid(), signal.SIGKILL)
        return True


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("backend", "sent", "is_unsure"), [("KilledBefore", 0, 1), ("KilledAway", 1, 0)])
def test_a_mail_goes_out_at_most_once_also_when_its_sender_is_killed(
    backend: str, sent: int, is_unsure: int, settings: Settings
) -> None:
    """Killed between recording and sending: it may have arrived, so it is not sent again. Killed before: it goes out once."""
    told("herinnering", kind=Kind.REMINDER)
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.{backend}"
    connection.close()
    if (child := os.fork()) == 0:
        work_some(SEND)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    settings.EMAIL_BACKEND = usual
    Claim.objects.update(beat_at=timezone.now() - timedelta(days=1))
    told("herinnering", kind=Kind.REMINDER)
    for _ in range(3):
        work_some(SEND)
    assert len(mail.outbox) == sent
    assert queries.unsure(workshop(), before=timezone.now() + timedelta(seconds=1)) == is_unsure
    assert Message.objects.count() == 1
