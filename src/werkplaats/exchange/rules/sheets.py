"""What a file of a workshop may be, which columns it may have, and the words by which people call them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from werkplaats.neighbourhoods.rules import NeedKind, PartyKind, Size, TieKind
from werkplaats.sources.rules import SourceKind

MOST_ROWS = 5_000
LARGEST_SHEET = 10_000_000
MOST_FILES = 200
"""In one zip: each asks a few fields on one page."""
SHOWN_ROWS, SHOWN_FAULTS = 5, 50
HEADING_WITHIN = 15
"""Rows among which the headings are looked for: people write a title above them."""
FORGET_DAYS = 7
"""What was uploaded and never confirmed is thrown away after so many days."""


class FileKind(StrEnum):
    """What one file is."""

    PARTIES = "parties"
    TIES = "ties"
    NEEDS = "needs"
    PEOPLE = "people"
    SOURCES = "sources"
    DOCUMENT = "document"
    AREAS = "areas"
    FOLDER = "folder"
    POLIS = "polis"
    SKIP = "skip"


SHEETS = (FileKind.PARTIES, FileKind.SOURCES, FileKind.TIES, FileKind.NEEDS, FileKind.PEOPLE)
"""In the order in which they come in: each finds what it names."""
SLOW = frozenset({FileKind.DOCUMENT, FileKind.FOLDER, FileKind.POLIS})
"""What takes longer than a page may: a sweep does it."""


class Type(StrEnum):
    TEXT = "text"
    DATE = "date"
    YES_NO = "yes_no"
    WEB = "web"
    MAIL = "mail"
    PARTY = "party"
    PARTIES = "parties"
    THEMES = "themes"
    AREA = "area"
    PARTY_KIND = "party_kind"
    TIE_KIND = "tie_kind"
    NEED_KIND = "need_kind"
    SOURCE_KIND = "source_kind"
    SIZE = "size"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Heading:
    """One thing that a sheet may tell. `words`: how people head its column; `longest`: how many characters fit."""

    name: str
    words: tuple[str, ...]
    type: Type = Type.TEXT
    is_required: bool = False
    longest: int = 0


def _heading(name: str, words: str, kind: Type = Type.TEXT, *, required: bool = False, longest: int = 0) -> Heading:
    return Heading(name, tuple(word.strip() for word in words.split(",")), kind, required, longest)


HEADINGS: Mapping[FileKind, tuple[Heading, ...]] = {
    FileKind.PARTIES: (
        _heading(
            "name",
            "naam,partij,organisatie,naam organisatie,initiatief,naam partij,naam initiatief,groep,name,party,organisation",
            required=True,
            longest=200,
        ),
        _heading("kind", "soort,type,soort partij,soort organisatie,categorie,kind,category", Type.PARTY_KIND),
        _heading("description", "omschrijving,beschrijving,wat doen ze,toelichting,over,description,wat,activiteiten"),
        _heading("address", "adres,address,locatie,plek,bezoekadres", longest=300),
        _heading("area", "buurt,gebied,wijk,area,neighbourhood,stadsdeel", Type.AREA),
        _heading("themes", "thema,themas,themes,theme,onderwerp,onderwerpen", Type.THEMES),
        _heading("website", "website,site,url,web,webadres", Type.WEB, longest=200),
        _heading(
            "founded_on", "opgericht,begonnen,sinds,oprichting,opgericht op,founded,founded_on,startdatum", Type.DATE
        ),
        _heading("size", "grootte,omvang,size", Type.SIZE),
        _heading("need", "vraag,zoekt,behoefte,nodig,wat zoeken ze,zoeken,hulpvraag,need,needs"),
        _heading("offer", "aanbod,biedt,wat bieden ze,bieden,offer,offers"),
        _heading(
            "works_with",
            "werkt samen met,samenwerking,samenwerkingspartners,partners,werkt met,netwerk,works with",
            Type.PARTIES,
        ),
        _heading("source", "bron,source,gevonden bij", longest=300),
        _heading("recorded_on", "datum,bijgewerkt,recorded_on,date,laatst gezien", Type.DATE),
    ),
    FileKind.TIES: (
        _heading("party_a", "van,partij a,partij 1,wie,partij,from,party_a", Type.PARTY, required=True),
        _heading("party_b", "met,naar,partij b,partij 2,met wie,to,party_b", Type.PARTY, required=True),
        _heading("kind", "soort,soort band,band,type,kind", Type.TIE_KIND),
        _heading("shown_by", "blijkt uit,gezien bij,shown_by", longest=300),
        _heading("since", "sinds,since,vanaf", Type.DATE),
        _heading("last_seen", "laatst gezien,datum,last_seen,laatste contact", Type.DATE),
    ),
    FileKind.NEEDS: (
        _heading("party", "partij,van wie,wie,organisatie,naam,party", Type.PARTY, required=True),
        _heading("text", "vraag,wat,tekst,omschrijving,behoefte,aanbod,text,need", required=True),
        _heading("kind", "soort,vraag of aanbod,type,kind", Type.NEED_KIND),
        _heading("theme", "thema,theme,onderwerp", Type.THEMES),
        _heading("able", "kan helpen,wie kan helpen,able", Type.PARTIES),
        _heading("since", "sinds,datum,since,vanaf", Type.DATE),
    ),
    FileKind.PEOPLE: (
        _heading("name", "naam,mens,naam contactpersoon,contactpersoon,name,person", required=True, longest=200),
        _heading("email", "mail,email,e-mail,mailadres,e-mailadres", Type.MAIL, longest=200),
        _heading("party", "partij,organisatie,van welke partij,party", Type.PARTY),
        _heading("role", "rol,functie,role", longest=120),
        _heading("keep", "toestemming,mag bewaren,bewaren,keep,consent", Type.YES_NO, required=True),
        _heading("given_on", "datum toestemming,toestemming op,datum,given_on", Type.DATE, required=True),
        _heading("wording", "woorden,tekst toestemming,waar is ja op gezegd,wording"),
        _heading("channel", "hoe,manier,kanaal,channel", Type.CHANNEL),
        _heading("contact", "mag mailen,contact,benaderen", Type.YES_NO),
        _heading("show_name", "naam tonen,mag naam tonen,show_name", Type.YES_NO),
        _heading("introduce", "voorstellen,mag voorstellen,introduce", Type.YES_NO),
    ),
    FileKind.SOURCES: (
        _heading("file", "bestand,bestandsnaam,file,document", required=True),
        _heading("title", "titel,title,naam", longest=300),
        _heading("kind", "soort,type,kind", Type.SOURCE_KIND),
        _heading("holder", "van wie,houder,uitgever,maker,holder,organisatie", Type.PARTY),
        _heading("published_on", "datum,verschenen,published_on,jaar", Type.DATE),
        _heading("themes", "thema,themas,themes", Type.THEMES),
        _heading("rights", "rechten,rights,licentie", longest=300),
    ),
}

WORDS: Mapping[Type, Mapping[str, str]] = {
    Type.PARTY_KIND: {
        word: kind.value
        for kind, words in {
            PartyKind.INITIATIVE: "bewonersinitiatief,initiatief,bewoners,bewonersgroep,buurtinitiatief,bewonersvereniging,"
            "vrijwilligers,buurtgroep,initiative,bewonersorganisatie,huurdersvereniging,zelforganisatie,stichting van bewoners",
            PartyKind.GOVERNMENT: "gemeente,overheid,stadsdeel,government,provincie,rijk,waterschap,politie,ggd,bestuur",
            PartyKind.RESEARCH: "onderzoek,universiteit,hogeschool,kennisinstelling,research,lectoraat,onderzoek en onderwijs,"
            "school,onderwijs,kenniscentrum,basisschool,mbo",
            PartyKind.PROFESSIONAL: "professional,welzijn,zorg,woningcorporatie,corporatie,maatschappelijk,welzijnsorganisatie,"
            "zorginstelling,wonen,welzijn zorg en wonen,jongerenwerk,huisarts,wijkteam,bibliotheek,buurtteam",
            PartyKind.BUSINESS: "ondernemer,bedrijf,business,winkel,horeca,ondernemers,ondernemersvereniging,winkeliers",
            PartyKind.OTHER: "anders,overig,other,overige",
        }.items()
        for word in words.split(",")
    },
    Type.TIE_KIND: {
        word: kind.value
        for kind, words in {
            TieKind.WORKS_TOGETHER: "werkt samen,werken samen,samenwerking,werkt samen met,works_together,partner",
            TieKind.REFERS: "verwijst,verwijzen,refers,doorverwijzing",
            TieKind.FUNDS: "betaalt,subsidie,geld,financiert,funds,geldgever",
            TieKind.SHARES_SPACE: "deelt ruimte,zelfde gebouw,shares_space,ruimte",
            TieKind.ADVISES: "geeft raad,adviseert,advies,advises",
            TieKind.KNOWS: "kent,kennen elkaar,knows,contact",
        }.items()
        for word in words.split(",")
    },
    Type.NEED_KIND: {
        **dict.fromkeys(("vraag", "need", "zoekt", "behoefte", "nodig"), NeedKind.NEED.value),
        **dict.fromkeys(("aanbod", "offer", "biedt", "geeft"), NeedKind.OFFER.value),
    },
    Type.SIZE: {
        **dict.fromkeys(("klein", "small"), Size.SMALL.value),
        **dict.fromkeys(("middel", "middelgroot", "medium", "gemiddeld"), Size.MEDIUM.value),
        **dict.fromkeys(("groot", "large"), Size.LARGE.value),
    },
    Type.SOURCE_KIND: {
        word: kind.value
        for kind, words in {
            SourceKind.PLAN: "plan,beleidsplan,wijkplan,nota,agenda,visie",
            SourceKind.REPORT: "rapport,onderzoek,report,monitor,evaluatie,jaarverslag",
            SourceKind.MINUTES: "verslag,notulen,minutes",
            SourceKind.INTERVIEW: "interview,gesprek",
            SourceKind.SURVEY: "enquete,peiling,survey",
            SourceKind.ARTICLE: "artikel,krant,article,nieuws",
            SourceKind.STORY: "verhaal,story,brief",
        }.items()
        for word in words.split(",")
    },
    Type.CHANNEL: {
        **dict.fromkeys(("papier", "paper", "formulier"), "paper"),
        **dict.fromkeys(("gesprek", "talk", "mondeling"), "talk"),
        **dict.fromkeys(("mail", "email", "e-mail"), "mail"),
        **dict.fromkeys(("web", "website", "online"), "web"),
    },
    Type.YES_NO: {
        **dict.fromkeys(("ja", "yes", "j", "x", "1", "waar", "true"), "yes"),
        **dict.fromkeys(("nee", "no", "n", "0", "onwaar", "false"), "no"),
    },
}
"""What the words in a cell mean, by the type of its column."""

ASKED_ABOUT = frozenset({Type.PARTY_KIND, Type.TIE_KIND, Type.SOURCE_KIND})
"""Types of which an unknown word is asked about once, instead of refused in every row."""
WITHOUT_WORD = {
    Type.PARTY_KIND: PartyKind.OTHER.value,
    Type.TIE_KIND: TieKind.KNOWS.value,
    Type.SOURCE_KIND: SourceKind.REPORT.value,
    Type.NEED_KIND: NeedKind.NEED.value,
    Type.CHANNEL: "paper",
}
"""What an empty cell means, and what is proposed for a word that nobody explained yet."""


def bare(text: str) -> str:
    """Words without capitals, accents and signs around them, as headings are compared.

    >>> bare(" Thema’s: ")
    'themas'
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)).casefold()
    return " ".join(re.sub(r"['’`]", "", plain).replace("*", " ").strip(" :?.;()").split())


def places(kind: FileKind, headings: Sequence[str]) -> dict[str, int]:
    """Which column tells what, guessed by its heading; of two for one thing the first counts, and a column tells one thing.

    >>> places(FileKind.PARTIES, ["Organisatie", "Soort partij", "Telefoon"])
    {'name': 0, 'kind': 1}
    """
    found: dict[str, int] = {}
    told = [bare(heading) for heading in headings]
    for heading in HEADINGS.get(kind, ()):
        for word in heading.words:
            free = [at for at, words in enumerate(told) if words == word and at not in found.values()]
            if free:
                found[heading.name] = free[0]
                break
    return found


def is_enough(kind: FileKind, found: Iterable[str]) -> bool:
    """Whether these columns tell all that a sheet of this kind has to tell."""
    return {heading.name for heading in HEADINGS.get(kind, ()) if heading.is_required} <= set(found)


def kind_of(headings: Sequence[str]) -> FileKind:
    """What a sheet with these headings most likely is; of equals the one with which people begin.

    >>> kind_of(["Van", "Met", "Soort"]), kind_of(["Naam", "Soort", "Buurt"]), kind_of(["x"])
    (<FileKind.TIES: 'ties'>, <FileKind.PARTIES: 'parties'>, <FileKind.SKIP: 'skip'>)
    """
    scores = {kind: len(found) for kind in SHEETS if is_enough(kind, found := places(kind, headings))}
    return max(scores, key=lambda kind: scores[kind], default=FileKind.SKIP)


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """The row that holds the headings: the one in which most words are known; else the first that says anything."""
    best, most = -1, 0
    for at, row in enumerate(rows[:HEADING_WITHIN]):
        known = max(len(places(kind, row)) for kind in SHEETS)
        if known > most:
            best, most = at, known
    return best if best >= 0 else next((at for at, row in enumerate(rows) if any(row)), 0)


def several(text: str) -> tuple[str, ...]:
    r"""The names in one cell, however they are separated.

    >>> several("De Spil; Huurders, Kade\nDe Brug")
    ('De Spil', 'Huurders', 'Kade', 'De Brug')
    """
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[;,\n|]", text) if part.strip()))


def title_of(file_name: str) -> str:
    """What a document is called when nobody says: its name without the signs that stand for spaces.

    >>> title_of("wijkplan_kade-2024.pdf")
    'Wijkplan kade 2024'
    """
    stem = re.sub(r"[_\-\s]+", " ", file_name.rpartition(".")[0] or file_name).strip() or file_name
    return (stem[0].upper() + stem[1:])[:300]


def source_kind_of(file_name: str) -> str:
    """Which kind of document this is by its name; a report when the name does not say."""
    name = bare(title_of(file_name))
    known = ((word, kind) for word, kind in WORDS[Type.SOURCE_KIND].items() if word in name)
    return max(known, key=lambda pair: len(pair[0]), default=("", WITHOUT_WORD[Type.SOURCE_KIND]))[1]
