"""Who waits for whom, what falls if a party stops, and what two parties are for each other."""

from collections import Counter
from collections.abc import Iterable

from werkplaats.chains.records import Standing
from werkplaats.chains.rules import not_reached
from werkplaats.dependence.queries.situation import Situation
from werkplaats.dependence.records.waiting import (
    Between,
    FallPage,
    Given,
    Handed,
    Lost,
    Overview,
    PartyPage,
    Stop,
    Thing,
    TwoPage,
    WaitLine,
)
from werkplaats.dependence.rules.falling import falls
from werkplaats.dependence.rules.waiting import Promised, Wait, on_each_other, waits
from werkplaats.neighbourhoods.records import TIE_WORDS, Named
from werkplaats.neighbourhoods.rules import NeedKind

MOST_FALLS = 10
"""Parties of which the overview says what falls: those on whom most rests. Each party's own page has all."""


def overview(now: Situation) -> Overview:
    """The whole neighbourhood."""
    found = waits(now.promises, now.needs, now.handed, today=now.today)
    line_of = {(one.waiter, one.on): _line(now, one) for one in found}
    rests: Counter[int] = Counter()
    for one in found:
        rests[one.on] += one.promises + one.needs + one.steps
    for wish in now.wishes:
        rests[wish.party] += wish.kind == NeedKind.OFFER
    most = sorted(rests, key=lambda party: (-rests[party], party))[:MOST_FALLS]
    told = [(_named(now, party), fall(now, party).sentences) for party in most]
    return Overview(
        lines=tuple(line_of.values()),
        mutual=tuple((line_of[a.waiter, a.on], line_of[b.waiter, b.on]) for a, b in on_each_other(found)),
        falls=tuple(one for one in told if one[1]),
    )


def party_page(now: Situation, party: int) -> PartyPage:
    """What one party (the id of the entry that stays) sees of itself."""
    found = waits(now.promises, now.needs, now.handed, today=now.today)
    for_us = {one.waiter: _line(now, one) for one in found if one.on == party}
    we_wait = {one.on: _line(now, one) for one in found if one.waiter == party}
    between = [
        Between(_named(now, other), for_us.get(other), we_wait.get(other))
        for other in dict.fromkeys((*for_us, *we_wait))
    ]
    between.sort(key=lambda one: (-one.for_us - one.from_us, one.other.name.casefold()))
    return PartyPage(
        party=_named(now, party),
        waits_for_us=tuple(for_us.values()),
        we_wait=tuple(we_wait.values()),
        between=tuple(between),
        falls=fall(now, party),
    )


def fall(now: Situation, party: int) -> FallPage:
    """What falls if this party stops."""
    found = falls(party, now.graph, now.subjects)
    lost = [Lost(now.themes.get(subject, subject), _names(now, parties)) for subject, parties in found.unreached]
    if found.loose:
        lost.append(Lost("", _names(now, found.loose)))
    return FallPage(
        lost=tuple(lost),
        offers=tuple(
            Thing(wish.text, wish.key, is_promise=False, with_whom=None)
            for wish in now.wishes
            if wish.party == party and wish.kind == NeedKind.OFFER
        ),
        promises=_promised(now, (one for one in now.promises if one.maker == party != one.receiver)),
        only=tuple(
            Thing(now.texts[need.key], need.key, is_promise=False, with_whom=_named(now, need.party))
            for need in now.needs
            if need.able == {party} and need.party != party
        ),
        stops=tuple(_stop(chain, party) for chain in now.chains if party in chain.who.values()),
    )


def two(now: Situation, a: int, b: int) -> TwoPage:
    """What two parties are for each other: what the first gives, and what it gets."""
    kinds = [tie.kind for tie in now.net.ties if {tie.party_a_id, tie.party_b_id} == {a, b} and not tie.has_faded]
    return TwoPage(
        gives=_given(now, a, b), gets=_given(now, b, a), ties=tuple(TIE_WORDS[kind] for kind in sorted(set(kinds)))
    )


def _given(now: Situation, giver: int, taker: int) -> Given:
    return Given(
        giver=_named(now, giver),
        taker=_named(now, taker),
        running=_promised(now, (one for one in now.promises if (one.maker, one.receiver) == (giver, taker))),
        done=_promised(now, (one for one in now.done if (one.maker, one.receiver) == (giver, taker))),
        able=tuple(
            Thing(now.texts[need.key], need.key, is_promise=False, with_whom=None)
            for need in now.needs
            if need.party == taker and giver in need.able
        ),
        introduced=tuple(
            Thing(now.texts.get(key, ""), key, is_promise=False, with_whom=None)
            for offerer, needer, key in now.introduced
            if (offerer, needer) == (giver, taker)
        ),
        steps=tuple(
            Handed(chain.key, chain.name, step, chain.names[step], number, chain.names[number])
            for chain in now.chains
            for step, numbers in chain.then.items()
            for number in numbers
            if (chain.who[step], chain.who[number]) == (giver, taker)
        ),
    )


def _stop(chain: Standing, party: int) -> Stop:
    own = {step for step, who in chain.who.items() if who == party}
    return Stop(
        chain_key=chain.key,
        chain_name=chain.name,
        steps=tuple((number, chain.names[number]) for number in sorted(own)),
        missed=len(not_reached(chain.then, own)),
    )


def _promised(now: Situation, promises: Iterable[Promised]) -> tuple[Thing, ...]:
    """Each promise once, whoever it is for."""
    found = {one.key: one for one in promises}
    return tuple(
        Thing(now.wordings[key], key, is_promise=True, with_whom=_named(now, one.receiver))
        for key, one in found.items()
    )


def _line(now: Situation, one: Wait) -> WaitLine:
    return WaitLine(
        waiter=_named(now, one.waiter),
        on=_named(now, one.on),
        promises=one.promises,
        overdue=one.overdue,
        needs=one.needs,
        since=one.since,
        steps=one.steps,
        today=now.today,
    )


def _named(now: Situation, party: int) -> Named:
    node = now.nodes[party]
    return Named(node.key, node.name)


def _names(now: Situation, parties: Iterable[int]) -> tuple[Named, ...]:
    return tuple(sorted((_named(now, party) for party in parties), key=lambda one: one.name.casefold()))
