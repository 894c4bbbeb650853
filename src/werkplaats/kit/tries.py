"""How often something may be tried, counted together over all processes in the shared cache."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries of one `name` and one who, in each stretch of `seconds`.

    Counting is exact only where who counts holds a lock meanwhile: a cache reads and writes in two steps.
    """

    name: str
    most: int
    seconds: int

    def is_reached(self, who: str, *, at: datetime) -> bool:
        """Whether no try is left for `who` now."""
        return int(cache.get(self._key(who, at), 0)) >= self.most

    def count(self, who: str, *, at: datetime) -> None:
        """Counts one try of `who`; it is forgotten at the end of the stretch."""
        key = self._key(who, at)
        cache.set(key, int(cache.get(key, 0)) + 1, timeout=self.seconds)

    def _key(self, who: str, at: datetime) -> str:
        stretch = int(at.timestamp()) // self.seconds
        # The cache is a table: what is counted there must not tell who tried.
        return f"tries:{self.name}:{stretch}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
