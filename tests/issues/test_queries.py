from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.builders import party, theme, workshop
from tests.issues.shelf import NOW, issue, source
from tests.issues.test_actions import TEXTS
from werkplaats.accounts.rules import RoleName, Who
from werkplaats.issues import actions, queries
from werkplaats.issues.models import IssueNeed
from werkplaats.issues.rules import State
from werkplaats.neighbourhoods.models import Need

pytestmark = pytest.mark.django_db
Limit = Callable[[int], AbstractContextManager[object]]


def somebody(*roles: RoleName) -> Who:
    return Who(workshop_id=workshop().pk, account_id=1, roles=frozenset(roles))


def test_the_list_costs_the_same_however_many_issues_there_are(django_assert_max_num_queries: Limit) -> None:
    for number in range(6):
        fragments = source(f"Plan {number}", [f"{text} ({number})" for text in TEXTS])
        row = issue(f"Vraagstuk {number}", fragments, state=State.ACCEPTED)
        row.themes.add(theme(f"Thema {number}"))
        actions.add_party(row, party=party(f"Partij {number}"), at=NOW)
    who = somebody(RoleName.COORDINATOR)
    with django_assert_max_num_queries(8):
        lines = queries.issue_lines(workshop(), who)
    assert [(line.fragments, line.sources, line.parties) for line in lines] == [(4, 1, 1)] * 6


def test_the_page_of_an_issue_costs_the_same_however_many_passages_it_has(django_assert_max_num_queries: Limit) -> None:
    row = issue(fragments=[one for n in range(9) for one in source(f"Plan {n}", [f"{text} ({n})" for text in TEXTS])])
    with django_assert_max_num_queries(8):
        record = queries.issue(workshop(), row.key)
    assert record is not None
    assert record.sources == 9


def test_years_and_documents_are_counted_from_the_sources() -> None:
    early, late = source("Wijkplan", TEXTS[:1], year=2014), source("Monitor", TEXTS[1:2], year=2026)
    issue(fragments=[*early, *late], state=State.ACCEPTED)
    (line,) = queries.issue_lines(workshop(), somebody())
    assert (line.first_year, line.last_year, line.sources) == (2014, 2026, 2)
    assert line.found_in == "2 passages uit 2 documenten"


def test_proposals_are_for_the_team_and_the_widest_comes_first() -> None:
    issue("Smal", source("Wijkplan", TEXTS[:1]))
    issue("Breed", [*source("Monitor", TEXTS[1:2]), *source("Verslag", TEXTS[2:3])])
    assert queries.issue_lines(workshop(), somebody(RoleName.RESIDENT)) == ()
    assert [line.name for line in queries.issue_lines(workshop(), somebody(RoleName.HOST))] == ["Breed", "Smal"]


def test_a_party_under_two_names_works_on_an_issue_once() -> None:
    tafel, row = party(), issue(state=State.ACCEPTED)
    alias = party("Stichting De Lange Tafel")
    alias.canonical = tafel
    alias.save()
    for one in (tafel, alias):
        actions.put_issue_party(row, party=one, at=NOW)
    record = queries.issue(workshop(), row.key)
    assert record is not None
    assert [one.name for one in record.parties] == ["De Lange Tafel"]
    assert queries.issue_lines(workshop(), somebody())[0].parties == 1
    assert queries.issues_of_party(alias) == (("afval-op-straat", "Afval op straat"),)


def test_parties_are_proposed_with_the_reason_and_ticked_only_for_what_they_said_themselves() -> None:
    noor, holder, named = party("Vrouwengroep Noor"), party("Afdeling Wonen", kind="government"), party("Tweede Adem")
    row = issue(fragments=source("Wijkplan", [*TEXTS, "Tweede Adem haalt het soms op."], holder=holder))
    need = Need.objects.create(workshop=workshop(), key="kar", party=noor, kind="need", text="Een kar voor grofvuil")
    IssueNeed.objects.create(issue=row, need=need)
    record = queries.issue(workshop(), row.key)
    assert record is not None
    choices = {choice.name: (choice.why, choice.by_default) for choice in queries.party_choices(record)}
    assert choices == {
        noor.name: ("needs", True),
        holder.name: ("holds", False),
        named.name: ("named", False),
    }


def test_an_issue_is_not_found_from_another_workshop() -> None:
    row = issue()
    assert queries.issue(workshop("elders"), row.key) is None
