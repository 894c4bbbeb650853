"""What a person may type to give a voice, on screen or from a stack of cards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.asks.forms.fields import offer, text_field, through_field, with_words
from werkplaats.asks.models import Ask
from werkplaats.asks.queries import initiatives
from werkplaats.asks.rules import LONGEST, Channel, GrownUp, Privacy
from werkplaats.kit.once import once_field
from werkplaats.workshops.models import Area, Workshop

_PRIVACY = [
    (Privacy.WORKSHOP.value, _("Alleen de werkplaats leest het")),
    (
        Privacy.NAMELESS.value,
        _("Het mag naar buiten, zonder mijn naam. Eerst kijkt een mens of niemand je erin herkent."),
    ),
]
_GROWN_UP = [
    (GrownUp.NONE.value, _("Ik ben 16 of ouder")),
    (GrownUp.PARENT.value, _("Ik ben jonger, en een ouder zei ja")),
    (GrownUp.HOST.value, _("Ik ben jonger, en de begeleider hier zei ja")),
]


class GiveForm(forms.Form):
    """A voice: own words, who may read them, and what one may leave out."""

    text = text_field(
        _("Vertel"),
        rows=7,
        required=True,
        most=LONGEST,
        help_text=_("In elke taal die je wilt. Je naam hoeft er niet bij."),
    )
    privacy = forms.ChoiceField(
        label=_("Wie mag het lezen?"), choices=_PRIVACY, initial=Privacy.WORKSHOP.value, widget=forms.RadioSelect
    )
    grown_up = forms.ChoiceField(
        label=_("Hoe oud ben je?"), choices=_GROWN_UP, required=False, initial="", widget=forms.RadioSelect
    )
    area = forms.ModelChoiceField(
        label=_("Over welke buurt gaat het?"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=_("Dat zeg ik niet"),
    )
    may_mail = forms.BooleanField(label=_("Ja, mail mij als er iets gebeurt"), required=False)
    contact = forms.EmailField(
        label=_("Mailadres"),
        required=False,
        max_length=200,
        help_text=_("Alleen de werkplaats ziet het. Het mag leeg blijven."),
    )
    once = once_field()
    via = forms.ChoiceField(
        choices=[(one.value, one.value) for one in (Channel.WEB, Channel.CODE, Channel.TABLE)],
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, data: Any, *, ask: Ask, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        offer(self, "area", Area.objects.filter(workshop_id=ask.workshop_id))
        if not ask.under_sixteen:
            del self.fields["grown_up"]

    def clean_text(self) -> str:
        return with_words(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        """An address without a yes, or a yes without an address, is no wish to be mailed."""
        told = super().clean() or {}
        if bool(told.get("contact")) != bool(told.get("may_mail")) and "contact" not in self.errors:
            self.add_error(
                "contact", _("Wil je mail? Vul je adres in én vink aan dat het mag. Anders: laat allebei leeg.")
            )
        return told


class CardForm(forms.Form):
    """One card of a stack, for fast typing: what stays the same from card to card is filled in already."""

    text = text_field(
        _("De woorden op de kaart"), rows=5, required=True, most=LONGEST, help_text=_("Precies zoals ze er staan.")
    )
    privacy = forms.ChoiceField(
        label=_("Wat is er aangekruist?"),
        initial=Privacy.WORKSHOP.value,
        widget=forms.RadioSelect,
        choices=[
            (Privacy.WORKSHOP.value, _("Alleen de werkplaats, of niets")),
            (Privacy.NAMELESS.value, _("Zonder mijn naam")),
        ],
    )
    batch = forms.CharField(
        label=_("Naam van de stapel"), max_length=80, help_text=_("Bijvoorbeeld: buurtfeest 12 mei.")
    )
    number = forms.IntegerField(label=_("Nummer van de kaart"), min_value=1, max_value=1_000_000)
    area = forms.ModelChoiceField(
        label=_("Buurt"), queryset=Area.objects.none(), required=False, empty_label=_("Staat er niet bij")
    )
    through = through_field()
    grown_up = forms.ChoiceField(label=_("Leeftijd"), choices=_GROWN_UP, required=False, initial="")
    is_another = forms.BooleanField(label=_("Dit is een ander mens met dezelfde woorden"), required=False)

    def __init__(self, data: Any, *, ask: Ask, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["text"].widget.attrs["autofocus"] = True
        offer(self, "area", Area.objects.filter(workshop_id=ask.workshop_id))
        offer(self, "through", initiatives(ask.workshop))
        if not ask.under_sixteen:
            del self.fields["grown_up"]

    def clean_text(self) -> str:
        return with_words(self.cleaned_data["text"])


class SlipsForm(forms.Form):
    """How many cards to print, and for which stack."""

    batch = forms.CharField(
        label=_("Naam van de stapel"), max_length=80, help_text=_("Bijvoorbeeld: buurtfeest 12 mei.")
    )
    count = forms.IntegerField(
        label=_("Hoeveel kaarten?"), min_value=1, max_value=200, initial=8, help_text=_("Er passen er 8 op een vel.")
    )
    through = through_field(help_text=_("Een groep die deze kaarten uitdeelt. Haar naam komt op de kaart."))

    def __init__(self, data: Any, *, workshop: Workshop, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        offer(self, "through", initiatives(workshop))


class ImportForm(forms.Form):
    """A file of voices."""

    file = forms.FileField(
        label=_("Bestand"),
        max_length=200,
        allow_empty_file=True,
        help_text=_(
            "CSV of Excel, met boven de verhalen het woord: tekst. Mag ook: taal, datum, buurt, groep, via, wie leest."
        ),
    )
