"""A party takes over its own entry: asked for, decided by a human, and then told by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import TODAY, account, party, workshop
from werkplaats.accounts.actions import put_person
from werkplaats.accounts.models import Account, Person, Role
from werkplaats.accounts.rules import RoleName
from werkplaats.consent.models import Consent
from werkplaats.mail.models import Message
from werkplaats.neighbourhoods.actions import put_double, put_membership, put_party
from werkplaats.neighbourhoods.actions.taking_over import confirm, refuse, take_over, tell_own
from werkplaats.neighbourhoods.models import Membership, Party, TakeOver
from werkplaats.neighbourhoods.queries.people import representatives
from werkplaats.neighbourhoods.queries.taking_over import take_overs
from werkplaats.neighbourhoods.refusals import ManyAskAlready, NotAgain, TakeOverDecided
from werkplaats.neighbourhoods.rules import MOST_OPEN, PartyKind, Verdict

AT = datetime(2026, 5, 12, 9, tzinfo=UTC)
SAID = {"name": "Gerda Postma", "role": "penningmeester", "wording": "Ik spreek voor deze partij.", "at": AT}

pytestmark = pytest.mark.django_db


def asked(email: str = "gerda@example.org", *, of: Party | None = None) -> TakeOver:
    return take_over(of or Party.objects.first() or party(), email=email, **SAID)  # type: ignore[arg-type]


def test_a_yes_makes_somebody_speak_for_their_party_with_the_consent_that_they_gave() -> None:
    confirm(asked("Gerda@Example.org"), at=AT, today=TODAY)
    person = Person.objects.get()
    assert (person.name, person.email, person.account) == ("Gerda Postma", "gerda@example.org", Account.objects.get())
    assert Role.objects.get().name == RoleName.PARTY
    assert {(one.purpose, one.channel, one.wording) for one in Consent.objects.all()} == {
        ("keep", "web", SAID["wording"]),
        ("contact", "web", SAID["wording"]),
    }
    assert Membership.objects.get().role == "penningmeester"
    assert "De Lange Tafel" in Message.objects.get().subject


def test_a_no_is_remembered_and_the_person_is_not() -> None:
    row = refuse(asked(), at=AT, reason="Niet bekend bij deze groep.")
    assert (row.name, row.email, row.words) == ("", "", "")
    with pytest.raises(NotAgain):
        asked("GERDA@example.org")
    assert not Person.objects.exists()
    assert asked("omar@example.org").state == "open"


def test_asking_twice_is_one_question_and_a_crowd_waits_for_a_human() -> None:
    assert asked() == asked()
    for number in range(MOST_OPEN - 1):
        asked(f"iemand{number}@example.org")
    with pytest.raises(ManyAskAlready):
        asked("nog-een@example.org")


def test_two_coordinators_decide_once() -> None:
    row = asked()
    confirm(row, at=AT, today=TODAY)
    with pytest.raises(TakeOverDecided):
        refuse(row, at=AT)
    assert Membership.objects.count() == 1


def test_what_a_party_told_itself_is_not_changed_by_a_list_of_another() -> None:
    row = party()
    told = tell_own(row, facts={"address": "Kade 3", "introductions_per_month": 1}, at=AT, today=TODAY)
    assert told == ("address", "introductions_per_month")
    put_party(
        row.workshop,
        key=row.key,
        name=row.name,
        kind=PartyKind.INITIATIVE,
        at=AT,
        address="Elders",
        description="Wij koken.",
    )
    row.refresh_from_db()
    assert (row.address, row.introductions_per_month, row.description) == ("Kade 3", 1, "Wij koken.")
    assert tell_own(row, facts={"address": "Kade 5"}, at=AT, today=TODAY + timedelta(days=1)) == ("address",)
    row.refresh_from_db()
    assert row.address == "Kade 5"


def test_somebody_asks_on_the_page_of_the_party_and_the_coordinator_says_yes(client: Client) -> None:
    row = party()
    page = reverse("neighbourhoods:take_over", args=["kanaalkwartier", row.key])
    form = {"name": "Gerda", "email": "gerda@example.org", "role": "lid", "words": "We zaten samen aan tafel."}
    assert client.post(page, form).status_code == 422
    assert not TakeOver.objects.exists()
    client.post(page, form | {"agrees": "on"})
    desk = reverse("neighbourhoods:take_overs", args=["kanaalkwartier"])
    assert client.get(desk).status_code == 302
    coordinator = Client()
    coordinator.force_login(account(RoleName.COORDINATOR))
    assert "gerda@example.org" in coordinator.get(desk).content.decode()
    assert (
        "gerda@example.org" not in client.get(reverse("pages:party", args=["kanaalkwartier", row.key])).content.decode()
    )
    key = TakeOver.objects.get().key
    coordinator.post(reverse("neighbourhoods:decide_take_over", args=["kanaalkwartier", key]), {"woord": "ja"})
    client.force_login(Account.objects.get(email="gerda@example.org"))
    own = reverse("neighbourhoods:tell_own", args=["kanaalkwartier", row.key])
    client.post(own, {"address": "Kade 3", "website": "delangetafel.nl", "introductions_per_month": "3"})
    shown = client.get(reverse("pages:party", args=["kanaalkwartier", row.key])).content.decode()
    assert "Kade 3" in shown
    assert "https://delangetafel.nl" in shown
    assert "Volgens henzelf" in shown
    assert "Nu liever niet" in shown


def test_who_has_no_mail_address_is_sent_to_the_coordinator_who_can_indeed_tell_it_with_them(client: Client) -> None:
    row = party()
    page = reverse("neighbourhoods:take_over", args=["kanaalkwartier", row.key])
    assert "Heb je geen mailadres?" in client.get(page).content.decode()
    form = {"name": "Gerda", "email": "", "role": "lid", "words": "", "agrees": "on"}
    assert client.post(page, form).status_code == 422
    assert not TakeOver.objects.exists()
    assert not Message.objects.exists()
    client.force_login(account(RoleName.COORDINATOR))
    own = reverse("neighbourhoods:tell_own", args=["kanaalkwartier", row.key])
    shown = client.get(reverse("pages:party", args=["kanaalkwartier", row.key])).content.decode()
    assert own in shown
    client.post(own, {"address": "Kade 3", "introductions_per_month": "2"})
    row.refresh_from_db()
    assert row.address == "Kade 3"


def test_nobody_edits_or_decides_for_another_party_or_workshop(client: Client) -> None:
    row, other = party(), party("Een ander")
    client.force_login(account(RoleName.PARTY))
    for key in (row.key, other.key):
        assert client.get(reverse("neighbourhoods:tell_own", args=["kanaalkwartier", key])).status_code == 404
    assert client.get(reverse("neighbourhoods:take_overs", args=["kanaalkwartier"])).status_code == 403
    client.force_login(account(RoleName.COORDINATOR, of=workshop("zuid")))
    waits = asked(of=row)
    assert client.post(reverse("neighbourhoods:decide_take_over", args=["zuid", waits.key])).status_code == 404
    assert (
        client.post(reverse("neighbourhoods:decide_take_over", args=["kanaalkwartier", waits.key])).status_code == 403
    )
    assert client.post(reverse("neighbourhoods:take_over", args=["zuid", row.key])).status_code == 404


def two_names() -> tuple[Party, Party]:
    """A party under two names that nobody knows to be one yet."""
    return party("Buurtploeg"), party("Bewonersploeg")


def one_party(stays: Party, other: Party) -> None:
    put_double(stays, party_b=other, verdict=Verdict.SAME, stays=stays)
    for row in (stays, other):
        row.refresh_from_db()


def test_a_no_under_one_name_is_a_no_under_the_other() -> None:
    stays, other = two_names()
    refuse(asked(of=other), at=AT)
    one_party(stays, other)
    with pytest.raises(NotAgain):
        asked(of=stays)


def test_what_was_asked_under_one_name_is_the_same_question_under_the_other() -> None:
    stays, other = two_names()
    first = asked(of=other)
    one_party(stays, other)
    assert asked(of=stays) == first
    for number in range(1, MOST_OPEN):
        asked(f"iemand{number}@example.org", of=other)
    with pytest.raises(ManyAskAlready):
        asked("nog-een@example.org", of=stays)


def test_who_asked_under_another_name_speaks_for_the_one_that_stays_and_for_its_own_when_undone() -> None:
    stays, other = two_names()
    row = asked(of=other)
    put_membership(stays, person=put_person(workshop(), key="noor", name="Noor"), role="lid")
    one_party(stays, other)
    (line,) = take_overs(workshop())
    assert (line.party.name, line.members) == (stays.name, 1)
    person = confirm(row, at=AT, today=TODAY)
    assert "Buurtploeg" in Message.objects.get().subject
    assert list(representatives(stays, allowing=[])) == [person]
    put_double(stays, party_b=other, verdict=Verdict.DIFFERENT, stays=None)
    assert list(representatives(Party.objects.get(pk=other.pk), allowing=[])) == [person]
