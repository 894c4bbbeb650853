"""What stands in the demo beside its folder, so that every page has something on it: run by `manage.py shell`.

Codes are told once only. They are kept in a file beside the database, where the tests read them.
"""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from tests.browser.talking import conversations
from werkplaats.accounts.actions import new_code
from werkplaats.asks import actions as asks
from werkplaats.asks.models import Ask
from werkplaats.asks.rules import Fit, Privacy
from werkplaats.catches.actions import catch
from werkplaats.defrag.actions.answering import answer, met
from werkplaats.defrag.actions.asking import begin_asking
from werkplaats.defrag.actions.checking import keep_check, laid_beside
from werkplaats.defrag.models import Move, Side
from werkplaats.defrag.queries import situation
from werkplaats.defrag.queries.people import sides_of
from werkplaats.defrag.rules import SIDE, MoveKind, MoveState
from werkplaats.dependence import actions as dependence
from werkplaats.dependence.actions.asking import begin, make_card
from werkplaats.dependence.models import Match
from werkplaats.dependence.rules import fitting
from werkplaats.exchange import actions as exchange
from werkplaats.issues.actions import trajectories
from werkplaats.issues.models import Issue
from werkplaats.issues.rules.phases import Phase
from werkplaats.mail.actions import follow
from werkplaats.mirror import actions as mirror
from werkplaats.mirror.rules import Ending
from werkplaats.neighbourhoods.actions import name_group, put_steward
from werkplaats.neighbourhoods.actions.taking_over import take_over
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.neighbourhoods.records import WORDING
from werkplaats.neighbourhoods.rules import PartyKind, StewardRole
from werkplaats.neighbourhoods.rules.asking import Answer, By, Wording
from werkplaats.pauses import actions as pauses
from werkplaats.pauses.rules import Noticed, Outcome
from werkplaats.promises import actions as promises
from werkplaats.promises.rules import Channel, Giver, GiverKind, Kind, Word
from werkplaats.tables import actions as tables
from werkplaats.tables.actions import agenda, drawing, inviting
from werkplaats.tables.actions.closing import give_back, note_who_was_there
from werkplaats.tables.rules import Answer as TableAnswer
from werkplaats.tables.rules import Tap
from werkplaats.threads.actions import hand_over
from werkplaats.workshops.actions import switch_on
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import Capability

WORKSHOP, CODES = "kanaalkwartier", "codes.json"


def furnish() -> None:
    """Adds an ask with its voices, promises, a table, trajectories with pauses, and the rest that has a page."""
    workshop = Workshop.objects.get(key=WORKSHOP)
    codes = _sides(workshop) | _asks(workshop) | _promises(workshop) | _mail(workshop) | _trajectories(workshop)
    codes |= _files(workshop) | conversations(workshop)
    codes |= _table(workshop) | _mirrors(workshop) | _matches(workshop)
    asks.report_asked(workshop, what="Een lijst aan de deur over de speeltuin", at=timezone.now(), key="aan-de-deur")
    catch(workshop, who="Kadebuurt", what="wil weten wie de sleutel heeft", at=timezone.now(), key="sleutel")
    hand_over(
        workshop,
        leaver=_party("gemeente-oeverstad"),
        function="",
        left_open=True,
        at=timezone.now(),
        key="onderzoeker-weg",
    )
    Path(os.environ["WERKPLAATS_FOLDER"], CODES).write_text(json.dumps(codes), encoding="utf-8")


def check_a_move() -> None:
    """Once moves are proposed: the least of them is done today, and laid beside what was expected of it."""
    workshop = Workshop.objects.get(key=WORKSHOP)
    now, today = timezone.now(), timezone.localdate()
    move = Move.objects.filter(
        workshop=workshop, state=MoveState.PROPOSED.value, kind=MoveKind.INTRODUCTION.value
    ).last()
    assert move is not None
    wordings = [Wording("Hoi [naam], willen jullie kennismaken?", By.PAPER) for _party in sides_of(move)]
    asking = begin_asking(move, wordings=wordings, by=None, at=now, today=today)
    for side in asking.sides.all():
        answer(side, said=Answer.YES, at=now)
    checked = met(asking, on=today, today=today)
    keep_check(checked, found=laid_beside(checked, situation(workshop, today=today)), today=today)


def _sides(workshop: Workshop) -> dict[str, str]:
    """Codes of two sides of the moves in the demo: one that is asked, one that is asked whether it helped."""
    wanted = {"side": ("z-soep-en-schroef", 1), "helped": ("z-fiets-en-bus", 2)}
    found = {name: Side.objects.get(asking__key=key, number=number) for name, (key, number) in wanted.items()}
    return {
        name: new_code(workshop, purpose=SIDE, thing=side.thing, at=timezone.now()).replace(" ", "")
        for name, side in found.items()
    }


def _asks(workshop: Workshop) -> dict[str, str]:
    now = timezone.now()
    asker, issue = _party("de-lange-tafel"), _issue()
    told = {
        "asker": asker,
        "asker_function": "gastheer",
        "on_behalf_of": "de vrijwilligers van de zaal",
        "still_unknown": "Welke avond het beste past.",
        "asked_group": "jongeren",
        "issue": issue,
        "minutes": 3,
        "giver_gets": "Een antwoord van De Lange Tafel, en een kop soep.",
        "asker_gets": "We weten welke avond past.",
        "comes_back": "Op welke avond de zaal open is.",
        "answer_by": timezone.localdate() + timedelta(days=10),
        "data_use": "Alleen voor deze vraag. Na een jaar gewist.",
    }
    ask = asks.put_ask(workshop, key="welke-avond", title="Welke avond?", question="Wanneer kom jij langs?", **told)
    asks.put_ask(workshop, key="nog-een-begin", title="Nog een begin", question="Wat mist er in de zaal?", asker=asker)
    asks.open_ask(ask, on=timezone.localdate() - timedelta(days=20))
    row = Ask.objects.get(pk=ask.pk)
    shared, _digits = asks.give_voice(row, text="Op dinsdag, na het eten.", at=now, privacy=Privacy.NAMELESS)
    asks.look(shared, shared_text="Op dinsdag, na het eten.", at=now)
    asks.belongs_to_issues(shared, issues=[issue])
    asks.give_voice(row, text="Bel mij: 06 12345678, in de Kadestraat 12.", at=now, privacy=Privacy.NAMELESS)
    asks.give_voice(row, text="Alleen overdag, ik durf ’s avonds niet.", at=now - timedelta(days=16))
    own, receipt = asks.give_voice(row, text="Vrijdag graag.", at=now - timedelta(days=3))
    _other, waiting = asks.give_voice(row, text="Maakt niet uit.", at=now)
    asks.reply(row, voices=[own], party=asker, text="Vrijdag is de zaal open, tot tien uur.", at=now)
    answered = asks.reply(row, voices=[shared], party=asker, text="Dinsdag lukt dit jaar niet.", at=now)
    asks.fit(shared, reply=answered, fit=Fit.DOES_NOT_FIT, at=now)
    asks.give_back(row, text="De zaal is op vrijdag open.", party=asker, at=now, key="vrijdag-open")
    said = promises.Said(kind=Kind.DO, maker=asker, wording="De deur gaat op vrijdag open", issue=issue, voices=(own,))
    promise = promises.draft(workshop, said, at=now - timedelta(days=2), key="deur-op-vrijdag")
    promises.confirm(promise, at=now - timedelta(days=2), channel=Channel.LINK, due_on=timezone.localdate(now))
    promises.report_done(promise, evidence="De deur is open.", at=now)
    return {"receipt": receipt, "waiting": waiting}


def _promises(workshop: Workshop) -> dict[str, str]:
    now = timezone.now()
    before, late = now - timedelta(days=40), timezone.localdate() - timedelta(days=6)
    maker, receiver = _party("gemeente-oeverstad"), _party("de-lange-tafel")
    drafted = promises.draft(
        workshop,
        promises.Said(
            kind=Kind.FIND_OUT, maker=maker, wording="Uitzoeken of het hek eerder open kan", parties=(receiver,)
        ),
        at=now,
        key="hek-eerder-open",
    )
    running = promises.draft(
        workshop,
        promises.Said(Kind.DO, maker, "Een lamp bij de brug", due_on=late, parties=(receiver,), issue=_issue()),
        at=before,
        key="lamp-bij-de-brug",
    )
    promises.confirm(running, at=before, channel=Channel.TEAM)
    promises.maker_verdict(running, word=Word.KEPT, words="De lamp is besteld.", at=now)
    by = Giver(GiverKind.PARTY, receiver.key)
    promises.receiver_verdict(running, by=by, word=Word.NOT, words="Het is er nog donker.", at=now)
    refused = promises.draft(
        workshop,
        promises.Said(Kind.NO, maker, "Geen tweede zaal, want er is geen geld", for_whom="de Kadebuurt"),
        at=before,
        key="geen-tweede-zaal",
    )
    promises.confirm(refused, at=before, channel=Channel.TEAM)
    return {"confirm": promises.ask_to_confirm(drafted, at=now).replace(" ", "")}


def _files(workshop: Workshop) -> dict[str, str]:
    """Files that wait for a yes, files that came in, and somebody who says of a party: this is us."""
    now, today = timezone.now(), timezone.localdate()
    listed = "naam;soort;website\nDe Nieuwe Tuin;coöperatie;detuin.example\nDe Oude Tuin;gemeente;geen adres\n"
    files = [ContentFile(listed.encode(), "partijen.csv"), ContentFile(b"De tuin gaat open.", "verslag.txt")]
    waits = exchange.receive(workshop, [*files, ContentFile(b"x", "plaatje.png")], at=now)
    exchange.look(waits, at=now, today=today)
    done = exchange.receive(
        workshop, [ContentFile(b"naam\nStichting Buurtkeuken De Lange Tafel\n", "al-bekend.csv")], at=now
    )
    exchange.confirm(done, at=now, today=today)
    told = {"name": "Omar", "email": "omar@voorbeeld.example", "role": "gastheer", "words": "Bel gerust."}
    take_over(_party("de-lange-tafel"), **told, wording=str(WORDING), at=now)
    return {"batch": waits.key, "done_batch": done.key}


def _mail(workshop: Workshop) -> dict[str, str]:
    issue = _issue()
    wish = follow(
        workshop,
        thing=f"issue:{issue.key}",
        title=issue.name,
        url=f"/{workshop.key}/vraagstukken/{issue.key}/",
        to="buur@voorbeeld.example",
        at=timezone.now(),
    )
    return {"reader": wish.reader.token, "follow": str(wish.pk)}


def _table(workshop: Workshop) -> dict[str, str]:
    """One table that was held today, with what came of it; and one to come, for which lots are drawn."""
    switch_on(workshop, list(Capability))
    now, town = timezone.now(), _party("gemeente-oeverstad")
    row = tables.put_table(
        workshop, key="overleg-zaal", about="De zaal", held_at=now, place="De Weverij", issue=_issue()
    )
    tables.seat(row, parties=[_party("de-lange-tafel"), town])
    tables.note_promise(
        row, kind=Kind.DO, maker=town, wording="De sleutel ligt klaar", for_whom="de zaal", at=now, key="sleutel-klaar"
    )
    note_who_was_there(row, parties=["de-lange-tafel"], at=now)
    give_back(row, text="De sleutel ligt klaar bij de bakker.", at=now)
    coming = tables.hold(
        workshop, about="De zaal, straks", held_at=now + timedelta(days=9), place="Kerk", issue=_issue()
    )
    inviting.invite(coming, parties=[_party("de-lange-tafel"), _party("bibliotheek-oeverstad")], at=now)
    inviting.answer(coming.seats.get(party__key="bibliotheek-oeverstad"), said=TableAnswer.COMES, at=now)
    agenda.write_line(coming, text="Wie heeft de sleutel?")
    for quotas in ({"kind": {"government": (0, 1)}}, {"kind": {"government": (9, 9)}}, {}):
        draw = drawing.ask_draw(coming, seats=1, quotas=quotas, at=now)
        drawing.put_drawn(draw, found=drawing.drawn(draw), at=now)
        if draw.number == 1:
            drawing.accept_draw(draw, at=now)
    seat = coming.seats.get(party__key="de-lange-tafel")
    codes = {"seat": inviting.letter(seat, at=now).replace(" ", ""), "own_seat": seat.key}
    taps = [Tap("telefoon", number, "government" if number % 4 else "initiative") for number in range(1, 41)]
    tables.count_turns(row, taps=taps, at=now)
    held = tables.open_round(row, at=now)
    for number in range(1, 13):
        answers = [5 + number % 3, 6, 2, 5, 4, 3, 7, 5]
        kind = PartyKind.INITIATIVE if number % 2 else PartyKind.GOVERNMENT
        told: dict[str, Any] = {"answers": answers, "mattered": 6, "words": "Fijn." if number == 1 else ""}
        tables.type_in(held, number=number, kind=kind, at=now, **told)
    tables.close_round(held, at=now)
    tables.open_round(row, at=now)
    return codes | {"table": tables.make_code(row, at=now).replace(" ", "")}


def _mirrors(workshop: Workshop) -> dict[str, str]:
    """The workshop's own mirror, one of a public body after its talk, one that waits, and a sheet of the last two."""
    now, today = timezone.now(), timezone.localdate()
    kitchen, town, library = (_party(key) for key in ("de-lange-tafel", "gemeente-oeverstad", "bibliotheek-oeverstad"))
    own = _party("wijkwerkplaats-kanaalkwartier")
    put_steward(workshop, role=StewardRole.IS, party=own, words="Wij zijn een partij zoals de andere.")
    for of, what, since, until, ending in (
        (kitchen, "Koken in het Kadehuis", 2014, 2018, Ending.STOPPED),
        (kitchen, "Een eigen keuken", 2018, 2021, Ending.HANDED_OVER),
        (kitchen, "Elke dinsdag eten", 2019, None, Ending.RUNS),
        (town, "Eén formulier", 2018, 2019, Ending.STOPPED),
    ):
        row = mirror.tell_attempt(of, what=what, since=since, until=until, ending=ending, why="", at=now)
        mirror.ask_of(row, party=library, at=now)
        mirror.confirm_attempt(row, party=library, at=now)
    asked = mirror.tell_attempt(library, what="Boeken op de stoep", since=2016, at=now)
    mirror.ask_of(asked, party=kitchen, at=now)
    mirror.look(mirror.hold_own(own, at=now), at=now)
    ours, theirs = (mirror.hold_mirror(party, at=now) for party in (kitchen, town))
    for each in (ours, theirs):
        mirror.look(each, at=now)
    mirror.note_talk(theirs.snapshots.get(), on=today, at=now)
    item = theirs.snapshots.get().items.first()
    assert item is not None
    mirror.answer(theirs, item=item.key, words="In 2018 hadden we het bijna. Toen kwam het nieuwe systeem.", at=now)
    sheet = mirror.lay_beside(ours, other=theirs, at=now)
    for each in (ours, theirs):
        mirror.say_of_sheet(sheet, mirror=each, yes=True, at=now)
    return {"sheet": sheet.key}


def _matches(workshop: Workshop) -> dict[str, str]:
    """A match to look at, and one that is asked, with the code of its first side."""
    now, today = timezone.now(), timezone.localdate()
    ends = (("brug-zoekt-trainer", "sv-heeft-trainer"), ("noor-zoekt-fietsles", "fietsers-geven-fietsles"))
    rows = [tuple(Need.objects.get(key=key) for key in pair) for pair in ends]
    fits = [fitting.Fit(need.pk, offer.pk, 0.6, 0.35, 1) for need, offer in rows]
    dependence.keep_matches(workshop, fits, up_to=now, at=now, today=today)
    proposed, asked = (Match.objects.get(need=need) for need, _offer in rows)
    words = [Wording("Hoi [naam], jullie bieden fietsles. Willen jullie kennismaken?", By.PAPER)] * 2
    begin(asked, wordings=words, by=None, at=now, today=today)
    return {"match": proposed.key, "fits": make_card(asked.sides.get(number=1), at=now).replace(" ", "")}


def _trajectories(workshop: Workshop) -> dict[str, str]:
    now = timezone.now()
    group = name_group(workshop, name="Jongeren")
    party = _party("de-lange-tafel")
    put = trajectories.put_trajectory
    planned = put(_issue(), key="nog-niet-begonnen", name="Nog niet begonnen", at=now)
    running = put(
        _issue(),
        key="de-zaal-open",
        name="De zaal open",
        at=now - timedelta(days=100),
        benefit_for="Jongeren in de Weverij",
        how_noticed="De deur is ook in het weekend open",
        groups=[group],
        started_on=timezone.localdate() - timedelta(days=100),
        next_pause_on=timezone.localdate() - timedelta(days=10),
    )
    for row in (planned, running):
        trajectories.put_trajectory_party(row, party=party, role="Houdt de zaal open")
    past = pauses.open_pause(running, at=now - timedelta(days=9))
    pauses.answer_for(past, party=party, noticed=Noticed.PARTLY, text="Er komen er meer.", at=now)
    reason = "Het begint te lopen."
    pauses.close(past, outcome=Outcome.CONTINUE, reason=reason, then=Phase.DO, at=now - timedelta(days=8))
    return {"past_pause": past.key, "pause": pauses.open_pause(running, at=now).key}


def _party(key: str) -> Party:
    return Party.objects.get(workshop__key="kanaalkwartier", key=key)


def _issue() -> Issue:
    return Issue.objects.select_related("workshop").get(workshop__key="kanaalkwartier", key="binnen-bij-elkaar-komen")
