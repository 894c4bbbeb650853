"""What is told about the places of a workshop, and the words for what it uses."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from werkplaats.workshops.rules import Capability

CAPABILITY_WORDS = {
    Capability.MIRRORS.value: _("Spiegels: voor elke partij dezelfde bladzijde over wat anderen met haar meemaken"),
    Capability.TURNS.value: _("Beurten: aan tafel tikken wie er spreekt, per soort partij, zonder opname"),
    Capability.LOTS.value: _("Loten: loten wie er aan tafel komt, met voor iedereen zo gelijk mogelijke kansen"),
    Capability.CHAINS.value: _("Ketens: langs welke partijen en loketten een bewoner moet, stap voor stap getekend"),
    Capability.HEARD_SCALE.value: _("Acht vragen over gehoord worden aan het eind van een tafel, in plaats van twee"),
}


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as a map file gives it. `polygons`: ``[[ring, hole, ...], ...]``, each ring ``[[lon, lat], ...]`` (WGS 84)."""

    code: str
    name: str
    parent_code: str = ""
    kind: str = ""
    population: int | None = None
    polygons: list[Any] = field(default_factory=list)
