import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests import builders
from tests.browser.places import names
from tests.pages.two_entries import ALIAS, ALIAS_KEY, KEY, STAYS, party, planted
from werkplaats.accounts.rules import RoleName
from werkplaats.config.sweeps import SWEEPS, until_done
from werkplaats.neighbourhoods.actions import decide_double
from werkplaats.neighbourhoods.models import Double
from werkplaats.neighbourhoods.refusals import AlreadyDecided
from werkplaats.neighbourhoods.rules import Verdict
from werkplaats.workshops.models import Workshop

pytestmark = pytest.mark.django_db

KEYS = {
    "asks": ("winter", "begin"),
    "promises": ("b1", "b2", "radiatoren", "lijst"),
    "tables": ("overleg",),
    "issues": ("kou", "warm-wonen"),
    "pauses": ("eerste", "warm-wonen"),
    "sources": ("verhaal", "verslag"),
    "threads": ("ploeg-weg", "huurders-weg"),
    "neighbourhoods": ("wijkteam",),
    "catches": (),
    "pages": ("wijkteam", "huurders", "de-lange-tafel", "kou"),
    "defrag": (),
    "mail": (),
    "search": (),
}
BOTH_NAMES = {"neighbourhoods:parties", "neighbourhoods:parties_csv", "neighbourhoods:doubles", "pages:party"}
"""Where both names are told, because that is what the page is about."""


def addresses() -> Iterator[tuple[str, str]]:
    """Every page of the workshop that has an address of its own, for each thing that it can be about."""
    for name in sorted(names()):
        room = name.partition(":")[0]
        if room not in KEYS:
            continue
        tries = [["kade"], *(["kade", key] for key in KEYS[room]), ["kade", "winter", "bezig"]]
        for args in tries:
            try:
                yield name, reverse(name, args=args)
            except NoReverseMatch:
                continue
    yield (
        "search:search",
        reverse("search:search", args=["kade"]) + "?q=buurtploeg+wijkteam+radiatoren+busje+meten+verslag",
    )


CHANGES = re.compile(r'<input type="hidden"[^>]*>|wat=[\w%:.=-]+|zet/\d+|(zet|kaart|dubbel|paar)-\d+')


def shown(client: Client) -> dict[tuple[str, str], str]:
    """What every page shows now."""
    until_done(SWEEPS)
    found = {}
    for name, address in addresses():
        answer = client.get(address)
        if answer.status_code == 200 and not answer.streaming:
            found[name, address] = CHANGES.sub("", answer.content.decode())
        elif answer.status_code == 200:
            found[name, address] = b"".join(answer).decode()  # a file is read to its end
    return found


def undrawn(page: str) -> str:
    """A page without its pictures: where each stands in a network begins at where they stood, so that it may shift a little."""
    return re.sub(r"(?s)<svg.*?</svg>", "", page)


def coordinator(workshop: Workshop) -> Client:
    client = Client()
    client.force_login(builders.account(RoleName.COORDINATOR, of=workshop))
    return client


def decide(verdict: Verdict) -> None:
    now = timezone.now()
    decide_double(Double.objects.get(), verdict=verdict, stays=party(KEY), at=now, today=timezone.localdate(now))


COMPUTED = {
    "Claim",
    "Matching",
    "Measurement",
    "Reading",
    "Network",
    "Position",
    "Bench",
    "Index",
    "Vector",
    "Session",
    "Library",
    "Agenda",
}
"""What is computed anew from the rest, with a moment or number of its own."""


def rows() -> dict[str, list[dict[str, object]]]:
    """Every row of every room, but for what is computed."""
    models = [model for model in apps.get_models() if model.__module__.startswith("werkplaats.")]
    kept = [model for model in models if model.__name__ not in COMPUTED]
    return {
        model._meta.label: [
            {name: value for name, value in row.items() if name not in {"stale_since", "proposed_at", "predicted"}}
            for row in model._default_manager.order_by("pk").values()
        ]
        for model in kept
    }


def test_two_entries_show_as_one_everywhere_and_as_two_again_when_it_is_taken_back(tmp_path: Path) -> None:
    client = coordinator(planted(tmp_path))
    before = shown(client)
    assert sum(ALIAS in text for text in before.values()) > 25  # it was planted in every room
    told = rows()
    decide(Verdict.SAME)
    one = shown(client)
    again = {
        address: [line.strip() for line in text.splitlines() if ALIAS in line][:3]
        for (name, address), text in one.items()
        if ALIAS in text and name not in BOTH_NAMES
    }
    assert again == {}
    keys = {address for (name, address), text in one.items() if f'"{ALIAS_KEY}"' in text and name not in BOTH_NAMES}
    assert keys == set()
    assert client.get(reverse("pages:party", args=["kade", ALIAS_KEY])).status_code == 302
    decide(Verdict.SUSPECTED)
    after = shown(client)
    assert {address for address in before if undrawn(before[address]) != undrawn(after.get(address, ""))} == set()
    assert rows() == told


def test_what_belongs_to_either_entry_stands_at_the_one_that_stays(tmp_path: Path) -> None:
    client = coordinator(planted(tmp_path))
    decide(Verdict.SAME)
    until_done(SWEEPS)
    page = client.get(reverse("pages:party", args=["kade", KEY])).content.decode()
    for words in (
        "Een busje op woensdag",
        "We meten in elke flat",
        "Kou in huis",
        "Huurders Kade",
        "Ruud",
        "Overdrachten",
    ):
        assert words in page
    table = client.get(reverse("tables:table", args=["kade", "overleg"])).content.decode()
    assert table.count(f"<li>{STAYS}") <= 1
    found = client.get(reverse("search:search", args=["kade"]), {"q": ALIAS, "soort": "party"}).content.decode()
    assert found.count("<h3>") == 1
    assert STAYS in found


def test_a_second_coordinator_who_decides_otherwise_is_told(tmp_path: Path) -> None:
    client = coordinator(planted(tmp_path))
    double = Double.objects.get()
    address = reverse("neighbourhoods:decide_double", args=["kade", double.pk])
    assert client.post(address, {"verdict": "same", "stays": party(ALIAS_KEY).pk}).status_code == 302
    assert party(KEY).canonical == party(ALIAS_KEY)  # the name that the human chose
    late = client.post(address, {"verdict": "different"}, follow=True).content.decode()
    assert "Hierover is net al besloten." in late
    assert Double.objects.get().verdict == Verdict.SAME
    with pytest.raises(AlreadyDecided):
        decide(Verdict.SAME)  # the same, but under the other name
    assert client.post(address, {"verdict": "suspected"}).status_code == 302
    assert party(KEY).canonical is None
