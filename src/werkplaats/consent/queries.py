from django.db.models import QuerySet

from werkplaats.accounts.models import Person
from werkplaats.consent.models import Consent
from werkplaats.consent.rules import Purpose
from werkplaats.workshops.models import Workshop


def people_who_allow(purpose: Purpose, *, workshop: Workshop) -> QuerySet[Person]:
    """The people of a workshop who gave consent for this purpose and did not withdraw it."""
    allowed = Consent.objects.filter(purpose=purpose, withdrawn_on__isnull=True)
    return Person.objects.filter(workshop=workshop, pk__in=allowed.values("person_id"))
