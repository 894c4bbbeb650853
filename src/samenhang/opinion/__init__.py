"""Opinion: from agree, disagree and pass to where people stand, what they share and what divides them."""

from samenhang.opinion.flooding import Flood
from samenhang.opinion.opinion_map import Apart, OpinionMap, Ranked, opinion_map
from samenhang.opinion.routing import Next, next_statement, project
from samenhang.opinion.votes import Votes

__all__ = ["Apart", "Flood", "Next", "OpinionMap", "Ranked", "Votes", "next_statement", "opinion_map", "project"]
