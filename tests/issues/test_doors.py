import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.builders import account, party, theme, workshop
from tests.issues.shelf import NOW, issue, source
from tests.issues.test_actions import TEXTS
from werkplaats.accounts.rules import RoleName
from werkplaats.issues import actions, queries
from werkplaats.issues.models import Issue, SuggestedFragment
from werkplaats.issues.rules import State
from werkplaats.workshops.models import Theme

pytestmark = pytest.mark.django_db
DECISIONS = ("accept", "refuse", "rename", "split", "join", "parties", "passages")


@pytest.fixture
def team(client: Client) -> Client:
    client.force_login(account(RoleName.COORDINATOR))
    return client


def address(name: str, key: str = "afval-op-straat", of: str = "kanaalkwartier") -> str:
    return reverse(f"issues:{name}", args=[of, key])


def shelf() -> Issue:
    return issue(fragments=source("Wijkplan", TEXTS, holder=party("Afdeling Reiniging", kind="government")))


def test_everybody_reads_accepted_issues_and_only_hears_how_many_are_proposed(client: Client) -> None:
    shelf()
    issue("Schone kade", state=State.ACCEPTED)
    page = client.get(reverse("issues:list", args=["kanaalkwartier"])).content.decode()
    assert "Schone kade" in page
    assert "Afval op straat" not in page
    assert "De werkplaats kijkt nog naar 1 voorstel." in page


def test_the_team_sees_proposals_with_their_proof_and_the_refused_ones_below(team: Client) -> None:
    shelf()
    issue("Parkeren", state=State.REFUSED)
    page = team.get(reverse("issues:list", args=["kanaalkwartier"])).content.decode()
    assert TEXTS[0] in page
    assert TEXTS[3] not in page
    assert "Toch accepteren" in page
    assert "4 passages uit één document" in page


def test_the_list_can_be_filtered_by_theme_and_taken_along(client: Client) -> None:
    row = issue("Schone kade", state=State.ACCEPTED)
    row.themes.add(theme("Straat"))
    theme("Zorg")
    issue("Rondkomen", state=State.ACCEPTED)
    file = client.get(reverse("issues:list_csv", args=["kanaalkwartier"]), {"thema": "straat"})
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert "schone-kade" in file.content.decode()
    assert "rondkomen" not in file.content.decode()
    page = client.get(reverse("issues:list", args=["kanaalkwartier"]), {"thema": "zorg"}).content.decode()
    assert "Bij dit thema staat nog geen vraagstuk." in page


def test_an_empty_workshop_says_what_to_do_first(client: Client) -> None:
    workshop()
    page = client.get(reverse("issues:list", args=["kanaalkwartier"])).content.decode()
    assert "Zet eerst een paar plannen" in page


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_asks_who_is_not_signed_in_to_sign_in(client: Client, name: str) -> None:
    shelf()
    answer = client.get(address(name))
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


@pytest.mark.parametrize("name", [*DECISIONS, "suggested"])
@pytest.mark.parametrize("role", [RoleName.RESIDENT, RoleName.PARTY, RoleName.CENTRE])
def test_a_decision_is_for_the_team(client: Client, name: str, role: RoleName) -> None:
    shelf()
    client.force_login(account(role))
    assert client.post(address(name)).status_code == 403
    assert Issue.objects.get().state == State.PROPOSED


@pytest.mark.parametrize("name", DECISIONS)
def test_an_issue_of_another_workshop_is_not_there(team: Client, name: str) -> None:
    issue("Elders", of=workshop("elders"))
    workshop()
    account(RoleName.COORDINATOR)
    assert team.get(address(name, "elders")).status_code == 404
    assert team.get(address(name, "elders", of="elders")).status_code == 403


@pytest.mark.parametrize("name", DECISIONS)
def test_each_decision_has_a_page(team: Client, name: str) -> None:
    shelf()
    issue("Schone kade", state=State.ACCEPTED)
    assert team.get(address(name)).status_code == 200


def test_accepting_stores_the_name_and_the_parties_that_were_ticked(team: Client) -> None:
    row = shelf()
    page = team.get(address("accept")).content.decode()
    assert "Afdeling Reiniging" in page
    assert "checked" not in page  # holding a document is not working on it
    said = {"name": "Afval bij de flats", "summary": "", "parties": ["afdeling-reiniging"]}
    for _ in range(2):
        answer = team.post(address("accept"), said)
        assert answer["Location"] == reverse("pages:issue", args=["kanaalkwartier", row.key])
    record = queries.issue(workshop(), row.key)
    assert record is not None
    assert (record.name, [one.key for one in record.parties]) == ("Afval bij de flats", ["afdeling-reiniging"])
    assert [event.kind for event in record.events] == ["accepted"]


def test_a_mistake_keeps_what_was_typed(team: Client) -> None:
    shelf()
    answer = team.post(address("accept"), {"name": "", "summary": "Het blijft liggen."})
    assert answer.status_code == 422
    assert "Het blijft liggen." in answer.content.decode()
    assert Issue.objects.get().state == State.PROPOSED


def test_a_refusal_asks_why(team: Client) -> None:
    shelf()
    assert team.post(address("refuse"), {"reason": " "}).status_code == 422
    assert team.post(address("refuse"), {"reason": "Toeval"}).status_code == 302
    assert Issue.objects.get().reason == "Toeval"


def test_a_name_that_changed_meanwhile_is_told_in_the_form(team: Client) -> None:
    shelf()
    actions.rename(Issue.objects.get(), name="Een", at=NOW)
    answer = team.post(address("rename"), {"name": "Twee", "summary": "", "was": "Afval op straat"})
    assert answer.status_code == 422
    assert "intussen een andere naam" in answer.content.decode()


def test_splitting_and_joining_lead_to_the_issue_that_came_of_it(team: Client) -> None:
    row = shelf()
    first = str(row.fragments.values_list("fragment", flat=True)[0])
    split = team.post(address("split"), {"passages": [first], "name": "Ratten"})
    assert split["Location"].endswith("/vraagstukken/ratten/")
    joined = team.post(address("join", "ratten"), {"into": "afval-op-straat"})
    assert joined["Location"].endswith("/vraagstukken/afval-op-straat/")
    assert row.fragments.count() == 4


def test_splitting_off_everything_is_refused_in_words(team: Client) -> None:
    row = shelf()
    everything = [str(pk) for pk in row.fragments.values_list("fragment", flat=True)]
    answer = team.post(address("split"), {"passages": everything, "name": "Ratten"})
    assert answer.status_code == 422
    assert "laat er minstens één staan" in answer.content.decode()


def test_parties_are_chosen_from_those_proposed_and_all_others(team: Client) -> None:
    row = shelf()
    party()
    team.post(address("parties"), {"parties": ["afdeling-reiniging"], "other": "de-lange-tafel"})
    record = queries.issue(workshop(), row.key)
    assert record is not None
    assert {one.key for one in record.parties} == {"afdeling-reiniging", "de-lange-tafel"}


def test_a_passage_goes_out_with_one_button(team: Client) -> None:
    row = shelf()
    first = row.fragments.values_list("fragment", flat=True)[0]
    assert team.post(address("passages"), {"fragment": str(first)}).status_code == 302
    assert row.fragments.count() == 3
    page = team.post(address("passages"), {"fragment": "geen getal"}, follow=True).content.decode()
    assert "Er is niets veranderd." in page


@pytest.mark.parametrize(("answer", "count"), [("yes", 3), ("no", 2)])
def test_a_suggestion_is_answered_with_yes_or_no(team: Client, answer: str, count: int) -> None:
    fragments = source("Wijkplan", TEXTS)
    row = issue(fragments=fragments[:2], state=State.ACCEPTED)
    SuggestedFragment.objects.create(issue=row, fragment=fragments[2], closeness=0.8)
    team.post(address("suggested"), {"fragment": str(fragments[2].pk), "answer": answer})
    assert row.fragments.count() == count
    assert row.suggestions.count() == 0


def test_a_decision_that_no_longer_fits_leads_back_with_the_reason(team: Client) -> None:
    issue(state=State.ACCEPTED)
    answer = team.get(address("accept"), follow=True)
    assert "al geaccepteerd op 12 mei 2026" in answer.content.decode()


@override("nl")
def test_on_an_english_page_a_theme_has_its_english_name_and_in_the_file_its_key(client: Client) -> None:
    named, unnamed = theme("Wonen"), theme("Straat")
    Theme.objects.filter(pk=named.pk).update(name_en="Housing")
    row = issue("Schimmel", state=State.ACCEPTED)
    row.themes.add(named, unnamed)
    for name, at in (("issues:list", []), ("pages:issue", [row.key])):
        address = reverse(name, args=["kanaalkwartier", *at])
        dutch, english = (
            client.get(address, headers={"accept-language": language}).content.decode() for language in ("nl", "en")
        )
        assert ">Wonen<" in dutch
        assert ">Housing<" in english  # as a badge, and among the choices of the filter
        assert ">Wonen<" not in english
        assert ">Straat<" in english  # nobody gave it another name
    file = client.get(reverse("issues:list_csv", args=["kanaalkwartier"]), headers={"accept-language": "en"})
    assert "straat; wonen" in file.content.decode()


def test_a_party_of_another_workshop_with_the_same_key_does_not_come_along(team: Client) -> None:
    shelf()
    party("Afdeling Reiniging", kind="government", of=workshop("elders"))
    sent = {"name": "Afval bij de flats", "summary": "", "parties": ["afdeling-reiniging"]}
    assert team.post(address("accept"), sent).status_code == 302
    assert [one.party.workshop.key for one in Issue.objects.get().parties.all()] == ["kanaalkwartier"]
