"""What a person says when everybody stands still."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.issues.records import PHASE_WORDS
from werkplaats.issues.rules.phases import Phase
from werkplaats.pauses.records import NOTICED_WORDS, OUTCOME_WORDS, OWN_WORDS
from werkplaats.pauses.rules import LONGEST, Outcome


class OwnAnswerForm(forms.Form):
    """Whether somebody with a receipt notices anything of it."""

    code = forms.CharField(
        label=_("De code van je bonnetje"),
        help_text=_("Twaalf cijfers, bijvoorbeeld 4821 0937 5516."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    noticed = forms.ChoiceField(
        label=_("Merk je er iets van?"), choices=list(OWN_WORDS.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Wil je er iets bij zeggen?"),
        help_text=_("Dit mag leeg blijven. Alleen de werkplaats leest het."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PartyAnswerForm(forms.Form):
    """Whether residents notice anything of it, as a party sees it."""

    party = forms.ChoiceField(label=_("Namens welke partij?"))
    noticed = forms.ChoiceField(
        label=_("Merken bewoners er iets van?"), choices=list(NOTICED_WORDS.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Waaraan zie je dat?"),
        help_text=_("Iedereen kan dit lezen. Noem geen namen van mensen."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, parties: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["party"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Kies een partij")), *parties]


class CloseForm(forms.Form):
    """How a pause ends, and why."""

    outcome = forms.ChoiceField(
        label=_("Hoe gaan jullie verder?"), choices=list(OUTCOME_WORDS.items()), widget=forms.RadioSelect
    )
    then = forms.ChoiceField(
        label=_("Met welke stap?"),
        help_text=_("Bij stoppen hoeft dit niet."),
        choices=[
            ("", _("Kies een stap")),
            *((phase.value, PHASE_WORDS[phase]) for phase in Phase if phase != Phase.PAUSE),
        ],
        required=False,
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Iedereen kan dit lezen. Zeg het eerlijk, ook als het niet lukte."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_pause_on = forms.DateField(
        label=_("Wanneer staan jullie weer stil?"),
        help_text=_("Laat dit leeg voor over drie maanden."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        """Who goes on says with what."""
        said = self.cleaned_data
        if said.get("outcome") in (Outcome.CONTINUE, Outcome.CHANGE) and not said.get("then"):
            self.add_error("then", _("Kies met welke stap jullie verdergaan."))
        return said
