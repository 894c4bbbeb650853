"""What a person may choose or type about connections and moves."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.defrag.records import HELPED_WORDS, PART_WORDS, SHADE_WORDS
from werkplaats.defrag.rules import Helped
from werkplaats.kit.code_field import CodeField
from werkplaats.neighbourhoods.records.asking import BY_WORDS
from werkplaats.neighbourhoods.rules.asking import By, Wording

Choices = Iterable[tuple[str, str | Promise]]


class ConnectionFilter(forms.Form):
    """The filters of the list of connections, as they stand in the address."""

    vraagstuk = forms.CharField(label=_("Vraagstuk"), required=False, max_length=200, widget=forms.Select)
    deel = forms.CharField(label=_("Deel"), required=False, max_length=20, widget=forms.Select)
    bereik = forms.CharField(label=_("Hoe kort is de weg?"), required=False, max_length=1, widget=forms.Select)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        self._offer("deel", [(part, words) for part, (words, _more) in PART_WORDS.items()])
        self._offer("bereik", [(str(step), words) for step, words in enumerate(SHADE_WORDS)])

    def offer_groups(self, groups: Choices) -> None:
        """The issues and pairs of themes that there are, as (key, name)."""
        self._offer("vraagstuk", groups)

    def chosen(self) -> dict[str, str]:
        """The filters that hold, as `queries.chosen` takes them."""
        self.is_valid()
        words = {"group": "vraagstuk", "part": "deel", "reach": "bereik"}
        return {name: self.cleaned_data.get(field, "") for name, field in words.items()}

    def _offer(self, name: str, choices: Choices) -> None:
        widget = self.fields[name].widget
        assert isinstance(widget, forms.Select)
        widget.choices = [("", _("Alles")), *choices]


class RefusalForm(forms.Form):
    """Why an introduction should not be proposed."""

    reason = forms.CharField(
        label=_("Waarom niet?"),
        help_text=_("Alleen coördinatoren lezen dit. Het voorstel komt niet terug."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AskForm(forms.Form):
    """The words for each side, and how they get there; the sides in the order in which they are asked."""

    def __init__(self, data: Any, *, sides: Sequence[tuple[str, str, int]]) -> None:
        """`sides`: (party, words, how many people of it may be mailed)."""
        super().__init__(data)
        self.sides = sides
        for number, (party, words, reachable) in enumerate(sides):
            self.fields[f"words_{number}"] = forms.CharField(
                label=_("Woorden voor %(party)s") % {"party": party},
                help_text=_("Pas ze gerust aan. Waar [naam] staat, komt de naam van wie het leest."),
                initial=words,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 8}),
            )
            ways = [By.MAIL, By.PAPER] if reachable else [By.PAPER]
            self.fields[f"by_{number}"] = forms.ChoiceField(
                label=_("Hoe vraag je het aan %(party)s?") % {"party": party},
                choices=[(way.value, BY_WORDS[way]) for way in ways],
                initial=ways[0].value,
                widget=forms.RadioSelect,
            )

    def pairs(self) -> list[tuple[str, int, Any, Any]]:
        """Of each side its party, how many may be mailed, and its two fields."""
        return [
            (party, reachable, self[f"words_{number}"], self[f"by_{number}"])
            for number, (party, _words, reachable) in enumerate(self.sides)
        ]

    def wordings(self) -> list[Wording]:
        """What was typed, as `actions.asking.begin_asking` takes it."""
        said = self.cleaned_data
        return [Wording(said[f"words_{n}"].strip(), By(said[f"by_{n}"])) for n in range(len(self.sides))]


class MetForm(forms.Form):
    """On which day they got to know each other."""

    on = forms.DateField(label=_("Wanneer was het?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class CodeForm(forms.Form):
    """The twelve digits on a card."""

    code = CodeField(label=_("De code op je kaart"))


class HelpedForm(forms.Form):
    """Whether meeting helped, and whether the tie may be on record."""

    helped = forms.ChoiceField(
        label=_("Hielp het?"),
        choices=[(word.value, HELPED_WORDS[word]) for word in Helped],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Wil je er iets bij zeggen?"),
        help_text=_("Alleen de werkplaats leest dit. Leeg laten mag."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    knows = forms.BooleanField(label=_("Wij kennen elkaar nu. Zet onze band erbij."), required=False)
