"""The demo as it comes: the connections that are missing in it, and that doing it all again changes nothing."""

from collections import Counter
from datetime import date
from typing import Any

from django.apps import apps
from django.utils import timezone

from samenhang.folder import read
from samenhang.receipts import waiting
from tests.demo.in_the_tables import WithTheDemo
from tests.demo.planted import DEMO, PLANTED, pair
from werkplaats.accounts.rules import COORDINATORS, Who
from werkplaats.config.sweeps import until_done
from werkplaats.defrag.models import Demand, Measurement, Move, Reading
from werkplaats.defrag.queries import connections
from werkplaats.defrag.rules import MoveState
from werkplaats.dependence.models import Match
from werkplaats.exchange.actions import load
from werkplaats.issues.models import Issue
from werkplaats.issues.rules import State
from werkplaats.mirror.queries import mirror_of, mirrors, record
from werkplaats.tables.queries import table, tables

HALFWAY = 0.5
"""phi of a pair with one go-between: what is not better than that is badly met."""


_TALKED = date(2026, 11, 27)


class TestWhole(WithTheDemo):
    def test_missing_connections_are_badly_met_and_a_move_shortens_each(self) -> None:
        well_met, not_shortened = [], []
        moves = Move.objects.filter(workshop=self.workshop, state=MoveState.PROPOSED.value)
        ends = {frozenset((move.party_a.key, move.party_b.key if move.party_b else "")) for move in moves}
        shortened = {key for move in moves for key, *_ in move.shortened}
        for missing in PLANTED["missing_connections"]:
            readings = self.readings(missing["need"])
            assert readings, missing["need"]
            if any(reading.phi > HALFWAY for reading in readings):
                well_met.append(missing["key"])
            if pair(missing) not in ends and not shortened & {reading.demand.key for reading in readings}:
                not_shortened.append(missing["key"])
        assert (well_met, not_shortened) == ([], [])

    def test_one_party_is_asked_to_join_an_issue_and_the_page_says_why(self) -> None:
        joinings = [move for move in connections(self.workshop, today=timezone.localdate()).moves if move.is_joining]
        assert [move.heading for move in joinings] == [
            "Vraag Afdeling Reiniging mee te doen met “Oud worden in de buurt”"
        ]
        (why, *_rest) = joinings[0].why
        assert why.endswith("Afdeling Reiniging staat dichter bij hen dan wie er nu aan werkt.")
        assert joinings[0].gain > 0

    def test_who_waits_through_an_initiative_makes_the_same_demands_here_as_on_the_command_line(self) -> None:
        found = read(DEMO)
        accepted = frozenset(
            row.text("key") for row in found.rows("issues") if row.text("state") == State.ACCEPTED.value
        )
        there = {(one.party, one.issue or one.ask) for one in waiting(found, issues=accepted)}
        rows = Demand.objects.filter(workshop=self.workshop, waits=True, ended_on=None).select_related("issue", "ask")
        here = {(row.source.key, row.issue.key if row.issue else row.ask.key if row.ask else "") for row in rows}
        assert here == there
        assert len(here) == 8
        assert len({party for party, _about in here}) == 5

    def test_what_people_decided_about_issues_stands(self) -> None:
        accepted = Issue.objects.filter(workshop=self.workshop, state=State.ACCEPTED.value)
        told = {issue["key"] for issue in PLANTED["issues"] if issue["accepted"]}
        assert set(accepted.values_list("key", flat=True)) == told

    def test_four_mirrors_and_the_own_one_are_read_by_who_may(self) -> None:
        """Read on a day after the talks."""
        own, town, school = "wijkwerkplaats-kanaalkwartier", "afdeling-vergunningen-vastgoed", "hogeschool-oeverland"
        read = mirrors(self.workshop, Who(), today=_TALKED)
        assert [line.key for line in read] == [own, town, school, "de-lange-tafel"]
        team = Who(workshop_id=self.workshop.pk, roles=COORDINATORS)
        known = {line.key for line in mirrors(self.workshop, team, today=_TALKED)}
        assert known - {line.key for line in read} == {"woningstichting-kanaalzicht"}
        table = mirror_of(self.workshop, "de-lange-tafel")
        assert table is not None
        page = record(table, Who(), today=_TALKED)
        assert page is not None
        years = [item for part in page.own if part.name == "years" for item in part.items]
        assert min(item.facts["since"] for item in years) == 2014
        assert "Een busje voor wie slecht loopt" not in {item.title for item in years}, "nobody confirmed that"
        assert sum(item.own is not None for item in years) == 2

    def test_five_tables_say_who_came_and_one_says_that_no_resident_was_asked(self) -> None:
        day = date(2026, 11, 23)
        told = {}
        for line in tables(self.workshop):
            record = table(self.workshop, line.key, sees_all=True, today=day)
            assert record is not None
            told[line.key] = record
        assert len(told) == 5
        school = told["tafel-weg-naar-school"]
        assert [str(one) for one in school.missing.kind_sentences] == ["Geen bewonersinitiatief aan deze tafel."]
        assert "Ouderraad Kadeschool" in school.missing.parties
        assert school.decisions == ()
        assert all("initiative" not in record.missing.kinds for key, record in told.items() if record is not school)
        winter = Counter(seat.state.value for seat in told["tafel-rondkomen"].seats)
        assert winter == {"comes": 5, "declines": 1, "invited": 2}
        assert set(told["tafel-rondkomen"].missing.parties) >= {"Moskeevereniging De Brug", "Kerk aan de Reepstraat"}
        assert told["tafel-schimmel"].missing.groups == (), "the tenants' group speaks for the tenants"

    def test_what_fits_across_languages_is_proposed_and_what_only_looks_like_it_is_not(self) -> None:
        proposed = set(Match.objects.values_list("need__key", "offer__key"))
        assert {(one["need"], one["offer"]) for one in PLANTED["needs"]["matches"]} <= proposed
        for name in ("look_alikes", "closed"):
            assert not {(one["need"], one["offer"]) for one in PLANTED["needs"][name]} & proposed, name
        assert len(proposed) <= 15, "a coordinator looks at each of them"
        assert len({(match.need.language, match.offer.language) for match in Match.objects.all()}) >= 5

    def test_loading_it_again_changes_nothing(self) -> None:
        before = everything()
        assert load(DEMO, at=timezone.now()).new_documents == ()
        assert everything() == before

    def test_sweeping_again_changes_nothing(self) -> None:
        before = everything()
        assert until_done() == 0
        assert everything() == before

    def readings(self, need: str) -> list[Reading]:
        """How well each demand that follows from a need was met at the last measurement."""
        last = Measurement.objects.filter(workshop=self.workshop).first()
        demands = Demand.objects.filter(workshop=self.workshop, key__contains=need)
        return list(Reading.objects.filter(measurement=last, demand__in=demands).select_related("demand"))


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the platform."""
    ours = [app for app in apps.get_app_configs() if app.name.startswith("werkplaats.")]
    tables = [table for app in ours for table in app.get_models(include_auto_created=True)]
    return {table._meta.label: sorted(table._default_manager.values_list(), key=repr) for table in tables}
