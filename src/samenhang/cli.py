"""The command line: ``samenhang knowledge FILES...``, ``samenhang opinion FILE`` and ``samenhang defrag FOLDER_OR_EDGES``.

Progress goes to stderr, what came out to stdout; bad input gives exit status 2 and one clear line for each fault.
"""

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from samenhang import folder, knowledge, network, opinion, telling
from samenhang.defragmenting import Defragmented, Party, defragment
from samenhang.edges import read_edges
from samenhang.files import BadInput, Fault, to_json
from samenhang.neighbourhood import drawn
from samenhang.opinion.telling import told_opinion
from samenhang.opinion.vote_files import statement_texts

BAD_INPUT = 2


@dataclass(frozen=True, eq=False)
class Tried:
    """A bare network tried out. ``demands`` says where the demands come from: they were drawn, nobody recorded them."""

    file: str
    parties: int
    demands: str
    before: network.Fragmentation
    moves: tuple[network.Move, ...]
    after: network.Fragmentation


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status: 0, or 2 for input that cannot be used."""
    given = _parser().parse_args(arguments)
    try:
        lines, result = MEASURES[given.measure](given)
        if given.json:
            to_json(result, given.json)
    except BadInput as refused:
        return _refuse(str(fault) for fault in refused.faults)
    except knowledge.Unreadable as refused:
        return _refuse([str(refused)])
    except OSError as refused:
        return _refuse([f"{refused.filename or ''}: {refused.strerror or refused}"])
    except ValueError as refused:
        return _refuse([str(refused)])
    print("\n".join(lines))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="samenhang", description="Brings what is scattered in a neighbourhood together."
    )
    measures = parser.add_subparsers(dest="measure", required=True, metavar="knowledge|opinion|defrag")
    reading = measures.add_parser("knowledge", help="what documents say together")
    reading.add_argument("files", nargs="+", type=Path, metavar="FILE")
    voting = measures.add_parser("opinion", help="where people stand, what they share and what divides them")
    voting.add_argument(
        "input", type=Path, metavar="FILE", help="a folder with a Polis file set, or participant,statement,value"
    )
    moving = measures.add_parser("defrag", help="what is scattered, and who should meet")
    moving.add_argument("input", type=Path, metavar="FOLDER_OR_EDGES", help="a workshop folder, or x.edges.csv")
    moving.add_argument("--moves", type=_count, default=20, help="how many moves to look for (20)")
    moving.add_argument("--cap", type=_count, default=2, help="the most new ties per party (2)")
    moving.add_argument("--demands", type=_count, default=200, help="edges only: how many demands to draw (200)")
    moving.add_argument("--today", type=dt.date.fromisoformat, help="the day on which ties are judged (today)")
    for measure in (reading, voting, moving):
        measure.add_argument("--json", type=Path, metavar="OUT", help="write everything that came out here as JSON")
        measure.add_argument("--seed", type=_count, default=0, help="the seed of whatever is drawn (0)")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _refuse(lines: Iterable[str]) -> int:
    for line in lines:
        print(f"samenhang: {line}", file=sys.stderr)
    return BAD_INPUT


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _knowledge(given: argparse.Namespace) -> tuple[list[str], knowledge.Overview]:
    found = knowledge.overview(given.files, rng=np.random.default_rng(given.seed), progress=_progress)
    if not found.documents:
        raise BadInput(
            tuple(Fault(r.path.name, 0, "", r.reason_code, r.message) for r in found.refused),
        )
    return list(telling.told_overview(found)), found


def _opinion(given: argparse.Namespace) -> tuple[list[str], opinion.OpinionMap]:
    votes = opinion.Votes.read(given.input)
    _progress(f"{len(votes.value)} votes of {votes.shape[0]} participants on {votes.shape[1]} statements")
    found = opinion.opinion_map(votes, rng=np.random.default_rng(given.seed))
    return list(told_opinion(found, statement_texts(given.input))), found


def _defrag(given: argparse.Namespace) -> tuple[list[str], Defragmented | Tried]:
    if given.input.is_file():
        return _try_network(given)
    if not given.input.exists():
        raise FileNotFoundError(2, "there is no such folder or file", str(given.input))
    read = folder.read(given.input)
    if read.faults:
        raise BadInput(read.faults)
    if not read.tables and not read.documents:
        raise BadInput((Fault(given.input.name, 0, "", "empty_folder", "no table and no document in this folder"),))
    # The clock is read here, at the door, and nowhere behind it.
    today = given.today or dt.datetime.now(tz=dt.UTC).date()
    rng = np.random.default_rng(given.seed)
    found = defragment(read, rng, today=today, moves=given.moves, cap=given.cap, progress=_progress)
    return list(telling.told_neighbourhood(found)), found


def _try_network(given: argparse.Namespace) -> tuple[list[str], Tried]:
    ties = read_edges(given.input)
    asked = drawn(ties.n, given.demands, np.random.default_rng(given.seed))
    _progress(f"looking for {given.moves} moves among {ties.n} parties")
    before = network.fragmentation(ties, asked)
    moves = network.plan(ties, asked, budget=given.moves, cap=given.cap)
    after = network.fragmentation(*network.after(ties, asked, moves))
    named = f"{given.demands} demands drawn at random with seed {given.seed}: not on record"
    parties = [Party(str(number), str(number)) for number in range(ties.n)]
    told = [
        f"{given.input.name}: {ties.n} parties, {len(ties.graph.pairs()[0])} ties; {named}",
        *telling.told_figure(before),
        *telling.told_moves(moves, before, after, parties),
    ]
    return told, Tried(given.input.name, ties.n, named, before, moves, after)


MEASURES: dict[str, Callable[[argparse.Namespace], tuple[list[str], object]]] = {
    "knowledge": _knowledge,
    "opinion": _opinion,
    "defrag": _defrag,
}
