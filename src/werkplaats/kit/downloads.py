"""A table that somebody takes along as a file."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

Cell = str | int | float | None


def csv_answer(file_name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """A CSV file with one header row. The byte order mark lets a spreadsheet read its accents."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    answer.write("\ufeff")
    table = csv.writer(answer)
    table.writerow(header)
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return answer


def harmless(cell: Cell) -> Cell:
    """A cell that a spreadsheet reads as words and never as a formula.

    >>> harmless("=1+1"), harmless(-3), harmless("De Lange Tafel")
    ("'=1+1", -3, 'De Lange Tafel')
    """
    return (
        f"'{cell}"
        if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
        else cell
    )
