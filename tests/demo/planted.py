"""What is hidden in the demo neighbourhood, as `demo/planted.json` tells it, and where it stands in the tables."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from werkplaats.sources.models import Fragment

DEMO = Path(__file__).parents[2] / "demo"
PLANTED: dict[str, Any] = json.loads((DEMO / "planted.json").read_text(encoding="utf-8"))
Sentence = dict[str, str]


def plain(text: str) -> str:
    """The same words on one line: a PDF breaks a sentence where its page ends."""
    return re.sub(r"\s+", " ", text).strip()


class Passages:
    """All passages of the demo, to be asked which of them say a planted sentence."""

    def __init__(self) -> None:
        rows = Fragment.objects.values_list("pk", "source__key", "text")
        self._of: dict[str, list[tuple[int, str]]] = {}
        for number, source, text in rows:
            self._of.setdefault(source, []).append((number, plain(text)))

    def that_say(self, sentence: Sentence) -> frozenset[int]:
        """The numbers of the passages that hold a planted sentence in its own document; there is at least one."""
        words = plain(sentence["text"])
        found = frozenset(number for number, text in self._of[sentence["source"]] if words in text)
        assert found, sentence
        return found


def said_in(sentences: Iterable[Sentence], passages: frozenset[int], known: Passages) -> list[Sentence]:
    """Those of the planted sentences that are among some passages."""
    return [sentence for sentence in sentences if known.that_say(sentence) & passages]


def pair(one: dict[str, str]) -> frozenset[str]:
    return frozenset((one["a"], one["b"]))
