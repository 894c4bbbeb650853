"""What other rooms may read of the neighbourhood, and its words on screen."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.neighbourhoods.rules import PartyKind, Size, StewardRole, TieKind

KIND_WORDS: dict[str, Promise] = {
    PartyKind.INITIATIVE: _("Bewonersinitiatief"),
    PartyKind.GOVERNMENT: _("Overheid"),
    PartyKind.RESEARCH: _("Onderzoek en onderwijs"),
    PartyKind.PROFESSIONAL: _("Welzijn, zorg en wonen"),
    PartyKind.BUSINESS: _("Ondernemer"),
    PartyKind.OTHER: _("Anders"),
}
TIE_WORDS: dict[str, Promise] = {
    TieKind.WORKS_TOGETHER: _("werkt samen met"),
    TieKind.REFERS: _("verwijst naar elkaar"),
    TieKind.FUNDS: _("geldgever of ontvanger"),
    TieKind.SHARES_SPACE: _("deelt een ruimte"),
    TieKind.ADVISES: _("geeft of krijgt raad"),
    TieKind.KNOWS: _("kent elkaar"),
}
STEWARD_WORDS: dict[str, Promise] = {
    StewardRole.IS: _("Wie zijn wij"),
    StewardRole.PAYS: _("Wie betaalt"),
    StewardRole.HOSTS: _("Wie geeft onderdak"),
    StewardRole.DECIDES: _("Wie beslist"),
}
WORDING = _("Ik spreek voor deze partij. De werkplaats mag mijn naam en mailadres bewaren om mij te bereiken.")
"""What somebody says yes to who takes over the entry of their party."""
WHOSE_QUESTIONS: dict[str, tuple[Promise, Promise]] = {
    StewardRole.IS: (
        _("Welke partij is de werkplaats zelf?"),
        _("Bijvoorbeeld: wij zijn een partij zoals de andere. Houd ook ons aan ons woord."),
    ),
    StewardRole.PAYS: (_("Wie betaalt?"), _("Bijvoorbeeld: de gemeente betaalt ons werk, tot eind 2027.")),
    StewardRole.HOSTS: (_("Wie geeft onderdak?"), _("Bijvoorbeeld: wij werken in de bibliotheek.")),
    StewardRole.DECIDES: (_("Wie beslist?"), _("Bijvoorbeeld: bewoners en partijen beslissen samen, elke maand.")),
}


@dataclass(frozen=True, slots=True)
class StewardLine:
    """Whose is this: one line of who pays, hosts or decides."""

    role: str
    party_key: str
    party_name: str
    words: str

    @property
    def role_words(self) -> Promise:
        return STEWARD_WORDS[self.role]


@dataclass(frozen=True, slots=True)
class TieLine:
    """One tie as both ends of it may read it. The parties are those that stay: entries of a double count for them."""

    party_a_id: int
    party_b_id: int
    kind: str
    is_confirmed: bool
    has_faded: bool
    reported_by: tuple[str, ...]  # names of the parties
    reporter_ids: tuple[int, ...]
    shown_by: str
    since: date | None
    last_seen: date | None
    ended_by: tuple[int, ...] = ()  # the ends that say it is no longer so

    @property
    def kind_words(self) -> Promise:
        return TIE_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Named:
    """A party, theme or area by key and name, for a link."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class PartyTie:
    """One tie of one party: with whom, and what is known of it."""

    other: Named
    other_kind: str
    tie: TieLine


@dataclass(frozen=True, slots=True)
class OwnTie:
    """One tie as one of its ends keeps it. `said` and `ended`: what this end says of it; `other_says`: the other end."""

    other: Named
    tie: TieLine
    said: bool
    ended: bool
    other_says: bool

    @property
    def asks(self) -> bool:
        """Whether the other end reported it and this end said nothing yet."""
        return self.other_says and not self.said and not self.ended


@dataclass(frozen=True, slots=True)
class NeedLine:
    """What a party needs, or can give; `able` are the parties that could act on a need, said by another party."""

    id: int
    key: str
    kind: str
    text: str
    party: Named
    language: str  # of the text; "": as the workshop speaks
    theme: Named | None
    since: date | None
    until: date | None
    able: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party in a list."""

    id: int
    key: str
    name: str
    kind: str
    description: str
    area: Named | None
    themes: tuple[Named, ...]
    other_names: tuple[str, ...]
    needs: int
    offers: int

    @property
    def kind_words(self) -> Promise:
        return KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """All of one party. `entries` are the ids of its rows: itself and the doubles that it stands for."""

    id: int
    key: str
    name: str
    kind: str
    description: str
    address: str
    website: str
    area: Named | None
    themes: tuple[Named, ...]
    other_names: tuple[str, ...]
    entries: tuple[int, ...]
    founded_on: date | None
    source: str
    recorded_on: date | None
    open_to_introductions: bool
    introductions_per_month: int

    @property
    def kind_words(self) -> Promise:
        return KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Node:
    """A party as a place in the network. `entries`: the ids of all rows that it stands for."""

    id: int
    key: str
    name: str
    kind: str
    size: str
    open_to_introductions: bool
    introductions_per_month: int
    theme_ids: frozenset[int]
    entries: tuple[int, ...]

    @property
    def is_small_initiative(self) -> bool:
        """A residents' party that can carry little; one that says nothing of its size counts as small."""
        return self.kind == PartyKind.INITIATIVE and self.size in {"", Size.SMALL}


@dataclass(frozen=True, slots=True)
class NetworkRecord:
    """The parties that stay and what lies between them; every id is of a node."""

    nodes: tuple[Node, ...]
    ties: tuple[TieLine, ...]
    apart: frozenset[tuple[int, int]]  # lower id first
    stands_for: dict[int, int]  # every row -> the node that it counts for


@dataclass(frozen=True, slots=True)
class DoubleLine:
    """Two entries that may be one party, side by side."""

    id: int
    verdict: str
    decided_on: date | None
    a: "DoubleSide"
    b: "DoubleSide"


@dataclass(frozen=True, slots=True)
class DoubleSide:
    """One of the two entries. `stays`: its name is used when the two are one; of a suspicion, the one that is proposed."""

    id: int
    key: str
    name: str
    kind: str
    description: str
    address: str
    area: str
    source: str
    recorded_on: date | None
    ties: int
    stays: bool

    @property
    def kind_words(self) -> Promise:
        return KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class AreaLine:
    """A place with what is on record there and in its parts. `polygons`: [[ring, hole, ...], ...] of [lon, lat]."""

    code: str
    name: str
    kind: str
    parent: Named | None
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]
    parties: int
    needs: int


@dataclass(frozen=True, slots=True)
class GroupLine:
    """Residents named together, and where they live. Nobody is listed."""

    key: str
    name: str
    area: Named | None


@dataclass(frozen=True, slots=True)
class TakeOverLine:
    """Somebody who asks to speak for a party, as the coordinator sees it."""

    key: str
    party: Named
    name: str
    email: str
    role: str
    words: str
    asked_at: datetime
    state: str
    members: int  # who speak for it already
