"""10,000 promises of every kind and state, and the ledger of more than 30,000 events that tells how they came there."""

import random
import time
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from benchmarks.made_texts import sentence
from werkplaats.asks.models import Voice
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.models import Event, EventText, Promise, PromiseReceiver, Verdict
from werkplaats.promises.queries import verify
from werkplaats.promises.rules import GiverKind, Happened, Kind, State, Word
from werkplaats.promises.verify import START, canonical, digest_of, text_digest
from werkplaats.workshops.models import Workshop

PROMISES = 10_000
_BATCH = 2_000
_SALT = "00" * 16
Told = tuple[Promise, Happened, dict[str, str], dict[str, str]]
"""What happened to a promise: the facts, and the words beside them."""


def fill(
    place: Workshop,
    parties: list[Party],
    issues: list[Issue],
    voices: list[Voice],
    chance: random.Random,
    now: datetime,
) -> list[Promise]:
    """One in two hundred is a draft, one in fifty withdrawn, half are done. Each is for a party and the giver of a voice."""
    made = Promise.objects.bulk_create(
        [_promise(place, parties, issues, chance, now, number) for number in range(PROMISES)], batch_size=_BATCH
    )
    party_of = {row.pk: parties[(n + 1) % len(parties)] for n, row in enumerate(made)}
    voice_of = {row.pk: voices[n * 10 + n % 10] for n, row in enumerate(made)}
    asked = {row.pk: now if row.done_at else None for row in made}
    receivers = [PromiseReceiver(promise=row, party=party_of[row.pk], asked_at=asked[row.pk]) for row in made]
    receivers += [
        PromiseReceiver(promise=row, voice=voice_of[row.pk], ask_id=voice_of[row.pk].ask_id, asked_at=asked[row.pk])
        for row in made
    ]
    PromiseReceiver.objects.bulk_create(receivers, batch_size=_BATCH)
    done = [row for row in made if row.done_at]
    Verdict.objects.bulk_create(
        (
            Verdict(promise=row, giver_kind=kind.value, giver=giver, word=chance.choice(tuple(Word)).value, at=now)
            for row in done
            for kind, giver in (
                (GiverKind.MAKER, row.maker.key),
                (GiverKind.PARTY, party_of[row.pk].key),
                (GiverKind.RECEIPT, voice_of[row.pk].key),
            )
        ),
        batch_size=_BATCH,
    )
    _write(place, _history(made, party_of))
    return made


def alone(events: int) -> None:
    """A ledger of so many events and nothing else; prints how many CPU seconds the middle one of five checks of it took."""
    place = Workshop.objects.create(key="groei", name="Wijkwerkplaats Groei")
    words = {"wording": "De lift werkt.", "for_whom": "bewoners"}
    _write(place, ((Promise(key=f"b{n}"), Happened.CHANGED, {}, words) for n in range(events)))
    seconds = []
    for _ in range(5):
        began = time.process_time()
        assert verify(place) is None
        seconds.append(time.process_time() - began)
    print(sorted(seconds)[2])


def _promise(
    place: Workshop, parties: list[Party], issues: list[Issue], chance: random.Random, now: datetime, number: int
) -> Promise:
    done, drafted, withdrawn = number % 2 == 0, number % 200 == 1, number % 50 == 7
    refused = number % 20 == 3
    state = State.DRAFT if drafted else State.DONE if done else State.WITHDRAWN if withdrawn else State.RUNNING
    return Promise(
        workshop=place,
        key=f"b{number:05}",
        kind=(Kind.NO if refused else Kind.FIND_OUT if number % 20 == 5 else Kind.DO).value,
        state=state.value,
        maker=parties[number % len(parties)],
        maker_function="wijkmanager",
        wording=" ".join(sentence(chance)),
        for_whom="bewoners",
        due_on=None if refused else now.date() + timedelta(chance.randint(-30, 300)),
        issue=issues[number % len(issues)],
        drafted_at=now - timedelta(days=3 + number % 400),
        confirmed_at=None if drafted else now - timedelta(days=2 + number % 400),
        done_at=now - timedelta(days=number % 60) if done else None,
        ended_at=now if withdrawn else None,
    )


def _history(made: list[Promise], party_of: dict[int, Party]) -> Iterator[Told]:
    for row in made:
        if row.confirmed_at:
            facts = {"promise_kind": row.kind, "maker": row.maker.key, "channel": "link"}
            yield row, Happened.CONFIRMED, facts, {"wording": row.wording, "for_whom": row.for_whom}
    for number, row in enumerate(made):
        if row.state == State.RUNNING and row.due_on and number % 4 == 1:
            yield row, Happened.EXTENDED, {"due_on": row.due_on.isoformat()}, {"reason": "De aannemer was ziek."}
        if row.state == State.WITHDRAWN:
            yield row, Happened.WITHDRAWN, {}, {"reason": "Het geld kwam niet."}
    for row in made:
        if row.done_at:
            maker, receiver = {"giver_kind": "maker", "giver": row.maker.key}, {"giver_kind": "party"}
            yield row, Happened.DONE, {}, {"evidence": "Een foto van de lift."}
            yield row, Happened.MAKER_VERDICT, maker | {"word": "kept"}, {"words": "Het is gelukt."}
            facts = receiver | {"giver": party_of[row.pk].key, "word": "partly"}
            yield row, Happened.RECEIVER_VERDICT, facts, {"words": "Half."}
            yield row, Happened.RECEIVER_VERDICT, {"giver_kind": "receipt"}, {}


def _write(place: Workshop, happened: Iterable[Told]) -> None:
    before, events, texts = START, [], []
    for number, (row, kind, facts, words) in enumerate(happened, start=1):
        digests = {name: text_digest(_SALT, text) for name, text in words.items()}
        said = facts | {"workshop": place.key, "promise": row.key, "kind": kind.value, "at": "2026-05-12T09:30:00Z"}
        body = canonical(said | {"texts": digests, "private": []})
        digest = digest_of(before, number, body)
        event = Event(
            workshop=place, number=number, promise_key=row.key, kind=kind.value, body=body, before=before, digest=digest
        )
        events.append(event)
        texts += [EventText(event=event, name=name, text=text, salt=_SALT) for name, text in words.items()]
        before = digest
    Event.objects.bulk_create(events, batch_size=_BATCH)
    for text in texts:
        text.event_id = text.event.pk
    EventText.objects.bulk_create(texts, batch_size=_BATCH)
