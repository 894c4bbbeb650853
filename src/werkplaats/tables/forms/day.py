"""What a person taps and writes at a table, and how it was when they leave."""

from datetime import datetime
from re import fullmatch
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.kit.code_field import CodeField
from werkplaats.kit.once import once_field
from werkplaats.neighbourhoods.records import KIND_WORDS as PARTY_WORDS
from werkplaats.neighbourhoods.rules import PartyKind
from werkplaats.tables.records.day import AS_WHO_WORDS, COMPONENT_WORDS, EIGHT
from werkplaats.tables.refusals import NotUnderstood
from werkplaats.tables.rules import HEARD, HIGHEST, LOWEST, MATTERED, Tap, told_moment


class TurnForm(forms.Form):
    """One tap without script: a kind of party spoke, or (`back`) a turn is taken back by its name."""

    kind = forms.ChoiceField(choices=list(PARTY_WORDS.items()))
    back = forms.RegexField(r"^[0-9a-z]{1,40}\.[0-9]{1,9}$", required=False)
    once = once_field()

    def taken_back(self) -> Tap | None:
        """The turn that is taken back, if one is."""
        device, _dot, number = self.cleaned_data["back"].partition(".")
        return Tap(device, int(number), self.cleaned_data["kind"], is_back=True) if device else None


class TableCodeForm(forms.Form):
    """The code of a table."""

    code = CodeField(label=_("De code van de tafel"))


class CheckOutForm(forms.Form):
    """How it was. Every question is asked with the same seven steps, so that nobody is told apart by what they left out."""

    kind = forms.ChoiceField(
        label=_("Hoe zat je aan tafel?"), choices=list(AS_WHO_WORDS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Wil je er iets bij zeggen?"),
        help_text=_("Alleen de werkplaats leest dit. Noem geen namen."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, eight: bool, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        asked = dict(enumerate(EIGHT)) if eight else {0: COMPONENT_WORDS[HEARD]}
        self.asked = [f"q{number}" for number in asked]
        for number, words in asked.items():
            self.fields[f"q{number}"] = _steps(words)
        self.fields[MATTERED] = _steps(_("Het deed ertoe dat ik er was.") if eight else COMPONENT_WORDS[MATTERED])
        self.order_fields([*(name for name in self.fields if name not in {"kind", "words"}), "kind", "words"])
        del self.fields["words"].widget.attrs["maxlength"]

    @property
    def steps(self) -> list[forms.BoundField]:
        """The questions, without who somebody was and their words."""
        return [self[name] for name in (*self.asked, MATTERED)]

    def told(self) -> dict[str, Any]:
        """What `actions.check_out` and `actions.type_in` take."""
        said = self.cleaned_data
        return {
            "kind": PartyKind(said["kind"]),
            "answers": [said[name] for name in self.asked],
            "mattered": said[MATTERED],
            "words": said["words"],
        }


class PaperForm(CheckOutForm):
    """One sheet of paper."""

    number = forms.IntegerField(label=_("Nummer van het blad"), min_value=1, max_value=100_000)


def _steps(words: Any) -> forms.TypedChoiceField:
    steps = [(step, str(step)) for step in range(LOWEST, HIGHEST + 1)]
    return forms.TypedChoiceField(label=words, choices=steps, coerce=int, widget=forms.RadioSelect)


def read_tap(item: Any, *, at: datetime) -> Tap | None:
    """A tap as a phone tells it: ``{"device": "5f0a", "number": 7, "kind": "business", "at": "...", "back": false}``."""
    named = _name(item)
    kind = item.get("kind") if named else None
    if named is None or not isinstance(kind, str) or kind not in PARTY_WORDS:
        return None
    return Tap(*named, kind, told_moment(item.get("at"), at=at), is_back=item.get("back") is True)


def read_note(item: Any) -> dict[str, str]:
    """A line of what was said as a phone tells it, as `NoteForm` takes it; its name makes it one. Raises `NotUnderstood`."""
    named, said = _name(item), item.get("note") if isinstance(item, dict) else None
    if named is None or not isinstance(said, dict):
        raise NotUnderstood
    told = {str(name): value for name, value in said.items() if isinstance(value, str)}
    return told | {"once": "-".join(map(str, named))}


def _name(item: Any) -> tuple[str, int] | None:
    """By which device, and which of its taps and lines; a number of a thousand million and more no table reaches."""
    if not isinstance(item, dict):
        return None
    device, number = item.get("device"), item.get("number")
    if not isinstance(device, str) or not fullmatch("[0-9a-z]{1,40}", device):
        return None
    return (device, number) if type(number) is int and 0 < number < 10**9 else None
