"""What is hidden in the votes of the demo comes out in the result that the platform shows."""

import numpy as np
from django.db.models import Avg, Q

from samenhang.opinion.kmeans import agreement
from tests.demo.in_the_tables import WithTheDemo
from tests.demo.planted import PLANTED
from werkplaats.conversations import queries
from werkplaats.conversations.analysis import Found, similar
from werkplaats.conversations.models import Conversation, Participant, Vote
from werkplaats.conversations.records import Results
from werkplaats.conversations.rules import Kind, State, Structure

HIDDEN = PLANTED["conversation"]
CLEAR = 0.85


class TestConversation(WithTheDemo):
    def test_it_is_as_large_as_the_story_says(self) -> None:
        row = self.conversation()
        assert row.statements.filter(state=State.ACCEPTED.value).count() == HIDDEN["statements"]
        assert row.participants.count() == HIDDEN["participants"]

    def test_the_three_groups_are_found(self) -> None:
        found = self.results()
        assert found.structure is Structure.GROUPS
        assert len(found.groups) == len(HIDDEN["groups"])
        assert all(group.apart for group in found.groups)
        planted = {key: place for place, one in enumerate(HIDDEN["groups"]) for key in one["participants"]}
        key_of = dict(Participant.objects.values_list("pk", "key"))
        told = Found(self.conversation()).groups(self.workshop.small_number)
        pairs = np.array([(planted[key_of[who]], group) for who, group in told.items() if key_of[who] in planted])
        assert len(pairs) == len(planted)
        assert agreement(*(pairs + 1).T) > CLEAR

    def test_both_bridges_and_nothing_else_carry_all_groups(self) -> None:
        found = self.results()
        assert {one.number for one in found.bridges} == set(HIDDEN["bridges"])
        assert {one.number for one in found.common_ground} == set(HIDDEN["bridges"])
        assert not {one.number for one in found.divides} & set(HIDDEN["bridges"])

    def test_the_flood_is_told_and_leads_nothing_though_most_votes_say_so(self) -> None:
        found = self.results()
        assert [one.size for one in found.floods] == [len(HIDDEN["flood"]["participants"])]
        pushed = set(HIDDEN["flood"]["pushed"])
        agree = Avg("value", filter=~Q(value=0))
        votes = Vote.objects.filter(statement__state=State.ACCEPTED.value).values("statement__number")
        loudest = votes.annotate(agree=agree).order_by("-agree")[: len(pushed)]
        assert {one["statement__number"] for one in loudest} == pushed
        assert not pushed & {one.number for one in (*found.common_ground, *found.bridges, *found.short_list)}

    def test_who_is_missing_is_told(self) -> None:
        found = self.results()
        assert {one.kind for one in found.missing_kinds} == {Kind(kind) for kind in HIDDEN["missing"]["kinds"]}
        assert {one.code for one in found.missing_areas} == set(HIDDEN["missing"]["areas"])

    def test_a_statement_that_stands_there_already_is_recognised(self) -> None:
        alike = similar(self.conversation(), "Iedereen met weinig geld moet de zaal gratis kunnen gebruiken.")
        assert 5 in {one.number for one in alike}

    def conversation(self) -> Conversation:
        return Conversation.objects.select_related("workshop", "ask", "issue").get(key=HIDDEN["key"])

    def results(self) -> Results:
        found = queries.results(self.conversation(), small=self.workshop.small_number)
        assert found is not None
        return found
