"""What happened to a promise, along time. The table below it says the same in words."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkplaats.kit.dates import written
from werkplaats.promises.records import EventLine, PromiseRecord
from werkplaats.promises.rules import Happened

HEIGHT, MIDDLE = 56, 28
_VERDICTS = {Happened.MAKER_VERDICT, Happened.RECEIVER_VERDICT}


def draw(record: PromiseRecord, *, today: date) -> SafeString:
    """A line from the yes to the last day that is known: solid while it runs, dashed where it is late. Empty without a yes.

    Places are in per cent, so that marks stay sharp at any width. A dot is what its maker told, a square a verdict, a
    bar the day that it was to be done.
    """
    line = record.line
    if line.confirmed_on is None:
        return SafeString("")
    end = line.done_on or line.ended_on or today
    dues = sorted({*(event.due_on for event in record.events if event.due_on), *([line.due_on] if line.due_on else [])})
    days = [line.confirmed_on, end, *(event.on for event in record.events), *dues]
    first, last = min(days), max(*days, min(days) + timedelta(days=1))

    def place(day: date) -> str:
        return f"{2 + 96 * (day - first).days / (last - first).days:.1f}%"

    late_from = line.due_on if line.due_on and line.due_on < end else None
    drawn = [
        _stroke(place(first), place(last), "samen-time__rest"),
        _stroke(place(line.confirmed_on), place(late_from or end), "samen-time__runs"),
        *([_stroke(place(late_from), place(end), "samen-time__late")] if late_from else []),
        *(_bar(place(day), is_last=day == dues[-1]) for day in dues),
        *_marks(record.events, place),
    ]
    label = ngettext(
        "Wat er gebeurde van %(first)s tot %(last)s: %(count)d gebeurtenis. In de tabel staat hetzelfde.",
        "Wat er gebeurde van %(first)s tot %(last)s: %(count)d gebeurtenissen. In de tabel staat hetzelfde.",
        len(record.events),
    ) % {"first": written(first), "last": written(last), "count": len(record.events)}
    return mark_safe(  # noqa: S308 - numbers and names of classes, and words that are escaped
        f'<svg class="samen-time samen-flip" role="img" aria-label="{escape(label)}" width="100%" height="{HEIGHT}">'
        f"{''.join(drawn)}</svg>"
    )


def _stroke(start: str, end: str, name: str) -> str:
    return f'<line class="{name}" x1="{start}" x2="{end}" y1="{MIDDLE}" y2="{MIDDLE}"/>'


def _bar(at: str, *, is_last: bool) -> str:
    name = "samen-time__due" if is_last else "samen-time__due samen-time__due--was"
    return f'<line class="{name}" x1="{at}" x2="{at}" y1="4" y2="{HEIGHT - 4}"><title>{escape(_("Klaar zijn"))}</title></line>'


def _marks(events: Iterable[EventLine], place: Callable[[date], str]) -> Iterable[str]:
    for event in events:
        at, title = place(event.on), f"<title>{escape(str(event.kind_words))}, {written(event.on)}</title>"
        if event.kind in _VERDICTS:
            side = MIDDLE - 22 if event.kind == Happened.MAKER_VERDICT else MIDDLE + 10
            square = f'<rect class="samen-time__verdict" x="-6" width="12" height="12">{title}</rect>'
            yield f'<svg x="{at}" y="{side}" overflow="visible">{square}</svg>'
        else:
            name = "samen-time__end" if event.kind in {Happened.DONE, Happened.WITHDRAWN} else "samen-time__dot"
            yield f'<circle class="{name}" cx="{at}" cy="{MIDDLE}" r="8">{title}</circle>'
