"""What the holder of a receipt may type, and what is said of who leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.kit.code_field import CodeField
from werkplaats.kit.once import once_field
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.rules import RECEIVERS_WORDS, Word
from werkplaats.workshops.models import Workshop

VERDICT_WORDS = {
    Word.KEPT: _("Ja, dit is gebeurd"),
    Word.PARTLY: _("Voor een deel"),
    Word.NOT: _("Nee, dit is niet gebeurd"),
    Word.NOT_NOTICED: _("Ik merk er niets van"),
}
MOST_SIGNS = 20_000


class CodeForm(forms.Form):
    """The twelve digits of a receipt."""

    code = CodeField(label=_("De code van je bonnetje"))


class FitForm(forms.Form):
    """The giver's word on an answer."""

    reply = forms.SlugField()
    fit = forms.ChoiceField(choices=[("fits", "fits"), ("does_not_fit", "does_not_fit")])


class WordsForm(forms.Form):
    """Something that the giver wants to tell beside it."""

    text = forms.CharField(
        label=_("Wat wil je erbij vertellen?"), max_length=MOST_SIGNS, widget=forms.Textarea(attrs={"rows": 5})
    )


class MailForm(forms.Form):
    """Where the giver wants to hear of news; the workshop alone sees it."""

    address = forms.EmailField(label=_("Je mailadres"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class RewardForm(forms.Form):
    """Whether what was promised for giving came."""

    came = forms.ChoiceField(choices=[("ja", "ja"), ("nee", "nee")])


class VerdictForm(forms.Form):
    """What the giver says of a promise that came from their voice."""

    word = forms.ChoiceField(
        label=_("Is dit gebeurd?"),
        choices=[(word.value, VERDICT_WORDS[word]) for word in RECEIVERS_WORDS],
        widget=forms.RadioSelect,
    )


class HandOverForm(forms.Form):
    """Who leaves, in which function, and who takes over: a party, or openly nobody."""

    leaver = forms.ModelChoiceField(
        Party.objects.none(), to_field_name="key", label=_("Bij welke partij gaat iemand weg?")
    )
    function = forms.CharField(
        label=_("In welke functie?"),
        help_text=_("Geen naam. Bijvoorbeeld: onderzoeker, gebiedsmakelaar. Leeg: alles van deze partij."),
        max_length=200,
        required=False,
    )
    receiver = forms.ModelChoiceField(
        Party.objects.none(),
        to_field_name="key",
        label=_("Wie neemt het over?"),
        required=False,
        empty_label=_("Nog niemand"),
    )
    receiver_function = forms.CharField(label=_("In welke functie daar?"), max_length=200, required=False)
    left_open = forms.BooleanField(label=_("Niemand neemt het over. Het blijft zichtbaar open liggen."), required=False)
    once = once_field()

    def __init__(self, data: Any = None, *, workshop: Workshop, **more: Any) -> None:
        super().__init__(data, **more)
        stays = Party.objects.filter(workshop=workshop, canonical=None)
        for name in ("leaver", "receiver"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = stays
