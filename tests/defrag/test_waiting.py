"""The people part: who waits for an answer through a residents' initiative ought to reach somebody who can act."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import builders
from tests.asks.street import ask, voice
from tests.defrag.street import TODAY, about, issue, measured, needing, tied
from werkplaats.accounts.rules import RoleName
from werkplaats.asks import actions as asks
from werkplaats.asks.models import Ask, Voice
from werkplaats.defrag import queries
from werkplaats.defrag.models import Demand, Measurement, Reading
from werkplaats.defrag.records import Connection
from werkplaats.defrag.sweeps import MEASURE
from werkplaats.kit.claims import work_some
from werkplaats.neighbourhoods.models import Party

pytestmark = pytest.mark.django_db


def waiting(about: str = "De lift", *, through: Party | None = None, count: int = 1, asker: str = "Verhuurder") -> Ask:
    """An ask to which somebody gave something through the kitchen, and waits."""
    row = ask(about, asker=builders.party(asker, kind="professional"))
    for number in range(count):
        voice(f"Marker {number} van {about}.", to=row, through=through or Party.objects.get(key="keuken"))
    return row


def people() -> tuple[Connection, ...]:
    return tuple(one for one in queries.demands(Measurement.objects.get()) if one.part == "people")


def test_who_waits_through_an_initiative_ought_to_reach_who_asked() -> None:
    kitchen, between = builders.party("Keuken"), builders.party("Kerk")
    waiting()
    tied(kitchen, between)
    tied(between, Party.objects.get(key="verhuurder"))
    measured()
    (one,) = people()
    assert (one.key, one.target_keys, one.phi) == ("people:ask:de-lift:keuken", ("verhuurder",), 0.5)
    assert one.why == "Via Keuken wachten mensen op antwoord over “De lift”."


def test_a_voice_given_through_nobody_makes_no_demand() -> None:
    builders.party("Keuken")
    voice()
    measured()
    assert people() == ()


def test_voices_on_one_issue_are_one_demand_that_everybody_able_there_can_meet() -> None:
    kitchen, garden, team = (builders.party(name) for name in ("Keuken", "Tuin", "Wijkteam"))
    made = issue("Schimmel", kitchen)
    needing(garden, team)
    about(made, "hulp")
    for title in ("De lift", "De muur"):
        row = waiting(title, asker=f"Vrager {title}")
        asks.belongs_to_issues(Voice.objects.get(ask=row), issues=[made])
    measured()
    (one,) = (each for each in people() if each.waits_on)
    assert one.key == "people:issue:schimmel:keuken"
    assert set(one.target_keys) == {"vrager-de-lift", "vrager-de-muur", "wijkteam"}
    assert one.group == "i-schimmel"


def test_what_belongs_to_an_issue_that_nobody_accepted_stays_with_its_ask() -> None:
    builders.party("Keuken")
    row = waiting()
    asks.belongs_to_issues(Voice.objects.get(ask=row), issues=[issue("Voorstel", state="proposed")])
    measured()
    assert [one.key for one in people()] == ["people:ask:de-lift:keuken"]


def test_nobody_on_record_is_a_demand_that_does_not_arrive_and_says_so() -> None:
    kitchen = builders.party("Keuken")
    voice(to=asks.standing_ask(builders.workshop(), on=TODAY), through=kitchen)
    assert measured().value == 100.0
    (one,) = people()
    assert (one.targets, one.shade) == ((), 4)
    assert queries.reasons.reason(one) == (
        "Via Keuken wachten mensen op antwoord over “Wat wil je kwijt?”. Niemand staat genoteerd die daar iets mee kan."
    )


def test_an_initiative_that_asked_itself_does_not_have_to_reach_itself() -> None:
    kitchen = builders.party("Keuken")
    voice(to=ask(asker=kitchen), through=kitchen)
    measured()
    assert people() == ()


def test_a_demand_ends_when_nobody_waits_any_more_and_begins_again_when_an_answer_does_not_fit() -> None:
    builders.party("Keuken")
    row = waiting()
    measured()
    assert work_some(MEASURE) == 0
    given = Voice.objects.get()
    asks.reply(row, voices=[given], party=row.asker or builders.party(), text="Morgen.", at=timezone.now())
    assert work_some(MEASURE) == 1
    assert Demand.objects.get().ended_on is not None
    assert people() == ()


def test_how_many_wait_is_told_nowhere_and_weighs_nothing(client: Client) -> None:
    few, many = builders.party("Keuken"), builders.party("Tuin")
    waiting(through=few, count=1)
    waiting("De muur", through=many, count=7, asker="Gemeente")
    measured()
    assert len({one.weight for one in people()}) == 1
    client.force_login(builders.account(RoleName.PARTY))
    for page in ("defrag:demands", "defrag:demands_csv", "defrag:connections"):
        shown = client.get(reverse(page, args=["kanaalkwartier"])).content.decode()
        assert "Marker" not in shown
    assert (
        "Via Tuin wachten mensen op antwoord over “De muur”."
        in client.get(reverse("defrag:demands", args=["kanaalkwartier"])).content.decode()
    )
    alone = Reading.objects.get(demand__source=few).demand
    assert not {"count", "voices"} & {field.name for field in alone._meta.get_fields()}


def test_a_move_that_brings_an_answer_nearer_says_who_waits() -> None:
    builders.party("Keuken")
    waiting()
    measured()
    (move,) = queries.connections(builders.workshop(), today=timezone.localdate()).moves
    assert move.why == ("Via Keuken wachten mensen op antwoord over “De lift”. Verhuurder kan daar iets mee.",)
    letters = [words for _party, words in move.letter_to]
    for told in (
        "Via jullie wachten mensen op antwoord over “De lift”. Verhuurder kan daar misschien iets mee.",
        "Via Keuken wachten mensen op antwoord over “De lift”. Jullie kunnen daar misschien iets mee.",
    ):
        assert sum(told in words for words in letters) == 1
