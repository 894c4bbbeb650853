"""A planted set of records, of which is known by hand what belongs in whose mirror."""

from datetime import UTC, date, datetime, timedelta

from tests.builders import party, workshop
from werkplaats.asks.models import Ask, GiveBack, Reply, ReplyVoice, Voice
from werkplaats.issues.models import Issue, Trajectory, TrajectoryParty
from werkplaats.kit.names import sort_key
from werkplaats.mirror.models import Attempt, AttemptProof
from werkplaats.neighbourhoods.models import Able, Need, Party, Steward
from werkplaats.promises.models import Promise, PromiseReceiver, Verdict
from werkplaats.sources.models import Fragment, Page, SaidBefore, Source
from werkplaats.tables.models import Seat, Table

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
TODAY = NOW.date()

EXPECTED = [
    ("gave", "replied:hek", "Wanneer gaat het hek open?"),
    ("gave", "kept:lamp", "Een lamp bij de brug"),
    ("never_back", "to-us:sleutels", "De sleutels van het Kadehuis"),
    ("never_back", "own-need:een-kamer", "Een kamer voor spreekuur"),
    ("years", "attempt:buurtloket", "Buurtloket"),
    ("years", "trajectory:samen-een-zaal", "Samen een zaal"),
    ("promises", "promise:formulier", "Eén formulier voor een buurtfeest"),
    ("promises", "promise:lamp", "Een lamp bij de brug"),
    ("asks", "answers:hek", "Wanneer gaat het hek open?"),
    ("asks", "ask:lijst", "De zalenlijst"),
    ("said", "passage:plan:1:0", "Bij het Havenbureau lagen drie formulieren, zegt het tweede rapport."),
    ("said", "voices:hek", "Wanneer gaat het hek open?"),
    ("needs", "able:hulp", "Hulp bij een vergunning"),
]
"""Everything that the mirror of the office holds on `TODAY`, in order; nothing else that is planted appears."""


def planted() -> Party:
    """The office, a public body, with records of every kind: some on two sources, some on one."""
    office, kitchen = party("Havenbureau", kind="government"), party("Buurtkeuken")
    school = party("Hogeschool", kind="research")
    table = _table("overleg", office, kitchen)
    _promises(office, kitchen, school, table)
    _asks(office, kitchen)
    _documents(school, office)
    _needs(office, kitchen, school)
    _years(office, kitchen, table)
    return office


def _table(key: str, *parties: Party) -> Table:
    row = Table.objects.create(workshop=workshop(), key=key, about="Overleg zaal", sort_name="overleg", held_at=NOW)
    for each in parties:
        Seat.objects.create(table=row, party=each)
    return row


def promise(key: str, maker: Party, wording: str, **told: object) -> Promise:
    """A promise with a yes."""
    facts = {"kind": "do", "state": "running", "confirmed_at": NOW - timedelta(days=90), "drafted_at": NOW, **told}
    return Promise.objects.create(workshop=maker.workshop, key=key, maker=maker, wording=wording, **facts)


def _promises(office: Party, kitchen: Party, school: Party, table: Table) -> None:
    lamp = promise("lamp", office, "Een lamp bij de brug", state="done", done_at=NOW, due_on=date(2026, 4, 1))
    Verdict.objects.create(promise=lamp, giver_kind="party", giver=kitchen.key, word="kept", at=NOW)
    PromiseReceiver.objects.create(promise=lamp, party=kitchen)
    promise("formulier", office, "Eén formulier voor een buurtfeest", table_key=table.key, due_on=date(2026, 5, 1))
    promise("alleen-wij", office, "Een muurtje: alleen ons eigen ja")
    keys = promise("sleutels", kitchen, "De sleutels van het Kadehuis", table_key=table.key, due_on=date(2026, 5, 6))
    PromiseReceiver.objects.create(promise=keys, party=office)
    late = promise("stoelen", school, "Twaalf stoelen: te laat, alleen hun eigen ja", due_on=date(2026, 5, 6))
    PromiseReceiver.objects.create(promise=late, party=office)


def ask(key: str, title: str, asker: Party | None, **told: object) -> Ask:
    """An ask that is open."""
    facts = {"opened_on": date(2026, 3, 1), "state": "closed", "closed_on": date(2026, 4, 1), **told}
    return Ask.objects.create(
        workshop=workshop(), key=key, title=title, sort_name=sort_key(title), question=title, asker=asker, **facts
    )


def voices(of: Ask, how_many: int, *, text: str = "") -> list[Voice]:
    """So many people told something; with `text` it may go out, after a look."""
    begin = of.voices.count()
    out = {"privacy": "nameless", "shared_text": text, "looked_at": NOW, "goes_out": True} if text else {}
    return [
        Voice.objects.create(
            workshop=of.workshop, key=f"{of.key}-{n}", ask=of, text=text or "stil", given_at=NOW, **out
        )
        for n in range(begin, begin + how_many)
    ]


def fits(of: Ask, by: Party, those: list[Voice], word: str = "fits") -> None:
    """The party replied to these, who say that it fits, or not."""
    reply, _made = Reply.objects.get_or_create(
        workshop=of.workshop, key=f"antwoord-{of.key}", defaults={"ask": of, "party": by, "text": "x", "at": NOW}
    )
    for one in those:
        Voice.objects.filter(pk=one.pk).update(state=word, replied_at=NOW)
        ReplyVoice.objects.create(reply=reply, voice=one, fit=word, fit_at=NOW)


def _asks(office: Party, kitchen: Party) -> None:
    gate = ask("hek", "Wanneer gaat het hek open?", None)
    told = voices(gate, 6, text="Het Havenbureau heeft de sleutel.")
    fits(gate, office, told[:4])
    fits(gate, office, told[4:], "does_not_fit")
    quiet = ask("stil", "Een vraag aan vier mensen", office, answer_by=date(2026, 4, 1))
    voices(quiet, 4, text="Bij het Havenbureau wachten wij: te weinig om te tellen.")
    lists = ask("lijst", "De zalenlijst", office, answer_by=date(2026, 4, 1))
    GiveBack.objects.create(ask=lists, key="terug", text="Dit kwam eruit", at=NOW, party=kitchen)
    ask("nooit", "Een vraag die niemand anders noemt", office)


def passage(source: str, holder: Party | None, text: str) -> Fragment:
    """One passage on the first page of a document."""
    row = Source.objects.create(
        workshop=workshop(),
        key=source,
        title=source.title(),
        kind="report",
        holder=holder,
        file=f"{source}.txt",
        file_name=f"{source}.txt",
        media_type="text/plain",
        sha256=source.ljust(64, "0"),
        added_at=NOW,
    )
    page = Page.objects.create(source=row, number=1, text=text)
    return Fragment.objects.create(
        page=page, source=row, start=0, end=len(text), text=text, text_hash=source, language="nl"
    )


def _documents(school: Party, office: Party) -> None:
    plan = passage("plan", None, "Bij het Havenbureau lagen drie formulieren.")
    again = passage("rapport", school, "Bij het Havenbureau lagen drie formulieren, zegt het tweede rapport.")
    SaidBefore.objects.create(earlier=plan, later=again, likeness="meaning", score=0.9)
    one = passage("brief", school, "De brief van het Havenbureau kwam te laat.")
    same = passage("brief-2", school, "De brief van het Havenbureau kwam weer te laat.")
    SaidBefore.objects.create(earlier=one, later=same, likeness="meaning", score=0.9)
    passage("los", None, "Het Havenbureau staat ook hier, en nergens anders.")
    other, last = (
        passage("a", None, "Havenbureaucratie is iets anders."),
        passage("b", school, "Havenbureaucratie ook."),
    )
    SaidBefore.objects.create(earlier=other, later=last, likeness="meaning", score=0.9)


def _needs(office: Party, kitchen: Party, school: Party) -> None:
    room = _need("een-kamer", office, "Een kamer voor spreekuur")
    Able.objects.create(need=room, party=kitchen, confirmed_by=school, confirmed_on=TODAY)
    _need("een-fiets", office, "Een fiets: niemand zegt wie die heeft")
    help_ = _need("hulp", kitchen, "Hulp bij een vergunning")
    Able.objects.create(need=help_, party=office, confirmed_by=school, confirmed_on=TODAY)
    self_said = _need("zaal", kitchen, "Een zaal, zegt alleen de keuken zelf")
    Able.objects.create(need=self_said, party=office, confirmed_by=kitchen, confirmed_on=TODAY)


def _need(key: str, of: Party, text: str) -> Need:
    return Need.objects.create(workshop=of.workshop, key=key, party=of, kind="need", text=text)


def attempt(key: str, of: Party, what: str, since: int, until: int | None = None) -> Attempt:
    """Something a party tried, as it tells it."""
    return Attempt.objects.create(
        workshop=of.workshop,
        key=key,
        party=of,
        what=what,
        since=since,
        until=until,
        ending="stopped" if until else "runs",
        why="Geen geld" if until else "",
        told_at=NOW,
    )


def _years(office: Party, kitchen: Party, table: Table) -> None:
    counter = attempt("buurtloket", office, "Buurtloket", 2013, 2016)
    AttemptProof.objects.create(attempt=counter, party=kitchen, asked_at=NOW, confirmed_at=NOW)
    budget = attempt("wijkbudget", office, "Wijkbudget, zeggen wij zelf", 2015, 2019)
    AttemptProof.objects.create(attempt=budget, party=kitchen, asked_at=NOW)
    issue = Issue.objects.create(workshop=workshop(), key="zaal", name="Zaal", sort_name="zaal", state="accepted")
    work = Trajectory.objects.create(
        workshop=workshop(),
        issue=issue,
        key="samen-een-zaal",
        name="Samen een zaal",
        sort_name="samen een zaal",
        benefit_for="Groepen",
        how_noticed="Een avond",
        started_on=date(2026, 2, 1),
    )
    for each in (office, kitchen):
        TrajectoryParty.objects.create(trajectory=work, party=each)
    Table.objects.filter(pk=table.pk).update(issue=issue)


def steward(of: Party) -> Steward:
    """This party is the workshop itself."""
    return Steward.objects.create(workshop=of.workshop, role="is", party=of, words="Dat zijn wij.")
