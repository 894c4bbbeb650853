"""What happens to mirrors: one atomic function per event. `by` is the account that did it."""

from werkplaats.mirror.actions.beside import lay_beside, say_of_sheet
from werkplaats.mirror.actions.freezing import forget_erased, hold_mirror, hold_own, look, want_new
from werkplaats.mirror.actions.publishing import consent, keep_publication, note_talk, take_back
from werkplaats.mirror.actions.telling import answer, ask_of, confirm_attempt, show_attempt, tell_attempt

__all__ = [
    "answer",
    "ask_of",
    "confirm_attempt",
    "consent",
    "forget_erased",
    "hold_mirror",
    "hold_own",
    "keep_publication",
    "lay_beside",
    "look",
    "note_talk",
    "say_of_sheet",
    "show_attempt",
    "take_back",
    "tell_attempt",
    "want_new",
]
