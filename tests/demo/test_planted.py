"""What is hidden in the demo is found when nobody tells where it is; what only looks alike is left apart."""

from tests.demo.in_the_tables import WithoutIssues
from tests.demo.planted import PLANTED, Passages, pair, said_in
from werkplaats.issues.models import Issue, IssueFragment
from werkplaats.neighbourhoods.models import Double
from werkplaats.neighbourhoods.rules import Verdict
from werkplaats.sources.models import SaidBefore

ENOUGH = 0.75
FEWEST_SOURCES = 3


class TestPlanted(WithoutIssues):
    def test_every_issue_that_runs_across_themes_is_proposed(self) -> None:
        passages, proposals = Passages(), self.proposals()
        missed = {}
        for issue in PLANTED["issues"]:
            best = max((said_in(issue["sentences"], one, passages) for one in proposals), key=len)
            if len(best) < ENOUGH * len(issue["sentences"]) or len({one["source"] for one in best}) < FEWEST_SOURCES:
                missed[issue["key"]] = f"{len(best)} of {len(issue['sentences'])} sentences"
        assert missed == {}

    def test_every_issue_is_a_proposal_of_its_own(self) -> None:
        passages, proposals = Passages(), self.proposals()
        best = {
            max(range(len(proposals)), key=lambda one: len(said_in(issue["sentences"], proposals[one], passages)))
            for issue in PLANTED["issues"]
        }
        assert len(best) == len(PLANTED["issues"])

    def test_what_was_said_years_before_is_found(self) -> None:
        passages = Passages()
        missed = [
            finding["key"]
            for finding in PLANTED["said_before"]
            if not SaidBefore.objects.filter(
                earlier__in=passages.that_say(finding["a"]), later__in=passages.that_say(finding["b"])
            )
        ]
        assert missed == []

    def test_parties_under_two_names_are_suspected_and_no_others(self) -> None:
        rows = Double.objects.filter(party_a__workshop=self.workshop, verdict=Verdict.SUSPECTED.value)
        suspected = {frozenset(keys) for keys in rows.values_list("party_a__key", "party_b__key")}
        assert suspected == {pair(double) for double in PLANTED["doubles"]}
        assert not suspected & {pair(parties) for parties in PLANTED["look_alikes"]["parties"]}

    def test_sentences_that_look_alike_are_not_brought_together(self) -> None:
        passages, proposals = Passages(), self.proposals()
        for sentences in PLANTED["look_alikes"]["sentences"]:
            a, b = passages.that_say(sentences["a"]), passages.that_say(sentences["b"])
            assert not SaidBefore.objects.filter(earlier__in=a | b, later__in=a | b)
            assert not any(proposal & a and proposal & b for proposal in proposals)

    def proposals(self) -> list[frozenset[int]]:
        """The passages of each issue that was proposed."""
        rows = IssueFragment.objects.filter(issue__workshop=self.workshop)
        return [
            frozenset(rows.filter(issue=issue).values_list("fragment_id", flat=True))
            for issue in Issue.objects.filter(workshop=self.workshop)
        ]
