"""The years of trying as bars: each place by hand."""

import re
from datetime import date

from werkplaats.mirror.pictures import years
from werkplaats.mirror.records import ItemLine

TODAY = date(2026, 7, 2)


def item(since: int, until: int, ending: str) -> ItemLine:
    facts = {"since": since, "until": until, "ending": ending, "why": "<b>"}
    return ItemLine(1, "years", "attempt", f"attempt:{since}", "<script>", facts, (), False, None)


def test_bars_stand_from_their_first_year_to_the_end_of_their_last() -> None:
    drawn = years([item(2017, 2018, "stopped"), item(2022, 0, "runs"), item(2020, 2021, "handed_over")], today=TODAY)
    assert drawn is not None
    assert drawn.ticks == (2017, 2019, 2021, 2023, 2025)
    bars = [re.search(r'x="([\d.]+)%"[^>]*width="([\d.]+)%"', row.bar) for row in drawn.rows]
    assert [found.groups() for found in bars if found] == [("0.00", "20.00"), ("50.00", "45.00"), ("30.00", "20.00")]
    assert [name in drawn.rows[0].bar for name in ("__stroke", "__dot")] == [True, False]
    assert [name in drawn.rows[1].bar for name in ("__stroke", "__dot")] == [False, False]
    assert [name in drawn.rows[2].bar for name in ("__stroke", "__dot")] == [False, True]


def test_no_word_of_anybody_stands_in_the_drawing() -> None:
    drawn = years([item(2017, 2018, "stopped")], today=TODAY)
    assert drawn is not None
    assert "script" not in drawn.rows[0].bar


def test_one_year_is_a_picture_too_and_nothing_is_none() -> None:
    drawn = years([item(2026, 0, "runs")], today=TODAY)
    assert drawn is not None
    assert drawn.ticks == (2026,)
    assert years([], today=TODAY) is None
