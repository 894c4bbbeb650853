"""What a side is mailed, at the moment that it goes out."""

import pytest
from django.core import mail
from django.utils import timezone

from tests.defrag.asked import begun, move, representative, sides
from werkplaats.consent.actions import withdraw
from werkplaats.consent.rules import Purpose
from werkplaats.defrag.actions.answering import answer
from werkplaats.defrag.actions.asking import make_card
from werkplaats.defrag.queries import people
from werkplaats.defrag.sweeps import TO_PAPER
from werkplaats.kit.claims import work_some
from werkplaats.mail.models import Message
from werkplaats.mail.sweeps import SEND
from werkplaats.neighbourhoods.rules.asking import Answer, By

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


def test_a_side_whose_mail_was_removed_is_asked_by_a_card_instead() -> None:
    row = move()
    gerda = representative(people.sides_of(row)[0], "Gerda")
    representative(people.sides_of(row)[1], "Ruud")
    first, second = sides(begun(row, by=By.MAIL))
    assert work_some(TO_PAPER) == 0  # its mail is on record
    withdraw(gerda, purpose=Purpose.INTRODUCE, on=timezone.localdate())
    work_some(SEND)
    assert work_some(TO_PAPER) == 1
    assert work_some(TO_PAPER) == 0
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.by, second.by) == (By.PAPER, By.MAIL)
    assert make_card(first, at=timezone.now())
    answer(first, said=Answer.YES, at=timezone.now())
    work_some(SEND)
    assert [one.to for one in mail.outbox] == [["ruud@example.org"]]
    assert work_some(TO_PAPER) == 0
