"""Before and after: the connections that a move shortens, as they are now and as they would be."""

from collections import Counter
from collections.abc import Sequence

from django.utils.safestring import SafeString

from werkplaats.defrag.pictures.blocks import TEN, block, drawing, in_words, row


def draw(shades: Sequence[int], words: str) -> SafeString:
    """One row of the pair, ten blocks to a line; `words` say which of the two it is."""
    found = Counter(shades)
    label = f"{words}: {in_words(found[step] for step in range(5))}"
    tens = [shades[start : start + TEN] for start in range(0, len(shades), TEN)]
    lines = (row((block(shade, place) for place, shade in enumerate(ten)), len(ten)) for ten in tens)
    return drawing(label, lines, "samen-pair__blocks")
