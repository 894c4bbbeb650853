"""What the sides of a match are mailed: one question whether they want to meet, and one what came of it."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.accounts.actions import new_code, withdraw_codes
from werkplaats.accounts.models import Person
from werkplaats.dependence.models import MatchSide
from werkplaats.dependence.queries.people import (
    ALLOWING,
    outcome_words,
    question_key,
    side_end,
    to_mail,
)
from werkplaats.dependence.rules import SIDE
from werkplaats.mail.actions import news
from werkplaats.mail.refusals import NoAddress
from werkplaats.mail.rules import Kind
from werkplaats.neighbourhoods.rules.asking import for_reader


def mail_question(side: MatchSide, *, at: datetime) -> bool:
    """Asks everybody of a side who allows it. False: nobody does, and nothing was sent."""
    return _mail(side, kind=Kind.INTRODUCE, key=question_key(side, about_outcome=False), at=at)


def mail_about_outcome(side: MatchSide, *, at: datetime) -> bool:
    """Asks a side once what came of it. False: nobody of it may be mailed."""
    return _mail(side, kind=Kind.QUESTION, key=question_key(side, about_outcome=True), at=at)


def _mail(side: MatchSide, *, kind: Kind, key: str, at: datetime) -> bool:
    workshop, people = side.match.workshop, to_mail(side_end(side))
    if not people:
        return False
    withdraw_codes(workshop, thing=side.thing, at=at)
    digits = new_code(workshop, purpose=SIDE, thing=side.thing, at=at)
    url = reverse("dependence:answer", args=[workshop.key, digits.replace(" ", "")])
    told = [_tell(side, person, kind=kind, key=key, url=url, at=at) for person in people]
    if any(told) and side.asked_at is None:
        side.asked_at = at
        side.save(update_fields=["asked_at"])
    return any(told)


def _tell(side: MatchSide, person: Person, *, kind: Kind, key: str, url: str, at: datetime) -> bool:
    language = person.written_in
    with override(language):
        if kind is Kind.INTRODUCE:
            subject, how = _("Een vraag aan %(who)s"), _("Met de link zeg je ja of nee, zonder account.")
            subject, text = subject % {"who": side_end(side).name}, f"{for_reader(side.words, person.name)}\n\n{how}"
        else:
            subject, text = _("Wat kwam ervan?"), outcome_words(side, today=at.date())
    try:
        news(
            side.match.workshop,
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
