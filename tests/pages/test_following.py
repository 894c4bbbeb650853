"""Who follows an issue or a promise hears what happens with it: once, in their own language, and never a private word."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.asks.street import ask, voice
from tests.defrag.street import issue
from tests.demo.planted import DEMO
from tests.promises.table import done, draft, party, promise, voices
from werkplaats.accounts.rules import RoleName
from werkplaats.asks import actions as asks
from werkplaats.asks.models import Ask, Voice
from werkplaats.asks.rules import Privacy
from werkplaats.exchange.actions import load
from werkplaats.issues.actions import join
from werkplaats.issues.actions.trajectories import plan, start
from werkplaats.issues.models import Issue
from werkplaats.issues.rules.phases import Phase
from werkplaats.kit.claims import work_some
from werkplaats.mail import actions as mail
from werkplaats.mail.models import Follow, Message
from werkplaats.mail.rules import Kind, Pace
from werkplaats.mail.sweeps import SEND
from werkplaats.pauses import actions as pauses
from werkplaats.pauses.rules import Outcome
from werkplaats.promises import actions as promises
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Channel, Giver, GiverKind, Word

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, 10, tzinfo=UTC)
YUSUF, ANNA = "yusuf@example.org", "anna@example.org"
MARKER = "Alleenvoordewerkplaats"


def followed(thing: str, address: str = YUSUF, *, language: str = "nl", is_confirmed: bool = True) -> Follow:
    return mail.follow(
        builders.workshop(), thing=thing, title="Iets", to=address, at=NOW, is_confirmed=is_confirmed, language=language
    )


def told(address: str = YUSUF) -> list[str]:
    return list(Message.objects.filter(reader__address=address, kind=Kind.NEWS).values_list("text", flat=True))


def private(about: Issue, *, to: Ask | None = None, contact: str = "") -> Voice:
    given = voice(f"{MARKER} zei dat de lift kapot is.", to=to, privacy=Privacy.WORKSHOP, contact=contact)
    asks.belongs_to_issues(given, issues=[about])
    return given


@pytest.mark.parametrize("name", ["issue", "promise"])
def test_the_page_leads_to_following_and_the_owner_of_the_address_says_yes(client: Client, name: str) -> None:
    key = issue("Schimmel").key if name == "issue" else promise().key
    page = client.get(reverse(f"{name if name == 'promise' else 'page'}s:{name}", args=["kanaalkwartier", key]))
    (link,) = {part.split('"')[0] for part in page.content.decode().split('href="') if "/volgen/?wat=" in part}
    client.post(link.replace("&amp;", "&"), {"address": YUSUF})
    row = Follow.objects.get()
    assert (row.thing, row.confirmed_at) == (f"{name}:{key}", None)
    client.post(reverse("mail:confirm", args=["kanaalkwartier", row.reader.token, row.pk]))
    row.refresh_from_db()
    assert row.confirmed_at is not None


def test_what_is_no_promise_yet_and_no_issue_yet_cannot_be_followed(client: Client) -> None:
    client.force_login(builders.account(RoleName.COORDINATOR))
    for page in (
        reverse("promises:promise", args=["kanaalkwartier", draft().key]),
        reverse("pages:issue", args=["kanaalkwartier", issue("Voorstel", state="proposed").key]),
    ):
        assert "/volgen/?wat=" not in client.get(page).content.decode()


def test_a_title_to_follow_holds_no_words_that_may_have_to_go(client: Client) -> None:
    row = promise(wording=f"{MARKER} krijgt de sleutel.")
    page = client.get(reverse("promises:promise", args=["kanaalkwartier", row.key])).content.decode()
    (link,) = {part.split('"')[0] for part in page.split('href="') if "/volgen/?wat=" in part}
    client.post(link.replace("&amp;", "&"), {"address": YUSUF})
    assert Follow.objects.get().title == "Een belofte van Gemeente Oeverstad"


def test_who_follows_an_issue_hears_everything_that_happens_with_its_promise_once() -> None:
    row = draft(issue=issue("Schimmel"))
    followed("issue:schimmel")
    followed(row.thing)  # of both: still told once
    promises.confirm(row, at=NOW, channel=Channel.LINK)
    promises.change(row, wording="De sleutel ligt er elke dag.", reason="Het kan vaker.", at=NOW)
    promises.extend(row, due_on=date(2026, 5, 20), reason="De sleutelmaker is ziek.", at=NOW)
    promises.report_done(row, evidence="Zie de foto.", at=NOW)
    promises.maker_verdict(row, word=Word.KEPT, at=NOW)
    promises.maker_verdict(row, word=Word.KEPT, at=NOW)
    promises.withdraw(promise(at=NOW, issue=row.issue, wording="Iets anders."), reason="Toch niet.", at=NOW)
    assert told() == [
        "Gemeente Oeverstad belooft: “De sleutel van het Kadehuis ligt er op dinsdagavond.” Het is klaar op 15 mei 2026.",
        "Gemeente Oeverstad verwoordt een belofte nu zo: “De sleutel ligt er elke dag.” De reden: Het kan vaker.",
        (
            "Gemeente Oeverstad noemt een andere dag, 20 mei 2026, voor: “De sleutel ligt er elke dag.” "
            "De reden: De sleutelmaker is ziek."
        ),
        "Gemeente Oeverstad meldt dat dit gedaan is: “De sleutel ligt er elke dag.” Waaraan je het ziet: Zie de foto.",
        "Gemeente Oeverstad zegt over “De sleutel ligt er elke dag.”: gehouden.",
        "Gemeente Oeverstad belooft: “Iets anders.” Het is klaar op 15 mei 2026.",
        "Gemeente Oeverstad neemt een belofte terug: “Iets anders.” De reden: Toch niet.",
    ]


def test_what_was_decided_at_a_table_is_news_after_the_yes_and_not_before() -> None:
    row = draft(issue=issue("Schimmel"), table_key="tafel")
    followed("issue:schimmel")
    assert told() == []
    promises.confirm(row, at=NOW, channel=Channel.LINK)
    assert "zei ja tegen wat aan tafel is afgesproken" in told()[0]


def test_each_reads_it_in_their_own_language() -> None:
    row = promise()
    followed(row.thing)
    followed(row.thing, ANNA, language="en")
    promises.report_done(row, evidence="Zie de foto.", at=NOW)
    assert [words.split(" dat ")[0] for words in told()] == ["Gemeente Oeverstad meldt"]
    assert told(ANNA)[0].startswith("Gemeente Oeverstad reports")


def test_a_party_that_received_it_is_named_with_its_verdict() -> None:
    kitchen = party("De Lange Tafel", kind="initiative")
    row = done(parties=(kitchen,))
    followed(row.thing)
    promises.receiver_verdict(row, by=Giver(GiverKind.PARTY, kitchen.key), word=Word.PARTLY, at=NOW, words="Soms.")
    assert told() == ["De Lange Tafel zegt over “De sleutel van het Kadehuis ligt er op dinsdagavond.”: voor een deel."]


def test_a_single_resident_is_never_news_and_all_together_are_once() -> None:
    givers = voices(5)
    row = done(voices=givers)
    followed(row.thing)
    for number, giver in enumerate(givers, start=1):
        by = Giver(GiverKind.RECEIPT, giver.key)
        promises.receiver_verdict(row, by=by, word=Word.NOT_NOTICED, at=NOW + timedelta(minutes=number))
        assert len(told()) == (number == 5)
    assert told()[0].startswith("Bewoners zeiden of ze iets merken van")
    assert not any(giver.key in text or "merk er niets van" in text for giver in givers for text in told())


def test_an_answer_on_an_issue_is_news_without_its_words_and_the_giver_hears_it_once() -> None:
    mould, row = issue("Schimmel"), ask()
    given = private(mould, to=row, contact=ANNA)
    Follow.objects.update(confirmed_at=NOW)
    followed("issue:schimmel")
    followed("issue:schimmel", ANNA)
    before = Message.objects.filter(reader__address=ANNA).count()
    asks.reply(row, voices=[given], party=party("Wijkteam"), text=f"Dag {MARKER}, de lift wordt gemaakt.", at=NOW)
    assert told() == [
        "Wijkteam gaf antwoord aan mensen die iets vertelden over “Schimmel”. Wat erin staat, lezen zij zelf."
    ]
    assert Message.objects.filter(reader__address=ANNA).count() == before + 1
    assert told(ANNA)[1:] == []
    assert Message.objects.filter(reader__address=ANNA, kind=Kind.ANSWER).count() == 1


def test_what_came_back_to_all_is_news_for_who_follows_the_ask_or_its_issue() -> None:
    row = ask(issue=issue("Schimmel"))
    followed("issue:schimmel")
    followed(f"ask:{row.key}", ANNA)
    asks.give_back(row, text="De ramen worden vervangen.", party=party("Wijkteam"), at=NOW)
    assert told() == told(ANNA) == ["De ramen worden vervangen."]


def test_a_pause_that_closed_is_news_with_its_outcome_and_reason() -> None:
    mould = issue("Schimmel")
    way = plan(mould, name="Droge huizen", benefit_for="Huurders", how_noticed="Geen schimmel", at=NOW)
    start(way, at=NOW)
    standing = pauses.open_pause(way, at=NOW)
    private(mould)
    followed("issue:schimmel")
    pauses.close(standing, outcome=Outcome.CHANGE, reason="Niemand merkt iets.", at=NOW, then=Phase.AGREE)
    assert told() == [
        (
            "Er is gevraagd of bewoners iets merken van “Droge huizen”. Wat ervan kwam: We gaan het anders doen. "
            "De reden: Niemand merkt iets."
        )
    ]


def test_no_private_word_ever_goes_out_to_who_follows() -> None:
    mould = issue("Schimmel")
    row = ask(issue=mould)
    given = private(mould, to=row)
    said = draft(issue=mould, voices=(given,))
    for thing in ("issue:schimmel", said.thing, f"ask:{row.key}"):
        followed(thing)
    promises.confirm(said, at=NOW, channel=Channel.LINK)
    asks.reply(row, voices=[given], party=party("Wijkteam"), text=f"{MARKER}, dank.", at=NOW)
    promises.report_done(said, evidence="Zie de foto.", at=NOW)
    by = Giver(GiverKind.RECEIPT, given.key)
    promises.receiver_verdict(said, by=by, word=Word.NOT, at=NOW, words=MARKER)
    assert len(told()) == 3
    sent = Message.objects.values_list("subject", "text", "url", "key", "about")
    assert not any(MARKER in cell or given.key in cell for row in sent for cell in row)


def test_who_said_no_to_news_or_never_said_yes_gets_none() -> None:
    row = promise()
    followed(row.thing)
    mail.unsubscribe(Follow.objects.get().reader.token, Kind.NEWS, at=NOW)
    followed(row.thing, ANNA, is_confirmed=False)
    promises.report_done(row, evidence="Zie de foto.", at=NOW)
    assert Message.objects.get(reader__address=YUSUF).due_at is None
    assert not Message.objects.filter(reader__address=ANNA, key__startswith="promise").exists()


def test_news_goes_out_with_a_way_to_stop_this_kind(client: Client) -> None:
    row = promise()
    reader = followed(row.thing).reader
    promises.report_done(row, evidence="Zie de foto.", at=NOW)
    assert work_some(SEND) == 1
    (letter,) = outbox.outbox
    stop = reverse("mail:unsubscribe", args=["kanaalkwartier", reader.token, "news"])
    assert stop in letter.extra_headers["List-Unsubscribe"]
    client.post(stop, {"List-Unsubscribe": "One-Click"})
    assert reader.choices.get().pace == Pace.OFF


def test_words_that_were_erased_leave_what_was_not_sent_yet() -> None:
    row = promise(wording=f"{MARKER} krijgt de sleutel.")
    followed(row.thing)
    promises.report_done(row, evidence="Zie de foto.", at=NOW)
    promises.erase_text(row, number=1, name="wording", reason="Er stond een naam in.", at=NOW)
    assert MARKER not in "".join(told())
    assert "[…]" in told()[0]


def test_who_followed_an_issue_that_went_up_in_another_follows_that() -> None:
    small, large = issue("Schimmel"), issue("Wonen")
    followed(small.thing)
    followed(small.thing, ANNA)
    followed(large.thing, ANNA)
    join(small, into=large, at=NOW)
    assert set(Follow.objects.values_list("reader__address", "thing", "title")) == {
        (YUSUF, large.thing, "Wonen"),
        (ANNA, large.thing, "Iets"),
    }


def test_what_a_folder_tells_of_before_is_told_to_nobody() -> None:
    folder: Path = DEMO
    builders.workshop("kanaalkwartier")
    for key in ("schimmel-en-kou-in-huis", "veilig-naar-school", "rondkomen-met-weinig"):
        followed(f"issue:{key}")
    assert not load(folder, at=NOW).refused
    assert Promise.objects.exclude(confirmed_at=None).filter(issue__key="schimmel-en-kou-in-huis").exists()
    assert told() == []
