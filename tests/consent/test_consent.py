from datetime import date, timedelta

import pytest

from tests.builders import TODAY, workshop
from werkplaats.accounts.actions import put_person
from werkplaats.accounts.models import Person
from werkplaats.consent.actions import put_consent, withdraw
from werkplaats.consent.models import Consent
from werkplaats.consent.queries import people_who_allow
from werkplaats.consent.refusals import AlreadyWithdrawn, NeverGiven
from werkplaats.consent.rules import Channel, Purpose

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor() -> Person:
    return put_person(workshop(), key="noor", name="Noor")


def give(
    person: Person, *, purpose: Purpose = Purpose.SHOW_NAME, wording: str = "Mijn naam mag erbij.", on: date = TODAY
) -> Consent:
    return put_consent(person, purpose=purpose, wording=wording, channel=Channel.TALK, given_on=on)


def test_consent_counts_for_its_own_purpose_only(noor: Person) -> None:
    give(noor)
    assert list(people_who_allow(Purpose.SHOW_NAME, workshop=workshop())) == [noor]
    assert not people_who_allow(Purpose.INTRODUCE, workshop=workshop())
    assert not people_who_allow(Purpose.SHOW_NAME, workshop=workshop("elders"))


def test_withdrawal_works_at_once(noor: Person) -> None:
    give(noor)
    withdraw(noor, purpose=Purpose.SHOW_NAME, on=TODAY)
    assert not people_who_allow(Purpose.SHOW_NAME, workshop=workshop())


def test_withdrawal_is_final_for_that_purpose(noor: Person) -> None:
    give(noor)
    withdraw(noor, purpose=Purpose.SHOW_NAME, on=TODAY)
    with pytest.raises(AlreadyWithdrawn) as refusal:
        give(noor, on=TODAY + timedelta(days=30))
    assert "12-05-2026" in refusal.value.sentence
    give(noor, purpose=Purpose.CONTACT)
    assert not people_who_allow(Purpose.SHOW_NAME, workshop=workshop())


def test_an_older_file_does_not_undo_a_withdrawal(noor: Person) -> None:
    given = give(noor)
    withdraw(noor, purpose=Purpose.SHOW_NAME, on=TODAY + timedelta(days=3))
    assert give(noor) == given
    assert Consent.objects.get().withdrawn_on == TODAY + timedelta(days=3)


def test_the_same_consent_twice_is_one_consent_with_the_last_wording(noor: Person) -> None:
    give(noor)
    give(noor, wording="Mijn voornaam mag erbij.")
    assert Consent.objects.get().wording == "Mijn voornaam mag erbij."


def test_withdrawing_again_keeps_the_first_date(noor: Person) -> None:
    give(noor)
    withdraw(noor, purpose=Purpose.SHOW_NAME, on=TODAY)
    assert withdraw(noor, purpose=Purpose.SHOW_NAME, on=TODAY + timedelta(days=9)).withdrawn_on == TODAY


def test_a_withdrawal_is_never_refused_over_its_date(noor: Person) -> None:
    give(noor)
    assert withdraw(noor, purpose=Purpose.SHOW_NAME, on=TODAY - timedelta(days=9)).withdrawn_on == TODAY


def test_what_was_never_given_cannot_be_withdrawn(noor: Person) -> None:
    with pytest.raises(NeverGiven):
        withdraw(noor, purpose=Purpose.ANALYSE, on=TODAY)
