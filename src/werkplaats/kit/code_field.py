"""Where somebody types the digits of a code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeField(forms.CharField):
    """Twelve digits, however they are spaced; whether they open anything is asked of the code itself."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(
            label=label,
            help_text=_("Twaalf cijfers, zoals 4821 0937 5516."),
            max_length=40,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "samen-code-field"}),
        )
