"""Moves and connections in words: whole sentences, so that people can say yes or no to a reason instead of a figure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import reduce

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from werkplaats.defrag.models import Move
from werkplaats.defrag.records import Connection, Load, MoveLine
from werkplaats.defrag.rules import MoveKind, MoveState, Part, shade
from werkplaats.neighbourhoods.models import Party

SAID = 2
"""So many reasons stand with a move; the rest is in its list of connections."""


def group_name(one: Connection) -> str:
    """Under which heading a connection stands on the map."""
    if one.issue or one.part == Part.THEMES:
        return one.issue or one.why
    return _("Zonder vraagstuk")


def tell(
    moves: Sequence[Move],
    connections: Mapping[str, Connection],
    names: Mapping[str, str],
    *,
    asked: Counter[str],
    language: str,
) -> tuple[MoveLine, ...]:
    """Every move in words. `connections` by key; `names` of the parties on the routes, by key.

    `asked`: how often each party, by name, was asked this month; what is proposed now comes on top of it.
    `language`: of the words to ask with, which are for the parties and not for who reads the page.
    """
    for move in moves:
        if move.state == MoveState.PROPOSED:
            asked.update(party.name for party in _carriers(move))
    return tuple(_line(move, connections, names, asked, language) for move in moves)


def _line(
    move: Move, connections: Mapping[str, Connection], names: Mapping[str, str], asked: Counter[str], language: str
) -> MoveLine:
    changes = [(connections[key], before, after) for key, before, after in move.shortened if key in connections]
    changes.sort(key=lambda change: (-change[0].weight * (change[2] - change[1]), change[0].key))
    a, b = (party.stays for party in (move.party_a, move.party_b or move.party_a))
    shortened = tuple(one for one, _before, _after in changes)
    shades = sorted(
        ((shade(before), shade(after)) for _one, before, after in changes), key=lambda pair: (-pair[0], pair[1])
    )
    is_joining = move.kind == MoveKind.JOINING
    with override(language):
        letters = _letters(move, a, b, shortened)
    return MoveLine(
        id=move.pk,
        rank=move.rank,
        kind=move.kind,
        state=move.state,
        kicker=_kicker(move),
        heading=heading(move, a.name, b.name),
        why=_why_join(shortened, a) if is_joining else _why(shortened, a, b),
        route=_not_yet(move, a) if is_joining else _route(move.route, names, a.name, b.name),
        effect=_effect(len(shortened)),
        gain=move.gain,
        before=tuple(before for before, _after in shades),
        after=tuple(after for _before, after in shades),
        shortened=shortened,
        then=tuple(shade(after) for _one, _before, after in changes),
        loads=tuple(Load(party.name, asked[party.name], party.introductions_per_month) for party in _carriers(move)),
        letter_to=letters,
        reason=move.reason,
        decided_at=move.decided_at,
        is_joining=is_joining,
    )


def _kicker(move: Move) -> str:
    if move.kind == MoveKind.JOINING:
        said = _("Een plek aan tafel bij een vraagstuk")
        return said if move.state == MoveState.ASKED else _("Zet %(rank)d: meedoen") % {"rank": move.rank}
    if move.state == MoveState.ASKED:  # it has no place among the proposals any more
        return _("Een brug") if move.kind == MoveKind.BRIDGE else _("Een kennismaking, één kop koffie")
    if move.kind == MoveKind.BRIDGE and move.through:
        return _("Zet %(rank)d: een brug, via %(through)s") % {"rank": move.rank, "through": move.through.stays.name}
    return _("Zet %(rank)d: een kennismaking, één kop koffie") % {"rank": move.rank}


def heading(move: Move, a: str, b: str) -> str:
    """What a move is, in one sentence; `a` and `b` are the names of its ends."""
    if move.kind == MoveKind.JOINING:
        return _("Vraag %(a)s mee te doen met “%(issue)s”") % {"a": a, "issue": move.issue.name if move.issue else ""}
    if move.kind == MoveKind.BRIDGE:
        return _("Sla een brug tussen %(a)s en %(b)s") % {"a": a, "b": b}
    return _("Laat %(a)s en %(b)s kennismaken") % {"a": a, "b": b}


def _why(shortened: Sequence[Connection], a: Party, b: Party) -> tuple[str, ...]:
    """The weightiest reasons, those that are between the two themselves first."""
    direct = [one for one in shortened if _is_between(one, a, b)]
    indirect = [one for one in shortened if one not in direct]
    said = [reason(one, _other(one, a, b)) for one in direct] + [reason(one, "") for one in indirect]
    return tuple(dict.fromkeys(said))[:SAID]


def _why_join(shortened: Sequence[Connection], a: Party) -> tuple[str, ...]:
    said = _("%(source)s weet iets over “%(issue)s”. %(party)s staat dichter bij hen dan wie er nu aan werkt.")
    told = (said % {"source": one.source, "issue": one.issue, "party": a.name} for one in shortened)
    return tuple(dict.fromkeys(told))[:SAID]


def _not_yet(move: Move, a: Party) -> str:
    issue = move.issue.name if move.issue else ""
    return _("%(party)s werkt nu nog niet mee aan “%(issue)s”.") % {"party": a.name, "issue": issue}


def _is_between(one: Connection, a: Party, b: Party) -> bool:
    return (one.source_key == a.key and b.key in one.target_keys) or (
        one.source_key == b.key and a.key in one.target_keys
    )


def _other(one: Connection, a: Party, b: Party) -> str:
    return b.name if one.source_key == a.key else a.name


def reason(one: Connection, target: str = "") -> str:
    """Why a connection ought to be there, in one or two sentences. `target`: the one of its targets that is meant."""
    words = {**_words(one), "source": one.source, "target": target or _one_of(one.targets)}
    if one.waits_on:
        return _waits(one, words)
    if one.part == Part.PEOPLE and not one.targets:
        return _("%(source)s vraagt: “%(why)s” Niemand staat genoteerd die daar iets mee kan.") % words
    sentences = {
        Part.PEOPLE: _("%(source)s vraagt: “%(why)s” %(target)s kan daar iets mee."),
        Part.INFORMATION: _(
            "%(source)s weet iets over “%(issue)s”. %(target)s werkt daaraan en moet het kunnen horen."
        ),
        Part.NETWORKS: _("%(source)s en %(target)s zijn bewonersinitiatieven met hetzelfde vraagstuk: “%(issue)s”."),
        Part.THEMES: _(
            "“%(theme)s” en “%(other_theme)s” horen bij elkaar. %(source)s werkt aan het ene, %(target)s aan het andere."
        ),
    }
    return sentences[Part(one.part)] % words


def waiting(source: str, about: str) -> str:
    """That people wait who came through a party: never how many, never who."""
    return _("Via %(source)s wachten mensen op antwoord over “%(about)s”.") % {"source": source, "about": about}


def _waits(one: Connection, words: Mapping[str, str]) -> str:
    about = {**words, "about": one.waits_on}
    if not one.targets:
        return (
            _(
                "Via %(source)s wachten mensen op antwoord over “%(about)s”. Niemand staat genoteerd die daar iets mee kan."
            )
            % about
        )
    return _("Via %(source)s wachten mensen op antwoord over “%(about)s”. %(target)s kan daar iets mee.") % about


def _words(one: Connection) -> dict[str, str]:
    return {
        "why": one.why if one.why.endswith(("?", "!")) else one.why.rstrip(".") + ".",
        "issue": one.issue,
        "theme": one.themes[0] if one.themes else "",
        "other_theme": one.themes[-1] if one.themes else "",
    }


def _one_of(names: Sequence[str]) -> str:
    if len(names) > 2:
        return _("%(first)s of een andere partij") % {"first": names[0]}
    return _("%(first)s of %(second)s") % {"first": names[0], "second": names[1]} if len(names) == 2 else "".join(names)


def _route(route: Sequence[str] | None, names: Mapping[str, str], a: str, b: str) -> str:
    if route is None:
        return _("Nu loopt er tussen %(a)s en %(b)s geen weg die kort genoeg is.") % {"a": a, "b": b}
    between = [names.get(key, key) for key in route]
    if not between:
        return _("Ze kennen elkaar een beetje: één van de twee heeft dat gezegd.")
    listed = reduce(lambda said, following: _("%(said)s, dan %(next)s") % {"said": said, "next": following}, between)
    return ngettext(
        "Nu loopt de weg tussen hen via een ander: %(between)s.",
        "Nu loopt de weg tussen hen via %(count)d anderen: %(between)s.",
        len(between),
    ) % {"count": len(between), "between": listed}


def _effect(count: int) -> str:
    if not count:
        return _("Deze zet helpt pas samen met een andere zet.")
    return ngettext("%(count)d verbinding wordt korter.", "%(count)d verbindingen worden korter.", count) % {
        "count": count
    }


def _letters(move: Move, a: Party, b: Party, shortened: Sequence[Connection]) -> tuple[tuple[str, str], ...]:
    """The words to ask each side with, each apart; the coordinator changes them as they like."""
    about = next((one for one in shortened if _is_between(one, a, b)), None)
    if move.kind == MoveKind.JOINING and move.issue:
        words = _(
            "Hoi [naam], een paar partijen werken samen aan “%(issue)s”. Ik denk dat jullie iets aan elkaar "
            "hebben. Willen jullie een keer meepraten? Nee is ook goed: dat blijft tussen ons en ik vraag het niet nog eens."
        )
        return ((a.name, words % {"issue": move.issue.name}),)
    first = _(
        "Hoi [naam], ik heb een vraag. %(opening)s Zal ik vragen of iemand van %(other)s wil kennismaken? Eén kop koffie, meer "
        "hoeft niet. Nee is ook goed: dat blijft tussen ons en ik vraag het niet nog eens."
    )
    second = _(
        "Hoi [naam], ik heb een vraag. %(opening)s Willen jullie kennismaken met iemand van %(other)s? Eén kop koffie, meer "
        "hoeft niet. Nee is ook goed: dat blijft tussen ons en ik vraag het niet nog eens."
    )
    sides = ((a, b, first), (b, a, second))
    letters = [
        (party.name, words % {"opening": _opening(about, party, other), "other": other.name})
        for party, other, words in sides
    ]
    if move.kind == MoveKind.BRIDGE and move.through:
        words = _(
            "Hoi [naam], jullie kennen %(a)s en %(b)s allebei. Zij kennen elkaar nog niet. Willen jullie hen helpen elkaar te "
            "vinden? Alleen als het past. Nee is ook goed: dat blijft tussen ons en ik vraag het niet nog eens."
        )
        letters.insert(0, (move.through.stays.name, words % {"a": a.name, "b": b.name}))
    return tuple(letters)


def _opening(about: Connection | None, party: Party, other: Party) -> str:
    """What the one who is asked has to do with the other."""
    if about is None:
        return _("Ik denk dat %(other)s en jullie iets aan elkaar hebben.") % {"other": other.name}
    asks = about.source_key == party.key
    if about.waits_on:
        sentence = (
            _("Via jullie wachten mensen op antwoord over “%(about)s”. %(other)s kan daar misschien iets mee.")
            if asks
            else _("Via %(other)s wachten mensen op antwoord over “%(about)s”. Jullie kunnen daar misschien iets mee.")
        )
        return sentence % {"about": about.waits_on, "other": other.name}
    sentences = {
        (Part.PEOPLE, True): _("Jullie vragen: “%(why)s” %(other)s kan daar misschien iets mee."),
        (Part.PEOPLE, False): _("%(other)s vraagt: “%(why)s” Jullie kunnen daar misschien iets mee."),
        (Part.INFORMATION, True): _("Jullie weten iets over “%(issue)s”. %(other)s werkt daaraan."),
        (Part.INFORMATION, False): _("Jullie werken aan “%(issue)s”. %(other)s weet daar iets over."),
        (Part.NETWORKS, True): _("Jullie zijn bezig met “%(issue)s”. Bij %(other)s ook."),
        (Part.NETWORKS, False): _("Jullie zijn bezig met “%(issue)s”. Bij %(other)s ook."),
        (Part.THEMES, True): _("Jullie werken aan “%(theme)s”, en %(other)s aan “%(other_theme)s”. Dat raakt elkaar."),
        (Part.THEMES, False): _("Jullie werken aan “%(other_theme)s”, en %(other)s aan “%(theme)s”. Dat raakt elkaar."),
    }
    return sentences[Part(about.part), asks] % {**_words(about), "other": other.name}


def _carriers(move: Move) -> tuple[Party, ...]:
    """Who gets a new tie to keep up: both ends, or the one that carries the bridge."""
    if move.kind == MoveKind.BRIDGE and move.through:
        return (move.through.stays,)
    return tuple(party.stays for party in (move.party_a, move.party_b) if party)
