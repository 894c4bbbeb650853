"""What a room says when something may not or cannot be."""


class Refusal(Exception):
    """A refusal with a sentence for the person who asked. Rooms name their own: ``class AlreadyDecided(Refusal)``."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
