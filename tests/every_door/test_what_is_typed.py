"""Whatever is typed into whatever form: it is kept once or refused with a sentence, and nothing breaks."""

import re
import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.every_door.doors import HOME, doors
from tests.every_door.forms import Box, Form, forms_on
from tests.every_door.town import InTheTown
from werkplaats.accounts.rules import RoleName

STRANGE = {
    "nul": "a\x00b",
    "script": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "right-to-left": "\u202eمرحبا\u202c بكم 👩‍👩‍👧‍👦\u200f",
    "unseen": " \u200b\u00a0\u2028 ",
    "long": "x" * 300_000,
    "number": "99999999999999999999999",
    "minus": "-1",
    "past": "0001-01-01",
    "far": "9999-12-31",
}
HIDDEN_TOO = {"nul", "number", "far"}
"""What is put into hidden and chosen boxes too, as by somebody who means ill."""

ASKED = ("vanaf", "stapel", "wie", "buurt", "report", "tafel", "vraagstuk", "van", "stem", "vangst", "wat", "via")
PAGED = ("blad", "bladzijde", "alles", "q", "soort", "thema", "tekst", "jaar", "title", "question", "laat", "maker")
RENEWED = {"Code", "Message", "Follow", "Session"}
"""What may come again when a form is sent again: a code in place of the one that nobody saw."""

AGAIN = {
    "asks:slips": "more cards are printed, with numbers of their own: a card that was printed never stops working",
    "conversations:codes": "more cards are printed, each for somebody else: a card that was printed never stops working",
}
"""Forms that do the same again when they are sent again, and why."""


class TestWhatIsTyped(InTheTown):
    is_indexed = False

    def setUp(self) -> None:
        super().setUp()
        self.team, self.giver, self.voter, self.anyone = Client(), Client(), Client(), Client()
        self.team.force_login(self.town.accounts[RoleName.COORDINATOR])
        self.giver.post(reverse("threads:receipt", args=[HOME]), {"code": self.town.codes["answered"]})
        self.voter.post(reverse("conversations:enter", args=[HOME, "welke-zaal"]), {"code": self.town.codes["vote"]})

    def forms(self) -> Iterator[tuple[Client, Form]]:
        """Every form that the team, the holder of a receipt and anyone come across, once each."""
        seen = set()
        rooms = {self.team: "", self.giver: "threads:", self.voter: "conversations:", self.anyone: "asks:"}
        for who, room in rooms.items():
            for door in (door for door in doors() if door.is_of_a_workshop and door.name.startswith(room)):
                for address in door.addresses(self.town):
                    for form in forms_on(address, who.get(address)):
                        if form.name not in seen:
                            seen.add(form.name)
                            yield who, form

    def test_strange_words_break_no_form(self) -> None:
        broken, count = [], 0
        for who, form in self.forms():
            count += 1
            for about, words in STRANGE.items():
                *_others, told = form.filled(partial(_always, words))
                sent = [told, dict.fromkeys(told, words)] if about in HIDDEN_TOO else [told]
                failures = (self.sent(who, form, said) for said in sent)
                broken += [(form.address, about, failure) for failure in failures if failure]
        assert not broken, sorted(set(broken))
        assert count > 40

    def test_a_strange_address_breaks_no_page(self) -> None:
        broken = []
        for door in (door for door in doors() if door.is_of_a_workshop):
            who = self.giver if door.name.startswith("threads:") else self.team
            for address in (each.partition("?")[0] for each in door.addresses(self.town)):
                for about in ("nul", "number", "minus"):
                    asked = dict.fromkeys((*ASKED, *PAGED), STRANGE[about])
                    if failure := failing(partial(who.get, address, asked)):
                        broken.append((address, about, failure))
        assert not broken, sorted(set(broken))

    def test_a_form_that_is_sent_twice_makes_one_thing(self) -> None:
        """A button that is pressed twice, and the way back to a form that was sent already."""
        doubled, made = [], set()
        for who, form in ((who, form) for who, form in self.forms() if form.name[0] not in AGAIN):
            for told in form.filled(sensible):
                point = transaction.savepoint()
                before = rows()
                self.send(who, form, told)
                once = rows()
                self.send(who, form, told)
                again = rows()
                transaction.savepoint_rollback(point)
                made |= {name for name in once if once[name] > before[name]}
                if more := {name for name in again if again[name] > once[name] > before[name]}:
                    doubled.append((form.address, more))
        assert not doubled, doubled
        assert made >= {"Voice", "Ask", "Promise", "Table", "Catch", "Reply", "GiveBack", "Reported", "Trajectory"}

    def send(self, who: Client, form: Form, told: dict[str, str]) -> None:
        cache.clear()
        who.post(form.address, told)

    def sent(self, who: Client, form: Form, told: dict[str, str]) -> str:
        return failing(lambda: self.send(who, form, told))


def failing(act: Callable[[], object]) -> str:
    """With what, and where, an act fails; whatever it did is undone. Empty: it does not."""
    point = transaction.savepoint()
    try:
        act()
    except Exception as failure:  # noqa: BLE001  # whatever it is, it is told
        last = traceback.extract_tb(failure.__traceback__)[-1]
        return f"{failure!r:.120} in {last.filename}:{last.lineno}"
    finally:
        transaction.savepoint_rollback(point)
    return ""


def _always(words: str, _name: str, _box: Box) -> str:
    return words


def sensible(name: str, box: Box) -> str:
    """What somebody who means well types there."""
    soon = timezone.localdate() + timedelta(days=3)
    by_kind = {"date": soon.isoformat(), "number": "3", "email": "buur@voorbeeld.example", "time": "12:00"}
    if name in {"asked_on", "held_on"}:
        return timezone.localdate().isoformat()
    if name in {"come_back_on", "due_on"}:
        return ""  # an answer now; and a day that is written in words
    return by_kind.get(box.kind, box.value or f"Een lamp bij de brug {re.sub('[^a-z]', '', name)}")


def rows() -> dict[str, int]:
    """How many rows each table of the platform has."""
    tables = [
        table for app in apps.get_app_configs() if app.name.startswith("werkplaats.") for table in app.get_models()
    ]
    return {table.__name__: table._default_manager.count() for table in tables if table.__name__ not in RENEWED}
