"""Reads of the groups of residents: their names and where they live, never who they are."""

from werkplaats.neighbourhoods.models import Group
from werkplaats.neighbourhoods.records import GroupLine, Named
from werkplaats.workshops.models import Workshop


def groups(workshop: Workshop) -> tuple[GroupLine, ...]:
    """The groups that were named, by name. 1 query."""
    rows = Group.objects.filter(workshop=workshop).select_related("area").defer("area__polygons")
    return tuple(
        GroupLine(row.key, row.name, Named(row.area.code, row.area.name) if row.area else None) for row in rows
    )
