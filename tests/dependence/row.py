"""A short row of needs and offers in three languages, and people who may be asked."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from tests import builders
from werkplaats.accounts.models import Account, Person
from werkplaats.accounts.rules import RoleName
from werkplaats.consent.actions import put_consent
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.dependence.actions.asking import begin
from werkplaats.dependence.models import Match, MatchSide
from werkplaats.dependence.queries.people import ends_of, match_by_key
from werkplaats.dependence.sweeps import MATCH
from werkplaats.kit.claims import work_some
from werkplaats.neighbourhoods import actions
from werkplaats.neighbourhoods.actions.needs import post_need
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.neighbourhoods.rules import NeedKind
from werkplaats.neighbourhoods.rules.asking import By, Wording
from werkplaats.promises import actions as promises
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Channel as Yes
from werkplaats.promises.rules import Kind

TRAINER = "Kızlarımız için akşamları futbol antrenörü arıyoruz."
TRAINS = "Een trainer die op woensdagavond meisjes leert voetballen."
BARREL = "Een tweede regenton voor de tuin."
BARRELS = "Two rain barrels with a tap, to be picked up."


def posted(party: Party | Person, kind: NeedKind, text: str, **more: Any) -> Need:
    now = timezone.now()
    told: dict[str, Any] = {"at": now, "today": timezone.localdate(now)} | more
    return post_need(party.workshop, of=party, kind=kind, text=text, **told)


def row() -> dict[str, Need]:
    """A mosque that looks for a trainer, a club that has one, a garden that looks for water, a garage that has barrels."""
    mosque, club, garden, garage = (builders.party(name) for name in ("Moskee", "Club", "Tuin", "Garage"))
    return {
        "trainer": posted(mosque, NeedKind.NEED, TRAINER, language="tr"),
        "trains": posted(club, NeedKind.OFFER, TRAINS, language="nl"),
        "barrel": posted(garden, NeedKind.NEED, BARREL, language="nl"),
        "barrels": posted(garage, NeedKind.OFFER, BARRELS, language="en"),
    }


def matched() -> None:
    assert work_some(MATCH) == 1


def pairs(state: str = "proposed") -> set[tuple[str, str]]:
    """The texts of what matches, as (need, offer)."""
    return set(Match.objects.filter(state=state).values_list("need__text", "offer__text"))


def match() -> Match:
    """The trainer of the row, proposed by the sweep."""
    row()
    matched()
    found = match_by_key(builders.workshop(), Match.objects.get(need__text=TRAINER).key)
    assert found is not None
    return found


def begun(found: Match | None = None, *, by: By = By.PAPER) -> Match:
    found = found or match()
    wordings = [Wording(f"Hoi [naam], een vraag aan {end.name}.", by) for end in ends_of(found)]
    now = timezone.now()
    return begin(found, wordings=wordings, by=None, at=now, today=timezone.localdate(now))


def sides(found: Match) -> list[MatchSide]:
    """The sides as they are now, in order."""
    rows = MatchSide.objects.filter(match=found).order_by("number")
    return list(rows.select_related("party__canonical", "person", "match__workshop"))


def person(name: str, *, allows: tuple[Purpose, ...] = tuple(Purpose), account: Account | None = None) -> Person:
    key = name.lower()
    made = Person.objects.create(
        workshop=builders.workshop(), key=key, name=name, sort_name=key, email=f"{key}@example.org", account=account
    )
    for purpose in allows:
        put_consent(made, purpose=purpose, wording="Ja.", channel=Channel.TALK, given_on=date(2026, 1, 1))
    return made


def member(party: Party, name: str, *, allows: tuple[Purpose, ...] = tuple(Purpose)) -> Account:
    """Somebody with an account who speaks for a party."""
    account = builders.account(RoleName.PARTY, email=f"{name.lower()}@example.org")
    actions.put_membership(party, person=person(name, allows=allows, account=account), role="lid")
    return account


def promised(maker: Party, receiver: Party, words: str, *, at: datetime, due: date | None = None) -> Promise:
    said = promises.Said(Kind.DO, maker, words, parties=(receiver,), due_on=due)
    made = promises.draft(builders.workshop(), said, at=at)
    return promises.confirm(made, at=at, channel=Yes.LINK)
