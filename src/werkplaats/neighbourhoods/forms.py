"""What a person may type to look for parties, or say about doubles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.neighbourhoods.records import KIND_WORDS
from werkplaats.neighbourhoods.rules import Verdict
from werkplaats.workshops.models import Area, Theme, Workshop


class PartyFilter(forms.Form):
    """The filters of the list of parties, as they stand in the address. What is not known filters nothing."""

    tekst = forms.CharField(label=_("Naam of woord"), required=False, max_length=100)
    soort = forms.ChoiceField(label=_("Soort partij"), required=False)
    gebied = forms.ChoiceField(label=_("Gebied"), required=False)
    thema = forms.ChoiceField(label=_("Thema"), required=False)

    def __init__(self, data: Any, *, workshop: Workshop) -> None:
        super().__init__(data, auto_id="filter-%s")
        areas = Area.objects.filter(workshop=workshop).values_list("code", "name")
        themes = Theme.objects.filter(workshop=workshop)
        self._offer("soort", [(kind, words) for kind, words in KIND_WORDS.items()])
        self._offer("gebied", list(areas))
        self._offer("thema", [(theme.key, theme.called) for theme in themes])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Alles")), *choices]

    def chosen(self) -> dict[str, str]:
        """The filters that hold, as `queries.parties` takes them."""
        self.is_valid()
        words = {"text": "tekst", "kind": "soort", "area": "gebied", "theme": "thema"}
        return {name: self.cleaned_data.get(field, "") for name, field in words.items()}


class DoubleForm(forms.Form):
    """A human's word about two entries; `stays`: the id of the entry whose name is used."""

    verdict = forms.ChoiceField(choices=[(verdict.value, verdict.value) for verdict in Verdict])
    stays = forms.IntegerField(required=False)
