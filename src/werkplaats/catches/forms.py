"""What somebody may type to catch what just happened."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from werkplaats.catches.rules import day_meant


class DayField(forms.Field):
    """A day as people write it: ``vrijdag``, ``1 juni``, ``12-6``. Empty may be allowed. Cleans to a date."""

    def __init__(self, *, today: date, **rest: Any) -> None:
        super().__init__(**rest)
        self.today = today

    def to_python(self, value: Any) -> date | None:
        typed = str(value or "").strip()[:40]
        if not typed:
            return None
        day = day_meant(typed, today=self.today)
        if day is None:
            sentence = _("We begrijpen “%(typed)s” niet als dag. Schrijf bijvoorbeeld: vrijdag, of 1 juni.")
            raise ValidationError(sentence, params={"typed": typed})
        return day


class CatchForm(forms.Form):
    """One line: who, what, for whom, when, and whether somebody waits for us. Only what is asked."""

    who = forms.CharField(label=gettext_lazy("Wie"), required=False, max_length=200)
    what = forms.CharField(label=gettext_lazy("Wat"), max_length=500)
    for_whom = forms.CharField(label=gettext_lazy("Voor wie"), required=False, max_length=200)
    waits = forms.BooleanField(label=gettext_lazy("Er wacht iemand op antwoord van ons"), required=False)
    key = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)

    field_order = ("who", "what", "for_whom", "due_on", "waits", "key")

    def __init__(self, data: Any = None, *, today: date, names: Iterable[str] = ()) -> None:
        """`names`: of parties and groups, offered while typing."""
        super().__init__(data, initial={"key": secrets.token_hex(8)}, auto_id="vang-%s")
        self.fields["due_on"] = DayField(label=gettext_lazy("Wanneer klaar"), required=False, today=today)
        self.order_fields(self.field_order)
        self.names = tuple(names)
        examples = {
            "who": _("een partij of groep"),
            "what": _("zoekt uit wie de sleutel heeft"),
            "for_whom": _("een partij of groep"),
            "due_on": _("vrijdag"),
        }
        for name, example in examples.items():
            self.fields[name].widget.attrs |= {"placeholder": example, "autocomplete": "off"}
        if self.names:
            self.fields["who"].widget.attrs["list"] = self.fields["for_whom"].widget.attrs["list"] = "vang-namen"
