"""What a coordinator types in a line: what just happened, and the five questions of a new workshop."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from werkplaats.catches.rules import day_meant
from werkplaats.neighbourhoods.models import Party
from werkplaats.pages.rules import MOST_LINES
from werkplaats.promises.rules import Kind
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.records import CAPABILITY_WORDS
from werkplaats.workshops.rules import TERMS

PARTIES_LIST = "vang-namen"
"""The id of the list of known names, that a browser offers while one types."""


class DayField(forms.CharField):
    """A day as people say it: "vrijdag", "1 juni", "over twee weken" is not understood and says so."""

    today: date

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        found = day_meant(typed, today=self.today)
        if found is None:
            raise forms.ValidationError(_("Deze dag begrijpen we niet. Schrijf bijvoorbeeld: vrijdag, of 1 juni."))
        return found


class LineForm(forms.Form):
    """One line: who, what, for whom, when. The rest may come later."""

    who = forms.CharField(label=gettext_lazy("Wie"), max_length=200, required=False)
    what = forms.CharField(label=gettext_lazy("Wat"), max_length=500)
    for_whom = forms.CharField(label=gettext_lazy("Voor wie"), max_length=200, required=False)
    due_on = DayField(label=gettext_lazy("Wanneer klaar"), max_length=40, required=False)

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        day = self.fields["due_on"]
        assert isinstance(day, DayField)
        day.today = today
        for name in ("who", "for_whom"):
            self.fields[name].widget.attrs |= {"list": PARTIES_LIST, "autocomplete": "off"}
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")


class CatchForm(LineForm):
    """The catch line on Today, as `catches/line.html` reads it; it is sent to the door of catches.

    `key` makes a double click one line; `names` of parties are offered while typing.
    """

    waits = forms.BooleanField(label=gettext_lazy("Er wacht iemand op antwoord van ons"), required=False)
    key = forms.SlugField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, names: tuple[str, ...], **more: Any) -> None:
        super().__init__(*args, auto_id="vang-%s", **more)
        self.names = names
        examples = (
            _("een partij of groep"),
            _("zoekt uit wie de sleutel heeft"),
            _("een partij of groep"),
            _("vrijdag"),
        )
        for name, example in zip(("who", "what", "for_whom", "due_on"), examples, strict=True):
            self.fields[name].widget.attrs["placeholder"] = example


class SaidForm(LineForm):
    """A promise as it was said at the meeting. Who promised is a party that was there."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Soort"),
        choices=[
            (Kind.DO.value, gettext_lazy("doen we")),
            (Kind.FIND_OUT.value, gettext_lazy("zoeken we uit")),
            (Kind.NO.value, gettext_lazy("nee, omdat")),
        ],
    )

    def __init__(self, *args: Any, parties: list[Party], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", "—"), *((party.key, party.name) for party in parties)]
        self.fields["who"] = forms.ChoiceField(label=gettext_lazy("Wie"), choices=choices)

    def has_changed(self) -> bool:
        """Whether something was promised on this line: a kind alone is nothing."""
        return any(name in self.changed_data for name in ("who", "what", "for_whom", "due_on"))


class PlaceForm(forms.Form):
    """Question 1: what is it called, and where."""

    name = forms.CharField(label=gettext_lazy("Hoe heet jullie wijkwerkplaats?"), max_length=200)
    city = forms.CharField(label=gettext_lazy("In welke plaats of wijk?"), max_length=200, required=False)


class TermsForm(forms.Form):
    """By which terms the workshop works."""

    small_number = forms.IntegerField(
        label=gettext_lazy("Vanaf hoeveel mensen laten we een verdeling zien?"),
        help_text=gettext_lazy("Met minder mensen is te raden wie iets zei. Wij raden 5 aan."),
    )
    tie_months = forms.IntegerField(
        label=gettext_lazy("Na hoeveel maanden telt een band niet meer mee?"),
        help_text=gettext_lazy("Als niemand hem in die tijd zag. Wij raden 24 aan."),
    )
    pause_days = forms.IntegerField(
        label=gettext_lazy("Na hoeveel dagen staan we stil bij een ontwikkeltraject?"),
        help_text=gettext_lazy("Dan vragen we bewoners of ze er iets aan hebben. Wij raden 90 aan."),
    )
    capabilities = forms.MultipleChoiceField(
        label=gettext_lazy("Wat gebruiken jullie?"),
        help_text=gettext_lazy("Wat uit staat, ziet niemand. Wat er al was, blijft bewaard."),
        choices=list(CAPABILITY_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: QueryDict | None, *, workshop: Workshop) -> None:
        super().__init__(data, initial={name: getattr(workshop, name) for name in (*TERMS, "capabilities")})
        for name, (least, most) in TERMS.items():
            field = self.fields[name]
            assert isinstance(field, forms.IntegerField)
            field.validators += [MinValueValidator(least), MaxValueValidator(most)]
            field.widget.attrs |= {"min": least, "max": most}


class MeetingForm(forms.Form):
    """Question 2: the last meeting. Parties, one a line; no names of people."""

    about = forms.CharField(
        label=gettext_lazy("Waar ging het over?"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    held_on = forms.DateField(
        label=gettext_lazy("Wanneer was dat?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    parties = forms.CharField(
        label=gettext_lazy("Welke partijen zaten erbij?"),
        help_text=gettext_lazy("Elke partij op een eigen regel. Namen van mensen zijn niet nodig."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )

    def __init__(self, *args: Any, workshop: Workshop, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self._zone, self._today = ZoneInfo(workshop.timezone), today

    def clean_held_on(self) -> datetime:
        """The afternoon of that day, since nobody asks for the hour."""
        on: date = self.cleaned_data["held_on"]
        if on > self._today:
            raise forms.ValidationError(_("Die dag komt nog. Denk aan de laatste keer dat jullie samen zaten."))
        return datetime(on.year, on.month, on.day, 14, tzinfo=self._zone)

    def clean_parties(self) -> list[str]:
        """The names as typed, each once."""
        names = (" ".join(line.split())[:200] for line in self.cleaned_data["parties"].splitlines())
        return list(dict.fromkeys(name for name in names if name))[:40]


class WaiterForm(LineForm):
    """Question 5: somebody who waits for an answer from us, and when we come back to it."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["who"].label = gettext_lazy("Wie wacht er?")
        self.fields["who"].help_text = _("Geen naam. Bijvoorbeeld: een moeder uit de Kadebuurt.")
        self.fields["what"].label = gettext_lazy("Waarop?")
        self.fields["due_on"].label = gettext_lazy("Wanneer kom je erop terug?")
        del self.fields["for_whom"]


def lines(
    kind: type[LineForm], most: int = MOST_LINES
) -> "type[forms.BaseFormSet[LineForm]]":  # a class that takes no brackets when it runs
    """Several lines of one kind in one form; an empty line says nothing."""
    return forms.formset_factory(kind, extra=most, max_num=most, absolute_max=most)
