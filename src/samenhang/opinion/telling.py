"""Telling: the opinion map in sentences and short lists that a person can read in a terminal."""

from collections.abc import Iterator, Mapping

from samenhang.opinion.opinion_map import GRADIENT, GROUPS, OpinionMap, Ranked

WIDTH, SHOWN = 96, 5


def told_opinion(found: OpinionMap, texts: Mapping[int, str]) -> Iterator[str]:
    """How people stand to each other, what they share, what divides them, and what was weighed down."""
    yield f"{len(found.participants)} participants, {len(found.statements)} statements, {len(found.votes.value)} votes"
    yield from _structure(found)
    for title, ranked in (
        ("Common ground: at least this share of every group agrees", found.common_ground),
        ("Bridges: this much agreement is expected of the group that agrees least", found.bridges),
        ("Divides: how far the groups lie apart", found.divides),
    ):
        if ranked is not found.divides or found.membership.shape[1]:
            yield ""
            yield title
            yield from _list(ranked, texts)
    for apart in found.distinctive:
        yield ""
        yield f"What sets {_named(found, apart.group)} apart"
        for statement, by in zip(apart.statements[:SHOWN].tolist(), apart.difference[:SHOWN].tolist(), strict=True):
            yield f"  {'agrees more' if by > 0 else 'agrees less'} ({abs(by):.0%}): {_text(statement, texts)}"
        if not len(apart.statements):
            yield "  nothing that is more than chance"
    yield ""
    yield "Short list: statements that stand for everybody in proportion"
    for statement in found.short_list.tolist():
        yield f"  {_text(statement, texts)}"
    if len(found.overlooked):
        yield f"  {len(found.overlooked)} participants agree with none of these, though they are many enough for a place"
    for flood in found.floods:
        yield ""
        yield f"Weighed down: {len(flood.participants)} ballots that are all but the same count as {flood.weight:.2f} each"


def _structure(found: OpinionMap) -> Iterator[str]:
    sizes = [int((found.group == one).sum()) for one in range(found.membership.shape[1])]
    unclear = int((found.group < 0).sum())
    if found.structure == GROUPS:
        yield f"There are {len(sizes)} groups, of {', '.join(map(str, sizes))} participants; {unclear} are in none clearly"
    elif found.structure == GRADIENT:
        yield f"People stand on a line, without groups: {sizes[0]} to one side, {sizes[1]} to the other, {unclear} between"
    else:
        yield "No clear groups: where people stand does not help to foresee what they say"


def _named(found: OpinionMap, group: int) -> str:
    return f"group {group + 1}" if found.structure == GROUPS else f"side {group + 1}"


def _list(ranked: Ranked, texts: Mapping[int, str]) -> Iterator[str]:
    for statement, figure in zip(ranked.statements[:SHOWN].tolist(), ranked.figure[:SHOWN].tolist(), strict=True):
        yield f"  {figure:.2f}  {_text(statement, texts)}"


def _text(statement: int, texts: Mapping[int, str]) -> str:
    text = " ".join(texts.get(statement, "").split())
    short = text if len(text) <= WIDTH else f"{text[: WIDTH - 1].rstrip()}…"
    return f"{statement}: {short}" if short else f"statement {statement}"
