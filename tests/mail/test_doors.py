import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.builders import account, workshop
from werkplaats.accounts.rules import RoleName
from werkplaats.kit.claims import work_some
from werkplaats.mail import actions, queries
from werkplaats.mail.models import Choice, Follow, Message, Reader
from werkplaats.mail.rules import Kind, Pace
from werkplaats.mail.sweeps import SEND

pytestmark = pytest.mark.django_db
YUSUF = "yusuf@example.org"


def reader(address: str = YUSUF) -> Reader:
    return actions.reader_at(workshop(), address)


def address(name: str, *more: object, of: str = "kanaalkwartier") -> str:
    return reverse(f"mail:{name}", args=[of, *more])


def wish(title: str = "Schone kade") -> str:
    return queries.follow_url(workshop(), thing="issue:schone-kade", title=title, url="/kanaalkwartier/")


def test_somebody_without_account_chooses_how_often_they_hear_of_each_kind(client: Client) -> None:
    here = address("choices", reader().token)
    page = client.get(here)
    assert page["Cache-Control"] == "no-store"
    assert YUSUF in page.content.decode()
    said = dict.fromkeys(Kind, Pace.UNCHOSEN.value) | {Kind.NEWS: Pace.WEEKLY.value}
    assert client.post(here, {kind.value: pace for kind, pace in said.items()})["Location"] == here
    assert [(row.kind, row.pace) for row in Choice.objects.all()] == [(Kind.NEWS, Pace.WEEKLY)]


def test_a_choice_that_does_not_exist_changes_nothing(client: Client) -> None:
    said = dict.fromkeys(Kind, Pace.OFF.value) | {Kind.NEWS: "nooit"}
    client.post(address("choices", reader().token), {kind.value: pace for kind, pace in said.items()})
    assert not Choice.objects.exists()


def test_opening_the_link_stops_nothing_and_one_press_stops_one_kind() -> None:
    client = Client(enforce_csrf_checks=True)  # a mail program has no cookie of ours
    here = address("unsubscribe", reader().token, "news")
    assert "Nieuws over wat je volgt" in client.get(here).content.decode()
    assert not Choice.objects.exists()
    assert "Dat is geregeld" in client.post(here, {"List-Unsubscribe": "One-Click"}).content.decode()
    client.post(here)
    assert [(row.kind, row.pace) for row in Choice.objects.all()] == [(Kind.NEWS, Pace.OFF)]


def test_one_press_can_stop_everything(client: Client) -> None:
    client.post(address("unsubscribe", reader().token, "alles"))
    assert Choice.objects.filter(pace=Pace.OFF).count() == len(Kind)


def test_a_stranger_follows_a_thing_from_link_to_yes(client: Client) -> None:
    page = client.get(wish()).content.decode()
    assert "Schone kade" in page
    signed = wish().partition("wat=")[2].replace("%3A", ":")
    said = client.post(address("follow"), {"wat": signed, "address": YUSUF})
    assert "Kijk in je mail" in said.content.decode()
    work_some(SEND)
    [sent] = mail.outbox
    there = address("confirm", Reader.objects.get().token, Follow.objects.get().pk)
    assert there in sent.body
    assert "Ja, houd mij op de hoogte" in client.get(there).content.decode()
    assert Follow.objects.get().confirmed_at is None
    client.post(there)
    assert Follow.objects.get().confirmed_at


def test_who_is_signed_in_follows_at_once_with_their_own_address_only(client: Client) -> None:
    me = account(RoleName.RESIDENT)
    client.force_login(me)
    assert me.email in client.get(wish()).content.decode()
    client.post(wish(), {"address": me.email})
    client.post(wish(), {"address": YUSUF})
    confirmed = Follow.objects.filter(confirmed_at__isnull=False)
    assert [row.reader.address for row in confirmed] == [me.email]
    assert client.get(address("mine"))["Location"] == address("choices", confirmed[0].reader.token)


def test_known_and_unknown_addresses_get_the_same_page(client: Client) -> None:
    here = wish()

    def said(address: str) -> str:
        page = client.post(here, {"address": address}).content.decode()
        return re.sub(r'value="\w{64}"', "", page)  # the tokens against forged forms

    assert said(reader().address) == said("nieuw@example.org")


def test_many_addresses_from_one_place_are_too_many(client: Client) -> None:
    here = wish()
    pages = [client.post(here, {"address": f"lezer{number}@example.org"}).content.decode() for number in range(21)]
    assert "Wacht een uur" in pages[-1]
    assert Reader.objects.count() == 20


def test_words_of_ones_own_are_never_mailed(client: Client) -> None:
    workshop()
    assert client.get(address("follow"), {"wat": "Koop nu"}).status_code == 404
    assert client.post(address("follow"), {"wat": "Koop nu", "address": YUSUF}).status_code == 404
    assert not Message.objects.exists()


def test_one_thing_is_no_longer_followed(client: Client) -> None:
    row = actions.follow(workshop(), thing="issue:a", title="A", to=YUSUF, at=timezone.now(), is_confirmed=True)
    here = address("unfollow", row.reader.token, row.pk)
    client.post(here)
    client.post(here)
    assert not Follow.objects.exists()


def test_a_token_opens_its_own_reader_in_its_own_workshop_only(client: Client) -> None:
    workshop("elders")
    theirs = actions.follow(workshop(), thing="issue:a", title="A", to="ander@example.org", at=timezone.now())
    mine = reader().token
    for wrong in (
        address("choices", mine, of="elders"),
        address("choices", "geraden"),
        address("unsubscribe", "geraden", "news"),
        address("unsubscribe", mine, "onzin"),
        address("confirm", mine, theirs.pk),
    ):
        assert client.post(wrong).status_code == 404
    client.post(address("unfollow", mine, theirs.pk))
    assert Follow.objects.filter(pk=theirs.pk, confirmed_at=None).exists()


def test_a_helper_prints_letters_and_hands_them_over(client: Client) -> None:
    client.force_login(account(RoleName.HELPER))
    row = actions.reader_on_paper(workshop(), "Bewoner van nummer acht")
    actions.news(
        workshop(),
        key="k",
        kind=Kind.ANSWER,
        to=row,
        subject="Antwoord",
        text="Het licht is stuk & blijft.",
        at=timezone.now(),
    )
    page = client.get(address("on_paper")).content.decode()
    assert "Voor Bewoner van nummer acht" in page
    assert "stuk &amp; blijft" in page
    [letter] = queries.on_paper(workshop())
    page = client.post(address("on_paper"), {"reader": row.pk, "up_to": letter.up_to}, follow=True).content.decode()
    assert "Er ligt geen brief klaar." in page


def test_a_helper_puts_somebody_without_mail_on_the_list(client: Client) -> None:
    here = wish().replace("/volgen/", "/volgen/op-papier/")
    assert "inloggen" in client.get(here)["Location"]
    assert "lijst voor papier" not in client.get(wish()).content.decode()
    client.force_login(account(RoleName.HELPER))
    assert "lijst voor papier" in client.get(wish()).content.decode()
    assert "Schone kade" in client.get(here).content.decode()
    client.post(here, {"name": "Bewoner van nummer acht"})
    client.post(here, {"name": "Bewoner van nummer acht"})
    assert client.post(here, {"name": "  "}).status_code == 200
    assert Follow.objects.get().reader.paper_name == "Bewoner van nummer acht"
    told: dict[str, Any] = {"kind": Kind.NEWS, "subject": "Nieuws", "text": "Het is schoon.", "at": timezone.now()}
    assert actions.news(workshop(), key="k", to="issue:schone-kade", **told) == 1


def test_the_team_hears_of_mails_that_may_not_have_arrived(client: Client) -> None:
    client.force_login(account(RoleName.COORDINATOR))
    actions.news(workshop(), key="k", kind=Kind.NEWS, to=YUSUF, subject="s", text="t", at=timezone.now())
    assert "niet of hij aankwam" not in client.get(address("on_paper")).content.decode()
    Message.objects.update(taken_at=timezone.now() - timedelta(hours=1))
    assert "Van 1 mail weten we niet of hij aankwam." in client.get(address("on_paper")).content.decode()


def test_letters_are_for_the_team_and_helpers(client: Client) -> None:
    workshop()
    assert "inloggen" in client.get(address("on_paper"))["Location"]
    assert "inloggen" in client.get(address("mine"))["Location"]
    client.force_login(account(RoleName.RESIDENT))
    assert client.get(address("on_paper")).status_code == 403


def test_a_reader_of_another_workshop_is_not_handed_anything_here(client: Client) -> None:
    client.force_login(account(RoleName.HELPER))
    elsewhere = actions.reader_on_paper(workshop("elders"), "Bewoner")
    assert client.post(address("on_paper"), {"reader": elsewhere.pk, "up_to": 9}).status_code == 404
