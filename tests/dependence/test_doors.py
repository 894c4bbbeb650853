import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import builders
from tests.dependence.row import TRAINER, TRAINS, begun, match, member, person, posted, promised, sides
from werkplaats.accounts.actions import new_code
from werkplaats.accounts.rules import RoleName
from werkplaats.dependence.actions.asking import answer, make_card
from werkplaats.dependence.models import Match, MatchSide
from werkplaats.dependence.rules import MatchState
from werkplaats.dependence.sweeps import ASK_OUTCOME
from werkplaats.kit.claims import work_some
from werkplaats.mail.models import Message
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.rules import NeedKind
from werkplaats.neighbourhoods.rules.asking import Answer

pytestmark = pytest.mark.django_db
WORDS = {"words_0": "Hoi [naam], een trainer?", "by_0": "paper", "words_1": "Hoi, een trainer!", "by_1": "paper"}


def signed_in(role: RoleName) -> Client:
    client = Client()
    client.force_login(builders.account(role))
    return client


def address(name: str, *more: object) -> str:
    return reverse(f"dependence:{name}", args=["kanaalkwartier", *more])


def code_of(side: MatchSide) -> str:
    return make_card(side, at=timezone.now()).replace(" ", "")


def test_a_coordinator_looks_first_and_then_the_first_side_is_asked() -> None:
    found = match()
    client = signed_in(RoleName.COORDINATOR)
    page = client.get(address("matches")).content.decode()
    assert TRAINER in page
    assert TRAINS in page
    assert "Het ene staat er in het Turks, het andere in het Nederlands." in page
    look = client.get(address("ask", found.key)).content.decode()
    assert "Moskee zoekt dit" in look
    assert client.post(address("ask", found.key), {**WORDS, "words_0": ""}).status_code == 422
    assert client.post(address("ask", found.key), WORDS).status_code == 302
    again = client.post(address("ask", found.key), WORDS)
    assert again.status_code == 422
    assert "Een collega was je net voor." in again.content.decode()
    assert "Wordt gevraagd" in client.get(address("matches")).content.decode()


def test_a_proposal_is_refused_only_with_a_reason() -> None:
    found = match()
    client = signed_in(RoleName.COORDINATOR)
    client.post(address("refuse", found.key), {"reason": " "})
    assert Match.objects.get(pk=found.pk).state == MatchState.PROPOSED
    client.post(address("refuse", found.key), {"reason": "Te ver"})
    assert Match.objects.get(pk=found.pk).state == MatchState.REFUSED
    assert client.get(address("ask", found.key)).status_code == 404


@pytest.mark.parametrize("role", [None, RoleName.PARTY, RoleName.MODERATOR, RoleName.RESIDENT, RoleName.HELPER])
def test_nobody_but_a_coordinator_looks_at_matches_or_the_whole(role: RoleName | None) -> None:
    found = match()
    client = signed_in(role) if role else Client()
    doors = [address("matches"), address("ask", found.key), address("cards"), address("overview")]
    assert {client.get(door).status_code for door in doors} == {403 if role else 302}
    for door in (address("refuse", found.key), address("outcome", found.key, 1)):
        assert client.post(door, {"reason": "x"}).status_code == (403 if role else 302)


def test_a_card_opens_the_question_without_account_and_both_answer(client: Client) -> None:
    begun()
    coordinator = signed_in(RoleName.COORDINATOR)
    found = Match.objects.get(state="asking")
    for _side in sides(found):
        sheet = coordinator.post(address("cards"))
        assert "no-store" in sheet.headers["Cache-Control"]
        (digits,) = re.findall(r"\d{4} \d{4} \d{4}", sheet.content.decode())
        here = client.post(address("enter"), {"code": digits}).headers["Location"]
        assert "Willen jullie kennismaken?" in client.get(here).content.decode()
        assert client.post(here, {"act": "yes"}).status_code == 302
    assert "Iedereen zei ja" in client.get(here).content.decode()
    assert client.post(here, {"act": "outcome"}).status_code == 422
    client.post(here, {"act": "outcome", "outcome": "useful"})
    assert "We hadden er iets aan" in client.get(here).content.decode()
    assert "We hadden er iets aan" in coordinator.get(address("matches")).content.decode()
    coordinator.post(address("outcome", found.key, 1), {"outcome": "met"})
    assert sides(found)[0].outcome == "met"


def test_a_card_asks_once_what_came_of_it(client: Client) -> None:
    found = begun()
    for side in sides(found):
        answer(side, said=Answer.YES, at=timezone.now())
    Match.objects.filter(pk=found.pk).update(outcome_due_on=timezone.localdate())
    coordinator = signed_in(RoleName.COORDINATOR)
    assert "Wat ervan kwam, vragen we" in coordinator.get(address("matches")).content.decode()
    assert work_some(ASK_OUTCOME) == 1
    assert "2 kaarten" in coordinator.get(reverse("pages:today", args=["kanaalkwartier"])).content.decode()
    sheet = coordinator.post(address("cards"), {"side": sides(found)[0].key}).content.decode()
    assert "Moskee en jullie zeiden op" in sheet
    (digits,) = re.findall(r"\d{4} \d{4} \d{4}", sheet)
    here = client.post(address("enter"), {"code": digits}).headers["Location"]
    assert client.post(here, {"act": "outcome", "outcome": "useful"}).status_code == 302
    assert "1 kant zei nog niets" in coordinator.get(address("matches")).content.decode()


def test_nobody_learns_who_said_no(client: Client) -> None:
    found = begun()
    yes = address("answer", code_of(sides(found)[0]))
    client.post(yes, {"act": "yes"}, follow=True)
    waiting = client.get(yes).content
    no = address("answer", code_of(sides(found)[1]))
    client.post(no, {"act": "no"}, follow=True)
    strip = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    assert strip.sub(b"", client.get(yes).content) == strip.sub(b"", waiting)
    page = signed_in(RoleName.COORDINATOR).get(address("matches")).content.decode()
    assert not re.search(r"zei(den)? nee|zegt nee", page[page.index('id="nu-niet"') :])


def test_a_wrong_code_and_a_code_for_something_else_open_nothing(client: Client) -> None:
    found = begun()
    other = new_code(builders.workshop(), purpose="receipt", thing=sides(found)[0].thing, at=timezone.now())
    for digits in ("123456789012", other.replace(" ", "")):
        assert client.get(address("answer", digits)).status_code == 404


def test_the_mail_goes_to_who_allows_it_and_its_link_opens_the_question(client: Client) -> None:
    found = match()
    assert found.offer.party
    member(found.offer.party, "Gerda")
    coordinator = signed_in(RoleName.COORDINATOR)
    coordinator.post(address("ask", found.key), {**WORDS, "by_0": "mail"})
    message = Message.objects.get()
    assert message.text.startswith("Hoi Gerda, een trainer?")
    assert "een trainer?" in client.get(message.url).content.decode()


def test_who_is_signed_in_answers_for_its_own_party_only() -> None:
    found = begun()
    side = sides(found)[0]
    assert side.party
    own, other = Client(), Client()
    own.force_login(member(side.party, "Gerda"))
    other.force_login(member(builders.party("Koor"), "Omar"))
    assert other.get(address("answer_for", side.key)).status_code == 403
    assert Client().get(address("answer_for", side.key)).status_code == 302
    assert own.get(address("answer_for", sides(found)[1].key)).status_code == 404, "not yet asked"
    assert f"/voor-ons/{side.key}/" in own.get(address("party", side.party.key)).content.decode()
    own.post(address("answer_for", side.key), {"act": "yes"})
    assert sides(found)[0].answer == "yes"


def test_a_person_answers_for_themselves() -> None:
    account = builders.account(RoleName.RESIDENT, email="fatma@example.org")
    posted(person("Fatma", account=account), NeedKind.NEED, TRAINER)
    posted(builders.party("Club"), NeedKind.OFFER, TRAINS)
    from tests.dependence.row import matched

    matched()
    from werkplaats.dependence.queries.people import match_by_key

    found = begun(match_by_key(builders.workshop(), Match.objects.get().key))
    signed_in(RoleName.COORDINATOR)
    Client().post(address("answer", code_of(sides(found)[0])), {"act": "yes"})
    client = Client()
    client.force_login(account)
    here = address("answer_for", sides(found)[1].key)
    assert "Willen jullie kennismaken?" in client.get(here).content.decode()


def test_a_party_sees_its_own_and_not_that_of_another() -> None:
    town, mothers, choir = (builders.party(name) for name in ("Gemeente", "Moeders", "Koor"))
    promised(town, mothers, "Een zaal", at=timezone.now())
    own = Client()
    own.force_login(member(mothers, "Gerda"))
    page = own.get(address("party", "moeders")).content.decode()
    assert "Moeders wacht op Gemeente: 1 belofte" in page
    assert own.get(address("mine")).headers["Location"] == address("party", "moeders")
    assert "Een zaal" in own.get(address("two", "moeders", "gemeente")).content.decode()
    assert "Een zaal" in own.get(address("two", "gemeente", "moeders")).content.decode()
    for door in (address("party", "gemeente"), address("two", "gemeente", "koor"), address("two", "koor", "gemeente")):
        assert own.get(door).status_code == 403
    assert own.get(address("two", "moeders", "moeders")).status_code == 404
    assert own.get(address("two", "moeders", "niemand")).status_code == 404
    assert Client().get(address("party", "moeders")).status_code == 302
    whole = signed_in(RoleName.COORDINATOR)
    assert "Moeders wacht op Gemeente: 1 belofte" in whole.get(address("overview")).content.decode()
    assert whole.get(address("party", choir.key)).status_code == 200


def test_the_key_of_an_entry_that_went_leads_to_the_one_that_stays() -> None:
    stays, goes = builders.party("Gemeente"), builders.party("Gemeente oud")
    Party.objects.filter(pk=goes.pk).update(canonical=stays)
    answer = signed_in(RoleName.COORDINATOR).get(address("party", goes.key))
    assert answer.headers["Location"] == address("party", stays.key)


def test_the_picture_says_nothing_that_the_table_does_not() -> None:
    town, mothers = builders.party("Gemeente"), builders.party("Moeders")
    for words in ("Een zaal", "Een sleutel"):
        promised(town, mothers, words, at=timezone.now())
    page = signed_in(RoleName.COORDINATOR).get(address("party", "gemeente")).content.decode()
    assert re.search(r'<td data-label="Wacht op ons">2</td><td data-label="Wij wachten">0</td>', page)
    assert page.count("samen-waits__us") == 1
    assert "samen-waits__them" not in page
