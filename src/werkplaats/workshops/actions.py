"""How a workshop, its places and its themes come on record. Every `put_*` may be done again: the key decides."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from werkplaats.kit.names import sort_key
from werkplaats.workshops.models import Area, RelatedThemes, Theme, Workshop
from werkplaats.workshops.records import AreaRow
from werkplaats.workshops.refusals import AreasInACircle, SameTheme, TermOutOfReach, UnknownParent, UnknownZone
from werkplaats.workshops.rules import TERMS, circle, switched_on


def put_workshop(
    key: str,
    *,
    name: str,
    city: str = "",
    timezone: str = "Europe/Amsterdam",
    languages: Iterable[str] = ("nl",),
    opened_on: date | None = None,
    introduction: str = "",
    terms: Mapping[str, int] | None = None,
    capabilities: Iterable[str] | None = None,
) -> Workshop:
    """Keeps a workshop under its key. `timezone` is an IANA name; `terms`: of `rules.TERMS`, those that are told.

    `capabilities`: of `rules.Capability`, all that are switched on; None: not told.

    Raises `UnknownZone`, `TermOutOfReach`.
    """
    if timezone not in available_timezones():
        raise UnknownZone(timezone)
    told: dict[str, Any] = {
        "name": name,
        "city": city,
        "timezone": timezone,
        "languages": list(languages),
        "opened_on": opened_on,
        "introduction": introduction,
        **_within_reach(terms or {}),
    }
    if capabilities is not None:
        told["capabilities"] = switched_on(capabilities)
    workshop, _made = Workshop.objects.update_or_create(key=key, defaults=told)
    return workshop


def set_terms(workshop: Workshop, terms: Mapping[str, int]) -> Workshop:
    """The terms by which the workshop works from now on, of `rules.TERMS`. Raises `TermOutOfReach`."""
    Workshop.objects.filter(pk=workshop.pk).update(**_within_reach(terms))
    workshop.refresh_from_db()
    return workshop


def switch_on(workshop: Workshop, capabilities: Iterable[str]) -> Workshop:
    """What is switched on from now on, of `rules.Capability`; everything else is off."""
    Workshop.objects.filter(pk=workshop.pk).update(capabilities=switched_on(capabilities))
    workshop.refresh_from_db()
    return workshop


def _within_reach(terms: Mapping[str, int]) -> Mapping[str, int]:
    for name, value in terms.items():
        least, most = TERMS[name]
        if not least <= value <= most:
            raise TermOutOfReach(value, least=least, most=most)
    return terms


@transaction.atomic
def put_areas(workshop: Workshop, rows: Iterable[AreaRow]) -> dict[str, Area]:
    """Keeps areas under their codes; gives all areas of the workshop by code.

    First the areas, then what lies in what, so that the order of `rows` does not matter.
    Raises `UnknownParent` and `AreasInACircle`; then nothing is kept.
    """
    told = {row.code: row for row in rows}
    kept = {area.code: area for area in Area.objects.filter(workshop=workshop).select_related("parent")}
    parents = {code: area.parent.code if area.parent else "" for code, area in kept.items()}
    parents |= {code: row.parent_code for code, row in told.items()}
    for code, row in told.items():
        if row.parent_code and row.parent_code not in parents:
            raise UnknownParent(code=code, parent=row.parent_code)
    if codes := circle(parents):
        raise AreasInACircle(codes)
    areas = [
        Area(
            workshop=workshop,
            code=row.code,
            name=row.name,
            kind=row.kind,
            population=row.population,
            polygons=row.polygons,
        )
        for row in told.values()
    ]
    Area.objects.bulk_create(
        areas,
        update_conflicts=True,
        unique_fields=["workshop", "code"],
        update_fields=["name", "kind", "population", "polygons"],
    )
    by_code = {area.code: area for area in Area.objects.filter(workshop=workshop)}
    for code, row in told.items():
        by_code[code].parent = by_code[row.parent_code] if row.parent_code else None
    Area.objects.bulk_update([by_code[code] for code in told], ["parent"])
    return by_code


def put_theme(workshop: Workshop, *, key: str, name: str, name_en: str = "") -> Theme:
    """Keeps a theme under its key."""
    told = {"name": name, "name_en": name_en, "sort_name": sort_key(name)}
    theme, _made = Theme.objects.update_or_create(workshop=workshop, key=key, defaults=told)
    return theme


def relate_themes(theme: Theme, *, other: Theme, why: str = "") -> RelatedThemes:
    """Says that two themes touch the same lives; which of the two comes first makes no difference. Raises `SameTheme`."""
    if theme.pk == other.pk:
        raise SameTheme(theme.name)
    first, second = sorted((theme, other), key=lambda each: each.key)
    related, _made = RelatedThemes.objects.update_or_create(theme_a=first, theme_b=second, defaults={"why": why})
    return related
