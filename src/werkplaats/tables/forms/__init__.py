"""What a person writes down about a table and what came of it."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.issues.models import Issue
from werkplaats.issues.rules import State
from werkplaats.kit.once import once_field
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.rules import Kind
from werkplaats.tables.records import TableRecord
from werkplaats.workshops.models import Workshop

DATE = "date"
WHAT = [
    (Kind.DO.value, _("Wij doen het")),
    (Kind.FIND_OUT.value, _("Wij zoeken het uit")),
    (Kind.NO.value, _("Nee, omdat ...")),
    (DATE, _("We komen erop terug, op een dag")),
]


class TableForm(forms.Form):
    """About what, when, where and with which parties. No names of people."""

    about = forms.CharField(label=_("Waar ging het over?"), max_length=200)
    day = forms.DateField(label=_("Wanneer?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(label=_("Hoe laat?"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label=_("Waar?"), required=False, max_length=200)
    issue = forms.ChoiceField(label=_("Bij welk vraagstuk hoort dit?"), required=False)
    parties = forms.MultipleChoiceField(
        label=_("Welke partijen zitten aan tafel?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, workshop: Workshop, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.zone = ZoneInfo(workshop.timezone)
        issues = Issue.objects.filter(workshop=workshop, state=State.ACCEPTED.value).values_list("key", "name")
        offer(self, "issue", [("", _("Nog geen")), *issues])
        offer(self, "parties", list(Party.objects.filter(workshop=workshop, canonical=None).values_list("key", "name")))

    def held_at(self) -> datetime:
        """The moment in the zone of the workshop; without an hour, noon."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"] or time(12), self.zone)


class NoteForm(forms.Form):
    """One line of what came of a table: who, what, for whom, when. `once` is made with the page, so that twice is once."""

    kind = forms.ChoiceField(label=_("Wat is er gezegd?"), choices=WHAT)
    party = forms.ChoiceField(label=_("Wie zei het?"), required=False)
    text = forms.CharField(label=_("Wat precies?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    for_whom = forms.CharField(label=_("Voor wie?"), required=False, max_length=200)
    on = forms.DateField(
        label=_("Voor wanneer?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    once = once_field()

    def __init__(self, data: Any, *, record: TableRecord) -> None:
        super().__init__(data)
        offer(self, "party", [("", _("Kies een partij")), *((seat.key, seat.name) for seat in record.sitting)])


class SeatForm(forms.Form):
    """One more party at a table."""

    party = forms.ChoiceField(label=_("Nog een partij"))

    def __init__(self, data: Any, *, workshop: Workshop, record: TableRecord) -> None:
        super().__init__(data)
        here = {seat.key for seat in record.seats}
        rows = Party.objects.filter(workshop=workshop, canonical=None).values_list("key", "name")
        offer(self, "party", [("", _("Kies een partij")), *(row for row in rows if row[0] not in here)])


def offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    """What may be chosen in a field, which is known only when the form is shown."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
