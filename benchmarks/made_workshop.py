"""A workshop of 100,000 voices and 10,000 promises, made with seed 0, put straight into the tables."""

import json
import random
from datetime import date, datetime, timedelta
from itertools import islice

import numpy as np
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.utils import timezone

from benchmarks import made_ledger
from benchmarks.made_texts import sentence
from werkplaats.accounts.actions import give_role, new_code
from werkplaats.accounts.models import Account
from werkplaats.accounts.rules import RoleName
from werkplaats.asks.actions import standing_ask
from werkplaats.asks.models import Ask, GiveBack, Reply, ReplyVoice, Voice, VoiceIssue
from werkplaats.asks.rules import Fit, Privacy, State, receipt_of
from werkplaats.catches.models import Catch
from werkplaats.issues.models import Issue, IssueFragment, IssueParty, Trajectory
from werkplaats.issues.rules.phases import Phase
from werkplaats.neighbourhoods.models import Party
from werkplaats.pauses.models import Pause
from werkplaats.promises.models import Promise
from werkplaats.search import actions as index
from werkplaats.search.analysis import encoder_name, stems
from werkplaats.search.models import Entry
from werkplaats.search.rules import text_hash
from werkplaats.sources.models import Fragment, Page, Source
from werkplaats.tables.models import Seat, Table
from werkplaats.workshops.models import Area, Workshop

VOICES, ASKS, ISSUES, PARTIES, SOURCES, PASSAGES = 100_000, 100, 50, 300, 60, 40
KEY = "groei"
_BATCH = 2_000
_STATES = (State.FITS, State.WAITING, State.SILENT, State.DOES_NOT_FIT, State.REPLIED)
_FITS = {State.FITS: Fit.FITS, State.DOES_NOT_FIT: Fit.DOES_NOT_FIT, State.WAITING: Fit.DOES_NOT_FIT}


def tell() -> None:
    """Makes the workshop and prints, as JSON, the session of its coordinator and the digits of forty receipts."""
    print(json.dumps(fill()))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what its autovacuum does within minutes after so much was put in


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
        (
            VoiceIssue(voice=one, ask_id=one.ask_id, issue=issues[0 if n % 4 else n % ISSUES])
            for n, one in enumerate(voices[::2])
        ),
        batch_size=_BATCH,
    )
    _replies(asks, voices, parties, now)
    _around(place, parties, issues, now)
    _library(place, parties, issues, chance, now)
    _offer(place, voices, made_ledger.fill(place, parties, issues, voices, chance, now))
    codes = [
        new_code(place, purpose="receipt", thing=receipt_of(one.key), at=now) for one in islice(voices, 0, VOICES, 2499)
    ]
    give_role(place, email="groei@example.org", name=RoleName.COORDINATOR, since=now.date())
    return session_of(Account.objects.get(email="groei@example.org")), codes


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
        state, text = State.WITHDRAWN if number % 33 == 5 else chance.choice(_STATES), " ".join(sentence(chance))
        given_at = now - timedelta(days=chance.randint(0, 500), minutes=number % 1440)
        nameless = number % 2 == 0
        looked = nameless and number % 10 < 6 and state is not State.WITHDRAWN
        again, later = state is State.WAITING and number % 9 == 0, state is State.WAITING and number % 50 == 0
        return Voice(
            workshop=place, key=f"v{number:06}", ask=asks[1 if number % 10 < 4 else chance.randrange(len(asks))],
            text="" if state is State.WITHDRAWN else text, language="nl",
            privacy=(Privacy.NAMELESS if nameless else Privacy.WORKSHOP).value,
            given_at=given_at, area=chance.choice(areas), group=chance.choice(("", "ouders", "ouderen")),
            state=state.value, replied_at=now if again or state is not State.WAITING else None, reopened=again,
            come_back_on=now.date() + timedelta(number % 40 - 10) if later else None,
            settled_at=None if state in (State.WAITING, State.REPLIED) else now,
            looked_at=given_at if looked else None, shared_text=text if looked else "", goes_out=looked,
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
    answered = (voice for voice in voices if voice.replied_at)
    ReplyVoice.objects.bulk_create(
        (
            ReplyVoice(reply=made[one.ask_id], voice=one, fit=_FITS[State(one.state)].value, fit_at=now)
            if one.state in _FITS
            else ReplyVoice(reply=made[one.ask_id], voice=one)
            for one in answered
        ),
        batch_size=_BATCH,
    )


def _around(place: Workshop, parties: list[Party], issues: list[Issue], now: datetime) -> None:
    """What else a coordinator has: tables with parties, the joint work on ten issues, and lines that were caught."""
    tables = Table.objects.bulk_create(
        Table(
            workshop=place, key=f"t{n}", about=f"Zaak {n}", sort_name=f"zaak {n:03}", issue=issues[n % ISSUES],
            held_at=now + timedelta(days=5 - n * 7),
        )
        for n in range(120)
    )  # fmt: skip
    Seat.objects.bulk_create(
        Seat(table=table, party=parties[(n * 7 + seat) % PARTIES])
        for n, table in enumerate(tables)
        for seat in range(8)
    )
    IssueParty.objects.bulk_create(
        IssueParty(issue=issue, party=parties[(n * 5 + each) % PARTIES])
        for n, issue in enumerate(issues)
        for each in range(9)
    )
    works = Trajectory.objects.bulk_create(
        Trajectory(
            workshop=place, issue=issues[n], key=f"o{n}", name=f"Traject {n}", sort_name=f"traject {n:03}",
            phase=Phase.DO.value, benefit_for="bewoners", how_noticed="De lift werkt.",
            started_on=now.date() - timedelta(200), next_pause_on=now.date() + timedelta(n * 30 - 60),
        )
        for n in range(10)
    )  # fmt: skip
    Pause.objects.create(workshop=place, key="s0", trajectory=works[0], due_on=now.date(), opened_at=now)
    Catch.objects.bulk_create(
        Catch(workshop=place, key=f"c{n}", what=f"Bellen over zaak {n}", caught_at=now - timedelta(n), waits=n % 3 == 0)
        for n in range(30)
    )


def _library(place: Workshop, parties: list[Party], issues: list[Issue], chance: random.Random, now: datetime) -> None:
    """Documents of which every passage belongs to an issue."""
    sources = Source.objects.bulk_create(
        Source(
            workshop=place, key=f"d{n}", title=f"Plan {n}", kind="plan", holder=parties[n % PARTIES], language="nl",
            published_on=now.date() - timedelta(days=n * 60), file_name=f"{n}.txt", sha256=f"{n:064}", added_at=now,
        )
        for n in range(SOURCES)
    )  # fmt: skip
    texts = [[" ".join(sentence(chance)) for _ in range(PASSAGES)] for _ in sources]
    pages = Page.objects.bulk_create(
        Page(source=one, number=1, text="\n".join(said)) for one, said in zip(sources, texts, strict=True)
    )
    fragments = []
    for page, said in zip(pages, texts, strict=True):
        at = 0
        for text in said:
            fragments.append(
                Fragment(
                    page=page, source=page.source, start=at, end=at + len(text), text=text, language="nl",
                    text_hash=text_hash(text),
                )
            )  # fmt: skip
            at += len(text) + 1
    IssueFragment.objects.bulk_create(
        IssueFragment(issue=issues[n % ISSUES], fragment=one, is_proof=n % 9 == 0)
        for n, one in enumerate(Fragment.objects.bulk_create(fragments, batch_size=_BATCH))
    )


def _offer(place: Workshop, voices: list[Voice], promises: list[Promise]) -> None:
    """Voices that may go out, and promises, can be found: by their words, and by meanings that were drawn, not computed."""
    told = [
        *(
            ("voice", one.key, "Vraag", one.shared_text, f"/{KEY}/meedoen/v0/#stemmen")
            for one in voices
            if one.shared_text
        ),
        *(
            ("promise", one.key, "Belofte", one.wording, f"/{KEY}/beloften/{one.key}/")
            for one in promises
            if one.confirmed_at
        ),
    ]
    entries = Entry.objects.bulk_create(
        (
            Entry(
                workshop=place, kind=kind, key=key, title=title, text=text, url=url, language="nl",
                text_hash=text_hash(text),
            )
            for kind, key, title, text, url in told
        ),
        batch_size=_BATCH,
    )  # fmt: skip
    index.put_words([(entry, stems(entry.text, "nl")) for entry in entries])
    rows = np.random.default_rng(0).standard_normal((len(entries), 512), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    index.put_vectors([entry.text_hash for entry in entries], rows, encoder=encoder_name())
    index.write_meanings(place, encoder=encoder_name())


def session_of(account: Account) -> str:
    """A session in which somebody is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)
