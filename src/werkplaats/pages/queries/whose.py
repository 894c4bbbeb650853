"""Whose is this: who pays, hosts and decides; and who sees what, told by the verbs of the doors themselves."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.accounts.models import Role
from werkplaats.accounts.rules import PARTIES, TEAM, Verb
from werkplaats.asks import rules as asks
from werkplaats.catches import rules as catches
from werkplaats.issues import rules as issues
from werkplaats.neighbourhoods import rules as neighbourhoods
from werkplaats.neighbourhoods.queries import stewards
from werkplaats.neighbourhoods.rules import StewardRole
from werkplaats.pages.records.whose import Sight, WhosePage
from werkplaats.pauses import rules as pauses
from werkplaats.promises import rules as promises
from werkplaats.sources import rules as sources
from werkplaats.tables import rules as tables
from werkplaats.workshops.models import Workshop

_EVERYBODY = _("Iedereen, ook zonder account")
_PARTIES = _("De werkplaats en de partijen die meedoen")
_TEAM = _("Alleen het team van de werkplaats")

_OPEN: tuple[tuple[Verb, Promise, Promise], ...] = (
    (
        sources.READ,
        _("Plannen, verslagen en verhalen in de bibliotheek"),
        _("Wat over de wijk geschreven is, is van de wijk."),
    ),
    (issues.READ, _("Vraagstukken, en wie eraan werkt voor wie"), _("Zo kan iedereen nagaan waar het om gaat.")),
    (asks.READ, _("Wat er aan mensen gevraagd wordt, en wat er terugkwam"), _("Vragen kost tijd. Dat mag je zien.")),
    (promises.READ, _("Beloften, met wat beide kanten ervan zeggen"), _("Nooit een totaal of cijfer per partij.")),
    (tables.READ, _("Welke partijen aan tafel zaten"), _("Nooit wie wat zei.")),
    (pauses.READ, _("Wat er bleek toen we stilstonden"), _("Ook als bewoners er niets van merkten.")),
    (
        neighbourhoods.READ_NETWORK,
        _("Wie met wie samenwerkt, en de cijfers over versnippering"),
        _("Het is gereedschap voor wie eraan werkt, geen ranglijst."),
    ),
    (catches.READ, _("Losse notities van de coördinator"), _("Ze worden pas iets als mensen er ja op zeggen.")),
    (
        asks.LOOK,
        _("Wat mensen vertellen, in hun eigen woorden"),
        _("Naar buiten gaat het alleen als de verteller dat wil, zonder naam."),
    ),
)
"""Each kind of thing with the verb of its door: who reads it follows from that, so this page cannot say otherwise."""


def whose(workshop: Workshop) -> WhosePage:
    """Who pays, hosts, decides and sees what. 2 queries."""
    lines = stewards(workshop=workshop)
    team = Role.objects.filter(workshop=workshop, name__in=[role.value for role in TEAM])
    return WhosePage(
        itself=next((line for line in lines if line.role == StewardRole.IS), None),
        stewards=tuple(line for line in lines if line.role != StewardRole.IS),
        sights=tuple(Sight(thing, readers(verb), why) for verb, thing, why in _OPEN),
        team=team.values("account").distinct().count(),
    )


def readers(verb: Verb) -> Promise:
    """Who may pass a door with this verb, in words. Raises `LookupError` for roles that have no words yet."""
    words = {None: _EVERYBODY, PARTIES: _PARTIES, TEAM: _TEAM}
    return words[verb.roles]
