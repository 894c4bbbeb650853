"""What the sweeps of mirrors leave alone where a workshop uses none."""

import pytest

from tests.builders import party, workshop
from tests.mirror.street import NOW, planted, steward
from werkplaats.config.sweeps import until_done
from werkplaats.mirror import actions
from werkplaats.mirror.models import Mirror, Snapshot
from werkplaats.mirror.sweeps import HOLD_OWN, LOOK
from werkplaats.workshops.actions import switch_on
from werkplaats.workshops.rules import Capability

pytestmark = pytest.mark.django_db


def test_where_mirrors_are_switched_off_none_is_made_or_frozen_until_they_are_on_again() -> None:
    steward(party("Werkplaats"))
    seen = actions.hold_mirror(planted(), at=NOW)
    switch_on(workshop(), [])
    assert until_done([HOLD_OWN, LOOK]) == 0
    assert Mirror.objects.count() == 1
    assert not Snapshot.objects.exists()
    switch_on(workshop(), [Capability.MIRRORS])
    until_done([HOLD_OWN, LOOK])
    assert Mirror.objects.count() == 2
    assert seen.snapshots.count() == 1
