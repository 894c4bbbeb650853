"""A move on the small street that people are asked about."""

from datetime import date

from django.utils import timezone

from tests.defrag.street import measured, street
from werkplaats.accounts.models import Person
from werkplaats.consent.actions import put_consent
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.defrag.actions.asking import begin_asking
from werkplaats.defrag.models import Asking, Move, Side
from werkplaats.defrag.queries.people import sides_of
from werkplaats.neighbourhoods import actions
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.rules.asking import By, Wording

KEY = "introduction:keuken:wijkteam"


def move() -> Move:
    """The introduction of kitchen and team, proposed by the sweep."""
    street()
    measured()
    return Move.objects.get(key=KEY)


def representative(party: Party, name: str, *, allows: tuple[Purpose, ...] = tuple(Purpose)) -> Person:
    """Somebody of a party, with mail and consent."""
    key = name.lower()
    person = Person.objects.create(
        workshop=party.workshop, key=key, name=name, sort_name=key, email=f"{key}@example.org", language="nl"
    )
    for purpose in allows:
        put_consent(person, purpose=purpose, wording="Ja.", channel=Channel.TALK, given_on=date(2026, 1, 1))
    actions.put_membership(party, person=person, role="lid")
    return person


def begun(row: Move | None = None, *, by: By = By.PAPER) -> Asking:
    """The asking, its sides each in the same way."""
    row = row or move()
    wordings = [Wording(f"Hoi [naam], een vraag aan {party.name}.", by) for party in sides_of(row)]
    now = timezone.now()
    return begin_asking(row, wordings=wordings, by=None, at=now, today=timezone.localdate(now))


def sides(asking: Asking) -> list[Side]:
    """The sides as they are now, in order."""
    return list(Side.objects.filter(asking=asking).select_related("party", "asking__move__workshop"))
