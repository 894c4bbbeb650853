"""What a side is mailed, at the moment that it goes out."""

import pytest
from django.core import mail
from django.utils import timezone

from tests.defrag.asked import begun, move, representative
from werkplaats.consent.actions import withdraw
from werkplaats.consent.rules import Purpose
from werkplaats.defrag.queries import people
from werkplaats.defrag.rules import By
from werkplaats.kit.claims import work_some
from werkplaats.mail.models import Message
from werkplaats.mail.sweeps import SEND

pytestmark = pytest.mark.django_db


def test_who_withdraws_consent_before_the_mail_goes_out_does_not_get_it() -> None:
    row = move()
    gerda = representative(people.sides_of(row)[0], "Gerda")
    representative(people.sides_of(row)[1], "Ruud")
    begun(row, by=By.MAIL)
    withdraw(gerda, purpose=Purpose.INTRODUCE, on=timezone.localdate())
    work_some(SEND)
    assert mail.outbox == []
    assert not Message.objects.exists()
