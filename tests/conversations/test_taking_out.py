"""What one takes along: figures and picture for everybody, places for who studies it, votes for who holds it; never a person."""

import io
import re
import struct
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.builders import account, workshop
from tests.conversations.talk import conversation, lines, somebody, two_camps, votes
from werkplaats.accounts.rules import RoleName
from werkplaats.config.sweeps import until_done
from werkplaats.conversations import actions, pictures, queries
from werkplaats.conversations.models import Conversation, Participant, Statement, Vote
from werkplaats.conversations.sweeps import COMPUTE
from werkplaats.kit.drawings import svg_alone
from werkplaats.kit.paper import png

pytestmark = pytest.mark.django_db
FILES = ("picture_svg", "picture_png", "polis_zip", "places_csv")


def at(name: str, row: Conversation) -> str:
    return reverse(f"conversations:{name}", args=["kanaalkwartier", row.key])


def computed(people: int = 120) -> Conversation:
    row = conversation(lines(20))
    votes(row, two_camps(people))
    until_done([COMPUTE])
    return row


def signed_in(role: RoleName) -> Client:
    client = Client()
    client.force_login(account(role))
    return client


def rows(row: Conversation, client: Client) -> list[list[str]]:
    told = client.get(at("places_csv", row)).content.decode("utf-8-sig").splitlines()
    assert told[0] == "participant,group,x,y"
    return [line.split(",") for line in told[1:]]


def test_everybody_takes_the_picture_along_and_nobody_else_s_place() -> None:
    row, anybody = computed(), Client()
    page = anybody.get(at("take_along", row)).content.decode()
    assert at("picture_png", row) in page
    assert at("polis_zip", row) not in page
    assert at("places_csv", row) not in page
    assert {name: anybody.get(at(name, row)).status_code for name in FILES} == {
        "picture_svg": 200,
        "picture_png": 200,
        "polis_zip": 403,
        "places_csv": 403,
    }


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        (RoleName.COORDINATOR, {"polis_zip": 200, "places_csv": 200}),
        (RoleName.HOST, {"polis_zip": 200, "places_csv": 200}),
        (RoleName.RESEARCHER, {"polis_zip": 403, "places_csv": 200}),
        (RoleName.RESIDENT, {"polis_zip": 403, "places_csv": 403}),
        (RoleName.PARTY, {"polis_zip": 403, "places_csv": 403}),
    ],
)
def test_who_may_take_what(role: RoleName, opens: dict[str, int]) -> None:
    row, client = computed(), signed_in(role)
    assert {name: client.get(at(name, row)).status_code for name in opens} == opens
    page = client.get(at("take_along", row)).content.decode()
    assert {name: at(name, row) in page for name in opens} == {name: status == 200 for name, status in opens.items()}


def test_places_have_other_numbers_each_time_and_name_nobody() -> None:
    row, host = computed(), signed_in(RoleName.HOST)
    first, second = rows(row, host), rows(row, host)
    assert len(first) == 120
    assert sorted(cells[1:] for cells in first) == sorted(cells[1:] for cells in second)
    assert [cells[1:] for cells in first] != [cells[1:] for cells in second]
    assert [int(cells[0]) for cells in first] == list(range(120))
    keys = set(Participant.objects.values_list("key", flat=True)) | {
        str(pk) for pk in Participant.objects.values_list("pk", flat=True)
    }
    assert not keys & {cell for cells in first for cell in cells[1:]}


def test_who_left_stands_nowhere_and_a_small_group_is_not_placed() -> None:
    row, host = computed(), signed_in(RoleName.HOST)
    groups = {letter: [cells for cells in rows(row, host) if cells[1] == letter] for letter in ("A", "B", "")}
    assert min(len(groups["A"]), len(groups["B"])) >= workshop().small_number
    home = workshop()
    home.small_number = len(groups["B"]) + 1
    home.save()
    told = rows(row, host)
    assert {cells[1] for cells in told} <= {"A", ""}
    assert all(cells[2] == "" for cells in told if not cells[1])  # beside a group that is told, so few are not placed
    who = Participant.objects.filter(conversation=row).first()
    assert who is not None
    actions.withdraw(who, at=row.made_at)
    assert len(rows(row, host)) == 119


def test_without_a_result_there_is_nothing_to_take_and_it_is_said() -> None:
    row, host = conversation(), signed_in(RoleName.HOST)
    for name in ("polis_zip", "places_csv"):
        answer = host.get(at(name, row), follow=True)
        assert "samen-alert" in answer.content.decode() or "messages" in answer.content.decode()
        assert answer.redirect_chain[-1][0] == at("take_along", row)
    assert host.get(at("picture_png", row)).status_code == 404
    assert "nog geen uitkomst" in host.get(at("take_along", row)).content.decode()


def test_the_zip_holds_the_four_files_of_polis() -> None:
    row = computed()
    content = signed_in(RoleName.COORDINATOR).get(at("polis_zip", row)).content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {name.rpartition("/")[2] for name in package.namelist()} == {
            "summary.csv",
            "comments.csv",
            "votes.csv",
            "participants-votes.csv",
        }
        assert package.read(f"{row.key}/votes.csv").count(b"\n") == Vote.objects.count() + 1


def test_the_picture_stands_alone_with_the_colours_of_the_page() -> None:
    row = computed()
    shown = queries.results(row, small=5)
    assert shown is not None
    drawn = pictures.opinion_map(shown)
    root = ElementTree.fromstring(svg_alone(drawn))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(" not in svg_alone(drawn).decode()
    assert "#0a3b3c" in svg_alone(drawn).decode()
    made = png(drawn)
    assert made.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", made[16:24])
    box = [float(one) for one in root.get("viewBox", "").split()]
    assert (width, height) == (3 * (box[2] + 32), 3 * (box[3] + 32))
    assert png(drawn) == made
    pixels = np.asarray(Image.open(io.BytesIO(made)).convert("RGB")).reshape(-1, 3)
    colours = {tuple(map(int, colour)) for colour in np.unique(pixels, axis=0)}
    assert {(0x0A, 0x3B, 0x3C), (0xFB, 0xFA, 0xF7)} <= colours, "the groups stand on the ground of the page"


def test_what_somebody_answered_is_theirs_alone() -> None:
    """Two conversations that differ in what one person said give the same pages, files and figures to everybody else."""
    said = two_camps(60)
    row = conversation(lines(20))
    votes(row, said)
    lone = somebody(row)
    for name in ("conversation", "screen", "take_along", "statements"):
        host = signed_in(RoleName.COORDINATOR)
        before = _without_chance(host.get(at(name, row)).content.decode())
        actions.vote(lone, number=1, value=1, at=row.made_at)
        after = _without_chance(host.get(at(name, row)).content.decode())
        Vote.objects.filter(participant=lone).delete()
        Participant.objects.filter(pk=lone.pk).update(voted_at=None)
        assert _people_less(before) == _people_less(after), name


def test_statements_know_their_language_on_the_page_of_who_votes_and_in_the_result() -> None:
    row = conversation(
        "De hal moet in de avond open blijven voor iedereen.\nThe hall must stay open in the evening for everyone."
    )
    languages = dict(Statement.objects.values_list("number", "language"))
    assert languages == {1: "nl", 2: "en"}
    client, shown = Client(), set()
    client.post(at("begin", row))
    for _one in range(2):
        page = client.get(at("vote", row)).content.decode()
        number = re.search(r'name="number" value="(\d)"', page)
        assert number
        shown |= set(re.findall(r'<h1 id="stelling"[^>]* lang="(\w+)"', page))
        client.post(at("vote", row), {"number": number.group(1), "value": "1"})
    assert shown == {"nl", "en"}
    assert set(re.findall(r'lang="(\w+)"', client.get(at("mine", row)).content.decode())) >= {"nl", "en"}


def _without_chance(page: str) -> str:
    return re.sub(r'(nonce|value)="[^"]{12,}"', "", page)


def _people_less(page: str) -> str:
    """How many voted is told to everybody."""
    return re.sub(r"\b6[01]\b", "", page)
