"""A table that is still to come, with parties that may be invited."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.builders import party, workshop
from tests.issues.shelf import NOW, issue
from werkplaats.accounts.actions import put_person
from werkplaats.accounts.models import Person
from werkplaats.consent.actions import put_consent
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.issues.models import Issue, IssueParty
from werkplaats.issues.rules import State
from werkplaats.neighbourhoods.actions import put_membership
from werkplaats.neighbourhoods.models import Party
from werkplaats.tables import actions
from werkplaats.tables.models import Table

LATER = NOW + timedelta(days=14)
KEY = "wie-heeft-de-sleutel"


def coming(*, about_issue: Issue | None = None, held_at: datetime = LATER, **more: Any) -> Table:
    return actions.hold(
        workshop(),
        about="Wie heeft de sleutel?",
        held_at=held_at,
        place="Aula",
        issue=about_issue,
        **more,
    )


def an_issue(*names: str) -> Issue:
    """An issue on which these parties work; a name with a colon says of which kind: ``gemeente:government``."""
    made = issue("De sleutel", state=State.ACCEPTED)
    for name in names:
        called, _colon, kind = name.partition(":")
        IssueParty.objects.create(issue=made, party=party(called, kind=kind or "initiative"))
    return made


def person(name: str, *, email: str = "", allows: tuple[Purpose, ...] = (Purpose.CONTACT,)) -> Person:
    made = put_person(workshop(), key=name.lower(), name=name, email=email)
    for purpose in allows:
        put_consent(made, purpose=purpose, wording="Dat mag.", channel=Channel.TALK, given_on=date(2026, 1, 1))
    return made


def reachable(
    at: Party, *, email: str = "noor@example.org", allows: tuple[Purpose, ...] = (Purpose.CONTACT,)
) -> Person:
    """Somebody of this party who may be mailed."""
    made = person(email.partition("@")[0].title(), email=email, allows=allows)
    put_membership(at, person=made, role="lid", since=date(2026, 1, 1))
    return made


def double(of: Party, name: str) -> Party:
    made = party(name, kind=of.kind)
    made.canonical = of
    made.save()
    return made
