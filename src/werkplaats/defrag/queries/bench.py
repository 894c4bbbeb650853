"""What is to be measured, and whether the last measurement is still of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256

from werkplaats.asks import queries as asks
from werkplaats.defrag.models import Bench, Measurement, Move
from werkplaats.defrag.queries.people import chance_of_yes
from werkplaats.defrag.records import IssueWork, OpenNeed, Situation, Touching, Waiting
from werkplaats.defrag.rules import MoveKind, MoveState
from werkplaats.issues.models import Agenda, Issue, IssueFragment, IssueNeed, IssueParty
from werkplaats.issues.rules import State
from werkplaats.neighbourhoods import queries as neighbourhoods
from werkplaats.neighbourhoods.models import Network, Party
from werkplaats.neighbourhoods.queries.introductions import asked_this_month
from werkplaats.neighbourhoods.records import NetworkRecord
from werkplaats.neighbourhoods.rules import NeedKind
from werkplaats.neighbourhoods.rules.asking import room_left
from werkplaats.sources.models import Library
from werkplaats.workshops.models import RelatedThemes, Workshop

SETTLED = (MoveState.REFUSED.value, MoveState.ASKED.value)
"""Moves that the plan leaves alone: a human refused them, or has people asked about them."""


def state_of(workshop: Workshop) -> str:
    """When each of what F follows from last changed, and who waits through whom, as one word; empty while nothing is there.

    Compared for being the same and not for being later: a change can be noted with a moment before the measuring began.
    """
    tables = (Library, Network, Agenda)
    found = [table.objects.filter(workshop=workshop).values_list("changed_at", flat=True).first() for table in tables]
    waits = asks.waits_through(workshop)
    if not any(found) and not waits:
        return ""
    moments = " ".join(moment.isoformat() if moment else "-" for moment in found)
    return f"{moments} {sha256(repr(waits).encode()).hexdigest()[:16]}"


def is_stale(workshop: Workshop, *, today: date) -> bool:
    """Whether the figure is of another state than there is now. Ties fade with time, so every day asks for a new one."""
    state = state_of(workshop)
    bench = Bench.objects.filter(workshop=workshop).first()
    if not state or bench is None:
        return bool(state)
    return bench.stale_since is not None or bench.measured_state != state or bench.measured_on < today


def day_before(workshop: Workshop, *, today: date) -> Measurement | None:
    """The last measurement of an earlier day of which the network is still kept."""
    return Measurement.objects.filter(workshop=workshop, on__lt=today).exclude(network="").order_by("-on").first()


def situation(workshop: Workshop, *, today: date) -> Situation:
    """All that F and the moves follow from. A fixed number of queries."""
    network = neighbourhoods.network(workshop=workshop, today=today)
    keys = {node.id: node.key for node in network.nodes}
    key_of = {entry: keys[node] for entry, node in network.stands_for.items()}
    settled = Move.objects.filter(workshop=workshop, state__in=SETTLED, party_b__isnull=False)
    needs, waiting, asked = _needs(workshop), _waiting(workshop, key_of), asked_this_month(workshop, today=today)
    return Situation(
        network=network,
        needs=needs,
        waiting=waiting,
        issues=could_join(_issues(workshop, key_of), workshop, network, needs=needs, waiting=waiting, asked=asked),
        related=_related(workshop, network),
        refused=frozenset(
            (min(ends), max(ends))
            for a, b in settled.values_list("party_a_id", "party_b_id")
            if len(ends := {network.stands_for[a], network.stands_for[b]}) == 2
        ),
        asked=dict(asked),
        stays=_stays(workshop),
        chance=chance_of_yes(workshop),
    )


def _stays(workshop: Workshop) -> dict[str, str]:
    rows = Party.objects.filter(workshop=workshop).order_by().values_list("key", "canonical__key")
    return {key: stays or key for key, stays in rows}


def _needs(workshop: Workshop) -> tuple[OpenNeed, ...]:
    found = IssueNeed.objects.filter(issue__workshop=workshop, issue__state=State.ACCEPTED.value)
    issue_of = dict(found.order_by("-issue__key").values_list("need_id", "issue__key"))
    return tuple(
        OpenNeed(need.key, need.party.key, tuple(party.key for party in need.able), issue_of.get(need.id))
        for need in neighbourhoods.needs(workshop=workshop, kind=NeedKind.NEED.value)
    )


def _waiting(workshop: Workshop, key_of: Mapping[int, str]) -> tuple[Waiting, ...]:
    """Who waits through which party. What is put with an issue that people do not stand behind, stays with its ask."""
    accepted = dict(Issue.objects.filter(workshop=workshop, state=State.ACCEPTED.value).values_list("pk", "key"))
    found = []
    for one in asks.waits_through(workshop):
        answers = one.comes_back or one.asker
        issue = accepted.get(one.issue) if one.issue else None
        found.append(Waiting(key_of[one.party], one.ask, key_of[answers] if answers else None, issue))
    return tuple(found)


def _issues(workshop: Workshop, key_of: Mapping[int, str]) -> tuple[IssueWork, ...]:
    accepted = {"issue__workshop": workshop, "issue__state": State.ACCEPTED.value}
    holders: dict[int, set[str]] = {}
    rows = IssueFragment.objects.filter(**accepted, fragment__source__holder__isnull=False).order_by()
    for issue, party in rows.values_list("issue_id", "fragment__source__holder_id").distinct():
        holders.setdefault(issue, set()).add(key_of[party])
    working: dict[int, set[str]] = {}
    for issue, party in IssueParty.objects.filter(**accepted).order_by().values_list("issue_id", "party_id"):
        working.setdefault(issue, set()).add(key_of[party])
    return tuple(
        IssueWork(issue.key, tuple(sorted(holders.get(issue.pk, ()))), tuple(sorted(working.get(issue.pk, ()))))
        for issue in Issue.objects.filter(workshop=workshop, state=State.ACCEPTED.value).order_by("key")
    )


def could_join(
    issues: Iterable[IssueWork],
    workshop: Workshop,
    network: NetworkRecord,
    *,
    needs: Iterable[OpenNeed],
    waiting: Iterable[Waiting],
    asked: Mapping[int, int],
) -> tuple[IssueWork, ...]:
    """The issues, each with who could be asked to work on it too.

    That is whoever holds a passage of it, has a need in it, is waited through about it, or is active in a theme of it; who
    does not work on it yet, wants to be asked this month, and was not asked before.
    """
    about: dict[str, set[str]] = {}
    for issue, party in [(need.issue, need.party) for need in needs] + [(one.issue, one.party) for one in waiting]:
        if issue:
            about.setdefault(issue, set()).add(party)
    themes: dict[str, set[int]] = {}
    accepted = Issue.objects.filter(workshop=workshop, state=State.ACCEPTED.value, themes__isnull=False)
    for issue, theme in accepted.order_by().values_list("key", "themes"):
        themes.setdefault(issue, set()).add(theme)
    willing = [
        node
        for node in network.nodes
        if room_left(node.introductions_per_month, asked=asked.get(node.id, 0), is_open=node.open_to_introductions)
    ]
    settled = Move.objects.filter(
        workshop=workshop, state__in=SETTLED, kind=MoveKind.JOINING.value, issue__isnull=False
    )
    past = {(network.stands_for[party], issue) for party, issue in settled.values_list("party_a_id", "issue__key")}
    return tuple(
        replace(
            issue,
            could_join=tuple(
                node.key
                for node in willing
                if (
                    node.key in issue.holders
                    or node.key in about.get(issue.key, ())
                    or themes.get(issue.key, set()).intersection(node.theme_ids)
                )
                and node.key not in issue.working
                and (node.id, issue.key) not in past
            ),
        )
        for issue in issues
    )


def _related(workshop: Workshop, network: NetworkRecord) -> tuple[Touching, ...]:
    def active(theme: int) -> tuple[str, ...]:
        return tuple(node.key for node in network.nodes if theme in node.theme_ids)

    rows = RelatedThemes.objects.filter(theme_a__workshop=workshop).select_related("theme_a", "theme_b")
    return tuple(
        Touching(row.theme_a.key, row.theme_b.key, active(row.theme_a_id), active(row.theme_b_id)) for row in rows
    )
