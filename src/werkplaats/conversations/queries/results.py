"""The last result, with every figure left out that is about too few people."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from werkplaats.conversations.models import Conversation, Result, Statement
from werkplaats.conversations.queries.missing import missing_areas, missing_kinds
from werkplaats.conversations.records import Figure, FloodLine, GroupResult, KindColumn, Results, StatementResult
from werkplaats.conversations.rules import Kind, State, Structure, hidden, merged

_LETTERS = "ABCDEFGH"
_Told = Mapping[str, Any]


def results(conversation: Conversation, *, small: int) -> Results | None:
    """What the votes said together. None: nothing was computed yet, or too few took part to show anything. 5 queries."""
    row = Result.objects.filter(conversation=conversation).defer("places").first()
    if row is None or row.told["people"] < small:
        return None
    told: _Told = row.told
    sizes = {str(place): int(one["size"]) for place, one in enumerate(told["groups"])} | {"": int(told["between"])}
    no_group = hidden(sizes, small=small)
    kinds = {name: int(one["people"]) for name, one in told["kinds"].items()}
    no_kind = hidden(kinds, small=small)
    named = sorted((kind for kind in Kind if kind in kinds), key=lambda kind: kind is Kind.UNSAID)
    accepted = Statement.objects.filter(conversation=conversation, state=State.ACCEPTED).order_by("number")
    groups = _columns([one["counts"] for one in told["groups"]], small=small, without=no_group)
    places = frozenset(str(place) for place, kind in enumerate(named) if kind.value in no_kind)
    beside = _columns([told["kinds"][kind]["counts"] for kind in named], small=small, without=places)
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
        floods=tuple(FloodLine(*one) for one in told["floods"] if one[0] >= small),
        kinds=tuple(_column(kind, told["kinds"][kind], without=no_kind) for kind in named),
        missing_kinds=missing_kinds(conversation, kinds, small=small),
        missing_areas=missing_areas(conversation, told["areas"], small=small),
        told_area=_countable(sum(told["areas"].values()), of=told["people"], small=small),
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


def _columns(
    parts: Sequence[Mapping[str, list[int]]], *, small: int, without: frozenset[str]
) -> Callable[[int], tuple[Figure | None, ...]]:
    """Per statement a figure for each of these parts of the people, where it is about enough of them.

    Everybody is in one part, so that nobody is left over whose votes could be found by subtraction.
    """

    def of(number: int) -> tuple[Figure | None, ...]:
        told = {str(place): part.get(str(number), [0, 0, 0]) for place, part in enumerate(parts)}
        voted = {name: sum(counts) for name, counts in told.items()}
        out = hidden(voted, small=small) | without
        return tuple(None if name in out or not voted[name] else Figure(*counts) for name, counts in told.items())

    return of


def _enough(counts: list[int] | None, *, small: int) -> Figure | None:
    return Figure(*counts) if counts and sum(counts) >= small else None


def _countable(people: int, *, of: int, small: int) -> int | None:
    """How many; None where these, or those who are left, are too few to tell."""
    return people if people >= small and (people == of or of - people >= small) else None


def _named(numbers: Iterable[int], by_number: Mapping[int, StatementResult]) -> tuple[StatementResult, ...]:
    return tuple(by_number[number] for number in numbers if number in by_number)
