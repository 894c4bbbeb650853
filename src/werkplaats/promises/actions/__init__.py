"""What happens to promises: one atomic function per event, each of which adds to the ledger."""

from werkplaats.promises.actions.asking import ask_receivers, mail_the_hash
from werkplaats.promises.actions.bringing import bring_in
from werkplaats.promises.actions.erasing import erase_text
from werkplaats.promises.actions.judging import maker_verdict, receiver_verdict
from werkplaats.promises.actions.keeping import change, extend, report_done, withdraw
from werkplaats.promises.actions.loading import Happening, happen_again, put_promise
from werkplaats.promises.actions.making import (
    Said,
    ask_to_confirm,
    confirm,
    deny,
    draft,
    drop,
    link_path,
    link_voices,
    redraft,
)
from werkplaats.promises.actions.reminding import remind

__all__ = [
    "Happening",
    "Said",
    "ask_receivers",
    "ask_to_confirm",
    "bring_in",
    "change",
    "confirm",
    "deny",
    "draft",
    "drop",
    "erase_text",
    "extend",
    "happen_again",
    "link_path",
    "link_voices",
    "mail_the_hash",
    "maker_verdict",
    "put_promise",
    "receiver_verdict",
    "redraft",
    "remind",
    "report_done",
    "withdraw",
]
