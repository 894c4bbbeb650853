"""What a reader may choose, and how somebody asks to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.mail.records import KIND_WORDS, ReaderRecord
from werkplaats.mail.rules import Kind, Pace

PACE_WORDS = {
    Pace.UNCHOSEN: _("Het eerste bericht meteen, daarna één keer per dag"),
    Pace.AT_ONCE: _("Altijd meteen"),
    Pace.DAILY: _("Eén keer per dag"),
    Pace.WEEKLY: _("Eén keer per week, op maandag"),
    Pace.OFF: _("Niet"),
}


class ChoicesForm(forms.Form):
    """How often, for each kind. The fields are named after the kinds."""

    def __init__(self, data: Any, *, reader: ReaderRecord) -> None:
        super().__init__(data)
        for line in reader.choices:
            self.fields[line.kind.value] = forms.ChoiceField(
                label=KIND_WORDS[line.kind],
                choices=[(pace.value, words) for pace, words in PACE_WORDS.items()],
                initial=line.pace.value,
            )

    def chosen(self) -> dict[Kind, Pace]:
        """What differs from what stood there."""
        return {Kind(name): Pace(self.cleaned_data[name]) for name in self.changed_data}


class FollowForm(forms.Form):
    """Where to write to. `what` is signed by us: nobody can have us mail words of their own."""

    address = forms.EmailField(
        label=_("Je mailadres"),
        help_text=_("We sturen je één mail om te vragen of je het echt bent. Je adres gaat naar niemand anders."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PaperForm(forms.Form):
    """Under which name the letters of somebody without mail lie ready."""

    name = forms.CharField(
        label=_("Naam voor op de envelop"),
        help_text=_(
            "Laat die ander zelf kiezen. Het hoeft geen echte naam te zijn, als jullie maar weten voor wie het is."
        ),
        max_length=120,
    )


class HandOverForm(forms.Form):
    """Which letter was handed over, as far as it was printed."""

    reader = forms.IntegerField()
    up_to = forms.IntegerField()
