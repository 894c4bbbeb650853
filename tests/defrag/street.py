"""A small street to defragment: a kitchen that seeks help, a team that could give it, and who stands between."""

from datetime import date
from itertools import pairwise

from django.utils import timezone

from tests import builders
from werkplaats.defrag.models import Measurement
from werkplaats.defrag.sweeps import MEASURE
from werkplaats.issues.models import Issue, IssueNeed, IssueParty
from werkplaats.kit.claims import work_some
from werkplaats.neighbourhoods import actions
from werkplaats.neighbourhoods.actions.needs import put_need
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.neighbourhoods.rules import NeedKind, TieKind
from werkplaats.workshops.models import RelatedThemes

TODAY = date(2026, 5, 12)


def tied(a: Party, b: Party) -> None:
    actions.put_tie(a, party_b=b, kind=TieKind.WORKS_TOGETHER, reported_by=[a, b])


def needing(party: Party, *able: Party, key: str = "hulp", text: str = "Iemand die mee kan denken.") -> None:
    need = put_need(party, key=key, kind=NeedKind.NEED, text=text, at=timezone.now())
    witness = builders.party(f"Getuige van {key}")
    for one in able:
        actions.put_able(need, party=one, confirmed_by=witness, confirmed_on=TODAY)


def street() -> tuple[Party, ...]:
    """Kitchen - church - library - team, in a row; the kitchen needs the team."""
    row = tuple(builders.party(name) for name in ("Keuken", "Kerk", "Bibliotheek", "Wijkteam"))
    for one, other in pairwise(row):
        tied(one, other)
    needing(row[0], row[3])
    return row


def crowd(count: int) -> None:
    """`count` parties that nobody knows, each with a need that the same team could meet."""
    team = builders.party("Team")
    for number in range(count):
        needing(builders.party(f"Groep {number:02}"), team, key=f"vraag-{number:02}")


def issue(name: str, *working: Party, state: str = "accepted") -> Issue:
    made = Issue.objects.create(workshop=builders.workshop(), key=name.lower(), name=name, sort_name=name, state=state)
    for party in working:
        IssueParty.objects.create(issue=made, party=party)
    return made


def about(made: Issue, *keys: str) -> None:
    for need in Need.objects.filter(key__in=keys):
        IssueNeed.objects.create(issue=made, need=need)


def related(a: str, b: str) -> RelatedThemes:
    return RelatedThemes.objects.create(theme_a=builders.theme(a), theme_b=builders.theme(b))


def measured() -> Measurement:
    """The street as it is now, measured by the sweep."""
    actions.touch(builders.workshop(), at=timezone.now())
    assert work_some(MEASURE) == 1
    return Measurement.objects.get()
