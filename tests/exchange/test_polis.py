"""A conversation of Polis comes in and goes out again to the same statements, votes and states; a broken one is refused whole."""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from tests.builders import account, workshop
from tests.conversations.talk import conversation, lines, two_camps, votes
from tests.exchange.batches import AT, bring, told
from werkplaats.accounts.rules import RoleName
from werkplaats.config.sweeps import until_done
from werkplaats.conversations import actions as talking
from werkplaats.conversations import queries
from werkplaats.conversations.models import Conversation, Participant, Statement, Vote
from werkplaats.conversations.rules import Channel, State
from werkplaats.conversations.sweeps import COMPUTE
from werkplaats.exchange import actions
from werkplaats.exchange.models import Batch
from werkplaats.exchange.refusals import BatchRefused
from werkplaats.exchange.rules.sheets import FileKind
from werkplaats.exchange.sweeps import BRING_IN

REAL = Path(__file__).parents[3] / "shared" / "data" / "votes"
COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n"
SECOND = 1_777_887_000_000

pytestmark = pytest.mark.django_db


def files(**changed: str | None) -> dict[str, str]:
    """Three statements, one moderated out with votes and one nobody looked at; six people, one of whom changed their mind."""
    comments = COMMENTS + (
        f'{SECOND},Mon May 04 WIB 2026,0,5,5,1,1,"Een zaal, ""ook in de winter""\n en in de zomer"\n'
        f"{SECOND + 1},odd,1,9,1,0,-1,Wég ermee\n"
        f"{SECOND + 2},odd,2,5,0,0,0,- Meer groen\n"
    )
    cast = [(SECOND + 10 + who, 0, who, 1) for who in range(1, 6)] + [(SECOND + 9, 0, 6, 0), (SECOND + 99, 0, 6, -1)]
    cast += [(SECOND + 20, 1, 5, 1)]
    rows = "".join(f"{at},Thu Jan 01 1970,{what},{who},{said}\n" for at, what, who, said in cast)
    whole: dict[str, str | None] = {
        "summary": 'topic,De kade\nurl,https://voorbeeld.nl/kade\nconversation-description,"Wat zou jij\ndoen?"\n',
        "comments": comments,
        "votes": VOTES + rows,
    }
    return {f"{name}.csv": text for name, text in (whole | changed).items() if text is not None}


def packed(made: dict[str, str], *folders: str) -> bytes:
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as package:
        for folder in folders or ("kade",):
            for name, text in made.items():
                package.writestr(f"{folder}/{name}", text)
    return to.getvalue()


def received(content: bytes, *, at: datetime = AT) -> Batch:
    return actions.receive(workshop(), [ContentFile(content, "kade.zip")], at=at)


def brought(content: bytes, *, at: datetime = AT) -> Conversation:
    batch = received(content, at=at)
    bring(batch, at=at)
    until_done([BRING_IN])
    upload = batch.uploads.get()
    assert upload.done_at is not None
    assert upload.told["state"] == "new", upload.told
    return Conversation.objects.get(key=upload.told["key"])


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {
            Path(name).stem: list(csv.reader(io.StringIO(package.read(name).decode(), newline="")))
            for name in package.namelist()
        }


def out(row: Conversation) -> dict[str, list[list[str]]]:
    return sheets(talking.take_out(row, url="https://voorbeeld.nl/kade"))


def bare(found: dict[str, list[list[str]]]) -> dict[str, Any]:
    """A file set without the ids of people: each by all that they did."""
    ballots: dict[str, list[tuple[str, ...]]] = {}
    for at, _words, number, who, said in found["votes"][1:]:
        ballots.setdefault(who, []).append((number, at, said))
    comments = [(at, number, agrees, against, state, text) for at, _w, number, _a, agrees, against, state, text in
                found["comments"][1:]]  # fmt: skip
    # Some of its sets leave statements that were moderated out of the last table.
    heading, out = (
        found["participants-votes"][0],
        {number for _at, number, *_counts, state, _text in comments if state == "-1"},
    )
    people = Counter(
        tuple(
            sorted(
                (of, said) for of, said in zip(heading, cells, strict=True) if of.isdigit() and said and of not in out
            )
        )
        for cells in found["participants-votes"][1:]
    )
    return {
        "about": {row[0]: row[1] for row in found["summary"]}["topic"],
        "comments": sorted(comments),
        "ballots": Counter(tuple(sorted(set(each))) for each in ballots.values()),
        "people": people,
    }


def test_a_small_set_comes_in_with_its_states_and_its_changed_minds() -> None:
    row = brought(packed(files()))
    assert (row.ask.title, row.ask.question, row.ask.state) == ("De kade", "Wat zou jij\ndoen?", "draft")
    assert list(row.statements.order_by("number").values_list("number", "state", "text")) == [
        (0, State.ACCEPTED, 'Een zaal, "ook in de winter"\n en in de zomer'),
        (1, State.REFUSED, "Wég ermee"),
        (2, State.WAITING, "- Meer groen"),
    ]
    assert row.statements.get(number=1).reason
    assert Vote.objects.count() == 8
    assert queries.people_in(row) == 6
    assert Participant.objects.filter(voted_at=None).count() == 1  # who stated something and did not vote
    assert set(Participant.objects.values_list("channel", flat=True)) == {Channel.FILE}
    assert row.statements.get(number=0).language == "nl"


def test_looking_says_what_comes_in_and_brings_nothing() -> None:
    batch = received(packed(files()))
    actions.look(batch, at=AT, today=AT.date())
    assert batch.uploads.get().kind == FileKind.POLIS
    assert "“De kade”: 3 stellingen, 6 mensen, 8 stemmen. 1 stelling deed daar niet mee." in told(batch)["sentence"]
    assert not Conversation.objects.exists()


def test_what_came_in_goes_out_to_the_same_but_for_the_ids_and_comes_in_elsewhere() -> None:
    row = brought(packed(files()))
    first = out(row)
    again = talking.take_out(row, url="https://voorbeeld.nl/kade")
    assert bare(first) == bare(sheets(again))
    second = brought(again, at=AT + timedelta(hours=1))
    assert second.pk != row.pk
    assert bare(out(second)) == bare(first)
    assert bare(first)["comments"] == [
        (str(SECOND), "0", "5", "1", "1", 'Een zaal, "ook in de winter"\n en in de zomer'),
        (str(SECOND + 1), "1", "1", "0", "-1", "Wég ermee"),
        (str(SECOND + 2), "2", "0", "0", "0", "'- Meer groen"),
    ]


def test_ids_are_other_ones_each_time() -> None:
    row = conversation(lines(20))
    votes(row, two_camps(60))
    first, second = out(row), out(row)
    assert bare(first) == bare(second)
    assert first["votes"] != second["votes"]
    known = set(Participant.objects.values_list("key", flat=True))
    assert not known & {cell for sheet in first.values() for cells in sheet for cell in cells}


def test_of_a_vote_given_here_the_hour_and_the_order_stay_here() -> None:
    row = conversation(lines(20))
    votes(row, two_camps(60))
    days = {datetime.fromtimestamp(int(cells[0]) / 1000, tz=UTC) for cells in out(row)["votes"][1:]}
    assert {(day.hour, day.minute, day.second) for day in days} == {(22, 0, 0)}  # midnight in Amsterdam
    order = [(int(cells[2]), int(cells[3])) for cells in out(row)["votes"][1:]]
    assert order == sorted(order)


def test_who_stated_something_cannot_be_told_from_who_voted_what() -> None:
    row = conversation(lines(6))
    votes(row, two_camps(12, 6))
    who = Participant.objects.filter(conversation=row).first()
    assert who is not None
    talking.give_statement(who, text="Mijn hond heet Bello.", at=AT)
    found = out(row)
    authors = {cells[3] for cells in found["comments"][1:]} - {"-1"}
    assert len(authors) == 1
    assert not authors & {cells[3] for cells in found["votes"][1:]}


def test_groups_go_along_where_they_are_large_enough() -> None:
    row = conversation(lines(20))
    votes(row, two_camps())
    until_done([COMPUTE])
    groups = Counter(cells[1] for cells in out(row)["participants-votes"][1:])
    assert {"0", "1"} <= groups.keys()
    assert all(count >= workshop().small_number for count in groups.values())


def test_a_few_people_do_not_go_out_and_votes_of_who_left_neither() -> None:
    row = conversation(lines(6))
    votes(row, two_camps(5, 6))
    assert len(out(row)["participants-votes"]) == 6
    who = Participant.objects.filter(conversation=row).first()
    assert who is not None
    talking.withdraw(who, at=AT)
    with pytest.raises(Exception, match="te weinig mensen"):
        out(row)


def test_the_same_files_twice_are_one_conversation() -> None:
    brought(packed(files()))
    batch = received(packed(files()), at=AT + timedelta(hours=1))
    bring(batch)
    until_done([BRING_IN])
    assert told(batch)["state"] == "same"
    assert (Conversation.objects.count(), Vote.objects.count()) == (1, 8)


def test_rows_that_stand_there_twice_to_the_moment_count_once_and_it_is_said() -> None:
    made = files()
    made["votes.csv"] += f"{SECOND + 99},odd,0,6,-1\n"
    made["comments.csv"] = made["comments.csv"].replace("5,5,1,1", "5,5,2,1")
    batch = received(packed(made))
    actions.look(batch, at=AT, today=AT.date())
    assert "1 rij stond er dubbel" in told(batch)["sentence"]
    assert queries.people_in(brought(packed(made))) == 6
    assert Vote.objects.count() == 9  # as in the files; of a participant on a statement the last one counts


@pytest.mark.parametrize(
    ("name", "change", "file", "line", "reason"),
    [
        ("votes", None, "votes.csv", 0, "ontbreekt"),
        ("comments", None, "comments.csv", 0, "ontbreekt"),
        ("comments", "", "comments.csv", 0, "leeg"),
        ("comments", COMMENTS, "votes.csv", 2, "staat niet in comments.csv"),
        ("votes", VOTES + f"{SECOND},x,0,1,2\n", "votes.csv", 2, "“2” kan hier niet"),
        ("votes", VOTES + f"{SECOND},x,7,1,1\n", "votes.csv", 2, "stelling 7"),
        ("votes", VOTES + "4 mei,x,0,1,1\n", "votes.csv", 2, "geen heel getal"),
        ("votes", VOTES + "1777887000,x,0,1,1\n", "votes.csv", 2, "milliseconden"),
        ("votes", VOTES + "99999999999999999999,x,0,1,1\n", "votes.csv", 2, "geen heel getal"),
        ("votes", VOTES + f"{SECOND},x,0,1\n", "votes.csv", 2, "4 cellen"),
        ("votes", VOTES.replace("voter-id", "kiezer"), "votes.csv", 1, "kennen we niet"),
        ("comments", COMMENTS + f"{SECOND},x,0,1,0,0,1,\n", "comments.csv", 2, "niet leeg"),
        ("comments", COMMENTS + f"{SECOND},x,0,1,0,0,1,{'a' * 301}\n", "comments.csv", 2, "301 tekens"),
        ("comments", COMMENTS + f"{SECOND},x,9999999,1,0,0,1,a\n", "comments.csv", 2, "geen getal"),
        ("comments", COMMENTS + f"{SECOND},x,0,1,0,0,3,a\n", "comments.csv", 2, "“3” kan hier niet"),
        ("comments", COMMENTS + 2 * f"{SECOND},x,0,1,0,0,1,a\n", "comments.csv", 3, "staat er al"),
        ("summary", 'topic,"half\n', "summary.csv", 1, "aanhalingstekens"),
        ("summary", "topic,\udcff\n", "summary.csv", 1, "UTF-8"),
    ],
)
def test_a_set_that_is_wrong_is_refused_whole_with_file_row_and_reason(
    name: str, change: str | None, file: str, line: int, reason: str
) -> None:
    made = files(**{name: change})
    if change and name == "comments" and change != COMMENTS:
        made["votes.csv"] = VOTES
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as package:
        for each, text in made.items():
            package.writestr(f"kade/{each}", text.encode("utf-8", "surrogateescape"))
    batch = received(to.getvalue())
    with pytest.raises(BatchRefused):
        bring(batch)
    found = told(batch)["faults"]
    assert found[0][0] == line, found
    assert found[0][1].startswith(file), found
    assert reason in found[0][2], found
    assert not Conversation.objects.exists()


def test_files_that_stand_in_two_folders_are_refused_with_both() -> None:
    batch = received(packed(files(), "kade", "kade/kade"))
    with pytest.raises(BatchRefused):
        bring(batch)
    assert "kade/comments.csv, kade/kade/comments.csv" in told(batch)["faults"][0][2]


def test_a_dump_in_which_minus_one_is_agree_is_refused() -> None:
    made = files()
    made["comments.csv"] = made["comments.csv"].replace("5,5,1,1", "5,1,5,1").replace("9,1,0,-1", "9,0,1,-1")
    batch = received(packed(made))
    with pytest.raises(BatchRefused):
        bring(batch)
    assert "omgekeerd" in told(batch)["faults"][0][2]


@pytest.mark.parametrize(("people", "statements"), [(0, 1), (1, 1), (1, 3), (6, 1)])
def test_few_votes_come_in_and_are_computed_to_nothing_that_tells(people: int, statements: int) -> None:
    comments = "".join(f"{SECOND},x,{number},0,{people},0,1,Stelling {number}\n" for number in range(statements))
    cast = "".join(f"{SECOND},x,{number},{who},1\n" for number in range(statements) for who in range(people))
    row = brought(packed(files(comments=COMMENTS + comments, votes=VOTES + cast)))
    until_done([COMPUTE])
    found = queries.results(row, small=5)
    assert (found is None) == (people < 5)
    assert Statement.objects.count() == statements


def test_votes_on_a_statement_that_was_moderated_out_stay_and_count_nowhere() -> None:
    cast = "".join(f"{SECOND + who},x,{number},{who},1\n" for number in (0, 1) for who in range(8))
    comments = f"{SECOND},x,0,0,8,0,1,Een\n{SECOND},x,1,0,8,0,-1,Twee\n"
    row = brought(packed(files(comments=COMMENTS + comments, votes=VOTES + cast)))
    until_done([COMPUTE])
    found = queries.results(row, small=5)
    assert found is not None
    assert [one.number for one in found.statements] == [0]
    assert found.votes == 8
    assert len(out(row)["votes"]) == 17


def test_the_same_words_may_stand_twice_elsewhere() -> None:
    comments = f"{SECOND},x,0,0,0,0,1,Meer groen\n{SECOND},x,1,0,0,0,-1,meer groen.\n"
    row = brought(packed(files(comments=COMMENTS + comments, votes=VOTES)))
    assert list(row.statements.order_by("number").values_list("text", flat=True)) == ["Meer groen", "meer groen."]


@pytest.mark.parametrize("name", ["brexit-consensus", "london.youth.policing", "scoop-hivemind.affordable-housing"])
def test_a_real_set_goes_through_to_the_same_statements_votes_and_states(name: str) -> None:
    if not (REAL / name).is_dir():
        pytest.skip("the real votes are not on this machine")
    made = {file.name: file.read_bytes().decode() for file in (REAL / name).glob("*.csv")}
    content = packed(made, name)
    assert bare(out(brought(content, at=datetime(2026, 11, 1, tzinfo=UTC)))) == bare(sheets(content))


def coordinator(client: Client) -> Callable[[str], Any]:
    client.force_login(account(role=RoleName.COORDINATOR))
    return lambda key: client.get(reverse("exchange:batch", args=["kanaalkwartier", key]))


def test_the_page_says_what_comes_in_and_the_receipt_leads_to_the_conversation(client: Client) -> None:
    show = coordinator(client)
    batch = received(packed(files()))
    actions.look(batch, at=AT, today=AT.date())
    assert "6 mensen, 8 stemmen" in show(batch.key).content.decode()
    bring(batch)
    until_done([BRING_IN])
    receipt = show(batch.key).content.decode()
    assert reverse("conversations:conversation", args=["kanaalkwartier", "de-kade"]) in receipt
