"""Programs: linear programs as HiGHS solves them, kept between questions."""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csc_array

from samenhang.shape import Floats

FREE = highspy.kHighsInf


@dataclass(frozen=True, eq=False)
class Solved:
    """``value``: what was reached; ``x``: (k,); ``reduced``: (k,) costs; ``dual``: (q,) what one more of a row is worth."""

    value: float
    x: Floats
    reduced: Floats
    dual: Floats


class _Quiet(highspy.Highs):
    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # HiGHS types its arguments, not what comes back

    def enableCallbacks(self) -> None:  # noqa: N802 - called so by the class above while it is made
        """Nobody listens to the solver, and it is silent before it can greet on stdout."""
        self.silent()


def program(
    rows: Floats | csc_array, low: Floats, high: Floats, most: Floats, cost: Floats, *, whole: bool = False
) -> highspy.Highs:
    """The program: maximise cost @ x with low <= rows @ x <= high and 0 <= x <= most; ``whole``: x in whole numbers.

    ``rows``: (q, k); ``low``, ``high``: (q,); ``most``, ``cost``: (k,).
    """
    matrix = csc_array(rows)
    asked = highspy.HighsLp()
    asked.num_row_, asked.num_col_ = matrix.shape
    asked.sense_ = highspy.ObjSense.kMaximize
    asked.col_cost_, asked.col_lower_, asked.col_upper_ = cost, np.zeros(len(most)), most
    asked.row_lower_, asked.row_upper_ = low, high
    asked.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    asked.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    asked.a_matrix_.index_ = matrix.indices.astype(np.int32)
    asked.a_matrix_.value_ = matrix.data.astype(np.float64)
    if whole:
        asked.integrality_ = [highspy.HighsVarType.kInteger] * len(most)
    solver = _Quiet()
    solver.setOptionValue("threads", 1)
    solver.passModel(asked)
    return solver


def price(solver: highspy.Highs, cost: Floats) -> None:
    """Ask the same program for another cost."""
    solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)


def solve(solver: highspy.Highs) -> Solved | None:
    """The best x; None when no x is allowed."""
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"a linear program ended with {solver.modelStatusToString(status)}")
    found = solver.getSolution()
    return Solved(
        solver.getInfo().objective_function_value,
        np.array(found.col_value),
        np.array(found.col_dual),
        np.array(found.row_dual),
    )
