"""What other rooms may read of the neighbourhood."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StewardLine:
    """Whose is this: one line of who pays, hosts or decides."""

    role: str
    party_key: str
    party_name: str
    words: str


@dataclass(frozen=True, slots=True)
class TieLine:
    """One tie as both ends of it may read it."""

    party_a_id: int
    party_b_id: int
    kind: str
    is_confirmed: bool
    has_faded: bool
    reported_by: tuple[str, ...]  # names of the parties
    shown_by: str
    since: date | None
    last_seen: date | None
