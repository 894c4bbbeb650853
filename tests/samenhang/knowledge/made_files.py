"""Small files for the tests, made on the spot."""

from collections.abc import Sequence
from pathlib import Path

import docx
from docx.enum.text import WD_BREAK


def pdf(pages: Sequence[Sequence[str]], *, locked: bool = False) -> bytes:
    """A PDF of text lines per page; ``locked`` asks for a password that nobody knows."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = "\n".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}\nET"
        objects += [
            (
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
                f"/Contents {5 + 2 * number} 0 R >>"
            ),
            f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream",
        ]
    lock = ""
    if locked:
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{'a1' * 32}> /U <{'b2' * 32}> /P -4 >>")
        lock = f" /Encrypt {len(objects)} 0 R /ID [<{'c3' * 16}> <{'c3' * 16}>]"
    return _numbered(objects, lock)


def _numbered(objects: Sequence[str], lock: str) -> bytes:
    made = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer << /Size {len(objects) + 1} /Root 1 0 R{lock} >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + end.encode("ascii")


def word(path: Path) -> None:
    """A Word document with a heading, a list, a table, a merged cell and a hard page break."""
    document = docx.Document()
    document.core_properties.title = "Plan voor de wijk"
    document.add_heading("Wat er moet gebeuren", level=1)
    document.add_paragraph("De zaal aan de kade wordt opgeknapt voor bewoners.")
    document.add_paragraph("Een sleutel voor iedere groep", style="List Bullet")
    table = document.add_table(rows=2, cols=3)
    for column, words in enumerate(("Maatregel", "Kosten", "Klaar")):
        table.cell(0, column).text = words
    table.cell(1, 0).merge(table.cell(1, 1)).text = "Nieuwe verwarming"
    table.cell(1, 2).text = "2027"
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Op de tweede bladzijde staat wie het betaalt.")
    document.save(str(path))
