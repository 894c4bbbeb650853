"""What a person may type in a conversation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from werkplaats.asks.models import Voice
from werkplaats.asks.rules import LONGEST as LONGEST_TEXT
from werkplaats.conversations.queries.conversations import Material
from werkplaats.conversations.queries.missing import areas_asked
from werkplaats.conversations.records import StatementLine
from werkplaats.conversations.refusals import NoSuchAnswer
from werkplaats.conversations.rules import LONGEST, MOST_CODES, Kind, Value
from werkplaats.kit.code_field import CodeField
from werkplaats.kit.once import once_field
from werkplaats.neighbourhoods.models import Party
from werkplaats.sources.models import Fragment
from werkplaats.workshops.models import Area, Workshop

VALUES = [(Value.AGREE.value, _("Eens")), (Value.DISAGREE.value, _("Oneens")), (Value.PASS.value, _("Weet ik niet"))]
_LARGEST_NUMBER = 1_000_000  # of a statement, so that no database is asked for a number that it cannot hold
KINDS = [
    (Kind.RESIDENT.value, _("Als bewoner")),
    (Kind.PROFESSIONAL.value, _("Als professional: ik werk met bewoners")),
    (Kind.RESEARCHER.value, _("Als onderzoeker")),
    (Kind.GOVERNMENT.value, _("Namens de overheid")),
    (Kind.UNSAID.value, _("Dat zeg ik niet")),
]


def _lines_field(label: Any, *, help_text: Any, required: bool) -> forms.CharField:
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    del field.widget.attrs["maxlength"]
    return field


class MakeForm(forms.Form):
    """The statements with which a conversation begins, and who may take part."""

    text = _lines_field(
        _("Stellingen, één op elke regel"),
        required=False,
        help_text=_(
            "Zeg één ding per stelling, in gewone woorden. Geen vraag: iets waar je het mee eens kunt zijn of niet."
        ),
    )
    fragments = forms.ModelMultipleChoiceField(
        label=_("Uit documenten"),
        queryset=Fragment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    voices = forms.ModelMultipleChoiceField(
        label=_("Wat mensen vertelden"),
        queryset=Voice.objects.none(),
        required=False,
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
    )
    takes_statements = forms.BooleanField(
        label=_("Wie meedoet, mag zelf stellingen geven. Jij kijkt er eerst naar."), required=False, initial=True
    )
    needs_code = forms.BooleanField(
        label=_("Alleen met een code die ik uitdeel"),
        help_text=_("Zo kan niemand vaker meedoen dan één keer. Je drukt de kaarten met codes zelf af."),
        required=False,
    )

    def __init__(self, data: Any, *, material: Material) -> None:
        super().__init__(data)
        self._offer("fragments", Fragment, material.fragments, lambda one: one.text)
        self._offer("voices", Voice, material.voices, lambda one: one.shared_text)

    def _offer(self, name: str, model: Any, rows: Iterable[Any], words: Any) -> None:
        among = list(rows)
        field = self.fields[name]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = model.objects.filter(pk__in=[one.pk for one in among])
        field.label_from_instance = words  # type: ignore[method-assign]
        if not among:
            del self.fields[name]


class LinesForm(forms.Form):
    """More statements of the host."""

    text = _lines_field(_("Nog meer stellingen"), help_text=_("Eén op elke regel. Ze doen meteen mee."), required=True)


class LookForm(forms.Form):
    """What a moderator decides of one statement."""

    then = forms.ChoiceField(choices=[("accept", ""), ("refuse", "")])
    reason = forms.CharField(max_length=500, required=False)


class VoteForm(forms.Form):
    """One press of a button."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    once = once_field()


def pressed(form: QueryDict) -> tuple[int, int, str]:
    """Number of the statement, value and word of the button that was pressed. Raises `NoSuchAnswer`.

    Read by hand: in a full hall Django's form took longer than storing the vote.
    """
    try:
        number, value = int(str(form.get("number"))), int(str(form.get("value")))
    except ValueError:
        raise NoSuchAnswer from None
    if not 0 <= number <= _LARGEST_NUMBER:
        raise NoSuchAnswer
    return number, value, str(form.get("once", ""))


class StatementForm(forms.Form):
    """A statement of a participant. `seen`: what looks like it was shown."""

    text = forms.CharField(
        label=_("Jouw stelling"),
        max_length=LONGEST,
        help_text=_("Eén ding, waar een ander het mee eens kan zijn of niet. Noem geen namen van mensen."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        del self.fields["text"].widget.attrs["maxlength"]


def _area_field(label: Any) -> "forms.ModelChoiceField[Area]":
    """Where somebody lives: an area without parts, or not said."""
    return forms.ModelChoiceField(
        label=label,
        queryset=Area.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Dat zeg ik niet, of ik woon ergens anders"),
    )


def _offer_areas(form: forms.Form, workshop: Workshop) -> None:
    """The areas of this workshop to choose from; without any nothing is asked."""
    field = form.fields["area"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = areas_asked(workshop)
    if not field.queryset.exists():
        del form.fields["area"]


class KindForm(forms.Form):
    """As what somebody takes part, and where they live."""

    kind = forms.ChoiceField(
        label=_("Hoe doe je mee?"), choices=KINDS, required=False, initial=Kind.UNSAID.value, widget=forms.RadioSelect
    )
    area = _area_field(_("In welke buurt woon je?"))

    def __init__(self, data: Any, *, workshop: Workshop, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        _offer_areas(self, workshop)


class CodeForm(forms.Form):
    """The code with which somebody comes back, or that was handed out."""

    code = CodeField(label=_("Je code"))


class CodesForm(forms.Form):
    """How many codes to print."""

    count = forms.IntegerField(label=_("Hoeveel kaarten?"), min_value=1, max_value=MOST_CODES, initial=8)


class SheetForm(forms.Form):
    """One voting sheet of paper; what stays the same from sheet to sheet is filled in already."""

    batch = forms.CharField(
        label=_("Naam van de stapel"), max_length=80, help_text=_("Bijvoorbeeld: buurtfeest 12 mei.")
    )
    sheet = forms.IntegerField(label=_("Nummer van het blad"), min_value=1, max_value=1_000_000)
    kind = forms.ChoiceField(label=_("Wat is er aangekruist?"), choices=KINDS, required=False, initial="")
    area = _area_field(_("Welke buurt staat erop?"))

    def __init__(self, data: Any, *, workshop: Workshop, lines: Iterable[StatementLine], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        _offer_areas(self, workshop)
        for line in lines:
            self.fields[f"s{line.number}"] = forms.ChoiceField(
                label=f"{line.number}. {line.text}",
                choices=[*VALUES, ("", _("Niets aangekruist"))],
                required=False,
                initial="",
                widget=forms.RadioSelect,
            )

    def answers(self) -> dict[int, int]:
        """Number of a statement to what was ticked."""
        return {
            int(name[1:]): int(said)
            for name, said in self.cleaned_data.items()
            if name[0] == "s" and name[1:].isdecimal() and said != ""
        }


class GiveBackForm(forms.Form):
    """What came of it, for everybody who took part."""

    text = forms.CharField(
        label=_("Wat kwam eruit, en wat gaat er nu gebeuren?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    party = forms.ModelChoiceField(
        label=_("Wie zegt dit?"), queryset=Party.objects.none(), to_field_name="key", empty_label=_("Kies een partij")
    )

    def __init__(self, data: Any, *, parties: Any, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        del self.fields["text"].widget.attrs["maxlength"]
        field = self.fields["party"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = parties
