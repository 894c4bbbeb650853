"""What a person may type in the library."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.neighbourhoods.models import Party
from werkplaats.sources.records import KIND_WORDS, Choices, Filters
from werkplaats.workshops.models import Theme, Workshop


class Narrow(forms.Form):
    """The filters of the list; they stand in the address."""

    tekst = forms.CharField(label=_("Titel of houder"), required=False, max_length=100)
    soort = forms.ChoiceField(label=_("Soort"), required=False)
    thema = forms.ChoiceField(label=_("Thema"), required=False)
    houder = forms.ChoiceField(label=_("Van wie"), required=False)
    jaar = forms.ChoiceField(label=_("Jaar"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, KIND_WORDS[kind]) for kind in choices.kinds]
        years = [(str(year), str(year)) for year in choices.years]
        for name, every, some in (
            ("soort", _("Alle soorten"), kinds),
            ("thema", _("Alle thema’s"), choices.themes),
            ("houder", _("Iedereen"), choices.holders),
            ("jaar", _("Alle jaren"), years),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", every), *some]

    def filters(self) -> Filters:
        """What is asked for; a filter that does not exist (an old address) is left out."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            text=given.get("tekst", ""),
            kind=given.get("soort", ""),
            theme=given.get("thema", ""),
            holder=given.get("houder", ""),
            year=int(given["jaar"]) if given.get("jaar") else None,
        )


class AddDocument(forms.Form):
    """A document, and what to know about it."""

    bestand = forms.FileField(
        label=_("Bestand"),
        help_text=_("PDF, Word (docx), HTML, Markdown of tekst. Er moet tekst in staan."),
        max_length=200,
        allow_empty_file=True,  # reading refuses it in our words, which name the file
    )
    titel = forms.CharField(label=_("Titel"), max_length=300)
    soort = forms.ChoiceField(label=_("Soort"), choices=[(kind.value, words) for kind, words in KIND_WORDS.items()])
    houder = forms.ModelChoiceField(
        label=_("Van wie is het?"), queryset=Party.objects.none(), required=False, empty_label=_("Weet ik niet")
    )
    datum = forms.DateField(
        label=_("Wanneer kwam het uit?"),
        help_text=_("Zonder datum kunnen we niet zien wat eerder gezegd is."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    themas = forms.ModelMultipleChoiceField(
        label=_("Thema’s"), queryset=Theme.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    rechten = forms.CharField(
        label=_("Wie mag het gebruiken?"),
        help_text=_("Bijvoorbeeld: openbaar, CC BY 4.0."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, workshop: Workshop, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        parties, themes = self.fields["houder"], self.fields["themas"]
        assert isinstance(parties, forms.ModelChoiceField)
        assert isinstance(themes, forms.ModelMultipleChoiceField)
        parties.queryset = Party.objects.filter(workshop=workshop, canonical__isnull=True)
        themes.queryset = Theme.objects.filter(workshop=workshop)

    def clean_datum(self) -> date | None:
        """A document from the future would make everything else said before."""
        published_on: date | None = self.cleaned_data["datum"]
        if published_on is not None and published_on > self.today:
            raise forms.ValidationError(_("Deze datum is nog niet geweest."))
        return published_on
