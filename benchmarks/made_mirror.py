"""A party of which 10,000 records tell, promises and what their receivers say of them, and how long freezing its mirror takes."""

import time

from django.utils import timezone

from benchmarks.mirror import KEY, PARTY, RECORDS
from werkplaats.kit.names import sort_key
from werkplaats.mirror import actions
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.models import Promise, PromiseReceiver, Verdict
from werkplaats.workshops.models import Workshop


def tell() -> None:
    """Makes it all in an empty database; prints CPU seconds of freezing, and how many things stand in the mirror."""
    place, now = Workshop.objects.create(key=KEY, name="Wijkwerkplaats Spiegel"), timezone.now()
    team, kitchen = (
        Party.objects.create(workshop=place, key=key, name=key.title(), sort_name=sort_key(key), kind=kind)
        for key, kind in ((PARTY, "government"), ("buurtkeuken", "initiative"))
    )
    promises = Promise.objects.bulk_create(
        Promise(
            workshop=place,
            key=f"b{number:05}",
            kind="do",
            state="done" if number % 2 else "running",
            maker=team,
            wording=f"Lamp {number} doet het weer.",
            due_on=now.date(),
            drafted_at=now,
            confirmed_at=now,
            done_at=now if number % 2 else None,
        )
        for number in range(RECORDS // 2)
    )
    PromiseReceiver.objects.bulk_create(PromiseReceiver(promise=row, party=kitchen) for row in promises)
    Verdict.objects.bulk_create(
        Verdict(promise=row, giver_kind="party", giver=kitchen.key, word="kept" if row.done_at else "not", at=now)
        for row in promises
    )
    mirror = actions.hold_mirror(team, at=now)
    began = time.process_time()
    state = actions.look(mirror, at=now)
    took = time.process_time() - began
    assert state is not None
    actions.note_talk(state, on=state.on, at=now)
    print(took, state.items.count())
