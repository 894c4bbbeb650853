from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import builders
from tests.dependence.row import member, person, posted
from werkplaats.accounts.models import Person
from werkplaats.accounts.rules import RoleName
from werkplaats.consent.actions import withdraw
from werkplaats.consent.models import Consent
from werkplaats.consent.rules import Purpose
from werkplaats.issues.models import Issue, IssueNeed
from werkplaats.kit.claims import work_some
from werkplaats.neighbourhoods import refusals
from werkplaats.neighbourhoods.actions import needs as actions
from werkplaats.neighbourhoods.models import Need
from werkplaats.neighbourhoods.rules import NeedKind
from werkplaats.neighbourhoods.rules.needs import LONGEST, OWN, Ending
from werkplaats.neighbourhoods.sweeps import NEEDS_OVER
from werkplaats.search.models import Entry
from werkplaats.workshops.models import Area

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
TODAY = date(2026, 5, 12)


def address(name: str, *more: object) -> str:
    return reverse(f"neighbourhoods:{name}", args=["kanaalkwartier", *more])


def signed_in(role: RoleName, email: str = "") -> Client:
    client = Client()
    client.force_login(builders.account(role, email=email))
    return client


def page(client: Client, name: str, *more: object, **asked: str) -> str:
    return client.get(address(name, *more), asked).content.decode()


TYPED = {"kind": "need", "text": "Een zaal voor veertig eters.", "once": "abc"}


def test_somebody_of_a_party_asks_in_its_own_words_and_everybody_finds_it(client: Client) -> None:
    party = builders.party("Keuken")
    asker = Client()
    asker.force_login(member(party, "Gerda"))
    typed = {**TYPED, "party": "keuken", "text": "  Bir salon arıyoruz, kırk kişi için. "}
    answer = asker.post(address("post_need"), typed)
    need = Need.objects.get()
    assert answer.headers["Location"] == address("need", need.key)
    assert (need.text, need.language, need.party, need.since) == (
        *("Bir salon arıyoruz, kırk kişi için.", "tr", party),
        timezone.localdate(),
    )
    assert need.text in page(client, "needs")
    assert 'lang="tr" dir="auto"' in page(client, "need", need.key)
    assert Entry.objects.get(kind="need").text == need.text
    asker.post(address("post_need"), typed)
    assert Need.objects.count() == 1, "a button pressed twice asks once"


def test_a_helper_types_in_for_a_party_and_somebody_of_another_party_cannot() -> None:
    builders.party("Keuken")
    helper = signed_in(RoleName.HELPER)
    assert helper.post(address("post_need"), {**TYPED, "party": "keuken"}).status_code == 302
    other = Client()
    other.force_login(member(builders.party("Koor"), "Omar"))
    assert other.post(address("post_need"), {**TYPED, "party": "keuken", "once": "b"}).status_code == 422
    assert Need.objects.count() == 1
    assert Client().get(address("post_need")).status_code == 302
    outsider = Client()
    outsider.force_login(builders.account())
    assert outsider.get(address("post_need")).status_code == 403


def test_a_person_asks_for_themselves_only_with_their_own_yes(client: Client) -> None:
    resident = signed_in(RoleName.RESIDENT, "fatma@example.org")
    typed = {**TYPED, "party": "mij", "name": "Fatma"}
    refused = resident.post(address("post_need"), typed)
    assert refused.status_code == 422
    assert "Dit kan alleen met je toestemming." in refused.content.decode()
    assert not Person.objects.exists()
    assert resident.post(address("post_need"), {**typed, "agrees": "on"}).status_code == 302
    need = Need.objects.get()
    assert need.person
    assert need.person.name == "Fatma"
    assert Consent.objects.filter(person=need.person).count() == 3
    shown = page(client, "need", need.key)
    assert "Een bewoner" in shown
    assert "Fatma" not in shown
    assert not Entry.objects.exists(), "what a person asks stands in no index"
    withdraw(need.person, purpose=Purpose.KEEP, on=timezone.localdate())
    assert client.get(address("need", need.key)).status_code == 404, "at once"
    assert need.text not in page(client, "needs")
    assert work_some(NEEDS_OVER) == 1
    assert Need.objects.get().ending == Ending.WITHDRAWN


def test_a_name_stands_beside_it_only_where_the_person_wants_that(client: Client) -> None:
    posted(person("Fatma"), NeedKind.OFFER, "Ik kan naaien en wil het leren.")
    posted(person("Karim", allows=OWN), NeedKind.OFFER, "Ik kan fietsen maken.")
    shown = page(client, "needs")
    assert "Fatma" in shown
    assert "Karim" not in shown


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": " "}, refusals.NoWords),
        ({"text": "x" * (LONGEST + 1)}, refusals.TooManyWords),
        ({"until": TODAY - timedelta(days=1)}, refusals.AlreadyOver),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_kept(wrong: dict[str, Any], told: type[Exception]) -> None:
    said: dict[str, Any] = {"text": "Een zaal", "at": NOW, "today": TODAY} | wrong
    with pytest.raises(told):
        posted(builders.party(), NeedKind.NEED, **said)
    assert not Need.objects.exists()


def test_a_form_says_what_is_wrong() -> None:
    builders.party("Keuken")
    helper = signed_in(RoleName.HELPER)
    late = {**TYPED, "party": "keuken", "until": "2020-01-01"}
    answer = helper.post(address("post_need"), late)
    assert answer.status_code == 422
    assert "Deze dag is al voorbij." in answer.content.decode()
    assert helper.post(address("post_need"), {**TYPED, "party": ""}).status_code == 422
    assert not Need.objects.exists()


def test_its_own_party_ends_it_and_opens_it_again_and_nobody_else_does() -> None:
    party = builders.party("Keuken")
    need = posted(party, NeedKind.NEED, "Een zaal")
    own, other = Client(), Client()
    own.force_login(member(party, "Gerda"))
    other.force_login(member(builders.party("Koor"), "Omar"))
    assert other.post(address("end_need", need.key), {"act": "met"}).status_code == 403
    assert own.post(address("end_need", need.key), {"act": "x"}).status_code == 400
    own.post(address("end_need", need.key), {"act": "met"})
    assert Need.objects.get().ending == Ending.MET
    assert not Entry.objects.filter(kind="need").exists()
    with pytest.raises(refusals.NeedEnded):
        actions.end_need(need, ending=Ending.WITHDRAWN, at=NOW, today=TODAY)
    own.post(address("end_need", need.key), {"act": "again"})
    assert Need.objects.open().count() == 1
    assert Entry.objects.filter(kind="need").exists()


def test_what_is_over_its_date_ends_by_itself() -> None:
    party = builders.party()
    posted(party, NeedKind.NEED, "Een zaal", until=timezone.localdate())
    late = posted(party, NeedKind.NEED, "Een ton", until=timezone.localdate())
    Need.objects.filter(pk=late.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert work_some(NEEDS_OVER) == 1
    assert [need.text for need in Need.objects.open()] == ["Een zaal"]
    assert work_some(NEEDS_OVER) == 0


def test_a_moderator_hides_it_with_a_reason_that_its_party_reads(client: Client) -> None:
    party = builders.party("Keuken")
    need = posted(party, NeedKind.NEED, "Bel mij op 06")
    moderator = signed_in(RoleName.MODERATOR)
    moderator.post(address("hide_need", need.key), {"reason": "  "})
    assert Need.objects.open().exists(), "not without a reason"
    moderator.post(address("hide_need", need.key), {"reason": "Er staat een nummer in."})
    assert client.get(address("need", need.key)).status_code == 404
    assert need.text not in page(client, "needs")
    assert need.text not in page(client, "needs", staat="hidden"), "only the team finds what is hidden"
    assert need.text in page(moderator, "needs", staat="hidden")
    assert not Entry.objects.exists()
    own = Client()
    own.force_login(member(party, "Gerda"))
    assert "Er staat een nummer in." in page(own, "need", need.key)
    assert signed_in(RoleName.RESIDENT).post(address("hide_need", need.key), {"reason": "x"}).status_code == 403
    moderator.post(address("hide_need", need.key), {"act": "show"})
    assert client.get(address("need", need.key)).status_code == 200


def test_the_filters_stand_in_the_address_and_the_file_holds_what_is_seen(client: Client) -> None:
    home = builders.workshop()
    outer = Area.objects.create(workshop=home, code="K", name="Kanaal")
    inner = Area.objects.create(workshop=home, code="K1", name="Kade", parent=outer)
    party = builders.party("Keuken")
    theme = builders.theme("Wonen")
    posted(party, NeedKind.NEED, "Een zaal", area=inner, theme=theme, language="nl")
    posted(party, NeedKind.OFFER, "=two barrels", language="en")
    for asked, seen in (
        ({"soort": "need"}, {"Een zaal"}),
        ({"gebied": "K"}, {"Een zaal"}),
        ({"thema": "wonen"}, {"Een zaal"}),
        ({"taal": "en"}, {"=two barrels"}),
        ({"tekst": "zaal"}, {"Een zaal"}),
        ({"staat": "met"}, set()),
        ({"soort": "x"}, {"Een zaal", "=two barrels"}),
    ):
        shown = page(client, "needs", **asked)
        assert {text for text in ("Een zaal", "=two barrels") if text in shown} == seen, asked
        file = page(client, "needs_csv", **asked)
        assert len(file.splitlines()) == 1 + len(seen)
    assert "'=two barrels" in page(client, "needs_csv"), "no spreadsheet reads it as a formula"


def test_a_list_asks_the_database_the_same_number_of_times_however_long_it_is(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    party = builders.party()
    for number in range(60):
        posted(party, NeedKind.NEED, f"Zaal {number}")
    with django_assert_max_num_queries(20):
        assert "Bladzijde 1 van 2" in page(client, "needs")


def test_its_own_party_says_to_which_issue_it_belongs(client: Client) -> None:
    party = builders.party("Keuken")
    need = posted(party, NeedKind.NEED, "Een zaal")
    for key in ("zalen", "kou"):
        Issue.objects.create(workshop=party.workshop, key=key, name=key, sort_name=key, state="accepted")
    here = reverse("issues:need_issue", args=["kanaalkwartier", need.key])
    own, other = Client(), Client()
    own.force_login(member(party, "Gerda"))
    other.force_login(member(builders.party("Koor"), "Omar"))
    assert other.post(here, {"issue": "kou"}).status_code == 403
    assert client.get(here).status_code == 302
    for key, kept in (("zalen", ["zalen"]), ("kou", ["kou"]), ("bestaat-niet", ["kou"]), ("", [])):
        assert own.post(here, {"issue": key}).status_code == (422 if key == "bestaat-niet" else 302)
        assert list(IssueNeed.objects.values_list("issue__key", flat=True)) == kept
