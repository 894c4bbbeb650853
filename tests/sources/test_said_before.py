"""What was said before: found over years and documents, and nothing that only looks like it."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from tests import builders
from tests.sources.documents import HALL, LETTERS, MOULD, STILL, added, cannot_be_read, swept
from werkplaats.kit.claims import MAX_ATTEMPTS, work_some
from werkplaats.kit.models import Claim
from werkplaats.search.models import Index
from werkplaats.search.sweeps import INDEX
from werkplaats.sources import rules
from werkplaats.sources.models import Library, SaidBefore, Source
from werkplaats.sources.sweeps import FRAGMENTS, SAID_BEFORE

pytestmark = pytest.mark.django_db


def said() -> list[tuple[str, str, str]]:
    rows = SaidBefore.objects.select_related("earlier__source", "later__source")
    return sorted((row.earlier.source.key, row.later.source.key, row.likeness) for row in rows)


def test_the_earlier_document_is_the_one_that_came_out_first(tmp_path: Path) -> None:
    added(tmp_path, STILL, key="nieuw", published_on=date(2026, 2, 5))
    added(tmp_path, f"{HALL}\n{MOULD}", key="oud", published_on=date(2017, 9, 1))
    swept()
    assert said() == [("oud", "nieuw", "near")]


def test_the_same_words_are_called_so(tmp_path: Path) -> None:
    added(tmp_path, f"{HALL} {MOULD}", key="oud", published_on=date(2017, 9, 1))
    added(tmp_path, f"{HALL} {LETTERS}", key="nieuw", published_on=date(2026, 2, 5))
    swept()
    assert said() == [("oud", "nieuw", "exact")]
    assert SaidBefore.objects.get().score == 1


def test_a_document_without_a_date_comes_last(tmp_path: Path) -> None:
    added(tmp_path, HALL, key="zonder-datum", published_on=None)
    added(tmp_path, STILL, key="met-datum", published_on=date(2026, 2, 5))
    swept()
    assert said() == [("met-datum", "zonder-datum", "near")]


def test_a_document_does_not_repeat_itself(tmp_path: Path) -> None:
    added(tmp_path, f"{HALL}\n{STILL}\n{HALL}")
    swept()
    assert said() == []


def test_headings_and_colophons_are_nobody_s_words(tmp_path: Path) -> None:
    colophon = "Hogeschool Oeverland, lectoraat Wonen in de Stad. Juni 2023."
    heading = "Wat willen wij bereiken met dit plan?"
    added(tmp_path, f"{colophon}\n{heading}\n{HALL}", key="een")
    added(tmp_path, f"{colophon}\n{heading}\n{LETTERS}", key="twee", published_on=date(2024, 1, 1))
    swept()
    assert said() == []


def test_one_subject_is_not_one_statement(tmp_path: Path) -> None:
    added(tmp_path, "De bank op het plein is kapot en niemand kan er nog op zitten.", key="zitten")
    added(
        tmp_path, "De bank aan het plein is gesloten en niemand kan er nog geld opnemen.", key="geld",
        published_on=date(2024, 1, 1),
    )  # fmt: skip
    swept()
    assert said() == []


def test_a_third_document_points_at_both_before_it(tmp_path: Path) -> None:
    for key, year in (("een", 2014), ("twee", 2019), ("drie", 2026)):
        added(
            tmp_path,
            f"{HALL} {'En dat is in ' + str(year) + ' opgeschreven door de bewoners zelf.'}",
            key=key,
            published_on=date(year, 1, 1),
        )
    swept()
    halls = [pair for pair in said() if pair[2] == "exact"]
    assert halls == [("een", "drie", "exact"), ("een", "twee", "exact"), ("twee", "drie", "exact")]


def test_a_date_that_is_mended_turns_the_order_round(tmp_path: Path) -> None:
    added(tmp_path, HALL, key="een", published_on=date(2019, 1, 1))
    added(tmp_path, STILL, key="twee", published_on=date(2024, 1, 1))
    swept()
    assert said() == [("een", "twee", "near")]
    added(tmp_path, STILL, key="twee", published_on=date(2014, 1, 1))
    swept()
    assert said() == [("twee", "een", "near")]


def test_comparing_again_keeps_the_rows(tmp_path: Path) -> None:
    added(tmp_path, HALL, key="een", published_on=date(2019, 1, 1))
    added(tmp_path, STILL, key="twee", published_on=date(2024, 1, 1))
    swept()
    before = list(SaidBefore.objects.values())
    added(tmp_path, LETTERS, key="drie", published_on=date(2025, 1, 1))
    swept()
    assert list(SaidBefore.objects.values()) == before
    library = Library.objects.get()
    assert library.compared_up_to == library.changed_at


def test_what_leaves_the_library_takes_its_repeats_along(tmp_path: Path) -> None:
    added(tmp_path, HALL, key="een", published_on=date(2019, 1, 1))
    added(tmp_path, STILL, key="twee", published_on=date(2024, 1, 1))
    swept()
    Source.objects.get(key="een").delete()
    assert said() == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HALL, True),
        ("Te weinig plek.", False),
        ("", False),
        ("2019 640 88 0 2021 810 121 26 2023 905", False),
        ("Gemeente Oeverstad, Hogeschool Oeverland, Kadeschool Oost, Fonds Oeverstad, De Lange Tafel", False),
        ("المكان الذي نجتمع فيه مغلق منذ العام الماضي يا جيران", True),
    ],
)
def test_what_counts_as_a_statement(text: str, expected: bool) -> None:
    assert rules.is_statement(text) is expected


def test_one_document_that_nobody_can_read_does_not_hold_up_the_others(tmp_path: Path) -> None:
    added(tmp_path, HALL, key="een", published_on=date(2019, 1, 1))
    cannot_be_read(added(tmp_path, MOULD, key="stuk"))
    added(tmp_path, STILL, key="twee", published_on=date(2024, 1, 1))
    swept()
    assert said() == [("een", "twee", "near")]


def test_an_index_that_cannot_be_made_does_not_hold_up_what_can_be_compared_without_it(tmp_path: Path) -> None:
    added(tmp_path, HALL, key="een", published_on=date(2019, 1, 1))
    added(tmp_path, STILL, key="twee", published_on=date(2024, 1, 1))
    work_some(FRAGMENTS)
    failed = {"attempts": MAX_ATTEMPTS, "beat_at": timezone.now(), "error": "ValueError"}
    Claim.objects.create(sweep=INDEX.name, key=str(builders.workshop().pk), **failed)
    assert work_some(SAID_BEFORE) == 1
    assert said() == [("een", "twee", "near")]


def test_an_index_that_failed_is_tried_again_when_a_document_is_added(tmp_path: Path) -> None:
    failed = {"attempts": MAX_ATTEMPTS, "beat_at": timezone.now(), "error": "ValueError"}
    Claim.objects.create(sweep=INDEX.name, key=str(builders.workshop().pk), **failed)
    added(tmp_path, HALL)
    swept()
    assert not Claim.objects.exists()
    assert not Index.objects.get().stale_since
