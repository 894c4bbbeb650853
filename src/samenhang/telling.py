"""Telling: what came out, in sentences and short lists that a person can read in a terminal."""

from collections.abc import Iterator, Mapping, Sequence

from samenhang import knowledge, network
from samenhang.defragmenting import Defragmented, Party, Subject
from samenhang.neighbourhood import Reason

WIDTH = 96


def told_overview(found: knowledge.Overview) -> Iterator[str]:
    """What a heap of documents says together: what was refused, what was said before, what belongs together."""
    places = len(found.documents)
    yield f"{places} documents, {len(found.fragments)} fragments; meaning compared by {found.encoder}"
    for refused in found.refused:
        yield f"  refused: {refused.path.name}: {refused.message}"
    groups = _said_before(found)
    yield ""
    yield f"Said before: {len(groups)} passages that stand in more than one place"
    for group in groups[:10]:
        where = "; ".join(dict.fromkeys(_place(found, row) for row in group))
        yield f"  {_short(found.fragments[group[0]].text)}"
        yield f"    {where}"
    yield ""
    yield f"Belongs together: {len(found.labels)} clusters"
    for label in found.labels:
        yield f"  {', '.join(label.words)} ({label.size} fragments)"
        for row in label.proof:
            yield f"    {_place(found, row)}: {_short(found.fragments[row].text)}"


def _said_before(found: knowledge.Overview) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for row, group in enumerate(found.said_before):
        groups.setdefault(group, []).append(row)
    found_again = [rows for rows in groups.values() if len({_place(found, row) for row in rows}) > 1]
    return sorted(found_again, key=lambda rows: -len({found.holder[row] for row in rows}))


def _place(found: knowledge.Overview, row: int) -> str:
    return f"{found.paths[found.holder[row]].name} p. {found.fragments[row].page}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else line[: WIDTH - 3].rsplit(" ", 1)[0] + "..."


def told_neighbourhood(found: Defragmented) -> Iterator[str]:
    """A whole folder: its documents, issues, possible doubles, the figure with its parts, and the moves."""
    by_key = {party.key: party.name for party in found.parties}
    if found.overview is not None:
        yield from told_overview(found.overview)
        yield ""
    for double in found.doubles:
        yield f"Perhaps one party: {by_key[double.party_a]} / {by_key[double.party_b]} ({double.band}, {double.score:.2f})"
    if found.doubles:
        yield ""
    yield from told_figure(found.before)
    yield from told_moves(found.moves, found.before, found.after, found.parties, found.reasons, found.subjects)


def told_figure(found: network.Fragmentation) -> Iterator[str]:
    """F and its parts, each with its interval and with how many demands it rests on."""
    if found.value is None:
        yield "Fragmentation: no demands on record, so no figure"
        return
    reached = int((found.distance >= 0).sum())
    count = len(found.distance)
    yield f"Fragmentation: {found.value:.1f} (0 = all direct, 100 = nobody gets there)"
    if found.low is None or found.high is None or found.recall is None:
        yield "  recall unknown: no tie is named by both its ends, so the real figure may be anything below this"
    else:
        share = f"parties name {found.recall:.0%} of their ties"
        yield f"  between {found.low:.1f} and {found.high:.1f} if everybody had named everybody they work with ({share})"
    yield f"  {count} demands; {reached} reach each other within four steps, {count - reached} do not"
    for part in found.parts:
        yield f"  {part.name}: {_part(part)}"


def _part(part: network.Part) -> str:
    if part.value is None:
        return "none on record"
    span = "" if part.low is None else f", {part.low:.1f} to {part.high:.1f}"
    return f"{part.value:.1f}{span} ({part.demands} demands)"


def told_moves(
    moves: Sequence[network.Move],
    before: network.Fragmentation,
    after: network.Fragmentation,
    parties: Sequence[Party],
    reasons: Sequence[Reason] = (),
    subjects: Sequence[Subject] = (),
) -> Iterator[str]:
    """The moves with their reasons in words, and F before and after; without ``reasons`` demands go by number."""
    if not moves:
        yield "No move would lower it."
        return
    named = {party.key: party.name for party in parties} | {subject.key: subject.name for subject in subjects}
    yield ""
    for number, move in enumerate(moves, 1):
        yield f"{number}. {_proposal(move, parties)} (-{move.gain:.2f})"
        yield from (f"     {line}" for line in _why(move, reasons, named))
    yield ""
    yield f"Fragmentation before {before.value:.1f}, after these {len(moves)} moves {after.value:.1f}"


def _proposal(move: network.Move, parties: Sequence[Party]) -> str:
    names = [party.name for party in parties]
    if move.kind == "joining":
        return f"Ask {names[move.a]} to take part in {move.unit}"
    if move.kind == "bridge" and move.through is not None:
        return f"Ask {names[move.through]} to carry things between {names[move.a]} and {names[move.b]}"
    return f"Introduce {names[move.a]} and {names[move.b]}"


def _why(move: network.Move, reasons: Sequence[Reason], names: Mapping[str, str]) -> Iterator[str]:
    for q, before, after in move.shortened[:5]:
        change = f"{_steps(before)} becomes {_steps(after)}"
        if not reasons:
            yield f"demand {q}: {change}"
            continue
        reason = reasons[q]
        about = names.get(reason.subject, reason.subject)
        yield f"{_pair(reason, names)} ({reason.part}, {about}): {change}"
    rest = len(move.shortened) - 5
    if rest > 0:
        yield f"and {rest} more"
    if move.eased:
        yield f"{len(move.eased)} connections between initiatives depend less on one party"


def _pair(reason: Reason, names: Mapping[str, str]) -> str:
    targets = [names[party] for party in reason.targets]
    return f"{names[reason.source]} to {targets[0] if len(targets) == 1 else f'one of {len(targets)}'}"


def _steps(distance: int) -> str:
    if distance < 0:
        return "out of reach"
    return "direct" if distance <= 1 else f"{distance} steps"
