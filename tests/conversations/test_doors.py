"""The doors: one good way through each, and each refusal; all without script and without account."""

import re
import time
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.asks import street
from tests.builders import account, party, workshop
from tests.conversations.talk import conversation
from werkplaats.accounts.models import Code
from werkplaats.accounts.rules import RoleName
from werkplaats.asks.actions import close_ask
from werkplaats.asks.models import GiveBack
from werkplaats.config.sweeps import until_done
from werkplaats.conversations import actions
from werkplaats.conversations.models import Conversation, Participant, Statement, Vote
from werkplaats.conversations.rules import Kind, State
from werkplaats.conversations.views.reading import MOST_BOXES
from werkplaats.conversations.views.taking_part import BEGINNERS
from werkplaats.workshops.models import Area

pytestmark = pytest.mark.django_db
WRONG_VOTES: tuple[dict[str, int | str], ...] = (
    {"number": 99, "value": 1},
    {"number": 1, "value": 5},
    {"number": 1},
    {"value": 1},
    {"number": "een", "value": 1},
    {"number": -1, "value": 1},
    {"number": "9" * 30, "value": 1},
)


def at(name: str, row: Conversation | None = None, *more: object) -> str:
    keys = [row.key] if row else []
    return reverse(f"conversations:{name}", args=["kanaalkwartier", *keys, *more])


def team() -> Client:
    client = Client()
    client.force_login(account(RoleName.HOST))
    return client


def begun(row: Conversation) -> Client:
    client = Client()
    client.post(at("begin", row))
    return client


def once_on(page: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found
    return found.group(1)


def test_somebody_begins_votes_and_comes_back_elsewhere_with_the_code() -> None:
    row = conversation()
    here = Client()
    assert here.post(at("begin", row)).url == at("vote", row)  # type: ignore[attr-defined]
    page = here.get(at("vote", row)).content.decode()
    number = re.search(r'name="number" value="(\d)"', page)
    assert number
    told = {"number": number.group(1), "value": "1", "once": once_on(page)}
    for _tap in (1, 2):
        assert here.post(at("vote", row), told, follow=True).status_code == 200
    assert Vote.objects.count() == 1
    own = here.get(at("mine", row)).content.decode()
    digits = re.search(r'samen-code">([\d ]+)<', own)
    assert digits
    there = Client()
    there.post(at("enter", row), {"code": digits.group(1)})
    assert "Jij zei: Eens" in there.get(at("mine", row)).content.decode()
    assert Participant.objects.count() == 1
    assert digits.group(1) not in there.get(at("mine", row)).content.decode()


def test_a_vote_is_told_to_be_kept_only_when_it_is() -> None:
    row = conversation()
    here = begun(row)
    for wrong in WRONG_VOTES:
        page = here.post(at("vote", row), wrong, follow=True).content.decode()
        assert "is niet bewaard" in page
        assert "zijn bewaard" not in page
    assert "zijn bewaard" in here.post(at("vote", row), {"number": 1, "value": 1}, follow=True).content.decode()
    for wrong in WRONG_VOTES:
        page = here.post(at("vote", row), wrong, follow=True).content.decode()
        assert "is niet bewaard" in page
        assert "Je hebt 1 van de" in page
    close_ask(row.ask, on=date(2026, 5, 12))
    assert "Er is niets bewaard" in here.post(at("vote", row), {"number": 2, "value": 1}, follow=True).content.decode()
    assert Vote.objects.count() == 1


def test_a_vote_takes_no_session_and_votes_stay_open_for_half_an_hour_after_the_last_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row, began, passed = conversation(), time.time(), 0.0
    here = begun(row)
    monkeypatch.setattr("django.core.signing.time.time", lambda: began + passed)
    for minutes in (29, 58):  # each look keeps them open
        passed = minutes * 60
        here.post(at("vote", row), {"number": 1, "value": 1})
        assert here.get(at("mine", row)).status_code == 200
    passed = 90 * 60
    assert here.get(at("mine", row)).url == at("enter", row)  # type: ignore[attr-defined]
    assert not Session.objects.exists()


@pytest.mark.parametrize("forge", ["another conversation", "another participant", "no seal"])
def test_a_seat_that_was_not_given_here_opens_nothing(forge: str) -> None:
    row, other = conversation(), conversation("Nog een stelling.", ask=street.ask("Iets anders"))
    here = begun(row)
    seal = here.cookies["gesprek"].value
    forged = {
        "another conversation": begun(other).cookies["gesprek"].value,
        "another participant": seal.replace(seal.partition(":")[0], "pabcdefghjk"),
        "no seal": seal.partition(":")[0],
    }
    here.cookies["gesprek"] = forged[forge]
    here.post(at("vote", row), {"number": 1, "value": 1})
    assert here.get(at("mine", row)).url == at("enter", row)  # type: ignore[attr-defined]
    assert not Vote.objects.exists()


def test_what_somebody_said_is_seen_by_nobody_else() -> None:
    row = conversation()
    here = begun(row)
    here.post(at("vote", row), {"number": 1, "value": -1})
    other = begun(row)
    for client in (Client(), other, team()):
        page = client.get(at("mine", row), follow=True).content.decode()
        assert "Jij zei" not in page


def test_a_changed_answer_is_a_new_one_and_the_page_goes_back_to_the_answers() -> None:
    row = conversation()
    here = begun(row)
    here.post(at("vote", row), {"number": 1, "value": -1})
    page = here.get(at("mine", row)).content.decode()
    answer = here.post(f"{at('vote', row)}?naar=mijn", {"number": 1, "value": 1, "once": once_on(page)})
    assert answer.url == at("mine", row)  # type: ignore[attr-defined]
    assert list(Vote.objects.order_by("pk").values_list("value", flat=True)) == [-1, 1]


def test_a_wrong_code_opens_nothing_and_one_of_another_conversation_neither() -> None:
    row, other = conversation(), conversation(ask=street.ask("Een ander"))
    (digits,) = actions.make_codes(other, count=1, at=street.NOW)
    for code in ("1234 5678 9012", digits, ""):
        assert Client().post(at("enter", row), {"code": code}).status_code == 422
    assert Client().post(at("enter", other), {"code": digits}).status_code == 302


def test_who_needs_a_code_does_not_begin_without_one() -> None:
    row = conversation(needs_code=True)
    page = Client().post(at("begin", row), follow=True).content.decode()
    assert "met een code" in page
    assert not Participant.objects.exists()


def test_a_statement_is_given_and_moderated_with_a_reason() -> None:
    row = conversation()
    here = begun(row)
    here.post(at("write", row), {"text": "Er moet een tuin komen."})
    given = Statement.objects.get(given_by__isnull=False)
    assert given.state == State.WAITING
    assert given.text not in Client().get(at("sheet", row)).content.decode()
    host = team()
    assert given.text in host.get(at("statements", row)).content.decode()
    host.post(at("look", row, given.number), {"then": "refuse", "reason": ""})
    assert Statement.objects.get(pk=given.pk).state == State.WAITING
    host.post(at("look", row, given.number), {"then": "refuse", "reason": "Dit stond er al."})
    assert "Dit stond er al." in here.get(at("mine", row)).content.decode()
    assert "Dit stond er al." not in Client().get(at("conversation", row)).content.decode()
    assert here.post(at("write", row), {"text": "er moet een TUIN komen"}).status_code == 302
    assert begun(row).post(at("write", row), {"text": "er moet een TUIN komen"}).status_code == 422


def test_a_host_makes_a_conversation_of_lines_and_a_party_at_its_own_ask_only() -> None:
    ask = street.ask()
    host = team()
    address = f"{at('new')}?uitvraag={ask.key}"
    assert ask.title in host.get(at("new")).content.decode()
    assert host.post(address, {"text": "", "takes_statements": "on"}).status_code == 422
    assert host.post(address, {"text": "De hal mag open."}).status_code == 302
    made = Conversation.objects.get()
    assert made.statements.count() == 1
    assert not made.takes_statements
    stranger = Client()
    stranger.force_login(account(RoleName.PARTY))
    other = street.ask("Nog een")
    assert other.title not in stranger.get(f"{at('new')}?uitvraag={other.key}").content.decode()
    assert stranger.post(f"{at('new')}?uitvraag={other.key}", {"text": "Van mij."}).status_code == 200
    assert Conversation.objects.count() == 1
    assert stranger.get(at("give_back", made)).status_code == 403


def test_lines_of_the_host_take_part_at_once() -> None:
    row = conversation("Een.")
    assert team().post(at("statements", row), {"text": "Twee.\nDrie."}).status_code == 302
    assert row.statements.filter(state=State.ACCEPTED).count() == 3


def test_a_helper_types_in_sheets_one_after_the_other() -> None:
    row = conversation()
    helper = Client()
    helper.force_login(account(RoleName.HELPER))
    told = {"batch": "feest", "sheet": "1", "kind": "resident", "s1": "1", "s2": "", "s3": "-1"}
    answer = helper.post(at("paper", row), told)
    assert answer.status_code == 302
    assert 'value="2"' in helper.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert helper.post(at("paper", row), told | {"s1": "0"}).status_code == 422
    assert Participant.objects.get().kind == Kind.RESIDENT
    assert sorted(Vote.objects.values_list("statement__number", "value")) == [(1, 1), (3, -1)]


def test_paper_asks_where_somebody_lives_as_the_screen_does_and_leaves_it_open() -> None:
    row = conversation()
    assert "Ik woon in:" not in Client().get(at("sheet", row)).content.decode()
    for code in ("kade", "haven"):
        Area.objects.create(workshop=workshop(), code=code, name=code.title(), kind="buurt")
    sheet = Client().get(at("sheet", row)).content.decode()
    assert "☐&nbsp;Kade" in sheet
    assert "Schrijf je naam niet op" in sheet
    helper = Client()
    helper.force_login(account(RoleName.HELPER))
    told = {"batch": "feest", "kind": "resident", "s1": "1"}
    helper.post(at("paper", row), told | {"sheet": "1", "area": "kade"})
    helper.post(at("paper", row), told | {"sheet": "2", "area": ""})
    assert helper.post(at("paper", row), told | {"sheet": "3", "area": "elders"}).status_code == 422
    assert list(Participant.objects.order_by("sheet").values_list("area__code", flat=True)) == ["kade", None]


def test_many_areas_are_a_line_to_write_on() -> None:
    row = conversation()
    for number in range(MOST_BOXES + 1):
        Area.objects.create(workshop=workshop(), code=f"b{number}", name=f"Buurt {number}", kind="buurt")
    sheet = Client().get(at("sheet", row)).content.decode()
    assert "In welke buurt woon je? Leeg laten mag:" in sheet
    assert "☐&nbsp;Buurt" not in sheet


def test_cards_with_codes_are_told_this_once() -> None:
    row = conversation(needs_code=True)
    host = team()
    page = host.post(at("codes", row), {"count": 2}).content.decode()
    assert len(re.findall(r'samen-slips__code">[\d ]{14}<', page)) == 2
    assert Code.objects.count() == 2
    assert not re.search(r"\d{4} \d{4} \d{4}", host.get(at("codes", row)).content.decode())


def test_taking_back_closes_this_device_and_the_code() -> None:
    row = conversation()
    here = begun(row)
    here.post(at("vote", row), {"number": 1, "value": 1})
    here.post(at("withdraw", row))
    assert not Vote.objects.exists()
    assert here.get(at("mine", row)).status_code == 302


def test_who_leaves_leaves_nothing_on_the_screen() -> None:
    row = conversation()
    here = begun(row)
    here.post(at("leave", row))
    assert here.get(at("vote", row)).status_code == 302
    assert 'class="samen-code"' not in here.get(at("mine", row), follow=True).content.decode()


def test_as_what_somebody_takes_part_is_their_own_word() -> None:
    row = conversation()
    here = begun(row)
    here.post(at("kind", row), {"kind": "researcher"})
    assert Participant.objects.get().kind == Kind.RESEARCHER
    here.post(at("kind", row), {"kind": "koning"})
    assert Participant.objects.get().kind == Kind.RESEARCHER


def test_what_came_out_goes_back_to_all_and_is_read_by_who_took_part() -> None:
    row = conversation()
    here = begun(row)
    teller = party("De Brug")
    host = team()
    assert host.get(at("give_back", row)).status_code == 200
    host.post(at("give_back", row), {"text": "De lift wordt groter.", "party": teller.key})
    assert GiveBack.objects.get().ask == row.ask
    assert "De lift wordt groter." in here.get(at("mine", row)).content.decode()


def test_a_conversation_of_a_draft_is_there_for_who_may_change_it() -> None:
    row = conversation(ask=street.draft())
    assert Client().get(at("conversation", row)).status_code == 404
    assert row.ask.title not in Client().get(at("list")).content.decode()
    assert team().get(at("conversation", row)).status_code == 200


def test_a_program_that_begins_over_and_over_is_stopped() -> None:
    row = conversation()
    for _time in range(BEGINNERS.most):
        Client().post(at("begin", row))
    assert "heel veel mensen" in Client().post(at("begin", row), follow=True).content.decode()
    assert Participant.objects.count() == BEGINNERS.most


def test_while_somebody_types_what_stands_there_already_is_told_and_nothing_is_kept() -> None:
    row = conversation()
    until_done()
    here = begun(row)
    typed = {"text": "Er is een tweede keuken nodig.", "seen": ""}
    answer = here.post(at("write", row), typed, headers={"HX-Request": "true"})
    told = answer.content.decode()
    assert "Er moet een tweede keuken komen." in told
    assert "<form" not in told
    assert here.post(at("write", row), {"text": ""}, headers={"HX-Request": "true"}).content.strip() == b""
    assert Statement.objects.filter(given_by__isnull=False).count() == 0
    assert "data-alike" in here.get(at("write", row)).content.decode()


def test_somebody_says_where_they_live_and_takes_it_back() -> None:
    row = conversation()
    home = Area.objects.create(workshop=workshop(), code="K9", name="Achter het spoor")
    here = begun(row)
    assert "Achter het spoor" in here.get(at("mine", row)).content.decode()
    here.post(at("kind", row), {"kind": "resident", "area": "K9"})
    assert Participant.objects.get().area == home
    here.post(at("kind", row), {"kind": "resident", "area": "nergens"})
    assert Participant.objects.get().area == home
    here.post(at("withdraw", row))
    assert Participant.objects.get().area is None
