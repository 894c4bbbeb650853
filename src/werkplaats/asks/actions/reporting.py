"""Something was asked here: anybody may tell, the host checks, the party that asked completes it."""

import secrets
from datetime import date, datetime

from django.db import transaction

from werkplaats.asks.actions.voices import own_words
from werkplaats.asks.models import Ask, Reported
from werkplaats.asks.refusals import AlreadySo
from werkplaats.asks.rules import Report
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Area, Workshop


@transaction.atomic
def report_asked(
    workshop: Workshop,
    *,
    what: str,
    at: datetime,
    asked_by: str = "",
    asked_on: date | None = None,
    area: Area | None = None,
    group: str = "",
    minutes: int | None = None,
    people: int | None = None,
    key: str = "",
) -> Reported:
    """Notes that something was asked of people here, so that not registering shows too. The same key again changes nothing."""
    told = {
        "what": own_words(what),
        "asked_by": asked_by.strip(),
        "asked_on": asked_on,
        "area": area,
        "group": group.strip(),
        "minutes": minutes,
        "people": people,
        "reported_at": at,
    }
    return Reported.objects.get_or_create(workshop=workshop, key=key or secrets.token_hex(8), defaults=told)[0]


@transaction.atomic
def check_report(report: Reported, *, at: datetime, party: Party | None = None) -> Reported:
    """The host found out that it is so, and perhaps by whom."""
    row = _locked(report, Report.REPORTED)
    row.state, row.checked_at, row.party = Report.CHECKED.value, at, party
    row.save()
    return row


@transaction.atomic
def drop_report(report: Reported, *, at: datetime) -> Reported:
    """The host found out that it did not happen."""
    row = _locked(report, Report.REPORTED)
    row.state, row.checked_at = Report.DROPPED.value, at
    row.save()
    return row


@transaction.atomic
def complete_report(report: Reported, *, ask: Ask) -> Reported:
    """The party that asked wrote it down: from now on the ask tells, and counts."""
    row = _locked(report, Report.REPORTED, Report.CHECKED)
    row.state, row.became, row.party = Report.COMPLETED.value, ask, ask.asker or row.party
    row.save()
    return row


def _locked(report: Reported, *states: Report) -> Reported:
    row = Reported.objects.select_for_update().get(pk=report.pk)
    if row.state not in states:
        raise AlreadySo
    return row
