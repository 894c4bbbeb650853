"""A week before its day, a party is reminded of what it said: a promise, what would come back, whom to come back to. Once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.asks.models import Ask, GiveBack, Voice
from werkplaats.asks.rules import AskState
from werkplaats.asks.rules import State as VoiceState
from werkplaats.consent.rules import Purpose
from werkplaats.kit.dates import written
from werkplaats.mail.actions import news
from werkplaats.mail.refusals import NoAddress
from werkplaats.mail.rules import Kind as MailKind
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.queries.people import representatives
from werkplaats.promises.models import Promise, Reminded
from werkplaats.promises.rules import Kind, State
from werkplaats.workshops.models import Workshop

DAYS_BEFORE = 7


@transaction.atomic
def remind(workshop: Workshop, *, at: datetime) -> int:
    """Reminds whoever said something of which the day comes within a week; how many messages are new.

    Each is on record before it is sent, by what it is about and that day: nobody is reminded twice of the same, and of
    another day once more. Only people who allow contact are written to.
    """
    today = at.astimezone(ZoneInfo(workshop.timezone)).date()
    Reminded.objects.update_or_create(workshop=workshop, defaults={"day": today})
    soon = (today, today + timedelta(days=DAYS_BEFORE))
    return _promises(workshop, soon, at) + _asks(workshop, soon, at) + _returns(workshop, soon, at)


def _promises(workshop: Workshop, soon: tuple[date, date], at: datetime) -> int:
    rows = Promise.objects.filter(workshop=workshop, state=State.RUNNING, due_on__range=soon).exclude(kind=Kind.NO)
    told = 0
    for row in rows.select_related("maker__workshop", "maker__canonical"):
        assert row.due_on is not None  # it is in the range
        url = reverse("promises:promise", args=[workshop.key, row.key])
        sentence = "promise", row.wording
        told += _remind(row.maker, sentence, on=row.due_on, about=row.thing, url=url, at=at)
    return told


def _asks(workshop: Workshop, soon: tuple[date, date], at: datetime) -> int:
    came_back = Exists(GiveBack.objects.filter(ask=OuterRef("pk")))
    rows = Ask.objects.filter(~came_back, workshop=workshop, answer_by__range=soon, asker__isnull=False)
    told = 0
    for row in rows.exclude(state=AskState.DRAFT).select_related("asker__workshop", "asker__canonical"):
        assert row.asker is not None
        assert row.answer_by is not None
        url = reverse("asks:ask", args=[workshop.key, row.key])
        told += _remind(row.asker, ("ask", row.title), on=row.answer_by, about=f"ask:{row.key}", url=url, at=at)
    return told


def _returns(workshop: Workshop, soon: tuple[date, date], at: datetime) -> int:
    rows = Voice.objects.filter(
        workshop=workshop, state=VoiceState.WAITING, come_back_on__range=soon, come_back_by__isnull=False
    )
    keys = rows.values_list("come_back_by", "ask__key", "ask__title", "come_back_on").order_by().distinct()
    parties = Party.objects.select_related("workshop", "canonical").in_bulk([key[0] for key in keys])
    told = 0
    for party, ask, title, on in keys:
        assert on is not None  # it is in the range
        url = reverse("asks:reply", args=[workshop.key, ask])
        told += _remind(parties[party], ("return", title), on=on, about=f"ask:{ask}", url=url, at=at)
    return told


def _remind(party: Party, sentence: tuple[str, str], *, on: date, about: str, url: str, at: datetime) -> int:
    told = 0
    kind, title = sentence
    for person in representatives(party, allowing=[Purpose.CONTACT]):
        with override(person.language or "nl"):
            subject = _("Het komt eraan: %(day)s") % {"day": written(on)}
            text = _words(kind) % {"title": title, "day": written(on)}
        try:
            told += news(
                party.workshop,
                key=f"{about}:{kind}:{on.isoformat()}",
                kind=MailKind.REMINDER,
                to=person.email,
                subject=subject,
                text=text,
                url=url,
                about=about,
                at=at,
                language=person.language or "nl",
                rests_on=[Purpose.CONTACT],
            )
        except NoAddress:
            continue
    return told


def _words(kind: str) -> str:
    sentences = {
        "promise": _(
            "Jullie beloofden: “%(title)s” De dag is %(day)s. Is het gedaan, of wordt het anders? Vertel het bij de belofte."
        ),
        "ask": _(
            "Jullie vroegen mensen: “%(title)s” Beloofd is dat er op %(day)s iets terugkomt. Er is nog niets terug."
        ),
        "return": _("Jullie zeiden dat jullie op %(day)s terugkomen op wat mensen vertelden bij: “%(title)s”"),
    }
    return sentences[kind]
