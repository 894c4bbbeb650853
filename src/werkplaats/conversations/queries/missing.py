"""Who hardly takes part, beside who lives in the neighbourhood and who works on the issue."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from werkplaats.conversations.models import Conversation
from werkplaats.conversations.records import MissingArea, MissingKind
from werkplaats.conversations.rules import Kind, hardly_there
from werkplaats.issues.models import IssueParty
from werkplaats.neighbourhoods.models import Group
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.workshops.models import Area, Workshop

_AS_PARTY = {
    PartyKind.INITIATIVE: Kind.RESIDENT,
    PartyKind.PROFESSIONAL: Kind.PROFESSIONAL,
    PartyKind.RESEARCH: Kind.RESEARCHER,
    PartyKind.GOVERNMENT: Kind.GOVERNMENT,
}


def areas_asked(workshop: Workshop) -> QuerySet[Area]:
    """The areas among which somebody says where they live: those without parts."""
    return Area.objects.filter(workshop=workshop, parts=None)


def missing_kinds(conversation: Conversation, people: Mapping[str, int], *, small: int) -> tuple[MissingKind, ...]:
    """Kinds of party of which fewer than the small number take part, with who of them works on the issue. 1 query."""
    missing = [kind for kind in Kind if kind is not Kind.UNSAID and people.get(kind, 0) < small]
    rows = IssueParty.objects.filter(issue=conversation.issue_id).select_related("party__canonical") if missing else ()
    names: dict[Kind, set[str]] = {}
    for row in rows:
        kind = _AS_PARTY.get(PartyKind(row.party.stays.kind))
        if kind is not None:
            names.setdefault(kind, set()).add(row.party.stays.name)
    return tuple(MissingKind(kind, tuple(sorted(names.get(kind, ())))) for kind in missing)


def missing_areas(conversation: Conversation, people: Mapping[str, int], *, small: int) -> tuple[MissingArea, ...]:
    """Parts of what the ask is about from where far fewer take part than live there, with groups that live there. 2 queries."""
    rows = list(Area.objects.filter(workshop=conversation.workshop_id).order_by("code"))
    parents = {row.parent_id for row in rows}
    among = _within(rows, conversation.ask.area_id)
    live = {row.code: row.population for row in among if row.pk not in parents and row.population}
    there = hardly_there({code: people.get(code, 0) for code in live}, live, small=small)
    found = [row for row in among if row.code in there]
    groups = Group.objects.filter(area__in=[row.pk for row in found]).values_list("area_id", "name") if found else ()
    return tuple(
        MissingArea(row.code, row.name, tuple(name for area, name in groups if area == row.pk)) for row in found
    )


def _within(rows: Sequence[Area], top: int | None) -> list[Area]:
    """An area with all its parts; everything where none is named."""
    if top is None:
        return list(rows)
    inside = {top}
    while more := {row.pk for row in rows if row.parent_id in inside} - inside:
        inside |= more
    return [row for row in rows if row.pk in inside]
