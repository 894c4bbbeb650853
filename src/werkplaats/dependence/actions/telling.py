"""What the sides of a match are mailed: one question whether they want to meet."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.accounts.actions import new_code, withdraw_codes
from werkplaats.accounts.models import Person
from werkplaats.dependence.models import MatchSide
from werkplaats.dependence.queries.people import ALLOWING, for_reader, question_key, side_end, to_mail
from werkplaats.dependence.rules import SIDE
from werkplaats.mail.actions import news
from werkplaats.mail.refusals import NoAddress
from werkplaats.mail.rules import Kind


def mail_question(side: MatchSide, *, at: datetime) -> bool:
    """Asks everybody of a side who allows it. False: nobody does, and nothing was sent."""
    workshop, people = side.match.workshop, to_mail(side_end(side))
    if not people:
        return False
    withdraw_codes(workshop, thing=side.thing, at=at)
    digits = new_code(workshop, purpose=SIDE, thing=side.thing, at=at)
    url = reverse("dependence:answer", args=[workshop.key, digits.replace(" ", "")])
    told = [_tell(side, person, url=url, at=at) for person in people]
    if any(told) and side.asked_at is None:
        side.asked_at = at
        side.save(update_fields=["asked_at"])
    return any(told)


def _tell(side: MatchSide, person: Person, *, url: str, at: datetime) -> bool:
    language = person.language if person.language in {"nl", "en"} else "nl"
    with override(language):
        subject = _("Een vraag aan %(who)s") % {"who": side_end(side).name}
        how = _("Met de link zeg je ja of nee, zonder account.")
    try:
        news(
            side.match.workshop,
            key=question_key(side),
            kind=Kind.INTRODUCE,
            to=person.email,
            subject=subject,
            text=f"{for_reader(side.words, person.name)}\n\n{how}",
            url=url,
            about=side.thing,
            at=at,
            language=language,
            rests_on=ALLOWING,
        )
    except NoAddress:
        return False
    return True
