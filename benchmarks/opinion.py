"""Opinion: how well votes that were hidden are foreseen, and what comes back when a fifth of the votes is left out."""

from pathlib import Path

import numpy as np
from scipy.stats import rankdata

from benchmarks.conversations import Conversation, conversations, told
from benchmarks.red_dwarf import Peer, peer
from benchmarks.row import Row
from samenhang.opinion import OpinionMap, Votes, opinion_map
from samenhang.opinion.groups import camps
from samenhang.opinion.kmeans import agreement
from samenhang.shape import Floats, Ints

MASKS, RUNS, SHUFFLES = 3, 5, 10
TARGETS = {
    "loss": (0.358, 0.347, 0.311),
    "auc": (0.918, 0.900, 0.902),
    "ari": (0.75, 0.84, 0.80),
}


def run(data: Path | None) -> list[Row]:
    rows = []
    with peer() as other:
        for tuned in (True, False):
            found = conversations(data, tuned=tuned)
            if found:
                rows += [
                    *_foreseen(found, tuned=tuned and data is not None),
                    *_again(found, other, tuned=tuned and data is not None),
                ]
        rows += _shuffled(conversations(data, tuned=True))
    return rows


def _map(votes: Votes) -> OpinionMap:
    return opinion_map(votes, rng=np.random.default_rng(0))


def spread(values: list[list[float]]) -> str:
    """Mean and range over masks of each conversation."""
    return " / ".join(f"{np.mean(one):.3f} ({min(one):.3f}-{max(one):.3f})" for one in values)


def _foreseen(found: list[Conversation], *, tuned: bool) -> list[Row]:
    losses, aucs, plain, off, least = [], [], [], [], []
    for one in found:
        votes = one.enough()
        told_of: list[tuple[Floats, Floats]] = []
        loss, auc, base = [], [], []
        for seed in range(MASKS):
            hidden = np.random.default_rng(seed).random(len(votes.value)) < 0.2
            asked = hidden & (votes.value != 0)
            chance = _map(votes.among(~hidden)).probability(
                votes.participants[votes.row[asked]], votes.statements[votes.column[asked]]
            )
            agreed = votes.value[asked] > 0
            loss.append(_loss(chance, agreed))
            auc.append(_auc(chance, agreed))
            base.append(_loss(_rates(votes, ~hidden)[votes.column[asked]], agreed))
            told_of.append((chance, agreed.astype(np.float64)))
        losses.append(loss)
        aucs.append(auc)
        plain.append(base)
        chance, said = (np.concatenate(part) for part in zip(*told_of, strict=True))
        off.append(_calibration(chance, said))
        least.append(_by_chance_alone(chance))
    data = f"{told(found)}; masks 0, 1, 2 of a fifth of the votes, participants with 10 votes or more"
    return [
        Row("opinion: log-loss on hidden votes, mean (range over masks)", spread(losses),
            _target("<=", "loss", tuned), f"support of the statement alone {_means(plain)}", "",
            _below(losses, "loss") if tuned else None, data),
        Row("opinion: AUC on hidden votes", spread(aucs), _target(">=", "auc", tuned), "", "",
            _above(aucs, "auc") if tuned else None, data),
        Row("opinion: calibration error, 10 bins, masks pooled", " / ".join(f"{one:.3f}" for one in off), "<= .025",
            f"chances that are exactly right {' / '.join(f'{one:.3f}' for one in least)}", "",
            max(off) <= 0.025, data),
    ]  # fmt: skip


def _again(found: list[Conversation], other: Peer | None, *, tuned: bool) -> list[Row]:
    all_of, sure, cover, ground, bridge, theirs, their_best = [], [], [], [], [], [], []
    for one in found:
        votes = one.enough()
        whole = _map(votes)
        k = max(whole.membership.shape[1], 2)
        first = other.ask(votes, [], None) if other else None
        parts: list[list[float]] = [[], [], [], [], [], [], []]
        for seed in range(RUNS):
            part = votes.among(np.random.default_rng(100 + seed).random(len(votes.value)) < 0.8)
            again = _map(part)
            for place, figure in enumerate(_kept(whole, again, k)):
                parts[place].append(figure)
            parts[3].append(_jaccard(whole.common_ground.statements, again.common_ground.statements))
            parts[4].append(_jaccard(whole.bridges.statements, again.bridges.statements))
            if other and first:
                answer = other.ask(part, [], len(set(first.group.values())))
                both = sorted(set(first.group) & set(answer.group))
                labels = [np.array([where.group[who] for who in both]) for where in (first, answer)]
                parts[5].append(agreement(labels[0], labels[1]))
                parts[6].append(_jaccard(np.array(first.best), np.array(answer.best)))
        for table, part_of in zip((all_of, sure, cover, ground, bridge, theirs, their_best), parts, strict=True):
            table.append(part_of)
    data = f"{told(found)}; {RUNS} runs on four fifths of the votes"
    peers = f"red-dwarf {_means(theirs)}" if other else "red-dwarf not run"
    bests = f"red-dwarf {_means(their_best)}" if other else "red-dwarf not run"
    sure_at = " / ".join(f"{np.mean(a):.2f} at {np.mean(b):.2f}" for a, b in zip(sure, cover, strict=True))
    return [
        Row("opinion: groups at 80 % of the votes, ARI, everyone labelled, same k", spread(all_of), _target(">=", "ari", tuned),
            peers, "", _above(all_of, "ari") if tuned else None, data),
        Row("opinion: the same for membership >= .6 in both, at coverage", sure_at, ">= .92 at >= .80", "", "",
            all(np.mean(a) >= 0.92 and np.mean(b) >= 0.8 for a, b in zip(sure, cover, strict=True)), data),
        Row("opinion: top 10 common ground at 80 % of the votes, Jaccard", spread(ground), ">= .70", bests, "",
            all(np.mean(one) >= 0.7 for one in ground), data),
        Row("opinion: top 10 bridges at 80 % of the votes, Jaccard", spread(bridge), ">= .70", bests, "",
            all(np.mean(one) >= 0.7 for one in bridge), data),
    ]  # fmt: skip


def _kept(whole: OpinionMap, again: OpinionMap, k: int) -> tuple[float, float, float]:
    """The same number of groups in both; no structure in one of them scores nought."""
    if "none" in {whole.structure, again.structure}:
        return 0.0, 0.0, 0.0
    (one, chance), (two, other) = (_labelled(found, k) for found in (whole, again))
    both = (one >= 0) & (two >= 0)
    return agreement(chance.argmax(axis=1), other.argmax(axis=1)), agreement(one[both], two[both]), float(both.mean())


def _labelled(found: OpinionMap, k: int) -> tuple[Ints, Floats]:
    if found.membership.shape[1] == k:
        return found.group, found.membership
    plane = found.frame.place(found.people)
    return camps(plane, found.weight, k, []).belong(plane)


def _shuffled(found: list[Conversation]) -> list[Row]:
    claimed, tried = 0, 0
    for one in found:
        for seed in range(SHUFFLES):
            rng = np.random.default_rng(seed)
            votes, value = one.votes, one.votes.value.copy()
            for column in range(votes.shape[1]):
                mine = np.flatnonzero(votes.column == column)
                value[mine] = rng.permutation(value[mine])
            claimed += _map(votes.saying(value)).structure != "none"
            tried += 1
    return [
        Row("opinion: structure claimed on shuffled votes", f"{claimed} of {tried}", "<= 1 %",
            "red-dwarf always (two groups at least, by construction)", "", claimed <= 0.01 * tried, told(found)),
    ]  # fmt: skip


def _rates(votes: Votes, kept: "np.ndarray") -> Floats:
    seen = votes.among(kept)
    agreed = np.bincount(seen.column, seen.value > 0, minlength=votes.shape[1])
    said = np.bincount(seen.column, seen.value != 0, minlength=votes.shape[1])
    return np.asarray((agreed + 1) / (said + 2))


def _loss(chance: Floats, agreed: "np.ndarray") -> float:
    return float(-np.log(np.where(agreed, chance, 1 - chance)).mean())


def _auc(chance: Floats, agreed: "np.ndarray") -> float:
    rank, yes, no = rankdata(chance), int(agreed.sum()), int((~agreed).sum())
    return float((rank[agreed].sum() - yes * (yes + 1) / 2) / max(yes * no, 1))


def _calibration(chance: Floats, agreed: Floats) -> float:
    place = np.minimum((chance * 10).astype(int), 9)
    return sum(abs(float((chance - agreed)[place == one].sum())) for one in range(10)) / len(chance)


def _by_chance_alone(chance: Floats) -> float:
    """The mean calibration error of chances that are exactly right: what so few votes leave to luck."""
    rng = np.random.default_rng(0)
    return float(np.mean([_calibration(chance, (rng.random(len(chance)) < chance).astype(float)) for _ in range(100)]))


def _jaccard(one: Ints, other: Ints) -> float:
    a, b = set(one[:10].tolist()), set(other[:10].tolist())
    return len(a & b) / max(len(a | b), 1)


def _means(values: list[list[float]]) -> str:
    return " / ".join(f"{np.mean(one):.3f}" for one in values)


def _target(sign: str, name: str, tuned: bool) -> str:
    return f"{sign} {' / '.join(map(str, TARGETS[name]))}" if tuned else "none set"


def _below(values: list[list[float]], name: str) -> bool:
    return all(np.mean(one) <= limit for one, limit in zip(values, TARGETS[name], strict=False))


def _above(values: list[list[float]], name: str) -> bool:
    return all(np.mean(one) >= limit for one, limit in zip(values, TARGETS[name], strict=False))
