"""Who said something is reminded a week before its day: once, and only where they allow it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests import builders
from tests.asks.street import ask, draft, voice
from tests.promises import table
from werkplaats.accounts.models import Person
from werkplaats.asks import actions as asks
from werkplaats.consent.actions import put_consent, withdraw
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.kit.claims import work_some
from werkplaats.mail.actions import drop_unallowed, unsubscribe
from werkplaats.mail.models import Message, Reader
from werkplaats.mail.rules import Kind as MailKind
from werkplaats.neighbourhoods.actions import put_membership
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises import actions
from werkplaats.promises.rules import Kind
from werkplaats.promises.sweeps import REMIND

pytestmark = pytest.mark.django_db
WEEK_BEFORE = table.NOW
DAY = date(2026, 5, 19)


def works_for(party: Party, *, language: str = "nl") -> str:
    key = f"mens-{Person.objects.count()}"
    person = Person.objects.create(
        workshop=party.workshop, key=key, name=key, sort_name=key, email=f"{key}@example.org", language=language
    )
    put_membership(party, person=person, role="lid")
    put_consent(person, purpose=Purpose.CONTACT, wording="Ja", channel=Channel.PAPER, given_on=builders.TODAY)
    return person.email


def reminded(*, at: datetime = WEEK_BEFORE) -> list[str]:
    """What is told by one look, in words."""
    before = set(Message.objects.values_list("pk", flat=True))
    actions.remind(builders.workshop(), at=at)
    rows = Message.objects.exclude(pk__in=before)
    assert {row.kind for row in rows} <= {MailKind.REMINDER.value}
    return [row.text for row in rows.order_by("pk")]


def test_a_promise_whose_day_comes_within_a_week_is_told_to_its_maker_once() -> None:
    row = table.promise(due_on=DAY)
    works_for(row.maker)
    assert reminded(at=WEEK_BEFORE - timedelta(days=1)) == []
    (words,) = reminded()
    assert row.wording in words
    assert "19 mei 2026" in words
    assert reminded(at=WEEK_BEFORE + timedelta(days=3)) == []
    actions.extend(row, due_on=DAY + timedelta(days=1), reason="Een dag later.", at=WEEK_BEFORE)
    assert len(reminded(at=WEEK_BEFORE + timedelta(days=3))) == 1


@pytest.mark.parametrize("changes", [{"kind": Kind.NO}, {"due_on": None}, {"due_on": DAY + timedelta(days=30)}])
def test_what_is_not_due_soon_reminds_nobody(changes: dict[str, Any]) -> None:
    works_for(table.promise(**changes).maker)
    assert reminded() == []


def test_what_is_done_or_has_no_yes_reminds_nobody() -> None:
    works_for(table.done(due_on=DAY).maker)
    table.draft(due_on=DAY)
    assert reminded() == []


def test_an_ask_is_told_until_something_came_back() -> None:
    row = ask(answer_by=DAY)
    draft("Nog niet gesteld", answer_by=DAY, asker=row.asker)
    assert row.asker is not None
    works_for(row.asker)
    (words,) = reminded()
    assert row.title in words
    asks.give_back(row, text="Hier is het.", party=row.asker, at=WEEK_BEFORE)
    works_for(row.asker)
    assert reminded() == []


def test_whoever_said_to_come_back_is_told_without_the_words_or_how_many() -> None:
    row, team = ask(), table.party("Wijkteam")
    works_for(team)
    for number in range(3):
        given = voice(f"Geheim {number}.", to=row)
        asks.come_back(given, on=DAY, today=builders.TODAY, by=team)
    (words,) = reminded()
    assert row.title in words
    assert "Geheim" not in words
    assert "3" not in words


def test_everybody_reads_it_in_their_own_language() -> None:
    row = table.promise(due_on=DAY)
    works_for(row.maker, language="en")
    assert reminded()[0].startswith("You promised")


def test_who_does_not_allow_contact_or_said_no_to_reminders_gets_none() -> None:
    row = table.promise(due_on=DAY)
    works_for(row.maker)
    withdraw(Person.objects.get(), purpose=Purpose.CONTACT, on=builders.TODAY)
    assert reminded() == []
    works_for(row.maker)
    reminded()
    reader = Reader.objects.get()
    unsubscribe(reader.token, MailKind.REMINDER, at=WEEK_BEFORE)
    assert Message.objects.get().due_at is None


def test_who_withdraws_consent_before_it_goes_out_gets_neither_the_reminder_nor_the_question() -> None:
    receiver = table.party("De Lange Tafel")
    row, done = table.promise(due_on=DAY), table.done(parties=(receiver,))
    addresses = {works_for(row.maker), works_for(receiver)}
    reminded()
    actions.ask_receivers(done, at=WEEK_BEFORE + timedelta(days=31))
    waiting = list(Message.objects.select_related("reader", "workshop"))
    assert {(one.kind, one.reader.address) for one in waiting} == set(
        zip(("reminder", "question"), sorted(addresses), strict=True)
    )
    assert drop_unallowed(waiting) == waiting
    for person in Person.objects.all():
        withdraw(person, purpose=Purpose.CONTACT, on=builders.TODAY)
    assert drop_unallowed(waiting) == []
    assert not Message.objects.exists()


def test_each_workshop_looks_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    row = table.promise(due_on=DAY)
    works_for(row.maker)
    now = WEEK_BEFORE
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    assert (work_some(REMIND), work_some(REMIND)) == (1, 0)
    assert Message.objects.count() == 1
    now = WEEK_BEFORE + timedelta(days=1)
    assert work_some(REMIND) == 1
    assert Message.objects.count() == 1
