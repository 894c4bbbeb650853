"""The party that a mirror is held for, under all its names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from werkplaats.mirror.rules import Figure, shown
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop

Figures = dict[str, Sequence[Figure]]
"""By name, every state in which counts of people were shown, the last one last."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a mirror is about, on which day. `figures`: counts of people as shown before; what is shown now is put in it."""

    workshop: Workshop
    key: str
    entries: frozenset[int]
    names: tuple[str, ...]
    today: date
    zone: ZoneInfo
    parties: Mapping[int, tuple[str, str]]  # every party of the workshop: (key, name) of the entry that stays
    by_key: Mapping[str, tuple[str, str]]
    figures: Figures

    @property
    def origin(self) -> str:
        return f"party:{self.key}"

    def is_other(self, party: int | None) -> bool:
        """Whether this is another party than the one in the mirror."""
        return party is not None and party not in self.entries

    def origin_of(self, party: int) -> str:
        """The party that stays for this entry, as whose word something counts."""
        return f"party:{self.parties[party][0]}"

    def name_of(self, party: int) -> str:
        return self.parties[party][1]

    def day(self, moment: datetime) -> date:
        """The day of a moment where the workshop is."""
        return moment.astimezone(self.zone).date()

    def people(self, name: str, counts: Mapping[str, int]) -> Figure:
        """The counts of people that may be shown under this name, with since when; empty for a small group."""
        plain = {word: count for word, count in counts.items() if count}
        told = shown(self.figures.get(name, ()), plain, small=self.workshop.small_number, today=self.today)
        if not told:
            return Figure(self.today, {})
        self.figures[name] = told
        return told[-1]


def subject(party: Party, *, today: date, figures: Figures) -> Subject:
    """The party with all its entries. 1 query."""
    stays = party.stays
    rows = Party.objects.filter(workshop_id=party.workshop_id).select_related("canonical")
    parties = {row.pk: (row.stays.key, row.stays.name) for row in rows.only("key", "name", "canonical")}
    by_key = {row.key: parties[row.pk] for row in rows}
    own = [row for row in rows if row.stays.pk == stays.pk]
    return Subject(
        workshop=party.workshop,
        key=stays.key,
        entries=frozenset(row.pk for row in own),
        names=tuple(sorted({row.name for row in own})),
        today=today,
        zone=ZoneInfo(party.workshop.timezone),
        parties=parties,
        by_key=by_key,
        figures=figures,
    )


def named(key: str, workshop: Workshop) -> Party | None:
    """The party that stays, by the key of any of its entries."""
    rows = Party.objects.filter(workshop=workshop).select_related("workshop", "canonical__workshop")
    found = rows.filter(Q(key=key)).first()
    return found.stays if found else None


def people_facts(figure: Figure) -> dict[str, Any]:
    """Counts of people among the facts of an item, with the day since when they are shown so."""
    return {"people": dict(figure.counts), "people_on": figure.on.isoformat() if figure.counts else ""}
