"""What a platform remembered comes back beside the tables that people read: only of what is new here."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import BooleanField, Field, ForeignKey, JSONField, ManyToManyField
from django.utils.translation import gettext as _

from werkplaats.exchange.analysis import MEMORY as FOLDER
from werkplaats.exchange.analysis import Row
from werkplaats.exchange.queries import MEMORY, Remembered
from werkplaats.exchange.queries.memory import BY_MODEL, names
from werkplaats.exchange.records import FaultLine
from werkplaats.workshops.models import Workshop


class _NotThere(Exception):
    """A row names one that is not here: its document could not be read, say."""


class Memory:
    """Knows what stood in a workshop before a folder came in: that stays as it is."""

    def __init__(self, workshop_key: str) -> None:
        workshop = Workshop.objects.filter(key=workshop_key).first()
        self.before = {each.table: set(names(each, workshop).values()) if workshop else set() for each in MEMORY}
        self.faults: list[FaultLine] = []
        self.known: dict[str, dict[str, int]] = {}

    @staticmethod
    def columns() -> dict[str, Sequence[str]]:
        """The columns that every table of the memory may have."""
        return {each.table: ("row", *(one.name for one in each.fields())) for each in MEMORY}

    def put_back(self, workshop: Workshop, tables: Mapping[str, Sequence[Row]]) -> list[FaultLine]:
        """Puts back every row of these tables whose thing is new here; what is wrong in them."""
        for each in MEMORY:
            rows = [row for row in tables.get(each.table, ()) if row.text("row") not in self.before[each.table]]
            if each.renews and each.table in tables:
                self._renew(each, workshop)
            # A row may name another of its own table, that stands further on.
            while rows and len(later := [row for row in rows if not self._put(each, workshop, row)]) < len(rows):
                rows = later
            for row in rows:
                told = _("Deze rij noemt iets wat er niet is.")
                self.faults.append(FaultLine(f"{FOLDER}/{each.table}.csv", row.line, "", told))
            self.known.pop(each.table, None)
        return self.faults

    def _renew(self, each: Remembered, workshop: Workshop) -> None:
        """Takes out what loading made under rows that are new: what was remembered of them comes instead."""
        parent = BY_MODEL[cast("type[Any]", each.model._meta.get_field(each.renews).related_model)]
        new = [pk for pk, name in names(parent, workshop).items() if name not in self.before[parent.table]]
        each.rows(workshop).filter(**{f"{each.renews}__in": new}).delete()

    def _put(self, each: Remembered, workshop: Workshop, row: Row) -> bool:
        """Whether this row is settled; not yet where it names one that is not there."""
        file = f"{FOLDER}/{each.table}.csv"
        values: dict[str, Any] = {}
        lists: dict[str, list[int]] = {}
        for one in each.fields():
            try:
                found = self._value(one, row.text(one.name), workshop)
            except _NotThere:
                return False
            except (ValueError, ValidationError):
                told = _("“%(value)s” kunnen we hier niet lezen.") % {"value": row.text(one.name)[:80]}
                self.faults.append(FaultLine(file, row.line, one.name, told))
                return True
            (lists if isinstance(one, ManyToManyField) else values)[getattr(one, "attname", one.name)] = found
        try:
            with transaction.atomic():
                self._store(each, workshop, row.text("row"), values, lists)
        except DatabaseError:
            told = _("Deze rij past niet bij wat er al staat.")
            self.faults.append(FaultLine(file, row.line, "", told))
        return True

    def _store(
        self, each: Remembered, workshop: Workshop, name: str, values: dict[str, Any], lists: dict[str, list[int]]
    ) -> None:
        pk = self._known(each, workshop).get(name)
        if pk is not None:
            each.model._default_manager.filter(pk=pk).update(**values)
            made = each.model._default_manager.get(pk=pk) if lists else None
        elif each.is_whole:
            own = {"workshop": workshop} if each.of == "workshop" else {}
            made = each.model._default_manager.create(**own, **values)
            self._known(each, workshop)[name] = made.pk
        else:
            return  # what people read does not name it: a line that somebody took out
        for field, others in lists.items():
            getattr(made, field).set(others)

    def _known(self, each: Remembered, workshop: Workshop) -> dict[str, int]:
        if each.table not in self.known:
            self.known[each.table] = {name: pk for pk, name in names(each, workshop).items()}
        return self.known[each.table]

    def _value(self, one: "Field[Any, Any]", text: str, workshop: Workshop) -> Any:
        if isinstance(one, ManyToManyField | ForeignKey):
            links = self._known(BY_MODEL[cast("type[Any]", one.related_model)], workshop)
            if isinstance(one, ManyToManyField):
                return [links[name] for name in json.loads(text or "[]") if name in links]
            if text and text not in links:
                raise _NotThere
            return links[text] if text else None
        if isinstance(one, JSONField):
            return json.loads(text) if text else None
        if isinstance(one, BooleanField):
            return {"yes": True, "no": False, "": None}[text] if text in {"yes", "no", ""} else one.to_python(text)
        found = None if one.null and not text else one.to_python(text)
        if one.choices and found not in {"", None, *dict(one.flatchoices)}:
            raise ValueError(text)
        if one.max_length and len(text) > one.max_length:
            raise ValueError(text)
        return found
