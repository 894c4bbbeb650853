"""What is expected of votes that were not given: of one participant, and of a group."""

import numpy as np

from samenhang.opinion.fitting import People, Statements, logit_table, logits
from samenhang.opinion.holding_out import HeldOut, softened
from samenhang.shape import Floats, Ints

SLICE = 512  # participants at a time: a table of everybody and every statement is never made
MOST_EXPECTED = 4000  # members of a group from whom its mean is reckoned


def likely(model: Statements, people: People, held_out: HeldOut, row: Ints, column: Ints) -> Floats:
    """(n,) the chance of each pair that the participant agrees, given that it is no pass."""
    return _corrected(held_out, softened(*logits(model, people, row, column)))


def chances(model: Statements, people: People, held_out: HeldOut, who: Ints) -> Floats:
    """(n, S) the same for a few participants and every statement."""
    found = np.empty((len(who), len(model.support)))
    for at in range(0, len(who), SLICE):
        mean, of_people, of_statements = logit_table(model, people, who[at : at + SLICE])
        found[at : at + SLICE] = _corrected(held_out, softened(mean, of_people + of_statements))
    return found


def _corrected(held_out: HeldOut, logit: Floats) -> Floats:
    return np.asarray(0.5 * (1 + np.tanh((held_out.shift + held_out.slope * logit) / 2)))


def expected(
    model: Statements, people: People, held_out: HeldOut, group: Ints, weight: Floats, k: int
) -> tuple[Floats, Floats]:
    """(k, S) the expected share that agrees in each group, and how unsure it is by the delta method.

    sd^2 = sum_i share_i^2 slope_ij^2 var_ij + g_j' doubt_j g_j, with g_j = sum_i share_i slope_ij (1, u_i): the first is what is
    not sure of where members stand, the second what is not sure of the statement, which no number of members takes away.
    """
    s, size = len(model.support), model.doubt.shape[1]
    mean, sd = np.full((k, s), 0.5), np.full((k, s), 0.5)
    for one in range(k):
        members = np.flatnonzero((group == one) & (weight > 0))
        members = members[:: max(1, -(-len(members) // MOST_EXPECTED))]
        if not len(members):
            continue
        share = weight[members] / weight[members].sum()
        total, own, pull = np.zeros(s), np.zeros(s), np.zeros((s, size))
        for at in range(0, len(members), SLICE):
            who, part = members[at : at + SLICE], share[at : at + SLICE]
            logit, of_people, of_statements = logit_table(model, people, who)
            soft = np.sqrt(1 + np.pi * (of_people + of_statements) / 8)
            chance = _corrected(held_out, logit / soft)
            slope = held_out.slope * chance * (1 - chance) / soft
            total += part @ chance
            own += part**2 @ (slope**2 * of_people)
            one_u = np.concatenate([np.ones((len(who), 1)), people.mean[who, 1:]], axis=1)
            pull += (slope * part[:, None]).T @ one_u
        mean[one], sd[one] = total, np.sqrt(own + np.einsum("si,sij,sj->s", pull, model.doubt, pull))
    return mean, sd
