"""Who is invited, is told: that they are, that the table moved or is off, and what came of it. Nobody twice."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.accounts.actions import new_code
from werkplaats.accounts.models import Person
from werkplaats.kit.dates import written
from werkplaats.mail.actions import news
from werkplaats.mail.records import Words
from werkplaats.mail.refusals import NoAddress
from werkplaats.mail.rules import Kind
from werkplaats.tables.models import Guest, Seat, Table, TableChange, TableGiveBack
from werkplaats.tables.queries.inviting import ALLOWING, reachable_at
from werkplaats.tables.rules import SEAT_PURPOSE, Change
from werkplaats.workshops.models import Workshop


def tell(seat: Seat | Guest, *, key: str, words: Callable[[], Words], at: datetime) -> bool:
    """Mails everybody of one seat that may be mailed, each in their own language. False: nobody may be.

    `words` says it in the language that it is called in; `key` says what is told, so that it is told once. The link opens the
    invitation, beside the links that were sent before.
    """
    workshop, people = seat.table.workshop, reachable_at(seat)
    if not people:
        return False
    digits = new_code(workshop, purpose=SEAT_PURPOSE, thing=seat.thing, at=at)
    url = reverse("tables:answer", args=[workshop.key, digits.replace(" ", "")])
    told = [
        _mail(workshop, person, key=f"{key}:{seat.key}", words=words, url=url, seat=seat, at=at) for person in people
    ]
    return any(told)


def _mail(
    workshop: Workshop,
    person: Person,
    *,
    key: str,
    words: Callable[[], Words],
    url: str,
    seat: Seat | Guest,
    at: datetime,
) -> bool:
    language = person.written_in
    with override(language):
        said = words()
    try:
        news(
            workshop,
            key=key,
            kind=Kind.INVITE,
            to=person.email,
            subject=said.subject,
            text=said.text,
            url=url,
            about=seat.thing,
            at=at,
            language=language,
            rests_on=ALLOWING,
        )
    except NoAddress:
        return False
    return True


def when_and_where(table: Table, *, zone: str) -> str:
    """The day, the hour and the place of a table in words."""
    at = table.held_at.astimezone(ZoneInfo(zone))
    told = {"day": written(at.date()), "hour": at.strftime("%H:%M"), "place": table.place}
    if table.place:
        return _("%(day)s om %(hour)s uur, %(place)s") % told
    return _("%(day)s om %(hour)s uur") % told


def invitation(table: Table) -> Words:
    """What an invitation says."""
    told = {"about": table.about, "when": when_and_where(table, zone=table.workshop.timezone)}
    return Words(
        _("Komen jullie aan tafel? %(about)s") % told,
        _(
            "We nodigen jullie uit voor een tafel over “%(about)s”: %(when)s.\n\n"
            "Aan een tafel zitten partijen als gelijken bij elkaar. Met de link of de code zeg je of jullie komen, zonder "
            "account. Nee is ook goed, en van gedachten veranderen kan tot het begint."
        )
        % told,
    )


def changed_words(table: Table, change: TableChange) -> Words:
    """What is told when a table moved or is off."""
    told = {"about": table.about, "when": when_and_where(table, zone=table.workshop.timezone), "reason": change.reason}
    if change.kind == Change.CANCELLED:
        text = _("De tafel over “%(about)s” gaat niet door (%(when)s). Je hoeft niets te doen.") % told
        subject = _("De tafel gaat niet door: %(about)s") % told
    else:
        text = (
            _("De tafel over “%(about)s” is verzet: %(when)s. Kun je dan ook? Zeg het met de link of de code.") % told
        )
        subject = _("De tafel is verzet: %(about)s") % told
    return Words(subject, f"{text}\n\n{_('De reden: %(reason)s') % told}" if change.reason else text)


def given_words(table: Table, given: TableGiveBack) -> Words:
    """What comes back to who was there."""
    told = {"about": table.about, "text": given.text}
    thanks = _("Je was bij de tafel over “%(about)s”. Dit kwam ervan.") % told
    return Words(_("Wat er kwam van de tafel: %(about)s") % told, f"{thanks}\n\n{given.text}")
