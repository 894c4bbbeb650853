"""Who leaves hands over, or visibly leaves it open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.asks.street import ask as asked
from tests.builders import TODAY, account, party, workshop
from werkplaats.accounts.rules import RoleName
from werkplaats.asks.actions import close_ask, come_back, give_back, give_voice, standing_ask
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.actions import Said, confirm, draft
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Channel, Kind
from werkplaats.threads.actions import hand_over
from werkplaats.threads.models import HandOver
from werkplaats.threads.queries import hand_overs, left_behind
from werkplaats.threads.refusals import NobodyNamed, NothingLeft, SameParty

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, 10, tzinfo=UTC)
AT = "/kanaalkwartier/overdracht/"


@pytest.fixture
def school() -> Party:
    """A party with a promise in one function, and somebody who waits for it to come back."""
    made = party("Kadeschool", kind="professional")
    said = Said(Kind.DO, made, "De zaal open", maker_function="directeur", for_whom="de buurt")
    confirm(draft(workshop(), said, at=NOW), at=NOW, channel=Channel.LINK)
    voice, _digits = give_voice(standing_ask(workshop(), on=TODAY), text="Waarom dicht?", at=NOW)
    come_back(voice, on=TODAY + timedelta(days=3), today=TODAY, by=made)
    return made


def test_what_is_due_first_goes_over_first(school: Party) -> None:
    items = left_behind(workshop(), leaver=school, function="", today=TODAY)
    assert [item.kind for item in items] == ["return", "promise"]
    assert "Waarom dicht?" not in " ".join(item.words for item in items)


def test_another_function_of_the_same_party_leaves_nothing_of_this_one(school: Party) -> None:
    kinds = [item.kind for item in left_behind(workshop(), leaver=school, function="conciërge", today=TODAY)]
    assert "promise" not in kinds


def test_a_hand_over_keeps_what_was_open_then(school: Party) -> None:
    library = party("Bibliotheek")
    hand_over(workshop(), leaver=school, function="directeur", receiver=library, at=NOW)
    (record,) = hand_overs(workshop())
    assert record.receiver == "Bibliotheek"
    assert "De zaal open" in [item.words for item in record.items]
    assert not record.left_open


def test_without_a_receiver_it_is_visibly_left_open(school: Party, client: Client) -> None:
    made = hand_over(workshop(), leaver=school, function="directeur", left_open=True, at=NOW)
    assert "Ligt open" in client.get(AT).content.decode()
    assert "Niemand heeft dit overgenomen" in client.get(f"{AT}{made.key}/").content.decode()


def test_a_hand_over_to_nobody_and_not_open_is_refused(school: Party) -> None:
    with pytest.raises(NobodyNamed):
        hand_over(workshop(), leaver=school, function="directeur", at=NOW)
    assert not HandOver.objects.exists()


def test_nobody_hands_over_to_themselves(school: Party) -> None:
    with pytest.raises(SameParty):
        hand_over(
            workshop(), leaver=school, function="directeur", receiver=school, receiver_function="Directeur", at=NOW
        )


def test_there_must_be_something_to_hand_over() -> None:
    with pytest.raises(NothingLeft):
        hand_over(workshop(), leaver=party("Tuinclub"), function="", left_open=True, at=NOW)


def test_a_hand_over_is_made_by_the_team(school: Party, client: Client) -> None:
    told = {"leaver": school.key, "function": "directeur", "left_open": "on"}
    assert client.post(f"{AT}nieuw/", told).status_code == 302
    assert not HandOver.objects.exists()
    client.force_login(account(RoleName.RESIDENT))
    assert client.post(f"{AT}nieuw/", told).status_code == 403
    client.force_login(account(RoleName.COORDINATOR))
    assert "De zaal open" in client.post(f"{AT}nieuw/", told | {"look": "1"}).content.decode()
    assert not HandOver.objects.exists()
    for _ in range(2):  # a button pressed twice
        assert client.post(f"{AT}nieuw/", told | {"once": "eens"}).status_code == 302
    assert HandOver.objects.get().left_open


def test_a_hand_over_of_another_workshop_is_not_there(school: Party, client: Client) -> None:
    made = hand_over(workshop(), leaver=school, function="directeur", left_open=True, at=NOW)
    workshop("noord")
    assert client.get(f"/noord/overdracht/{made.key}/").status_code == 404


def test_an_ask_that_closed_before_anything_came_back_goes_over_too(school: Party) -> None:
    row = asked(asker=school)
    close_ask(row, on=TODAY)
    assert row.title in [item.words for item in left_behind(workshop(), leaver=school, function="", today=TODAY)]
    give_back(row, text="De zaal is open.", party=school, at=NOW)
    assert row.title not in [item.words for item in left_behind(workshop(), leaver=school, function="", today=TODAY)]


def test_an_ask_on_which_somebody_still_waits_goes_over_whatever_came_back(school: Party) -> None:
    row = asked(asker=school)
    give_voice(row, text="Ik wacht.", at=NOW)
    give_back(row, text="De zaal is open.", party=school, at=NOW)
    close_ask(row, on=TODAY)
    assert row.title in [item.words for item in left_behind(workshop(), leaver=school, function="", today=TODAY)]


def test_what_went_over_says_so_where_it_stands(school: Party, client: Client) -> None:
    promise, row = Promise.objects.get(), asked(asker=school)
    pages = (f"/kanaalkwartier/beloften/{promise.key}/", f"/kanaalkwartier/meedoen/{row.key}/")
    assert all("is weg" not in client.get(page).content.decode() for page in pages)
    hand_over(workshop(), leaver=school, function="", left_open=True, at=NOW)
    assert all("Niemand heeft het overgenomen" in client.get(page).content.decode() for page in pages)
    hand_over(workshop(), leaver=school, function="", receiver=party("Bibliotheek"), at=NOW + timedelta(days=1))
    assert all("Bibliotheek neemt het over." in client.get(page).content.decode() for page in pages)
