"""What a person writes down about a table and what came of it."""

from datetime import datetime, time
from re import fullmatch
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.issues.models import Issue
from werkplaats.issues.rules import State
from werkplaats.kit.once import once_field
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.records import KIND_WORDS as PARTY_WORDS
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.promises.rules import Kind
from werkplaats.tables.records import AS_WHO_WORDS, COMPONENT_WORDS, EIGHT, TableRecord
from werkplaats.tables.refusals import NotUnderstood
from werkplaats.tables.rules import HEARD, HIGHEST, LOWEST, MATTERED, Tap, told_moment
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
        _offer(self, "issue", [("", _("Nog geen")), *issues])
        _offer(
            self, "parties", list(Party.objects.filter(workshop=workshop, canonical=None).values_list("key", "name"))
        )

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
        _offer(self, "party", [("", _("Kies een partij")), *((seat.key, seat.name) for seat in record.seats)])


class SeatForm(forms.Form):
    """One more party at a table."""

    party = forms.ChoiceField(label=_("Nog een partij"))

    def __init__(self, data: Any, *, workshop: Workshop, record: TableRecord) -> None:
        super().__init__(data)
        here = {seat.key for seat in record.seats}
        rows = Party.objects.filter(workshop=workshop, canonical=None).values_list("key", "name")
        _offer(self, "party", [("", _("Kies een partij")), *(row for row in rows if row[0] not in here)])


class TurnForm(forms.Form):
    """One tap without script: a kind of party spoke, or (`back`) a turn is taken back by its name."""

    kind = forms.ChoiceField(choices=list(PARTY_WORDS.items()))
    back = forms.RegexField(r"^[0-9a-z]{1,40}\.[0-9]{1,9}$", required=False)
    once = once_field()

    def taken_back(self) -> Tap | None:
        """The turn that is taken back, if one is."""
        device, _dot, number = self.cleaned_data["back"].partition(".")
        return Tap(device, int(number), self.cleaned_data["kind"], is_back=True) if device else None


class TableCodeForm(forms.Form):
    """The code of a table."""

    code = forms.CharField(
        label=_("De code van de tafel"),
        max_length=40,
        help_text=_("Twaalf cijfers. Spaties maken niet uit."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class CheckOutForm(forms.Form):
    """How it was. Every question is asked with the same seven steps, so that nobody is told apart by what they left out."""

    kind = forms.ChoiceField(
        label=_("Hoe zat je aan tafel?"), choices=list(AS_WHO_WORDS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Wil je er iets bij zeggen?"),
        help_text=_("Alleen de werkplaats leest dit. Noem geen namen."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, eight: bool, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        asked = dict(enumerate(EIGHT)) if eight else {0: COMPONENT_WORDS[HEARD]}
        self.asked = [f"q{number}" for number in asked]
        for number, words in asked.items():
            self.fields[f"q{number}"] = _steps(words)
        self.fields[MATTERED] = _steps(_("Het deed ertoe dat ik er was.") if eight else COMPONENT_WORDS[MATTERED])
        self.order_fields([*(name for name in self.fields if name not in {"kind", "words"}), "kind", "words"])
        del self.fields["words"].widget.attrs["maxlength"]

    @property
    def steps(self) -> list[forms.BoundField]:
        """The questions, without who somebody was and their words."""
        return [self[name] for name in (*self.asked, MATTERED)]

    def told(self) -> dict[str, Any]:
        """What `actions.check_out` and `actions.type_in` take."""
        said = self.cleaned_data
        return {
            "kind": PartyKind(said["kind"]),
            "answers": [said[name] for name in self.asked],
            "mattered": said[MATTERED],
            "words": said["words"],
        }


class PaperForm(CheckOutForm):
    """One sheet of paper."""

    number = forms.IntegerField(label=_("Nummer van het blad"), min_value=1, max_value=100_000)


def _steps(words: Any) -> forms.TypedChoiceField:
    steps = [(step, str(step)) for step in range(LOWEST, HIGHEST + 1)]
    return forms.TypedChoiceField(label=words, choices=steps, coerce=int, widget=forms.RadioSelect)


def read_tap(item: Any, *, at: datetime) -> Tap | None:
    """A tap as a phone tells it: ``{"device": "5f0a", "number": 7, "kind": "business", "at": "...", "back": false}``."""
    named = _name(item)
    kind = item.get("kind") if named else None
    if named is None or not isinstance(kind, str) or kind not in PARTY_WORDS:
        return None
    return Tap(*named, kind, told_moment(item.get("at"), at=at), is_back=item.get("back") is True)


def read_note(item: Any) -> dict[str, str]:
    """A line of what was said as a phone tells it, as `NoteForm` takes it; its name makes it one. Raises `NotUnderstood`."""
    named, said = _name(item), item.get("note") if isinstance(item, dict) else None
    if named is None or not isinstance(said, dict):
        raise NotUnderstood
    told = {str(name): value for name, value in said.items() if isinstance(value, str)}
    return told | {"once": "-".join(map(str, named))}


def _name(item: Any) -> tuple[str, int] | None:
    """By which device, and which of its taps and lines; a number of a thousand million and more no table reaches."""
    if not isinstance(item, dict):
        return None
    device, number = item.get("device"), item.get("number")
    if not isinstance(device, str) or not fullmatch("[0-9a-z]{1,40}", device):
        return None
    return (device, number) if type(number) is int and 0 < number < 10**9 else None


def _offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
