"""A conversation in the demo with two camps who share something, and one in which nobody said anything yet."""

import random
from datetime import timedelta

from django.utils import timezone

from werkplaats.asks import actions as asks
from werkplaats.asks.models import Ask
from werkplaats.conversations import actions
from werkplaats.conversations.rules import Kind
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop

STATEMENTS = """De Weverij moet tot middernacht open kunnen.
Na tien uur hoort het stil te zijn in de straat.
Jongeren moeten er zelf de sleutel van hebben.
Er moet altijd een volwassene bij zijn.
Muziek hoort bij een buurthuis.
De buren hebben al genoeg last van het plein.
Een feest in de zaal mag elke week.
Wie de zaal gebruikt, mag ook de tuin gebruiken.
De deur kan beter om negen uur dicht.
Liever drie grote avonden dan elke dag iets kleins.
De zaal moet goedkoop blijven voor groepen uit de buurt.
Er moet een vast iemand zijn die je kunt bellen.
Wie iets kapotmaakt, ruimt het samen op."""
AGAINST = frozenset({2, 4, 6, 9})  # what the others say
SHARED = frozenset({11, 12, 13})


def conversations(workshop: Workshop) -> dict[str, str]:
    """Makes both; gives the codes of somebody who has just begun and of somebody who said everything."""
    now = timezone.now() - timedelta(hours=2)
    row = actions.begin_conversation(_ask(workshop, "De Weverij in de avond"), text=STATEMENTS, at=now, issue=_issue())
    actions.begin_conversation(_ask(workshop, "Nog niemand"), text="De speeltuin is te klein.", at=now)
    chance = random.Random(5)
    kinds = (Kind.RESIDENT, Kind.RESIDENT, Kind.RESIDENT, Kind.PROFESSIONAL, Kind.GOVERNMENT)
    for number in range(1, 101):
        answers = _answers(chance, is_young=number % 2 == 0)
        kind = kinds[number % 5]
        actions.type_in(row, batch="buurtfeest", sheet=number, kind=kind, answers=answers, at=now)
    _new, begun = actions.take_part(row, at=now)
    voter, said = actions.take_part(row, at=now, kind=Kind.RESIDENT)
    for number, value in _answers(chance, is_young=True).items():
        actions.vote(voter, number=number, value=value, at=now)
    actions.give_statement(voter, text="Er moet een fietsenrek bij de deur.", at=now)
    refused = actions.give_statement(voter, text="De buurman op nummer 12 klaagt altijd.", at=now)
    actions.refuse(refused, reason="Dit gaat over \u00e9\u00e9n mens.", at=now)
    return {"vote": begun, "voted": said}


def _answers(chance: random.Random, *, is_young: bool) -> dict[int, int]:
    warmth = chance.gauss(1.9, 0.6)
    found = {}
    for number in range(1, 14):
        for_it = 1 if number in SHARED else (1 if is_young else -1) * (-1 if number in AGAINST else 1)
        lean = 2.6 if number in SHARED else for_it * warmth
        said = 1 if chance.random() < 1 / (1 + 2.718**-lean) else -1
        found[number] = 0 if chance.random() < 0.08 else said
    return found


def _ask(workshop: Workshop, title: str) -> Ask:
    told = {
        "asker": Party.objects.get(workshop=workshop, key="de-lange-tafel"),
        "asker_function": "gastheer",
        "on_behalf_of": "de vrijwilligers van de zaal",
        "still_unknown": "Wat jong en oud hierin delen.",
        "asked_group": "iedereen rond de Weverij",
        "issue": _issue(),
        "minutes": 5,
        "giver_gets": "De uitkomst, en wat we ermee doen.",
        "asker_gets": "We weten wat we samen kunnen afspreken.",
        "comes_back": "De uitkomst, en welke afspraken eruit komen.",
        "answer_by": timezone.localdate() + timedelta(days=20),
        "data_use": "Alleen voor dit gesprek.",
    }
    key = "-".join(title.lower().split())
    ask = asks.put_ask(workshop, key=key, title=title, question="Wanneer is de zaal open, en voor wie?", **told)
    return asks.open_ask(ask, on=timezone.localdate())


def _issue() -> Issue:
    return Issue.objects.select_related("workshop").get(workshop__key="kanaalkwartier", key="binnen-bij-elkaar-komen")
