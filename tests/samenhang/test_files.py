import dataclasses
import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest

from samenhang.cells import Field
from samenhang.files import Fault, Schema, read_table, to_json

SCHEMA = Schema(
    "parties",
    (
        Field("key", "key", required=True, unique=True),
        Field("name", required=True),
        Field("kind", "enum", values=("initiative", "research")),
        Field("themes", "keys"),
        Field("founded_on", "date"),
        Field("members", "integer"),
        Field("share", "number"),
    ),
)


def faults(tmp_path: Path, data: str | bytes) -> tuple[Fault, ...]:
    path = tmp_path / "parties.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_table(path, SCHEMA).faults


def test_a_sound_table_gives_typed_rows_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "parties.csv"
    path.write_bytes(
        b"\xef\xbb\xbfname,key,kind,themes,founded_on,members,share\r\n"
        b'"De Lange\nTafel",de-lange-tafel,initiative,wonen; werk,2011-05-01,12,0.5\r\n\r\n'
        b"Lectoraat,lectoraat,,,,,\r\n"
    )
    table = read_table(path, SCHEMA)
    assert table.faults == ()
    assert [row.line for row in table.rows] == [2, 5]
    first, second = table.rows
    assert (first.text("name"), first.keys("themes")) == ("De Lange\nTafel", ("wonen", "werk"))
    assert (first.date("founded_on"), first["members"], first["share"]) == (dt.date(2011, 5, 1), 12, 0.5)
    assert (second["kind"], second.keys("themes"), second.text("kind")) == (None, (), "")


def test_every_fault_of_a_table_comes_at_once_each_on_its_real_line(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        "key,name,kind,themes,founded_on,members,share\n"
        'a,"one\ntwo",club,Wonen,1-5-2011,-3,much\n'
        "a,,,,,,\n"
        "a,Twice,,,,,\n"
        "b,Long,,,,,,,\n"
        "c,Short\n",
    )
    assert [(f.line, f.column, f.reason_code) for f in found] == [
        (2, "kind", "not_allowed"),
        (2, "themes", "not_a_key"),
        (2, "founded_on", "not_a_date"),
        (2, "members", "not_a_whole_number"),
        (2, "share", "not_a_number"),
        (4, "name", "required"),
        (4, "key", "duplicate"),
        (5, "key", "duplicate"),
        (6, "", "too_many_cells"),
        (7, "", "too_few_cells"),
    ]
    assert found[6].other == "2"
    assert str(found[5]) == "parties.csv, line 4, column name: this cell may not be empty"


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (b"", 0, "empty_file"),
        (b"\n\n", 0, "empty_file"),
        (b"key,name\na,Caf\xe9\n", 2, "bad_encoding"),
        (b"\xef\xbb\xbfkey,name\na,b\nc,Caf\xe9\n", 3, "bad_encoding"),
        ("key,name\n".encode("utf-16"), 1, "nul_byte"),
        (b"key,name\na,\0\n", 2, "nul_byte"),
        (b"key;name\na;b\n", 1, "semicolons"),
        (b"key\na\n", 1, "missing_column"),
        (b"key,name,colour\na,b,c\n", 1, "unknown_column"),
        (b"key,name,name\na,b,c\n", 1, "double_column"),
        (b'key,name\na,"open\nb,c\n', 2, "broken_row"),
        (b"key,name,founded_on\na,b,2024-02-30\n", 2, "not_a_date"),
        (b"key,name,share\na,b,nan\n", 2, "not_a_number"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(tmp_path: Path, data: bytes, line: int, code: str) -> None:
    assert [(fault.line, fault.reason_code) for fault in faults(tmp_path, data)] == [(line, code)]


def test_the_first_wrong_byte_is_named(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, b"key,name\na,b\nb,\xe9t\xe9\n")
    assert (fault.value, "0xe9" in fault.reason) == ("0xe9", True)


def test_any_result_can_be_written_as_json(tmp_path: Path) -> None:
    @dataclasses.dataclass(frozen=True)
    class Result:
        value: float
        rows: np.ndarray[tuple[int], np.dtype[np.float64]]
        file: Path
        day: dt.date
        names: frozenset[str]
        of: dict[tuple[int, int], np.int64]

    result = Result(
        float("inf"), np.array([1, np.nan]), tmp_path, dt.date(2024, 1, 2), frozenset("ba"), {(1, 2): np.int64(3)}
    )
    written = json.loads(to_json(result, tmp_path / "out.json"))
    assert written == json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert written == {
        "value": None, "rows": [1.0, None], "file": tmp_path.as_posix(), "day": "2024-01-02",
        "names": ["a", "b"], "of": {"[1, 2]": 3},
    }  # fmt: skip


def test_what_is_no_result_is_refused() -> None:
    with pytest.raises(TypeError, match="object is no result"):
        to_json({"x": object()})
