"""How much of a mirror stands on paper: all of it, up to a number per part that is said."""

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.mirror.street import planted
from tests.mirror.test_doors import member
from werkplaats.mirror import actions
from werkplaats.mirror.models import Mirror, SnapshotItem
from werkplaats.mirror.queries import MOST, MOST_ON_PAPER

pytestmark = pytest.mark.django_db


def mirror(**extra: int) -> Mirror:
    """The planted mirror, with so many more items of each section."""
    seen = actions.hold_mirror(planted(), at=timezone.now())
    actions.look(seen, at=timezone.now())
    rows = []
    for section, more in extra.items():
        one = seen.snapshots.get().items.filter(section=section).first()
        assert one is not None
        for number in range(1, more + 1):
            told = {"kind": one.kind, "facts": one.facts, "records": one.records, "section": section}
            title = f"Regel{section}{number:03d} van deze spiegel"
            rows.append(
                SnapshotItem(
                    snapshot=one.snapshot, number=1000 + number, key=f"{one.key}-{number}", title=title, **told
                )
            )
    for place, row in enumerate(rows):
        row.number = 1000 + place
    SnapshotItem.objects.bulk_create(rows)
    return seen


def told(client: Client, seen: Mirror, asked: str = "") -> str:
    answer = client.get(reverse("mirror:mirror_pdf", args=["kanaalkwartier", seen.party.key]) + asked)
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    return " ".join(text.split())


def test_what_a_page_shows_by_part_stands_on_paper_whole() -> None:
    seen = mirror(promises=MOST + 5, gave=MOST + 5)
    paper = told(member(seen.party), seen)
    for section in ("promises", "gave"):
        assert all(f"Regel{section}{number:03d}" in paper for number in range(1, MOST + 6))
    assert "Hier staan de eerste" not in paper
    assert "Bekijk ze alle" not in paper


def test_paper_says_how_many_more_there_are_than_it_holds() -> None:
    seen = mirror(promises=MOST_ON_PAPER)  # beside the two that were planted
    paper = told(member(seen.party), seen)
    assert f"Regelpromises{MOST_ON_PAPER - 2:03d}" in paper
    assert f"Regelpromises{MOST_ON_PAPER - 1:03d}" not in paper
    assert f"Hier staan de eerste {MOST_ON_PAPER} van {MOST_ON_PAPER + 2}." in paper
    alone = told(member(seen.party), seen, "?deel=promises")
    assert f"Regelpromises{MOST_ON_PAPER:03d}" in alone
    assert "Hier staan de eerste" not in alone
