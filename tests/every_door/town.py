"""A small town in which every address of the platform leads somewhere, and in which secrets are planted.

A planted word is in what somebody wrote for the workshop alone. It may come out to the team, and to nobody else.
"""

import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote

from django.core import mail
from django.core.files.base import ContentFile
from django.test import TestCase, override_settings
from django.utils import timezone

from tests import builders
from tests.asks.street import WHOLE, area
from tests.defrag import street
from tests.defrag.asked import begun, sides
from tests.every_door import chains, to_come, wishes
from tests.every_door.days import day
from tests.every_door.mirrors import held
from tests.sources import documents
from werkplaats.accounts.actions import put_person
from werkplaats.accounts.models import Account
from werkplaats.accounts.rules import RoleName
from werkplaats.asks import actions as asks
from werkplaats.asks.models import Ask, Voice
from werkplaats.asks.rules import Channel, Privacy
from werkplaats.catches.actions import catch
from werkplaats.config.sweeps import SWEEPS, until_done
from werkplaats.conversations import actions as conversations
from werkplaats.conversations.models import Participant
from werkplaats.defrag.actions.asking import make_card
from werkplaats.defrag.models import Move
from werkplaats.defrag.sweeps import MEASURE
from werkplaats.exchange import actions as exchange
from werkplaats.issues.actions import trajectories
from werkplaats.issues.models import Issue
from werkplaats.mail.actions import confirm_follow, follow, reader_on_paper
from werkplaats.mail.models import Follow
from werkplaats.mail.queries import follow_url
from werkplaats.neighbourhoods.actions import name_group, put_double, put_membership, touch
from werkplaats.neighbourhoods.actions.taking_over import take_over
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.rules import Verdict
from werkplaats.pauses import actions as pauses
from werkplaats.pauses.rules import Noticed
from werkplaats.promises import actions as promises
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Channel as Yes
from werkplaats.promises.rules import Giver, GiverKind, Kind, Word
from werkplaats.sources.sweeps import FRAGMENTS
from werkplaats.tables import actions as tables
from werkplaats.threads.actions import hand_over
from werkplaats.workshops.actions import switch_on
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import Capability

SECRET = "geheim"
"""With this every planted word begins."""

SENTENCE = "Onze groep heeft geen betaalbare zaal om 's avonds samen te komen in de buurt."
"""What every planted voice says beside its secret, so that words and meaning lead to it."""

SHOWN = "openbaarwoord"
"""Stands in the one voice that may go out: who looks for what leaks must be able to see."""


@dataclass
class Town:
    """`keys`: for the name of an address, or of its room, what may stand in it; `asked`: what stands behind its question mark.

    `owners`: the party to which an ask, promise or pause belongs; `codes`: of receipts by planted voice, and of the link of
    a maker; `mails`: what was sent.
    """

    workshop: Workshop
    parties: dict[str, Party]
    keys: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    mails: list[mail.EmailMessage] = field(default_factory=list)
    voices: dict[str, Voice] = field(default_factory=dict)
    accounts: dict[RoleName, Account] = field(default_factory=dict)

    @property
    def participants(self) -> list[str]:
        """The keys of who takes part in conversations: whoever has one, has somebody's votes."""
        return list(Participant.objects.values_list("key", flat=True))


class InTheTown(TestCase):
    """The town is built once for all tests of a class; what a test changes is not there for the next."""

    is_indexed: ClassVar[bool] = True
    """Whether everything can be found, by word and meaning; that takes some seconds."""
    town: ClassVar[Town]
    folder: ClassVar[Path]

    @classmethod
    def setUpClass(cls) -> None:
        kept = tempfile.TemporaryDirectory()
        cls.addClassCleanup(kept.cleanup)
        cls.folder = Path(kept.name)
        cls.enterClassContext(override_settings(MEDIA_ROOT=cls.folder / "files"))
        super().setUpClass()

    def setUp(self) -> None:
        # Every test has files of its own (tests/conftest.py); these tests have those of their class.
        self.enterContext(override_settings(MEDIA_ROOT=self.folder / "files"))

    @classmethod
    def setUpTestData(cls) -> None:
        cls.town = planted(cls.folder, is_indexed=cls.is_indexed)


def planted(folder: Path, *, is_indexed: bool) -> Town:
    """The town, after the sweeps: all of them, or those that an address needs to lead somewhere."""
    home = builders.workshop()
    row = street.street()
    issue = street.issue("Zalen", row[1])
    street.about(issue, "hulp")
    street.crowd(1)
    names = {"school": ("Kadeschool", "professional"), "gemeente": ("Gemeente Oeverstad", "government")}
    switch_on(home, list(Capability))
    town = Town(home, {key: builders.party(name, kind=kind) for key, (name, kind) in names.items()})
    town.parties |= {"keuken": row[0], "ver": builders.party("Partij Van Ver", kind="other")}
    _people(town)
    documents.added(folder, documents.HALL)
    town.keys |= {"sources": [("plan",)], "issues": [("zalen",)], "issues:accept": [("voorstel",)]}
    town.keys |= {"pages:issue": [("zalen",)], "pages:party": [(party.key,) for party in town.parties.values()]}
    _asks(town)
    _voices(town)
    _promises(town)
    _conversation(town)
    _around(town)
    _trajectory(town)
    mirrors = held(town.parties["school"], other=town.parties["ver"], by=row[0], secret=SECRET)
    wished = wishes.planted(town.parties, secret=SECRET)
    town.keys |= chains.drawn(_issue(), party=town.parties["school"])
    town.keys |= mirrors.keys | to_come.planned(_issue(), invited=town.parties["school"], secret=SECRET) | wished
    town.owners |= dict.fromkeys((mirrors.sheet, *wishes.of_school(wished)), "school")
    _arriving(town)
    touch(home, at=timezone.now())
    until_done(SWEEPS if is_indexed else (FRAGMENTS, MEASURE))
    street.issue("Voorstel", state="proposed")  # not before: the sweep takes back a proposal that rests on nothing
    town.mails = list(mail.outbox)
    _moves(town)
    return town


def _people(town: Town) -> None:
    """An account for every role; those of parties are members, and one member never said that their name may be shown."""
    for role in RoleName:
        town.accounts[role] = builders.account(role, email=f"{role.value}@voorbeeld.example")
    member_of = {RoleName.PARTY: "school", RoleName.RESEARCHER: "school", RoleName.POLICY_MAKER: "gemeente"}
    for role, party in member_of.items():
        person = put_person(
            town.workshop, key=role.value, name=f"{SECRET}naam {role.value}", email=town.accounts[role].email
        )
        put_membership(town.parties[party], person=person, role="lid")


def _asks(town: Town) -> None:
    home, today, school = town.workshop, timezone.localdate(), town.parties["school"]
    told = WHOLE | {"asker": school, "answer_by": today + timedelta(days=20), "area": area()}
    ask = asks.put_ask(home, key="welke-zaal", title="Welke zaal?", question="Waar kom je samen?", **told)
    asks.open_ask(ask, on=today - timedelta(days=40))
    asks.standing_ask(home, on=today - timedelta(days=90))
    mine: dict[str, Any] = {"asker": school, "question": "Nog niet af."}
    asks.put_ask(home, key="concept-van-school", title="Concept van school", **mine)
    theirs: dict[str, Any] = {"asker": town.parties["ver"], "question": f"{SECRET}uitvraag {SENTENCE}"}
    asks.put_ask(home, key="concept-van-ver", title=f"{SECRET}titel", **theirs)
    asks.give_back(ask, text="Er komt een zaal.", party=school, at=timezone.now(), key="er-komt-een-zaal")
    told_by: dict[str, Any] = {"asked_by": f"{SECRET}bureau", "group": f"{SECRET}groep"}
    asks.report_asked(
        home, what=f"{SECRET}melding aan de deur", at=timezone.now(), key="aan-de-deur", minutes=3, **told_by
    )
    shown = ["welke-zaal", "wat-wil-je-kwijt", "concept-van-school"]
    town.owners |= dict.fromkeys(("welke-zaal", "concept-van-school"), "school")
    town.keys |= {"asks": [(key,) for key in shown], "asks:notice": [("welke-zaal", "er-komt-een-zaal")]}
    town.keys["asks:check"] = [("aan-de-deur",)]


def _voices(town: Town) -> None:
    """One voice for each reason to stay inside, and one that may go out."""
    ask, at = Ask.objects.get(key="welke-zaal"), timezone.now() - timedelta(days=3)
    chosen = {"inside": Privacy.WORKSHOP, "answered": Privacy.WORKSHOP, "on-paper": Privacy.WORKSHOP}
    for name in (*chosen, "unseen", "kept-in", "hidden", "withdrawn", "added", "covered", "shown"):
        word = SHOWN if name == "shown" else f"{SECRET}{name.replace('-', '')}"
        voice, digits = asks.give_voice(
            ask,
            text=f"{word} {SENTENCE}",
            at=at,
            privacy=chosen.get(name, Privacy.NAMELESS),
            channel=Channel.PAPER if name == "on-paper" else Channel.WEB,
            group=f"{SECRET}groep{name.replace('-', '')}",
            contact=f"{SECRET}adres{name}@voorbeeld.example",
            area=ask.area,
            typed_by=town.accounts[RoleName.HELPER].pk,
        )
        confirm_follow(Follow.objects.get(thing=f"voice:{voice.key}"), at=at)
        town.voices[name], town.codes[name] = voice, digits
    for name in ("hidden", "withdrawn", "added", "shown"):
        asks.look(town.voices[name], shared_text=town.voices[name].text, at=at)
    asks.look(town.voices["kept-in"], shared_text="", at=at)
    asks.look(town.voices["covered"], shared_text=f"[…] {SENTENCE}", at=at)
    asks.hide(town.voices["hidden"], reason=f"{SECRET}reden", at=at)
    asks.add_words(town.voices["added"], text=f"{SECRET}later {SENTENCE}")
    asks.withdraw(town.voices["withdrawn"], at=at)
    asks.give_voice(Ask.objects.get(is_standing=True), text=f"{SECRET}kwijt {SENTENCE}", at=at, contact="")
    for name in set(town.voices) - {"withdrawn"}:
        asks.belongs_to_issues(town.voices[name], issues=Issue.objects.filter(key="zalen"))
    answered = [town.voices[name] for name in ("answered", "hidden")]
    made = asks.reply(ask, voices=answered, party=town.parties["school"], text="Er komt een zaal.", at=timezone.now())
    asks.come_back(
        town.voices["inside"], on=timezone.localdate(), today=timezone.localdate(), by=town.parties["school"]
    )
    town.keys |= {"asks:look": [(town.voices["unseen"].key,)], "threads:dispute": [(made.key,)]}


def _conversation(town: Town) -> None:
    """Statements of which one waits and one was refused, and people who voted."""
    ask, now = Ask.objects.get(key="welke-zaal"), timezone.now()
    row = conversations.begin_conversation(ask, text="De zaal mag 's avonds open.", at=now, issue=_issue())
    for one in range(6):
        who, town.codes["vote"] = conversations.take_part(row, at=now)
        conversations.vote(who, number=1, value=1 - one % 2, at=now)
    conversations.give_statement(who, text=f"{SECRET}stelling {SENTENCE}", at=now)
    given = conversations.give_statement(who, text=f"{SECRET}geweigerd {SENTENCE}", at=now)
    conversations.refuse(given, reason=f"{SECRET}waarom", at=now)
    town.keys |= {"conversations": [(row.key,)], "conversations:look": [(row.key, given.number)]}


def _promises(town: Town) -> None:
    home, at = town.workshop, timezone.now() - timedelta(days=60)
    voices = tuple(town.voices[name] for name in ("inside", "answered", "hidden", "unseen"))
    maker, kitchen = town.parties["gemeente"], town.parties["keuken"]
    said = promises.Said(Kind.DO, maker, "Een zaal die open is", parties=(kitchen,), voices=voices, issue=_issue())
    done = promises.draft(home, said, at=at, key="b-zaal-open")
    promises.confirm(done, at=at, channel=Yes.LINK)
    promises.report_done(done, evidence="De deur is open.", at=at)
    answered = Giver(GiverKind.RECEIPT, town.voices["answered"].key)
    promises.receiver_verdict(done, by=answered, word=Word.NOT_NOTICED, at=at + timedelta(days=1))
    drafted = promises.draft(home, promises.Said(Kind.DO, maker, "Een sleutel", parties=(kitchen,)), at=timezone.now())
    town.codes["link"] = promises.ask_to_confirm(drafted, at=timezone.now())
    theirs = promises.Said(Kind.DO, town.parties["ver"], f"{SECRET}belofte {SENTENCE}", parties=(kitchen,))
    promises.draft(home, theirs, at=timezone.now(), key="b-van-ver")
    denied = promises.draft(home, theirs, at=timezone.now(), key="b-ontkend")
    promises.deny(denied, words=f"{SECRET}ontkend")
    town.owners |= dict.fromkeys((done.key, drafted.key), "gemeente")
    town.keys |= {
        "promises": [(done.key,), (drafted.key,)],
        "promises:answer": [("-".join(town.codes["link"].split()),)],
        "threads:verdict": [(done.key,)],
    }


def _around(town: Town) -> None:
    """A table, caught lines, letters, a hand-over, a double."""
    home, now = town.workshop, timezone.now()
    row = tables.put_table(home, key="overleg-zaal", about="De zaal", held_at=now, place="Kerk", issue=_issue())
    tables.seat(row, parties=[town.parties["school"], town.parties["gemeente"]])
    tables.link_promise(row, promise=Promise.objects.get(key="b-van-ver"), at=now)
    town.codes["table"] = day(row, words=f"{SECRET}rondje")
    tables.note_date(row, who=f"{SECRET}wie", text=f"{SECRET}datum", on=timezone.localdate(), at=now)
    catch(home, who=f"{SECRET}moeder", what=f"{SECRET}vangst", for_whom=f"{SECRET}kind", at=now, key="lijn", waits=True)
    wish = follow(home, thing="issue:zalen", title="Zalen", to="buur@voorbeeld.example", at=now)
    paper = reader_on_paper(home, f"{SECRET}envelop")
    follow(home, thing="issue:zalen", title="Zalen", to=paper, at=now, is_confirmed=True)
    hand_over(home, leaver=town.parties["school"], function="", left_open=True, at=now, key="weg")
    twin = builders.party("Kade School", kind="professional")
    double = put_double(town.parties["school"], party_b=twin, verdict=Verdict.SUSPECTED)
    token = wish.reader.token
    followed = follow_url(home, thing="issue:zalen", title="Zalen", url="/").partition("?wat=")[2]
    for name in ("mail:follow", "mail:follow_on_paper"):
        town.asked[name] = {"wat": unquote(followed)}
    town.asked |= {f"pages:begin_{name}": {"tafel": row.key} for name in ("said", "links", "waiters")}
    town.keys |= {
        "tables:come": [("-".join(town.codes["table"].split()),)],
        "catches": [("lijn",)],
        "pages:catch": [("lijn",)],
        "threads:hand_over": [("weg",)],
        "neighbourhoods:decide_double": [(double.pk,)],
        "mail:choices": [(token,)],
        "mail:confirm": [(token, wish.pk)],
        "mail:unfollow": [(token, wish.pk)],
        "mail:unsubscribe": [(token, "news")],
    }


def _arriving(town: Town) -> None:
    """A list that waits for a yes, and somebody who says that a party is theirs."""
    home, now = town.workshop, timezone.now()
    listed = ContentFile(f"Naam,Soort\n{SECRET}lijst,bewonersinitiatief\n".encode(), "partijen.csv")
    batch = exchange.receive(home, [listed], at=now)
    asked = take_over(
        town.parties["ver"],
        name=f"{SECRET}vrager",
        email=f"{SECRET}vrager@voorbeeld.example",
        role="lid",
        wording="Ja",
        words=f"{SECRET}overname",
        at=now,
    )
    theirs = [(town.parties[name].key,) for name in ("school", "gemeente")]
    town.owners |= {town.parties[name].key: name for name in ("school", "gemeente")}
    town.keys |= {"exchange": [(batch.key,)], "neighbourhoods:decide_take_over": [(asked.key,)]}
    town.keys |= {f"neighbourhoods:{name}": theirs for name in ("own_ties", "take_over", "tell_own")}


def _moves(town: Town) -> None:
    """One move that is proposed, and one about which people are asked, on paper."""
    proposed, *_others, asked = Move.objects.filter(workshop=town.workshop)
    asking = begun(asked)
    first = sides(asking)[0]
    town.keys["defrag"] = [(proposed.pk,)]
    town.keys |= {"defrag:met": [(asking.key,)], "defrag:answer_for": [(first.key,)]}
    town.keys["defrag:answer"] = [("-".join(make_card(first, at=timezone.now()).split()),)]


def _trajectory(town: Town) -> None:
    home, now = town.workshop, timezone.now()
    row = trajectories.put_trajectory(
        _issue(),
        key="zaal-open",
        name="De zaal open",
        at=now - timedelta(days=100),
        benefit_for="Groepen zonder zaal",
        how_noticed="De deur is open",
        groups=[name_group(home, name="Jongeren")],
        started_on=timezone.localdate() - timedelta(days=100),
    )
    planned = trajectories.put_trajectory(_issue(), key="nog-niet-begonnen", name="Nog niet begonnen", at=now)
    trajectories.put_trajectory_party(row, party=town.parties["school"], role="Houdt de zaal open")
    pause = pauses.open_pause(row, at=now)
    pauses.answer_with(pause, voice=town.voices["inside"], noticed=Noticed.NO, text=f"{SECRET}pauze", at=now)
    town.owners[pause.key] = "school"
    town.keys |= {"pauses": [(pause.key,)], "pauses:of": [(row.key,)], "pauses:open": [(row.key,)]}
    for name in ("trajectory", "reword", "start_trajectory", "move", "trajectory_parties"):
        town.keys[f"issues:{name}"] = [(row.key,), (planned.key,)]


def _issue() -> Issue:
    return Issue.objects.select_related("workshop").get(key="zalen")
