"""Opinion: from agree, disagree and pass to where people stand, what they share and what divides them."""

from samenhang.opinion.flooding import Flood
from samenhang.opinion.opinion_map import Apart, OpinionMap, Ranked, opinion_map
from samenhang.opinion.polis import PolisMap, polis_map
from samenhang.opinion.polis_files import Cast, FileSet, Statement, file_set, read_file_set, write_file_set
from samenhang.opinion.routing import Next, next_statement, next_statements, project
from samenhang.opinion.votes import Votes

__all__ = [
    "Apart",
    "Cast",
    "FileSet",
    "Flood",
    "Next",
    "OpinionMap",
    "PolisMap",
    "Ranked",
    "Statement",
    "Votes",
    "file_set",
    "next_statement",
    "next_statements",
    "opinion_map",
    "polis_map",
    "project",
    "read_file_set",
    "write_file_set",
]
