from django.db.models import QuerySet

from werkplaats.accounts.models import Person
from werkplaats.consent.models import Consent
from werkplaats.consent.rules import Purpose
from werkplaats.workshops.models import Workshop


def people_who_allow(purpose: Purpose, *, workshop: Workshop) -> QuerySet[Person]:
    """The people of a workshop who gave consent for this purpose and did not withdraw it, nor that of being kept at all."""
    allowed = Consent.objects.filter(purpose=purpose, withdrawn_on__isnull=True)
    not_kept = Consent.objects.filter(purpose=Purpose.KEEP, withdrawn_on__isnull=False)
    people = Person.objects.filter(workshop=workshop, pk__in=allowed.values("person_id"))
    return people.exclude(pk__in=not_kept.values("person_id"))
