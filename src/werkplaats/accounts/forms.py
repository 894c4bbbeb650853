"""What somebody may type at the door of the demo."""

from django import forms

from werkplaats.accounts.rules import DEMO_GUESTS


class GuestForm(forms.Form):
    """As whom a visitor of the demo wants to look around."""

    guest = forms.ChoiceField(choices=[(role.value, role.value) for role in DEMO_GUESTS])
