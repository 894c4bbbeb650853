"""What happens to matches before anybody is asked: proposed by the sweep, or refused by a coordinator."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from werkplaats.accounts.models import Account
from werkplaats.dependence.models import Match, Matching
from werkplaats.dependence.refusals import AlreadyAsked, RefusedWithoutReason
from werkplaats.dependence.rules import MatchState
from werkplaats.dependence.rules.fitting import Fit
from werkplaats.workshops.models import Workshop


@transaction.atomic
def keep_matches(workshop: Workshop, fits: Sequence[Fit], *, up_to: datetime, at: datetime, today: date) -> None:
    """What fits now is proposed; a proposal that fits no more goes. What people decided or were asked stays as it is."""
    known = {(row.need_id, row.offer_id): row for row in Match.objects.filter(workshop=workshop).select_for_update()}
    new, changed, kept = [], [], set()
    for fit in fits:
        row = known.get((fit.need, fit.offer))
        if row is None:
            told = {"meaning": fit.meaning, "steps": fit.steps, "score": fit.score, "proposed_at": at}
            state = MatchState.PROPOSED.value
            new.append(
                Match(workshop=workshop, key=new_key(), need_id=fit.need, offer_id=fit.offer, state=state, **told)
            )
        elif row.state == MatchState.PROPOSED:
            kept.add(row.pk)
            if (row.meaning, row.steps, row.score) != (fit.meaning, fit.steps, fit.score):
                row.meaning, row.steps, row.score = fit.meaning, fit.steps, fit.score
                changed.append(row)
    gone = [row.pk for row in known.values() if row.state == MatchState.PROPOSED and row.pk not in kept]
    Match.objects.filter(pk__in=gone).delete()
    Match.objects.bulk_create(new, batch_size=500)
    Match.objects.bulk_update(changed, ["meaning", "steps", "score"], batch_size=500)
    done = {"up_to": up_to, "on": today, "stale_since": None}
    Matching.objects.update_or_create(workshop=workshop, defaults=done)


@transaction.atomic
def refuse(match: Match, *, reason: str, by: Account | None, at: datetime) -> Match:
    """A coordinator sees that this does not fit; it is never proposed again. Raises `RefusedWithoutReason`, `AlreadyAsked`."""
    if not reason.strip():
        raise RefusedWithoutReason
    row = Match.objects.select_for_update().get(pk=match.pk)
    if row.state == MatchState.REFUSED:
        return row
    if row.state != MatchState.PROPOSED:
        raise AlreadyAsked
    row.state, row.reason, row.decided_at, row.decided_by = MatchState.REFUSED.value, reason.strip(), at, by
    row.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    Matching.objects.filter(workshop=row.workshop_id).update(stale_since=at)  # what says the same is proposed no more
    return row


def new_key() -> str:
    """A key that says nothing."""
    return f"p{secrets.token_hex(6)}"
