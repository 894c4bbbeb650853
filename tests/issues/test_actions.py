from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import account, party, theme, workshop
from tests.issues.shelf import NOW, issue, source
from werkplaats.accounts.rules import RoleName
from werkplaats.issues import actions, queries
from werkplaats.issues.models import Agenda, Issue, IssueParty, SuggestedFragment
from werkplaats.issues.refusals import (
    AlreadyDecided,
    CannotJoin,
    CannotSplit,
    ChangedMeanwhile,
    LastPassage,
    NotThere,
)
from werkplaats.issues.rules import State
from werkplaats.search.models import Entry
from werkplaats.sources.actions import put_passages
from werkplaats.sources.models import Fragment, Page

pytestmark = pytest.mark.django_db
TEXTS = [f"Er ligt al {number} weken grofvuil op de kade." for number in ("drie", "vier", "zes", "tien")]


def kinds(row: Issue) -> list[str]:
    return [event.kind for event in queries.events(row.pk)]


def test_accepting_keeps_the_name_and_the_parties_that_people_chose() -> None:
    row, tafel = issue(fragments=source("Wijkplan", TEXTS)), party()
    by = account(RoleName.COORDINATOR).pk
    actions.accept(row, name="Afval bij de flats", summary="Het blijft liggen.", parties=[tafel], at=NOW, by=by)
    record = queries.issue(workshop(), row.key)
    assert record is not None
    assert (record.name, record.summary, record.state) == ("Afval bij de flats", "Het blijft liggen.", "accepted")
    assert [one.name for one in record.parties] == ["De Lange Tafel"]
    assert record.events[-1].by_people
    assert record.events[-1].before == "Afval op straat"
    assert record.decided_on == NOW.date()
    assert Agenda.objects.get().changed_at == NOW


def test_a_double_click_on_accept_says_since_when_and_changes_nothing() -> None:
    row = issue()
    actions.accept(row, name="Afval", parties=[], at=NOW)
    with pytest.raises(AlreadyDecided, match="12 mei 2026"):
        actions.accept(row, name="Anders", parties=[], at=NOW + timedelta(seconds=1))
    assert Issue.objects.get().name == "Afval"
    assert kinds(row) == ["accepted"]


def test_two_people_at_once_cannot_both_decide() -> None:
    row = issue()
    actions.refuse(row, reason="Toeval", at=NOW)
    with pytest.raises(AlreadyDecided):
        actions.refuse(row, reason="Ook", at=NOW)


def test_a_refusal_is_remembered_with_its_passages_and_can_be_taken_back() -> None:
    row = issue(fragments=source("Wijkplan", TEXTS))
    actions.refuse(row, reason="Het gaat om één straat", at=NOW)
    assert queries.remembered_hashes(workshop())[0] == queries.hashes_of(Issue.objects.all())[row.pk]
    actions.accept(row, name="Toch", parties=[], at=NOW + timedelta(days=1))
    assert queries.remembered_hashes(workshop()) == ()
    assert Issue.objects.get().reason == ""


def test_a_new_name_keeps_the_address_and_the_old_name_in_history() -> None:
    row = issue(state=State.ACCEPTED)
    actions.rename(row, name="Wie ruimt dit op?", at=NOW, was="Afval op straat")
    fresh = Issue.objects.get()
    assert (fresh.key, fresh.name, fresh.sort_name) == ("afval-op-straat", "Wie ruimt dit op?", "wie ruimt dit op?")
    assert queries.events(row.pk)[-1].before == "Afval op straat"


def test_a_name_that_somebody_else_changed_meanwhile_is_not_overwritten() -> None:
    row = issue()
    actions.rename(row, name="Een", at=NOW, was="Afval op straat")
    with pytest.raises(ChangedMeanwhile, match="Een"):
        actions.rename(row, name="Twee", at=NOW, was="Afval op straat")


def test_giving_the_same_name_twice_is_one_event() -> None:
    row = issue()
    for _ in range(2):
        actions.rename(row, name="Een", at=NOW, was="Afval op straat")
    assert kinds(row) == ["renamed"]


def test_a_split_moves_the_chosen_passages_to_an_issue_of_their_own() -> None:
    fragments = source("Wijkplan", TEXTS, themes=[theme()])
    row = issue(fragments=fragments, state=State.ACCEPTED)
    made = actions.split(row, fragments=[fragments[0].pk], name="Ratten", at=NOW)
    assert [one.fragment_id for one in made.fragments.all()] == [fragments[0].pk]
    assert row.fragments.count() == 3
    assert (made.state, made.key) == (State.ACCEPTED, "ratten")
    assert row.fragments.filter(is_proof=True).count() == 3
    assert kinds(row) == kinds(made) == ["split"]


@pytest.mark.parametrize("chosen", [slice(0, 0), slice(0, 4)])
def test_a_split_takes_some_passages_and_leaves_some(chosen: slice) -> None:
    fragments = source("Wijkplan", TEXTS)
    row = issue(fragments=fragments)
    with pytest.raises(CannotSplit):
        actions.split(row, fragments=[one.pk for one in fragments[chosen]], name="Ratten", at=NOW)
    assert Issue.objects.count() == 1


def test_joining_brings_passages_and_parties_along_and_says_into_which() -> None:
    fragments = source("Wijkplan", TEXTS)
    row, into = issue(fragments=fragments[:3]), issue("Schone kade", fragments[2:], state=State.ACCEPTED)
    actions.add_party(row, party=party(), at=NOW)
    actions.join(row, into=into, at=NOW)
    record = queries.issue(workshop(), into.key)
    assert record is not None
    assert {quote.text for quote in record.quotes} == set(TEXTS)
    assert [one.name for one in record.parties] == ["De Lange Tafel"]
    gone = queries.issue(workshop(), row.key)
    assert gone is not None
    assert gone.joined_into == ("schone-kade", "Schone kade")
    with pytest.raises(AlreadyDecided):
        actions.join(row, into=into, at=NOW)


def test_an_issue_cannot_be_joined_with_itself_nor_across_the_border_of_a_workshop() -> None:
    row, elsewhere = issue(), issue("Elders", of=workshop("elders"), state=State.ACCEPTED)
    for into in (row, elsewhere):
        with pytest.raises(CannotJoin):
            actions.join(row, into=into, at=NOW)


def test_a_party_is_added_and_removed_once_under_any_of_its_names() -> None:
    row, tafel = issue(), party()
    alias = party("Stichting De Lange Tafel")
    alias.canonical = tafel
    alias.save()
    IssueParty.objects.create(issue=row, party=alias)
    for _ in range(2):
        actions.remove_party(row, party=tafel, at=NOW)
    assert kinds(row) == ["removed"]
    actions.choose_parties(row, parties=[tafel], at=NOW)
    actions.choose_parties(row, parties=[tafel], at=NOW)
    assert kinds(row) == ["removed", "added"]


def test_a_passage_taken_out_is_remembered_until_a_person_adds_it() -> None:
    fragments = source("Wijkplan", TEXTS)
    row = issue(fragments=fragments)
    actions.remove_fragment(row, fragment=fragments[0].pk, at=NOW)
    assert queries.denied_hashes(workshop())[row.pk] == {fragments[0].text_hash}
    with pytest.raises(NotThere):
        actions.remove_fragment(row, fragment=fragments[0].pk, at=NOW)
    SuggestedFragment.objects.create(issue=row, fragment=fragments[0], closeness=0.7)
    actions.add_suggested(row, fragment=fragments[0].pk, at=NOW)
    assert queries.denied_hashes(workshop())[row.pk] == frozenset()


def test_the_last_passage_cannot_be_taken_out() -> None:
    fragments = source("Wijkplan", TEXTS[:1])
    with pytest.raises(LastPassage):
        actions.remove_fragment(issue(fragments=fragments), fragment=fragments[0].pk, at=NOW)


def test_no_to_a_suggestion_is_remembered() -> None:
    fragments = source("Wijkplan", TEXTS)
    row = issue(fragments=fragments[:2], state=State.ACCEPTED)
    SuggestedFragment.objects.create(issue=row, fragment=fragments[2], closeness=0.7)
    actions.refuse_suggested(row, fragment=fragments[2].pk, at=NOW)
    assert queries.denied_hashes(workshop())[row.pk] == {fragments[2].text_hash}
    assert row.suggestions.count() == 0


def test_everybody_finds_accepted_issues_members_proposed_ones_and_nobody_refused_ones() -> None:
    row = issue()
    actions.rename(row, name="Afval", at=NOW)
    assert not Entry.objects.get(kind="issue").is_public
    actions.accept(row, name="Afval", parties=[], at=NOW)
    assert Entry.objects.get(kind="issue").is_public
    actions.refuse(row, reason="Toch niet", at=NOW)
    assert not Entry.objects.filter(kind="issue").exists()


def test_a_folder_that_is_loaded_twice_changes_nothing_the_second_time() -> None:
    tafel, (fragment,) = party(), source("Wijkplan", TEXTS[:1])
    for _ in range(2):
        row = actions.put_issue(
            workshop(), key="afval", name="Afval", state=State.ACCEPTED, at=NOW, decided_on=NOW.date()
        )
        actions.put_issue_fragment(row, fragment=fragment, at=NOW, is_proof=True)
        actions.put_issue_party(row, party=tafel, at=NOW, role="trekker")
    assert kinds(row) == ["accepted"]
    assert (row.fragments.count(), row.parties.count()) == (1, 1)


def test_a_later_decision_of_people_here_is_not_undone_by_a_folder() -> None:
    put = {"key": "afval", "name": "Afval", "state": State.ACCEPTED, "decided_on": NOW.date()}
    row = actions.put_issue(workshop(), at=NOW, **put)  # type: ignore[arg-type]  # the same words twice
    actions.refuse(row, reason="Opgelost", at=NOW + timedelta(days=3))
    again = actions.put_issue(workshop(), at=NOW + timedelta(days=4), **put)  # type: ignore[arg-type]
    assert again.state == State.REFUSED


def cited(fragments: Iterable[Fragment]) -> list[bool]:
    return [Fragment.objects.get(pk=one.pk).is_cited for one in fragments]


def test_a_passage_on_which_people_rest_an_issue_stays_however_its_document_is_cut_later() -> None:
    first, second = source("Wijkplan", TEXTS), source("Verslag", ["Het grofvuil blijft liggen."])
    row = issue(fragments=first)
    assert not any(cited(first))
    actions.accept(row, name="Afval", parties=[], at=NOW)
    assert all(cited(first))
    SuggestedFragment.objects.create(issue=row, fragment=second[0], closeness=0.8)
    actions.add_suggested(row, fragment=second[0].pk, at=NOW)
    assert all(cited(second))
    assert put_passages(list(Page.objects.all()), [])[1] == []


def test_passages_that_people_split_off_or_join_to_an_issue_stay_too() -> None:
    first, second = source("Wijkplan", TEXTS), source("Verslag", ["Het grofvuil blijft liggen."])
    actions.split(issue(fragments=first), fragments=[first[0].pk], name="Kade", at=NOW)
    assert all(cited(first))
    actions.join(issue("Los", fragments=second), into=issue("Straat", state=State.ACCEPTED), at=NOW)
    assert all(cited(second))


def test_what_a_folder_tells_stands_in_the_history_on_the_day_of_the_decision() -> None:
    at_home = workshop()
    decided = date(2026, 3, 10)
    for loaded in (NOW, NOW + timedelta(days=1)):
        row = actions.put_issue(at_home, key="afval", name="Afval", state=State.ACCEPTED, at=loaded, decided_on=decided)
    fragment = source("Wijkplan", TEXTS[:1])[0]
    actions.put_issue_fragment(row, fragment=fragment, at=NOW)
    assert [event.at for event in queries.events(row.pk)] == [datetime(2026, 3, 9, 23, tzinfo=UTC)]
    assert cited([fragment]) == [True]
