from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TODAY, account, party, workshop
from werkplaats.accounts.rules import RoleName
from werkplaats.issues.models import Issue, IssueParty
from werkplaats.issues.records import Quote
from werkplaats.issues.rules import State
from werkplaats.pages.queries import by_source

SCHIMMEL = "/kanaalkwartier/vraagstukken/schimmel/"


def issue(*, state: State = State.ACCEPTED, key: str = "schimmel", joined_into: Issue | None = None) -> Issue:
    return Issue.objects.create(
        workshop=workshop(),
        key=key,
        name="Schimmel in huis",
        sort_name=key,
        state=state.value,
        words=["vocht", "muur"],
        reason="Te breed.",
        decided_on=TODAY,
        joined_into=joined_into,
    )


def quote(number: int, *, source: str, proof: bool = False, year: int = 2020) -> Quote:
    return Quote(
        fragment_id=number,
        text=f"Passage {number}",
        text_hash=str(number),
        language="nl",
        page=1,
        url=f"/{source}/#f-{number}",
        source_key=source,
        source_title=source.title(),
        published_on=date(year, 1, 1),
        holder_id=None,
        holder_key="",
        holder_name="",
        is_proof=proof,
        closeness=None,
    )


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.booleans()), max_size=12))
def test_every_passage_stands_once_under_its_own_document(drawn: list[tuple[str, bool]]) -> None:
    quotes = [quote(number, source=source, proof=proof) for number, (source, proof) in enumerate(drawn)]
    sources = by_source(quotes)
    shown = [(one.key, passage.text) for one in sources for passage in (*one.proof, *one.others)]
    assert sorted(shown) == sorted((each.source_key, each.text) for each in quotes)


def test_documents_that_prove_the_issue_come_first_then_the_newest() -> None:
    quotes = [
        quote(1, source="oud", year=2014),
        quote(2, source="nieuw", year=2026),
        quote(3, source="bewijs", year=2016, proof=True),
    ]
    assert [one.key for one in by_source(quotes)] == ["bewijs", "nieuw", "oud"]


@pytest.mark.django_db
def test_an_issue_says_who_works_on_it_and_who_is_missing(client: Client) -> None:
    IssueParty.objects.create(issue=issue(), party=party(), role="zoekt een ruimte")
    page = client.get(SCHIMMEL).content.decode()
    assert "De Lange Tafel" in page
    assert "zoekt een ruimte" in page
    assert "Er doet nog geen ondernemer mee." in page
    assert "Er doet nog geen bewonersinitiatief mee." not in page


@pytest.mark.django_db
def test_a_proposal_says_that_it_is_one_and_which_words_set_it_apart(client: Client) -> None:
    issue(state=State.PROPOSED)
    client.force_login(account(RoleName.HOST))
    page = client.get(SCHIMMEL).content.decode()
    assert "Dit is een voorstel van de computer" in page
    assert "vocht, muur" in page
    assert "Wie ontbreekt" not in page  # nobody was asked yet, so nobody stayed away


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, RoleName.RESIDENT, RoleName.PARTY])
def test_what_the_machine_proposes_is_for_the_team_until_people_accept_it(
    client: Client, role: RoleName | None
) -> None:
    issue(state=State.PROPOSED)
    if role:
        client.force_login(account(role))
    assert client.get(SCHIMMEL).status_code == 404


@pytest.mark.django_db
def test_a_refused_issue_is_for_who_may_take_the_refusal_back(client: Client) -> None:
    issue(state=State.REFUSED)
    assert client.get(SCHIMMEL).status_code == 404
    client.force_login(account(RoleName.COORDINATOR))
    assert "Te breed." in client.get(SCHIMMEL).content.decode()


@pytest.mark.django_db
def test_a_joined_issue_leads_on(client: Client) -> None:
    issue(state=State.JOINED, key="vocht", joined_into=issue())
    assert client.get("/kanaalkwartier/vraagstukken/vocht/")["Location"] == SCHIMMEL


@pytest.mark.django_db
def test_decisions_are_offered_to_the_team_only(client: Client) -> None:
    issue(state=State.PROPOSED)
    assert "niet-samen" not in client.get(SCHIMMEL).content.decode()
    client.force_login(account(RoleName.HOST))
    assert "niet-samen" in client.get(SCHIMMEL).content.decode()


@pytest.mark.django_db
def test_an_issue_of_another_workshop_is_not_there(client: Client) -> None:
    workshop("elders")
    issue()
    assert client.get("/elders/vraagstukken/schimmel/").status_code == 404
