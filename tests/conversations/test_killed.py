"""A vote that was acknowledged is there, whatever happens to the server a moment later."""

import random
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Count

from benchmarks.made_voters import conversation, seats
from benchmarks.voters import STATEMENTS, Ballot
from benchmarks.voting import until_killed
from tests.processes import environ
from werkplaats.conversations.models import Vote

ROUNDS, PEOPLE = 3, 60


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_killed_while_people_vote_loses_no_vote_that_it_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(3)
    told_of = environ(tmp_path) | {"WERKPLAATS_SECRET_KEY": settings.SECRET_KEY}  # it opens what was sealed here
    people = seats(conversation(), PEOPLE)
    told = [
        Ballot(cookie, who, number, chance.choice((-1, 0, 1)))
        for cookie, who in people
        for number in range(1, STATEMENTS + 1)
    ]
    chance.shuffle(told)
    acknowledged, unheard, size = 0, 0, len(told) // ROUNDS
    for turn in range(ROUNDS):
        found = until_killed(told_of, told[turn * size : (turn + 1) * size], after=chance.uniform(0.8, 2.0))
        assert found.refused == 0
        assert found.kept
        stands = set(Vote.objects.values_list("participant_id", "statement__number", "value"))
        assert {(one.participant, one.number, one.value) for one in found.kept} <= stands
        acknowledged, unheard = acknowledged + len(found.kept), unheard + found.cut_off
    assert unheard  # it was killed while votes were on their way
    assert acknowledged <= Vote.objects.count() <= acknowledged + unheard
    assert not Vote.objects.values("participant", "statement").annotate(times=Count("pk")).filter(times__gt=1)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
