"""What happens to an ask."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.asks.models import Ask
from werkplaats.asks.queries.asks import missing_of
from werkplaats.asks.refusals import AlreadySo, NotWhole
from werkplaats.asks.rules import ASK_MAY_BECOME, STANDING_KEY, AskState
from werkplaats.kit.names import key_from, sort_key
from werkplaats.neighbourhoods.models import Steward
from werkplaats.neighbourhoods.rules import StewardRole
from werkplaats.search.actions import offer, withdraw
from werkplaats.search.records import EntryRow
from werkplaats.workshops.models import Workshop


@transaction.atomic
def put_ask(workshop: Workshop, *, key: str, title: str, question: str, **told: Any) -> Ask:
    """Keeps an ask as a form or folder tells it (fields of `Ask`); the same again changes nothing. It is a draft unless told."""
    defaults = {"title": title, "sort_name": sort_key(title), "question": question, **told}
    row, _made = Ask.objects.update_or_create(workshop=workshop, key=key, defaults=defaults)
    _show(row)
    return row


@transaction.atomic
def new_ask(workshop: Workshop, *, title: str, question: str, taken: frozenset[str], **told: Any) -> Ask:
    """Keeps a new ask under a key of its own, made of its title and not in `taken`. The same ask to the letter is one ask."""
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)  # a button pressed twice is one ask
    rows = Ask.objects.filter(workshop=workshop)
    same = rows.filter(title=title, question=question, is_standing=False, **told).first()
    if same is not None:
        return same
    key = key_from(title, taken | frozenset(rows.values_list("key", flat=True)))
    return put_ask(workshop, key=key, title=title, question=question, **told)


@transaction.atomic
def open_ask(ask: Ask, *, on: date) -> Ask:
    """From now on voices may come. Raises `NotWhole`, naming what it does not tell yet, and `AlreadySo`."""
    row = _locked(ask, AskState.OPEN)
    missing = missing_of(row)
    if missing:
        raise NotWhole(missing)
    row.state, row.opened_on, row.closed_on = AskState.OPEN.value, row.opened_on or on, None
    row.save()
    _show(row)
    return row


@transaction.atomic
def close_ask(ask: Ask, *, on: date) -> Ask:
    """No more voices; what was promised to come back stays promised."""
    row = _locked(ask, AskState.CLOSED)
    row.state, row.closed_on = AskState.CLOSED.value, on
    row.save()
    _show(row)
    return row


@transaction.atomic
def explain_lateness(ask: Ask, *, reason: str) -> Ask:
    """Why it did not come back in time, in the asker's words, for everybody to read."""
    row = Ask.objects.select_for_update().get(pk=ask.pk)
    row.late_reason = reason.strip()
    row.save(update_fields=["late_reason"])
    return row


@transaction.atomic
def standing_ask(workshop: Workshop, *, on: date) -> Ask:
    """The ask that is always open: what do you want to get off your chest? Made when it is not there yet.

    Its words are Dutch whoever comes first; a workshop changes them as it likes.
    """
    held = Ask.objects.filter(workshop=workshop, is_standing=True).first()
    if held:
        return held
    host = Steward.objects.filter(workshop=workshop, role=StewardRole.HOSTS.value).select_related("party").first()
    with override("nl"):
        told = {
            "title": _("Wat wil je kwijt?"),
            "question": _(
                "Wat gaat goed in de buurt, wat zit je dwars, wat moet iemand weten? Alles mag, in elke taal."
            ),
            "asked_group": _("iedereen in de wijk"),
            "asker_function": _("coördinator"),
            "on_behalf_of": _("de wijkwerkplaats"),
            "minutes": 5,
            "giver_gets": _("Een antwoord binnen 14 dagen, en een bonnetje waarmee je alles kunt volgen."),
            "asker_gets": _("We horen wat er speelt, ook als niemand ernaar vroeg."),
            "comes_back": _("Een antwoord aan jou. ‘Nee, omdat’ is ook een antwoord."),
            "data_use": _("Jij kiest of alleen de werkplaats het leest. Met je bonnetje haal je het weer weg."),
            "still_unknown": _("Wat niemand vroeg."),
        }
    row = Ask(workshop=workshop, key=STANDING_KEY, is_standing=True, state=AskState.OPEN.value, opened_on=on, **told)
    row.sort_name, row.asker = sort_key(row.title), host.party if host else None
    # Two who come first at once: one of them makes it.
    Ask.objects.bulk_create([row], ignore_conflicts=True)
    made = Ask.objects.get(workshop=workshop, is_standing=True)
    _show(made)
    return made


def _locked(ask: Ask, to: AskState) -> Ask:
    row = Ask.objects.select_for_update().get(pk=ask.pk)
    if to not in ASK_MAY_BECOME[AskState(row.state)]:
        raise AlreadySo
    return row


def _show(row: Ask) -> None:
    """In search as soon as it was open; a draft is nobody's yet."""
    if row.state == AskState.DRAFT or row.opened_on is None:
        withdraw(row.workshop, kind="ask", keys=[row.key])
        return
    url = reverse("asks:ask", args=[row.workshop.key, row.key])
    text = f"{row.question} {row.still_unknown}".strip()
    place = row.area.name if row.area else ""
    entry = EntryRow("ask", row.key, row.title, text, url, dated_on=row.opened_on, place=place)
    offer(row.workshop, [entry], at=datetime.combine(row.opened_on, time.min, ZoneInfo(row.workshop.timezone)))
