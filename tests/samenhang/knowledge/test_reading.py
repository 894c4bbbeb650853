import hashlib
from pathlib import Path

import pytest

from samenhang import knowledge
from tests.samenhang.knowledge.made_files import pdf, word

LINE = "Bewoners van de kade wachten al drie jaar op een zaal die zij kunnen be-"
FOLLOWING = "talen, en die ook nog warm is als de buurt daar bij elkaar komt op een"


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("leeg.pdf", b"", "empty"),
        ("leeg.txt", b"\xef\xbb\xbf \n\n", "empty"),
        ("op_slot.pdf", pdf([["Geheim."]], locked=True), "encrypted"),
        ("op_slot.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + b"x", "encrypted"),
        ("half.pdf", pdf([["Een heel plan."]])[:-40], "broken"),
        ("begin.pdf", b"%PDF-1.4\n% and nothing more\n", "broken"),
        ("kapot.docx", b"PK\x03\x04 this is no archive", "broken"),
        ("nul.txt", b"tekst\x00met nullen", "broken"),
        ("scan.pdf", pdf([[], []]), "no_text"),
        ("streepjes.md", b"---\n\n***\n", "no_text"),
        ("oud.txt", "Financiële hulp".encode("cp1252"), "bad_encoding"),
        ("belooft.html", '<meta charset="utf-8"><p>Caf\xe9 en meer</p>'.encode("cp1252"), "bad_encoding"),
        ("vergadering.json", b'{"agenda": []}', "unsupported"),
        ("zonder", b"tekst", "unsupported"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name_and_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = written(tmp_path / name, content)
    with pytest.raises(knowledge.Unreadable) as refusal:
        knowledge.read(path)
    assert (refusal.value.path, refusal.value.reason_code) == (path, reason)
    assert str(refusal.value).startswith(f"{name}: ")


def test_a_missing_file_and_one_over_the_limit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(knowledge.Unreadable, match="cannot be opened"):
        knowledge.read(tmp_path / "weg.txt")
    with pytest.raises(knowledge.Unreadable, match="over the limit of 10"):
        knowledge.read(written(tmp_path / "groot.txt", "veel te groot voor hier"), largest=10)


def test_a_wrong_letter_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(knowledge.Unreadable, match="line 3 is not UTF-8"):
        knowledge.read(written(tmp_path / "nota.txt", b"een\ntwee\ndr\xefe\n"))


def test_a_pdf_gives_paragraphs_with_broken_words_made_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "plan.pdf", pdf([[LINE, FOLLOWING, "avond.", "Tweede alinea hier."]]))
    document = knowledge.read(path)
    assert document.pages == (f"{LINE[:-1]}{FOLLOWING} avond.\nTweede alinea hier.",)
    assert document.media_type == "application/pdf"
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_running_headers_and_footers_are_no_fragments(tmp_path: Path) -> None:
    pages = [
        ["Wijkplan Kanaalkwartier 2026", f"Dit is de zin van bladzijde {word} en geen kopregel.", f"pagina {n} van 3"]
        for n, word in enumerate(("een", "twee", "drie"), start=1)
    ]
    document = knowledge.read(written(tmp_path / "plan.pdf", pdf(pages)))
    found = knowledge.fragments_of(document)
    assert [fragment.page for fragment in found] == [1, 2, 3]
    assert all(fragment.text.startswith("Dit is de zin van bladzijde") for fragment in found)
    assert all(document.pages[f.page - 1][f.start : f.end] == f.text for f in found)


def test_a_word_document_gives_headings_lists_tables_and_pages(tmp_path: Path) -> None:
    word(tmp_path / "plan.docx")
    document = knowledge.read(tmp_path / "plan.docx")
    assert document.title == "Plan voor de wijk"
    assert document.pages == (
        (
            "Wat er moet gebeuren\nDe zaal aan de kade wordt opgeknapt voor bewoners.\n- Een sleutel voor iedere groep\n"
            "Maatregel; Kosten; Klaar\nNieuwe verwarming; 2027"
        ),
        "Op de tweede bladzijde staat wie het betaalt.",
    )


def test_a_web_page_gives_its_words_without_menus_and_scripts(tmp_path: Path) -> None:
    body = "<p>De zaal aan de kade staat al drie jaar leeg, en de buurt zoekt een plek.</p>" * 3
    page = f"""<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Jaar&shy;verhaal</title></head><body>
    <nav><a href="/">Startpagina van ons</a></nav><main><h1>Ons jaar</h1>{body}
    <ul><li>Elke dinsdag soep</li><li>Elke vrijdag brood</li></ul></main><script>var x = 1</script></body></html>"""
    document = knowledge.read(written(tmp_path / "jaar.html", page))
    assert "De zaal aan de kade staat al drie jaar leeg" in document.pages[0]
    assert "- Elke dinsdag soep" in document.pages[0]
    assert "var x" not in document.pages[0]
    assert "Startpagina" not in document.pages[0]


def test_markdown_loses_its_marks_and_keeps_its_words(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Wijkkrant\n---\n# De **Kade**\n\nWij _zoeken_ een [zaal](https://a.example/x_(y)) die\nniet te duur is.\n\n"
        "> “Het is koud,” zei `Ana`.\n\n* bankjes\n* licht\n\n| Wie | Wat |\n|---|---|\n| Ana | soep |\n\nvoor_dit_woord blijft\n"
    )
    document = knowledge.read(written(tmp_path / "krant.md", text))
    assert document.title == "Wijkkrant"
    assert document.pages[0].split("\n") == [
        "De Kade",
        "Wij zoeken een zaal die niet te duur is.",
        "“Het is koud,” zei Ana.",
        "* bankjes",
        "* licht",
        "Wie; Wat",
        "Ana; soep",
        "voor_dit_woord blijft",
    ]


def test_plain_text_keeps_form_feeds_as_pages_and_takes_utf_16(tmp_path: Path) -> None:
    assert knowledge.read(written(tmp_path / "a.txt", "een zin\ftwee zinnen")).pages == ("een zin", "twee zinnen")
    assert knowledge.read(written(tmp_path / "b.txt", "financie\u0308le hulp".encode("utf-16"))).pages == (
        "financiële hulp",
    )


def test_the_real_documents_are_read_where_they_are_at_hand() -> None:
    folder = Path(__file__).parents[4] / "shared" / "data" / "sources"
    for path in sorted(folder.glob("*.pdf")) + sorted(folder.glob("*.txt")):
        document = knowledge.read(path)
        found = knowledge.fragments_of(document)
        assert len(found) > 40
        assert all(document.pages[f.page - 1][f.start : f.end] == f.text for f in found)
