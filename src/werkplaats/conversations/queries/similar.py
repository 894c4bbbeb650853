"""Under which names statements stand in the index."""

KIND = "statement"


def entry_key(conversation_key: str, number: int) -> str:
    """The key of a statement in the index."""
    return f"{conversation_key}/{number}"
