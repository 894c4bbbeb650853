"""Giving consent, and taking it back."""

from datetime import date

from django.db import transaction

from werkplaats.accounts.models import Person
from werkplaats.consent.models import Consent
from werkplaats.consent.refusals import AlreadyWithdrawn, NeverGiven
from werkplaats.consent.rules import Channel, Purpose


@transaction.atomic
def put_consent(
    person: Person,
    *,
    purpose: Purpose,
    wording: str,
    channel: Channel,
    given_on: date,
    withdrawn_on: date | None = None,
) -> Consent:
    """Keeps what a person allows, with the wording that was shown.

    The very consent that was withdrawn may be put again (an older file is loaded): it stays withdrawn. Any other
    consent for a purpose that was withdrawn raises `AlreadyWithdrawn`.
    """
    told = {"wording": wording, "channel": channel.value, "given_on": given_on, "withdrawn_on": withdrawn_on}
    before = Consent.objects.select_for_update().filter(person=person, purpose=purpose.value).first()
    if before is None:
        return Consent.objects.create(person=person, purpose=purpose.value, **told)
    if before.withdrawn_on is not None:
        if (before.wording, before.channel, before.given_on) != (wording, channel.value, given_on):
            raise AlreadyWithdrawn(before.withdrawn_on)
        return before
    for name, value in told.items():
        setattr(before, name, value)
    before.save()
    return before


@transaction.atomic
def withdraw(person: Person, *, purpose: Purpose, on: date) -> Consent:
    """Takes consent back, at once and for good. Withdrawing again keeps the first date. Raises `NeverGiven`."""
    consent = Consent.objects.select_for_update().filter(person=person, purpose=purpose.value).first()
    if consent is None:
        raise NeverGiven
    if consent.withdrawn_on is None:
        # A withdrawal is never refused over a date: one before the giving counts from the giving.
        consent.withdrawn_on = max(on, consent.given_on)
        consent.save(update_fields=["withdrawn_on"])
    return consent
