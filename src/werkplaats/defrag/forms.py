"""What a person may choose or type about connections and moves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.defrag.records import PART_WORDS, SHADE_WORDS

Choices = Iterable[tuple[str, str | Promise]]


class ConnectionFilter(forms.Form):
    """The filters of the list of connections, as they stand in the address."""

    vraagstuk = forms.CharField(label=_("Vraagstuk"), required=False, max_length=200, widget=forms.Select)
    deel = forms.CharField(label=_("Deel"), required=False, max_length=20, widget=forms.Select)
    bereik = forms.CharField(label=_("Hoe kort is de weg?"), required=False, max_length=1, widget=forms.Select)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        self._offer("deel", [(part, words) for part, (words, _more) in PART_WORDS.items()])
        self._offer("bereik", [(str(step), words) for step, words in enumerate(SHADE_WORDS)])

    def offer_groups(self, groups: Choices) -> None:
        """The issues and pairs of themes that there are, as (key, name)."""
        self._offer("vraagstuk", groups)

    def chosen(self) -> dict[str, str]:
        """The filters that hold, as `queries.chosen` takes them."""
        self.is_valid()
        words = {"group": "vraagstuk", "part": "deel", "reach": "bereik"}
        return {name: self.cleaned_data.get(field, "") for name, field in words.items()}

    def _offer(self, name: str, choices: Choices) -> None:
        widget = self.fields[name].widget
        assert isinstance(widget, forms.Select)
        widget.choices = [("", _("Alles")), *choices]


class RefusalForm(forms.Form):
    """Why an introduction should not be proposed."""

    reason = forms.CharField(
        label=_("Waarom niet?"),
        help_text=_("Alleen coördinatoren lezen dit. Het voorstel komt niet terug."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
