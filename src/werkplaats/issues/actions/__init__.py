"""What happens to issues: people decide, the machine proposes, a folder is loaded."""

from werkplaats.issues.actions.deciding import (
    accept,
    add_party,
    add_suggested,
    choose_parties,
    join,
    refuse,
    refuse_suggested,
    remove_fragment,
    remove_party,
    rename,
    split,
)
from werkplaats.issues.actions.loading import (
    need_belongs_to,
    put_issue,
    put_issue_fragment,
    put_issue_need,
    put_issue_party,
)
from werkplaats.issues.actions.proposing import note_proposed, propose, suggest
from werkplaats.issues.actions.telling import touch

__all__ = [
    "accept",
    "add_party",
    "add_suggested",
    "choose_parties",
    "join",
    "need_belongs_to",
    "note_proposed",
    "propose",
    "put_issue",
    "put_issue_fragment",
    "put_issue_need",
    "put_issue_party",
    "refuse",
    "refuse_suggested",
    "remove_fragment",
    "remove_party",
    "rename",
    "split",
    "suggest",
    "touch",
]
