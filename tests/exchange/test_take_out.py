"""A workshop goes out and comes in elsewhere: the same tables, the same memory, the same bytes."""

import csv
import io
import random
import zipfile
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.builders import account, workshop
from tests.demo.planted import DEMO
from tests.exchange.folders import folder
from tests.exchange.test_load import everything
from werkplaats.accounts.rules import RoleName
from werkplaats.asks import actions as asks
from werkplaats.asks import rules as asks_rules
from werkplaats.asks.models import Ask, Voice
from werkplaats.catches.actions import catch
from werkplaats.exchange.actions import load, take_out
from werkplaats.exchange.queries import MEMORY, TABLES
from werkplaats.exchange.refusals import FolderNotEmpty, FolderRefused
from werkplaats.exchange.rules import LEFT_OUT, Extent
from werkplaats.issues import actions as issues
from werkplaats.issues.actions import trajectories
from werkplaats.issues.models import Issue, Trajectory
from werkplaats.issues.rules.phases import Phase
from werkplaats.mail import actions as mail
from werkplaats.neighbourhoods.actions import put_double
from werkplaats.neighbourhoods.actions.taking_over import refuse, take_over, tell_own
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.rules import Verdict
from werkplaats.promises.actions import Said, ask_to_confirm, draft
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Kind
from werkplaats.threads.actions import hand_over
from werkplaats.workshops.models import Workshop

AT = datetime(2026, 5, 12, 9, tzinfo=UTC)
LATER = datetime(2026, 5, 14, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


class Elsewhere(Exception):
    """Takes back what was done, as if the next block ran on another machine."""


def bytes_of(path: Path) -> dict[str, bytes]:
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()}


def there_and_back(source: Path, tmp_path: Path, *, change: object = None) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What goes out of a machine that loaded `source`, and what goes out of another one that loaded that."""
    for at, came_from, out in ((AT, source, "een"), (LATER, tmp_path / "een", "twee")):
        try:
            with transaction.atomic():
                loaded = load(came_from, at=at)
                assert not loaded.refused
                if callable(change) and out == "een":
                    change()
                take_out(Workshop.objects.get(key=loaded.workshop_key), to=tmp_path / out)
                raise Elsewhere
        except Elsewhere:
            pass
    return bytes_of(tmp_path / "een"), bytes_of(tmp_path / "twee")


def test_a_folder_that_comes_in_elsewhere_goes_out_again_to_the_byte(tmp_path: Path) -> None:
    first, second = there_and_back(folder(tmp_path / "bron"), tmp_path)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert {"workshop.csv", "grootboek.jsonl", "documents/verslag.md", "memory/voices.csv", "datapackage.json"} <= set(
        first
    )


def test_the_demo_goes_out_and_comes_in_to_the_byte(tmp_path: Path) -> None:
    first, second = there_and_back(DEMO, tmp_path)
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] == []


def live_on() -> None:
    """What only happens on a platform: receipts, readers, states that no table tells, decisions of people."""
    place = Workshop.objects.get(key="kade")
    Workshop.objects.update(small_number=7, tie_months=12, capabilities=[])
    lange, huurders = Party.objects.get(key="de-lange-tafel"), Party.objects.get(key="huurders")
    asks.give_voice(Ask.objects.get(), text="=Het is hier koud", at=AT, privacy=asks_rules.Privacy.NAMELESS)
    silent = Voice.objects.get(key="v1")
    Voice.objects.filter(pk=silent.pk).update(state="silent", reward_came=True, batch="stapel", number=3)
    mail.follow(place, thing="issue:kou", title="Kou", url="/kade/", to="buur@example.org", at=AT)
    asks.report_asked(place, what="Een lijst aan de deur", at=AT, key="deur")
    catch(place, who="buur", what="+31 bellen", at=AT, key="bel")
    put_double(lange, party_b=huurders, verdict=Verdict.SAME, decided_on=AT.date(), stays=huurders)
    tell_own(Party.objects.get(key="wijkteam"), facts={"address": "Kade 3"}, at=AT, today=AT.date())
    refuse(take_over(huurders, name="x", email="x@example.org", role="lid", wording="ja", at=AT), at=AT)
    trajectory = Trajectory.objects.get()
    trajectories.move(trajectory, then=Phase.PAUSE, reason="Even kijken", at=AT)
    joined = Issue.objects.create(workshop=place, key="ook-kou", name="Ook kou", sort_name="ook kou", state="accepted")
    issues.join(joined, into=Issue.objects.get(key="kou"), at=AT)
    promise = Promise.objects.get(key="b1")
    ask_to_confirm(draft(place, Said(Kind.DO, lange, "Een =som", for_whom="de flat"), at=AT, key="nog-een"), at=AT)
    Promise.objects.filter(pk=promise.pk).update(shown_tally={"kept": 1}, shown_at=AT)
    hand_over(
        place, leaver=Party.objects.get(key="wijkteam"), function="opbouwwerker", left_open=True, at=AT, key="weg"
    )


def test_what_people_did_on_a_platform_goes_along_word_for_word(tmp_path: Path) -> None:
    first, second = there_and_back(folder(tmp_path / "bron"), tmp_path, change=live_on)
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] == []
    for name in (
        "codes",
        "readers",
        "follows",
        "reported",
        "party_facts",
        "take_overs",
        "trajectory_events",
        "hand_overs",
    ):
        assert f"memory/{name}.csv" in first
    assert b"'=Het is hier koud" in first["voices.csv"]
    assert b"'+31 bellen" in first["catches.csv"]
    assert b"silent" in first["memory/voices.csv"]


def test_a_memory_never_sets_back_what_happened_since(tmp_path: Path) -> None:
    load(folder(tmp_path / "bron"), at=AT)
    take_out(Workshop.objects.get(), to=tmp_path / "een")
    Voice.objects.filter(key="v4").update(state="silent", replied_at=LATER)
    before = everything()
    load(tmp_path / "een", at=LATER)
    assert everything() == before


@pytest.mark.parametrize("seed", range(3))
def test_any_small_workshop_goes_there_and_back(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    signs = ["=", "+", "-", "@", "'", '"', ";", ",", "\n", "é", "ß", "语", " ", "a", "B", "7"]
    words = ["x" + "".join(chance.choices(signs, k=12)) + "x" for _ in range(8)] + [
        "=" + "".join(chance.choices("ab+", k=5))
    ]
    parties = [f"partij-{number}" for number in range(chance.randint(2, 7))]

    def table(header: str, rows: list[list[str]]) -> str:
        made = io.StringIO()
        csv.writer(made, lineterminator="\n").writerows([header.split(","), *rows])
        return made.getvalue()

    def some(number: int) -> list[str]:
        return chance.sample(parties, min(number, len(parties)))

    pairs = list(combinations(parties, 2))
    kinds = ["initiative", "government", "research", "business", "other"]
    told = {
        "parties": table(
            "key,name,kind,description,introductions_per_month",
            [
                [key, chance.choice(words), chance.choice(kinds), chance.choice(words), str(chance.randint(0, 4))]
                for key in parties
            ],
        ),
        "ties": table(
            "party_a,party_b,kind,reported_by,last_seen",
            [
                [a, b, "knows", chance.choice([a, b, f"{a}; {b}"]), "2026-01-0" + str(chance.randint(1, 9))]
                for a, b in pairs[::2]
            ],
        ),
        "needs": table(
            "key,party,kind,text",
            [[f"n{at}", key, chance.choice(["need", "offer"]), chance.choice(words)] for at, key in enumerate(some(4))],
        ),
        "keep_apart": table("party_a,party_b,reason", [[*pairs[-1], chance.choice(words)]]),
        "groups": table("key,name", [["groep", chance.choice(words)]]),
        "workshop": table("key,name,introduction", [["klein", chance.choice(words), chance.choice(words)]]),
    }
    source = tmp_path / "bron"
    source.mkdir()
    for name, text in told.items():
        (source / f"{name}.csv").write_text(text.replace("'=", "x="), encoding="utf-8")
    first, second = there_and_back(source, tmp_path)
    assert first == second
    assert not [
        cell
        for row in csv.reader(io.StringIO(first["parties.csv"].decode()))
        for cell in row
        if cell[:1] in tuple("=+-@")
    ]


def test_without_voices_nothing_that_people_gave_or_are_goes_along(tmp_path: Path) -> None:
    load(folder(tmp_path / "bron"), at=AT)
    live_on()
    take_out(Workshop.objects.get(), to=tmp_path / "een", extent=Extent.WITHOUT_VOICES)
    found = bytes_of(tmp_path / "een")
    whole = b"\n".join(content for name, content in found.items() if not name.startswith("documents/"))
    for private in ("Het is hier koud", "noor", "buur@", "x@example", "v2@example", "stook niet meer"):
        assert private.encode() not in whole, private
    assert {"parties.csv", "promises.csv", "grootboek.jsonl"} <= set(found)
    with transaction.atomic():
        assert not load(tmp_path / "een", at=LATER).refused


def test_every_model_of_every_room_is_carried_or_says_why_not() -> None:
    rooms = [config for config in apps.get_app_configs() if config.name.startswith("werkplaats.")]
    models = {model._meta.label: model for config in rooms for model in config.get_models()}
    carried = {written.model._meta.label for written in TABLES.values()} | {each.model._meta.label for each in MEMORY}
    assert sorted(models.keys() - carried - LEFT_OUT.keys()) == []
    assert sorted(LEFT_OUT.keys() & carried) == []
    assert sorted(LEFT_OUT.keys() - models.keys()) == []
    assert all(LEFT_OUT.values())


def test_every_row_that_a_memory_names_is_one_that_it_knows() -> None:
    known = {each.model for each in MEMORY}
    links = [
        (each.table, one.name)
        for each in MEMORY
        for one in each.fields()
        if one.is_relation and one.related_model not in known
    ]
    assert links == []


def test_a_folder_of_a_newer_version_is_refused_in_a_sentence(tmp_path: Path) -> None:
    load(folder(tmp_path / "bron"), at=AT)
    take_out(Workshop.objects.get(), to=tmp_path / "een")
    package = tmp_path / "een" / "datapackage.json"
    package.write_text(package.read_text().replace('"folder_version": 1', '"folder_version": 2'))
    with pytest.raises(FolderRefused) as refused:
        load(tmp_path / "een", at=LATER)
    assert "nieuwere versie (2)" in refused.value.faults[0].reason


def test_a_memory_that_somebody_spoiled_is_refused_by_row_and_nothing_comes_in(tmp_path: Path) -> None:
    load(folder(tmp_path / "bron"), at=AT)
    take_out(Workshop.objects.get(), to=tmp_path / "een")
    memory = tmp_path / "een" / "memory" / "voices.csv"
    memory.write_text(memory.read_text().replace(",no,", ",misschien,"))
    (tmp_path / "een" / "workshop.csv").write_text("key,name\nelders,Elders\n")
    (tmp_path / "een" / "grootboek.jsonl").unlink()
    with pytest.raises(FolderRefused) as refused:
        load(tmp_path / "een", at=LATER)
    assert {(fault.file, fault.column) for fault in refused.value.faults} == {("memory/voices.csv", "reopened")}
    assert not Workshop.objects.filter(key="elders").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "iets.txt").write_text("x")
    with pytest.raises(FolderNotEmpty):
        take_out(workshop(), to=tmp_path)


def test_the_page_gives_a_zip_that_loads_and_the_command_the_same_folder(client: Client, tmp_path: Path) -> None:
    load(folder(tmp_path / "bron"), at=AT)
    client.force_login(account(RoleName.COORDINATOR, of=Workshop.objects.get()))
    answer = client.post(reverse("exchange:take_out", args=["kade"]), {"extent": "whole"})
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as package:  # type: ignore[attr-defined]
        package.extractall(tmp_path / "uit")
    call_command("export", "kade", str(tmp_path / "een"))
    assert bytes_of(tmp_path / "uit") == bytes_of(tmp_path / "een")
    with pytest.raises(CommandError):
        call_command("export", "nergens", str(tmp_path / "twee"))
