"""Needs and offers as pages show them, and their words on screen."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from werkplaats.neighbourhoods.records import Named
from werkplaats.neighbourhoods.rules import NeedKind
from werkplaats.neighbourhoods.rules.needs import NeedState

NEED_WORDS: dict[str, Promise] = {NeedKind.NEED: _("Vraag"), NeedKind.OFFER: _("Aanbod")}
STATE_WORDS: dict[str, Promise] = {
    NeedState.OPEN: _("Staat open"),
    NeedState.MET: _("Gelukt"),
    NeedState.WITHDRAWN: _("Teruggenomen"),
    NeedState.EXPIRED: _("Voorbij"),
}
LANGUAGE_WORDS: dict[str, Promise] = {
    "nl": _("Nederlands"),
    "en": _("Engels"),
    "tr": _("Turks"),
    "ar": _("Arabisch"),
    "pl": _("Pools"),
    "uk": _("Oekraïens"),
    "fr": _("Frans"),
    "es": _("Spaans"),
    "de": _("Duits"),
}
"""The languages that may be chosen; a text in another one is welcome too, and stands under none of these."""
OWN_WORDING = _(
    "De werkplaats mag mijn naam en mailadres bewaren, mij hierover schrijven en mij aan een ander voorstellen als wij dat"
    " allebei willen. Ik kan dit altijd terugnemen."
)
"""What a person says yes to who asks or offers something."""


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need or offer. `party` is None for what a person asks or offers; `person`: their name where they allow it."""

    id: int
    key: str
    kind: str
    text: str
    language: str
    party: Named | None
    person: str
    theme: Named | None
    area: Named | None
    since: date | None
    until: date | None
    state: str
    is_hidden: bool

    @property
    def kind_words(self) -> Promise:
        return NEED_WORDS[self.kind]

    @property
    def state_words(self) -> Promise:
        return STATE_WORDS[self.state]

    @property
    def language_words(self) -> Promise | str:
        return LANGUAGE_WORDS.get(self.language, self.language)

    @property
    def who(self) -> str:
        """Whose it is, as everybody reads it."""
        return self.party.name if self.party else self.person or _now("Een bewoner")

    @property
    def is_open(self) -> bool:
        return self.state == NeedState.OPEN


@dataclass(frozen=True, slots=True)
class NeedPage:
    """One need or offer on its own page, for one reader. `able`: who could act on it, said by another party."""

    row: NeedRow
    able: tuple[Named, ...]
    is_own: bool
    may_end: bool
    may_hide: bool
    hidden_reason: str
