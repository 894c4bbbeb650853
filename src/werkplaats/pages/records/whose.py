"""What the page "Van wie is dit?" shows."""

from dataclasses import dataclass

from django.utils.functional import Promise

from werkplaats.neighbourhoods.records import StewardLine


@dataclass(frozen=True, slots=True)
class Sight:
    """A kind of thing, and who reads it, in words."""

    thing: Promise
    who: Promise
    why: Promise


@dataclass(frozen=True, slots=True)
class WhosePage:
    """Who the workshop is, who pays, hosts and decides, and who sees what."""

    itself: StewardLine | None
    stewards: tuple[StewardLine, ...]
    sights: tuple[Sight, ...]
    team: int  # accounts that work in it as coordinator, host or moderator

    @property
    def is_told(self) -> bool:
        """Whether it is said who pays and who decides."""
        roles = {line.role for line in self.stewards}
        return {"pays", "decides"} <= roles
