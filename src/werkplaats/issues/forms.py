"""What a person types or ticks to decide on an issue."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from werkplaats.issues.models import Issue
from werkplaats.issues.records import IssueRecord, PartyChoice, TrajectoryRecord
from werkplaats.issues.rules.phases import Phase
from werkplaats.neighbourhoods.models import Group, Party
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
    others = forms.MultipleChoiceField(
        label=_("Een andere partij"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: Any,
        *,
        issue: IssueRecord,
        choices: Iterable[PartyChoice],
        others: Iterable[tuple[str, str]] = (),
    ) -> None:
        offered = tuple(choices)
        ticked = [choice.key for choice in offered if choice.by_default]
        super().__init__(data, initial={"name": issue.name, "summary": issue.summary, "parties": ticked})
        _offer(self, "parties", [(choice.key, choice.name) for choice in offered])
        _offer(self, "others", list(others))


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


class PlanForm(forms.Form):
    """What people want to work on together, for whom it is, and how they would notice."""

    name = forms.CharField(label=_("Hoe noemen jullie dit werk?"), max_length=200)
    benefit_for = forms.CharField(
        label=_("Voor wie is dit?"),
        help_text=_("Wie moet er iets aan hebben? Noem geen namen van mensen."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    groups = forms.MultipleChoiceField(
        label=_("Groepen in de wijk"), required=False, widget=forms.CheckboxSelectMultiple
    )
    how_noticed = forms.CharField(
        label=_("Waaraan gaan zij het merken?"),
        help_text=_(
            "Iets wat je kunt zien, en voor wanneer. Bijvoorbeeld: elke groep heeft in september een vaste avond."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    parties = forms.MultipleChoiceField(
        label=_("Wie werkt hieraan?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, workshop: Workshop, initial: dict[str, Any], with_parties: bool = True) -> None:
        super().__init__(data, initial=initial)
        groups = list(Group.objects.filter(workshop=workshop).values_list("key", "name"))
        _offer(self, "groups", groups)
        if not groups:
            del self.fields["groups"]
        ticked = Party.objects.filter(workshop=workshop, canonical=None, key__in=initial.get("parties", ()))
        _offer(self, "parties", list(ticked.values_list("key", "name")))
        if not with_parties:
            del self.fields["parties"]

    def clean(self) -> dict[str, Any]:
        """What is not asked is not chosen."""
        return {"groups": [], **self.cleaned_data}


class MoveForm(forms.Form):
    """The phase to which a trajectory goes on. `was` is where it stood when the page was opened."""

    then = forms.ChoiceField(label=_("Wat is de volgende stap?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Waarom nu?"),
        help_text=_("Eén zin is genoeg. Dit mag leeg blijven."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    was = forms.ChoiceField(choices=[(phase.value, phase.value) for phase in Phase], widget=forms.HiddenInput)

    def __init__(self, data: Any, *, record: TrajectoryRecord) -> None:
        super().__init__(data, initial={"was": record.line.phase})
        _offer(self, "then", [(phase, words) for phase, words in record.then if phase != Phase.PAUSE])


class JoinInForm(forms.Form):
    """A party that joins a trajectory, and as what."""

    party = forms.ChoiceField(label=_("Welke partij?"))
    role = forms.CharField(
        label=_("Wat doet zij hier?"),
        help_text=_("In haar eigen woorden. Bijvoorbeeld: geeft de zaal, of: spreekt namens de huurders."),
        required=False,
        max_length=120,
    )

    def __init__(self, data: Any, *, workshop: Workshop) -> None:
        super().__init__(data)
        rows = Party.objects.filter(workshop=workshop, canonical=None).values_list("key", "name")
        _offer(self, "party", [("", _("Kies een partij")), *rows])


def _offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class NeedIssueForm(forms.Form):
    """The issue that a need or offer belongs to."""

    issue = forms.ChoiceField(label=_("Vraagstuk"), required=False)

    def __init__(self, data: Any, *, issues: QuerySet[Issue], now: str) -> None:
        super().__init__(data, initial={"issue": now})
        field = self.fields["issue"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Geen")), *issues.values_list("key", "name")]
