"""A chain of the town with two versions: one that is closed, and one that may still change."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from werkplaats.chains import actions
from werkplaats.chains.actions import Told
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party


def drawn(issue: Issue, *, party: Party) -> dict[str, list[tuple[Any, ...]]]:
    """What may stand in the addresses of the chain."""
    today = timezone.localdate()
    row = actions.begin_chain(
        issue.workshop, name="Een zaal huren", wish="Een zaal.", issues=[issue], since=today - timedelta(days=90)
    )
    first = actions.add_step(row.versions.get(), Told("Bellen", words="De bewoner"))
    then = actions.add_step(row.versions.get(), Told("De sleutel geven", party=party), after=[first.key])
    actions.renew(row, since=today - timedelta(days=30))
    old, now = (row.key, 1), (row.key, 2)
    keys: dict[str, list[tuple[Any, ...]]] = {"chains": [(row.key,)], "chains:version": [now, old]}
    keys["chains:add_step"] = [now, old]
    return keys | {f"chains:{name}": [(*now, then.key), (*old, then.key)] for name in ("step", "move", "take_out")}
