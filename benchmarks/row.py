"""One line of the table of figures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """``reached``: whether the target is met, None = there is none. ``data``: on what it was measured."""

    measure: str
    figure: str
    target: str
    peer: str
    ratio: str
    reached: bool | None
    data: str
