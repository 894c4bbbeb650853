"""What was said to the workshop alone reaches nobody else: not by a page, a file, a search, a mail, a header or the log."""

import logging
import re
from collections.abc import Iterator
from io import StringIO
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from tests import builders
from tests.every_door.doors import HOME, crawl, doors, whole
from tests.every_door.town import SECRET, SENTENCE, SHOWN, InTheTown, Town
from werkplaats.accounts.rules import TEAM, RoleName
from werkplaats.config.log import Discreet
from werkplaats.promises import queries as ledger

OUTSIDE = [role for role in RoleName if role not in TEAM]
LEAK = re.compile(rf"{SECRET}\w+")
ASKED = (
    SENTENCE,
    "betaalbare zaal",
    "An affordable room where our group can meet in the evening",
    "Kwijt aan de buurt",
)
"""Words of every planted voice, without its secret: what one types would be in the answer anyway."""

ELSEWHERE = {
    "set_language": "an action of Django's own, without anything of a workshop",
    "account_confirm_login_code": "opens in the midst of signing in, without anything of a workshop",
    "account_request_login_code": "leads somebody who is signed in away",
    "account_logout": "leads who is not signed in away",
    "account_login": "leads to account_request_login_code",
    "account_signup": "leads to account_request_login_code",
    "pages:home": "leads to the only workshop",
    "mail:mine": "leads to mail:choices",
    "conversations:picture_svg": "is there once people think apart: tests/conversations/test_taking_out.py",
    "conversations:picture_png": "is there once people think apart: tests/conversations/test_taking_out.py",
    "conversations:places_csv": "is there once there is a result: tests/conversations/test_taking_out.py",
    "tables:answer_for": "opens to who speaks for the party that is invited: tests/tables/test_planning_doors.py",
    "tables:come": "leads who has the code on to tables:at_table: tests/tables/test_checking_out.py",
    "tables:check_out": "opens to who is in with the code of the table: tests/tables/test_checking_out.py",
    "defrag:answer_for": "opens to who speaks for the party that is asked: tests/defrag/test_asking_doors.py",
}
"""Addresses that are no page here: most lead on."""


def visitors(town: Town) -> Iterator[tuple[str, Client]]:
    """Everybody who is not of the team: with each other role, from elsewhere, and without account."""
    for role in OUTSIDE:
        somebody = Client()
        somebody.force_login(town.accounts[role])
        yield role.value, somebody
    stranger = Client()
    stranger.force_login(builders.account(RoleName.COORDINATOR, of=builders.workshop("elders")))
    yield "coordinator of another workshop", stranger
    yield "anyone", Client()


def leaks(said: str, *, but: frozenset[str] = frozenset()) -> set[str]:
    return set(LEAK.findall(said)) - but


OWN = {
    RoleName.HELPER.value: frozenset({f"{SECRET}envelop"}),  # for whom a letter lies ready, to hand it over
    "hidden": frozenset({f"{SECRET}reden"}),  # the giver reads why their voice was hidden
}
"""What somebody outside the team may read of the secrets."""


def starts(town: Town) -> list[str]:
    pages = [address for door in doors() for address in door.addresses(town) if door.is_of_a_workshop]
    asked = [f"{reverse('search:search', args=[HOME])}?{urlencode({'q': words})}" for words in ASKED]
    kinds = [f"{asked[0]}&soort={kind}" for kind in ("voice", "ask", "promise", "fragment", "party", "issue")]
    known = urlencode({"title": "Een zaal", "question": SENTENCE})
    return [*pages, *asked, *kinds, f"{reverse('asks:new', args=[HOME])}?{known}"]


class TestWhatStaysInside(InTheTown):
    def test_nobody_outside_the_team_reaches_what_is_for_the_workshop_alone(self) -> None:
        found: dict[str, set[str]] = {}
        control: set[str] = set()
        for who, somebody in visitors(self.town):
            # Who is not signed in, and who asks and helps, goes after every link too; others see some of the same.
            deep = who in {"anyone", RoleName.PARTY, RoleName.HELPER}
            for address, answer in crawl(somebody, starts(self.town), follows=deep):
                said = whole(answer)
                if leaked := leaks(said, but=OWN.get(who, frozenset())):
                    found[f"{who}: {address}"] = leaked
                if takes_part := [key for key in self.town.participants if key in said]:
                    found[f"{who}: {address}: who takes part"] = set(takes_part)
                if SHOWN in said:
                    control.add(who)
                assert answer.status_code < 500, (who, address)
        assert found == {}
        assert control >= {"anyone", *(role.value for role in OUTSIDE)}

    def test_a_receipt_found_in_the_street_shows_no_words(self) -> None:
        """Of whatever voice it is, on every page that it opens: that of a card, of a hidden voice, of one taken back."""
        found = {}
        for name in self.town.voices:
            finder = Client()
            finder.post(reverse("threads:receipt", args=[HOME]), {"code": self.town.codes[name]})
            opens = [
                address for door in doors() if door.name.startswith("threads:") for address in door.addresses(self.town)
            ]
            for address in opens:
                if leaked := leaks(whole(finder.get(address)), but=OWN.get(name, frozenset())):
                    found[f"{name}: {address}"] = leaked
            is_open = "Haal mijn verhaal weg" in whole(finder.get(reverse("threads:receipt", args=[HOME])))
            assert is_open is (name != "withdrawn"), name
        assert found == {}

    def test_a_part_of_a_page_says_no_more_than_the_page(self) -> None:
        found = {}
        asker, resident = Client(headers={"hx-request": "true"}), Client(headers={"hx-request": "true"})
        asker.force_login(self.town.accounts[RoleName.PARTY])
        for who in (asker, resident):
            for address in starts(self.town):
                if leaked := leaks(whole(who.get(address))):
                    found[address] = leaked
        assert found == {}

    def test_what_was_planted_is_there_for_the_team(self) -> None:
        """Else the walk would find nothing because there is nothing."""
        team = Client()
        team.force_login(self.town.accounts[RoleName.COORDINATOR])
        said = "".join(whole(answer) for _address, answer in crawl(team, starts(self.town)))
        # What somebody votes is theirs alone, also for the team: nothing leads from a page to who takes part.
        assert not [key for key in self.town.participants if key in said]
        seen = leaks(said)
        for name in (
            "inside",
            "kwijt",
            "unseen",
            "added",
            "wie",
            "vangst",
            "melding",
            "titel",
            "belofte",
            "ontkend",
            "pauze",
            "gast",
            "poging",
            "weerwoord",
            "spiegelgesprek",
            "vraag",
            "moderatie",
            "rondje",
        ):
            assert f"{SECRET}{name}" in seen, name

    def test_every_address_is_walked_through(self) -> None:
        """Somebody gets in at every address, or it is an action, or it stands in the list with its reason."""
        guests = [Client() for _ in range(5)]
        guests[0].force_login(self.town.accounts[RoleName.COORDINATOR])
        guests[3].force_login(self.town.accounts[RoleName.PARTY])
        guests[1].post(reverse("threads:receipt", args=[HOME]), {"code": self.town.codes["answered"]})
        guests[2].post(reverse("conversations:enter", args=[HOME, "welke-zaal"]), {"code": self.town.codes["vote"]})
        missed = {
            door.name
            for door in doors()
            if door.name not in ELSEWHERE
            and not any(
                guest.get(address).status_code in {200, 405}
                for guest in guests
                for address in door.addresses(self.town)
            )
        }
        assert missed == set()
        assert set(ELSEWHERE) <= {door.name for door in doors()}

    def test_no_mail_tells_what_is_for_the_workshop_alone(self) -> None:
        assert len(self.town.mails) > len(self.town.voices) / 2
        for sent in self.town.mails:
            told = f"{sent.subject}\n{sent.body}\n{sent.extra_headers}\n{getattr(sent, 'alternatives', '')}"
            assert leaks(told) == set(), sent.subject
            assert len(sent.to) == 1
            for digits in self.town.codes.values():
                assert digits not in told

    def test_the_ledger_that_everybody_takes_home_holds_no_giver_and_no_voice(self) -> None:
        for private in (False, True):
            lines = "".join(ledger.export_lines(self.town.workshop, private=private))
            assert leaks(lines) == set()
        public = "".join(ledger.export_lines(self.town.workshop))
        assert not [voice.key for voice in self.town.voices.values() if voice.key in public]

    def test_the_log_names_nobody_and_holds_no_key_to_anything(self) -> None:
        """Whatever goes wrong: neither words, nor addresses, nor a code or token by which a door would open."""
        written = StringIO()
        screen = logging.StreamHandler(written)
        screen.setFormatter(Discreet("{levelname} {name}: {message}", style="{"))
        logging.getLogger().addHandler(screen)
        self.addCleanup(logging.getLogger().removeHandler, screen)
        link, token = self.town.keys["promises:answer"][0][0], self.town.keys["mail:choices"][0][0]
        digits, vote = self.town.codes["inside"], self.town.codes["vote"]
        team = Client(raise_request_exception=False)
        team.force_login(self.town.accounts[RoleName.COORDINATOR])
        give = reverse("asks:give", args=[HOME, "welke-zaal"])
        for somebody in (Client(raise_request_exception=False), team):
            somebody.post(give, {"text": f"{SECRET}woorden" * 2_000, "privacy": "iedereen", "contact": f"{SECRET}@x"})
            somebody.post(reverse("promises:answer", args=[HOME, link]), {"act": "klopt-niet"})
            somebody.post(reverse("mail:unsubscribe", args=[HOME, token, "bestaat-niet"]))
            somebody.get(reverse("mail:choices", args=[HOME, f"{token}x"]))
            somebody.post(reverse("mail:choices", args=[HOME, token]), {"news": "nooit"})
            somebody.get(f"/{HOME}/beloften/ja/{digits}/")
            somebody.get(f"/{HOME}/{digits}")
            somebody.get(f"/{HOME}/{SECRET}/{SECRET}@voorbeeld.example/")
            somebody.get(reverse("threads:verdict", args=[HOME, "b-zaal-open"]))
            somebody.post(reverse("conversations:enter", args=[HOME, "welke-zaal"]), {"code": vote})
            somebody.post(reverse("conversations:vote", args=[HOME, "welke-zaal"]), {"number": "1", "value": "7"})
            somebody.post(reverse("conversations:vote", args=[HOME, "welke-zaal"]), {"number": "1", "value": "-1"})
            for _ in range(25):
                answer = somebody.get(reverse("promises:answer", args=[HOME, "111111111111"]))
            assert answer.status_code == 429
            assert somebody.get(reverse("promises:answer", args=[HOME, link])).status_code == 429
            somebody.post(reverse("threads:receipt", args=[HOME]), {"code": digits})
        said = written.getvalue()
        assert "422 POST <slug:workshop>/beloften/ja/<slug:digits>/" in said
        keys = {link, token, digits, "".join(digits.split()), "111111111111", vote, "".join(vote.split())}
        keys |= set(self.town.participants)
        assert {key for key in keys if key in said} == set()
        assert leaks(said) == set()
        assert "@" not in said
