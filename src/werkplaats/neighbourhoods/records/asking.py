"""What pages show of asking people one after the other, whichever room brings them together."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from werkplaats.neighbourhoods.rules.asking import By

BY_WORDS: dict[By, Promise] = {
    By.MAIL: _("Per mail, met een link"),
    By.PAPER: _("Op papier: een kaart met een code"),
}


@dataclass(frozen=True, slots=True)
class CardLine:
    """A side that is asked on paper. `about`: what it is asked, in words."""

    key: str
    who: str
    about: Promise
    is_made: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A card to cut out, with its code: told this once."""

    who: str
    words: str
    digits: str
    address: str
    square: SafeString
