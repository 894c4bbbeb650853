from datetime import timedelta

import numpy as np
import pytest

from tests.builders import theme, workshop
from tests.issues.shelf import NOW, issue, source
from tests.issues.test_analysis import MOULD, WASTE, near
from tests.sources.documents import cannot_be_read
from werkplaats.issues import actions, analysis, queries
from werkplaats.issues.models import Issue, SuggestedFragment
from werkplaats.issues.rules import State
from werkplaats.issues.sweeps import PROPOSE
from werkplaats.kit.claims import given_up, work_some
from werkplaats.search.actions import put_vectors
from werkplaats.search.models import Index
from werkplaats.search.rules import text_hash
from werkplaats.sources.models import Fragment, Library, Source

pytestmark = pytest.mark.django_db


def fill(subject: tuple[str, ...], axis: int, *, first: int) -> list[Fragment]:
    """A document for each passage on a subject, with its meaning stored; the library notes the change."""
    rows = near(axis, len(subject), np.random.default_rng(first))
    put_vectors([text_hash(text) for text in subject], rows, encoder=analysis.encoder_name())
    drawers = [theme(f"Thema {first}"), theme(f"Thema {first} ook")]
    made = [source(f"Plan {first + n}", [text], themes=[drawers[n % 2]]) for n, text in enumerate(subject)]
    note_change(first)
    return [fragment for document in made for fragment in document]


def note_change(minutes: int) -> None:
    """The documents changed, and the index has caught up."""
    Index.objects.update(stale_since=None)
    Library.objects.update_or_create(workshop=workshop(), defaults={"changed_at": NOW + timedelta(minutes=minutes)})


def sweep() -> None:
    while work_some(PROPOSE):
        pass
    assert given_up() == ()


def test_new_documents_lead_to_a_proposal_that_tells_its_words_and_proof() -> None:
    fragments = fill(WASTE, 0, first=1)
    assert queries.standing(workshop()).is_stale
    sweep()
    row = Issue.objects.get()
    assert (row.state, row.fragments.count(), row.fragments.filter(is_proof=True).count()) == (State.PROPOSED, 7, 3)
    assert row.themes.count() == 2
    assert row.words
    assert {one.fragment_id for one in row.fragments.all()} == {one.pk for one in fragments}
    assert not queries.standing(workshop()).is_stale


def test_nothing_is_proposed_while_documents_are_still_being_read_or_indexed() -> None:
    fill(WASTE, 0, first=1)
    Source.objects.filter(key="plan-1").update(stale_since=NOW)
    sweep()
    assert not Issue.objects.exists()
    Source.objects.update(stale_since=None)
    Index.objects.create(workshop=workshop(), stale_since=NOW)
    sweep()
    assert not Issue.objects.exists()


def test_a_proposal_keeps_its_name_and_address_when_documents_are_added() -> None:
    fill(WASTE, 0, first=1)
    sweep()
    before = Issue.objects.get()
    fill(MOULD, 1, first=101)
    sweep()
    assert Issue.objects.count() == 2
    after = Issue.objects.get(key=before.key)
    assert (after.pk, after.name) == (before.pk, before.name)
    assert [event.kind for event in queries.events(after.pk)] == ["proposed"]


def test_a_refused_proposal_does_not_come_back() -> None:
    fill(WASTE, 0, first=1)
    sweep()
    actions.refuse(Issue.objects.get(), reason="Toeval", at=NOW)
    note_change(500)
    sweep()
    assert [row.state for row in Issue.objects.all()] == [State.REFUSED]


def test_a_proposal_that_no_longer_stands_goes_unless_a_person_touched_it() -> None:
    fill(WASTE, 0, first=1)
    fill(MOULD, 1, first=101)
    sweep()
    kept, gone = Issue.objects.order_by("pk")
    actions.rename(kept, name="Van ons", at=NOW)
    Source.objects.all().delete()
    note_change(500)
    sweep()
    assert [row.name for row in Issue.objects.all()] == ["Van ons"]
    assert gone.pk != kept.pk


def test_two_halves_of_a_split_proposal_are_not_put_together_again() -> None:
    fragments = fill(WASTE, 0, first=1)
    sweep()
    actions.split(Issue.objects.get(), fragments=[one.pk for one in fragments[:3]], name="Ratten", at=NOW)
    note_change(500)
    sweep()
    assert sorted(row.fragments.count() for row in Issue.objects.all()) == [3, 4]


def test_what_lies_near_an_accepted_issue_is_suggested_to_it_and_a_no_is_remembered() -> None:
    fragments = fill(WASTE, 0, first=1)
    row = issue(fragments=fragments[:4], state=State.ACCEPTED)
    sweep()
    assert Issue.objects.count() == 1
    suggested = set(SuggestedFragment.objects.values_list("fragment", flat=True))
    assert suggested <= {one.pk for one in fragments[4:]}
    assert suggested
    actions.refuse_suggested(row, fragment=min(suggested), at=NOW)
    note_change(500)
    sweep()
    assert set(SuggestedFragment.objects.values_list("fragment", flat=True)) == suggested - {min(suggested)}


def test_what_belongs_to_an_issue_is_looked_for_as_soon_as_people_accept_it() -> None:
    fragments = fill(WASTE, 0, first=1)
    sweep()
    row = Issue.objects.get()
    row.fragments.exclude(fragment__in=fragments[:4]).delete()
    actions.accept(row, name="Afval", parties=[], at=NOW)
    assert queries.standing(workshop()).is_stale
    Index.objects.update(stale_since=None)
    sweep()
    assert row.suggestions.exists()


def test_a_workshop_sees_nothing_of_the_documents_of_another() -> None:
    fill(WASTE, 0, first=1)
    elsewhere = workshop("elders")
    Library.objects.create(workshop=elsewhere, changed_at=NOW)
    sweep()
    assert not Issue.objects.filter(workshop=elsewhere).exists()


def test_a_document_that_nobody_can_read_does_not_hold_up_what_is_proposed() -> None:
    fill(WASTE, 0, first=1)
    Source.objects.filter(key="plan-1").update(stale_since=NOW)
    cannot_be_read(Source.objects.get(key="plan-1"))
    assert work_some(PROPOSE) == 1
    assert Issue.objects.count() == 1
