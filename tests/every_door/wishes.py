"""Needs and offers of the town: some that everybody reads, one that is hidden, one of a person; and two matches."""

from typing import Any

from django.utils import timezone

from werkplaats.accounts.models import Person
from werkplaats.dependence.actions import keep_matches, refuse
from werkplaats.dependence.actions.asking import begin, make_card
from werkplaats.dependence.models import Match
from werkplaats.dependence.rules.fitting import Fit
from werkplaats.neighbourhoods.actions.needs import hide_need, post_need
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.neighbourhoods.rules import NeedKind
from werkplaats.neighbourhoods.rules.asking import By, Wording


def planted(parties: dict[str, Party], *, secret: str) -> dict[str, list[tuple[Any, ...]]]:
    """What may stand in the addresses of needs, matches and who waits for whom. What is hidden begins with `secret`."""
    school, town, far = (parties[name] for name in ("school", "gemeente", "ver"))
    now, today = timezone.now(), timezone.localdate()
    need = _posted(school, NeedKind.NEED, "Een trainer voor de meisjes")
    offers = [_posted(party, NeedKind.OFFER, "Een trainer op woensdag") for party in (town, parties["keuken"])]
    bike, lent = _posted(far, NeedKind.NEED, "Een fiets"), _posted(school, NeedKind.OFFER, "Een fiets te leen")
    hide_need(_posted(far, NeedKind.NEED, f"{secret}vraag"), reason=f"{secret}moderatie", at=now)
    of_person = Person.objects.create(workshop=school.workshop, key="los", name=f"{secret}bewoner", sort_name="los")
    text = f"{secret}eigenvraag"  # a person who never said yes to being kept: nobody reads it
    Need.objects.create(workshop=school.workshop, key="los", person=of_person, kind="need", text=text, since=today)
    fits = [Fit(need.pk, offer.pk, 0.6, 0.3, 0) for offer in offers]
    fits.append(Fit(bike.pk, lent.pk, 0.6, 0.3, 0))
    keep_matches(school.workshop, fits, up_to=now, at=now, today=today)
    refused, asked = Match.objects.get(offer=offers[1]), Match.objects.get(offer=lent)
    refuse(refused, reason=f"{secret}past niet", by=None, at=now)
    words = [Wording("Een fiets?", By.PAPER), Wording(f"{secret}kaart", By.PAPER)]
    begin(asked, wordings=words, by=None, at=now, today=today)
    side = asked.sides.get(number=1)
    digits = make_card(side, at=now)
    return {
        "neighbourhoods:need": [(need.key,)],
        "issues:need_issue": [(need.key,)],
        "neighbourhoods:end_need": [(need.key,)],
        "neighbourhoods:hide_need": [(need.key,)],
        "dependence": [(Match.objects.get(offer=offers[0]).key,)],
        "dependence:outcome": [(asked.key, 1)],
        "dependence:answer": [("-".join(digits.split()),)],
        "dependence:answer_for": [(side.key,)],
        "dependence:party": [(party.key,) for party in (school, town)],
        "dependence:two": [(school.key, town.key)],
    }


def of_school(keys: dict[str, list[tuple[Any, ...]]]) -> tuple[str, str]:
    """The keys of what belongs to the school: its need, and the side of a match that it is."""
    return keys["neighbourhoods:need"][0][0], keys["dependence:answer_for"][0][0]


def _posted(party: Party, kind: NeedKind, text: str) -> Need:
    now = timezone.now()
    return post_need(party.workshop, of=party, kind=kind, text=text, at=now, today=timezone.localdate(now))
