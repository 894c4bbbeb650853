"""A document comes into the library once, whole, or not at all."""

from pathlib import Path

import docx
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests import builders
from tests.samenhang.knowledge import made_files
from tests.sources.documents import AT, HALL, MOULD, added, swept, written
from werkplaats.kit.refusal import Refusal
from werkplaats.sources import actions, refusals
from werkplaats.sources.analysis import UnreadableDocument
from werkplaats.sources.models import Fragment, Library, Page, Source

pytestmark = pytest.mark.django_db


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def add(path: Path, key: str = "slecht") -> Source:
    return actions.add_document(
        builders.workshop(), key=key, title="Slecht", kind="report", file=path, file_name=path.name, at=AT
    )


def test_the_file_stands_under_its_hash_and_reads_back(tmp_path: Path) -> None:
    source = added(tmp_path, HALL)
    assert str(source.file).endswith(source.sha256)
    assert source.file.open("rb").read() == HALL.encode()
    assert [page.text for page in Page.objects.filter(source=source)] == [HALL]
    assert Library.objects.get().changed_at == AT


def test_the_same_file_under_the_same_key_changes_nothing(tmp_path: Path) -> None:
    first = added(tmp_path, HALL)
    swept()
    before = list(Fragment.objects.values())
    assert added(tmp_path, HALL) == first
    swept()
    assert list(Fragment.objects.values()) == before
    assert Source.objects.get().stale_since is None


def test_what_is_told_about_it_is_renewed(tmp_path: Path) -> None:
    added(tmp_path, HALL)
    swept()
    fragments = list(Fragment.objects.values())
    source = added(tmp_path, HALL, title="Wijkplan", holder=builders.party(), themes=(builders.theme(),))
    assert (source.title, source.themes.count()) == ("Wijkplan", 1)
    assert source.stale_since == AT
    swept()
    assert list(Fragment.objects.values()) == fragments


def test_the_same_file_under_another_name_is_refused_by_title(tmp_path: Path) -> None:
    added(tmp_path, HALL, title="Wijkplan 2019")
    with pytest.raises(refusals.AlreadyInTheLibrary, match=r"“ander\.txt” staat al .* “Wijkplan 2019”") as refusal:
        added(tmp_path, HALL, key="ander")
    assert refusal.value.key == "plan"


def test_another_file_under_the_same_key_is_refused(tmp_path: Path) -> None:
    added(tmp_path, HALL)
    with pytest.raises(refusals.AnotherDocumentHasThisKey, match=r"plan\.txt"):
        added(tmp_path, MOULD)
    assert Page.objects.get().text == HALL


def test_two_workshops_may_have_the_same_document(tmp_path: Path) -> None:
    here, there = added(tmp_path, HALL), added(tmp_path, HALL, of=builders.workshop("elders"))
    assert here.pk != there.pk
    assert here.file.name == there.file.name


def test_who_presses_twice_at_the_same_moment_gets_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = added(tmp_path, HALL)
    looked = iter([None])
    real = actions._known
    monkeypatch.setattr(actions, "_known", lambda *args, **kwargs: next(looked, real(*args, **kwargs)))
    assert added(tmp_path, HALL) == first
    assert Source.objects.count() == 1


def test_a_crash_between_file_and_row_is_mended_by_the_next_try(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Page.objects, "bulk_create", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            added(tmp_path, HALL)
    assert Source.objects.count() == 0
    source = added(tmp_path, HALL)
    assert kept(Path(settings.MEDIA_ROOT)) == [Path(source.file.path)]


def broken_docx(folder: Path) -> Path:
    path = folder / "verslag.docx"
    document = docx.Document()
    document.add_paragraph(HALL)
    document.save(str(path))
    path.write_bytes(path.read_bytes()[:2000])
    return path


def encrypted_pdf(folder: Path) -> Path:
    path = folder / "slot.pdf"
    path.write_bytes(made_files.pdf([[HALL]], locked=True))
    return path


def scanned_pdf(folder: Path) -> Path:
    import pypdfium2

    path = folder / "scan.pdf"
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.save(str(path))
    return path


def truncated_pdf(folder: Path) -> Path:
    path = scanned_pdf(folder)
    path.write_bytes(path.read_bytes()[:-40])
    return path


def latin(folder: Path) -> Path:
    path = folder / "oud.txt"
    path.write_bytes("Eén café".encode("latin-1"))
    return path


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda folder: written(folder, "  \n"), "empty"),
        (lambda folder: written(folder, "%PDF-1.7\nafgebroken", "plan.pdf"), "broken"),
        (truncated_pdf, "broken"),
        (broken_docx, "broken"),
        (encrypted_pdf, "encrypted"),
        (scanned_pdf, "no_text"),
        (lambda folder: written(folder, "{}", "data.json"), "unsupported"),
        (latin, "bad_encoding"),
        (lambda folder: folder / "weg.txt", "missing"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_and_leaves_nothing(
    tmp_path: Path, settings: Settings, make: "object", reason: str
) -> None:
    assert callable(make)
    path = make(tmp_path)
    with pytest.raises(UnreadableDocument) as refusal:
        add(path)
    assert refusal.value.reason == reason
    assert f"“{path.name}”" in refusal.value.sentence
    assert Source.objects.count() == Page.objects.count() == 0
    assert kept(Path(settings.MEDIA_ROOT)) == []


def test_a_refused_document_does_not_stop_the_next(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        add(written(tmp_path, ""))
    assert added(tmp_path, HALL).pk


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path, settings: Settings) -> None:
    settings.MAX_DOCUMENT_BYTES = 1_000_000
    upload = SimpleUploadedFile("dik.txt", b"a " * 600_000)
    with pytest.raises(UnreadableDocument, match="1 MB"):
        actions.add_document(
            builders.workshop(), key="dik", title="Dik", kind="plan", file=upload, file_name="dik.txt", at=AT
        )


def test_a_document_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("werkplaats.sources.analysis.LONGEST_DOCUMENT", 50)
    with pytest.raises(UnreadableDocument) as refusal:
        added(tmp_path, HALL)
    assert refusal.value.reason == "too_large"


def test_an_upload_is_read_by_what_its_name_ends_with(tmp_path: Path) -> None:
    file = ContentFile(f"# Kop\n\n{HALL}".encode())
    source = actions.add_document(
        builders.workshop(), key="nota", title="Nota", kind="plan", file=file, file_name="../../Nota.MD", at=AT
    )
    assert (source.media_type, source.file_name) == ("text/markdown", "Nota.MD")
