"""What the row of a promise shows follows from the ledger: one event at a time, or all of them again."""

from datetime import UTC, date, datetime

from werkplaats.promises.actions.ledger import iso, moment
from werkplaats.promises.models import Promise, Verdict
from werkplaats.promises.rules import Standing, Told, after

_WORDS = ("wording", "for_whom", "depends_on", "source", "maker_function")


def follow(row: Promise, told: Told) -> Promise:
    """Brings a row up to one more event, and stores it."""
    return show(row, after(None if row.confirmed_at is None else _standing(row), told))


def show(row: Promise, standing: Standing) -> Promise:
    """Stores what the ledger says of a promise in its row. Verdicts and receivers stand in rows of their own."""
    for name in _WORDS:
        setattr(row, name, getattr(standing, name))
    row.state = standing.state
    row.due_on = date.fromisoformat(standing.due_on) if standing.due_on else None
    row.confirmed_at, row.done_at, row.ended_at = map(
        _moment, (standing.confirmed_at, standing.done_at, standing.ended_at)
    )
    row.save()
    return row


def judge(row: Promise, *, giver_kind: str, giver: str, word: str, words: str, at: datetime) -> Verdict:
    """Keeps the last word of one giver."""
    verdict, _is_new = Verdict.objects.update_or_create(
        promise=row, giver_kind=giver_kind, giver=giver, defaults={"word": word, "words": words, "at": at}
    )
    return verdict


def _standing(row: Promise) -> Standing:
    return Standing(
        kind=row.kind,
        maker=row.maker.key,
        state=row.state,
        due_on=iso(row.due_on),
        confirmed_at=moment(row.confirmed_at) if row.confirmed_at else "",
        done_at=moment(row.done_at) if row.done_at else "",
        ended_at=moment(row.ended_at) if row.ended_at else "",
        **{name: getattr(row, name) for name in _WORDS},
    )


def _moment(said: str) -> datetime | None:
    return datetime.fromisoformat(said).astimezone(UTC) if said else None
