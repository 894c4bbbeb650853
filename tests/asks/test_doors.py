import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.asks.street import NOW, TODAY, area, ask, draft, shared, voice
from tests.builders import account, party, workshop
from werkplaats.accounts.models import Person
from werkplaats.accounts.rules import RoleName
from werkplaats.asks import actions
from werkplaats.asks.models import Ask, GiveBack, Reply, Reported, Voice
from werkplaats.asks.rules import AskState, Privacy, State
from werkplaats.neighbourhoods.actions import put_membership

pytestmark = pytest.mark.django_db
CODE = re.compile(r"\d{4} \d{4} \d{4}")
FORM = {"text": "De lift is kapot.", "privacy": "nameless", "once": "abc", "via": "code"}


def address(name: str, *args: str, of: str = "kanaalkwartier") -> str:
    return reverse(f"asks:{name}", args=[of, *args])


@pytest.fixture
def team(client: Client) -> Client:
    client.force_login(account(RoleName.COORDINATOR))
    return client


def member(client: Client, of: Ask) -> Client:
    """Signed in as somebody of the party that asks."""
    who = account(RoleName.PARTY)
    person = Person.objects.create(workshop=of.workshop, key="mens", name="Mens", sort_name="mens", account=who)
    assert of.asker is not None
    put_membership(of.asker, person=person, role="lid")
    client.force_login(who)
    return client


def test_everybody_reads_what_is_asked_and_the_standing_ask_is_always_there(client: Client) -> None:
    ask()
    draft("Nog niet af")
    page = client.get(address("list")).content.decode()
    assert "Wat wil je kwijt?" in page
    assert "Een zaal in de buurt" in page
    assert "Nog niet af" not in page
    assert client.get(address("list_csv")).status_code == 200


def test_a_resident_gives_without_account_and_sees_the_code_this_once(client: Client) -> None:
    row = ask()
    answer = client.post(address("give", row.key), FORM, follow=True)
    digits = CODE.search(answer.content.decode())
    assert digits
    given = Voice.objects.get()
    assert (given.text, given.privacy, given.channel) == ("De lift is kapot.", "nameless", "code")
    assert "De lift is kapot." not in answer.content.decode()
    client.post(address("wipe", row.key))
    assert not CODE.search(client.get(address("thanks", row.key)).content.decode())
    assert not CODE.search(Client().get(address("thanks", row.key)).content.decode())


def test_a_form_sent_twice_is_one_voice(client: Client) -> None:
    row = ask()
    for _ in range(2):
        assert client.post(address("give", row.key), FORM).status_code == 302
    assert Voice.objects.count() == 1


def test_who_goes_back_and_types_something_else_loses_nothing(client: Client) -> None:
    row = ask()
    client.post(address("give", row.key), FORM)
    client.post(address("give", row.key), {**FORM, "text": "En de trap ook."})
    assert sorted(Voice.objects.values_list("text", flat=True)) == ["De lift is kapot.", "En de trap ook."]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"text": "   \u200b "}, "Er staat nog niets."),
        ({"text": "a" * 1_000_000}, "20000"),
        ({"contact": "a@example.org"}, "Wil je mail?"),
        ({"may_mail": "on"}, "Wil je mail?"),
        ({"privacy": "everybody"}, "everybody"),
    ],
)
def test_what_cannot_be_kept_is_told_and_what_was_typed_stays(
    client: Client, said: dict[str, str], sentence: str
) -> None:
    row = ask()
    answer = client.post(address("give", row.key), {**FORM, **said})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Voice.objects.exists()


def test_script_in_a_voice_is_shown_as_words(client: Client) -> None:
    row = ask()
    shared("<script>alert(1)</script> مرحبا", to=row)
    page = client.get(address("ask", row.key)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_too_many_voices_from_one_address_wait_a_quarter(client: Client) -> None:
    row = ask()
    for number in range(61):
        answer = client.post(address("give", row.key), {**FORM, "once": f"form-{number}", "text": f"Stem {number}"})
    assert answer.status_code == 422
    assert Voice.objects.count() == 60


def test_nothing_is_given_to_an_ask_that_is_closed(client: Client) -> None:
    row = actions.close_ask(ask(), on=TODAY)
    assert client.post(address("give", row.key), FORM).status_code == 302
    assert not Voice.objects.exists()


def test_a_draft_is_there_for_who_writes_it_and_nobody_else(client: Client) -> None:
    row = draft()
    for name in ("ask", "give", "poster"):
        assert client.get(address(name, row.key)).status_code == 404
    page = member(client, row).get(address("ask", row.key)).content.decode()
    assert "Stel deze vraag" in page


def test_what_is_known_already_is_shown_before_the_rest_is_asked(team: Client) -> None:
    workshop()
    first = team.get(address("new")).content.decode()
    assert "Kijk wat al bekend is" in first
    assert "Wat is nu nog de vraag?" not in first
    told = {"title": "Een zaal", "question": "Waar kom je samen?"}
    second = team.get(address("new"), told).content.decode()
    assert "Wat de buurt al vertelde" in second
    assert "Wat is nu nog de vraag?" in second


def test_an_ask_is_kept_as_a_beginning_and_opened_when_it_is_whole(team: Client) -> None:
    school = party("Kadeschool")
    told = {"title": "Een zaal", "question": "Waar kom je samen?", "asker": school.pk, "then": "open"}
    answer = team.post(address("new"), told, follow=True)
    assert "Vul eerst in" in answer.content.decode()
    row = Ask.objects.get(key="een-zaal")
    assert row.state == AskState.DRAFT
    whole = dict.fromkeys(
        ("asker_function", "on_behalf_of", "asked_group", "giver_gets", "asker_gets", "comes_back"), "woorden"
    )
    whole |= {"data_use": "weg", "still_unknown": "alles", "answer_by": "2126-06-01", "minutes": "5"}
    assert team.post(address("change", row.key), {**told, **whole}).status_code == 302
    row.refresh_from_db()
    assert row.state == AskState.OPEN
    assert team.get(address("change", row.key)).status_code == 302
    assert team.post(address("close", row.key)).status_code == 302


def test_a_day_that_has_been_is_promised_to_nobody(team: Client) -> None:
    workshop()
    answer = team.post(address("new"), {"title": "Zaal", "question": "Waar?", "answer_by": "2020-01-01"})
    assert answer.status_code == 422
    assert "Deze dag is al geweest" in answer.content.decode()


def test_nobody_asks_for_a_party_that_is_not_theirs(client: Client) -> None:
    row = draft()
    other = party("Gemeente")
    told = {"title": "Zaal", "question": "Waar?", "asker": other.pk, "then": "keep"}
    assert member(client, row).post(address("new"), told).status_code == 422


def test_a_human_looks_covers_hides_and_keeps_in(team: Client) -> None:
    row = ask()
    one, two, three = (voice(f"Bel {number} op 06-12345678.", to=row, privacy=Privacy.NAMELESS) for number in (1, 2, 3))
    page = team.get(address("desk")).content.decode()
    assert '<mark class="samen-mark">06-12345678</mark>' in page
    assert "Bel 1 op […]." in page
    team.post(address("look", one.key), {"then": "share", "shared_text": "Bel 1 op […]."})
    team.post(address("look", two.key), {"then": "hide", "reason": "Een nummer."})
    team.post(address("look", three.key), {"then": "keep", "shared_text": "Bel 3 op […]."})
    public = Client().get(address("ask", row.key)).content.decode()
    assert "Bel 1 op […]." in public
    assert "Bel 2" not in public
    assert "Bel 3" not in public
    assert (
        team.post(address("look", one.key), {"then": "share", "shared_text": "Iets anders"}, follow=True).status_code
        == 200
    )
    one.refresh_from_db()
    assert one.shared_text == "Bel 1 op […]."


def test_the_team_answers_several_at_once_or_names_a_day(team: Client) -> None:
    row = ask()
    one, two, three = (voice(f"Stem {number}.", to=row) for number in (1, 2, 3))
    told = {"voices": [one.key, two.key], "party": row.asker_id, "text": "Ja."}
    assert team.post(address("reply", row.key), told).status_code == 302
    assert Reply.objects.get().voices.count() == 2
    assert (
        team.post(
            address("reply", row.key), {**told, "voices": [three.key], "text": "", "come_back_on": "2126-01-01"}
        ).status_code
        == 302
    )
    three.refresh_from_db()
    assert (three.state, three.come_back_on.year if three.come_back_on else 0) == (State.WAITING, 2126)
    neither = team.post(address("reply", row.key), {**told, "voices": [three.key], "text": ""})
    assert neither.status_code == 422


def test_the_asker_answers_and_reads_only_what_may_go_out(client: Client) -> None:
    row = ask()
    voice("PLANTED-INSIDE", to=row)
    voice("PLANTED-UNSEEN", to=row, privacy=Privacy.NAMELESS)
    seen = shared("Dit mag naar buiten.", to=row)
    asker = member(client, row)
    page = asker.get(address("reply", row.key)).content.decode()
    assert "Dit mag naar buiten." in page
    assert "PLANTED" not in page
    told = {"voices": [seen.key], "party": row.asker_id, "text": "Dank je."}
    assert asker.post(address("reply", row.key), told).status_code == 302
    assert asker.get(address("desk")).status_code == 403


def test_nothing_that_only_the_workshop_reads_reaches_asker_or_public(client: Client) -> None:
    row = ask()
    voice("PLANTED-INSIDE alleen de werkplaats", to=row)
    actions.hide(shared("PLANTED-HIDDEN", to=row), reason="Daarom.", at=NOW)
    actions.withdraw(shared("PLANTED-GONE", to=row), at=NOW)
    voice("PLANTED-UNSEEN", to=row, privacy=Privacy.NAMELESS)
    actions.give_back(row, text="Er komt een zaal.", party=party("School"), at=NOW)
    pages = [
        address("list"),
        address("list_csv"),
        *(address(name, row.key) for name in ("ask", "poster", "thanks", "give")),
    ]
    pages += [address("notice", row.key, GiveBack.objects.get().key), address("reports")]
    pages += [f"{reverse('search:search', args=['kanaalkwartier'])}?q=PLANTED"]
    for somebody in (Client(), member(client, row)):
        for page in pages:
            text = somebody.get(page).content.decode()
            assert not re.search(r"PLANTED-\w+", text), page


def test_what_came_of_it_stands_with_the_ask_and_on_a_sheet(team: Client) -> None:
    row = ask()
    answer = team.post(address("give_back", row.key), {"party": row.asker_id, "text": "Er komt een zaal."}, follow=True)
    assert "Er komt een zaal." in answer.content.decode()
    assert "Er komt een zaal." in Client().get(address("ask", row.key)).content.decode()


def test_a_late_ask_says_so_with_its_reason(team: Client) -> None:
    row = ask()
    Ask.objects.filter(pk=row.pk).update(answer_by="2026-01-01")
    assert "Dit antwoord is te laat" in team.get(address("ask", row.key)).content.decode()
    team.post(address("late", row.key), {"reason": "De onderzoeker was ziek."})
    assert "De onderzoeker was ziek." in Client().get(address("ask", row.key)).content.decode()


def test_a_helper_types_in_a_stack_and_the_next_number_is_ready(client: Client) -> None:
    row = ask()
    kade = area()
    client.force_login(account(RoleName.HELPER))
    told = {"text": "De lift.", "privacy": "nameless", "batch": "feest", "number": 7, "area": kade.pk}
    page = client.post(address("stack", row.key), told, follow=True).content.decode()
    assert CODE.search(page)
    assert 'value="8"' in page
    assert 'value="feest"' in page
    assert (Voice.objects.get().channel, Voice.objects.get().area) == ("paper", kade)
    again = client.post(address("stack", row.key), {**told, "batch": "ander feest"})
    assert again.status_code == 422
    assert "Dit is een ander mens met dezelfde woorden" in again.content.decode()


def test_cards_are_printed_with_a_code_each_and_a_slip_shows_no_words(client: Client) -> None:
    row = ask()
    client.force_login(account(RoleName.HELPER))
    page = client.post(address("slips", row.key), {"batch": "feest", "count": 16}).content.decode()
    assert len(set(CODE.findall(page))) == 16
    assert client.post(address("slips", row.key), {"batch": "", "count": 900}).status_code == 422


def test_anybody_reports_what_was_asked_and_the_host_checks(client: Client) -> None:
    workshop()
    assert client.post(address("reports"), {"what": "PLANTED vragenlijst van buurman Jan"}).status_code == 302
    assert "PLANTED" not in client.get(address("reports")).content.decode()
    client.force_login(account(RoleName.COORDINATOR))
    row = Reported.objects.get()
    client.post(address("check", row.key), {"happened": "yes"})
    assert "PLANTED" in Client().get(address("reports")).content.decode()
    told = {"title": "Zaal", "question": "Waar?", "report": row.key, "then": "keep"}
    client.post(address("new"), told)
    row.refresh_from_db()
    assert row.became == Ask.objects.get(key="zaal")


DOORS = [("desk", ()), ("new", ()), ("stack", ("x",)), ("slips", ("x",)), ("import", ("x",))]


@pytest.mark.parametrize(("name", "args"), DOORS)
def test_a_door_for_some_asks_who_is_not_signed_in_to_sign_in(client: Client, name: str, args: tuple[str, ...]) -> None:
    workshop()
    answer = client.get(address(name, *args))
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


@pytest.mark.parametrize("name", ["change", "reply", "give_back", "stack", "slips", "import"])
def test_a_door_is_closed_to_who_has_no_part_in_it(client: Client, name: str) -> None:
    row = ask()
    client.force_login(account(RoleName.RESIDENT))
    assert client.get(address(name, row.key)).status_code == 403


@pytest.mark.parametrize("name", ["ask", "give", "thanks", "poster", "reply", "change", "stack"])
def test_an_ask_of_another_workshop_is_not_there(team: Client, name: str) -> None:
    workshop()
    row = ask(of=workshop("elders"))
    assert team.get(address(name, row.key)).status_code == 404
