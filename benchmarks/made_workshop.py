"""A workshop of 100,000 voices and 10,000 promises, made with seed 0, put straight into the tables."""

import random
from datetime import date, datetime, timedelta
from itertools import islice

import numpy as np
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from benchmarks.made_texts import sentence
from werkplaats.accounts.actions import give_role, new_code
from werkplaats.accounts.models import Account
from werkplaats.accounts.rules import RoleName
from werkplaats.asks.actions import standing_ask
from werkplaats.asks.models import Ask, GiveBack, Reply, ReplyVoice, Voice, VoiceIssue
from werkplaats.asks.rules import Privacy, State, receipt_of
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.models import Event, EventText, Promise, PromiseReceiver
from werkplaats.promises.rules import Kind
from werkplaats.promises.rules import State as PromiseState
from werkplaats.promises.verify import START, canonical, digest_of, text_digest
from werkplaats.search import actions as index
from werkplaats.search.analysis import encoder_name, stems
from werkplaats.search.models import Entry
from werkplaats.search.rules import text_hash
from werkplaats.workshops.models import Area, Workshop

VOICES, PROMISES, ASKS, ISSUES, PARTIES = 100_000, 10_000, 100, 50, 60
KEY = "groei"
_BATCH = 2_000
_STATES = (State.FITS, State.WAITING, State.SILENT, State.DOES_NOT_FIT, State.REPLIED)
_SALT = "00" * 16


@transaction.atomic
def fill() -> tuple[str, list[str]]:
    """Makes the workshop in an empty database; the session of its coordinator, and the digits of forty receipts."""
    chance, now = random.Random(0), timezone.now()
    place = Workshop.objects.create(key=KEY, name="Wijkwerkplaats Groei", languages=["nl", "en"])
    areas = [Area.objects.create(workshop=place, code=f"b{n}", name=f"Buurt {n}", kind="buurt") for n in range(12)]
    parties = Party.objects.bulk_create(
        Party(workshop=place, key=f"p{n}", name=f"Partij {n}", sort_name=f"partij {n:03}", kind="initiative")
        for n in range(PARTIES)
    )
    issues = Issue.objects.bulk_create(
        Issue(workshop=place, key=f"i{n}", name=f"Zaak {n}", sort_name=f"zaak {n:03}", state="accepted", decided_on=now)
        for n in range(ISSUES)
    )
    asks = [standing_ask(place, on=now.date()), *_asks(place, parties, issues, areas, now.date())]
    voices = _voices(place, asks, areas, chance, now)
    VoiceIssue.objects.bulk_create(
        (VoiceIssue(voice=one, issue=issues[0 if n % 4 else n % ISSUES]) for n, one in enumerate(voices[::2])),
        batch_size=_BATCH,
    )
    _replies(asks, voices, parties, now)
    _promises(place, parties, issues, voices, chance, now)
    _offer(place, voices)
    codes = [
        new_code(place, purpose="receipt", thing=receipt_of(one.key), at=now) for one in islice(voices, 0, VOICES, 2500)
    ]
    give_role(place, email="groei@example.org", name=RoleName.COORDINATOR, since=now.date())
    return _session(Account.objects.get(email="groei@example.org")), codes


def _asks(place: Workshop, parties: list[Party], issues: list[Issue], areas: list[Area], today: date) -> list[Ask]:
    made = Ask.objects.bulk_create(
        Ask(
            workshop=place, key=f"v{n}", title=f"Vraag {n}", sort_name=f"vraag {n:03}", question="Waar kom je samen?",
            still_unknown="Op welke avond.", asker=parties[n % PARTIES], asker_function="onderzoeker",
            on_behalf_of="de school", asked_group="ouders", area=areas[n % len(areas)], minutes=10,
            giver_gets="Een bon.", asker_gets="Een beter plan.", comes_back="Een verslag.", data_use="Dit verslag.",
            answer_by=today + timedelta(n - 50), state="open", opened_on=today - timedelta(60 + n),
            issue=issues[n % ISSUES],
        )
        for n in range(ASKS)
    )  # fmt: skip
    GiveBack.objects.bulk_create(
        GiveBack(ask=ask, key="g", text="Dit kwam terug.", at=timezone.now(), party=parties[0]) for ask in made[::3]
    )
    return made


def _voices(place: Workshop, asks: list[Ask], areas: list[Area], chance: random.Random, now: datetime) -> list[Voice]:
    """Four in ten to one ask, which is the worst page of all; the others spread."""

    def one(number: int) -> Voice:
        state, text = chance.choice(_STATES), " ".join(sentence(chance))
        given_at = now - timedelta(days=chance.randint(0, 500), minutes=number % 1440)
        nameless = number % 2 == 0
        looked = nameless and number % 10 < 6
        return Voice(
            workshop=place, key=f"v{number:06}", ask=asks[1 if number % 10 < 4 else chance.randrange(len(asks))],
            text=text, language="nl", privacy=(Privacy.NAMELESS if nameless else Privacy.WORKSHOP).value,
            given_at=given_at, area=chance.choice(areas), group=chance.choice(("", "ouders", "ouderen")),
            state=state.value, replied_at=None if state is State.WAITING else now,
            settled_at=None if state in (State.WAITING, State.REPLIED) else now,
            looked_at=given_at if looked else None, shared_text=text if looked else "",
        )  # fmt: skip

    return Voice.objects.bulk_create((one(number) for number in range(VOICES)), batch_size=_BATCH)


def _replies(asks: list[Ask], voices: list[Voice], parties: list[Party], now: datetime) -> None:
    """One answer per ask to all of its voices that were answered: groups of up to tens of thousands."""
    made = {
        ask.pk: Reply.objects.create(
            workshop_id=ask.workshop_id, key=f"r{n}", ask=ask, party=parties[n % PARTIES], text="Het kan.", at=now
        )
        for n, ask in enumerate(asks)
    }
    answered = (voice for voice in voices if voice.state != State.WAITING)
    ReplyVoice.objects.bulk_create(
        (ReplyVoice(reply=made[voice.ask_id], voice=voice) for voice in answered), batch_size=_BATCH
    )


def _promises(
    place: Workshop,
    parties: list[Party],
    issues: list[Issue],
    voices: list[Voice],
    chance: random.Random,
    now: datetime,
) -> None:
    """One in two hundred is a draft; half of the others are done. Each has a party and one voice it is for."""
    made = []
    for number in range(PROMISES):
        done, drafted = number % 2 == 0, number % 200 == 1
        state = PromiseState.DRAFT if drafted else PromiseState.DONE if done else PromiseState.RUNNING
        made.append(
            Promise(
                workshop=place,
                key=f"b{number:05}",
                kind=(Kind.NO if number % 20 == 3 else Kind.DO).value,
                state=state.value,
                maker=parties[number % PARTIES],
                maker_function="wijkmanager",
                wording=" ".join(sentence(chance)),
                for_whom="bewoners",
                due_on=None if number % 20 == 3 else now.date() + timedelta(chance.randint(-30, 300)),
                issue=issues[number % ISSUES],
                drafted_at=now - timedelta(days=3),
                confirmed_at=None if drafted else now - timedelta(days=2),
                done_at=now if done else None,
            )
        )
    made = Promise.objects.bulk_create(made, batch_size=_BATCH)
    PromiseReceiver.objects.bulk_create(
        (PromiseReceiver(promise=row, party=parties[(n + 1) % PARTIES]) for n, row in enumerate(made)),
        batch_size=_BATCH,
    )
    PromiseReceiver.objects.bulk_create(
        (PromiseReceiver(promise=row, voice=voices[n * 10 + n % 10]) for n, row in enumerate(made)), batch_size=_BATCH
    )
    _ledger(place, [row for row in made if row.confirmed_at])


def _ledger(place: Workshop, promises: list[Promise]) -> None:
    happened = [(row, "confirmed") for row in promises] + [(row, "done") for row in promises if row.done_at]
    before, events = START, []
    for number, (row, kind) in enumerate(happened, start=1):
        texts = {"wording": text_digest(_SALT, row.wording)} if kind == "confirmed" else {}
        body = canonical(
            {
                "workshop": place.key, "promise": row.key, "kind": kind, "at": "2026-05-12T09:30:00Z",
                "texts": texts, "private": [],
            }
        )  # fmt: skip
        digest = digest_of(before, number, body)
        events.append(
            Event(
                workshop=place, number=number, promise_key=row.key, kind=kind, body=body, before=before, digest=digest
            )
        )
        before = digest
    made = Event.objects.bulk_create(events, batch_size=_BATCH)
    EventText.objects.bulk_create(
        (
            EventText(event=event, name="wording", text=row.wording, salt=_SALT)
            for event, (row, kind) in zip(made, happened, strict=True)
            if kind == "confirmed"
        ),
        batch_size=_BATCH,
    )


def _offer(place: Workshop, voices: list[Voice]) -> None:
    """The voices that may go out can be found: by their words, and by meanings that were drawn instead of computed."""
    shared = [one for one in voices if one.shared_text]
    entries = Entry.objects.bulk_create(
        (
            Entry(
                workshop=place, kind="voice", key=one.key, title="Vraag", text=one.shared_text,
                url=f"/{KEY}/meedoen/v0/#stemmen", language="nl", text_hash=text_hash(one.shared_text),
            )
            for one in shared
        ),
        batch_size=_BATCH,
    )  # fmt: skip
    index.put_words([(entry, stems(entry.text, "nl")) for entry in entries])
    rows = np.random.default_rng(0).standard_normal((len(entries), 512), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    index.put_vectors([entry.text_hash for entry in entries], rows, encoder=encoder_name())
    index.write_meanings(place, encoder=encoder_name())


def _session(account: Account) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)
