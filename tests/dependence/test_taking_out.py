"""Needs, matches and how often parties were asked go along with a workshop; a folder without voices has no person."""

from pathlib import Path

import pytest
from django.utils import timezone

from tests.dependence.row import posted
from tests.exchange.folders import folder
from tests.exchange.test_take_out import there_and_back
from werkplaats.accounts.models import Person
from werkplaats.consent.actions import put_consent
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.dependence.actions import keep_matches, refuse
from werkplaats.dependence.actions.asking import answer, begin
from werkplaats.dependence.models import Match, MatchSide
from werkplaats.dependence.rules.fitting import Fit
from werkplaats.exchange.actions import load, take_out
from werkplaats.exchange.rules import Extent
from werkplaats.neighbourhoods.actions.needs import end_need, hide_need
from werkplaats.neighbourhoods.models import Introduction, Need, Party
from werkplaats.neighbourhoods.rules import NeedKind
from werkplaats.neighbourhoods.rules.asking import Answer, By, Wording
from werkplaats.neighbourhoods.rules.needs import Ending
from werkplaats.workshops.models import Workshop

pytestmark = pytest.mark.django_db
TABLES = ("needs", "introductions", "matches", "match_sides")


def ask_around() -> None:
    """What is needed and offered, by a person too; one match that is asked, one that was refused."""
    now, today = timezone.now(), timezone.localdate()
    tenants, kitchen = Party.objects.get(key="huurders"), Party.objects.get(key="de-lange-tafel")
    noor = Person.objects.get()
    for purpose in (Purpose.CONTACT, Purpose.INTRODUCE):
        put_consent(noor, purpose=purpose, wording="Ja", channel=Channel.WEB, given_on=today)
    own = posted(noor, NeedKind.NEED, "=Een fiets", language="tr")
    offer = posted(kitchen, NeedKind.OFFER, "Een fiets", until=today)
    other = posted(tenants, NeedKind.NEED, "Een bakfiets")
    hide_need(posted(tenants, NeedKind.NEED, "Bel mij"), reason="Een nummer", at=now)
    end_need(posted(tenants, NeedKind.NEED, "Een pan"), ending=Ending.MET, at=now, today=today)
    fits = [Fit(own.pk, offer.pk, 0.5, 0.3, 0), Fit(other.pk, offer.pk, 0.4, 0.2, 1)]
    keep_matches(tenants.workshop, fits, up_to=now, at=now, today=today)
    asked, refused = (Match.objects.get(need=need) for need in (own, other))
    refuse(refused, reason="Te groot", by=None, at=now)
    begin(asked, wordings=[Wording("Hoi", By.PAPER)] * 2, by=None, at=now, today=today)
    answer(asked.sides.get(number=1), said=Answer.YES, at=now)


def test_needs_and_matches_go_there_and_back(tmp_path: Path) -> None:
    first, second = there_and_back(folder(tmp_path / "bron"), tmp_path, change=ask_around)
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] == []
    assert {f"memory/{table}.csv" for table in TABLES} <= set(first)
    assert b"Een fiets" in first["needs.csv"]
    assert b"'=Een fiets" not in first["needs.csv"], "what a person asks stands in the memory alone"


def test_elsewhere_everything_stands_as_it_stood(tmp_path: Path) -> None:
    there_and_back(folder(tmp_path / "bron"), tmp_path, change=ask_around)
    loaded = load(tmp_path / "een", at=timezone.now())
    assert not loaded.refused
    own = Need.objects.get(person__isnull=False)
    assert (own.text, own.language) == ("=Een fiets", "tr")
    assert set(Need.objects.exclude(ending="").values_list("text", "ending")) == {("Een pan", "met")}
    assert Need.objects.get(hidden_at__isnull=False).hidden_reason == "Een nummer"
    assert set(Match.objects.values_list("need__text", "state")) == {
        ("=Een fiets", "asking"),
        ("Een bakfiets", "refused"),
    }
    assert set(MatchSide.objects.values_list("number", "answer")) == {(1, "yes"), (2, "")}
    assert Introduction.objects.filter(about__startswith="match:").count() == 1
    assert load(tmp_path / "een", at=timezone.now()).refused == ()
    assert Match.objects.count() == 2


def test_without_voices_nobody_reads_what_a_person_asks_nor_who_was_asked(tmp_path: Path) -> None:
    load(folder(tmp_path / "bron"), at=timezone.now())
    ask_around()
    take_out(Workshop.objects.get(), to=tmp_path / "een", extent=Extent.WITHOUT_VOICES)
    files = {path.relative_to(tmp_path / "een").as_posix(): path for path in (tmp_path / "een").rglob("*.csv")}
    assert not {"memory/matches.csv", "memory/match_sides.csv", "memory/introductions.csv"} & set(files)
    assert "memory/needs.csv" in files
    assert not [name for name, path in files.items() if "=Een fiets" in path.read_text(encoding="utf-8")]
