"""What a coordinator writes down about a chain. No names of people."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.chains.records import StepRecord
from werkplaats.chains.rules import LONGEST_TERM
from werkplaats.issues.models import Issue
from werkplaats.kit.once import once_field
from werkplaats.neighbourhoods.models import Party


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class ChainForm(forms.Form):
    """What a chain is called, what a resident wants from it, and what it is about."""

    name = forms.CharField(label=_("Hoe heet de keten?"), max_length=200)
    wish = forms.CharField(
        label=_("Wat wil een bewoner ermee bereiken?"),
        help_text=_("In één zin. Bijvoorbeeld: ik wil een huis zonder schimmel."),
        max_length=300,
    )
    issues = forms.ModelMultipleChoiceField(
        label=_("Welke vraagstukken raakt de keten?"),
        queryset=Issue.objects.none(),
        required=False,
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, issues: Any, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["issues"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = issues


class NewChainForm(ChainForm):
    """A chain that is not on record yet."""

    since = _day(
        _("Sinds wanneer gaat het zo?"), _("Weet je het niet precies? Kies de eerste dag waarvan je het weet.")
    )


class VersionForm(forms.Form):
    """From when on a chain goes another way."""

    since = _day(_("Vanaf wanneer gaat het anders?"), _("De oude versie geldt tot en met de dag ervoor."))


class EndForm(forms.Form):
    """Until when a chain went this way."""

    until = _day(_("Tot en met welke dag ging het zo?"))


class StepForm(forms.Form):
    """What is done in a step, by whom, where, and what comes before it."""

    name = forms.CharField(
        label=_("Wat gebeurt er in deze stap?"),
        help_text=_("Bijvoorbeeld: de opzichter komt kijken."),
        max_length=200,
    )
    party = forms.ModelChoiceField(
        label=_("Welke partij doet dat?"),
        queryset=Party.objects.none(),
        required=False,
        to_field_name="key",
        empty_label=_("Geen van deze partijen"),
    )
    words = forms.CharField(
        label=_("Of, als de partij er niet bij staat: wat voor loket?"),
        help_text=_("Bijvoorbeeld: de bewoner zelf, of een verzekeraar. Noem geen namen van mensen."),
        required=False,
        max_length=120,
    )
    desk = forms.CharField(
        label=_("Bij welk loket van die partij?"),
        help_text=_("Dit mag leeg blijven. Bijvoorbeeld: de balie, of het formulier op de site."),
        required=False,
        max_length=200,
    )
    documents = forms.CharField(
        label=_("Welke papieren worden er gevraagd?"),
        help_text=_("Eén per regel. Dit mag leeg blijven."),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    term_days = forms.IntegerField(
        label=_("Hoeveel dagen mag het volgens de regels duren?"),
        help_text=_("Laat dit leeg als je het niet weet."),
        required=False,
        min_value=0,
        max_value=LONGEST_TERM,
    )
    after = forms.MultipleChoiceField(
        label=_("Na welke stappen komt deze stap?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    once = once_field()

    def __init__(
        self, data: Any, *, parties: Any, others: Iterable[StepRecord], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        party, after = self.fields["party"], self.fields["after"]
        assert isinstance(party, forms.ModelChoiceField)
        assert isinstance(after, forms.MultipleChoiceField)
        party.queryset = parties
        after.choices = [(step.key, f"{step.number}. {step.name}") for step in others]
