"""Who does a step in a chain that touches the issue of a table is one of those whom it concerns."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from tests.builders import workshop
from tests.chains.street import issue as damp
from tests.chains.street import walked
from tests.issues.shelf import NOW
from tests.tables.hall import KEY, LATER, coming, double
from werkplaats.chains.actions import end
from werkplaats.issues.models import IssueParty
from werkplaats.tables.queries import planning
from werkplaats.tables.queries.affected import affected
from werkplaats.tables.rules import Why

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def test_who_does_a_step_in_a_chain_that_touches_the_issue_is_affected_on_the_day_that_it_goes_so() -> None:
    at_stake = damp()
    row, owner, _painter = walked(at_stake)
    twin = double(owner, "Woning Stichting")
    found = {one.name: one for one in affected(at_stake, on=TODAY).parties}
    assert {name: one.why for name, one in found.items()} == {
        "Woningstichting": (Why.CHAIN,),
        "Schilder": (Why.CHAIN,),
    }
    with override("nl"):
        assert [str(words) for words in found["Woningstichting"].why_words] == [
            "doet een stap in de keten “Een natte muur”"
        ]
    IssueParty.objects.create(issue=at_stake, party=twin)
    with override("nl"):
        (one,) = (one for one in affected(at_stake, on=TODAY).parties if one.key == owner.key)
        assert [str(words) for words in one.why_words] == [
            "werkt aan dit vraagstuk",
            "doet een stap in de keten “Een natte muur”",
        ]
    end(row, until=TODAY)
    assert len(affected(at_stake, on=TODAY).parties) == 2
    assert [one.why for one in affected(at_stake, on=TODAY + timedelta(days=1)).parties] == [(Why.WORKS,)]


def test_a_table_shows_who_does_a_step_on_its_day() -> None:
    at_stake = damp()
    row, _owner, _painter = walked(at_stake)
    coming(about_issue=at_stake)
    plan = planning.plan(workshop(), KEY, today=TODAY, now=NOW)
    assert plan is not None
    assert [party.name for party, _seat in plan.parties] == ["Schilder", "Woningstichting"]
    end(row, until=LATER.date() - timedelta(days=1))
    plan = planning.plan(workshop(), KEY, today=TODAY, now=NOW)
    assert plan is not None
    assert plan.parties == ()
