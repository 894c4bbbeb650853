from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import account, party, workshop
from tests.issues.shelf import NOW, issue
from werkplaats.accounts.actions import open_code
from werkplaats.accounts.refusals import WrongCode
from werkplaats.accounts.rules import RoleName
from werkplaats.catches.models import Catch
from werkplaats.issues.models import IssueParty
from werkplaats.issues.rules import State
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import DAYS_FOR_A_YES, Kind
from werkplaats.tables import actions, queries
from werkplaats.tables.models import Decision, Table
from werkplaats.tables.records import TableRecord
from werkplaats.tables.refusals import NobodySits, NoDay, NothingSaid
from werkplaats.tables.rules import CODE_PURPOSE, thing

DAY = NOW.date()
POSTS = ("note", "seats", "code")


def held(about: str = "Wie heeft de sleutel?", **more: object) -> Table:
    return actions.hold(workshop(), about=about, held_at=NOW, **more)  # type: ignore[arg-type]


def record(*, sees_all: bool = False, today: date = DAY) -> TableRecord:
    found = queries.table(workshop(), "wie-heeft-de-sleutel", sees_all=sees_all, today=today)
    assert found is not None
    return found


def a_promise(table: Table, *, key: str = "") -> Decision:
    maker = Party.objects.filter(key="kadeschool").first() or party("Kadeschool", kind="professional")
    return actions.note_promise(
        table,
        kind=Kind.DO,
        maker=maker,
        wording="Op zaterdag is de zaal open.",
        for_whom="de buurtkeuken",
        due_on=DAY + timedelta(days=20),
        at=NOW,
        key=key,
    )


@pytest.mark.django_db
def test_the_same_table_written_down_twice_is_one_table() -> None:
    kitchen, double = party(), party("Buurtkeuken Lange Tafel")
    double.canonical = kitchen
    double.save()
    held(parties=[kitchen])
    held(parties=[kitchen, double])
    assert Table.objects.count() == 1
    assert [seat.name for seat in record().seats] == ["De Lange Tafel"]
    assert record().line.parties == 1


@pytest.mark.django_db
def test_who_was_not_there_leaves_under_any_name() -> None:
    kitchen, double = party(), party("Buurtkeuken Lange Tafel")
    double.canonical = kitchen
    double.save()
    actions.unseat(held(parties=[kitchen]), party=double)
    assert record().seats == ()


@pytest.mark.django_db
def test_a_form_sent_twice_is_one_decision() -> None:
    table = held()
    a_promise(table, key="eens")
    a_promise(table, key="eens")
    assert (Promise.objects.count(), Decision.objects.count()) == (1, 1)
    for _time in range(2):
        actions.note_date(table, who="Kadeschool", text="Wie betaalt?", on=DAY, at=NOW, key="nogeens")
    assert (Catch.objects.count(), Decision.objects.count()) == (1, 2)


@pytest.mark.django_db
def test_a_promise_without_party_a_line_without_words_and_a_date_without_day_are_refused() -> None:
    table = held()
    with pytest.raises(NobodySits):
        actions.note_promise(table, kind=Kind.DO, maker=None, wording="Iets", at=NOW)
    with pytest.raises(NothingSaid):
        actions.note_promise(table, kind=Kind.NO, maker=party(), wording="  ", at=NOW)
    with pytest.raises(NoDay):
        actions.note_date(table, who="", text="Wie betaalt?", on=None, at=NOW)
    assert not Decision.objects.exists()


@pytest.mark.django_db
def test_what_waits_for_a_yes_is_for_the_workshop_until_its_maker_had_time() -> None:
    a_promise(held())
    assert record(sees_all=True).waiting == 1
    assert [one.text for one in record(sees_all=True).decisions] == ["Op zaterdag is de zaal open."]
    assert record().decisions == ()
    assert record(today=DAY + timedelta(days=DAYS_FOR_A_YES)).decisions == ()
    (later,) = record(today=DAY + timedelta(days=DAYS_FOR_A_YES + 1)).decisions
    assert (later.is_open, later.is_confirmed) == (True, False)


@pytest.mark.django_db
def test_what_we_come_back_to_is_a_catch_that_waits_and_is_for_the_workshop() -> None:
    actions.note_date(held(), who="Kadeschool", text="Wie betaalt de sleutel?", on=DAY, at=NOW)
    assert Catch.objects.get().waits
    assert record().decisions == ()
    assert [one.on for one in record(sees_all=True).decisions] == [DAY]


@pytest.mark.django_db
def test_who_works_on_the_issue_and_does_not_sit_here_is_named() -> None:
    at_stake = issue(state=State.ACCEPTED)
    for name in ("De Lange Tafel", "Kadeschool"):
        IssueParty.objects.create(issue=at_stake, party=party(name))
    held(issue=at_stake, parties=[IssueParty.objects.filter(party__name="Kadeschool").get().party])
    assert record().missing.parties == ("De Lange Tafel",)
    assert [line.key for line in queries.of_issue(at_stake.pk)] == ["wie-heeft-de-sleutel"]


@pytest.mark.django_db
def test_tables_of_a_week_are_those_from_its_start_to_before_its_end() -> None:
    held()
    assert len(queries.tables(workshop(), since=NOW, until=NOW + timedelta(days=7))) == 1
    assert queries.tables(workshop(), until=NOW) == ()


@pytest.mark.django_db
def test_a_table_is_read_with_few_queries(django_assert_max_num_queries: object) -> None:
    table = held(parties=[party(f"Partij {number}") for number in range(6)], issue=issue(state=State.ACCEPTED))
    for number in range(4):
        a_promise(table, key=f"b{number}")
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        assert len(record(sees_all=True).decisions) == 4


@pytest.mark.django_db(transaction=True)
def test_a_new_code_closes_the_door_of_the_one_before() -> None:
    table = held()
    old, new = (actions.make_code(table, at=NOW) for _time in range(2))
    opened = open_code(table.workshop, new, purpose=CODE_PURPOSE, address="192.0.2.1", at=NOW)
    assert opened.thing == thing(table.key)
    with pytest.raises(WrongCode):
        open_code(table.workshop, old, purpose=CODE_PURPOSE, address="192.0.2.1", at=NOW)


# --- doors


@pytest.fixture
def team(client: Client) -> Client:
    client.force_login(account(RoleName.COORDINATOR))
    return client


def address(name: str, key: str = "wie-heeft-de-sleutel", of: str = "kanaalkwartier") -> str:
    return reverse(f"tables:{name}", args=[of, key])


@pytest.mark.django_db
def test_everybody_reads_which_parties_sat_there_and_nobody_reads_what_is_not_confirmed(client: Client) -> None:
    table = actions.hold(workshop(), about="Wie heeft de sleutel?", held_at=datetime.now(UTC), parties=[party()])
    actions.note_promise(table, kind=Kind.DO, maker=party("Kadeschool"), wording="Zaal open", at=datetime.now(UTC))
    page = client.get(address("table")).content.decode()
    assert "De Lange Tafel" in page
    assert "Zaal open" not in page
    assert "Wie heeft de sleutel?" in client.get(reverse("tables:tables", args=["kanaalkwartier"])).content.decode()


@pytest.mark.django_db
def test_the_team_writes_down_a_table_and_what_was_said(team: Client) -> None:
    party()
    form = {"about": "Wie heeft de sleutel?", "day": "2026-05-12", "hour": "19:30", "parties": ["de-lange-tafel"]}
    assert team.post(reverse("tables:hold", args=["kanaalkwartier"]), form).status_code == 302
    assert Table.objects.get().held_at == datetime(2026, 5, 12, 17, 30, tzinfo=UTC)
    said = {"kind": "find_out", "party": "de-lange-tafel", "text": "Wie heeft de sleutel nu?", "once": "abc"}
    for _time in range(2):
        assert team.post(address("note"), said).status_code == 302
    assert Promise.objects.get().table_key == "wie-heeft-de-sleutel"
    assert "Wie heeft de sleutel nu?" in team.get(address("table")).content.decode()


@pytest.mark.django_db
def test_what_was_typed_stays_when_it_cannot_be_done(team: Client) -> None:
    held()
    answer = team.post(address("note"), {"kind": "date", "text": "Wie betaalt?"})
    assert answer.status_code == 422
    assert "Wie betaalt?" in answer.content.decode()
    assert "Kies de dag" in answer.content.decode()


@pytest.mark.django_db
def test_the_sheet_shows_the_digits_to_who_made_them(team: Client) -> None:
    held()
    assert "De code is maar één keer te zien" in team.get(address("sheet")).content.decode()
    page = team.post(address("code"), follow=True).content.decode()
    assert "Bewaar deze code." in page


@pytest.mark.django_db
def test_seats_are_added_and_taken_back(team: Client) -> None:
    held()
    party()
    team.post(address("seats"), {"party": "de-lange-tafel"})
    assert [seat.key for seat in record().seats] == ["de-lange-tafel"]
    team.post(address("seats"), {"leaves": "de-lange-tafel"})
    assert record().seats == ()
    assert "Kies eerst een partij." in team.post(address("seats"), {"party": "nergens"}, follow=True).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", POSTS)
def test_what_happens_at_a_table_is_for_the_team_of_its_own_workshop(client: Client, name: str) -> None:
    held()
    assert "next=" in client.post(address(name))["Location"]
    client.force_login(account(RoleName.RESIDENT))
    assert client.post(address(name)).status_code == 403
    client.force_login(account(RoleName.COORDINATOR, of=workshop("zuidrand")))
    assert client.post(address(name, of="zuidrand")).status_code == 404
    assert client.get(address("table", of="zuidrand")).status_code == 404
