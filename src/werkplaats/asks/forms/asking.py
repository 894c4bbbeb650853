"""What a person may type to ask, to answer and to report."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.asks.forms.fields import day_field, not_past, offer, text_field
from werkplaats.asks.rules import LONGEST, has_words
from werkplaats.issues.models import Issue
from werkplaats.issues.rules import State as IssueState
from werkplaats.kit.once import once_field
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Area, Workshop

_NO_PARTIES = Party.objects.none()


class FirstForm(forms.Form):
    """The first screen of an ask: only what it is about, so that the workshop can show what is known already."""

    title = forms.CharField(label=_("Waar gaat het over?"), help_text=_("Een paar woorden."), max_length=200)
    question = text_field(_("Wat wil je weten?"), required=True)
    report = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)  # of 'something was asked here'


class AskForm(forms.Form):
    """A whole ask. Only title and question must be there to keep it as a draft."""

    title = FirstForm.base_fields["title"]
    question = FirstForm.base_fields["question"]
    report = FirstForm.base_fields["report"]
    still_unknown = text_field(
        _("Wat is nu nog de vraag?"),
        help_text=_("Lees eerst wat de buurt al vertelde. Vraag alleen wat je nog niet weet."),
    )
    asker = forms.ModelChoiceField(
        label=_("Wie vraagt?"), queryset=_NO_PARTIES, required=False, empty_label=_("Kies een partij")
    )
    asker_function = forms.CharField(
        label=_("In welke functie?"),
        help_text=_("Geen naam van een mens: onderzoeker, wijkagent, bewoner."),
        required=False,
        max_length=200,
    )
    on_behalf_of = forms.CharField(label=_("Namens wie?"), required=False, max_length=200)
    asked_party = forms.ModelChoiceField(
        label=_("Aan welke partij?"), queryset=_NO_PARTIES, required=False, empty_label=_("Geen partij")
    )
    asked_group = forms.CharField(
        label=_("Of aan welke mensen?"),
        help_text=_("Bijvoorbeeld: ouders van de Kadeschool."),
        required=False,
        max_length=200,
    )
    area = forms.ModelChoiceField(
        label=_("Waar?"), queryset=Area.objects.none(), required=False, empty_label=_("De hele wijk")
    )
    minutes = forms.IntegerField(
        label=_("Hoeveel minuten kost het één mens?"), required=False, min_value=1, max_value=1440
    )
    giver_gets = text_field(
        _("Wat krijgt wie antwoord geeft?"), help_text=_("Hun tijd is iets waard. Wat krijgen zij ervoor?"), rows=2
    )
    asker_gets = text_field(_("Wat heb jij eraan?"), rows=2)
    comes_back = text_field(
        _("Wat komt er terug?"),
        rows=2,
        help_text=_("Beloof alleen een antwoord dat je echt geeft. ‘Nee’ is ook een antwoord."),
    )
    answer_by = day_field(_("Voor welke dag komt dat terug?"))
    data_use = text_field(_("Wat gebeurt er met de antwoorden?"), rows=2)
    pays = forms.BooleanField(
        label=_("Mensen krijgen er geld of een bon voor"),
        required=False,
        help_text=_("Let op: geld kan gevolgen hebben voor een uitkering of toeslag. Dat zetten we er dan bij."),
    )
    under_sixteen = forms.BooleanField(
        label=_("Er kunnen kinderen onder de 16 meedoen"),
        required=False,
        help_text=_("Dan vragen we geen namen, en zegt een ouder of begeleider ja."),
    )
    issue = forms.ModelChoiceField(
        label=_("Bij welk vraagstuk hoort het?"),
        queryset=Issue.objects.none(),
        required=False,
        empty_label=_("Nog geen"),
    )

    def __init__(self, data: Any, *, workshop: Workshop, askers: Any, today: date, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.today = today
        offer(self, "asker", askers)
        offer(self, "asked_party", Party.objects.filter(workshop=workshop, canonical__isnull=True))
        offer(self, "area", Area.objects.filter(workshop=workshop))
        offer(self, "issue", Issue.objects.filter(workshop=workshop, state=IssueState.ACCEPTED.value))

    def clean_answer_by(self) -> date | None:
        """What is promised for a day that has been, is promised to nobody."""
        return not_past(self.cleaned_data["answer_by"], self.today)

    def clean_minutes(self) -> int:
        return int(self.cleaned_data["minutes"] or 0)


class LookForm(forms.Form):
    """What may go out of a voice, or why it is hidden."""

    shared_text = text_field(_("Dit gaat naar buiten"), rows=5, most=LONGEST + 500)
    reason = forms.CharField(label=_("Waarom verberg je het?"), required=False, max_length=1000)


class ReplyForm(forms.Form):
    """An answer to the voices that are ticked, or the day on which somebody comes back to them."""

    voices = forms.MultipleChoiceField(label=_("Aan wie?"), widget=forms.CheckboxSelectMultiple)
    party = forms.ModelChoiceField(label=_("Wie antwoordt?"), queryset=_NO_PARTIES, empty_label=None)
    text = text_field(
        _("Het antwoord"),
        rows=5,
        help_text=_("‘Nee, omdat’ is ook een antwoord. Ieder van hen krijgt het te lezen."),
        most=LONGEST,
    )
    come_back_on = day_field(_("Of: wanneer kom je erop terug?"))

    def __init__(
        self, data: Any, *, choices: list[tuple[str, str]], parties: Any, today: date, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.today = today
        voices = self.fields["voices"]
        assert isinstance(voices, forms.MultipleChoiceField)
        voices.choices = choices
        offer(self, "party", parties)

    def clean_come_back_on(self) -> date | None:
        return not_past(self.cleaned_data["come_back_on"], self.today)

    def clean(self) -> dict[str, Any]:
        """One of the two: an answer now, or a day."""
        told = super().clean() or {}
        if not self.errors and has_words(told.get("text", "")) == bool(told.get("come_back_on")):
            self.add_error(
                "text", _("Schrijf een antwoord, of kies een dag waarop je erop terugkomt. Eén van de twee.")
            )
        return told


class GiveBackForm(forms.Form):
    """What came of it, for all who gave."""

    party = forms.ModelChoiceField(label=_("Wie vertelt dit?"), queryset=_NO_PARTIES, empty_label=None)
    text = text_field(_("Wat hebben jullie gehoord, en wat gebeurt ermee?"), rows=8, required=True, most=LONGEST)

    def __init__(self, data: Any, *, parties: Any, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        offer(self, "party", parties)


class LateForm(forms.Form):
    """Why it did not come back in time."""

    reason = forms.CharField(label=_("Waarom is het later?"), max_length=1000)


class ReportForm(forms.Form):
    """Something was asked here, says somebody."""

    what = text_field(
        _("Wat werd er gevraagd?"), required=True, help_text=_("Een vragenlijst aan de deur, een gesprek, een filmpje.")
    )
    asked_by = forms.CharField(
        label=_("Door wie?"),
        required=False,
        max_length=200,
        help_text=_("Geen namen van mensen: een school, een bureau."),
    )
    asked_on = day_field(_("Wanneer?"))
    area = forms.ModelChoiceField(
        label=_("Waar?"), queryset=Area.objects.none(), required=False, empty_label=_("Weet ik niet")
    )
    minutes = forms.IntegerField(label=_("Hoeveel minuten duurde het?"), required=False, min_value=1, max_value=1440)
    people = forms.IntegerField(
        label=_("Aan hoeveel mensen, ongeveer?"), required=False, min_value=1, max_value=100_000
    )
    once = once_field()

    def __init__(self, data: Any, *, workshop: Workshop, today: date) -> None:
        super().__init__(data)
        self.today = today
        offer(self, "area", Area.objects.filter(workshop=workshop))

    def clean_asked_on(self) -> date | None:
        day: date | None = self.cleaned_data["asked_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("Deze dag is nog niet geweest."))
        return day


class CheckForm(forms.Form):
    """What the host found out about a report."""

    happened = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    party = forms.ModelChoiceField(queryset=_NO_PARTIES, required=False)

    def __init__(self, data: Any, *, workshop: Workshop) -> None:
        super().__init__(data)
        offer(self, "party", Party.objects.filter(workshop=workshop, canonical__isnull=True))
