"""What a person may choose or type about matches."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.dependence.records import OUTCOME_WORDS
from werkplaats.dependence.rules import Outcome
from werkplaats.kit.code_field import CodeField
from werkplaats.neighbourhoods.records.asking import BY_WORDS
from werkplaats.neighbourhoods.rules.asking import By, Wording


class RefusalForm(forms.Form):
    """Why a need and an offer do not fit."""

    reason = forms.CharField(
        label=_("Waarom past dit niet?"),
        help_text=_("Alleen coördinatoren lezen dit. Het voorstel komt niet terug."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AskForm(forms.Form):
    """The words for each side, and how they get there; the sides in the order in which they are asked."""

    def __init__(self, data: Any, *, sides: Sequence[tuple[str, str, int]]) -> None:
        """`sides`: (who, words, how many people of it may be mailed)."""
        super().__init__(data)
        self.sides = sides
        for number, (who, words, reachable) in enumerate(sides):
            ways = [By.MAIL, By.PAPER] if reachable else [By.PAPER]
            self.fields[f"words_{number}"] = forms.CharField(
                label=_("Woorden voor %(party)s") % {"party": who},
                help_text=_("Pas ze gerust aan. Waar [naam] staat, komt de naam van wie het leest."),
                initial=words,
                max_length=3000,
                widget=forms.Textarea(attrs={"rows": 9, "dir": "auto"}),
            )
            self.fields[f"by_{number}"] = forms.ChoiceField(
                label=_("Hoe vraag je het aan %(party)s?") % {"party": who},
                choices=[(way.value, BY_WORDS[way]) for way in ways],
                initial=ways[0].value,
                widget=forms.RadioSelect,
            )

    def pairs(self) -> list[tuple[str, int, Any, Any]]:
        """Of each side who it is, how many may be mailed, and its two fields."""
        return [
            (who, reachable, self[f"words_{number}"], self[f"by_{number}"])
            for number, (who, _words, reachable) in enumerate(self.sides)
        ]

    def wordings(self) -> list[Wording]:
        """What was typed, as `actions.asking.begin` takes it."""
        said = self.cleaned_data
        return [Wording(said[f"words_{n}"].strip(), By(said[f"by_{n}"])) for n in range(len(self.sides))]


class CodeForm(forms.Form):
    """The twelve digits on a card."""

    code = CodeField(label=_("De code op je kaart"))


class OutcomeForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(
        label=_("Wat kwam ervan?"),
        choices=[(word.value, OUTCOME_WORDS[word]) for word in (Outcome.USEFUL, Outcome.MET, Outcome.NOT)],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Wil je er iets bij zeggen?"),
        help_text=_("Alleen de werkplaats leest dit. Leeg laten mag."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
