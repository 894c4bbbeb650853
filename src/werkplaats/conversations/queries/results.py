"""The last result, with every figure left out that is about too few people."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from werkplaats.conversations.models import Conversation, Result, Statement
from werkplaats.conversations.records import Figure, GroupResult, KindColumn, Results, StatementResult
from werkplaats.conversations.rules import Kind, State, Structure, hidden, merged

_LETTERS = "ABCDEFGH"
_Told = Mapping[str, Any]


def results(conversation: Conversation, *, small: int) -> Results | None:
    """What the votes said together. None: nothing was computed yet, or too few took part to show anything. 2 queries."""
    row = Result.objects.filter(conversation=conversation).defer("places").first()
    if row is None or row.told["people"] < small:
        return None
    told: _Told = row.told
    sizes = {str(place): int(one["size"]) for place, one in enumerate(told["groups"])} | {"": int(told["between"])}
    no_group = hidden(sizes, small=small)
    kinds = {name: int(one["people"]) for name, one in told["kinds"].items()}
    no_kind = hidden(kinds, small=small)
    named = [kind for kind in Kind if kind in kinds]
    accepted = Statement.objects.filter(conversation=conversation, state=State.ACCEPTED).order_by("number")
    groups = _columns([one["counts"] for one in told["groups"]], _rest(told), small=small, without=no_group)
    beside = _beside(named, told["kinds"], small=small, without=no_kind)
    by_number = {
        one.number: StatementResult(
            number=one.number,
            text=one.text,
            language=one.language,
            all=_enough(told["all"].get(str(one.number)), small=small),
            groups=groups(one.number),
            kinds=beside(one.number),
        )
        for one in accepted
    }
    return Results(
        computed_at=row.computed_at,
        structure=Structure(told["structure"]),
        people=told["people"],
        votes=told["votes"],
        statements=tuple(by_number.values()),
        groups=_groups(told["groups"], by_number, without=no_group),
        between=None if "" in no_group else int(told["between"]),
        common_ground=_named(told["common_ground"], by_number),
        bridges=_named(told["bridges"], by_number),
        divides=_named(told["divides"], by_number),
        short_list=_named(told["short_list"], by_number),
        overlooked=told["overlooked"] if told["overlooked"] >= small else 0,
        floods=tuple(size for size in told["floods"] if size >= small),
        kinds=tuple(_column(kind, told["kinds"][kind], without=no_kind) for kind in named),
        missing=tuple(kind for kind in Kind if kind is not Kind.UNSAID and kinds.get(kind, 0) < small),
        line=merged(told["line"], small=small),
    )


def _groups(
    told: Sequence[_Told], by_number: Mapping[int, StatementResult], *, without: frozenset[str]
) -> tuple[GroupResult, ...]:
    return tuple(
        GroupResult(
            letter=_LETTERS[place],
            size=None if str(place) in without else int(one["size"]),
            apart=()
            if str(place) in without
            else tuple((by_number[number], bool(more)) for number, more in one["apart"] if number in by_number),
            at=(float(one["at"][0]), float(one["at"][1])),
            spread=float(one["spread"]),
        )
        for place, one in enumerate(told)
    )


def _column(kind: Kind, told: _Told, *, without: frozenset[str]) -> KindColumn:
    people = None if kind.value in without else int(told["people"])
    return KindColumn(kind, people, datetime.fromisoformat(told["as_of"]))


def _rest(told: _Told) -> dict[str, list[int]]:
    """Of each statement the votes of people who are in no group."""
    left: dict[str, list[int]] = {}
    for number, counts in told["all"].items():
        within = [one["counts"].get(number, (0, 0, 0)) for one in told["groups"]]
        left[number] = [max(0, all_ - sum(part)) for all_, *part in zip(counts, *within, strict=True)]
    return left


def _columns(
    parts: Sequence[Mapping[str, list[int]]], rest: Mapping[str, list[int]], *, small: int, without: frozenset[str]
) -> Callable[[int], tuple[Figure | None, ...]]:
    """Per statement a figure for each of these parts of the people, where it is about enough of them."""

    def of(number: int) -> tuple[Figure | None, ...]:
        told = {str(place): part.get(str(number), [0, 0, 0]) for place, part in enumerate(parts)}
        voted = {name: sum(counts) for name, counts in told.items()} | {"": sum(rest.get(str(number), ()))}
        out = hidden(voted, small=small) | without
        return tuple(None if name in out or not voted[name] else Figure(*counts) for name, counts in told.items())

    return of


def _beside(
    named: Iterable[Kind], told: Mapping[str, _Told], *, small: int, without: frozenset[str]
) -> Callable[[int], tuple[Figure | None, ...]]:
    """The same for kinds of party: everybody is of one kind, the unsaid kind included, so nobody is left over."""
    kinds = list(named)
    return _columns(
        [told[kind]["counts"] for kind in kinds],
        {},
        small=small,
        without=frozenset(str(place) for place, kind in enumerate(kinds) if kind.value in without),
    )


def _enough(counts: list[int] | None, *, small: int) -> Figure | None:
    return Figure(*counts) if counts and sum(counts) >= small else None


def _named(numbers: Iterable[int], by_number: Mapping[int, StatementResult]) -> tuple[StatementResult, ...]:
    return tuple(by_number[number] for number in numbers if number in by_number)
