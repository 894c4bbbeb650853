"""Four weeks after "done": do they notice it? And the end of the ledger, every day, to who keeps it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.accounts.models import Role
from werkplaats.accounts.rules import RoleName
from werkplaats.asks.rules import State as VoiceState
from werkplaats.asks.rules import receipt_of
from werkplaats.consent.rules import Purpose
from werkplaats.kit.dates import written
from werkplaats.mail.actions import news, question
from werkplaats.mail.queries import is_followed
from werkplaats.mail.refusals import NoAddress
from werkplaats.mail.rules import Kind as MailKind
from werkplaats.neighbourhoods.queries.people import representatives
from werkplaats.promises import queries
from werkplaats.promises.models import DailyHash, Promise, PromiseReceiver
from werkplaats.promises.rules import State
from werkplaats.workshops.models import Workshop

TRY_AGAIN = timedelta(days=1)


@transaction.atomic
def ask_receivers(promise: Promise, *, at: datetime) -> int:
    """Asks who a promise is for whether they notice it, each once; how many were asked now.

    A receipt that was asked something else this month is asked later. Doing it twice asks nobody twice.
    """
    row = Promise.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=promise.pk)
    if row.state != State.DONE or row.question_due_at is None or row.question_due_at > at:
        return 0
    waiting = list(
        row.receivers.filter(asked_at=None).select_related("voice__workshop", "party__workshop").order_by("pk")
    )
    asked = [one for one in waiting if _may_ask(row, one, at)]
    PromiseReceiver.objects.filter(pk__in=[one.pk for one in asked]).update(asked_at=at)
    row.question_due_at = at + TRY_AGAIN if len(asked) < len(waiting) and _some_later(waiting, asked) else None
    row.save(update_fields=["question_due_at"])
    for one in asked:
        for address, language, ground in _addresses(one):
            _mail_question(row, address, language, ground, at)
    return len(asked)


def mail_the_hash(workshop: Workshop, *, at: datetime) -> DailyHash | None:
    """Keeps the end of the ledger as it is today, and mails it to the coordinators and to who follows the ledger, once a day.

    None: nothing was promised yet.
    """
    head = queries.head(workshop)
    if head is None:
        return None
    day = at.astimezone(ZoneInfo(workshop.timezone)).date()
    with transaction.atomic():
        kept, _is_new = DailyHash.objects.get_or_create(
            workshop=workshop, day=day, defaults={"number": head.number, "digest": head.digest}
        )
        subject = _("Het grootboek van beloften op %(day)s") % {"day": written(day)}
        text = _(
            "Bewaar deze mail. Dit is het laatste nummer in het grootboek, met de code erbij: %(number)d:%(digest)s\n\n"
            "Verandert iemand later iets aan wat er toen stond, dan past deze code niet meer. Op de pagina van het grootboek "
            "kun je dat nakijken."
        ) % {"number": kept.number, "digest": kept.digest}
        coordinators = Role.objects.filter(workshop=workshop, name=RoleName.COORDINATOR).order_by("pk")
        for to in (queries.ledger_thing(workshop), *coordinators.values_list("account__email", flat=True)):
            news(
                workshop,
                key=f"ledger:{day.isoformat()}",
                kind=MailKind.RECORD,
                to=to,
                subject=subject,
                text=text,
                url=reverse("promises:ledger", args=[workshop.key]),
                at=at,
            )
    return kept


def _may_ask(row: Promise, one: PromiseReceiver, at: datetime) -> bool:
    if one.voice is None:
        return True
    if one.voice.state == VoiceState.WITHDRAWN:
        return False
    return question(row.workshop, about=f"voice:{one.voice.key}", key=row.thing, at=at)


def _some_later(waiting: list[PromiseReceiver], asked: list[PromiseReceiver]) -> bool:
    """Whether anybody is left who may still be asked: a withdrawn voice never is."""
    done = {one.pk for one in asked}
    return any(one.pk not in done and one.voice and one.voice.state != VoiceState.WITHDRAWN for one in waiting)


def _addresses(one: PromiseReceiver) -> Iterator[tuple[str, str, tuple[Purpose, ...]]]:
    """Where, in which language and by which consent a receiver is reached: who said yes to mail, or who works for a party."""
    if one.voice is not None and is_followed(
        one.voice.workshop, thing=receipt_of(one.voice.key), address=one.voice.contact.lower()
    ):
        yield one.voice.contact, one.voice.written_in, ()
    if one.party is not None:
        for person in representatives(one.party, allowing=[Purpose.CONTACT]):
            yield person.email, person.written_in, (Purpose.CONTACT,)


def _mail_question(row: Promise, address: str, language: str, ground: tuple[Purpose, ...], at: datetime) -> None:
    with override(language):
        subject = _("Merk je hier iets van?")
        text = _(
            "Vier weken geleden meldde %(maker)s dat dit gedaan is: “%(wording)s”.\n\nMerk je het? "
            "Je kunt het zeggen met je bonnetje, of met je account. We vragen het één keer."
        ) % {"maker": row.maker.stays.name, "wording": row.wording}
    try:
        news(
            row.workshop,
            key=f"{row.thing}:question",
            kind=MailKind.QUESTION,
            to=address,
            subject=subject,
            text=text,
            url=reverse("promises:judge", args=[row.workshop.key, row.key]),
            about=row.thing,
            at=at,
            language=language,
            rests_on=ground,
        )
    except NoAddress:
        return
