"""A conversation of sixty statements with people who began to take part in it, each with a seat that is open."""

import json
from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone

from benchmarks.voters import KEY, STATEMENTS
from werkplaats.asks.actions import open_ask, put_ask
from werkplaats.conversations.actions import begin_conversation
from werkplaats.conversations.actions.taking_part import new_key
from werkplaats.conversations.models import Conversation, Participant
from werkplaats.conversations.views.seats import open_here
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop


def tell(people: int) -> None:
    """Makes the conversation and prints, as JSON, [cookie, number of the participant] of each."""
    print(json.dumps(seats(conversation(), people)))


def conversation(key: str = KEY) -> Conversation:
    """A conversation that is open, in a workshop of this key."""
    now = timezone.now()
    place = Workshop.objects.create(key=key, name="Wijkwerkplaats Stemmen", languages=["nl"])
    asker = Party.objects.create(workshop=place, key="p", name="De zaal", sort_name="de zaal", kind="initiative")
    told = dict.fromkeys(
        ("asker_function", "on_behalf_of", "asked_group", "giver_gets", "asker_gets", "comes_back"), "de zaal"
    )
    told |= {"data_use": "Alleen hiervoor.", "still_unknown": "Wat?"}
    ask = put_ask(
        place,
        key="zaal",
        title="De zaal",
        question="Wat?",
        minutes=5,
        answer_by=now.date() + timedelta(7),
        asker=asker,
        **told,
    )
    text = "\n".join(f"Stelling {number} over de zaal." for number in range(1, STATEMENTS + 1))
    return begin_conversation(open_ask(ask, on=now.date()), text=text, at=now)


def seats(of: Conversation, people: int) -> list[tuple[str, int]]:
    """People who began a moment ago: the cookie that each device keeps, and the number of the participant."""
    rows = Participant.objects.bulk_create(
        [Participant(conversation=of, key=new_key(), began_at=timezone.now()) for _ in range(people)]
    )
    return [(_cookie(of, row), row.pk) for row in rows]


def _cookie(of: Conversation, row: Participant) -> str:
    answer = HttpResponse()
    open_here(answer, of.workshop, of.key, row.key)
    return answer.cookies.output(attrs=[], header="").strip()


def tell_kept() -> None:
    """Prints, as JSON, every vote that stands in the database: [participant, number of the statement, value]."""
    from werkplaats.conversations.models import Vote  # noqa: PLC0415

    print(json.dumps(list(Vote.objects.values_list("participant_id", "statement__number", "value"))))
