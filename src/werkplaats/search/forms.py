from django import forms
from django.utils.translation import gettext_lazy as _

from werkplaats.search.rules import LONGEST_QUESTION

KINDS = (
    ("fragment", _("Passage uit een document")),
    ("source", _("Document")),
    ("issue", _("Vraagstuk")),
    ("party", _("Partij")),
    ("need", _("Vraag of aanbod")),
    ("ask", _("Uitvraag")),
    ("voice", _("Stem")),
    ("promise", _("Belofte")),
    ("statement", _("Stelling")),
)
"""The kinds that rooms offer so far, in the order in which the page shows them."""


class Question(forms.Form):
    """One box. What is asked stands in the address, so that an answer can be kept and sent on."""

    q = forms.CharField(label=_("Waar zoek je naar?"), required=False, max_length=LONGEST_QUESTION)
    soort = forms.ChoiceField(label=_("Waarin"), required=False, choices=[("", _("Alles")), *KINDS])
