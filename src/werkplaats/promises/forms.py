"""What may be typed about promises."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from werkplaats.asks.models import Voice
from werkplaats.issues.models import Issue
from werkplaats.issues.rules import State as IssueState
from werkplaats.kit.once import once, once_field
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.actions import Said
from werkplaats.promises.models import Promise
from werkplaats.promises.records import KIND_WORDS, TEXT_WORDS, WORD_WORDS, Filters, PromiseRecord
from werkplaats.promises.rules import MAKERS_WORDS, RECEIVE_CODES, RECEIVERS_WORDS, Kind
from werkplaats.workshops.models import Workshop

LONGEST = 2_000
STATES = (
    ("", _("Alles")),
    ("running", _("Loopt")),
    ("overdue", _("Te laat")),
    ("done", _("Gemeld als gedaan")),
    ("no", _("Nee, omdat")),
    ("withdrawn", _("Ingetrokken")),
)


def _text(label: Any, *, help_text: Any = "", rows: int = 3, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=widget, max_length=LONGEST, **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _any(rows: QuerySet[Promise], name: str) -> Exists:
    """Whether there is a promise by or about this one, asked per party or issue."""
    return Exists(rows.filter(**{name: OuterRef("pk")}))


class Narrow(forms.Form):
    """The filters of the list; they stand in the address."""

    laat = forms.ChoiceField(label=_("Hoe het staat"), required=False, choices=STATES)
    van = forms.ChoiceField(label=_("Van wie"), required=False)
    voor = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)
    over = forms.ChoiceField(label=_("Over welk vraagstuk"), required=False)
    tekst = forms.CharField(label=_("Woorden"), required=False, max_length=100)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        yes = Promise.objects.filter(workshop=workshop, confirmed_at__isnull=False)
        parties, issues = (
            Party.objects.filter(workshop=workshop, canonical=None),
            Issue.objects.filter(workshop=workshop),
        )
        self._offer("van", _("Iedereen"), parties.filter(_any(yes, "maker") | _any(yes, "maker__canonical")))
        self._offer("over", _("Alles"), issues.filter(_any(yes, "issue")))

    def _offer(self, name: str, everything: Any, rows: QuerySet[Party] | QuerySet[Issue]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *rows.values_list("key", "name")]

    def filters(self) -> Filters:
        """What is asked for; a filter that does not exist (an old address) is left out."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            state=given.get("laat", ""),
            maker=given.get("van", ""),
            receiver=given.get("voor", ""),
            issue=given.get("over", ""),
            text=given.get("tekst", "").strip(),
        )


class SaidForm(forms.Form):
    """What was promised, as it was heard."""

    soort = forms.ChoiceField(
        label=_("Wat zei de ander?"),
        choices=[(kind.value, KIND_WORDS[kind]) for kind in Kind],
        initial=Kind.DO.value,
        widget=forms.RadioSelect,
    )
    maker = forms.ModelChoiceField(
        label=_("Wie zei het?"), queryset=Party.objects.none(), empty_label=_("Kies een partij")
    )
    functie = forms.CharField(
        label=_("In welke functie?"),
        help_text=_("Bijvoorbeeld: wijkmanager. Geen naam."),
        required=False,
        max_length=200,
    )
    woorden = _text(_("Wat precies?"), help_text=_("Zo dicht mogelijk bij wat er gezegd is."))
    voor_wie = forms.CharField(
        label=_("Voor wie?"),
        help_text=_("Een groep is genoeg: de ouders van de Kadeschool."),
        required=False,
        max_length=300,
    )
    voor = forms.ModelChoiceField(
        label=_("Voor welke partij?"), queryset=Party.objects.none(), required=False, empty_label=_("Geen partij")
    )
    voor_ook = forms.ModelChoiceField(
        label=_("En nog een partij?"), queryset=Party.objects.none(), required=False, empty_label=_("Geen partij")
    )
    klaar = _day(_("Wanneer klaar?"), required=False, help_text=_("Leeg: dat spreken jullie nog af."))
    hangt_af = forms.CharField(label=_("Waar hangt het van af?"), required=False, max_length=500)
    vraagstuk = forms.ModelChoiceField(
        label=_("Bij welk vraagstuk?"), queryset=Issue.objects.none(), required=False, empty_label=_("Nog geen")
    )
    bron = forms.CharField(
        label=_("Waar staat of klonk het?"),
        help_text=_("Een tafel, een brief, een verslag."),
        required=False,
        max_length=300,
    )
    tafel = forms.SlugField(required=False, widget=forms.HiddenInput)
    vangst = forms.SlugField(required=False, widget=forms.HiddenInput)
    stemmen = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    once = once_field()

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workshop = workshop
        parties = Party.objects.filter(workshop=workshop, canonical=None)
        issues = Issue.objects.filter(workshop=workshop, state=IssueState.ACCEPTED)
        for name, rows in (("maker", parties), ("voor", parties), ("voor_ook", parties), ("vraagstuk", issues)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
            field.to_field_name = "key"

    def key(self) -> str:
        """The key of what was filled in, the same when it is sent again. It says nothing: it rests on a word by chance."""
        found = once(self.cleaned_data["once"], self.cleaned_data)
        return f"b{found[:12]}" if found else ""

    def said(self) -> Said:
        """What was filled in."""
        given = self.cleaned_data
        return Said(
            kind=Kind(given["soort"]),
            maker=given["maker"],
            wording=given["woorden"],
            maker_function=given["functie"],
            for_whom=given["voor_wie"],
            due_on=given["klaar"],
            depends_on=given["hangt_af"],
            source=given["bron"],
            table_key=given["tafel"],
            issue=given["vraagstuk"],
            parties=tuple(party for party in (given["voor"], given["voor_ook"]) if party),
            voices=tuple(Voice.objects.filter(workshop=self.workshop, key__in=given["stemmen"].split())),
        )


class ConfirmForm(forms.Form):
    """A yes, with what the maker may still fill in."""

    functie = forms.CharField(
        label=_("In welke functie zeg je dit?"), help_text=_("Geen naam."), required=False, max_length=200
    )
    klaar = _day(_("Wanneer is het klaar?"), required=False, help_text=_("Leeg: het blijft zoals het er staat."))


class DenyForm(forms.Form):
    woorden = _text(_("Wat klopt er niet?"), help_text=_("De werkplaats leest dit en schrijft het opnieuw op."))


class DoneForm(forms.Form):
    bewijs = _text(
        _("Waaraan kun je het zien?"), help_text=_("Een plek, een datum, een brief of een adres op internet.")
    )


class ExtendForm(forms.Form):
    klaar = _day(_("Wanneer dan wel?"))
    reden = _text(_("Waarom lukt het niet eerder?"))


class ChangeForm(forms.Form):
    woorden = _text(_("Hoe zeg je het nu?"), help_text=_("De oude woorden blijven te lezen."))
    reden = _text(_("Waarom zeg je het anders?"))


class WithdrawForm(forms.Form):
    reden = _text(_("Waarom trek je het in?"), help_text=_("Iedereen kan dit lezen."))


class MakerVerdictForm(forms.Form):
    oordeel = forms.ChoiceField(
        label=_("Hoe vind je zelf dat het ging?"),
        choices=[(word.value, WORD_WORDS[word]) for word in MAKERS_WORDS],
        widget=forms.RadioSelect,
    )
    woorden = _text(_("Wil je er iets bij zeggen?"), required=False)


class VerdictForm(forms.Form):
    """The verdict of a receiving party."""

    oordeel = forms.ChoiceField(
        label=_("Is het gebeurd?"),
        choices=[(word.value, WORD_WORDS[word]) for word in RECEIVERS_WORDS],
        widget=forms.RadioSelect,
    )
    woorden = _text(_("Wil je er iets bij zeggen?"), required=False, help_text=_("Iedereen kan dit lezen."))


class CodeVerdictForm(forms.Form):
    """The verdict of who has a receipt, or sat at the table: no account, and no words."""

    met = forms.ChoiceField(
        label=_("Wat heb je?"),
        choices=[(RECEIVE_CODES[0], _("Een bonnetje")), (RECEIVE_CODES[1], _("De code van de tafel"))],
        initial=RECEIVE_CODES[0],
        widget=forms.RadioSelect,
    )
    code = forms.CharField(
        label=_("De twaalf cijfers"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    oordeel = forms.ChoiceField(
        label=_("Is het gebeurd?"),
        choices=[(word.value, WORD_WORDS[word]) for word in RECEIVERS_WORDS],
        widget=forms.RadioSelect,
    )


class EraseForm(forms.Form):
    """Which words of a promise are to go, and why."""

    welke = forms.ChoiceField(label=_("Welke woorden?"), widget=forms.RadioSelect)
    reden = _text(_("Waarom?"), help_text=_("Schrijf hier niet op wat je wist. Iedereen kan dit lezen."))

    def __init__(self, *args: Any, record: PromiseRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["welke"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (f"{event.number}:{text.name}", f"{TEXT_WORDS.get(text.name, text.name)}: {text.text}")
            for event in record.events
            for text in event.texts
            if not text.is_erased
        ]

    def chosen(self) -> tuple[int, str]:
        """The number of the event, and the name of its text."""
        number, _sign, name = str(self.cleaned_data["welke"]).partition(":")
        return int(number), name


class KeptForm(forms.Form):
    """What stands on a sheet or in a mail."""

    bewaard = forms.CharField(
        label=_("Heb je een vel of mail met een nummer en code?"),
        help_text=_("Typ het over, bijvoorbeeld 120:9f86d081884c. Zonder kan ook."),
        required=False,
        max_length=100,
    )
