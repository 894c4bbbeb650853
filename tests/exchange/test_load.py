from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from samenhang.folder import SCHEMA
from tests.exchange.folders import STORY, TABLES, folder
from werkplaats.exchange.actions import load
from werkplaats.exchange.refusals import FolderRefused
from werkplaats.issues.models import IssueFragment, IssueNeed
from werkplaats.neighbourhoods.models import Network, Party, Tie
from werkplaats.sources.models import Library, Source
from werkplaats.workshops.models import Workshop

AT = datetime(2026, 5, 12, 9, tzinfo=UTC)
LATER = datetime(2026, 5, 13, 9, tzinfo=UTC)
ROOMS = (
    *("workshops", "accounts", "consent", "mail", "search", "catches", "neighbourhoods", "sources", "issues"),
    *("asks", "promises", "tables", "pauses"),
)

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every room."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)]
    return {model._meta.label: sorted(model._default_manager.values_list(), key=repr) for model in models}


def faults_of(path: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(FolderRefused) as refused:
        load(path, at=AT)
    return [(fault.file, fault.line, fault.column) for fault in refused.value.faults]


def test_a_folder_brings_its_rows_and_documents(tmp_path: Path) -> None:
    loaded = load(folder(tmp_path), at=AT)
    assert loaded.rows["parties"] == 3
    assert loaded.new_documents == ("Verhaal van de huurders", "Verslag van het wijkteam")
    assert not loaded.refused
    tie = Tie.objects.get(kind="works_together")
    assert (tie.party_a.key, tie.party_b.key) == ("de-lange-tafel", "huurders")
    assert (tie.reported_by_a, tie.reported_by_b) == (False, True)
    assert Party.objects.get(key="wijkteam").open_to_introductions is False
    assert IssueNeed.objects.get().need.key == "warm"


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    load(folder(tmp_path), at=AT)
    before = everything()
    loaded = load(tmp_path, at=LATER)
    assert everything() == before
    assert loaded.new_documents == ()
    assert len(loaded.known_documents) == 2


def test_a_changed_row_is_noticed_by_what_is_computed_from_it(tmp_path: Path) -> None:
    load(folder(tmp_path), at=AT)
    ties = TABLES["ties"].replace("2026-03-01", "2026-04-01")
    load(folder(tmp_path, ties=ties), at=LATER)
    assert Network.objects.get().changed_at == LATER
    assert Library.objects.get().changed_at == AT


@pytest.mark.parametrize(
    ("table", "text", "place"),
    [
        ("parties", "key,name\nx,X\n", ("parties.csv", 1, "kind")),
        ("parties", TABLES["parties"] + "huurders,Nog eens,other,,\n", ("parties.csv", 5, "key")),
        ("ties", TABLES["ties"] + "huurders,nergens,knows,huurders,\n", ("ties.csv", 4, "party_b")),
        ("ties", TABLES["ties"] + "huurders,wijkteam,knows,de-lange-tafel,\n", ("ties.csv", 4, "reported_by")),
        ("needs", TABLES["needs"] + "w2,huurders,wens,Iets,,\n", ("needs.csv", 3, "kind")),
        ("consents", TABLES["consents"].replace("2026-01-10", "10-1-2026"), ("consents.csv", 2, "given_on")),
        ("ties", TABLES["ties"] + "de-lange-tafel,huurders,works_together,huurders,\n", ("ties.csv", 4, "")),
        ("workshop", "key,name\n", ("workshop.csv", 0, "")),
    ],
)
def test_an_error_names_file_line_and_column_and_nothing_is_loaded(
    tmp_path: Path, table: str, text: str, place: tuple[str, int, str]
) -> None:
    assert place in faults_of(folder(tmp_path, **{table: text}))
    assert not Workshop.objects.exists()
    assert not Source.objects.exists()


def test_a_wrong_encoding_names_the_line(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "themes.csv").write_bytes("key,name\nwonen,Wonen\nzorg,Zörg\n".encode("cp1252"))
    assert faults_of(tmp_path) == [("themes.csv", 3, "")]


def test_all_errors_come_at_once(tmp_path: Path) -> None:
    spoiled = folder(
        tmp_path, people="key,name\nNoor,\n", able="need,party\n", themes="key,name\nwonen,Wonen\nwonen,Wonen\n"
    )
    files = {file for file, _line, _column in faults_of(spoiled)}
    assert {"people.csv", "able.csv", "themes.csv"} <= files


def test_what_a_room_refuses_takes_everything_back(tmp_path: Path) -> None:
    load(folder(tmp_path), at=AT)
    withdrawn = (
        TABLES["consents"]
        .replace("given_on\n", "given_on,withdrawn_on\n")
        .replace("2026-01-10", "2026-01-10,2026-02-01")
    )
    load(folder(tmp_path, consents=withdrawn), at=AT)
    before = everything()
    again = TABLES["consents"].replace("2026-01-10", "2026-03-03")
    spoiled = folder(tmp_path, consents=again, themes="key,name\nwonen,Anders\nzorg,Zorg\n")
    assert faults_of(spoiled) == [("consents.csv", 2, "")]
    assert everything() == before


def test_a_document_that_cannot_be_read_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "documents" / "verhaal.txt").write_bytes(b"")
    loaded = load(tmp_path, at=AT)
    assert [(fault.file, fault.line) for fault in loaded.refused] == [("sources.csv", 2)]
    assert "verhaal.txt" in loaded.refused[0].reason
    assert loaded.new_documents == ("Verslag van het wijkteam",)


def test_one_document_under_two_names_is_refused_with_the_title_under_which_it_stands(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "documents" / "verslag.md").write_text(STORY, encoding="utf-8")
    loaded = load(tmp_path, at=AT)
    assert [fault.line for fault in loaded.refused] == [3]
    assert "Verhaal van de huurders" in loaded.refused[0].reason
    assert Source.objects.count() == 1


def test_a_passage_is_loaded_where_it_stands_and_refused_where_it_does_not(tmp_path: Path) -> None:
    end = STORY.index(" dat")
    rows = [f"kou,verhaal,1,0,{end},{STORY[:end]},yes", "kou,verhaal,1,3,9,iets anders,no", "kou,verhaal,7,0,4,Verh,no"]
    passages = "issue,source,page,start,end,text,proof\n" + "\n".join(rows) + "\n"
    loaded = load(folder(tmp_path, issue_fragments=passages), at=AT)
    assert [(fault.file, fault.line) for fault in loaded.refused] == [
        ("issue_fragments.csv", 3),
        ("issue_fragments.csv", 4),
    ]
    linked = IssueFragment.objects.get()
    assert (linked.fragment.text, linked.is_proof) == (STORY[:end], True)


def test_the_command_tells_each_error_on_a_line_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="Er is niets geladen"):
        call_command("load", str(folder(tmp_path, people="key,name\nNoor,\n")))
    told = capsys.readouterr().err.splitlines()
    assert any(line.startswith("people.csv, 2, key: ") for line in told)
    assert any(line.startswith("people.csv, 2, name: ") for line in told)


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "nergens") == [("nergens", 0, "")]


def test_of_two_that_are_the_same_the_first_name_stays(tmp_path: Path) -> None:
    doubles = "party_a,party_b,verdict,decided_on\nwijkteam,de-lange-tafel,same,2026-04-01\n"
    load(folder(tmp_path, doubles=doubles), at=AT)
    assert Party.objects.get(key="de-lange-tafel").canonical == Party.objects.get(key="wijkteam")


def test_a_tie_that_stands_there_twice_is_told_with_the_row_of_the_first(tmp_path: Path) -> None:
    twice = TABLES["ties"] + "de-lange-tafel,huurders,works_together,huurders,\n"
    with pytest.raises(FolderRefused) as refused:
        load(folder(tmp_path, ties=twice), at=AT)
    told = [fault.reason for fault in refused.value.faults]
    assert told == ["Dit staat er al op rij 3: de-lange-tafel, huurders, works_together."]


def test_what_the_tables_hold_is_what_the_folder_may_say() -> None:
    model_of = {
        **dict.fromkeys(("workshop", "themes"), "workshops"),
        **dict.fromkeys(("parties", "memberships", "ties", "needs"), "neighbourhoods"),
        "people": "accounts",
        "sources": "sources",
        "issues": "issues",
        "issue_parties": "issues",
    }
    names = {"people": "person", "parties": "party", "issue_parties": "issueparty"}
    for table, room in model_of.items():
        model = apps.get_model(room, names.get(table, table.removesuffix("s")))
        columns = {field.name: getattr(field, "max_length", None) or 0 for field in model._meta.fields}
        for field in SCHEMA[table].fields:
            if field.type == "string" and not field.references and field.name not in ("file", "text"):
                assert field.longest == columns[field.name], (table, field.name)


def test_a_link_that_is_no_web_page_is_refused(tmp_path: Path) -> None:
    parties = "key,name,kind,website\nx,X,other,javascript:alert(1)\ny,Y,other,https://example.org/\n"
    sly = folder(tmp_path, **{name: TABLES[name].splitlines()[0] + "\n" for name in TABLES if name != "workshop"})
    (sly / "parties.csv").write_text(parties, encoding="utf-8")
    assert faults_of(sly) == [("parties.csv", 2, "")]
