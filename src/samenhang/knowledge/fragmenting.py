"""Statement-sized passages with their exact place."""

import re
from collections.abc import Iterator, Sequence

from samenhang.knowledge.languages import language
from samenhang.knowledge.lines import running_lines, same_line
from samenhang.knowledge.records import Document, Fragment, Placed
from samenhang.knowledge.splitting import spans

LONGEST = 400  # characters; longer sentences are cut at a semicolon, a comma or a space
SHORTEST = 25  # a shorter sentence joins its neighbour in the same paragraph
LONGEST_HEADING = 60
_CLOSES = ".!?:;,…\"'”’»)"
_CAPITALISED_LINE = re.compile(r"[ \t]*\n\s*[\"'“‘(]*[A-ZÀ-ÖØ-Þ]")
_MARK = re.compile(r"(?:[-–—•*·◦▪‣+]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)]|[A-Z][.)](?=[ \t]+[a-z]))[ \t]+")
_PAUSES = (re.compile(r"[;:] "), re.compile(r", "), re.compile(r"\s"))
_LEADERS = re.compile(r"\.{5,}|(?:\. ){4,}|_{5,}")
_UNMAPPED = re.compile(r"[\ufffd\ue000-\uf8ff\u0000-\u0008\u000e-\u001f\u007f-\u009f]")

Span = tuple[int, int]


def fragments(text: str, among: Sequence[str] = ("nl", "en")) -> tuple[Fragment, ...]:
    r"""Cut a text into statement-sized passages, each with its exact place and its language.

    A fragment is a sentence; very short ones join a neighbour in the same paragraph, very long ones are cut at a pause,
    each list item stands alone without its mark, and so does a heading that the file put behind a sentence. Lines that
    carry no statement are left out: lone words, dotted lines of a table of contents, and passages that are mostly signs
    the file gave no letters for.

    >>> [f.text for f in fragments("Meer licht in het park!\n- De bankjes op het plein zijn kapot\n- Geen geld")]
    ['Meer licht in het park!', 'De bankjes op het plein zijn kapot', 'Geen geld']
    """
    found = [span for span in _statements(text) if _carries_a_statement(text[span[0] : span[1]])]
    spoken = language([text[start:end] for start, end in found], among)
    return tuple(Fragment(start, end, text[start:end], code) for (start, end), code in zip(found, spoken, strict=True))


def fragments_of(document: Document, among: Sequence[str] = ("nl", "en")) -> tuple[Placed, ...]:
    """The fragments of a whole document with their page; running headers and footers are left out.

    >>> document = Document("", "text/plain", ("Er is te weinig plek om samen te komen.",))
    >>> fragments_of(document)[0].page
    1
    """
    running = running_lines([page.split("\n") for page in document.pages])
    return tuple(
        Placed(number, fragment.start, fragment.end, fragment.text, fragment.language)
        for number, page in enumerate(document.pages, start=1)
        for fragment in fragments(_without_lines(page, running), among)
    )


def _without_lines(page: str, running: frozenset[str]) -> str:
    """The page with its running lines blanked, so that every other character keeps its place."""
    if not running:
        return page
    return "\n".join(" " * len(line) if same_line(line) in running else line for line in page.split("\n"))


def _statements(text: str) -> Iterator[Span]:
    paragraph: list[Span] = []
    for start, end in spans(text):
        mark = _MARK.match(text, start, end)
        new_line = bool(paragraph) and "\n" in text[paragraph[-1][1] : start]
        if mark or new_line or (paragraph and _is_heading(text, paragraph[-1][1], start, end)):
            yield from _joined(paragraph, text)
            paragraph = []
        paragraph.append((mark.end() if mark else start, end))
    yield from _joined(paragraph, text)


def _is_heading(text: str, before: int, start: int, end: int) -> bool:
    """Whether a sentence is a heading that stands behind the paragraph before it ("... in de wijk. Wonen").

    It has no closing mark, the sentence before it (which ends at ``before``) has, and the next line opens with a capital.
    """
    if end - start > LONGEST_HEADING or text[end - 1] in _CLOSES or text[before - 1] not in _CLOSES:
        return False
    return text[start].isupper() and _CAPITALISED_LINE.match(text, end) is not None


def _joined(paragraph: list[Span], text: str) -> Iterator[Span]:
    """Sentences of one paragraph, very short ones joined to the one before (the first: to the one after)."""
    held: Span | None = None
    for start, end in paragraph:
        if held is None:
            held = (start, end)
        elif _belongs(text[held[0] : held[1]], text[start:end]) and end - held[0] <= LONGEST:
            held = (held[0], end)
        else:
            yield from _cut(held, text)
            held = (start, end)
    if held is not None:
        yield from _cut(held, text)


def _belongs(before: str, sentence: str) -> bool:
    """Whether two neighbours make one statement: either is very short, except that a short "... :" opens the next."""
    return len(before) < SHORTEST or (len(sentence) < SHORTEST and not sentence.endswith(":"))


def _cut(span: Span, text: str) -> Iterator[Span]:
    start, end = span
    while end - start > LONGEST:
        at = _pause(text, start, end)
        yield start, at
        start = at + len(text[at:end]) - len(text[at:end].lstrip())
    if start < end:
        yield start, end


def _pause(text: str, start: int, end: int) -> int:
    """Where to cut a long sentence: after the last good pause that leaves two pieces of some length."""
    low, high = start + LONGEST // 4, min(start + LONGEST, end - LONGEST // 8)
    for pause in _PAUSES:
        places = [found.start() + len(found.group().rstrip()) for found in pause.finditer(text, low, high)]
        if places:
            return places[-1]
    return start + LONGEST


def _carries_a_statement(passage: str) -> bool:
    if len(_UNMAPPED.findall(passage)) * 5 > len(passage) or _LEADERS.search(passage):
        return False
    signs = [character for character in passage if not character.isspace()]
    letters = sum(character.isalpha() for character in signs)
    return letters >= 6 and letters * 2 >= len(signs) and len(passage.split()) >= 2
