import contextlib
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenhang.sheets import BrokenSheet, Merged, Sheet, day, read, words
from tests.asks.test_import import workbook


def test_a_workbook_and_a_csv_of_any_separator_and_encoding_say_the_same() -> None:
    rows = [["naam", "soort"], ["Café De Spil", "bewonersinitiatief"]]
    expected = tuple(map(tuple, rows))
    assert read("x.xlsx", workbook(rows)).rows == expected
    for separator in ";,\t|":
        text = "\r\n".join(separator.join(row) for row in rows)
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
            assert read("x.csv", text.encode(encoding)).rows == expected, (separator, encoding)


def test_a_comma_within_a_sentence_is_no_separator() -> None:
    text = 'naam;omschrijving\nDe Spil;"eten, drinken, praten"\nHuurders;brieven, bezwaren\n'
    assert [len(row) for row in read("x.csv", text.encode()).rows] == [2, 2, 2]


def test_the_first_line_with_which_excel_names_its_separator_is_no_row_but_counts_as_a_line() -> None:
    assert read("x.csv", b"sep=;\r\nnaam;soort\r\n").rows == ((), ("naam", "soort"))


def test_a_cell_with_a_formula_stays_text() -> None:
    cells = read("x.csv", b"naam\n=HYPERLINK(1)\n'+31 20\n@piet\n").rows
    assert [words(row[0]) for row in cells] == ["naam", "=HYPERLINK(1)", "+31 20", "@piet"]


def test_a_merged_cell_says_its_words_in_each_row_that_it_covers() -> None:
    sheet = read("x.xlsx", workbook([["naam", "soort"], ["A", "zorg"], ["B", ""]], merged="B2:B3"))
    assert sheet.merged == (Merged(1, 1, 2, 1),)
    assert sheet.filled().rows[2] == ("B", "zorg")
    assert Sheet((), (Merged(3, 3, 4, 4),)).filled().rows == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"PK\x03\x04 broken", "broken"), (b"a\x00b", "broken"), (b"\n;;\n", "no_text"), (b"", "no_text")],
)
def test_what_is_no_table_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(BrokenSheet) as refused:
        read("x.csv", content)
    assert refused.value.reason == reason


def test_a_workbook_that_unpacks_to_more_than_a_workbook_holds_is_refused_unread() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(3):
            bomb.writestr(f"xl/{number}.xml", b" " * 100_000_000)
    with pytest.raises(BrokenSheet) as refused:
        read("x.xlsx", made.getvalue())
    assert refused.value.reason == "too_large"


@given(st.integers(11_000, 73_000))
def test_a_date_is_read_however_it_is_written(number: int) -> None:
    date = dt.date(1899, 12, 30) + dt.timedelta(days=number)
    for told in (
        date.isoformat(),
        f"{date:%d-%m-%Y}",
        f"{date:%d/%m/%Y}",
        str(number),
        words(dt.datetime(*date.timetuple()[:3])),
    ):
        assert day(told) == date


@given(st.text())
def test_no_text_breaks_the_reading_of_a_date(text: str) -> None:
    assert day(text) is None or isinstance(day(text), dt.date)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    with contextlib.suppress(BrokenSheet):
        read("x.csv", content)
