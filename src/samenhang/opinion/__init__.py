"""Opinion: from agree, disagree and pass to where people stand, what they share and what divides them."""

from samenhang.opinion.opinion_map import OpinionMap, opinion_map
from samenhang.opinion.votes import Votes

__all__ = ["OpinionMap", "Votes", "opinion_map"]
