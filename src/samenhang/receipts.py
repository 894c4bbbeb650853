"""Who waits for an answer, in a folder: it has no column for that, since it follows from the replies."""

import datetime as dt
from collections.abc import Iterable, Iterator

from samenhang.files import Row
from samenhang.folder import Folder
from samenhang.neighbourhood import Waiting


def waiting(folder: Folder, *, issues: frozenset[str]) -> Iterator[Waiting]:
    """Everybody who waits after giving a voice through a party, once for each of the ``issues`` that the voice belongs to.

    Who said to come back answers, otherwise who asked. The standing ask names nobody: who listens to everything is not
    therefore able to act on it.
    """
    asks = {row.text("key"): row for row in folder.rows("asks")}
    put_with: dict[str, list[str]] = {}
    for row in folder.rows("voice_issues"):
        put_with.setdefault(row.text("voice"), []).append(row.text("issue"))
    replies = _replies(folder)
    for row in folder.rows("voices"):
        if not row.text("through") or row["withdrawn_at"] is not None or not waits(replies.get(row.text("key"), ())):
            continue
        ask = asks[row.text("ask")]
        asker = "" if ask.text("standing") == "yes" else ask.text("asker")
        on = put_with.get(row.text("key")) or [ask.text("issue")]
        for issue in [one for one in on if one in issues] or [""]:
            answers = row.text("come_back_by") or asker
            yield Waiting(row.text("through"), ask.text("key"), answers or None, issue or None)


def waits(replies: Iterable[tuple[str, bool]]) -> bool:
    """Whether a voice waits after its replies: of each, in order, what the giver says of it and "not with those others".

    >>> waits([]), waits([("", False)]), waits([("does_not_fit", False)]), waits([("does_not_fit", False)] * 2)
    (True, False, True, False)
    """
    still, reopened = True, False
    for fit, disputed in replies:
        still = disputed or (fit == "does_not_fit" and not reopened)
        reopened = reopened or (still and not disputed)
    return still


def _replies(folder: Folder) -> dict[str, list[tuple[str, bool]]]:
    at = {row.text("key"): _moment(row.date("at")) for row in folder.rows("replies")}

    def when(row: Row) -> tuple[dt.datetime, str]:
        return at[row.text("reply")], row.text("reply")

    found: dict[str, list[tuple[str, bool]]] = {}
    for row in sorted(folder.rows("reply_voices"), key=when):
        found.setdefault(row.text("voice"), []).append((row.text("fit"), row.text("disputed") == "yes"))
    return found


def _moment(told: dt.date | None) -> dt.datetime:
    """A moment that is only a date is the start of that day."""
    if isinstance(told, dt.datetime):
        return told
    return dt.datetime.combine(told or dt.date.min, dt.time(), tzinfo=dt.UTC)
