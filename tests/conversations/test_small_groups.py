"""A small group and a missing one are not passed over: simulated votes through the room's own result."""

from typing import Any

import numpy as np
import pytest

from tests.builders import party
from tests.conversations.talk import NOW, conversation, lines, votes
from werkplaats.config.sweeps import until_done
from werkplaats.conversations import queries
from werkplaats.conversations.models import Conversation, Participant
from werkplaats.conversations.records import Results
from werkplaats.conversations.rules import Kind, Structure
from werkplaats.conversations.sweeps import COMPUTE
from werkplaats.issues.models import Issue, IssueParty
from werkplaats.neighbourhoods.models import Group
from werkplaats.workshops.models import Area

pytestmark = pytest.mark.django_db

STATEMENTS, SHOWN_ON_THE_WALL = 40, 3


def three_hundred_ninety_and_ten(seed: int) -> "tuple[np.ndarray[Any, Any], frozenset[int]]":
    """Camps of 300, 90 and 10 people, each of whom saw half of the statements, and what the ten oppose.

    Ten statements everybody wants but the ten, four the ten as well. One answer in ten goes the other way.
    """
    rng = np.random.default_rng(seed)
    pattern = rng.choice((-1, 1), (3, STATEMENTS))
    pattern[:2, :10], pattern[2, :10], pattern[:, 10:14] = 1, -1, 1
    said = pattern[np.repeat([0, 1, 2], [300, 90, 10])] * np.where(rng.random((400, STATEMENTS)) < 0.9, 1, -1)
    said[rng.random(said.shape) < 0.5] = 9
    return np.asarray(said), frozenset((1 + np.flatnonzero(pattern[2] < 0)).tolist())


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_what_ten_of_four_hundred_oppose_never_leads_what_people_share(seed: int) -> None:
    row = conversation(lines(STATEMENTS))
    said, opposed = three_hundred_ninety_and_ten(seed)
    votes(row, said)
    found = _computed(row)
    loudest = sorted(found.statements, key=lambda one: -one.all.agree if one.all else 0)
    assert {one.number for one in loudest[:SHOWN_ON_THE_WALL]} & opposed, "by numbers alone the ten are passed over"
    assert found.structure is Structure.GROUPS
    assert len(found.common_ground) >= SHOWN_ON_THE_WALL
    assert not {one.number for one in found.common_ground[:SHOWN_ON_THE_WALL]} & opposed


def test_who_hardly_takes_part_is_named_with_who_works_on_the_issue_and_who_lives_there() -> None:
    row = conversation(lines(4))
    far = Area.objects.create(workshop=row.workshop, code="K9", name="Achter het spoor", population=900)
    near = Area.objects.create(workshop=row.workshop, code="K8", name="Bij de brug", population=1100)
    Group.objects.create(workshop=row.workshop, key="jongeren", name="Jongeren", sort_name="jongeren", area=far)
    issue = Issue.objects.create(workshop=row.workshop, key="zaal", name="Zaal", sort_name="zaal", state="accepted")
    school = party("hogeschool", kind="research")
    IssueParty.objects.create(issue=issue, party=school)
    Conversation.objects.filter(pk=row.pk).update(issue=issue)
    votes(row, np.ones((40, 4)), kinds=(Kind.RESIDENT, Kind.RESIDENT, Kind.GOVERNMENT, Kind.PROFESSIONAL))
    living = Participant.objects.order_by("pk").values_list("pk", flat=True)
    Participant.objects.filter(pk__in=list(living[:30])).update(area=near)
    Participant.objects.filter(pk__in=list(living[30:33])).update(area=far)
    found = _computed(Conversation.objects.select_related("workshop", "ask", "issue").get())
    assert [(one.kind, one.parties) for one in found.missing_kinds] == [(Kind.RESEARCHER, (school.name,))]
    assert [(one.name, one.groups) for one in found.missing_areas] == [("Achter het spoor", ("Jongeren",))]
    assert found.told_area == 33


def test_figures_of_groups_add_up_to_everybody_so_that_nobody_can_be_found_by_subtraction() -> None:
    row = conversation(lines(STATEMENTS))
    votes(row, three_hundred_ninety_and_ten(1)[0])
    found = _computed(row)
    for one in found.statements:
        if one.all is not None and all(one.groups):
            assert sum(figure.number for figure in one.groups if figure) == one.all.number


def _computed(row: Conversation) -> Results:
    until_done([COMPUTE])
    found = queries.results(row, small=5)
    assert found is not None
    assert found.computed_at > NOW
    return found
