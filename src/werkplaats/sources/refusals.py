"""When a document cannot come into the library."""

from werkplaats.kit.refusal import Refusal


class AlreadyInTheLibrary(Refusal):
    """The same file, under another key. `key` is where it stands."""

    def __init__(self, sentence: str, *, key: str) -> None:
        super().__init__(sentence)
        self.key = key


class AnotherDocumentHasThisKey(Refusal):
    """Another file under the same key: a document in the library never changes."""
