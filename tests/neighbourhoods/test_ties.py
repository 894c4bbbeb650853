from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from werkplaats.accounts.models import Account, Person
from werkplaats.accounts.rules import RoleName
from werkplaats.consent.actions import put_consent
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.mail.models import Message
from werkplaats.neighbourhoods import actions, queries, refusals
from werkplaats.neighbourhoods.actions.ties import no_longer, report
from werkplaats.neighbourhoods.models import Party, Tie
from werkplaats.neighbourhoods.queries.between import own_ties, ties
from werkplaats.neighbourhoods.records import OwnTie, TieLine
from werkplaats.neighbourhoods.rules import TieKind, Verdict

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
TODAY = date(2026, 5, 12)


def said(party: Party, other: Party, *, on: date = TODAY) -> Tie:
    return report(party, other=other, kind=TieKind.KNOWS, at=NOW, today=on)


def over(party: Party, other: Party) -> None:
    no_longer(party, other=other, kind=TieKind.KNOWS, at=NOW, today=TODAY)


def line() -> TieLine:
    (found,) = ties(workshop=builders.workshop(), today=TODAY)
    return found


def own(party: Party) -> OwnTie:
    record = queries.party(workshop=builders.workshop(), key=party.key)
    assert record is not None
    (found,) = own_ties(record, workshop=builders.workshop(), today=TODAY)
    return found


def member(party: Party, email: str = "lid@example.org", *, allows: tuple[Purpose, ...] = ()) -> Account:
    account = Account.objects.filter(email=email).first() or builders.account(RoleName.PARTY, email=email)
    person = Person.objects.create(
        workshop=party.workshop, key=email.partition("@")[0], name="Lid", sort_name="lid", email=email, account=account
    )
    for purpose in allows:
        put_consent(person, purpose=purpose, wording="Ja.", channel=Channel.TALK, given_on=TODAY)
    actions.put_membership(party, person=person, role="lid")
    return account


def test_a_tie_counts_half_until_the_other_end_says_so_too() -> None:
    a, b = builders.party("A"), builders.party("B")
    said(a, b)
    assert not line().is_confirmed
    assert own(b).asks
    said(b, a)
    assert line().is_confirmed
    assert Tie.objects.count() == 1


def test_saying_it_again_renews_when_it_was_seen_and_keeps_since_when() -> None:
    a, b = builders.party("A"), builders.party("B")
    report(a, other=b, kind=TieKind.KNOWS, since=date(2020, 1, 1), at=NOW, today=date(2024, 1, 1))
    assert line().has_faded
    said(a, b)
    assert (line().has_faded, line().since, line().last_seen) == (False, date(2020, 1, 1), TODAY)


def test_who_says_it_is_over_no_longer_counts_and_the_other_end_still_does() -> None:
    a, b = builders.party("A"), builders.party("B")
    said(a, b)
    said(b, a)
    over(a, b)
    assert (line().is_confirmed, line().has_faded, line().reported_by) == (False, False, ("B",))
    over(b, a)
    assert line().has_faded
    said(a, b)  # after all
    assert (line().has_faded, line().reported_by) == (False, ("A",))


def test_what_an_event_showed_fades_when_an_end_says_it_is_over() -> None:
    a, b = builders.party("A"), builders.party("B")
    actions.put_tie(a, party_b=b, kind=TieKind.KNOWS, shown_by="tafel van mei")
    assert line().is_confirmed
    over(b, a)
    assert (line().is_confirmed, line().has_faded) == (False, True)


def test_a_tie_that_is_not_there_cannot_be_over_and_nobody_is_tied_to_themselves() -> None:
    a, b = builders.party("A"), builders.party("B")
    with pytest.raises(refusals.NoSuchTie):
        over(a, b)
    actions.put_double(a, party_b=b, verdict=Verdict.SAME, stays=a)
    b.refresh_from_db()
    with pytest.raises(refusals.SameParty):
        said(a, b)


def test_entries_of_one_party_speak_for_each_other() -> None:
    a, alias, b = builders.party("Lange Tafel"), builders.party("Tafel"), builders.party("Wijkteam")
    actions.put_tie(alias, party_b=b, kind=TieKind.KNOWS, reported_by=[alias, b])
    actions.put_double(a, party_b=alias, verdict=Verdict.SAME, stays=a)
    alias.refresh_from_db()
    over(a, b)
    assert (line().is_confirmed, line().reported_by) == (False, ("Wijkteam",))
    said(alias, b)
    assert line().is_confirmed
    assert Tie.objects.count() == 1


def test_the_other_end_hears_of_it_once_if_it_allows_mail() -> None:
    a, b = builders.party("A"), builders.party("B")
    member(b, allows=(Purpose.CONTACT,))
    member(b, "zonder@example.org")
    said(a, b)
    said(a, b)
    (message,) = Message.objects.all()
    assert message.reader.address == "lid@example.org"
    assert message.url == reverse("neighbourhoods:own_ties", args=["kanaalkwartier", "b"])


def page(key: str) -> str:
    return reverse("neighbourhoods:own_ties", args=["kanaalkwartier", key])


def test_a_member_adds_confirms_and_ends_the_ties_of_their_own_party(client: Client) -> None:
    a, b = builders.party("A"), builders.party("B")
    said(b, a)
    client.force_login(member(a))
    assert "Klopt dit?" in client.get(page("a")).content.decode()
    assert client.post(page("a"), {"act": "so:knows:b"}).status_code == 302
    assert line().is_confirmed
    client.post(page("a"), {"act": "over:knows:b"})
    assert line().reported_by == ("B",)
    client.post(page("a"), {"other": "b", "kind": "funds", "since": "2025-01-01"})
    assert Tie.objects.get(kind="funds").reported_by_a
    assert client.post(page("a"), {"other": "", "kind": "funds"}).status_code == 422
    assert client.post(page("a"), {"act": "anders:knows:b"}).status_code == 404


def test_the_ties_of_another_party_are_not_ours_to_keep(client: Client) -> None:
    a, b = builders.party("A"), builders.party("B")
    said(b, a)
    assert client.get(page("b")).status_code == 302
    client.force_login(member(a))
    assert client.get(page("b")).status_code == 403
    assert client.post(page("b"), {"act": "over:knows:a"}).status_code == 403
    assert client.get(page("nergens")).status_code == 404


def test_who_belongs_to_a_double_keeps_the_ties_of_the_party_that_stays(client: Client) -> None:
    a, alias = builders.party("A"), builders.party("Alias")
    account = member(alias)
    actions.put_double(a, party_b=alias, verdict=Verdict.SAME, stays=a)
    client.force_login(account)
    assert client.get(page("alias")).headers["Location"] == page("a")
    mine = client.get(reverse("neighbourhoods:my_ties", args=["kanaalkwartier"]))
    assert mine.headers["Location"] == page("a")
