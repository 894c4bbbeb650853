"""A small street in which something is asked."""

from datetime import UTC, date, datetime
from typing import Any

from tests.builders import party, workshop
from werkplaats.asks import actions
from werkplaats.asks.models import Ask, Voice
from werkplaats.asks.rules import Privacy
from werkplaats.kit.names import key_from
from werkplaats.workshops.models import Area, Workshop

TODAY = date(2026, 5, 12)
NOW = datetime(2026, 5, 12, 10, tzinfo=UTC)

WHOLE: dict[str, Any] = {
    "asker_function": "onderzoeker",
    "on_behalf_of": "de school",
    "asked_group": "ouders van de Kadeschool",
    "minutes": 10,
    "giver_gets": "Een bon van 5 euro.",
    "asker_gets": "We weten wat we moeten doen.",
    "comes_back": "Een verslag in de hal.",
    "answer_by": date(2026, 6, 1),
    "data_use": "Alleen voor dit verslag.",
    "still_unknown": "Op welke avond het past.",
}


def draft(title: str = "Een zaal in de buurt", *, of: Workshop | None = None, **told: Any) -> Ask:
    home = of or workshop()
    told.setdefault("asker", party(f"Vrager van {title}", kind="professional", of=home))
    return actions.put_ask(home, key=key_from(title), title=title, question="Waar kom je samen?", **{**WHOLE, **told})


def ask(title: str = "Een zaal in de buurt", *, of: Workshop | None = None, **told: Any) -> Ask:
    return actions.open_ask(draft(title, of=of, **told), on=date(2026, 5, 1))


def voice(
    text: str = "Wij koken voor veertig mensen in een keuken voor vijf.", *, to: Ask | None = None, **told: Any
) -> Voice:
    to = to or Ask.objects.first() or ask()
    return actions.give_voice(to, text=text, **{"at": NOW, **told})[0]


def shared(text: str, *, to: Ask | None = None, **told: Any) -> Voice:
    given = voice(text, to=to, privacy=Privacy.NAMELESS, **told)
    return actions.look(given, shared_text=text, at=NOW)


def area(name: str = "Kadebuurt", *, of: Workshop | None = None) -> Area:
    return Area.objects.create(workshop=of or workshop(), code=name.lower(), name=name, kind="buurt")
