"""Opinion under flood: what identical ballots do to the groups of honest people, and whether honest people are taken for one."""

from pathlib import Path

import numpy as np

from benchmarks.conversations import Conversation, conversations, told
from benchmarks.red_dwarf import Peer, peer
from benchmarks.row import Row
from samenhang.opinion import OpinionMap, Votes, opinion_map
from samenhang.opinion.flooding import floods
from samenhang.opinion.kmeans import agreement
from samenhang.shape import Ints

SEEDS = 3
FAR = 10_000_000  # ids of accounts in a flood begin here


def run(data: Path | None) -> list[Row]:
    rows = []
    with peer() as other:
        for tuned in (True, False):
            found = [one for one in conversations(data, tuned=tuned) if one.votes.shape[0] >= 100]
            if found:
                rows += [_under(found, 0.0, other), _under(found, 0.05, None), _honest(found)]
    return [*rows, _ten()]


def _map(votes: Votes) -> OpinionMap:
    return opinion_map(votes, rng=np.random.default_rng(0))


def _under(found: list[Conversation], noise: float, other: Peer | None) -> Row:
    kept: list[list[float]] = []
    theirs: list[list[float]] = []
    for one in found:
        votes = one.enough()
        before = _map(votes)
        first = other.ask(votes, [], None) if other else None
        scores, peers = [], []
        for seed in range(SEEDS):
            for kind in ("random", "copied"):
                more = flooded(votes, kind, noise, seed)
                scores.append(_same(before, _map(more)))
                if other and first and kind == "random":
                    answer = other.ask(more, [], None)
                    both = sorted(set(first.group) & set(answer.group))
                    peers.append(
                        agreement(*(np.array([where.group[who] for who in both]) for where in (first, answer)))
                    )
        kept.append(scores)
        theirs.append(peers)
    figure = " / ".join(f"{np.mean(one):.2f}, worst {min(one):.2f}" for one in kept)
    every = [score for one in kept for score in one]
    reached = all(np.mean(one) >= (0.85 if noise else 0.9) for one in kept) and (bool(noise) or min(every) >= 0.8)
    return Row(
        f"opinion: groups of honest people under 25 % {'nearly ' if noise else ''}identical ballots, ARI",
        figure,
        "mean >= .85" if noise else "mean >= .90, worst >= .80",
        f"red-dwarf {' / '.join(f'{np.mean(one):.2f}' for one in theirs)}" if other else "",
        "",
        reached,
        f"{told(found)}; a ballot drawn at random and one copied from somebody, {SEEDS} times each"
        + ("; one vote in twenty turned" if noise else ""),
    )


def _same(before: OpinionMap, after: OpinionMap) -> float:
    honest = after.participants < FAR
    if not after.membership.shape[1] or not before.membership.shape[1]:
        return float(after.membership.shape[1] == before.membership.shape[1])
    return agreement(before.membership.argmax(axis=1), after.membership.argmax(axis=1)[honest])


def flooded(votes: Votes, kind: str, noise: float, seed: int) -> Votes:
    """With a third as many accounts beside the participants, that all give one ballot."""
    rng = np.random.default_rng(seed)
    statements: Ints = np.arange(votes.shape[1])
    ballot = rng.choice((-1, 1), len(statements))
    if kind == "copied":
        number = np.bincount(votes.row)
        own = votes.row == rng.choice(np.argsort(-number)[: len(number) // 4])
        statements, ballot = votes.column[own], votes.value[own]
    many = votes.shape[0] // 3
    copies = np.tile(ballot, (many, 1))
    turned = rng.random(copies.shape) < noise
    copies[turned] = rng.choice((-1, 0, 1), int(turned.sum()))
    who, _ = np.indices(copies.shape)
    return Votes(
        np.concatenate([votes.participants[votes.row], FAR + who.ravel()]),
        np.concatenate([votes.statements[votes.column], np.tile(votes.statements[statements], many)]),
        np.concatenate([votes.value, copies.ravel()]),
    )


def _honest(found: list[Conversation]) -> Row:
    shares = [float((floods(one.votes)[1] < 1).mean()) for one in found]
    figure = " / ".join(f"{share:.2%}" for share in shares)
    return Row("opinion: honest people weighed down", figure, "<= .3 %", "", "", max(shares) <= 0.003, told(found))


def _ten() -> Row:
    """Camps of 300, 90 and 10; ten statements on which the ten alone disagree."""
    led, tried = 0, 0
    for seed in range(10):
        for seen in (0.8, 0.5):
            rng = np.random.default_rng(seed)
            camp = np.repeat([0, 1, 2], [300, 90, 10])
            pattern = rng.choice((-1, 1), (3, 40))
            pattern[:2, :10], pattern[2, :10], pattern[:, 10:14] = 1, -1, 1
            said = pattern[camp] * np.where(rng.random((400, 40)) < 0.9, 1, -1)
            who, what = np.nonzero(rng.random(said.shape) < seen)
            lead = _map(Votes(who, what, said[who, what])).common_ground.statements[0]
            led += bool(pattern[2, lead] < 0)
            tried += 1
    return Row(
        "opinion: a statement that a group of ten opposes leads the common ground", f"{led} of {tried}", "never", "", "",
        led == 0, "drawn: camps of 300, 90 and 10, 40 statements of which 80 % or half are seen, one vote in ten turned",
    )  # fmt: skip
