"""The line on the pages of issues, asks and promises, and what stays with the workshop."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import TODAY, party, workshop
from werkplaats.asks.actions import give_voice, look, standing_ask
from werkplaats.asks.models import VoiceIssue
from werkplaats.asks.rules import Privacy
from werkplaats.issues.models import Issue
from werkplaats.promises.actions import Said, confirm, draft
from werkplaats.promises.rules import Channel, Kind

pytestmark = pytest.mark.django_db
AT = "/kanaalkwartier/"
PRIVATE, OPEN = "Mijn eigen geheim over de trap", "De lift is al weken stuk"


@pytest.fixture
def issue() -> Issue:
    """An issue with a voice for the workshop alone, and one that may be read by everybody."""
    made = Issue.objects.create(
        workshop=workshop(), key="trap", name="De trap", sort_name="de trap", state="accepted", decided_on=TODAY
    )
    ask, now = standing_ask(workshop(), on=TODAY), timezone.now()
    kept, _digits = give_voice(ask, text=PRIVATE, at=now)
    shown, _digits = give_voice(ask, text=OPEN, at=now, privacy=Privacy.NAMELESS)
    look(shown, shared_text=OPEN, at=now, by=None)
    VoiceIssue.objects.bulk_create([VoiceIssue(voice=voice, issue=made, ask=ask) for voice in (kept, shown)])
    return made


def test_an_issue_counts_all_voices_and_shows_only_what_may_go_out(client: Client, issue: Issue) -> None:
    page = client.get(f"{AT}vraagstukken/{issue.key}/").content.decode()
    assert "2 stemmen." in page
    assert OPEN in page
    assert PRIVATE not in page


def test_what_is_for_the_workshop_alone_is_on_no_open_page(client: Client, issue: Issue) -> None:
    for address in (
        "",
        "meedoen/",
        f"meedoen/{standing_ask(workshop(), on=TODAY).key}/",
        "zoeken/?q=geheim",
        "overdracht/",
    ):
        assert PRIVATE not in client.get(AT + address).content.decode(), address


def test_a_promise_and_an_ask_show_their_line(client: Client, issue: Issue) -> None:
    now = timezone.now()
    said = Said(Kind.DO, party("Woningstichting"), "De lift maken", for_whom="de bewoners", issue=issue)
    made = confirm(draft(workshop(), said, at=now), at=now, channel=Channel.LINK)
    for address in (f"beloften/{made.key}/", f"meedoen/{standing_ask(workshop(), on=TODAY).key}/"):
        page = client.get(AT + address).content.decode()
        assert page.count("<li data-state=") == 7, address


def test_a_promise_of_a_party_stands_on_its_page(client: Client, issue: Issue) -> None:
    now, maker = timezone.now(), party("Woningstichting")
    said = Said(Kind.DO, maker, "De lift maken", for_whom="de bewoners", issue=issue)
    assert "De lift maken" not in client.get(f"{AT}partijen/{maker.key}/").content.decode()
    confirm(draft(workshop(), said, at=now), at=now, channel=Channel.LINK)
    assert "De lift maken" in client.get(f"{AT}partijen/{maker.key}/").content.decode()
