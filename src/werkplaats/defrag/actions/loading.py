"""What a folder says of moves that people were asked about. What is on record already stays as it is."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction

from werkplaats.defrag.models import Asking, Move, Side
from werkplaats.defrag.refusals import AlreadyAsked
from werkplaats.defrag.rules import HELP_DAYS, Helped, MoveKind, MoveState, Stage
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.actions.introductions import count_asked
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.refusals import SameParty
from werkplaats.neighbourhoods.rules.asking import Answer, By
from werkplaats.workshops.models import Workshop


@transaction.atomic
def put_asking(
    workshop: Workshop,
    *,
    key: str,
    kind: MoveKind,
    party_a: Party,
    party_b: Party | None,
    through: Party | None,
    issue: Issue | None,
    stage: Stage,
    asked_at: datetime,
    agreed_at: datetime | None = None,
    met_on: date | None = None,
    closed_at: datetime | None = None,
) -> Asking:
    """An asking as it went elsewhere; nobody is asked anything by it. Raises `SameParty`, `AlreadyAsked`."""
    known = Asking.objects.filter(move__workshop=workshop, key=key).first()
    if known is not None:
        return known
    ends = [party.stays for party in (party_a, party_b) if party]
    if len({end.pk for end in ends}) < len(ends):
        raise SameParty
    move = _move(workshop, kind, ends, through, issue, asked_at, stage)
    if stage is not Stage.TAKEN_BACK and move.askings.exclude(stage=Stage.TAKEN_BACK.value).exists():
        raise AlreadyAsked
    return Asking.objects.create(
        move=move,
        key=key,
        stage=stage.value,
        asked_at=asked_at,
        agreed_at=agreed_at,
        met_on=met_on,
        closed_at=closed_at,
        help_due_on=met_on + timedelta(days=HELP_DAYS) if met_on else None,
    )


@transaction.atomic
def put_side(
    asking: Asking,
    *,
    party: Party,
    number: int,
    words: str = "",
    by: By = By.PAPER,
    turn_at: datetime | None = None,
    answer: Answer | None = None,
    answered_at: datetime | None = None,
    help_asked_at: datetime | None = None,
    helped: Helped | None = None,
    helped_at: datetime | None = None,
) -> Side:
    """What one side was asked and said."""
    told = {
        "number": number,
        "words": words,
        "by": by.value,
        "turn_at": turn_at,
        "answer": answer.value if answer else "",
        "answered_at": answered_at,
        "help_asked_at": help_asked_at,
        "helped": helped.value if helped else "",
        "helped_at": helped_at,
    }
    count_asked([party.stays], about=f"asking:{asking.key}", at=asking.asked_at)
    key = f"z{secrets.token_hex(6)}"
    return Side.objects.get_or_create(asking=asking, party=party, defaults={"key": key, **told})[0]


def _move(
    workshop: Workshop,
    kind: MoveKind,
    ends: list[Party],
    through: Party | None,
    issue: Issue | None,
    at: datetime,
    stage: Stage,
) -> Move:
    """The move that an asking is about, proposed here before or not."""
    parts = [kind.value, *sorted(end.key for end in ends), through.key if through else "", issue.key if issue else ""]
    state = MoveState.OVERTAKEN if stage is Stage.TAKEN_BACK else MoveState.ASKED
    row, made = Move.objects.get_or_create(
        workshop=workshop,
        key=":".join(part for part in parts if part),
        defaults={
            "kind": kind.value,
            "party_a": ends[0],
            "party_b": ends[1] if len(ends) > 1 else None,
            "through": through,
            "issue": issue,
            "rank": 0,
            "gain": 0.0,
            "state": state.value,
            "proposed_at": at,
        },
    )
    if not made and row.state not in {MoveState.REFUSED, MoveState.ASKED} and state is MoveState.ASKED:
        row.state = state.value
        row.save(update_fields=["state"])
    return row
