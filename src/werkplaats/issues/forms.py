"""What a person types or ticks to decide on an issue."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.issues.models import Issue
from werkplaats.issues.records import IssueRecord, PartyChoice
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Theme, Workshop

NAME = forms.CharField(
    label=_("Naam van het vraagstuk"),
    help_text=_("Kies woorden die bewoners zelf gebruiken. Een vraag mag ook."),
    max_length=200,
)
SUMMARY = forms.CharField(
    label=_("In het kort"),
    help_text=_("Twee zinnen: wat is er aan de hand, en voor wie? Dit mag leeg blijven."),
    required=False,
    max_length=1000,
    widget=forms.Textarea(attrs={"rows": 3}),
)


class ThemeFilter(forms.Form):
    """The filter of the list, as it stands in the address. What is not known filters nothing."""

    thema = forms.ChoiceField(label=_("Thema"), required=False)

    def __init__(self, data: Any, *, workshop: Workshop) -> None:
        super().__init__(data, auto_id="filter-%s")
        field = self.fields["thema"]
        assert isinstance(field, forms.ChoiceField)
        themes = Theme.objects.filter(workshop=workshop)
        field.choices = [("", _("Alles")), *((theme.key, theme.called) for theme in themes)]

    def chosen(self) -> str:
        """The key of a theme, or nothing."""
        self.is_valid()
        return str(self.cleaned_data.get("thema", ""))


class AcceptForm(forms.Form):
    """A name of one's own choice, and the parties that work on it."""

    name = NAME
    summary = SUMMARY
    parties = forms.MultipleChoiceField(
        label=_("Wie werkt hieraan?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, issue: IssueRecord, choices: Iterable[PartyChoice]) -> None:
        offered = tuple(choices)
        ticked = [choice.key for choice in offered if choice.by_default]
        super().__init__(data, initial={"name": issue.name, "summary": issue.summary, "parties": ticked})
        _offer(self, "parties", [(choice.key, choice.name) for choice in offered])


class RefuseForm(forms.Form):
    """Why passages are no issue together."""

    reason = forms.CharField(
        label=_("Waarom hoort dit niet samen?"),
        help_text=_("Eén zin is genoeg. We onthouden hem, zodat dit voorstel niet terugkomt."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NameForm(forms.Form):
    """Another name or summary. `was` is the name when the page was opened."""

    name = NAME
    summary = SUMMARY
    was = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, issue: IssueRecord) -> None:
        super().__init__(data, initial={"name": issue.name, "summary": issue.summary, "was": issue.name})


class SplitForm(forms.Form):
    """The passages that get an issue of their own, and its name."""

    passages = forms.MultipleChoiceField(
        label=_("Welke passages gaan naar het nieuwe vraagstuk?"), widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(label=_("Naam van het nieuwe vraagstuk"), max_length=200)

    def __init__(self, data: Any, *, issue: IssueRecord) -> None:
        super().__init__(data)
        _offer(self, "passages", [(str(quote.fragment_id), quote.text) for quote in issue.quotes])


class JoinForm(forms.Form):
    """The issue that this one goes up in."""

    into = forms.ChoiceField(label=_("Waar hoort dit bij?"), widget=forms.RadioSelect)

    def __init__(self, data: Any, *, others: Iterable[Issue]) -> None:
        super().__init__(data)
        _offer(self, "into", [(other.key, other.name) for other in others])


class PartiesForm(forms.Form):
    """Who works on an issue: those ticked, and one more from all parties."""

    parties = forms.MultipleChoiceField(
        label=_("Wie werkt hieraan?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other = forms.ChoiceField(label=_("Nog een partij"), required=False)

    def __init__(self, data: Any, *, issue: IssueRecord, choices: Iterable[PartyChoice]) -> None:
        offered = tuple(choices)
        super().__init__(data, initial={"parties": [party.key for party in issue.parties]})
        _offer(self, "parties", [(choice.key, choice.name) for choice in offered])
        listed = {choice.key for choice in offered}
        rows = Party.objects.filter(workshop_id=issue.workshop_id, canonical=None).values_list("key", "name")
        _offer(self, "other", [("", _("Kies een partij")), *(row for row in rows if row[0] not in listed)])

    def chosen(self) -> frozenset[str]:
        """The keys of all parties that are to work on it."""
        return frozenset({*self.cleaned_data["parties"], self.cleaned_data["other"]} - {""})


def _offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
