"""A sweep that is killed at any moment goes on where it was: nothing is lost, nothing finished is done again."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.models.functions import Now

from tests import builders
from tests.processes import environ
from tests.samenhang.knowledge.test_duplicates import WORDS
from tests.sources.documents import added
from werkplaats.config.sweeps import until_done
from werkplaats.kit.claims import BEAT_LIMIT
from werkplaats.kit.models import Claim
from werkplaats.search.analysis import encoder_name
from werkplaats.search.models import Entry, Index
from werkplaats.search.queries import meanings
from werkplaats.sources.models import Alike, Fragment, Library, SaidBefore, Saying, Source
from werkplaats.sources.queries import is_compared
from werkplaats.workshops.models import Workshop

DOCUMENTS, PASSAGES = 14, 30
FOUND, IN_POSTGRESQL = "SELECT count(*) FROM search_words", "SELECT count(*) FROM search_entry WHERE words IS NOT NULL"


def library(folder: Path, place: Workshop) -> None:
    """Documents that repeat each other now and then."""
    chance = random.Random(5)
    earlier: list[list[str]] = []
    for number in range(DOCUMENTS):
        said = []
        for _ in range(PASSAGES):
            words = ["De", *chance.choices(WORDS, k=12)]
            if earlier and chance.random() < 0.2:
                words = [*chance.choice(earlier)]
                words[chance.randrange(1, 13)] = "anders"
            earlier.append(words)
            said.append(f"{' '.join(words)}.")
        day = date(2019, 1, 1) + timedelta(days=chance.randrange(900))
        added(folder, "\n".join(said), key=f"d{number:02}", published_on=day, of=place)


def state(place: Workshop) -> dict[str, object]:
    """What the tables and the file of meanings say of a workshop, without the numbers of rows."""
    passages = Fragment.objects.filter(source__workshop=place)
    text = {str(pk): (key, start) for pk, key, start in passages.values_list("pk", "source__key", "start")}
    entries = Entry.objects.filter(workshop=place, kind__in=("fragment", "source"))
    said = SaidBefore.objects.filter(later__source__workshop=place)
    alike = Alike.objects.filter(one__workshop=place)
    table = meanings(place.pk, encoder_name())
    assert table is not None
    of_entry = dict(entries.values_list("pk", "key"))
    counted = [of_entry[pk] for pk in table.entry[table.stands].tolist() if pk in of_entry]
    return {
        "passages": sorted(passages.values_list("source__key", "start", "end", "text", "is_compared")),
        "entries": sorted(text.get(key, (key, 0)) for key in of_entry.values()),
        "stale": entries.filter(stale_since__isnull=False).count(),
        "meanings": sorted(text.get(key, (key, 0)) for key in counted),
        "sayings": sorted(Saying.objects.filter(workshop=place).values_list("text_hash", flat=True)),
        "alike": sorted(frozenset(pair) for pair in alike.values_list("one__text_hash", "other__text_hash")),
        "said": sorted(
            said.values_list("earlier__source__key", "earlier__start", "later__source__key", "later__start", "likeness")
        ),
    }


def was_killed(reached: Callable[[], bool], folder: Path, chance: random.Random) -> bool:
    """The real sweep, killed a moment after it came so far; then its last beat is made old, as if time had passed."""
    sweep = subprocess.Popen([sys.executable, "-m", "werkplaats", "sweep", "--once"], env=environ(folder))
    while not reached() and sweep.poll() is None:
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 0.2))
    sweep.kill()
    ended = sweep.wait()
    Claim.objects.update(beat_at=Now() - 2 * BEAT_LIMIT)
    return ended < 0


def finished() -> set[int]:
    return set(Source.objects.filter(stale_since=None).values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_killed_again_and_again_the_sweep_ends_with_the_same_tables_as_one_that_was_left_alone(tmp_path: Path) -> None:
    chance = random.Random(7)
    place = builders.workshop()
    library(tmp_path, place)
    stages: list[Callable[[], bool]] = [
        lambda: len(finished()) > DOCUMENTS // 3,
        lambda: Entry.objects.filter(stale_since=None).count() > 60,
        lambda: Entry.objects.filter(stale_since=None).count() > 200,
        lambda: Saying.objects.count() > 100,
    ]
    done: set[int] = set()
    passages: set[int] = set()
    for reached in stages:
        assert was_killed(reached, tmp_path, chance)
        assert done <= finished()
        assert passages <= set(Fragment.objects.values_list("pk", flat=True))
        done = finished()
        passages = set(Fragment.objects.filter(source__in=done).values_list("pk", flat=True))
    subprocess.run([sys.executable, "-m", "werkplaats", "sweep", "--once"], env=environ(tmp_path), check=True)
    assert not Claim.objects.exists()
    assert is_compared(place)
    assert not Index.objects.filter(stale_since__isnull=False).exists()

    other = builders.workshop("elders")
    library(tmp_path, other)
    until_done()
    assert state(place) == state(other)
    assert len(finished()) == 2 * DOCUMENTS
    assert Library.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute(IN_POSTGRESQL if connection.vendor == "postgresql" else FOUND)
        assert cursor.fetchone() == (Entry.objects.count(),)
