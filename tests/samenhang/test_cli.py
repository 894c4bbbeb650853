import json
from pathlib import Path

import pytest

from samenhang.cli import main


def edges(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "club.edges.csv"
    path.write_text(text, encoding="utf-8")
    return path


def workshop(root: Path) -> Path:
    documents = root / "documents"
    documents.mkdir()
    (documents / "plan.txt").write_text(
        "De speelplek aan de kade is al jaren gesloten. Kinderen spelen nu op straat tussen de auto's.\n",
        encoding="utf-8",
    )
    (documents / "verslag.txt").write_text(
        "De speelplek aan de kade is al jaren gesloten. Ouders willen dat de speelplek weer open gaat.\n",
        encoding="utf-8",
    )
    (documents / "leeg.pdf").write_bytes(b"")
    named = {
        "parties": "key,name,kind,introductions\n"
        "a,Tafel,initiative,yes\nb,Klas,initiative,\nc,Stad,government,no\nd,Tuin,initiative,\n",
        "ties": "party_a,party_b,kind,reported_by,last_seen\na,c,knows,a; c,2026-01-01\nc,d,knows,d,2026-01-01\n",
        "needs": "key,party,kind,text\nplek,a,need,Een plek\nzaal,d,offer,Een zaal\n",
        "able": "need,party,confirmed_by,confirmed_on\nplek,d,c,2026-01-01\n",
        "issues": "key,name,state\nspelen,Spelen,accepted\n",
        "issue_parties": "issue,party\nspelen,b\nspelen,d\n",
        "sources": "key,title,kind,file,holder\nplan,Plan,plan,plan.txt,c\n",
        "issue_fragments": "issue,source,page,start,end,text\n"
        "spelen,plan,1,0,46,De speelplek aan de kade is al jaren gesloten.\n",
    }
    for name, text in named.items():
        (root / f"{name}.csv").write_text(text, encoding="utf-8")
    return root


def test_a_bare_network_says_that_its_demands_were_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = edges(tmp_path, "u,v\n0,1\n1,2\n2,3\n3,4\n4,5\n")
    out = tmp_path / "out.json"
    assert main(["defrag", str(path), "--demands", "30", "--moves", "2", "--seed", "7", "--json", str(out)]) == 0
    told = capsys.readouterr()
    assert "30 demands drawn at random with seed 7: not on record" in told.out
    assert "looking for 2 moves" in told.err
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written["after"]["value"] < written["before"]["value"]
    assert len(written["moves"]) == 2
    assert "recall unknown: no tie is named by both its ends" in told.out
    assert (written["before"]["low"], written["before"]["recall"]) == (None, None)


def test_parties_without_any_tie_are_counted_from_the_file_of_nodes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = edges(tmp_path, "source,target\n0,1\n")
    (tmp_path / "club.nodes.csv").write_text("id,name\n0,A\n1,B\n2,C\n", encoding="utf-8")
    assert main(["defrag", str(path)]) == 0
    assert "3 parties, 1 ties" in capsys.readouterr().out


def test_a_workshop_folder_is_defragmented_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    folder = tmp_path / "werkplaats"
    folder.mkdir()
    assert main(["defrag", str(workshop(folder)), "--today", "2026-02-01", "--json", str(out)]) == 0
    told = capsys.readouterr().out
    assert "refused: leeg.pdf" in told
    assert "Introduce Klas and Tuin" in told
    assert "Stad and" not in told
    written = json.loads(out.read_text(encoding="utf-8"))
    assert {reason["part"] for reason in written["reasons"]} == {"people", "information", "networks"}
    assert written["after"]["value"] < written["before"]["value"]


def test_where_both_ends_named_ties_the_figure_has_its_interval(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = {
        "parties": "key,name,kind\na,A,initiative\nb,B,initiative\nc,C,government\nd,D,initiative\ne,E,other\n",
        "ties": "party_a,party_b,kind,reported_by,last_seen\na,b,knows,a; b,2026-01-01\nb,c,knows,b; c,2026-01-01\n"
        "c,d,knows,c,2026-01-01\nd,e,knows,d,2026-01-01\na,c,knows,a; c,2019-01-01\n",
        "needs": "key,party,kind,text\nplek,a,need,Een plek\n",
        "able": "need,party,confirmed_by,confirmed_on\nplek,d,c,2026-01-01\n",
    }
    for name, text in named.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    out = tmp_path / "out.json"
    assert main(["defrag", str(tmp_path), "--today", "2026-02-01", "--json", str(out)]) == 0
    told = capsys.readouterr().out
    before = json.loads(out.read_text(encoding="utf-8"))["before"]
    # Both ends answered on three ties and two of them are named twice; the fourth tie has one end that never spoke.
    assert before["recall"] == 0.8
    assert before["low"] < before["high"] <= before["value"] == 75
    assert f"between {before['low']:.1f} and {before['high']:.1f}" in told
    assert "parties name 80% of their ties" in told
    assert f"people: 75.0, {before['low']:.1f} to {before['high']:.1f} (1 demands)" in told


def test_documents_are_told_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted((workshop(tmp_path) / "documents").iterdir())
    assert main(["knowledge", *map(str, files)]) == 0
    told = capsys.readouterr().out
    assert "2 documents" in told
    assert "plan.txt p. 1; verslag.txt p. 1" in told


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.edges.csv", b"u,v\n0,1\n0,b\n", "x.edges.csv, line 3, column v: 'b' is not a whole number"),
        ("x.edges.csv", b"from,to\n0,1\n", "x.edges.csv, line 1, column from: unknown column"),
        ("x.edges.csv", b"", "x.edges.csv: the file is empty"),
        ("x.edges.csv", b"u,v\n", "demands need two parties or more"),
    ],
)
def test_a_bad_network_gives_one_clear_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    assert main(["defrag", str(tmp_path / name)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err


def test_each_fault_of_a_folder_is_a_line_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "parties.csv").write_text("key,name,kind\na,,initiative\na,B,club\n", encoding="utf-8")
    assert main(["defrag", str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_what_is_not_there_or_empty_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["defrag", str(tmp_path / "nowhere")]) == 2
    assert main(["defrag", str(tmp_path)]) == 2
    (tmp_path / "empty.txt").write_bytes(b"")
    assert main(["knowledge", str(tmp_path / "empty.txt")]) == 2
    assert "empty.txt" in capsys.readouterr().err


def test_votes_are_told_and_written_without_the_votes_of_anybody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "stemmen.csv", tmp_path / "out.json"
    rows = [f"{who},{what},{1 if what < 4 or who % 2 else -1}" for who in range(40) for what in range(10)]
    path.write_text("participant,statement,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert main(["opinion", str(path), "--json", str(out)]) == 0
    told = capsys.readouterr()
    assert "400 votes of 40 participants on 10 statements" in told.err
    assert "40 participants, 10 statements, 400 votes" in told.out
    assert "Common ground" in told.out
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written["structure"] in {"none", "gradient", "groups"}
    assert not {"votes", "people", "model"} & set(written)


def test_a_vote_that_is_no_vote_is_refused_by_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "stemmen.csv"
    path.write_text("participant,statement,value\n1,1,1\n1,2,7\n", encoding="utf-8")
    assert main(["opinion", str(path)]) == 2
    assert "stemmen.csv, line 3, column value" in capsys.readouterr().err
