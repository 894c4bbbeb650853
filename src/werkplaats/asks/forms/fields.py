"""What the forms of this room share."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.asks.rules import has_words
from werkplaats.neighbourhoods.models import Party


def text_field(
    label: Any, *, rows: int = 3, help_text: Any = "", required: bool = False, most: int = 2000
) -> forms.CharField:
    """A few lines to write in. What is too long is refused with a sentence: a browser would cut off what is pasted unseen."""
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
    del field.widget.attrs["maxlength"]
    return field


def day_field(label: Any, *, help_text: Any = "", required: bool = False) -> forms.DateField:
    """A day, picked or typed."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


def through_field(*, help_text: Any = "") -> "forms.ModelChoiceField[Party]":
    """Through which residents' initiative voices come, if through any."""
    return forms.ModelChoiceField(
        label=_("Via welk bewonersinitiatief?"),
        queryset=Party.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("Via niemand"),
        help_text=help_text,
    )


def offer(form: forms.Form, name: str, rows: Any) -> None:
    """Which rows may be chosen in a field."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def not_past(day: date | None, today: date) -> date | None:
    """The day, if it is still to come."""
    if day is not None and day < today:
        raise forms.ValidationError(_("Deze dag is al geweest. Kies een dag die nog komt."))
    return day


def with_words(text: str) -> str:
    """The text, if it says anything."""
    if not has_words(text):
        raise forms.ValidationError(_("Er staat nog niets."))
    return text
