"""What the library tells a conversation: the map of opinions, what to ask next, and which statements say much the same."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np

from samenhang import knowledge, opinion
from werkplaats.conversations.models import Conversation, Participant, Result, Vote
from werkplaats.conversations.queries.similar import KIND, entry_key
from werkplaats.conversations.queries.voting import changed_since
from werkplaats.conversations.records import Similar
from werkplaats.conversations.rules import Kind, State, Structure, may_renew
from werkplaats.kit import spare
from werkplaats.search import queries as index

SPOKEN = ("nl", "en", "tr", "ar", "fr", "es", "de", "pl", "bg", "ro", "uk", "fa", "zh", "pt", "it", "ur")
CLOSE = 0.55
"""Cosine from which two statements may say the same; what is merely about the same subject lies lower."""

_CANDIDATES = 200
_COMMON, _LISTED, _APART, _BINS = 0.5, 6, 3, 12
_QUEUE, _MOST_QUEUES = 5, 2_000
_NOWHERE = -1

_Counts = dict[str, list[int]]


def language_of(text: str) -> str:
    """The language of a statement, as an ISO 639-1 code; empty where there are no letters to tell by."""
    return knowledge.language([text], SPOKEN)[0] if any(map(str.isalpha, text)) else ""


def similar(conversation: Conversation, text: str, *, limit: int = 4) -> tuple[Similar, ...]:
    """Accepted statements of this conversation that may say the same, in any language, nearest first."""
    table = index.meanings(conversation.workshop_id, knowledge.encoder_name())
    words = " ".join(text.split())
    if table is None or not words:
        return ()
    near, score = knowledge.nearest(table.values, knowledge.encode([words])[0], k=_CANDIDATES, among=table.stands)
    likeness = {int(pk): float(cosine) for pk, cosine in zip(table.entry[near], score, strict=True) if cosine >= CLOSE}
    rows = index.in_order(list(likeness), workshop=conversation.workshop, within=False, kinds=(KIND,))
    numbers = {
        entry_key(conversation.key, number): number
        for number in conversation.statements.filter(state=State.ACCEPTED).values_list("number", flat=True)
    }
    found = [Similar(numbers[row.key], row.text, row.language, likeness[row.pk]) for row in rows if row.key in numbers]
    return tuple(sorted(found, key=lambda one: (-one.likeness, one.number))[:limit])


class Found:
    """One look at all votes of a conversation: what they say together, and what to ask next of whom."""

    def __init__(self, conversation: Conversation, *, seed: int = 0) -> None:
        rows = list(
            Vote.objects.filter(participant__conversation=conversation, statement__state=State.ACCEPTED)
            .order_by("at", "pk")
            .values_list("participant_id", "statement__number", "value")
        )
        self.conversation, self.rng = conversation, np.random.default_rng(seed)
        self.last = {(who, what): value for who, what, value in rows}
        whole = np.array([(who, what, value) for (who, what), value in self.last.items()], dtype=np.int64)
        who, what, said = whole.reshape(-1, 3).T
        self.map = spare.compute(opinion.opinion_map, opinion.Votes(who, what, said), rng=self.rng)

    def told(self, *, before: Result | None, at: datetime, small: int) -> dict[str, Any]:
        """The result as it is stored: whole numbers per statement, and statements by their number."""
        om = self.map
        of = {who: group for who, group in self.groups(small).items() if who in self.counting}
        places = sorted(set(of.values()) - {_NOWHERE})
        common = om.common_ground
        return {
            "structure": om.structure,
            "people": len(om.participants),
            "votes": len(self.last),
            "all": self._counts(self.counted),
            "groups": [self._group(place, of, self.nearest(small)) for place in places],
            "between": sum(group == _NOWHERE for group in of.values()),
            "common_ground": _best(common, least=_COMMON),
            "bridges": _best(om.bridges, least=_COMMON) if places else [],
            "divides": _best(om.divides, least=0.0) if places else [],
            "short_list": om.short_list.tolist(),
            "overlooked": len(om.overlooked),
            "floods": sorted([len(one.participants), _kept(one)] for one in om.floods),
            "kinds": self._kinds(before.kinds if before else {}, at=at, small=small),
            "areas": self._areas(),
            "line": self._line(),
        }

    def places(self, *, small: int) -> dict[int, list[float | int | None]]:
        """Of each participant [number of the group in `told`, x, y]; the number is None for who is in none."""
        of = self.groups(small)
        told = {place: number for number, place in enumerate(sorted({of[who] for who in self.counting} - {_NOWHERE}))}
        at = self.map.position[:, :2]
        at = np.pad(at, ((0, 0), (0, 2 - at.shape[1])))
        spots = zip(self.map.participants.tolist(), at.round(2).tolist(), strict=True)
        return {who: [told.get(of[who]), *spot] for who, spot in spots}

    def groups(self, small: int) -> dict[int, int]:
        """The group of each participant, as it may be told: who is in one of a few people is in none.

        Where only a few are in none, whoever knows the total could count them: then each is told with the group that is nearest.
        """
        om, group = self.map, self.map.group.copy()
        group[~np.isin(group, self._large(small))] = _NOWHERE
        if (group == _NOWHERE).sum() < small:
            return self.nearest(small)
        return dict(zip(om.participants.tolist(), group.tolist(), strict=True))

    def nearest(self, small: int) -> dict[int, int]:
        """The likeliest group of each participant: in figures nobody is left over, whose votes could be found by subtraction."""
        om, large = self.map, self._large(small)
        group = np.array(large)[om.membership[:, large].argmax(axis=1)] if large else np.full(len(om.group), _NOWHERE)
        return dict(zip(om.participants.tolist(), group.tolist(), strict=True))

    def _large(self, small: int) -> list[int]:
        return [place for place in range(self.map.membership.shape[1]) if (self.map.group == place).sum() >= small]

    @cached_property
    def counting(self) -> frozenset[int]:
        """The participants of whom every figure is made: of a flood as many as it weighs, and no more."""
        left_out = [int(who) for one in self.map.floods for who in one.participants[_kept(one) :]]
        return frozenset(self.map.participants.tolist()) - frozenset(left_out)

    @cached_property
    def counted(self) -> dict[tuple[int, int], int]:
        """Their votes."""
        return {key: value for key, value in self.last.items() if key[0] in self.counting}

    @cached_property
    def shown(self) -> list[int]:
        """The numbers of the statements that may be asked."""
        return list(self.conversation.statements.filter(state=State.ACCEPTED).values_list("number", flat=True))

    def begin(self) -> list[tuple[int, float]]:
        """What to ask first of somebody who is new."""
        return self._queue(-1, self.shown)

    def queues(self, since: datetime) -> list[tuple[int, list[tuple[int, float]]]]:
        """What to ask next of everybody who voted lately: (participant, queue)."""
        lately = Participant.objects.filter(conversation=self.conversation, voted_at__gte=since).order_by("-voted_at")
        people, among = list(lately.values_list("pk", flat=True)[:_MOST_QUEUES]), self.shown
        return spare.compute(lambda: [(who, self._queue(who, among)) for who in people])

    def _queue(self, who: int, among: list[int]) -> list[tuple[int, float]]:
        chosen = opinion.next_statements(self.map, who, _QUEUE, rng=self.rng, among=among)
        return [(one.statement, one.propensity) for one in chosen]

    def _group(self, place: int, of: Mapping[int, int], near: Mapping[int, int]) -> dict[str, Any]:
        om = self.map
        mine = {who for who, group in of.items() if group == place}
        at = om.position[np.isin(om.participants, list(mine))][:, :2]
        middle = at.mean(axis=0) if len(at) else np.zeros(2)
        apart: dict[bool, list[tuple[int, bool]]] = {True: [], False: []}
        for one in om.distinctive:
            if one.group == place:
                for number, difference in zip(one.statements.tolist(), one.difference.tolist(), strict=True):
                    apart[difference > 0].append((number, difference > 0))
        return {
            "size": len(mine),
            "at": [round(float(one), 3) for one in np.pad(middle, (0, 2 - len(middle)))],
            "spread": round(float(np.sqrt(((at - middle) ** 2).sum(axis=1).mean())), 3) if len(at) else 0.0,
            "apart": [*apart[True][:_APART], *apart[False][:_APART]],
            "counts": self._counts({key: value for key, value in self.counted.items() if near[key[0]] == place}),
        }

    def _areas(self) -> dict[str, int]:
        """How many of those who said where they live, live where."""
        people = Participant.objects.filter(conversation=self.conversation, pk__in=self.counting)
        return dict(Counter(people.exclude(area=None).values_list("area__code", flat=True)))

    def _line(self) -> list[int]:
        """How many people stand at each stretch of the most telling line; empty without structure."""
        if not self.map.position.shape[1] or self.map.structure == Structure.NONE:
            return []
        counts, _edges = np.histogram(self.map.position[:, 0], bins=_BINS)
        return [int(count) for count in counts]

    def _kinds(self, before: Mapping[str, Any], *, at: datetime, small: int) -> dict[str, Any]:
        """Figures per kind of party. A kind of which too few changed keeps the figures that it had, with their date."""
        people = Participant.objects.filter(conversation=self.conversation, pk__in=self.counting)
        kind_of = dict(people.values_list("pk", "kind"))
        members: dict[str, set[int]] = defaultdict(set)
        for who, kind in kind_of.items():
            members[kind].add(who)
        found: dict[str, Any] = {}
        for kind in Kind:
            mine, held = members[kind.value], before.get(kind.value)
            if held is not None:
                since = datetime.fromisoformat(held["as_of"])
                changed = len(mine.intersection(people.filter(changed_since(since)).values_list("pk", flat=True)))
                if not may_renew(max(changed, abs(len(mine) - held["people"])), small=small, is_first=False):
                    found[kind.value] = held
                    continue
            if mine:
                counts = self._counts({key: value for key, value in self.counted.items() if key[0] in mine})
                found[kind.value] = {"people": len(mine), "counts": counts, "as_of": at.isoformat()}
        return found

    def _counts(self, votes: Mapping[tuple[int, int], int]) -> _Counts:
        """Of each statement how many agree, disagree and pass."""
        counts: _Counts = {}
        for (_who, number), value in votes.items():
            counts.setdefault(str(number), [0, 0, 0])[{1: 0, -1: 1, 0: 2}[value]] += 1
        return counts


def _kept(flood: opinion.Flood) -> int:
    """How many ballots of a flood count."""
    return round(flood.weight * len(flood.participants))


def _best(ranked: opinion.Ranked, *, least: float) -> list[int]:
    """The first few of a ranking that reach a figure."""
    told = zip(ranked.statements.tolist(), ranked.figure.tolist(), strict=True)
    return [number for number, figure in told if figure > least][:_LISTED]
