from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import account, party, workshop
from tests.issues.shelf import NOW
from tests.tables.hall import KEY, an_issue, coming, double, person, reachable
from werkplaats.accounts.rules import RoleName
from werkplaats.mail.models import Message
from werkplaats.neighbourhoods.actions import put_tie
from werkplaats.neighbourhoods.actions.ties import no_longer
from werkplaats.neighbourhoods.models import Party, Tie
from werkplaats.neighbourhoods.rules import TieKind
from werkplaats.promises.actions import confirm
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Channel, Kind
from werkplaats.sources.models import Source
from werkplaats.tables import actions, analysis
from werkplaats.tables.actions import closing, inviting
from werkplaats.tables.models import Guest, Seat, Table
from werkplaats.tables.pictures import dots
from werkplaats.tables.queries import inviting as invited
from werkplaats.tables.refusals import NobodyWasThere, NothingSaid, TableStillToCome

YESTERDAY = NOW - timedelta(days=1)
BEFORE = NOW - timedelta(days=20)


def held(*names: str) -> Table:
    """A table of yesterday, on an issue of these parties; the last of them was not invited."""
    table = coming(about_issue=an_issue(*names), held_at=YESTERDAY)
    rows = list(Party.objects.order_by("pk"))
    inviting.invite(table, parties=rows[:-1], at=BEFORE)
    return table


def note(table: Table, *keys: str, **more: Any) -> None:
    closing.note_who_was_there(table, parties=keys, at=NOW, **more)


def counts(table: Table) -> dict[str, tuple[int | None, ...]]:
    return {row.kind: tuple(one.count for one in row.counts) for row in analysis.attended(table).rows}


@pytest.mark.django_db
def test_whom_it_concerned_who_was_asked_came_spoke_and_decided_are_five_counts_per_kind() -> None:
    table = held("De Lange Tafel", "Koor", "Gemeente:government", "Buurtkrant")
    note(table, "de-lange-tafel", "gemeente")
    kitchen, town = (Party.objects.get(key=key) for key in ("de-lange-tafel", "gemeente"))
    for maker in (kitchen, town):
        actions.note_promise(table, kind=Kind.DO, maker=maker, wording=f"{maker} doet iets.", at=NOW)
    confirm(Promise.objects.get(maker=town), channel=Channel.LINK, at=NOW)
    found = analysis.attended(table)
    assert counts(table) == {"initiative": (3, 2, 1, 1, 0), "government": (1, 1, 1, 1, 1)}
    assert (found.not_invited, found.stayed_away) == (("Buurtkrant",), ("Koor",))
    assert found.not_asked == ("De Lange Tafel",)


@pytest.mark.django_db
@pytest.mark.parametrize(("came", "told"), [(0, (0, 6, 0, 0, 0)), (2, (0, None, None, 0, 0)), (6, (0, 6, 6, 0, 0))])
def test_residents_who_came_for_themselves_are_counted_from_the_small_number_on(
    came: int, told: tuple[int | None, ...]
) -> None:
    table = coming(held_at=NOW + timedelta(days=1))
    guests = [inviting.invite_person(table, person=person(f"Mens {n}"), at=NOW) for n in range(6)]
    later = NOW + timedelta(days=2)
    closing.note_who_was_there(table, parties=[], guests=[one.key for one in guests[:came]], at=later)
    assert counts(Table.objects.get()) == {"resident": told}


@given(st.integers(0, 60))
def test_every_party_is_one_dot(count: int) -> None:
    assert dots(count).count("<circle") == count


# --- ties


@pytest.mark.django_db
def test_a_shared_table_confirms_ties_and_says_that_who_had_none_know_each_other() -> None:
    table = held("De Lange Tafel", "Koor", "Gemeente:government", "Buurtkrant")
    kitchen, choir = (Party.objects.get(key=key) for key in ("de-lange-tafel", "koor"))
    put_tie(kitchen, party_b=choir, kind=TieKind.SHARES_SPACE, reported_by=[kitchen])
    note(table, "de-lange-tafel", "koor", "gemeente")
    rows = Tie.objects.order_by("kind", "party_a__key", "party_b__key")
    assert [(tie.kind, tie.party_a.key, tie.party_b.key) for tie in rows] == [
        ("knows", "de-lange-tafel", "gemeente"),
        ("knows", "gemeente", "koor"),
        ("shares_space", "de-lange-tafel", "koor"),
    ]
    assert {tie.shown_by for tie in rows} == {"Tafel: Wie heeft de sleutel?, 2026-05-11"}
    note(table, "de-lange-tafel", "koor")
    (left,) = Tie.objects.all()
    assert left.kind == "shares_space", "who was not there after all has no tie by it"
    note(table, "de-lange-tafel")
    assert Tie.objects.get().shown_by == "", "what was reported stays, and counts half"


@pytest.mark.django_db
def test_a_tie_that_an_end_says_is_over_is_not_brought_back_by_a_table() -> None:
    table = held("De Lange Tafel", "Koor", "Buurtkrant")
    kitchen, choir = (Party.objects.get(key=key) for key in ("de-lange-tafel", "koor"))
    put_tie(kitchen, party_b=choir, kind=TieKind.KNOWS, reported_by=[kitchen])
    no_longer(kitchen, other=choir, kind=TieKind.KNOWS, at=NOW, today=NOW.date())
    note(table, "de-lange-tafel", "koor")
    assert Tie.objects.get().shown_by == ""


@pytest.mark.django_db
def test_a_table_of_two_names_of_one_party_makes_no_tie_with_itself() -> None:
    kitchen = party()
    other = double(kitchen, "Buurtkeuken")
    table = coming(held_at=YESTERDAY)
    for each in (kitchen, other):
        Seat.objects.create(table=table, party=each)
    note(table, "de-lange-tafel")
    assert not Tie.objects.exists()
    assert Seat.objects.filter(was_there=True).count() == 2


# --- minutes, a yes, giving back


@pytest.mark.django_db
def test_nothing_of_afterwards_is_done_before(tmp_path: Path) -> None:
    table = coming()
    with pytest.raises(TableStillToCome):
        note(table)
    with pytest.raises(TableStillToCome):
        closing.give_back(table, text="Dank.", at=NOW)
    with pytest.raises(TableStillToCome):
        closing.keep_report(table, title="Verslag", file=SimpleUploadedFile("v.md", b"Zaal"), file_name="v.md", at=NOW)
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_a_link_for_a_yes_goes_out_once_to_who_may_be_mailed() -> None:
    table = held("De Lange Tafel", "Koor", "Buurtkrant")
    kitchen, choir = (Party.objects.get(key=key) for key in ("de-lange-tafel", "koor"))
    reachable(kitchen)
    for maker in (kitchen, choir):
        actions.note_promise(table, kind=Kind.DO, maker=maker, wording=f"{maker} doet iets.", at=NOW)
    assert closing.ask_for_yes(table, at=NOW) == (1, 1)
    assert closing.ask_for_yes(table, at=NOW) == (0, 1)
    told = Message.objects.filter(about__startswith="promise:")
    assert [(one.reader.address, "De Lange Tafel doet iets." in one.text) for one in told] == [
        ("noor@example.org", True)
    ]


@pytest.mark.django_db
def test_what_came_of_it_goes_back_once_to_who_was_there_and_to_nobody_else() -> None:
    table = held("De Lange Tafel", "Koor", "Gemeente:government", "Buurtkrant")
    reachable(Party.objects.get(key="de-lange-tafel"))
    before = Message.objects.count()
    note(table)
    with pytest.raises(NobodyWasThere):
        closing.give_back(table, text="Dank.", at=NOW)
    note(table, "de-lange-tafel", "gemeente")
    with pytest.raises(NothingSaid):
        closing.give_back(table, text=" ", at=NOW)
    for _time in range(2):
        closing.give_back(table, text="De sleutel ligt bij de bakker.", at=NOW)
    assert Message.objects.count() == before + 1
    assert [(one.name, one.is_made) for one in invited.letters(table)] == [("Gemeente", False)]
    seat = Seat.objects.select_related("table__workshop").get(party__key="gemeente")
    assert "bij de bakker" in inviting.letter_words(seat)


# --- doors


@pytest.fixture
def team(client: Client) -> Client:
    client.force_login(account(RoleName.COORDINATOR))
    return client


def address(name: str, of: str = "kanaalkwartier") -> str:
    return reverse(f"tables:{name}", args=[of, KEY])


@pytest.mark.django_db
def test_after_a_table_the_team_does_four_things_and_everybody_reads_what_came_of_it(team: Client) -> None:
    table = held("De Lange Tafel", "Koor", "Buurtkrant")
    maker = Party.objects.get(key="koor")
    actions.note_promise(table, kind=Kind.DO, maker=maker, wording="Wij zingen.", at=NOW)
    assert "Wij zingen." in team.get(address("after")).content.decode()
    team.post(address("was_there"), {"parties": ["de-lange-tafel", "koor"]})
    text = ("In de aula is plaats voor veertig mensen, en de sleutel ligt bij de bakker op de hoek. " * 4).encode()
    said = {"title": "Verslag van de sleutel", "file": SimpleUploadedFile("verslag.md", text)}
    assert team.post(address("report"), said).status_code == 302
    assert Table.objects.get().report == "verslag-van-de-sleutel"
    assert "geef je de link zelf" in team.post(address("ask_for_yes"), follow=True).content.decode()
    assert team.post(address("give_back"), {"text": "De sleutel ligt bij de bakker."}).status_code == 302
    page = Client().get(address("table")).content.decode()
    assert "Verslag van de sleutel" in page
    assert "De sleutel ligt bij de bakker." in page
    counted = Client().get(address("attended")).content.decode()
    assert "Bewonersinitiatief" in counted
    assert "Buurtkrant" not in counted, "names are for who plans the next table"
    assert "Buurtkrant" in team.get(address("attended")).content.decode()


@pytest.mark.django_db
def test_what_cannot_be_told_back_or_read_says_why(team: Client) -> None:
    table = held("De Lange Tafel", "Koor", "Buurtkrant")
    note(table)
    empty = team.post(address("report"), {"title": "Verslag", "file": SimpleUploadedFile("verslag.pdf", b"")})
    assert empty.status_code == 422
    back = team.post(address("give_back"), {"text": "Dank."})
    assert (back.status_code, "Schrijf eerst op wie er was" in back.content.decode()) == (422, True)
    assert not Guest.objects.exists()


@pytest.mark.django_db
def test_who_was_there_is_not_told_of_a_table_that_is_still_to_come(client: Client) -> None:
    coming(held_at=NOW.replace(year=2099))
    assert client.get(address("attended")).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["was_there", "report", "ask_for_yes", "give_back"])
def test_what_is_done_afterwards_is_for_the_team_of_its_own_workshop(client: Client, name: str) -> None:
    held("De Lange Tafel", "Buurtkrant")
    assert "next=" in client.post(address(name))["Location"]
    client.force_login(account(RoleName.RESIDENT))
    assert client.post(address(name)).status_code == 403
    client.force_login(account(RoleName.COORDINATOR, of=workshop("zuidrand")))
    assert client.post(address(name, of="zuidrand")).status_code == 404
