"""What the sides of a move are mailed: one question whether they want to meet, and one whether it helped."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.accounts.actions import new_code, withdraw_codes
from werkplaats.accounts.models import Person
from werkplaats.defrag.models import Side
from werkplaats.defrag.queries.people import ALLOWING, joined_issue, other_end, question_key
from werkplaats.defrag.rules import SIDE
from werkplaats.kit.dates import written
from werkplaats.mail.actions import news
from werkplaats.mail.refusals import NoAddress
from werkplaats.mail.rules import Kind
from werkplaats.neighbourhoods.queries.people import representatives
from werkplaats.neighbourhoods.rules.asking import for_reader
from werkplaats.workshops.models import Workshop


def mail_question(side: Side, *, at: datetime) -> bool:
    """Asks everybody of a side who allows it. False: nobody does, and nothing was sent."""
    return _mail(side, kind=Kind.INTRODUCE, key=question_key(side, about_help=False), at=at)


def mail_about_help(side: Side, *, at: datetime) -> bool:
    """Asks a side once whether meeting helped. False: nobody of it may be mailed."""
    return _mail(side, kind=Kind.QUESTION, key=question_key(side, about_help=True), at=at)


def _mail(side: Side, *, kind: Kind, key: str, at: datetime) -> bool:
    workshop, people = side.asking.move.workshop, list(representatives(side.party, allowing=ALLOWING))
    if not people:
        return False
    withdraw_codes(workshop, thing=side.thing, at=at)
    digits = new_code(workshop, purpose=SIDE, thing=side.thing, at=at)
    url = reverse("defrag:answer", args=[workshop.key, digits.replace(" ", "")])
    told = [_tell(workshop, side, person, kind=kind, key=key, url=url, at=at) for person in people]
    if any(told) and side.asked_at is None:
        side.asked_at = at
        side.save(update_fields=["asked_at"])
    return any(told)


def _tell(workshop: Workshop, side: Side, person: Person, *, kind: Kind, key: str, url: str, at: datetime) -> bool:
    language = person.written_in
    with override(language):
        subject, text = _question(side, person) if kind is Kind.INTRODUCE else _about_help(side)
    try:
        news(
            workshop,
            key=key,
            kind=kind,
            to=person.email,
            subject=subject,
            text=text,
            url=url,
            about=side.thing,
            at=at,
            language=language,
            rests_on=ALLOWING,
        )
    except NoAddress:
        return False
    return True


def _question(side: Side, person: Person) -> tuple[str, str]:
    how = _("Met de link zeg je ja of nee, zonder account.")
    return _("Een vraag aan %(party)s") % {"party": side.party.stays.name}, (
        f"{for_reader(side.words, person.name)}\n\n{how}"
    )


def _about_help(side: Side) -> tuple[str, str]:
    other, met_on = other_end(side), side.asking.met_on
    assert met_on is not None  # only who met is asked
    if issue := joined_issue(side.asking.move):
        text = _("Op %(day)s praatten jullie mee over “%(issue)s”. Hielp het? We vragen het één keer.")
        return _("Hielp het?"), text % {"day": written(met_on), "issue": issue}
    if other is None:
        text = _("Op %(day)s maakten anderen kennis door jullie. Hielp het? We vragen het één keer.")
        return _("Hielp het?"), text % {"day": written(met_on)}
    text = _("Op %(day)s maakten jullie kennis met %(other)s. Hielp het? We vragen het één keer.")
    return _("Hielp het?"), text % {"day": written(met_on), "other": other.name}
