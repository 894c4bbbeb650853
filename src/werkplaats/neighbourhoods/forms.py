"""What a person may type to look for parties, or say about doubles."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.kit.once import once_field
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.queries.posted import HIDDEN, NeedFilters
from werkplaats.neighbourhoods.records import KIND_WORDS, TIE_WORDS, WHOSE_QUESTIONS, WORDING
from werkplaats.neighbourhoods.records.needs import LANGUAGE_WORDS, NEED_WORDS, OWN_WORDING, STATE_WORDS
from werkplaats.neighbourhoods.rules import NeedKind, Verdict
from werkplaats.neighbourhoods.rules.needs import LONGEST, NeedState
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


class GroupForm(forms.Form):
    """Residents named together, and where they live."""

    name = forms.CharField(
        label=_("Hoe heet de groep?"),
        help_text=_("Zoals zij zichzelf noemen. Bijvoorbeeld: huurders van de Havenblok. Nooit een naam van een mens."),
        max_length=200,
    )
    area = forms.ChoiceField(label=_("Waar?"), required=False)

    def __init__(self, data: Any, *, workshop: Workshop) -> None:
        super().__init__(data)
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        areas = Area.objects.filter(workshop=workshop).values_list("code", "name")
        field.choices = [("", _("De hele wijk")), *areas]


class WhoseForm(forms.Form):
    """Who pays, hosts and decides, and which party the workshop itself is; for each the words that everybody reads."""

    def __init__(self, data: Any, *, workshop: Workshop, now: dict[str, tuple[str, str]]) -> None:
        super().__init__(data)
        parties = Party.objects.filter(workshop=workshop, canonical=None).values_list("key", "name")
        for role, (question, example) in WHOSE_QUESTIONS.items():
            key, words = now.get(role, ("", ""))
            choices = [("", _("Dit is nog niet gezegd")), *parties]
            self.fields[role] = forms.ChoiceField(label=str(question), choices=choices, required=False, initial=key)
            self.fields[f"{role}_words"] = forms.CharField(
                label=_("In jullie woorden"), help_text=str(example), required=False, initial=words, max_length=500
            )

    def clean(self) -> dict[str, Any]:
        """Who is named is told about in a sentence."""
        said = self.cleaned_data
        for role in WHOSE_QUESTIONS:
            if said.get(role) and not said.get(f"{role}_words", "").strip():
                self.add_error(f"{role}_words", _("Schrijf er één zin bij die iedereen begrijpt."))
        return said


class TieForm(forms.Form):
    """A tie that a party adds to its own."""

    other = forms.ModelChoiceField(
        Party.objects.none(), to_field_name="key", label=_("Met wie?"), empty_label=_("Kies een partij")
    )
    kind = forms.ChoiceField(label=_("Wat voor band is het?"), choices=list(TIE_WORDS.items()))
    since = forms.DateField(
        label=_("Sinds wanneer?"),
        help_text=_("Weet je het niet, laat het leeg."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, *, party: Party) -> None:
        super().__init__(data)
        field = self.fields["other"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Party.objects.filter(workshop=party.workshop_id, canonical=None).exclude(pk=party.pk)


class SeenDoubleForm(forms.Form):
    """Two entries of which a human sees that they may be one party."""

    one = forms.ModelChoiceField(Party.objects.none(), to_field_name="key", label=_("Deze partij"))
    other = forms.ModelChoiceField(Party.objects.none(), to_field_name="key", label=_("En deze"))

    def __init__(self, data: Any, *, workshop: Workshop) -> None:
        super().__init__(data)
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset, field.empty_label = (
                Party.objects.filter(workshop=workshop, canonical=None),
                _("Kies een partij"),
            )


class NeedFilter(forms.Form):
    """The filters of needs and offers, as they stand in the address. What is not known filters nothing."""

    tekst = forms.CharField(label=_("Woord of partij"), required=False, max_length=100)
    soort = forms.ChoiceField(label=_("Vraag of aanbod"), required=False)
    gebied = forms.ChoiceField(label=_("Gebied"), required=False)
    thema = forms.ChoiceField(label=_("Thema"), required=False)
    taal = forms.ChoiceField(label=_("Taal"), required=False)
    staat = forms.ChoiceField(label=_("Hoe staat het ermee?"), required=False)

    def __init__(self, data: Any, *, workshop: Workshop, languages: Sequence[str], may_hide: bool) -> None:
        super().__init__(data, auto_id="filter-%s")
        self._offer("soort", list(NEED_WORDS.items()))
        self._offer("gebied", list(Area.objects.filter(workshop=workshop).values_list("code", "name")))
        self._offer("thema", [(theme.key, theme.called) for theme in Theme.objects.filter(workshop=workshop)])
        self._offer("taal", [(language, LANGUAGE_WORDS.get(language, language)) for language in languages])
        states: list[tuple[str, Any]] = [*STATE_WORDS.items()]
        if may_hide:
            states.append((HIDDEN, _("Verborgen")))
        field = self.fields["staat"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", STATE_WORDS[NeedState.OPEN]), *(one for one in states if one[0] != NeedState.OPEN)]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Alles")), *choices]

    def chosen(self) -> NeedFilters:
        """The filters that hold."""
        self.is_valid()
        words = {"kind": "soort", "area": "gebied", "theme": "thema", "language": "taal", "state": "staat"}
        told = {name: self.cleaned_data.get(field, "") for name, field in (words | {"text": "tekst"}).items()}
        return NeedFilters(**told)


MYSELF = "mij"
"""In place of the key of a party: the person who types asks or offers it."""


class NeedForm(forms.Form):
    """Something that is needed or offered, in the own words of whose it is, and whose it is."""

    kind = forms.ChoiceField(label=_("Wat is het?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In je eigen woorden"),
        help_text=_("Zoals je het zelf zegt, in welke taal dan ook. Zet er geen namen of nummers van mensen in."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    party = forms.ChoiceField(label=_("Namens wie?"))
    language = forms.ChoiceField(label=_("In welke taal is het?"), required=False)
    theme = forms.ChoiceField(label=_("Thema"), required=False)
    area = forms.ChoiceField(label=_("Waar?"), required=False)
    until = forms.DateField(
        label=_("Tot wanneer geldt het?"),
        help_text=_("Leeg laten mag. Na deze dag staat het niet meer open."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    name = forms.CharField(label=_("Hoe heet je?"), required=False, max_length=200)
    agrees = forms.BooleanField(label=OWN_WORDING, required=False)
    shows_name = forms.BooleanField(label=_("Mijn naam mag erbij staan."), required=False)
    once = once_field()

    def __init__(
        self, data: Any, *, workshop: Workshop, parties: Sequence[Party], is_self: bool, is_known: bool, kind: str = ""
    ) -> None:
        """`is_self`: may ask for themselves; `is_known`: said yes to being kept before."""
        super().__init__(data, initial={"kind": kind or NeedKind.NEED.value})
        whose: list[tuple[str, Any]] = [(party.key, party.name) for party in parties]
        if is_self:
            whose.append((MYSELF, _("Mezelf")))
        choices: dict[str, list[tuple[str, Any]]] = {
            "kind": [(NeedKind.NEED.value, _("Wij zoeken iets")), (NeedKind.OFFER.value, _("Wij kunnen iets geven"))],
            "party": whose if len(whose) == 1 else [("", _("Kies")), *whose],
            "language": [("", _("Herken het zelf")), *LANGUAGE_WORDS.items()],
            "theme": [("", _("Geen")), *((row.key, row.called) for row in Theme.objects.filter(workshop=workshop))],
            "area": [("", _("Waar de partij is")), *Area.objects.filter(workshop=workshop).values_list("code", "name")],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered
        self.is_known = is_known
        if not is_self:
            for name in ("name", "agrees", "shows_name"):
                del self.fields[name]
        elif is_known:
            for name in ("name", "agrees"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Who asks for themselves says who they are, and yes to being kept."""
        said = self.cleaned_data
        if said.get("party") == MYSELF and not self.is_known:
            if not said.get("name", "").strip():
                self.add_error("name", _("Schrijf hoe je heet. Alleen de werkplaats ziet dit."))
            if not said.get("agrees"):
                self.add_error("agrees", _("Dit kan alleen met je toestemming. Zonder die bewaren we niets."))
        return said


class HideForm(forms.Form):
    """Why something is hidden; whose it is reads that."""

    reason = forms.CharField(
        label=_("Waarom verberg je dit?"),
        help_text=_("Wie het schreef, leest dit."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DoubleForm(forms.Form):
    """A human's word about two entries; `stays`: the id of the entry whose name is used."""

    verdict = forms.ChoiceField(choices=[(verdict.value, verdict.value) for verdict in Verdict])
    stays = forms.IntegerField(required=False)


class TakeOverForm(forms.Form):
    """Who says: this is us."""

    name = forms.CharField(label=_("Hoe heet je?"), max_length=200)
    email = forms.EmailField(
        label=_("Je mailadres"), max_length=200, help_text=_("Daarmee log je straks in. Alleen de werkplaats ziet het.")
    )
    role = forms.CharField(label=_("Wat doe je bij deze partij?"), max_length=120)
    words = forms.CharField(
        label=_("Hoe kan de werkplaats dat nagaan?"),
        help_text=_("Bijvoorbeeld: wij zaten samen aan tafel, of: bel ons op het nummer van onze website."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agrees = forms.BooleanField(label=WORDING)


class OwnForm(forms.Form):
    """What a party tells of itself."""

    description = forms.CharField(
        label=_("Wie zijn jullie, en wat doen jullie?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    address = forms.CharField(label=_("Waar zijn jullie te vinden?"), required=False, max_length=300)
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    open_to_introductions = forms.BooleanField(label=_("Ja, stel ons voor aan andere partijen"), required=False)
    introductions_per_month = forms.IntegerField(
        label=_("Hoeveel kennismakingen per maand kunnen jullie aan?"), min_value=0, max_value=20
    )
