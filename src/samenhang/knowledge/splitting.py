"""Where one sentence ends and the next begins, in Dutch and English."""

import re

from samenhang.knowledge.abbreviations import EITHER, IN_NAMES, INSIDE, STARTERS
from samenhang.knowledge.records import Sentence

# One pass over the text: line ends, and stops with what closes them, each followed by white space. A vertical tab or
# form feed counts as a line end. Everything else about a stop is looked up only where one stands.
_CANDIDATE = re.compile(r"[ \t]*[\n\v\f\r]\s*|[.!?…]+[\"'”’»)\]]*[ \t\u00a0]+(?=\S)")
_OPENING = "\"'“”‘’«„([¿¡–—-*_ "
_WORD = re.compile(r"[^\W_]+")
_CLITIC = re.compile(r"['’`][snmtkr] ?\w", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-–—•*·◦▪‣o+]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])[ \t]")
_LIST_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{1,3})*|[A-Za-z]|[ivx]{1,4})\Z")
_LONGEST_WORD = 40


def sentences(text: str) -> tuple[Sentence, ...]:
    """Cut a text into sentences, each with its exact place.

    Handles abbreviations, initials, numbers, dates, quotes, list marks and addresses of websites; a line end closes a
    sentence unless the next line goes on in lower case. White space around a sentence belongs to none.

    >>> [s.text for s in sentences("Dhr. A. Smit woont er sinds 3 jan. 2019. 's Avonds is het donker.")]
    ['Dhr. A. Smit woont er sinds 3 jan. 2019.', "'s Avonds is het donker."]
    """
    return tuple(Sentence(start, end, text[start:end]) for start, end in spans(text))


def spans(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence, in order, without the text (the cheap form for large texts)."""
    found: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for candidate in _CANDIDATE.finditer(text, start):
        if not _ends_here(text, start, candidate):
            continue
        end = candidate.start() + len(candidate.group().rstrip())
        if end > start:
            found.append((start, end))
        start = candidate.end()
    end = len(text.rstrip())
    if end > start:
        found.append((start, end))
    return found


def _ends_here(text: str, start: int, candidate: re.Match[str]) -> bool:
    mark = candidate.group()
    following = candidate.end()
    if mark[0] in " \t\n\v\f\r":
        return _line_ends_sentence(text, candidate.start(), following, mark)
    if not _can_open(text, following):
        return False
    if mark[0] == "." and mark[:2] not in ("..", ".!", ".?"):
        return _stop_ends_sentence(text, start, candidate.start(), following, mark)
    return True


def _line_ends_sentence(text: str, line_end: int, following: int, mark: str) -> bool:
    if following >= len(text) or mark.count("\n") > 1 or "\f" in mark:
        return True
    if line_end and text[line_end - 1] in ".!?:;…":
        return not (
            text[line_end - 1] == "." and _word_before(text, max(0, line_end - 8), line_end - 1).lower() in INSIDE
        )
    return not text[following].islower() or _ITEM.match(text, following) is not None


def _can_open(text: str, at: int) -> bool:
    """Whether a sentence can begin here: a capital or a digit, after quotes, or a Dutch 's, 't, 'n."""
    character = text[at]
    if character.isupper() or character.isdigit() or character.istitle():
        return True
    if _CLITIC.match(text, at):
        return True
    while character in _OPENING and at + 1 < len(text):
        at += 1
        character = text[at]
    # Scripts without capitals (Arabic) open a sentence with any letter.
    return character.isupper() or character.isdigit() or (character.isalpha() and not character.islower())


def _stop_ends_sentence(text: str, start: int, stop: int, following: int, mark: str) -> bool:
    word = _word_before(text, start, stop)
    lower = word.lower()
    closed = len(mark.rstrip()) > 1
    if lower in EITHER or (closed and lower in INSIDE):
        return not text[following].isdigit() and text[following] not in "(["
    if lower in INSIDE:
        return False
    if lower in IN_NAMES:
        return _next_word(text, following) in STARTERS
    if _LIST_NUMBER.match(word) and not text[start : stop - len(word)].strip(_OPENING):
        return False
    if word[-1:].isupper() and (len(word) == 1 or word[-2] in ".-") and not closed:
        return _next_word(text, following) in STARTERS and not _is_initials(text, start, stop - len(word), word)
    return True


def _word_before(text: str, start: int, stop: int) -> str:
    chunk = text[max(start, stop - _LONGEST_WORD) : stop]
    cut = max(chunk.rfind(" "), chunk.rfind("\n"), chunk.rfind("\t"), chunk.rfind("\u00a0"))
    return chunk[cut + 1 :].lstrip(_OPENING)


def _next_word(text: str, at: int) -> str:
    found = _WORD.search(text, at, at + _LONGEST_WORD)
    return found.group().lower() if found else ""


def _is_initials(text: str, start: int, word_start: int, word: str) -> bool:
    """Whether a lone capital follows a title or another initial ("dhr. A. De Vries")."""
    if "." in word:
        return True
    before = _word_before(text, start, max(start, word_start - 1))
    return before.endswith(".") and (before[:-1].lower() in INSIDE or len(before) == 2)
