"""A human of the workshop looks at a voice: what goes out, what is hidden, where it belongs."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from werkplaats.asks.actions.voices import locked, out_of_search
from werkplaats.asks.models import Voice, VoiceIssue
from werkplaats.asks.refusals import HidingNeedsAReason, StaysInside, WordsChanged
from werkplaats.asks.rules import Privacy, day_in
from werkplaats.asks.rules.marking import only_covers
from werkplaats.issues.models import Issue
from werkplaats.search.actions import offer
from werkplaats.search.records import EntryRow


@transaction.atomic
def look(voice: Voice, *, shared_text: str, at: datetime, by: int | None = None) -> Voice:
    """A human looked: these words may go out, or none (an empty `shared_text`).

    Words may be covered, nothing else. Raises `StaysInside`, `WordsChanged`, `Withdrawn`.
    """
    row = locked(voice)
    shared = shared_text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if row.privacy != Privacy.NAMELESS:
        raise StaysInside
    if shared and not only_covers(row.text, shared):
        raise WordsChanged
    row.looked_at, row.looked_by_id, row.shared_text = at, by, shared
    row.goes_out = may_go_out(row)
    row.save()
    show(row)
    return row


@transaction.atomic
def hide(voice: Voice, *, reason: str, at: datetime, by: int | None = None) -> Voice:
    """A moderator hides a voice, with a reason that the giver reads on the receipt. It still waits for an answer."""
    if not reason.strip():
        raise HidingNeedsAReason
    row = locked(voice)
    row.hidden_at, row.hidden_reason, row.looked_by_id = at, reason.strip(), by
    row.goes_out = False
    row.save()
    show(row)
    return row


@transaction.atomic
def show_again(voice: Voice) -> Voice:
    """Hiding is undone; what was looked at before goes out again."""
    row = locked(voice)
    row.hidden_at, row.hidden_reason = None, ""
    row.goes_out = may_go_out(row)
    row.save()
    show(row)
    return row


@transaction.atomic
def belongs_to_issues(voice: Voice, *, issues: Iterable[Issue]) -> None:
    """Exactly these issues hold the voice."""
    row = locked(voice)
    chosen = {issue.pk: issue for issue in issues if issue.workshop_id == row.workshop_id}
    VoiceIssue.objects.filter(voice=row).exclude(issue__in=chosen).delete()
    VoiceIssue.objects.bulk_create(
        [VoiceIssue(voice=row, issue=one, ask_id=row.ask_id) for one in chosen.values()], ignore_conflicts=True
    )


def may_go_out(row: Voice) -> bool:
    """Whether these words may be read by everybody: only after a yes and a look are there any to share."""
    return bool(row.shared_text) and row.hidden_at is None


def show(row: Voice) -> None:
    """In search are the words that may go out, with a month and without a place; nothing of any other voice."""
    if not row.goes_out:
        out_of_search(row)
        return
    url = f"{reverse('asks:ask', args=[row.workshop.key, row.ask.key])}#stemmen"
    month = day_in(row.workshop.timezone, row.given_at).replace(day=1)
    entry = EntryRow("voice", row.key, row.ask.title, row.shared_text, url, language=row.language, dated_on=month)
    offer(row.workshop, [entry], at=row.looked_at or row.given_at)
