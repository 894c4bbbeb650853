from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.asks.street import area
from tests.builders import account, party, workshop
from tests.issues.shelf import NOW
from tests.tables.hall import KEY, an_issue, coming, person
from werkplaats.accounts.models import Account, Person
from werkplaats.accounts.rules import RoleName
from werkplaats.config.sweeps import until_done
from werkplaats.consent.actions import withdraw
from werkplaats.consent.rules import Purpose
from werkplaats.issues.models import Trajectory
from werkplaats.neighbourhoods.models import Group, Party
from werkplaats.tables.actions import drawing, inviting
from werkplaats.tables.models import Guest, Lot, Seat, Table, TableDraw
from werkplaats.tables.queries import lots
from werkplaats.tables.queries.planning import cards
from werkplaats.tables.refusals import DrawWaits, NobodyToDraw, NoReason, NotProposed, NotSoMany, TableIsOver
from werkplaats.tables.rules import Draw
from werkplaats.tables.sweeps import LOTS
from werkplaats.workshops.actions import switch_on
from werkplaats.workshops.rules import Capability

PARTIES = ("De Lange Tafel", "Koor", "Kookclub", "Gemeente:government", "Woonbureau:government")
BOTH = {"kind": {"initiative": (1, 1), "government": (1, 1)}}


def table(*names: str, **more: Any) -> Table:
    return coming(about_issue=an_issue(*(names or PARTIES)), **more)


def ask(of: Table, *, seats: int = 2, quotas: drawing.Quotas | None = None) -> TableDraw:
    made = drawing.ask_draw(of, seats=seats, quotas=BOTH if quotas is None else quotas, at=NOW)
    drawing.put_drawn(made, found=drawing.drawn(made), at=NOW)
    return TableDraw.objects.get(pk=made.pk)


@pytest.mark.django_db
def test_what_is_drawn_keeps_the_quotas_and_shows_everybodys_chance() -> None:
    made = ask(table())
    assert made.state == Draw.PROPOSED
    assert sorted(made.lots.filter(is_drawn=True).values_list("kind", flat=True)) == ["government", "initiative"]
    assert {kind: round(chance or 0, 3) for kind, chance in made.lots.values_list("kind", "chance")} == {
        "initiative": 0.333,
        "government": 0.5,
    }
    assert not Seat.objects.exists(), "it is a proposal: nobody is invited by a machine"


@pytest.mark.django_db
def test_the_seed_that_was_kept_draws_the_same_again() -> None:
    made = ask(table())
    out = list(made.lots.filter(is_drawn=True).order_by("number").values_list("number", flat=True))
    again = drawing.drawn(made)
    assert sorted(again.drawn) == out
    assert made.pool_hash == lots.pool_hash(lots.pool(made.table)), "nobody was added or left out since"
    inviting.invite(made.table, parties=[Party.objects.get(key="koor")], at=NOW)
    assert made.pool_hash != lots.pool_hash(lots.pool(made.table))


@pytest.mark.django_db
def test_quotas_that_cannot_hold_are_named_with_the_least_that_has_to_change() -> None:
    made = ask(table(), seats=4, quotas={"kind": {"government": (3, 4)}})
    assert (made.state, made.lots.filter(is_drawn=True).exists()) == (Draw.CANNOT, False)
    (shown,) = lots.draws(made.table, sees_all=True)
    assert [one.words for one in shown.eased] == ["Overheid: 3-4 stoelen kan niet, 2-4 kan wel."]
    assert ask(made.table, seats=4, quotas={"kind": {"government": (2, 4)}}).state == Draw.PROPOSED


@pytest.mark.django_db
def test_lots_for_nobody_or_for_more_than_there_are_are_refused() -> None:
    with pytest.raises(NobodyToDraw):
        ask(coming(held_at=NOW + timedelta(days=3)))
    full = table()
    for seats in (0, 6):
        with pytest.raises(NotSoMany):
            ask(full, seats=seats)
    assert not TableDraw.objects.exists()


@pytest.mark.django_db
def test_who_took_part_is_invited_only_when_a_human_takes_the_proposal_and_once() -> None:
    made = ask(table())
    with pytest.raises(DrawWaits):
        ask(made.table)
    assert drawing.accept_draw(made, at=NOW) == 2
    assert Seat.objects.filter(invited_at__isnull=False).count() == 2
    with pytest.raises(NotProposed):
        drawing.accept_draw(made, at=NOW)
    assert ask(made.table, seats=1, quotas={}).lots.count() == 3, "who has a seat is in no pool any more"


@pytest.mark.django_db
def test_a_lottery_that_is_left_stays_to_be_seen_with_its_reason() -> None:
    made = ask(table())
    with pytest.raises(NoReason):
        drawing.drop_draw(made, reason=" ", at=NOW)
    drawing.drop_draw(made, reason="De zaal is te klein.", at=NOW)
    ask(made.table)
    (public,) = lots.draws(made.table, sees_all=False)
    assert (public.number, public.reason) == (1, "De zaal is te klein.")


@pytest.mark.django_db
def test_what_was_drawn_for_a_table_that_began_meanwhile_invites_nobody() -> None:
    made = ask(table())
    with pytest.raises(TableIsOver):
        drawing.accept_draw(made, at=made.table.held_at + timedelta(hours=1))
    assert not Seat.objects.exists()


# --- people


@pytest.mark.django_db
def test_people_take_part_only_with_their_yes_when_they_sit_for_no_party_and_do_not_work_here() -> None:
    of = table("Gemeente:government")
    person("Noor")
    person("Zonder", allows=(Purpose.KEEP,))
    host = person("Host", email="host@example.org")
    host.account = account(RoleName.HOST)
    host.save()
    gone = person("Weg")
    withdraw(gone, purpose=Purpose.CONTACT, on=date(2026, 2, 1))
    assert [one.key for one in lots.pool(of)] == ["party:gemeente", "person:noor"]


@pytest.mark.django_db
def test_people_come_from_where_the_residents_live_whom_it_concerns() -> None:
    at_stake = an_issue("Gemeente:government")
    street, far = area("Kadebuurt"), area("Verweg")
    for name, home in (("Noor", street), ("Ada", far)):
        row = person(name)
        row.area = home
        row.save()
    made = Trajectory.objects.create(
        workshop=workshop(), issue=at_stake, key="d", name="D", sort_name="d", benefit_for="x", how_noticed="y"
    )
    group = Group.objects.create(
        workshop=workshop(), key="g", name="Kadebewoners", sort_name="kadebewoners", area=street
    )
    made.benefit_groups.add(group)
    assert [one.key for one in lots.pool(coming(about_issue=at_stake))] == ["party:gemeente", "person:noor"]


@pytest.mark.django_db
def test_a_person_drawn_is_a_guest_by_name_only_where_that_may_be_shown() -> None:
    of = table("Gemeente:government")
    for name in ("Noor", "Ada"):
        person(name)
    person("Mees", allows=(Purpose.CONTACT, Purpose.SHOW_NAME))
    made = ask(of, seats=4, quotas={})
    assert drawing.accept_draw(made, at=NOW) == 4
    assert sorted(card.name for card in cards(workshop(), KEY, today=NOW.date())) == ["", "", "Gemeente", "Mees"]
    (public,) = lots.draws(of, sees_all=False)
    assert [one.name for one in public.lots] == ["Gemeente"]
    assert (public.residents, public.pool) == (None, None), "three people are a few"


@pytest.mark.django_db
def test_who_took_back_that_we_may_reach_them_is_not_invited_after_all() -> None:
    of = table("Gemeente:government")
    noor = person("Noor")
    made = ask(of, seats=2, quotas={})
    withdraw(noor, purpose=Purpose.CONTACT, on=NOW.date())
    assert drawing.accept_draw(made, at=NOW) == 1
    assert not Guest.objects.exists()


@pytest.mark.django_db
def test_a_person_who_leaves_takes_the_name_along_and_the_lot_stays() -> None:
    person("Noor")
    made = ask(table("Gemeente:government"), seats=2, quotas={})
    drawing.accept_draw(made, at=NOW)
    Person.objects.all().delete()
    assert (Lot.objects.filter(draw=made).count(), Guest.objects.count()) == (2, 0)


# --- doors


@pytest.fixture
def team(client: Client) -> Client:
    client.force_login(account(RoleName.COORDINATOR))
    switch_on(workshop(), [Capability.LOTS.value])
    return client


def address(name: str, *more: int, of: str = "kanaalkwartier") -> str:
    return reverse(f"tables:{name}", args=[of, KEY, *more])


def ahead() -> Table:
    return table(held_at=timezone.now() + timedelta(days=14))


@pytest.mark.django_db
def test_without_lots_switched_on_they_show_nowhere(client: Client) -> None:
    client.force_login(account(RoleName.COORDINATOR))
    workshop()
    ahead()
    for page in (address("draw"), address("drawn")):
        assert client.get(page).status_code == 404
    assert address("draw") not in client.get(reverse("tables:plan", args=["kanaalkwartier", KEY])).content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_team_asks_for_lots_the_sweep_draws_and_everybody_sees_how(team: Client) -> None:
    ahead()
    assert address("draw") in team.get(reverse("tables:plan", args=["kanaalkwartier", KEY])).content.decode()
    # the kinds stand in the form in the order of their names: government, initiative
    said = {"seats": "2", "low_0": "1", "high_0": "1", "low_1": "1", "high_1": ""}
    assert "Wordt nu geloot" in team.post(address("draw"), said, follow=True).content.decode()
    until_done((LOTS,))
    page = team.get(address("draw")).content.decode()
    assert "33 op de 100" in page
    assert "50 op de 100" in page
    assert "geloot is" not in Client().get(address("drawn")).content.decode().replace("Hoe er geloot is", "")
    assert "2 zijn uitgenodigd." in team.post(address("decide", 1), follow=True).content.decode()
    shown = Client().get(address("drawn")).content.decode()
    assert "33 op de 100" in shown
    assert str(TableDraw.objects.get().seed) in shown


@pytest.mark.django_db
def test_quotas_typed_the_wrong_way_round_and_a_leaving_without_reason_say_so(team: Client) -> None:
    of = ahead()
    wrong = team.post(address("draw"), {"seats": "2", "low_0": "2", "high_0": "1"})
    assert (wrong.status_code, "meer dan hoogstens" in wrong.content.decode()) == (422, True)
    many = team.post(address("draw"), {"seats": "90"})
    assert (many.status_code, "Je loot onder 5" in many.content.decode()) == (422, True)
    made = drawing.ask_draw(of, seats=2, quotas=BOTH, at=timezone.now())
    drawing.put_drawn(made, found=drawing.drawn(made), at=timezone.now())
    assert "Schrijf op waarom" in team.post(address("decide", 1), {"leave": "1"}, follow=True).content.decode()
    team.post(address("decide", 1), {"leave": "1", "reason": "De zaal is te klein."})
    assert "De zaal is te klein." in Client().get(address("drawn")).content.decode()


@pytest.mark.django_db
def test_lots_are_for_the_team_of_their_own_workshop(client: Client) -> None:
    switch_on(workshop(), [Capability.LOTS.value])
    switch_on(workshop("zuidrand"), [Capability.LOTS.value])
    ahead()
    party("Los")
    assert "next=" in client.post(address("draw"))["Location"]
    client.force_login(account(RoleName.RESIDENT))
    assert client.post(address("draw")).status_code == client.post(address("decide", 1)).status_code == 403
    client.force_login(account(RoleName.COORDINATOR, of=workshop("zuidrand")))
    assert client.post(address("draw", of="zuidrand")).status_code == 404
    assert client.post(address("decide", 1, of="zuidrand")).status_code == 404
    assert Account.objects.count() == 2
