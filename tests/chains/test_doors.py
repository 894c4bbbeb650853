from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import account
from tests.chains.street import KEY, chain, home, issue, key_of, links, walked
from werkplaats.accounts.rules import RoleName
from werkplaats.chains.models import Chain, ChainVersion, Step
from werkplaats.chains.refusals import NameTaken
from werkplaats.workshops.actions import switch_on

pytestmark = pytest.mark.django_db


def at(name: str, *args: object) -> str:
    return reverse(f"chains:{name}", args=["kanaalkwartier", *args])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def team(client: Client) -> Client:
    client.force_login(account(RoleName.COORDINATOR))
    return client


def told(**changed: object) -> dict[str, object]:
    return {"name": "Bellen", "words": "De bewoner", "party": "", "documents": "", "term_days": ""} | changed


def test_a_coordinator_draws_a_chain_and_anybody_reads_it(team: Client) -> None:
    damp = issue("Schimmel")
    home()
    said = {"name": "Een natte muur", "wish": "Ik wil een droge muur.", "issues": [damp.key], "since": "2025-01-01"}
    assert team.post(at("begin"), said)["Location"] == at("add_step", KEY, 1)
    assert team.post(at("add_step", KEY, 1), told(documents="Een foto", term_days="3")).status_code == 302
    assert f'value="{key_of(1)}" id="id_after_0" checked' in text(team, at("add_step", KEY, 1))
    assert team.post(at("add_step", KEY, 1), told(name="<b>Wachten</b>", after=[key_of(1)])).status_code == 302
    page = text(Client(), at("chain", KEY))
    for words in ("Ik wil een droge muur.", "1. Bellen", "Een foto", "3 dagen", "&lt;b&gt;Wachten", "<svg", "Schimmel"):
        assert words in page, words
    assert "Zet er een stap bij" not in page
    assert "De bewoner" in text(Client(), at("chains"))
    assert "Een natte muur" in text(Client(), reverse("pages:issue", args=["kanaalkwartier", damp.key]))
    assert "Bekijk de ketens" in text(Client(), reverse("issues:list", args=["kanaalkwartier"]))


def test_the_page_of_a_party_tells_in_which_steps_it_sits() -> None:
    _row, owner, _painter = walked()
    page = text(Client(), reverse("pages:party", args=["kanaalkwartier", owner.key]))
    assert f"{at('chain', KEY)}#stap-2" in page
    assert "Stap 4 van de keten “Een natte muur”" in page


def test_a_step_is_changed_moved_and_taken_out(team: Client) -> None:
    walked()
    page = text(team, at("step", KEY, 1, key_of(2)))
    assert "De opzichter" in page
    said = told(name="Meten", party="schilder", words="", after=[key_of(1)])
    assert team.post(at("step", KEY, 1, key_of(2)), said)["Location"] == at("version", KEY, 1)
    team.post(at("move", KEY, 1, key_of(2)), {"way": "down"})
    assert list(Step.objects.values_list("name", flat=True))[1:3] == ["De muur drogen", "Meten"]
    team.post(at("take_out", KEY, 1, key_of(3)))
    assert links(ChainVersion.objects.get()) == {(1, 2), (2, 3)}
    assert "Melden" in text(team, at("version", KEY, 1))


def test_a_new_version_leaves_the_old_one_as_it_was(team: Client) -> None:
    walked()
    assert team.post(at("renew", KEY), {"since": "2025-01-01"}).status_code == 422
    team.post(at("renew", KEY), {"since": "2025-06-01"})
    assert "Versie 1" in text(Client(), at("chain", KEY))
    old = text(team, at("version", KEY, 1))
    assert "Geldt nu niet" in old
    assert "Zet er een stap bij" not in old
    refused = team.post(at("add_step", KEY, 1), told())
    assert refused.status_code == 422
    assert "afgesloten en blijft zoals zij was" in refused.content.decode()
    assert team.post(at("step", KEY, 1, key_of(1)), told()).status_code == 422
    for name in ("move", "take_out"):
        assert "afgesloten" in team.post(at(name, KEY, 1, key_of(1)), follow=True).content.decode()
    assert Step.objects.filter(version__number=1).count() == 4
    team.post(at("end", KEY), {"until": "2025-12-31"})
    assert ChainVersion.objects.get(number=2).until == date(2025, 12, 31)
    assert team.post(at("end", KEY), {"until": "2025-12-31"}).status_code == 422
    assert "Er geldt nu geen versie" in text(Client(), at("chains"))


def test_name_wish_and_issues_are_told_again(team: Client) -> None:
    chain()
    assert team.post(at("tell", KEY), {"name": "Droog", "wish": ""}).status_code == 422
    assert team.post(at("tell", KEY), {"name": "Droog", "wish": "Droog wonen."}).status_code == 302
    assert Chain.objects.get().name == "Droog"
    chain()
    again = team.post(at("tell", KEY), {"name": "EEN NATTE MUUR", "wish": "Droog wonen."})
    assert again.status_code == 422
    assert str(NameTaken().sentence) in again.content.decode()
    assert team.post(at("tell", KEY), {"name": "Droog", "wish": "Nog droger wonen."}).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "verplicht"),
        ({"words": ""}, "Eén van de twee"),
        ({"party": "woningstichting"}, "Eén van de twee"),
        ({"party": "bestaat-niet", "words": ""}, "keuze"),
        ({"term_days": "-1"}, "0"),
        ({"term_days": "99999"}, "3650"),
        ({"after": ["77"]}, "77"),
    ],
)
def test_a_step_that_does_not_hold_is_refused_with_the_reason(
    team: Client, wrong: dict[str, object], says: str
) -> None:
    walked()
    answer = team.post(at("add_step", KEY, 1), told(**wrong))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Step.objects.count() == 4


def test_only_coordinators_draw() -> None:
    walked()
    doors = [at("begin"), *(at(name, KEY) for name in ("tell", "renew", "end"))]
    doors += [
        at("add_step", KEY, 1),
        at("step", KEY, 1, key_of(1)),
        at("move", KEY, 1, key_of(1)),
        at("take_out", KEY, 1, key_of(1)),
    ]
    host = Client()
    host.force_login(account(RoleName.HOST))
    for door in doors:
        assert host.post(door).status_code == 403, door
        assert Client().post(door).status_code in {302, 403}, door
    assert Step.objects.count() == 4


def test_what_is_not_there_is_not_found(team: Client) -> None:
    walked()
    for address in (at("chain", "niets"), at("version", KEY, 2), at("step", KEY, 1, "niets"), at("add_step", KEY, 2)):
        assert team.get(address).status_code == 404, address


def test_where_it_is_switched_off_the_doors_are_not_there(team: Client) -> None:
    damp = issue("Schimmel")
    walked(damp)
    switch_on(home(), [])
    for address in (at("chains"), at("chain", KEY), at("begin"), at("add_step", KEY, 1)):
        assert team.get(address).status_code == 404, address
    assert "ketens" not in text(team, reverse("issues:list", args=["kanaalkwartier"]))
    assert "natte muur" not in text(team, reverse("pages:issue", args=["kanaalkwartier", damp.key]))


def test_another_workshop_has_chains_of_its_own(team: Client) -> None:
    walked()
    home("zuidrand")
    assert team.get(reverse("chains:chain", args=["zuidrand", KEY])).status_code == 404
