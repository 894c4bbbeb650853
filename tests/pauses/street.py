"""A trajectory with voices, a party and an open pause, for the tests of pauses."""

from datetime import timedelta

from tests.builders import party, workshop
from tests.issues.shelf import NOW, issue
from werkplaats.asks.actions import put_ask
from werkplaats.asks.models import Voice, VoiceIssue
from werkplaats.asks.rules import AskState
from werkplaats.issues.actions import trajectories
from werkplaats.issues.models import Issue, Trajectory
from werkplaats.issues.rules import State
from werkplaats.mail.actions import follow
from werkplaats.neighbourhoods.models import Party
from werkplaats.pauses.actions import open_pause
from werkplaats.pauses.models import Pause

START = NOW - timedelta(days=90)


def school() -> Party:
    return Party.objects.filter(key="kadeschool").first() or party("Kadeschool", kind="professional")


def trajectory() -> Trajectory:
    """Runs since 90 days, with one school in it."""
    row = trajectories.plan(
        issue("Geen zaal", state=State.ACCEPTED),
        name="Samen een zaal",
        benefit_for="Groepen zonder zaal",
        how_noticed="Een vaste avond",
        parties=[school()],
        at=START,
    )
    return trajectories.start(row, at=START)


def standing_still() -> Pause:
    return open_pause(trajectory(), at=NOW)


def voice(key: str, about: Issue | None, *, contact: str = "", says_yes: bool = True) -> Voice:
    """Somebody told something, put with an issue by a human."""
    ask = put_ask(workshop(), key="hart", title="Wat moet je kwijt?", question="Wat moet je kwijt?")
    ask.state, ask.is_standing, ask.opened_on = AskState.OPEN.value, True, START.date()
    ask.save()
    row = Voice.objects.create(
        workshop=workshop(), key=key, ask=ask, text=f"Wij zoeken een zaal {key}", given_at=START, contact=contact
    )
    if contact:
        follow(row.workshop, thing=f"voice:{key}", title=ask.title, to=contact, at=START, is_confirmed=says_yes)
    if about is not None:
        VoiceIssue.objects.create(voice=row, issue=about, ask=ask)
    return row
