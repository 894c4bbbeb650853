"""What a coordinator makes out of a line, and out of the last meeting: several rooms in one step."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from werkplaats.asks.actions import come_back, give_voice, put_ask, standing_ask
from werkplaats.asks.models import Ask, Voice
from werkplaats.asks.rules import Channel
from werkplaats.catches.actions import became
from werkplaats.catches.models import Catch
from werkplaats.kit.names import key_from, sort_key
from werkplaats.neighbourhoods.actions import put_party, put_tie, touch
from werkplaats.neighbourhoods.models import Party, Tie
from werkplaats.neighbourhoods.rules import PartyKind, TieKind
from werkplaats.pages.refusals import NoSuchParty
from werkplaats.promises.actions import ask_to_confirm, link_path
from werkplaats.promises.models import Promise
from werkplaats.workshops import actions as workshops
from werkplaats.workshops.models import Workshop


@transaction.atomic
def into_voice(catch: Catch, *, at: datetime, by: int | None) -> tuple[Voice, str]:
    """Who waits becomes a voice on the standing ask, with a receipt to hand over: ``(voice, "4821 0937 5516")``."""
    day = at.astimezone(ZoneInfo(catch.workshop.timezone)).date()
    ask = standing_ask(catch.workshop, on=day)
    words = f"{catch.who}: {catch.what}" if catch.who else catch.what
    voice, digits = give_voice(
        ask, text=words, at=catch.caught_at, channel=Channel.PAPER, typed_by=by, once=f"catch:{catch.key}"[:64]
    )
    if catch.due_on and catch.due_on >= day:
        come_back(voice, on=catch.due_on, today=day)
    became(catch, kind="voice", key=voice.key, at=at)
    return voice, digits


@transaction.atomic
def into_ask(catch: Catch, *, at: datetime) -> Ask:
    """What somebody wants to know becomes a draft of an ask, to be filled in."""
    asker = party_named(catch.workshop, catch.who)
    taken = frozenset(Ask.objects.filter(workshop=catch.workshop).values_list("key", flat=True))
    row = put_ask(
        catch.workshop,
        key=key_from(catch.what, taken),
        title=catch.what[:200],
        question=catch.what,
        asker=asker,
        asked_group=catch.for_whom,
    )
    became(catch, kind="ask", key=row.key, at=at)
    return row


@transaction.atomic
def into_tie(catch: Catch, *, at: datetime) -> Tie:
    """Two parties that were heard to know each other. Raises `NoSuchParty` when one of them is not on record."""
    one, other = party_named(catch.workshop, catch.who), party_named(catch.workshop, catch.for_whom)
    if one is None or other is None:
        raise NoSuchParty(catch.for_whom if one else catch.who)
    day = at.astimezone(ZoneInfo(catch.workshop.timezone)).date()
    pair = {one.pk, other.pk}
    held = Tie.objects.filter(party_a__in=pair, party_b__in=pair, kind=TieKind.KNOWS).first()
    row = held or put_tie(one, party_b=other, kind=TieKind.KNOWS, shown_by=catch.what[:300], last_seen=day)
    touch(catch.workshop, at=at)
    became(catch, kind="tie", key=f"{one.key}+{other.key}"[:120], at=at)
    return row


@transaction.atomic
def name_parties(workshop: Workshop, *, names: Iterable[str], at: datetime) -> list[Party]:
    """The parties with these names, put on record where they are not: what kind each is, somebody says later."""
    taken = set(Party.objects.filter(workshop=workshop).values_list("key", flat=True))
    found: list[Party] = []
    for name in names:
        party = party_named(workshop, name)
        if party is None:
            day = at.astimezone(ZoneInfo(workshop.timezone)).date()
            key = key_from(name, frozenset(taken))
            taken.add(key)
            source = _("Genoemd als gast van een overleg")
            party = put_party(workshop, key=key, name=name, kind=PartyKind.OTHER, at=at, source=source, recorded_on=day)
        found.append(party)
    touch(workshop, at=at)
    return found


@transaction.atomic
def name_workshop(workshop: Workshop, *, name: str, city: str) -> Workshop:
    """What the workshop is called, and where it is."""
    Workshop.objects.filter(pk=workshop.pk).update(name=name.strip(), city=city.strip())
    workshop.refresh_from_db()
    return workshop


@transaction.atomic
def set_terms(
    workshop: Workshop, terms: Mapping[str, int], *, at: datetime, capabilities: Iterable[str] | None = None
) -> Workshop:
    """The terms by which the workshop works from now on; who is connected with whom may follow from them.

    `capabilities`: all that are switched on; None: as they were.
    """
    touch(workshop, at=at)
    if capabilities is not None:
        workshops.switch_on(workshop, capabilities)
    return workshops.set_terms(workshop, terms)


@transaction.atomic
def new_link(workshop: Workshop, *, key: str, at: datetime) -> str:
    """The path of a page on which the maker says yes or no; links made earlier open nothing any more."""
    row = Promise.objects.get(workshop=workshop, key=key)
    return link_path(workshop, ask_to_confirm(row, at=at))


def party_named(workshop: Workshop, name: str) -> Party | None:
    """The party with this name, capitals and accents aside; of doubles the one that stays."""
    if not name.strip():
        return None
    row = Party.objects.filter(workshop=workshop, sort_name=sort_key(name)).select_related("canonical").first()
    return (row.canonical or row) if row else None
