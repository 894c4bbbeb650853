"""What was said at one table, for the tests of this room."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests import builders
from werkplaats.asks.models import Ask, Voice
from werkplaats.mail.actions import follow
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises import actions
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Channel, Kind
from werkplaats.workshops.models import Workshop

NOW = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
FRIDAY = date(2026, 5, 15)


def party(name: str, *, kind: str = "government", of: Workshop | None = None) -> Party:
    place = of or builders.workshop()
    return Party.objects.filter(workshop=place, name=name).first() or builders.party(name, kind=kind, of=place)


def said(**changes: Any) -> actions.Said:
    words: dict[str, Any] = {
        "kind": Kind.DO,
        "maker": party("Gemeente Oeverstad"),
        "wording": "De sleutel van het Kadehuis ligt er op dinsdagavond.",
        "maker_function": "wijkmanager",
        "for_whom": "de buurtkeuken",
        "due_on": FRIDAY,
        **changes,
    }
    return actions.Said(**words)


def draft(*, at: datetime = NOW, **changes: Any) -> Promise:
    told = said(**changes)
    return actions.draft(told.maker.workshop, told, at=at)


def promise(*, at: datetime = NOW, **changes: Any) -> Promise:
    """A promise with a yes."""
    return actions.confirm(draft(at=at, **changes), at=at, channel=Channel.LINK)


def done(*, at: datetime = NOW, **changes: Any) -> Promise:
    """A promise that was reported done three days later."""
    return actions.report_done(
        promise(at=at, **changes), evidence="Zie de foto in het Kadehuis.", at=at + timedelta(days=3)
    )


def voices(count: int, *, contact: str = "", says_yes: bool = True) -> tuple[Voice, ...]:
    """Voices whose givers left this address, and said yes to the mail that asked whether it is theirs."""
    place = builders.workshop()
    ask, _made = Ask.objects.get_or_create(
        workshop=place,
        key="van-het-hart",
        defaults={"title": "Wat wil je kwijt?", "sort_name": "wat wil je kwijt", "is_standing": True},
    )
    start = Voice.objects.count()
    made = tuple(
        Voice.objects.create(
            workshop=place,
            key=f"stem-{start + number}",
            ask=ask,
            text="De deur is dicht.",
            given_at=NOW,
            contact=contact,
        )
        for number in range(count)
    )
    for voice in made if contact else ():
        follow(place, thing=f"voice:{voice.key}", title=ask.title, to=contact, at=NOW, is_confirmed=says_yes)
    return made
