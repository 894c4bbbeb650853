"""The doors of promises: who comes in, and what a page says."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import builders
from tests.ledger import without_guard
from tests.promises import table
from werkplaats.accounts.actions import new_code, put_person
from werkplaats.accounts.models import Account
from werkplaats.accounts.rules import RoleName
from werkplaats.catches.actions import catch
from werkplaats.neighbourhoods.models import Membership, Party
from werkplaats.promises import actions, queries
from werkplaats.promises.models import Event, EventText, Promise, Verdict
from werkplaats.promises.records import Filters
from werkplaats.promises.rules import Kind, State

pytestmark = pytest.mark.django_db
SOON = {"due_on": None}


@pytest.fixture
def team(client: Client) -> Client:
    builders.workshop()
    client.force_login(builders.account(RoleName.COORDINATOR))
    return client


def at(name: str, *args: str) -> str:
    return reverse(f"promises:{name}", args=[builders.workshop().key, *args])


def words(answer: Any) -> str:
    return str(answer.content.decode())


def now_promise(**changes: Any) -> Promise:
    return table.promise(at=timezone.now(), **{**SOON, **changes})


def now_draft(**changes: Any) -> Promise:
    return table.draft(at=timezone.now(), **{**SOON, **changes})


def test_the_list_begins_with_what_is_due_first_and_ends_with_every_no() -> None:
    soon, later = (timezone.now().date() + timedelta(days=days) for days in (3, 30))
    told: tuple[dict[str, Any], ...] = (
        {"wording": "Geen dag."},
        {"wording": "Nee.", "kind": Kind.NO},
        {"wording": "Later.", "due_on": later},
        {"wording": "Eerst.", "due_on": soon},
    )
    for each in told:
        now_promise(**each)
    rows = queries.found(builders.workshop(), Filters(), today=timezone.now().date())
    assert [row.wording for row in rows] == ["Eerst.", "Later.", "Geen dag.", "Nee."]


def member_of(party: Party) -> Account:
    account = builders.account(RoleName.PARTY)
    person = put_person(builders.workshop(), key=f"p{account.pk}", name="Iemand", email=account.email)
    person.account = account
    person.save()
    Membership.objects.create(person=person, party=party, role="lid")
    return account


def test_everybody_reads_the_list_and_a_promise_with_both_verdicts(client: Client) -> None:
    row = now_promise()
    now_draft(wording="Nog geen ja.")
    page = words(client.get(at("list")))
    assert row.wording in page
    assert "Nog geen ja." not in page
    assert "Wie het kreeg, zegt" in page
    page = words(client.get(at("promise", row.key)))
    assert page.count("<h1>") == 1
    assert "samen-time" in page
    assert "nummer 1" in page
    assert words(client.get(at("list_csv"))).count("\r\n") == 2


def test_an_empty_list_says_what_to_do_first(client: Client) -> None:
    assert "Schrijf na je volgende gesprek op" in words(client.get(at("list")))


@pytest.mark.parametrize("state", ["running", "overdue", "done", "no", "withdrawn", "onzin"])
def test_the_list_can_be_narrowed_and_an_old_filter_is_left_out(client: Client, state: str) -> None:
    row = now_promise()
    answer = client.get(at("list"), {"laat": state, "van": "weg"})
    assert answer.status_code == 200
    assert (row.wording in words(answer)) == (state in {"running", "onzin"})


def test_what_has_no_yes_is_shown_to_the_team_and_its_maker_only(client: Client) -> None:
    row = now_draft()
    assert client.get(at("promise", row.key)).status_code == 404
    client.force_login(builders.account(RoleName.RESIDENT))
    assert client.get(at("promise", row.key)).status_code == 404
    client.force_login(member_of(row.maker))
    assert client.get(at("promise", row.key)).status_code == 200


@pytest.mark.parametrize(
    ("door", "method"),
    [("draft", "get"), ("desk", "get"), ("redraft", "get"), ("drop", "post"), ("link", "post"), ("erase", "get")],
)
def test_the_desk_is_for_the_team(client: Client, door: str, method: str) -> None:
    row = now_draft()
    address = at(door, row.key) if door not in {"draft", "desk"} else at(door)
    assert getattr(client, method)(address).status_code == 302
    client.force_login(builders.account(RoleName.RESIDENT))
    assert getattr(client, method)(address).status_code == 403
    assert Promise.objects.filter(pk=row.pk).exists()


def test_things_of_another_workshop_are_not_here(team: Client) -> None:
    builders.workshop("zuiderpark")
    row = now_promise()
    for door in ("promise", "tell", "judge", "erase", "redraft"):
        assert team.get(reverse(f"promises:{door}", args=["zuiderpark", row.key])).status_code in {403, 404}


def typed(**changes: str) -> dict[str, str]:
    table.party("Gemeente Oeverstad")
    return {
        "soort": "do",
        "maker": "gemeente-oeverstad",
        "woorden": "De lamp brandt weer.",
        "voor_wie": "de bewoners",
        "stemmen": "",
        **changes,
    }


def test_what_was_said_is_written_down_and_waits_for_a_yes(team: Client) -> None:
    line = catch(
        builders.workshop(), who="Gemeente Oeverstad", what="Zoekt de sleutel", for_whom="ons", at=timezone.now()
    )
    table.party("Gemeente Oeverstad")
    page = words(team.get(at("draft"), {"vangst": line.key}))
    assert "Zoekt de sleutel" in page
    answer = team.post(at("draft"), typed(vangst=line.key))
    row = Promise.objects.get()
    assert answer["Location"] == at("promise", row.key)
    line.refresh_from_db()
    assert line.became_key == row.key
    assert "Wacht op een ja" in words(team.get(at("desk")))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"klaar": "2020-01-01"}, "Die dag is al voorbij"),
        ({"voor_wie": " "}, "Een belofte is voor iemand"),
        ({"maker": "niemand"}, "errorlist"),
        ({"woorden": "x" * 2_001}, "2000"),
    ],
)
def test_what_is_typed_wrong_stays_and_is_told(team: Client, changes: dict[str, str], told: str) -> None:
    answer = team.post(at("draft"), typed(**changes))
    assert answer.status_code == 422
    assert told in words(answer) or told == "errorlist"
    assert not Promise.objects.exists()


def test_writing_it_down_again_keeps_the_parties_that_the_form_has_no_room_for(team: Client) -> None:
    names = ("De Lange Tafel", "Kadeschool", "Bibliotheek")
    row = now_draft(parties=tuple(table.party(name) for name in names))
    page = team.get(at("redraft", row.key))
    assert page.context["form"].initial["voor_ook"] == "kadeschool"
    assert team.post(at("redraft", row.key), typed(voor="de-lange-tafel")).status_code == 302
    assert sorted(row.receivers.values_list("party__key", flat=True)) == ["bibliotheek", "de-lange-tafel"]


def link_of(team: Client, row: Promise) -> str:
    answer = team.post(at("link", row.key))
    assert "samen-qr" in words(answer)
    return str(answer.context["address"]).partition("8000")[2]


def test_a_maker_says_yes_by_link_and_later_tells_how_it_goes(team: Client) -> None:
    row = now_draft()
    link, maker = link_of(team, row), Client()
    page = words(maker.get(link))
    assert "Beloven jullie dit?" in page
    row.refresh_from_db()
    assert row.state == State.DRAFT  # opening a link says nothing yet
    assert maker.post(link, {"act": "ja"}).status_code == 302
    assert "Hoe gaat het met deze belofte?" in words(maker.get(link))
    again = maker.post(link, {"act": "ja"})
    assert (again.status_code, "Op deze belofte is al ja gezegd" in words(again)) == (422, True)
    later = (timezone.localdate() + timedelta(days=30)).isoformat()
    for act in (
        {"act": "later", "klaar": later, "reden": "Ziek."},
        {"act": "anders", "woorden": "Op woensdag.", "reden": "Vol."},
        {"act": "gedaan", "bewijs": "Foto."},
        {"act": "oordeel", "oordeel": "kept"},
        {"act": "intrekken", "reden": "Verkocht."},
    ):
        assert maker.post(link, act).status_code == 302, act
    assert list(Event.objects.values_list("kind", flat=True)) == [
        "confirmed",
        "extended",
        "changed",
        "done",
        "maker_verdict",
        "withdrawn",
    ]


def test_a_maker_says_that_it_is_not_so(team: Client) -> None:
    row = now_draft()
    maker = Client()
    link = link_of(team, row)
    assert maker.post(link, {"act": "klopt-niet", "woorden": ""}).status_code == 422
    assert maker.post(link, {"act": "klopt-niet", "woorden": "Wij kijken ernaar."}).status_code == 302
    assert "Wij kijken ernaar." in words(team.get(at("desk")))
    assert team.post(at("redraft", row.key), typed()).status_code == 302
    assert maker.get(link).status_code == 404
    assert not Event.objects.exists()


def test_a_wrong_link_opens_nothing_and_guessing_stops(client: Client) -> None:
    builders.workshop()
    for _ in range(20):
        answer = client.get(at("answer", "4821-0937-5510"))
        assert (answer.status_code, "Deze link opent niets" in words(answer)) == (404, True)
    assert client.get(at("answer", "4821-0937-5510")).status_code == 429


def test_a_receipt_opens_no_promise(client: Client) -> None:
    now_draft()
    digits = new_code(builders.workshop(), purpose="receipt", thing="voice:stem-0", at=timezone.now())
    assert client.get(at("answer", "-".join(digits.split()))).status_code == 404


def test_who_speaks_for_the_maker_tells_by_account_and_others_do_not(client: Client) -> None:
    row = now_draft()
    assert (
        "/accounts/" in client.get(at("tell", row.key))["Location"]
        or client.get(at("tell", row.key)).status_code == 302
    )
    client.force_login(member_of(table.party("De Lange Tafel")))
    assert client.get(at("tell", row.key)).status_code == 403
    assert client.post(at("tell", row.key), {"act": "ja"}).status_code == 403
    client.force_login(member_of(row.maker))
    assert client.post(at("tell", row.key), {"act": "ja"}).status_code == 302
    record = queries.promise(builders.workshop(), row.key, today=timezone.localdate())
    assert record is not None
    assert record.channel == "account"


def test_a_receipt_and_a_table_code_give_a_verdict_without_account(client: Client) -> None:
    (voice,) = table.voices(1)
    row = now_promise(voices=(voice,), table_key="tafel-1")
    actions.report_done(row, evidence="Foto.", at=timezone.now())
    assert "De twaalf cijfers" in words(client.get(at("judge", row.key)))
    receipt = new_code(builders.workshop(), purpose="receipt", thing=f"voice:{voice.key}", at=timezone.now())
    table_code = new_code(builders.workshop(), purpose="table", thing="table:tafel-1", at=timezone.now())
    other = new_code(builders.workshop(), purpose="receipt", thing="voice:stem-99", at=timezone.now())
    for met, code in (("receipt", receipt), ("table", table_code)):
        answer = client.post(at("judge", row.key), {"met": met, "code": code, "oordeel": "not_noticed"})
        assert answer.status_code == 302
    wrong = client.post(at("judge", row.key), {"met": "receipt", "code": other, "oordeel": "kept"})
    assert (wrong.status_code, "alleen oordelen voor wie ze is" in words(wrong)) == (422, True)
    assert set(Verdict.objects.values_list("giver_kind", "giver")) == {("receipt", voice.key), ("table", "tafel-1")}
    page = words(client.get(at("promise", row.key)))
    assert voice.key not in page
    assert "1 mens met een bonnetje zei iets" in page
    assert "Van wie en welk oordeel, blijft bij de gever." in page


def test_a_receiving_party_judges_by_account(client: Client) -> None:
    kitchen = table.party("De Lange Tafel", kind="initiative")
    row = now_promise(parties=(kitchen,))
    client.force_login(member_of(kitchen))
    early = client.post(at("judge", row.key), {"oordeel": "kept"})
    assert (early.status_code, "valt nog niets te oordelen" in words(early)) == (422, True)
    actions.report_done(row, evidence="Foto.", at=timezone.now())
    assert client.post(at("judge", row.key), {"oordeel": "partly", "woorden": "Half."}).status_code == 302
    page = words(client.get(at("promise", row.key)))
    assert "Voor een deel" in page
    assert "De Lange Tafel: Half." in page


def test_words_are_erased_with_a_reason(team: Client) -> None:
    row = now_promise(wording="Bel mevrouw Jansen.")
    assert "Bel mevrouw Jansen." in words(team.get(at("erase", row.key)))
    assert team.post(at("erase", row.key), {"welke": "1:onzin", "reden": "Naam."}).status_code == 422
    assert team.post(at("erase", row.key), {"welke": "1:wording", "reden": "Naam."}).status_code == 302
    page = words(team.get(at("promise", row.key)))
    assert "Jansen" not in page
    assert "gewist" in page


def test_the_ledger_is_shown_checked_and_taken_home(client: Client, tmp_path: Path) -> None:
    row = now_promise()
    head = queries.head(builders.workshop())
    assert head is not None
    assert head.digest in words(client.get(at("ledger")))
    assert "Alles klopt." in words(client.post(at("ledger"), {"bewaard": f"1:{head.digest[:12]}"}))
    assert "houdt op vóór" in words(client.post(at("ledger"), {"bewaard": f"7:{head.digest}"}))
    taken = client.get(at("export"))
    assert row.wording in b"".join(taken.streaming_content).decode()  # type: ignore[attr-defined]
    assert b"def first_altered" in client.get(at("verify_py")).content
    EventText.objects.update(text="Anders.")
    assert "De woorden bij gebeurtenis 1 zijn veranderd." in words(client.post(at("ledger"), {"bewaard": ""}))


def test_the_commands_check_export_and_keep(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now_promise()
    call_command("verify_ledger", "kanaalkwartier")
    call_command("export_ledger", "kanaalkwartier", str(tmp_path / "uit"))
    call_command("daily_hash")
    told = capsys.readouterr().out
    head = queries.head(builders.workshop())
    assert head is not None
    assert told.count(f"1:{head.digest}") == 2
    assert sorted(path.name for path in (tmp_path / "uit").iterdir()) == ["grootboek.jsonl", "verify.py"]
    with without_guard():
        Event.objects.update(kind="done")
    with pytest.raises(CommandError, match="Gebeurtenis 1"):
        call_command("verify_ledger", "kanaalkwartier")
    with pytest.raises(CommandError, match="no workshop"):
        call_command("verify_ledger", "elders")


def test_the_team_takes_away_what_was_nothing(team: Client) -> None:
    row = now_draft()
    assert team.post(at("drop", row.key)).status_code == 302
    assert not Promise.objects.exists()
    kept = now_promise(due_on=date(2099, 1, 1))
    team.post(at("drop", kept.key))
    assert Promise.objects.get() == kept
