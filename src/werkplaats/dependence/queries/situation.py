"""All that waiting and falling follow from: parties, ties, promises that run, needs and offers. A fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from werkplaats.chains.queries import standing
from werkplaats.chains.records import Standing
from werkplaats.dependence.models import Match
from werkplaats.dependence.rules import MatchState
from werkplaats.dependence.rules.falling import Subject
from werkplaats.dependence.rules.waiting import Asked, HandsOver, Promised
from werkplaats.neighbourhoods.models import Able, Need
from werkplaats.neighbourhoods.queries import network
from werkplaats.neighbourhoods.records import NetworkRecord, Node
from werkplaats.neighbourhoods.rules import NeedKind
from werkplaats.promises.models import PromiseReceiver
from werkplaats.promises.rules import Kind, State
from werkplaats.workshops.models import Theme, Workshop


@dataclass(frozen=True, slots=True)
class Wish:
    """An open need or offer of a party (id)."""

    key: str
    kind: str
    text: str
    party: int
    theme: str


@dataclass(frozen=True)
class Situation:
    """One workshop as it is today; every party by the id of the entry that stays.

    `promises`: that run, from one party to another, `done` likewise those that were reported done; `introduced`: (who
    offers, who needs, key of the offer); `chains`: as they go today.
    """

    today: date
    net: NetworkRecord
    promises: tuple[Promised, ...]
    done: tuple[Promised, ...]
    wordings: dict[str, str]
    needs: tuple[Asked, ...]
    wishes: tuple[Wish, ...]
    themes: dict[str, str]
    introduced: tuple[tuple[int, int, str], ...]
    chains: tuple[Standing, ...]

    @cached_property
    def handed(self) -> tuple[HandsOver, ...]:
        """What one party hands over to another in these chains."""
        return tuple(
            HandsOver(chain.key, step, number, by, to)
            for chain in self.chains
            for step, numbers in chain.then.items()
            for number in numbers
            if (by := chain.who[step]) is not None and (to := chain.who[number]) is not None
        )

    @cached_property
    def nodes(self) -> dict[int, Node]:
        return {node.id: node for node in self.net.nodes}

    @cached_property
    def graph(self) -> dict[int, frozenset[int]]:
        """Who works with whom, by ties that count."""
        found: dict[int, set[int]] = {node.id: set() for node in self.net.nodes}
        for tie in self.net.ties:
            if not tie.has_faded:
                found[tie.party_a_id].add(tie.party_b_id)
                found[tie.party_b_id].add(tie.party_a_id)
        return {party: frozenset(others) for party, others in found.items()}

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """The themes about which somebody needs something, with who is able to help: said by others, or offering."""
        askers: dict[str, set[int]] = {}
        able: dict[str, set[int]] = {}
        able_of = {need.key: need.able for need in self.needs}
        for wish in self.wishes:
            if not wish.theme:
                continue
            if wish.kind == NeedKind.NEED:
                askers.setdefault(wish.theme, set()).add(wish.party)
                able.setdefault(wish.theme, set()).update(able_of.get(wish.key, frozenset()))
            else:
                able.setdefault(wish.theme, set()).add(wish.party)
        return tuple(
            Subject(theme, frozenset(askers[theme]), frozenset(able[theme])) for theme in sorted(askers) if able[theme]
        )

    @cached_property
    def texts(self) -> dict[str, str]:
        return {wish.key: wish.text for wish in self.wishes}


def situation(workshop: Workshop, *, today: date) -> Situation:
    """The situation of a workshop. 12 queries, however much there is."""
    net = network(workshop=workshop, today=today)
    running, done, wordings = _promises(workshop, net)
    wishes = _wishes(workshop, net)
    return Situation(
        today=today,
        net=net,
        promises=running,
        done=done,
        wordings=wordings,
        needs=_needs(workshop, net, wishes),
        wishes=tuple(wish for wish, _since in wishes),
        themes={theme.key: str(theme.called) for theme in Theme.objects.filter(workshop=workshop)},
        introduced=_introduced(workshop, net),
        chains=standing(workshop, today=today),
    )


def _promises(
    workshop: Workshop, net: NetworkRecord
) -> tuple[tuple[Promised, ...], tuple[Promised, ...], dict[str, str]]:
    zone = ZoneInfo(workshop.timezone)
    rows = PromiseReceiver.objects.filter(
        promise__workshop=workshop, party__isnull=False, promise__state__in=(State.RUNNING, State.DONE)
    ).exclude(promise__kind=Kind.NO.value)
    running: list[Promised] = []
    done: list[Promised] = []
    wordings: dict[str, str] = {}
    for key, maker, receiver, confirmed_at, due, state, wording in rows.order_by("promise__key", "pk").values_list(
        *("promise__key", "promise__maker_id", "party_id", "promise__confirmed_at", "promise__due_on"),
        *("promise__state", "promise__wording"),
    ):
        ends = net.stands_for[maker], net.stands_for[receiver or maker]
        told = Promised(key, *ends, since=confirmed_at.astimezone(zone).date(), due=due)
        (running if state == State.RUNNING else done).append(told)
        wordings[key] = wording
    return tuple(running), tuple(done), wordings


def _wishes(workshop: Workshop, net: NetworkRecord) -> list[tuple[Wish, date | None]]:
    rows = Need.objects.open().of_parties().filter(workshop=workshop).order_by("key")
    return [
        (Wish(key, kind, text, net.stands_for[party], theme or ""), since)
        for key, kind, text, party, theme, since in rows.values_list(
            "key", "kind", "text", "party_id", "theme__key", "since"
        )
    ]


def _needs(workshop: Workshop, net: NetworkRecord, wishes: list[tuple[Wish, date | None]]) -> tuple[Asked, ...]:
    able: dict[str, set[int]] = {}
    for need, party in Able.objects.filter(need__workshop=workshop).values_list("need__key", "party_id"):
        able.setdefault(need, set()).add(net.stands_for[party])
    return tuple(
        Asked(wish.key, wish.party, frozenset(able.get(wish.key, set()) - {wish.party}), since)
        for wish, since in wishes
        if wish.kind == NeedKind.NEED
    )


def _introduced(workshop: Workshop, net: NetworkRecord) -> tuple[tuple[int, int, str], ...]:
    rows = Match.objects.filter(
        workshop=workshop, state=MatchState.INTRODUCED.value, need__party__isnull=False, offer__party__isnull=False
    )
    found = rows.values_list("offer__party_id", "need__party_id", "offer__key")
    return tuple((net.stands_for[offerer], net.stands_for[needer], key) for offerer, needer, key in found)
