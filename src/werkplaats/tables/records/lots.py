"""What is shown of a lottery: quotas, chances, and who came out."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Words
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from werkplaats.tables.records import kind_words
from werkplaats.tables.rules import Draw

DRAW_WORDS: dict[str, Words] = {
    Draw.ASKED: _("Wordt nu geloot"),
    Draw.CANNOT: _("Zo kan het niet"),
    Draw.PROPOSED: _("Een voorstel, nog niet aangenomen"),
    Draw.ACCEPTED: _("Aangenomen"),
    Draw.DROPPED: _("Niet aangenomen"),
}


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """The least and most of one kind of party, or of one area."""

    trait: str
    value: str
    area: str
    low: int
    high: int

    @property
    def words(self) -> str:
        """The quota in one sentence."""
        told = {"what": _name(self.trait, self.value, self.area), "low": self.low, "high": self.high}
        return gettext("%(what)s: van %(low)d tot en met %(high)d stoelen.") % told


@dataclass(frozen=True, slots=True)
class EasedLine:
    """A quota that has to give way, and how far."""

    trait: str
    value: str
    area: str
    low: int
    high: int
    new_low: int
    new_high: int

    @property
    def words(self) -> str:
        """What would have to change, in one sentence."""
        told = {
            "what": _name(self.trait, self.value, self.area),
            "old": f"{self.low}-{self.high}",
            "new": f"{self.new_low}-{self.new_high}",
        }
        return gettext("%(what)s: %(old)s stoelen kan niet, %(new)s kan wel.") % told


@dataclass(frozen=True, slots=True)
class LotLine:
    """Somebody in the pool of a lottery, with the chance it had."""

    key: str
    name: str
    kind: str
    area: str
    chance: float | None
    is_drawn: bool

    @property
    def kind_words(self) -> Words:
        """What kind of party it is, as a person reads it."""
        return kind_words(self.kind)

    @property
    def chance_words(self) -> str:
        """The chance as people say it."""
        return "" if self.chance is None else in_a_hundred(self.chance)


@dataclass(frozen=True, slots=True)
class DrawRecord:
    """One lottery as it may be seen. `pool`, `residents`: None where a few people would show."""

    number: int
    state: Draw
    seats: int
    seed: int
    pool_hash: str
    pool: int | None
    quotas: tuple[QuotaLine, ...]
    eased: tuple[EasedLine, ...]
    lots: tuple[LotLine, ...]
    residents: int | None
    resident_chances: tuple[float, float] | None
    reason: str
    drawn_at: datetime | None
    decided_at: datetime | None

    @property
    def state_words(self) -> Words:
        """How far it is, as a person reads it."""
        return DRAW_WORDS[self.state]

    @property
    def is_open(self) -> bool:
        """Whether it waits to be drawn or decided on."""
        return self.state in {Draw.ASKED, Draw.PROPOSED}

    @property
    def resident_words(self) -> str:
        """The chances of residents, without a name."""
        low, high = self.resident_chances or (0.0, 0.0)
        told = {"n": self.residents, "low": in_a_hundred(low), "high": in_a_hundred(high)}
        if told["low"] == told["high"]:
            return gettext("Er lootten %(n)d bewoners mee. Ieders kans: %(low)s.") % told
        return gettext("Er lootten %(n)d bewoners mee. Hun kans: van %(low)s tot %(high)s.") % told


def in_a_hundred(chance: float) -> str:
    """A chance as people say it.

    >>> from django.utils.translation import override
    >>> with override("nl"):
    ...     in_a_hundred(2 / 3)
    '67 op de 100'
    """
    return gettext("%(n)d op de 100") % {"n": round(100 * chance)}


def _name(trait: str, value: str, area: str) -> str:
    return str(kind_words(value)) if trait == "kind" else area
