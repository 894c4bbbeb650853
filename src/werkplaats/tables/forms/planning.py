"""What a person writes down to plan a table and to close it, and what is answered to an invitation."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.kit.code_field import CodeField
from werkplaats.tables.forms import offer
from werkplaats.tables.queries.lots import AREA, KIND, InPool
from werkplaats.tables.records import kind_words
from werkplaats.tables.records.planning import PlanRecord
from werkplaats.workshops.models import Workshop


class InviteForm(forms.Form):
    """Who is invited: parties whom the issue concerns, and others by name."""

    parties = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label=_("Nog een partij, bij naam"),
        help_text=_("Eén naam per regel. Staat een partij er onder twee namen, dan krijgt zij één stoel."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any, *, plan: PlanRecord) -> None:
        super().__init__(data)
        known = {party.key: party.name for party, _seat in plan.parties}
        known |= {seat.key: seat.name for seat in plan.record.seats}
        offer(self, "parties", list(known.items()))

    def names(self) -> list[str]:
        """The names that were typed."""
        return [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]


class SpeakForm(forms.Form):
    """For which residents named together a party speaks at the table."""

    seat = forms.ChoiceField(label=_("Welke partij?"))
    group = forms.ChoiceField(label=_("Voor wie spreekt zij?"), required=False)

    def __init__(self, data: Any, *, plan: PlanRecord) -> None:
        super().__init__(data)
        offer(self, "seat", [(seat.key, seat.name) for seat in plan.record.sitting])
        offer(self, "group", [("", _("Alleen voor zichzelf")), *plan.group_names])


class LineForm(forms.Form):
    """A line for the agenda."""

    text = forms.CharField(label=_("Waar praten jullie nog meer over?"), max_length=300)


class MoveForm(forms.Form):
    """Another day, hour or place."""

    day = forms.DateField(label=_("Welke dag?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(label=_("Hoe laat?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("Waar?"), required=False, max_length=200)
    reason = forms.CharField(
        label=_("Waarom?"), help_text=_("Wie is uitgenodigd, leest dit."), required=False, max_length=300
    )

    def __init__(self, data: Any, *, workshop: Workshop, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.zone = ZoneInfo(workshop.timezone)

    def held_at(self) -> datetime:
        """The moment in the zone of the workshop."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], self.zone)


class CancelForm(forms.Form):
    """Why a table is off."""

    reason = forms.CharField(
        label=_("Waarom gaat het niet door?"),
        help_text=_("Wie is uitgenodigd, leest dit."),
        required=False,
        max_length=300,
    )


class LotsForm(forms.Form):
    """How many seats are drawn, and the least and most of each kind of party and each area in the pool."""

    seats = forms.IntegerField(label=_("Voor hoeveel stoelen?"), min_value=1, max_value=200)

    def __init__(self, data: Any, *, pool: Sequence[InPool], areas: Mapping[str, str]) -> None:
        super().__init__(data)
        self.values: list[tuple[str, str, Any]] = []
        kinds, places = sorted({one.kind for one in pool}), sorted({one.area for one in pool if one.area})
        self.values += [(KIND, kind, kind_words(kind)) for kind in kinds]
        self.values += [(AREA, code, areas.get(code, code)) for code in places]
        for number, _value in enumerate(self.values):
            for end, label in (("low", _("Minstens")), ("high", _("Hoogstens"))):
                self.fields[f"{end}_{number}"] = forms.IntegerField(
                    label=label, min_value=0, max_value=200, required=False
                )

    def pairs(self) -> list[tuple[Any, Any, Any]]:
        """Of each kind and area its name, and its two fields."""
        return [(name, self[f"low_{n}"], self[f"high_{n}"]) for n, (_trait, _value, name) in enumerate(self.values)]

    def clean(self) -> dict[str, Any]:
        """More at least than at most is a slip of the hand."""
        said = super().clean() or {}
        for number in range(len(self.values)):
            low, high = said.get(f"low_{number}"), said.get(f"high_{number}")
            if low is not None and high is not None and low > high:
                self.add_error(f"low_{number}", _("Minstens is hier meer dan hoogstens."))
        return said

    def quotas(self) -> dict[str, dict[str, tuple[int, int]]]:
        """What was typed, as `actions.drawing.ask_draw` takes it; what was left empty is free."""
        said = self.cleaned_data
        found: dict[str, dict[str, tuple[int, int]]] = {}
        for number, (trait, value, _name) in enumerate(self.values):
            low, high = said[f"low_{number}"], said[f"high_{number}"]
            if low is not None or high is not None:
                most = said["seats"] if high is None else high
                found.setdefault(trait, {})[value] = (low or 0, max(most, low or 0))
        return found


class LeaveForm(forms.Form):
    """Why what was drawn is left."""

    reason = forms.CharField(label=_("Waarom niet?"), help_text=_("Iedereen kan dit lezen."), max_length=300)


class ReportForm(forms.Form):
    """The minutes of a table, as a document."""

    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("PDF, Word (docx), HTML, Markdown of tekst. Er moet tekst in staan."),
        max_length=200,
        allow_empty_file=True,  # reading refuses it in our words, which name the file
    )
    title = forms.CharField(label=_("Titel"), max_length=300)


class GiveBackForm(forms.Form):
    """What came of a table, for everybody who was there."""

    text = forms.CharField(
        label=_("Wat kwam ervan?"),
        help_text=_("Iedereen die er was, leest dit. Noem geen namen van mensen."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class CodeForm(forms.Form):
    """The twelve digits on an invitation."""

    code = CodeField(label=_("De code op je uitnodiging"))
