"""What a cell of somebody's own sheet says: words that people use become what the rooms know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from werkplaats.exchange import analysis
from werkplaats.exchange.rules.sheets import ASKED_ABOUT, WITHOUT_WORD, WORDS, Heading, Type, bare, several
from werkplaats.kit.names import sort_key
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Area, Theme, Workshop

_web = URLValidator(schemes=["http", "https"])


class Wrong(Exception):
    """A cell that cannot be taken over; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass
class Known:
    """What stands in a workshop, by the words that people use for it; what a sheet brings is added on the way."""

    workshop: Workshop
    today: date
    parties: dict[str, Party] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    is_mapped: bool = False  # the workshop has its areas: another one is a mistake

    @classmethod
    def of(cls, workshop: Workshop, *, today: date) -> "Known":
        """What stands there now. 3 queries."""
        known = cls(workshop, today)
        for party in Party.objects.filter(workshop=workshop).select_related("workshop").order_by("-pk"):
            known.add_party(party)
        for theme in Theme.objects.filter(workshop=workshop):
            known.add_theme(theme)
        for area in Area.objects.filter(workshop=workshop):
            known.add_area(area)
        known.is_mapped = bool(known.areas)
        return known

    def add_party(self, party: Party) -> None:
        """Makes a party findable by its name and key."""
        self.parties[party.key] = self.parties[sort_key(party.name)] = party

    def add_theme(self, theme: Theme) -> None:
        """Makes a theme findable by its names and key."""
        for name in filter(None, (theme.name_en, theme.key, theme.name)):
            self.themes[bare(name)] = theme

    def add_area(self, area: Area) -> None:
        """Makes an area findable by its name and code."""
        self.areas[bare(area.code)] = self.areas[bare(area.name)] = area

    def party(self, name: str) -> Party | None:
        """The party with this name or key."""
        return self.parties.get(sort_key(name)) or self.parties.get(name.strip())


def unknown_words(heading: Heading, cells: list[str]) -> dict[str, tuple[str, str]]:
    """The words in a column that a human is asked about, each as it is written and with what we think it means."""
    if heading.type not in ASKED_ABOUT:
        return {}
    known = WORDS[heading.type]
    told = {bare(cell): cell for cell in cells if cell and bare(cell) not in known and bare(cell) not in known.values()}
    return {word: (told[word], _closest(word, heading.type)) for word in sorted(told)}


def _closest(word: str, kind: Type) -> str:
    found = [known for known in WORDS[kind] if known in word]
    return WORDS[kind][max(found, key=len)] if found else WITHOUT_WORD[kind]


def read_cell(heading: Heading, text: str, known: Known, words: Mapping[str, str]) -> Any:
    """What a cell says, None for an empty one that means nothing. Raises `Wrong`."""
    if not text:
        if heading.is_required:
            raise Wrong(_("Deze cel mag niet leeg zijn."))
        return WITHOUT_WORD.get(heading.type)
    if heading.longest and len(text) > heading.longest:
        raise Wrong(
            _("Deze tekst is te lang: %(value)s tekens. Er passen er %(other)s.")
            % {"value": len(text), "other": heading.longest}
        )
    if heading.type in WORDS:
        return _word(heading.type, text, words)
    return _READERS.get(heading.type, _text)(text, known)


def _word(kind: Type, text: str, words: Mapping[str, str]) -> str:
    told = bare(text)
    if told in words:
        return words[told]
    if told in WORDS[kind]:
        return WORDS[kind][told]
    if told in WORDS[kind].values():
        return told
    if kind in ASKED_ABOUT:
        return _closest(told, kind)
    raise Wrong(_("“%(value)s” kan hier niet. Kies uit: %(other)s.") % {"value": text, "other": ", ".join(WORDS[kind])})


def _text(text: str, _known: Known) -> str:
    return text


def _date(text: str, known: Known) -> date:
    found = analysis.day(text)
    if found is None:
        raise Wrong(_("“%(words)s” is geen datum. Schrijf 2026-05-12 of 12-05-2026.") % {"words": text})
    if found > known.today:
        raise Wrong(_("Deze dag is nog niet geweest."))
    return found


def _address(text: str, _known: Known) -> str:
    address = text if text.startswith(("https://", "http://")) else f"https://{text}"
    try:
        _web(address)
    except ValidationError as wrong:
        raise Wrong(_("“%(address)s” is geen webadres. Begin met https://.") % {"address": text}) from wrong
    return address


def _mail(text: str, _known: Known) -> str:
    try:
        validate_email(text)
    except ValidationError as wrong:
        raise Wrong(_("“%(value)s” is geen mailadres.") % {"value": text}) from wrong
    return text.lower()


def _party(text: str, known: Known) -> Party:
    found = known.party(text)
    if found is None:
        raise Wrong(
            _("“%(name)s” is geen partij die we kennen. Zet hem eerst in de lijst van partijen.") % {"name": text}
        )
    return found


def _area(text: str, known: Known) -> str:
    if known.is_mapped and bare(text) not in known.areas:
        raise Wrong(_("“%(words)s” is geen gebied dat de werkplaats kent.") % {"words": text})
    return text


_READERS: Mapping[Type, Any] = {
    Type.DATE: _date,
    Type.WEB: _address,
    Type.MAIL: _mail,
    Type.PARTY: _party,
    Type.AREA: _area,
    Type.PARTIES: lambda text, _known: several(text),
    Type.THEMES: lambda text, _known: several(text),
}
