"""What happens to a workshop as a whole: a folder comes in or goes out, and a coordinator brings in their own files."""

from werkplaats.exchange.actions.batches import choose, drop, kind_of_zip, let_go, path_of, receive
from werkplaats.exchange.actions.bringing import confirm, look
from werkplaats.exchange.actions.cells import unknown_words
from werkplaats.exchange.actions.loading import load
from werkplaats.exchange.actions.reading import finish, read_in
from werkplaats.exchange.actions.taking_out import take_out, zip_of

__all__ = [
    "choose",
    "confirm",
    "drop",
    "finish",
    "kind_of_zip",
    "let_go",
    "load",
    "look",
    "path_of",
    "read_in",
    "receive",
    "take_out",
    "unknown_words",
    "zip_of",
]
