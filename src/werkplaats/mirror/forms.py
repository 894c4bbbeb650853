"""What a person may type about a mirror."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.mirror.records.words import ENDING_WORDS
from werkplaats.mirror.rules import LONGEST, Ending
from werkplaats.neighbourhoods.models import Party
from werkplaats.sources.models import Source
from werkplaats.workshops.models import Workshop

_NO_PARTIES, _NO_SOURCES = Party.objects.none(), Source.objects.none()


class PartyForm(forms.Form):
    """Which party."""

    party = forms.ModelChoiceField(
        label=_("Welke partij?"), queryset=_NO_PARTIES, empty_label=_("Kies een partij"), to_field_name="key"
    )

    def __init__(self, data: Any = None, *, workshop: Workshop, without: Sequence[int] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        stays = Party.objects.filter(workshop=workshop, canonical=None).exclude(pk__in=without)
        field = self.fields["party"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = stays


class AnswerForm(forms.Form):
    """The party's own words beside an item."""

    words = forms.CharField(
        label=_("Jullie woorden hierbij"),
        help_text=_(
            "Ze staan zo naast wat er staat, voor iedereen die de spiegel mag lezen. Laat het leeg om ze weg te halen."
        ),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class TalkForm(forms.Form):
    """That a mirror was talked about together, or that the party declined to."""

    TALKED, DECLINED = "talked", "declined"

    what = forms.ChoiceField(
        label=_("Wat gebeurde er?"),
        choices=[(TALKED, _("Wij praatten er samen over")), (DECLINED, _("De partij sloeg het gesprek af"))],
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label=_("Op welke dag?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    words = forms.CharField(
        label=_("Wil je er iets bij zeggen?"),
        help_text=_("Alleen de partij en de coördinator lezen dit."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AttemptForm(forms.Form):
    """Something that a party tried, and who or what can show it."""

    what = forms.CharField(label=_("Wat probeerden jullie?"), max_length=200)
    since = forms.IntegerField(label=_("Vanaf welk jaar?"), min_value=1900, max_value=2200)
    until = forms.IntegerField(
        label=_("Tot welk jaar?"),
        help_text=_("Laat dit leeg als het nog loopt."),
        min_value=1900,
        max_value=2200,
        required=False,
    )
    ending = forms.ChoiceField(label=_("Hoe staat het nu?"), choices=[(one.value, ENDING_WORDS[one]) for one in Ending])
    why = forms.CharField(
        label=_("Waarom hield het op, of aan wie is het overgedragen?"), max_length=300, required=False
    )
    party = forms.ModelChoiceField(
        label=_("Welke andere partij was erbij?"),
        help_text=_("Die vragen we of het klopt. Pas daarna staat het in de spiegel."),
        queryset=_NO_PARTIES,
        required=False,
        empty_label=_("Geen partij"),
        to_field_name="key",
    )
    source = forms.ModelChoiceField(
        label=_("In welk document staat het?"),
        queryset=_NO_SOURCES,
        required=False,
        empty_label=_("Geen document"),
        to_field_name="key",
    )

    def __init__(self, data: Any = None, *, of: Party, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        parties, sources = self.fields["party"], self.fields["source"]
        assert isinstance(parties, forms.ModelChoiceField)
        assert isinstance(sources, forms.ModelChoiceField)
        parties.queryset = Party.objects.filter(workshop=of.workshop_id, canonical=None).exclude(pk=of.pk)
        sources.queryset = Source.objects.filter(workshop=of.workshop_id).exclude(holder=of).order_by("title", "key")

    def clean(self) -> dict[str, Any]:
        """What one party tells alone never appears."""
        said = self.cleaned_data
        if not said.get("party") and not said.get("source"):
            self.add_error("party", _("Kies een partij die erbij was, of een document waarin het staat."))
        return said
