"""Where a party can be written to: the people who work for it and allow contact."""

from django.db.models import Q

from werkplaats.consent.queries import people_who_allow
from werkplaats.consent.rules import Purpose
from werkplaats.neighbourhoods.models import Membership, Party
from werkplaats.neighbourhoods.records import Contact


def contacts(party: Party) -> tuple[Contact, ...]:
    """Who may be written to for a party under any of its names; nobody else. 1 query."""
    stays = party.canonical_id or party.pk
    members = Membership.objects.filter(Q(party=stays) | Q(party__canonical=stays), until=None).values("person")
    people = people_who_allow(Purpose.CONTACT, workshop=party.workshop).filter(pk__in=members).exclude(email="")
    return tuple(
        Contact(email, language or "nl") for email, language in people.order_by("pk").values_list("email", "language")
    )
