"""Each door opens to who may, and says what is refused."""

import sys
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.builders import account, party, workshop
from tests.mirror.street import attempt, planted, promise, steward
from werkplaats.accounts.models import Person
from werkplaats.accounts.rules import RoleName
from werkplaats.mirror import actions
from werkplaats.mirror.models import Attempt, Mirror, Rejoinder, SideBySide, Snapshot, SnapshotItem
from werkplaats.neighbourhoods.models import Membership, Party

pytestmark = pytest.mark.django_db


def at(name: str, *key: object) -> str:
    return reverse(f"mirror:{name}", args=["kanaalkwartier", *key])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def member(of: Party) -> Client:
    """Somebody who speaks for a party, signed in."""
    one = account(RoleName.PARTY)
    person = Person.objects.create(workshop=of.workshop, key=f"p{one.pk}", name="G", sort_name="g", account=one)
    Membership.objects.create(person=person, party=of, role="lid")
    client = Client()
    client.force_login(one)
    return client


@pytest.fixture
def team(client: Client) -> Client:
    client.force_login(account(RoleName.COORDINATOR))
    return client


def held(of: Party) -> Mirror:
    now = timezone.now()
    mirror = actions.hold_mirror(of, at=now)
    actions.look(mirror, at=now)
    return mirror


def huurders() -> Party:
    """A residents' party with one thing in its mirror, kept to themselves."""
    row = party("Huurders")
    promise("feest", row, "Een feest in de hal", table_key="overleg")
    return row


def test_the_coordinator_asks_for_a_mirror_and_one_without_records_is_refused(team: Client) -> None:
    planted()
    party("Partij Van Ver")
    page = team.post(at("ask"), {"party": "partij-van-ver"}, follow=True).content.decode()
    assert "nog niets vastgelegd" in page
    assert not Mirror.objects.exists()
    page = team.post(at("ask"), {"party": "havenbureau"}, follow=True).content.decode()
    assert "We lopen nu alle gegevens na" in page
    actions.look(Mirror.objects.get(), at=timezone.now())
    page = text(team, at("mirror", "havenbureau"))
    for words in ("Eén formulier voor een buurtfeest", "Buurtloket", "Samen een zaal", "Niet openbaar", "Rust op:"):
        assert words in page
    assert "Wijkbudget, zeggen wij zelf" not in page
    assert "alleen ons eigen ja" not in page


def test_nobody_but_the_party_and_the_coordinator_opens_an_unpublished_mirror(team: Client) -> None:
    office = planted()
    mirror = held(office)
    item = SnapshotItem.objects.first()
    assert item is not None
    other, stranger = member(Party.objects.get(key="buurtkeuken")), Client()
    elsewhere = Client()
    elsewhere.force_login(account(RoleName.COORDINATOR, of=workshop("elders")))
    others = [account(role) for role in RoleName if role is not RoleName.COORDINATOR]
    pages = [at("mirror", "havenbureau"), f"{at('mirror', 'havenbureau')}?stand={mirror.snapshots.get().on}"]
    pages += [at("own_eyes", "havenbureau"), at("answer", "havenbureau", item.pk), at("years", "havenbureau")]
    pages += [at("lay", "havenbureau")]
    for page in pages:
        for one in (other, stranger, elsewhere):
            assert one.get(page).status_code == 404, page
        for one_account in others:
            guest = Client()
            guest.force_login(one_account)
            assert guest.get(page).status_code == 404, page
    assert team.get(at("mirror", "havenbureau")).status_code == 200
    assert member(office).get(at("mirror", "havenbureau")).status_code == 200
    for one in (other, stranger, elsewhere):
        assert "Havenbureau" not in text(one, at("mirrors"))
    assert team.get(at("own_eyes", "havenbureau")).status_code == 404, "for the eyes of the party alone"
    assert "Bij 1 van de 1 tafels" in text(member(office), at("own_eyes", "havenbureau"))


def test_after_the_talk_everybody_reads_the_mirror_of_a_public_body(team: Client) -> None:
    held(planted())
    today = timezone.localdate()
    page = at("talk", "havenbureau")
    late = team.post(page, {"what": "talked", "on": today + timedelta(days=1)})
    assert late.status_code == 422
    assert "Deze dag kan niet" in late.content.decode()
    team.post(page, {"what": "talked", "on": today, "words": "Het deed pijn"})
    read = text(Client(), at("mirror", "havenbureau"))
    assert "Openbaar" in read
    assert "Het deed pijn" not in read
    assert "Het deed pijn" in text(team, at("mirror", "havenbureau"))
    assert "Havenbureau" in text(Client(), at("mirrors"))


def test_a_residents_party_itself_says_yes_and_takes_it_back(team: Client) -> None:
    planted()
    row = huurders()
    mirror, mine = held(row), member(row)
    assert "praatten nog niet samen" in mine.post(at("consent", row.key), follow=True).content.decode()
    actions.note_talk(mirror.snapshots.get(), on=timezone.localdate(), at=timezone.now())
    assert team.post(at("consent", row.key)).status_code == 404, "nobody says yes in its name"
    assert Client().get(at("mirror", row.key)).status_code == 404
    assert "Ja, maak openbaar" in text(mine, at("mirror", row.key))
    mine.post(at("consent", row.key))
    assert "Een feest in de hal" in text(Client(), at("mirror", row.key))
    mine.post(at("take_back", row.key))
    assert Client().get(at("mirror", row.key)).status_code == 404


def test_own_words_stand_beside_an_item_and_script_in_them_is_only_text(team: Client) -> None:
    office = planted()
    held(office)
    item = SnapshotItem.objects.get(key="promise:lamp")
    mine = member(office)
    words = "<script>alert(1)</script> De lamp <b>hangt</b>"
    assert mine.post(at("answer", office.key, item.pk), {"words": words}).status_code == 302
    page = text(mine, at("mirror", office.key))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; De lamp &lt;b&gt;hangt&lt;/b&gt;" in page
    assert Rejoinder.objects.get().typed_by is not None
    keuken = Party.objects.get(key="buurtkeuken")
    held(keuken)
    assert member(keuken).post(at("answer", "buurtkeuken", item.pk), {"words": "x"}).status_code == 404
    assert mine.post(at("answer", office.key, item.pk), {"words": "x" * 2001}).status_code == 422


def test_the_workshops_own_mirror_comes_first_and_is_open() -> None:
    planted()
    own = huurders()
    steward(own)
    held(own)
    page = text(Client(), at("mirrors"))
    assert page.index("Onze eigen spiegel") < page.index("Huurders") < page.index("Spiegels van anderen")
    assert "altijd openbaar" in text(Client(), at("mirror", "huurders"))


def test_a_party_tells_of_its_years_and_only_who_was_asked_confirms(team: Client) -> None:
    office = planted()
    keuken, row = Party.objects.get(key="buurtkeuken"), huurders()
    mine = member(row)
    told = {"what": "Een buurtkas", "since": 2014, "until": 2019, "ending": "stopped", "why": "Geen geld"}
    alone = mine.post(at("years", row.key), told)
    assert alone.status_code == 422
    assert "een partij die erbij was" in alone.content.decode()
    wrong = mine.post(at("years", row.key), {**told, "until": 2010, "party": "buurtkeuken"})
    assert "Deze jaren kloppen niet" in wrong.content.decode()
    assert mine.post(at("years", row.key), {**told, "party": "buurtkeuken"}).status_code == 302
    made = Attempt.objects.get(what="Een buurtkas")
    assert "Een buurtkas" not in text(member(office), at("years", office.key))
    assert member(office).post(at("confirm", office.key, made.key)).status_code == 404
    assert team.post(at("confirm", keuken.key, made.key)).status_code == 404, "nobody confirms in its name"
    asked = member(keuken)
    assert "Andere partijen vragen Buurtkeuken bij 2 dingen" in text(asked, at("mirrors"))
    assert "of het zo was" not in text(mine, at("mirrors"))
    assert "Een buurtkas" in text(asked, at("years", keuken.key))
    assert asked.post(at("confirm", keuken.key, made.key)).status_code == 302
    held(row)
    page = text(mine, at("mirror", row.key))
    assert "Een buurtkas" in page
    assert 'class="samen-years__stopped"' in page
    assert "2014 tot 2019. Gestopt: Geen geld" in page


def test_two_mirrors_lie_beside_each_other_after_both_yeses(team: Client) -> None:
    office, row = planted(), huurders()
    held(office)
    no = team.post(at("lay", office.key), {"party": "huurders"})
    assert "nog geen spiegel" in no.content.decode()
    held(row)
    team.post(at("lay", office.key), {"party": "huurders"})
    key = SideBySide.objects.get().key
    one, other, third = member(office), member(row), member(Party.objects.get(key="buurtkeuken"))
    one.post(at("say", key), {"party": office.key, "yes": "ja"})
    assert "Een feest in de hal" not in text(one, at("sheet", key))
    assert other.post(at("say", key), {"party": office.key, "yes": "ja"}).status_code == 404
    assert team.post(at("say", key), {"party": row.key, "yes": "ja"}).status_code == 404
    other.post(at("say", key), {"party": row.key, "yes": "ja"})
    for reader in (one, other, team):
        assert "Een feest in de hal" in text(reader, at("sheet", key))
    for reader in (third, Client()):
        assert reader.get(at("sheet", key)).status_code == 404
    other.post(at("say", key), {"party": row.key, "yes": "nee"})
    assert "Een feest in de hal" not in text(one, at("sheet", key))


def test_a_long_section_has_a_page_of_its_own(team: Client) -> None:
    office = planted()
    for n in range(60):
        promise(f"b{n}", office, f"Belofte nummer {n} van zestig", table_key="overleg")
    held(office)
    page = text(team, at("mirror", office.key))
    assert page.count("<h3><span") == 20 + 5, "and the five of the other parts"
    assert "Bekijk ze alle 62" in page
    assert text(team, f"{at('mirror', office.key)}?deel=promises").count("<h3><span") == 62
    assert Snapshot.objects.count() == 1


def test_a_page_costs_as_many_queries_for_many_records_and_states_as_for_few(
    team: Client, django_assert_max_num_queries: Any
) -> None:
    office = planted()
    mirror = held(office)
    with CaptureQueriesContext(connection) as few:
        team.get(at("mirror", office.key))
    for n in range(60):
        promise(f"b{n}", office, f"Belofte nummer {n}", table_key="overleg")
    for days in (40, 80):
        promise(f"later-{days}", office, "Nog een", table_key="overleg")
        actions.look(mirror, at=timezone.now() + timedelta(days=days))
    assert mirror.snapshots.count() == 3
    with django_assert_max_num_queries(len(few)):
        team.get(at("mirror", office.key))


def test_the_list_costs_as_many_queries_for_many_mirrors(django_assert_max_num_queries: Any) -> None:
    office = planted()
    held(office)
    mine = member(office)
    with CaptureQueriesContext(connection) as few:
        mine.get(at("mirrors"))
    for n in range(8):
        row = party(f"Groep {n}")
        promise(f"g{n}", row, "Iets", table_key="overleg")
        held(row)
    with django_assert_max_num_queries(len(few)):
        assert "Groep 3" not in text(mine, at("mirrors"))


def test_the_address_of_a_double_leads_to_the_mirror_that_stays(team: Client) -> None:
    office = planted()
    held(office)
    double = party("Havenbureau Noord", kind="government")
    Party.objects.filter(pk=double.pk).update(canonical=office)
    assert "Spiegel van Havenbureau" in text(team, at("mirror", double.key))


def test_a_mirror_without_any_item_says_what_it_takes(team: Client) -> None:
    row = party("Stil")
    attempt("kas", row, "Alleen wij zeggen dit", 2014)
    held(row)
    page = text(team, at("mirror", "stil"))
    assert "Er staat nog niets in deze spiegel" in page
    assert "Alleen wij zeggen dit" not in page


def test_the_pdf_is_the_page_and_opens_to_nobody_else(client: Client) -> None:
    """Whoever may not read a state of a mirror gets no PDF of it either, by whatever address."""
    seen = actions.hold_mirror(planted(), at=timezone.now())
    actions.look(seen, at=timezone.now())
    state = seen.snapshots.get()
    address = at("mirror_pdf", seen.party.key)
    for asked in ("", f"?stand={state.on.isoformat()}", "?deel=promises"):
        assert client.get(address + asked).status_code == 404
    answer = member(seen.party).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    told = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    shown = text(member(seen.party), at("mirror", seen.party.key))
    titles = [item.title for item in state.items.all()]
    assert titles
    for title in titles:
        assert " ".join(title.split()[:3]) in " ".join(told.split()), title
    assert "Schrijf het gesprek op" not in told
    assert "Schrijf jullie woorden" in shown
    assert "Schrijf jullie woorden" not in told


def test_a_server_that_cannot_draw_says_so_and_keeps_the_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = actions.hold_mirror(planted(), at=timezone.now())
    actions.look(seen, at=timezone.now())
    monkeypatch.setattr(sys, "executable", "/bin/false")
    answer = member(seen.party).get(at("mirror_pdf", seen.party.key), follow=True)
    assert answer.redirect_chain[-1][0] == at("mirror", seen.party.key)
    assert "Druk de bladzijde af met de knop van je browser." in answer.content.decode()
