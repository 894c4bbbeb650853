"""The receipt: opened with its code, never with the words, and what its holder can do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.builders import TODAY, party, workshop
from werkplaats.asks.actions import give_back, give_voice, reply, standing_ask
from werkplaats.asks.models import Reply, Voice
from werkplaats.issues.models import Issue
from werkplaats.promises.actions import Said, confirm, draft, report_done
from werkplaats.promises.models import Promise, Verdict
from werkplaats.promises.rules import Channel, Kind
from werkplaats.threads.queries import receipt

pytestmark = pytest.mark.django_db
AT = "/kanaalkwartier/bonnetje/"
WORDS = "Waarom bleef de inloop drie weken dicht"


@pytest.fixture
def given(client: Client) -> tuple[Voice, Client]:
    """A voice of two days ago, and a device on which its receipt is open."""
    voice, digits = give_voice(standing_ask(workshop(), on=TODAY), text=WORDS, at=timezone.now() - timedelta(days=2))
    assert client.post(AT, {"code": digits})["Location"] == AT
    return voice, client


def answered(voice: Voice) -> Reply:
    school = party("Kadeschool")
    return reply(voice.ask, voices=[voice], party=school, text="Vanaf 6 juni is de zaal open.", at=timezone.now())


def promised(voice: Voice) -> Promise:
    """A promise that came from the voice, reported done today."""
    at = timezone.now()
    said = Said(Kind.DO, party("Kadehuis"), "De zaal open op zaterdag", voices=(voice,))
    row = confirm(draft(workshop(), said, at=at), at=at, channel=Channel.LINK)
    return report_done(row, evidence="De deur stond open", at=at)


def test_a_receipt_never_shows_the_words(given: tuple[Voice, Client]) -> None:
    voice, client = given
    answered(voice)
    page = client.get(AT).content.decode()
    assert "Vanaf 6 juni is de zaal open." in page
    assert WORDS not in page


def test_without_its_code_a_receipt_stays_shut(client: Client) -> None:
    give_voice(standing_ask(workshop(), on=TODAY), text=WORDS, at=timezone.now())
    assert "Wat staat er op je bonnetje?" in client.get(AT).content.decode()
    for door in ("past/", "weghalen/", "erbij/", "gekregen/"):
        assert client.post(AT + door, {"fit": "fits", "text": "iets", "came": "ja"})["Location"] == AT
    assert Voice.objects.get().state == "waiting"


def test_a_wrong_and_a_withdrawn_code_sound_the_same(client: Client) -> None:
    _voice, digits = give_voice(standing_ask(workshop(), on=TODAY), text=WORDS, at=timezone.now())
    client.post(AT, {"code": digits})
    client.post(AT + "weghalen/")
    withdrawn = Client().post(AT, {"code": digits}).content.decode().replace(digits, "")
    wrong = Client().post(AT, {"code": "0000 0000 0000"}).content.decode().replace("0000 0000 0000", "")

    def without_token(page: str) -> str:
        return "".join(line for line in page.splitlines() if "csrf" not in line)

    assert "gaat er niets open" in wrong
    assert without_token(withdrawn) == without_token(wrong)


def test_the_giver_says_that_it_fits(given: tuple[Voice, Client]) -> None:
    voice, client = given
    made = answered(voice)
    client.post(AT + "past/", {"reply": made.key, "fit": "fits"})
    voice.refresh_from_db()
    assert voice.state == "fits"
    assert "Je kreeg een antwoord dat past" in client.get(AT).content.decode()


def test_what_does_not_fit_opens_the_question_once_more(given: tuple[Voice, Client]) -> None:
    voice, client = given
    made = answered(voice)
    client.post(AT + "past/", {"reply": made.key, "fit": "does_not_fit"})
    assert "Je vraag staat weer open" in client.get(AT).content.decode()
    voice.refresh_from_db()
    assert (voice.state, voice.reopened) == ("waiting", True)


def test_an_answer_to_somebody_else_cannot_be_judged(given: tuple[Voice, Client]) -> None:
    voice, client = given
    other, _digits = give_voice(voice.ask, text="Iets anders", at=timezone.now())
    made = answered(other)
    assert client.post(AT + "past/", {"reply": made.key, "fit": "fits"}).status_code == 404
    other.refresh_from_db()
    assert other.state == "replied"


def test_the_giver_tells_more_and_the_first_words_stay(given: tuple[Voice, Client]) -> None:
    voice, client = given
    client.post(AT + "erbij/", {"text": "Het is nu weer open."})
    voice.refresh_from_db()
    assert voice.text.startswith(WORDS)
    assert voice.text.endswith("Het is nu weer open.")


def test_withdrawing_asks_once_more_and_closes_the_receipt(given: tuple[Voice, Client]) -> None:
    voice, client = given
    assert "Ja, haal het weg" in client.get(AT + "weghalen/").content.decode()
    client.post(AT + "weghalen/")
    voice.refresh_from_db()
    assert (voice.state, voice.text) == ("withdrawn", "")
    assert "Wat staat er op je bonnetje?" in client.get(AT).content.decode()


def test_the_giver_says_whether_the_reward_came(given: tuple[Voice, Client]) -> None:
    voice, client = given
    client.post(AT + "gekregen/", {"came": "nee"})
    voice.refresh_from_db()
    assert voice.reward_came is False


def test_the_giver_judges_a_promise_that_came_from_the_voice(given: tuple[Voice, Client]) -> None:
    voice, client = given
    made = promised(voice)
    assert "De zaal open op zaterdag" in client.get(AT).content.decode()
    client.post(f"{AT}belofte/{made.key}/", {"word": "not_noticed"})
    assert Verdict.objects.get().word == "not_noticed"


def test_a_promise_to_others_cannot_be_judged_with_this_receipt(given: tuple[Voice, Client]) -> None:
    voice, client = given
    other, _digits = give_voice(voice.ask, text="Iets anders", at=timezone.now())
    made = promised(other)
    client.post(f"{AT}belofte/{made.key}/", {"word": "kept"})
    assert not Verdict.objects.exists()


def test_mail_is_a_separate_yes(given: tuple[Voice, Client]) -> None:
    voice, client = given
    client.post(AT + "mail/", {"address": "buur@example.org"})
    voice.refresh_from_db()
    assert voice.contact == "buur@example.org"
    assert "buur@example.org" not in client.get(AT).content.decode()


def test_a_receipt_shuts_when_its_holder_walks_away(given: tuple[Voice, Client]) -> None:
    _voice, client = given
    client.post(AT + "dicht/")
    assert "Wat staat er op je bonnetje?" in client.get(AT).content.decode()


def test_a_receipt_shuts_by_itself_after_half_an_hour(given: tuple[Voice, Client]) -> None:
    _voice, client = given
    session = client.session
    session["receipts"] = {key: [voice, at - 31 * 60] for key, (voice, at) in session["receipts"].items()}
    session.save()
    assert "Wat staat er op je bonnetje?" in client.get(AT).content.decode()


def test_a_receipt_of_one_workshop_opens_nothing_in_another(given: tuple[Voice, Client]) -> None:
    _voice, client = given
    workshop("noord")
    assert "Wat staat er op je bonnetje?" in client.get("/noord/bonnetje/").content.decode()


def test_a_receipt_is_kept_by_no_browser(given: tuple[Voice, Client]) -> None:
    _voice, client = given
    assert "no-store" in client.get(AT)["Cache-Control"]


def test_a_receipt_takes_a_bounded_number_of_queries(
    given: tuple[Voice, Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    voice, _client = given
    answered(voice)
    promised(voice)
    give_back(voice.ask, text="De zaal is open.", party=party("Bibliotheek"), at=timezone.now())
    with timezone.override("Europe/Amsterdam"), django_assert_max_num_queries(18):
        shown = receipt(workshop(), voice.key, today=TODAY)
    assert shown is not None
    assert shown.line.stations[5].state.value == "now"
    assert shown.line.sentence == "Er is een antwoord. Jij zegt of het past."


def test_a_card_that_is_not_typed_in_yet_says_so(client: Client) -> None:
    voice, digits = give_voice(standing_ask(workshop(), on=TODAY), text=WORDS, at=datetime(2026, 5, 1, tzinfo=UTC))
    Voice.objects.filter(pk=voice.pk).delete()
    client.post(AT, {"code": digits})
    assert "Je kaart ligt nog op de stapel" in client.get(AT).content.decode()
    assert not Issue.objects.exists()
