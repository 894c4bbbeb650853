"""A document that would take a reader down takes down only the process that read it."""

import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest

from samenhang.knowledge import Unreadable, read
from samenhang.knowledge.apart import read_apart
from tests.samenhang.knowledge.made_files import pdf, word


def bomb(size: int) -> bytes:
    """A PDF whose only page unpacks to so many bytes of text that has to be laid out."""
    line = b"(Een plan dat nooit ophoudt) Tj T*\n"
    stream = zlib.compress(b"BT /F1 11 Tf 14 TL 50 780 Td\n" + line * (size // len(line)) + b"ET", 9)
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [4 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n"
        b"4 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
        b"/Contents 5 0 R >>\nendobj\n5 0 obj\n<< /Filter /FlateDecode /Length "
        + str(len(stream)).encode()
        + b" >>\nstream\n"
        + stream
        + b"\nendstream\nendobj\ntrailer << /Size 6 /Root 1 0 R >>\n%%EOF\n"
    )


def reason(path: Path, **limits: float) -> str:
    with pytest.raises(Unreadable) as refused:
        read_apart(path, **limits)  # type: ignore[arg-type]
    assert path.name in str(refused.value)
    return refused.value.reason_code


def test_a_document_read_apart_is_the_same_document(tmp_path: Path) -> None:
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(pdf([["De zaal aan de kade gaat open."]]))
    word(tmp_path / "plan.docx")
    for path in (plan, tmp_path / "plan.docx"):
        assert read_apart(path) == read(path)


def test_a_refusal_crosses_over_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "leeg.txt").write_text("")
    assert reason(tmp_path / "leeg.txt") == "empty"
    (tmp_path / "op slot.pdf").write_bytes(pdf([["x"]], locked=True))
    assert reason(tmp_path / "op slot.pdf") == "encrypted"
    assert reason(tmp_path / "weg.pdf") == "missing"


def test_a_pdf_that_keeps_its_reader_busy_is_refused_in_time(tmp_path: Path) -> None:
    (tmp_path / "traag.pdf").write_bytes(bomb(150_000_000))
    assert len((tmp_path / "traag.pdf").read_bytes()) < 2_000_000
    assert reason(tmp_path / "traag.pdf", seconds=2.0) == "too_heavy"


def test_a_pdf_that_needs_more_memory_than_there_is_harms_nobody(tmp_path: Path) -> None:
    (tmp_path / "zwaar.pdf").write_bytes(bomb(400_000_000))
    assert reason(tmp_path / "zwaar.pdf", memory=300_000_000) in {"crashed", "too_heavy", "broken"}


def test_a_word_document_that_is_a_bomb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bom.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(3):
            package.writestr(f"word/document{number or ''}.xml", b" " * 100_000_000)
    assert path.stat().st_size < 1_000_000
    assert reason(path) == "too_large"


def test_a_file_of_200_megabytes_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "groot.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.4\n")
        file.truncate(200_000_000)
    assert reason(path, largest=50_000_000) == "too_large"


def test_the_process_that_reads_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WERKPLAATS_SECRET_KEY", "geheim")
    told: dict[str, str] = {}

    def started(*_words: object, env: dict[str, str], **_more: object) -> None:
        told.update(env)
        raise subprocess.TimeoutExpired("", 0)

    monkeypatch.setattr("subprocess.run", started)
    assert reason(tmp_path / "x.txt") == "too_heavy"
    assert told["PYTHONPATH"]
    assert not [name for name in told if name.startswith("WERKPLAATS")]
