"""Reads of a whole workshop, table by table, on its way into a folder."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from django.db.models import ForeignKey, Model, Q, QuerySet

from werkplaats.accounts.models import Person
from werkplaats.asks.models import Voice
from werkplaats.exchange.queries.columns import TABLES, Cell, Column, Written
from werkplaats.exchange.queries.memory import MEMORY, Remembered, lines
from werkplaats.exchange.rules import PRIVATE_TABLES, Extent
from werkplaats.neighbourhoods.models import Need
from werkplaats.sources.models import Source
from werkplaats.tables.models import Decision
from werkplaats.workshops.models import Area, Workshop
from werkplaats.workshops.records import AreaRow

__all__ = ["MEMORY", "TABLES", "Remembered", "areas", "document_names", "remembered", "tables"]

_LONGEST_NAME = 120


def tables(workshop: Workshop, *, extent: Extent) -> Iterator[tuple[str, list[dict[str, Cell]]]]:
    """Every table that people read, with its rows in the order of what they say; those without a row are left out."""
    for name, written in TABLES.items():
        if extent is Extent.WHOLE or name not in PRIVATE_TABLES:
            rows = sorted(_rows(written, workshop, extent), key=lambda row: [str(cell) for cell in row.values()])
            if rows:
                yield name, rows


def remembered(workshop: Workshop, *, extent: Extent) -> Iterator[tuple[str, tuple[str, ...], list[dict[str, str]]]]:
    """Every table of what the platform remembers: its name, its columns and its rows."""
    for each in MEMORY:
        fields = tuple(one.name for one in each.fields())
        if not fields or (extent is not Extent.WHOLE and each.table in PRIVATE_TABLES):
            continue
        rows = sorted(lines(_within(each, extent), workshop), key=lambda row: list(row.values()))
        if rows:
            yield each.table, ("row", *fields), rows


def areas(workshop: Workshop) -> list[AreaRow]:
    """The places of a workshop, by code."""
    rows = Area.objects.filter(workshop=workshop).select_related("parent")
    return [
        AreaRow(row.code, row.name, row.parent.code if row.parent else "", row.kind, row.population, row.polygons)
        for row in rows
    ]


def document_names(workshop: Workshop) -> dict[str, tuple[str, str]]:
    """By the key of each source: the name that its file gets in the folder, and where it is kept now.

    A file keeps its name where that is its own and is one that every machine can write; otherwise it is called by its key.
    """
    rows = list(Source.objects.filter(workshop=workshop).order_by("key").values_list("key", "file_name", "file"))
    often: dict[str, int] = {}
    for _key, name, _file in rows:
        often[name.casefold()] = often.get(name.casefold(), 0) + 1
    return {
        key: (name if often[name.casefold()] == 1 and _is_plain(name) else f"{key}{PurePosixPath(name).suffix}", kept)
        for key, name, kept in rows
    }


def _is_plain(name: str) -> bool:
    is_sound = name.isprintable() and not set(name) & set('/\\:*?"<>|') and not name.startswith((".", " "))
    return is_sound and 0 < len(name) <= _LONGEST_NAME and name == name.strip()


def _rows(written: Written, workshop: Workshop, extent: Extent) -> Iterator[dict[str, Cell]]:
    at = workshop.pk if written.of == "pk" else workshop
    found = written.model._default_manager.filter(written.where, **{written.of: at})
    rows = _at_home(found, extent).order_by("pk")
    columns = {name: Column((one,)) if isinstance(one, str) else one for name, one in written.columns.items()}
    paths = list(dict.fromkeys(path for one in columns.values() for path in one.paths))
    lists = {name: _listed(rows, path) for name, path in written.many.items()}
    for pk, *values in rows.values_list("pk", *paths):
        known = dict(zip(paths, values, strict=True))
        row = {name: one.write(*(known[path] for path in one.paths)) for name, one in columns.items()}
        yield row | {name: listed.get(pk, ()) for name, listed in lists.items()}


def _listed(rows: "QuerySet[Model]", path: str) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for pk, key in rows.filter(**{f"{path}__isnull": False}).values_list("pk", f"{path}__key"):
        found.setdefault(pk, []).append(key)
    return {pk: tuple(sorted(keys)) for pk, keys in found.items()}


def _at_home(rows: "QuerySet[Model]", extent: Extent) -> "QuerySet[Model]":
    """Without the rows that point at what residents gave or asked, where that stays at home."""
    return rows if extent is Extent.WHOLE else rows.filter(_without_voices(rows.model))


def _without_voices(model: type[Model]) -> Q:
    found = Q(catch_key="") if model is Decision else Q()
    for one in model._meta.fields:
        is_given = one.related_model is Voice or (model is Need and one.related_model is Person)
        if isinstance(one, ForeignKey) and is_given:
            found &= Q(**{f"{one.name}__isnull": True})
    return found


def _within(each: Remembered, extent: Extent) -> Remembered:
    if extent is Extent.WHOLE:
        return each
    return Remembered(
        each.table, each.model, each.of, each.name, each.is_whole, each.where & _without_voices(each.model), each.renews
    )
