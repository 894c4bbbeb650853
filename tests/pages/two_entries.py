"""A workshop in which one party stands twice, under two names, in every room."""

import re
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from tests.exchange.folders import TABLES, folder
from werkplaats.accounts.models import Person
from werkplaats.asks import actions as asks
from werkplaats.asks.models import Ask, Reported, Voice
from werkplaats.consent.actions import put_consent
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.defrag.actions.asking import begin_asking
from werkplaats.defrag.models import Move
from werkplaats.exchange.actions import load
from werkplaats.neighbourhoods import actions
from werkplaats.neighbourhoods.actions.taking_over import take_over
from werkplaats.neighbourhoods.analysis import Suspicion
from werkplaats.neighbourhoods.models import Double, Party
from werkplaats.neighbourhoods.rules.asking import By, Wording
from werkplaats.promises import actions as promises
from werkplaats.promises.rules import Channel as Confirmed
from werkplaats.promises.rules import Kind
from werkplaats.threads.actions import hand_over
from werkplaats.workshops.models import Workshop

STAYS, ALIAS = "Wijkteam Kade", "Buurtploeg Zuidwal"
KEY, ALIAS_KEY = "wijkteam", "buurtploeg"


def _half(table: str) -> str:
    """The table with every other mention of the party under its second key."""
    seen = 0

    def other(found: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return ALIAS_KEY if seen % 2 else found.group()

    return re.sub(rf"(?<![\w-]){KEY}(?![\w-])", other, TABLES[table])


def planted(path: Path) -> Workshop:
    """Every room knows the party under both of its names; nobody said yet that it is one."""
    tables = {name: _half(name) for name in TABLES if name not in {"parties", "ties", "workshop", "askings", "sides"}}
    tables["parties"] = TABLES["parties"] + f"{ALIAS_KEY},{ALIAS},professional,wonen,yes\n"
    tables["ties"] = TABLES["ties"] + (
        f"{ALIAS_KEY},huurders,works_together,{ALIAS_KEY},2026-03-02\n{ALIAS_KEY},de-lange-tafel,knows,{ALIAS_KEY},2026-03-02\n"
    )
    tables["seats"] = f"table,party\noverleg,{KEY}\noverleg,{ALIAS_KEY}\noverleg,huurders\n"
    tables["issue_parties"] = f"issue,party,role\nkou,huurders,trekker\nkou,{KEY},meet\nkou,{ALIAS_KEY},belt\n"
    tables["trajectory_parties"] = f"trajectory,party,role\nwarm-wonen,{KEY},\nwarm-wonen,{ALIAS_KEY},\n"
    tables["needs"] = TABLES["needs"] + f"busje,{ALIAS_KEY},offer,Een busje op woensdag,wonen,kou\n"
    tables["able"] = TABLES["able"] + f"warm,{ALIAS_KEY},de-lange-tafel,2026-02-02\n"
    tables["sources"] = TABLES["sources"].replace(f",{KEY},2026", f",{ALIAS_KEY},2026")
    tables["stewardship"] = f"role,party,words\npays,{ALIAS_KEY},Zij betalen.\nhosts,{KEY},Hier zitten wij.\n"
    load(folder(path, **tables), at=timezone.now())
    workshop = Workshop.objects.get(key="kade")
    _more(workshop)
    return workshop


def party(key: str) -> Party:
    return Party.objects.get(key=key)


def _more(workshop: Workshop) -> None:
    now = timezone.now()
    stays, alias, huurders = party(KEY), party(ALIAS_KEY), party("huurders")
    Party.objects.update(open_to_introductions=True)
    person = Person.objects.create(
        workshop=workshop, key="ruud", name="Ruud", sort_name="ruud", email="ruud@example.org"
    )
    for purpose in Purpose:
        put_consent(person, purpose=purpose, wording="Ja.", channel=Channel.TALK, given_on=timezone.localdate())
    actions.put_membership(alias, person=person, role="hulpverlener")
    take_over(alias, name="Sanne", email="sanne@example.org", role="lid", wording="Ja.", at=now)
    ask = asks.put_ask(workshop, key="begin", title="Nog een begin", question="Wat mist er?", asker=alias)
    Ask.objects.filter(pk=ask.pk).update(asked_party=huurders)
    asks.give_back(Ask.objects.get(key="winter"), text="We zijn bezig.", party=alias, at=now, key="bezig")
    Voice.objects.filter(key="v4").update(come_back_on=timezone.localdate(), come_back_by=alias)
    asks.report_asked(workshop, what="Een lijst aan de deur", at=now, key="deur")
    Reported.objects.update(party=alias)
    said = promises.Said(kind=Kind.DO, maker=alias, wording="De radiatoren nakijken", parties=(huurders, stays))
    promises.draft(workshop, said, at=now - timedelta(days=1), key="radiatoren")
    ours = promises.Said(kind=Kind.DO, maker=huurders, wording="De lijst afmaken", parties=(alias,))
    promises.confirm(promises.draft(workshop, ours, at=now, key="lijst"), at=now, channel=Confirmed.TEAM)
    hand_over(workshop, leaver=alias, function="", left_open=True, at=now, key="ploeg-weg")
    hand_over(workshop, leaver=huurders, function="", receiver=alias, at=now, key="huurders-weg")
    move = Move.objects.create(
        workshop=workshop,
        key="introduction:buurtploeg:huurders",
        kind="introduction",
        party_a=alias,
        party_b=huurders,
        rank=1,
        gain=1,
        state="proposed",
        proposed_at=now,
    )
    wordings = [Wording("Hoi, koffie?", By.MAIL), Wording("Hoi, koffie?", By.PAPER)]
    begin_asking(move, wordings=wordings, by=None, at=now, today=timezone.localdate())
    actions.touch(workshop, at=now)
    actions.suspect(workshop, suspicions=[Suspicion(stays.pk, alias.pk, 0.9)], up_to=now)
    Double.objects.update(score=None)  # their names are not alike: a human saw it
