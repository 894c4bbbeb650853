"""A voice may come through a residents' initiative: by its sheet, its cards, its helper or its file."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.asks.street import NOW, TODAY, ask, shared, voice
from tests.builders import account, party, workshop
from werkplaats.accounts.models import Account, Person
from werkplaats.accounts.rules import RoleName
from werkplaats.asks import actions, queries
from werkplaats.asks.models import Ask, Slip, Voice
from werkplaats.asks.refusals import NotAnInitiative
from werkplaats.asks.rules import Privacy
from werkplaats.neighbourhoods.actions import put_double, put_membership
from werkplaats.neighbourhoods.rules import Verdict

pytestmark = pytest.mark.django_db
FORM = {"text": "De lift is kapot.", "privacy": "workshop", "once": "abc"}
CARD = {"text": "Het is donker.", "privacy": "workshop", "batch": "feest", "number": "1"}


def address(name: str, row: Ask) -> str:
    return reverse(f"asks:{name}", args=["kanaalkwartier", row.key])


def helper(*, of: str = "") -> Account:
    who = account(RoleName.HELPER)
    person = Person.objects.create(workshop=workshop(), key="mens", name="Mens", sort_name="mens", account=who)
    if of:
        put_membership(party(of), person=person, role="lid")
    return who


def test_who_comes_by_the_sheet_of_an_initiative_comes_through_it_and_is_told_so(client: Client) -> None:
    row, kitchen = ask(), party("De Keuken")
    page = f"{address('give', row)}?door=de-keuken"
    assert "via De Keuken" in client.get(page).content.decode()
    assert "via De Keuken" not in client.get(address("give", row)).content.decode()
    client.post(page, FORM)
    assert Voice.objects.get().through == kitchen


@pytest.mark.parametrize("named", ["nergens", "gemeente", ""])
def test_an_address_that_names_no_initiative_keeps_no_voice_out(client: Client, named: str) -> None:
    row = ask()
    party("Gemeente", kind="government")
    client.post(f"{address('give', row)}?door={named}", FORM)
    assert Voice.objects.get().through is None


def test_the_sheet_of_an_initiative_leads_through_it(client: Client) -> None:
    row = ask()
    party("De Keuken")
    page = client.get(f"{address('poster', row)}?door=de-keuken").content.decode()
    assert f"{address('give', row)}?door=de-keuken" in page
    assert "<select" not in page  # a stranger makes no sheets for others
    client.force_login(account(RoleName.COORDINATOR))
    assert '<option value="de-keuken">' in client.get(address("poster", row)).content.decode()


def test_who_belongs_to_an_initiative_makes_its_sheet_and_no_other(client: Client) -> None:
    row = ask()
    party("Een Ander")
    who = account(RoleName.PARTY)
    person = Person.objects.create(workshop=workshop(), key="lid", name="Lid", sort_name="lid", account=who)
    put_membership(party("De Keuken"), person=person, role="lid")
    client.force_login(who)
    page = client.get(address("poster", row)).content.decode()
    assert re.findall(r'<option value="([^"]+)"', page) == ["de-keuken"]


def test_the_page_of_an_initiative_leads_to_its_sheet_for_who_may_gather(client: Client) -> None:
    standing = actions.standing_ask(workshop(), on=TODAY)
    for name, kind in (("De Keuken", "initiative"), ("Gemeente", "government")):
        party(name, kind=kind)
    sheet = f"{address('poster', standing)}?door=de-keuken"
    page = reverse("pages:party", args=["kanaalkwartier", "de-keuken"])
    assert sheet not in client.get(page).content.decode()
    client.force_login(account(RoleName.COORDINATOR))
    assert sheet in client.get(page).content.decode()
    assert "?door=" not in client.get(page.replace("de-keuken", "gemeente")).content.decode()


def test_a_card_that_an_initiative_handed_out_comes_through_it(client: Client) -> None:
    row, kitchen, other = ask(), party("De Keuken"), party("Een Ander")
    client.force_login(helper())
    sheet = client.post(
        address("slips", row), {"batch": "feest", "count": "2", "through": "de-keuken"}
    ).content.decode()
    assert "Via De Keuken" in sheet
    assert set(Slip.objects.values_list("through", flat=True)) == {kitchen.pk}
    client.post(address("stack", row), CARD)
    client.post(address("stack", row), {**CARD, "text": "Het is nat.", "number": "2", "through": "een-ander"})
    assert list(Voice.objects.order_by("number").values_list("through", flat=True)) == [kitchen.pk, other.pk]


def test_a_stack_keeps_the_initiative_for_the_next_card_and_begins_with_that_of_the_helper(client: Client) -> None:
    row = ask()
    client.force_login(helper(of="De Keuken"))
    assert '<option value="de-keuken" selected>' in client.get(address("stack", row)).content.decode()
    answer = client.post(address("stack", row), {**CARD, "through": "de-keuken"}, follow=True)
    assert '<option value="de-keuken" selected>' in answer.content.decode()


def test_a_file_of_an_initiative_comes_through_it(client: Client) -> None:
    row, kitchen = ask(), party("De Keuken")
    client.force_login(account(RoleName.COORDINATOR))
    told = SimpleUploadedFile("stemmen.csv", b"tekst;via\nDe lift;De Keuken\nHet licht;\n")
    client.post(address("import", row), {"file": told})
    assert list(Voice.objects.order_by("number").values_list("through", flat=True)) == [kitchen.pk, None]


def test_a_voice_comes_through_residents_or_through_nobody() -> None:
    with pytest.raises(NotAnInitiative):
        voice(through=party("Gemeente", kind="government"))


def test_an_entry_that_proved_a_double_gathers_for_the_one_that_stays() -> None:
    kitchen, alias = party("De Keuken"), party("Keuken")
    put_double(kitchen, party_b=alias, verdict=Verdict.SAME, stays=kitchen)
    alias.refresh_from_db()
    assert voice(through=alias).through == kitchen


def test_who_takes_a_voice_back_takes_back_the_way_it_came() -> None:
    given = voice(through=party("De Keuken"))
    assert actions.withdraw(given, at=NOW).through is None


def test_nothing_that_goes_out_tells_through_whom_a_voice_came(client: Client) -> None:
    row = ask()
    shared("De lift is kapot.", to=row, through=party("Zwijgzame Keuken"))
    assert "Zwijgzame" not in client.get(address("ask", row)).content.decode()
    assert "Zwijgzame" not in repr(queries.public_page(row))


def test_who_waits_through_a_party_is_told_once_however_many_and_until_the_last_is_answered() -> None:
    row, kitchen = ask(), party("De Keuken")
    given = [voice(f"De lift is {n} keer kapot.", to=row, through=kitchen, privacy=Privacy.WORKSHOP) for n in range(3)]
    (waits,) = queries.waits_through(workshop())
    assert (waits.party, waits.ask, waits.asker, waits.issue) == (kitchen.pk, row.key, row.asker_id, None)
    team = party("Wijkteam", kind="professional")
    actions.reply(row, voices=given[:2], party=team, text="Het wordt gemaakt.", at=NOW)
    assert queries.waits_through(workshop()) == (waits,)
    actions.reply(row, voices=given[2:], party=team, text="Het wordt gemaakt.", at=NOW)
    assert queries.waits_through(workshop()) == ()


def test_the_standing_ask_names_nobody_who_answers_until_somebody_says_to_come_back() -> None:
    standing = actions.standing_ask(workshop(), on=TODAY)
    Ask.objects.filter(pk=standing.pk).update(asker=party("Bibliotheek", kind="other"))
    given = voice(to=standing, through=party("De Keuken"))
    assert [(one.asker, one.comes_back) for one in queries.waits_through(workshop())] == [(None, None)]
    team = party("Wijkteam", kind="professional")
    actions.come_back(given, on=TODAY, today=TODAY, by=team)
    assert [(one.asker, one.comes_back) for one in queries.waits_through(workshop())] == [(None, team.pk)]
