"""Documents are cut into passages with their exact place, and what stands keeps its row."""

from pathlib import Path

import pytest
from django.utils import timezone

from tests import builders
from tests.sources.documents import HALL, LETTERS, MOULD, added, swept
from werkplaats.kit.claims import work_some
from werkplaats.search.models import Entry
from werkplaats.search.rules import text_hash
from werkplaats.sources import actions, queries
from werkplaats.sources.models import Fragment, Library, Page, Source
from werkplaats.sources.sweeps import FRAGMENTS

pytestmark = pytest.mark.django_db


NAMES = [first + second for first in "bdhkl" for second in ("amp", "eg", "ond", "uis", "iek", "aan")]


def pages_of(*texts: str) -> str:
    """A document with a header and a footer on each page."""
    last = len(texts)
    return "\f".join(
        f"Wijkplan Kanaalkwartier\n\n{text}\n\nPagina {number} van {last}" for number, text in enumerate(texts, start=1)
    )


def test_a_range_reproduces_its_text_and_headers_are_no_fragments(tmp_path: Path) -> None:
    added(tmp_path, pages_of(HALL, MOULD, LETTERS))
    swept()
    rows = Fragment.objects.select_related("page").order_by("page__number")
    assert [(row.page.number, row.text) for row in rows] == [(1, HALL), (2, MOULD), (3, LETTERS)]
    for row in rows:
        assert row.page.text[row.start : row.end] == row.text
        assert row.text_hash == text_hash(row.text)
        assert row.language == "nl"


def test_reading_again_keeps_the_rows_that_still_stand(tmp_path: Path) -> None:
    source = added(tmp_path, f"{HALL}\n{MOULD}")
    swept()
    before = {row.text: row.pk for row in Fragment.objects.all()}
    page = Page.objects.get()
    Page.objects.filter(pk=page.pk).update(text=f"{HALL}\n{LETTERS}")
    Source.objects.filter(pk=source.pk).update(stale_since=timezone.now())
    swept()
    after = {row.text: row.pk for row in Fragment.objects.all()}
    assert after.keys() == {HALL, LETTERS}
    assert after[HALL] == before[HALL]
    assert set(Entry.objects.filter(kind="fragment").values_list("key", flat=True)) == {
        str(pk) for pk in after.values()
    }


def test_passages_and_document_can_be_found(tmp_path: Path) -> None:
    added(tmp_path, HALL, title="Wijkplan 2019", holder=builders.party())
    swept()
    fragment = Fragment.objects.get()
    entry = Entry.objects.get(kind="fragment")
    assert entry.url == f"/kanaalkwartier/bibliotheek/plan/#f-{fragment.pk}"
    assert (entry.title, entry.text, entry.place, entry.title_counts) == ("Wijkplan 2019", HALL, "1", False)
    assert Entry.objects.get(kind="source").title == "Wijkplan 2019"


def test_a_passage_far_in_a_long_document_is_linked_in_its_view(tmp_path: Path) -> None:
    added(tmp_path, "\f".join(f"De {name} van de wijk staat al jaren op de lijst van klachten." for name in NAMES))
    swept()
    fragment = Fragment.objects.get(page__number=27)
    assert (
        Entry.objects.get(key=str(fragment.pk)).url == f"/kanaalkwartier/bibliotheek/plan/?bladzijde=21#f-{fragment.pk}"
    )


def test_a_document_that_is_read_leaves_nothing_stale_and_touches_the_library(tmp_path: Path) -> None:
    source = added(tmp_path, HALL)
    assert work_some(FRAGMENTS) == 1
    assert work_some(FRAGMENTS) == 0
    source.refresh_from_db()
    assert source.stale_since is None
    assert Library.objects.get().changed_at > source.added_at


def test_a_passage_that_is_cited_stays_and_nothing_is_cut_across_it(tmp_path: Path) -> None:
    source = added(tmp_path, f"{HALL} {MOULD}\n\n{LETTERS}")
    page = Page.objects.get()
    cited = actions.cite(page, start=7, end=len(HALL) + 20)
    swept()
    rows = list(Fragment.objects.order_by("start"))
    assert rows[0] == cited
    assert [row.text for row in rows[1:]] == [LETTERS]
    assert actions.cite(page, start=7, end=len(HALL) + 20) == cited
    (shown,) = queries.pages(builders.workshop(), source.pk, first=1)
    assert "".join(run.text for paragraph in shown.paragraphs for run in paragraph.runs).split() == page.text.split()


def test_a_passage_that_is_cited_before_it_is_cut_is_one_passage(tmp_path: Path) -> None:
    added(tmp_path, f"{HALL} {MOULD}")
    cited = actions.cite(Page.objects.get(), start=0, end=len(HALL))
    swept()
    assert [row.pk for row in Fragment.objects.filter(text=HALL)] == [cited.pk]
    assert Fragment.objects.count() == 2


def test_a_page_is_shown_once_also_where_passages_overlap(tmp_path: Path) -> None:
    source = added(tmp_path, f"{HALL} {MOULD}")
    swept()
    page = Page.objects.get()
    actions.cite(page, start=7, end=len(HALL) + 20)
    (shown,) = queries.pages(builders.workshop(), source.pk, first=1)
    assert "".join(run.text for paragraph in shown.paragraphs for run in paragraph.runs) == page.text
