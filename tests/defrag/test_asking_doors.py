import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import builders
from tests.defrag.asked import KEY, begun, move, representative, sides
from tests.defrag.test_doors import address, signed_in
from werkplaats.accounts.actions import new_code
from werkplaats.accounts.models import Account
from werkplaats.accounts.rules import RoleName
from werkplaats.defrag.actions.asking import make_card
from werkplaats.defrag.models import Asking, Move, Side
from werkplaats.defrag.rules import Stage
from werkplaats.mail.models import Message

pytestmark = pytest.mark.django_db


def code_of(side: Side) -> str:
    return make_card(side, at=timezone.now()).replace(" ", "")


def test_a_coordinator_changes_the_words_and_has_the_first_side_asked() -> None:
    row = move()
    representative(row.party_a, "Gerda")
    client = signed_in(RoleName.COORDINATOR)
    page = client.get(address("ask", row.pk)).content.decode()
    assert "Hoi [naam], ik heb een vraag." in page
    assert "1 mens van deze partij vindt mail hierover goed." in page
    words = {"words_0": "Hoi [naam], koffie?", "by_0": "mail", "words_1": "Hoi, ook koffie?", "by_1": "paper"}
    assert client.post(address("ask", row.pk), {**words, "words_0": ""}).status_code == 422
    assert client.post(address("ask", row.pk), words).status_code == 302
    assert Message.objects.get().text.startswith("Hoi Gerda, koffie?")
    again = client.post(address("ask", row.pk), words)
    assert again.status_code == 422
    assert "Een collega is deze partijen al aan het vragen." in again.content.decode()
    assert "Wordt gevraagd" in client.get(address("asked")).content.decode()


def test_mail_cannot_be_chosen_for_who_did_not_allow_it() -> None:
    row, client = move(), signed_in(RoleName.COORDINATOR)
    words = {"words_0": "Hoi", "by_0": "mail", "words_1": "Hoi", "by_1": "paper"}
    assert client.post(address("ask", row.pk), words).status_code == 422
    assert not Asking.objects.exists()


def test_a_party_without_a_known_address_gets_no_mail_and_the_pages_say_that_its_code_is_handed_over() -> None:
    row, client = move(), signed_in(RoleName.COORDINATOR)
    assert (
        "hun code staat op een kaart, die jij afdrukt en zelf geeft"
        in client.get(address("ask", row.pk)).content.decode()
    )
    words = {"words_0": "Hoi", "by_0": "paper", "words_1": "Hoi", "by_1": "paper"}
    asked = client.post(address("ask", row.pk), words, follow=True).content.decode()
    assert "Wie een kaart krijgt, krijgt geen mail." in asked
    assert not Message.objects.exists()
    assert "jij drukt hun kaart af en geeft die zelf" in client.get(address("cards")).content.decode()


def test_who_may_be_mailed_is_not_promised_a_card() -> None:
    row = move()
    for party, name in ((row.party_a, "Gerda"), (row.party_b, "Omar")):
        assert party is not None
        representative(party, name)
    client = signed_in(RoleName.COORDINATOR)
    assert "hun code staat op een kaart" not in client.get(address("ask", row.pk)).content.decode()
    words = {"words_0": "Hoi", "by_0": "mail", "words_1": "Hoi", "by_1": "mail"}
    assert "krijgt geen mail" not in client.post(address("ask", row.pk), words, follow=True).content.decode()


def test_the_link_in_the_mail_opens_the_question_without_account(client: Client) -> None:
    row = move()
    representative(row.party_a, "Gerda")
    words = {"words_0": "Hoi [naam], koffie?", "by_0": "mail", "words_1": "Hoi", "by_1": "paper"}
    signed_in(RoleName.COORDINATOR).post(address("ask", row.pk), words)
    link = Message.objects.get().url
    assert "koffie?" in client.get(link).content.decode()
    assert client.post(link, {"act": "yes"}).status_code == 302
    assert "Jullie zeiden ja" in client.get(link).content.decode()
    assert Side.objects.get(number=2).turn_at is not None


def test_a_card_is_printed_with_a_code_that_opens_the_question(client: Client) -> None:
    begun()
    coordinator = signed_in(RoleName.COORDINATOR)
    assert "Keuken" in coordinator.get(address("cards")).content.decode()
    sheet = coordinator.post(address("cards"))
    digits = re.findall(r"\d{4} \d{4} \d{4}", sheet.content.decode())
    assert len(digits) == 1  # only the side whose turn it is
    assert "no-store" in sheet.headers["Cache-Control"]
    entered = client.post(address("enter"), {"code": digits[0]})
    assert "Willen jullie kennismaken?" in client.get(entered.headers["Location"]).content.decode()
    assert coordinator.post(address("cards")).status_code == 302  # nothing is printed twice by itself
    assert coordinator.post(address("cards"), {"side": sides(Asking.objects.get())[0].key}).status_code == 200


def test_nobody_learns_who_said_no(client: Client) -> None:
    asking = begun()
    first, second = sides(asking)
    yes = address("answer", code_of(first))
    client.post(yes, {"act": "yes"}, follow=True)
    waiting = client.get(yes).content
    no = address("answer", code_of(second))
    client.post(no, {"act": "no"}, follow=True)
    strip = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    assert strip.sub(b"", client.get(yes).content) == strip.sub(b"", waiting)
    page = signed_in(RoleName.COORDINATOR).get(address("asked")).content.decode()
    assert "Nu niet" in page
    shown = page[page.index('id="nu-niet"') :]
    assert "Laat Keuken en Wijkteam kennismaken" in shown
    assert not re.search(r"zei(den)? nee|zegt nee", shown)
    assert client.post(no, {"act": "take_back"}).status_code == 302
    asking.refresh_from_db()
    assert asking.stage == Stage.TAKEN_BACK


def test_they_met_is_noted_by_a_coordinator_or_by_a_side(client: Client) -> None:
    asking = begun()
    links = []
    for number in range(2):
        links.append(address("answer", code_of(sides(asking)[number])))
        client.post(links[-1], {"act": "yes"})
    coordinator = signed_in(RoleName.COORDINATOR)
    today = timezone.localdate().isoformat()
    assert coordinator.post(address("met", asking.key), {"on": "gisteren"}).status_code == 422
    assert client.post(links[0], {"act": "met", "on": today}).status_code == 302
    assert coordinator.post(address("met", asking.key), {"on": today}, follow=True).status_code == 200
    asking.refresh_from_db()
    assert asking.stage == Stage.MET
    assert "Kennisgemaakt op" in coordinator.get(address("asked")).content.decode()


def test_a_wrong_code_opens_nothing_and_is_counted(client: Client) -> None:
    move()
    for _ in range(20):
        assert client.get(address("answer", "123456789012")).status_code == 404
    assert client.get(address("answer", "123456789012")).status_code == 429
    assert client.post(address("enter"), {"code": ""}).status_code == 422


def test_the_code_of_a_promise_opens_no_question(client: Client) -> None:
    side = sides(begun())[0]
    digits = new_code(builders.workshop(), purpose="confirm", thing=side.thing, at=timezone.now())
    assert client.get(address("answer", digits.replace(" ", ""))).status_code == 404


def test_who_speaks_for_the_party_answers_with_their_account(client: Client) -> None:
    row = move()
    person = representative(row.party_a, "Gerda")
    person.account = Account.objects.create(email=person.email)
    person.save()
    asking = begun(row)
    mine, theirs = sides(asking)
    link = address("answer_for", mine.key)
    assert client.get(link).status_code == 302
    client.force_login(person.account)
    assert client.post(link, {"act": "yes"}).status_code == 302
    assert client.get(address("answer_for", theirs.key)).status_code == 403
    party = client.get(reverse("pages:party", args=["kanaalkwartier", row.party_a.key])).content.decode()
    assert "Een vraag aan jullie" in party


def test_whether_it_helped_is_told_once_on_the_page(client: Client) -> None:
    asking = begun()
    codes = []
    for number in range(2):
        codes.append(address("answer", code_of(sides(asking)[number])))
        client.post(codes[-1], {"act": "yes"})
    today = timezone.localdate()
    now = timezone.now()
    Asking.objects.update(stage=Stage.MET.value, met_on=today, help_due_on=None)
    Side.objects.update(help_asked_at=now)
    assert client.post(codes[0], {"act": "helped"}).status_code == 422
    assert client.post(codes[0], {"act": "helped", "helped": "little", "words": "Fijn."}).status_code == 302
    assert "Dank je wel" in client.get(codes[0]).content.decode()
    page = signed_in(RoleName.COORDINATOR).get(address("asked")).content.decode()
    assert "Een beetje: 1." in page
    assert "1 kant zei nog niets." in page


@pytest.mark.parametrize("name", ["asked", "cards"])
def test_only_coordinators_see_what_people_are_asked(name: str, client: Client) -> None:
    begun()
    assert client.get(address(name)).status_code == 302
    for role in (RoleName.PARTY, RoleName.HOST, RoleName.RESIDENT):
        assert signed_in(role).get(address(name)).status_code == 403


def test_a_move_that_is_asked_is_not_shown_to_other_parties() -> None:
    begun()
    number = Move.objects.get(key=KEY).pk
    assert signed_in(RoleName.PARTY).get(address("move", number)).status_code == 404
    assert signed_in(RoleName.PARTY).get(address("ask", number)).status_code == 403
    page = signed_in(RoleName.COORDINATOR).get(address("move", number)).content.decode()
    assert "Kijk hoe ver het is" in page


def test_who_reads_the_page_in_english_asks_in_the_language_of_the_neighbourhood() -> None:
    row, client = move(), signed_in(RoleName.COORDINATOR)
    client.cookies["django_language"] = "en"
    page = client.get(address("ask", row.pk)).content.decode()
    assert "Ask both sides" in page
    assert "Hoi [naam], ik heb een vraag." in page
    assert "Groet, " in page
