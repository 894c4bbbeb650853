"""Network: one figure of fragmentation over the ties that ought to be there, the moves that lower it, and its picture."""

from samenhang.network.brokerage import Brokerage, brokerage
from samenhang.network.change import Change, change
from samenhang.network.check import Check, check
from samenhang.network.demands import PARTS, Demands, SelfDemand
from samenhang.network.fragmentation import Fragmentation, Part, Slice, fragmentation
from samenhang.network.layout import layout
from samenhang.network.moves import Move, after
from samenhang.network.phi import phi
from samenhang.network.plan import plan
from samenhang.network.prediction import Prediction, predict, read_prediction
from samenhang.network.reports import Reports
from samenhang.network.ties import Ties

__all__ = [
    "PARTS",
    "Brokerage",
    "Change",
    "Check",
    "Demands",
    "Fragmentation",
    "Move",
    "Part",
    "Prediction",
    "Reports",
    "SelfDemand",
    "Slice",
    "Ties",
    "after",
    "brokerage",
    "change",
    "check",
    "fragmentation",
    "layout",
    "phi",
    "plan",
    "predict",
    "read_prediction",
]
