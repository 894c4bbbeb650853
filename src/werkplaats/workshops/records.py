"""What is told about the places of a workshop."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as a map file gives it. `polygons`: ``[[ring, hole, ...], ...]``, each ring ``[[lon, lat], ...]`` (WGS 84)."""

    code: str
    name: str
    parent_code: str = ""
    kind: str = ""
    population: int | None = None
    polygons: list[Any] = field(default_factory=list)
