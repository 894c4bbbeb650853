"""Whatever happens to voices and promises: what the pages count is what somebody counts who reads every row."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.asks import street
from tests.builders import workshop
from tests.promises.table import party
from werkplaats.accounts.rules import Who
from werkplaats.asks import actions as asks
from werkplaats.asks.models import Ask, ReplyVoice, Voice, VoiceIssue
from werkplaats.asks.queries import public_page, standing_of_desk, waiting
from werkplaats.asks.rules import Fit, Privacy
from werkplaats.issues.models import Issue
from werkplaats.kit.refusal import Refusal
from werkplaats.pages.queries import issue_page, start_page
from werkplaats.promises import actions as promises
from werkplaats.promises import queries as ledger
from werkplaats.promises.models import Promise, PromiseReceiver, Verdict
from werkplaats.promises.records import Filters
from werkplaats.promises.rules import Channel, Giver, GiverKind, Kind, Word
from werkplaats.threads.queries import facts_of_issue, stations_of_ask
from werkplaats.threads.queries.telling import line
from werkplaats.threads.records import Facts

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 12, 10, tzinfo=UTC)
TODAY = NOW.date()
ZONE = ZoneInfo("Europe/Amsterdam")

VOICES = st.sampled_from(
    ["reply", "fits", "does not fit", "dispute", "silence", "withdraw", "add", "come back", "share", "keep in", "hide",
     "show again", "put with", "take out"]
)  # fmt: skip
PROMISES = st.sampled_from(["yes", "no", "done", "withdraw", "extend", "maker says", "party says", "giver says"])
HISTORIES = st.lists(
    st.one_of(st.tuples(st.integers(0, 7), VOICES), st.tuples(st.integers(8, 11), PROMISES)), min_size=4, max_size=24
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES)
def test_what_the_pages_count_is_what_reading_every_row_counts(events: list[tuple[int, str]]) -> None:
    with transaction.atomic():
        issue = _street()
        for number, event in events:
            with suppress(Refusal):
                if number < 8:
                    _to_voice(Voice.objects.get(key=f"v{number}"), event, issue)
                else:
                    _to_promise(Promise.objects.get(key=f"b{number}"), event)
        _voices_are_counted(issue)
        _each_link_knows_its_ask()
        _what_goes_out_is_counted(issue)
        _promises_are_counted(issue)
        transaction.set_rollback(True)


def _street() -> Issue:
    """Two asks, of which one is about the issue; eight voices from two areas; four things said."""
    home = workshop()
    issue = Issue.objects.create(
        workshop=home, key="zaal", name="Een zaal", sort_name="een zaal", state="accepted", decided_on=TODAY
    )
    about = street.ask("Een zaal", issue=issue)
    other = asks.standing_ask(home, on=TODAY)
    areas = [street.area("Kadebuurt"), street.area("Weverij")]
    for number in range(8):
        given = street.voice(
            f"Stem {number} over de zaal.",
            to=about if number % 2 else other,
            at=NOW - timedelta(days=number * 3),
            privacy=Privacy.WORKSHOP if number == 7 else Privacy.NAMELESS,
            area=areas[number > 5],
            group="ouders" if number < 5 else "",
        )
        Voice.objects.filter(pk=given.pk).update(key=f"v{number}")
    for number in range(8, 12):
        said = promises.Said(
            Kind.NO if number == 11 else Kind.DO,
            party("Gemeente"),
            f"Belofte {number}.",
            due_on=TODAY + timedelta(days=number),
            issue=issue if number != 9 else None,
            parties=(party("Kadeschool"),),
            voices=(Voice.objects.get(key=f"v{number - 8}"),),
        )
        promises.draft(home, said, at=NOW, key=f"b{number}")
    return issue


def _to_voice(row: Voice, event: str, issue: Issue) -> None:
    link = row.replies.order_by("-reply_id").first()
    match event:
        case "reply":
            asks.reply(row.ask, voices=[row], party=party("Kadeschool"), text="Ja.", at=NOW)
        case "fits" | "does not fit" if link:
            asks.fit(row, reply=link.reply, fit=Fit.FITS if event == "fits" else Fit.DOES_NOT_FIT, at=NOW)
        case "dispute" if link:
            asks.dispute(row, reply=link.reply, at=NOW)
        case "silence":
            asks.settle_silence(row.workshop, at=NOW + timedelta(days=40))
        case "come back":
            asks.come_back(row, on=TODAY + timedelta(days=row.pk % 5), today=TODAY)
        case "put with" | "take out":
            asks.belongs_to_issues(row, issues=[issue] if event == "put with" else [])
        case _:
            _to_its_words(row, event)


def _to_its_words(row: Voice, event: str) -> None:
    match event:
        case "withdraw":
            asks.withdraw(row, at=NOW)
        case "add":
            asks.add_words(row, text="En nog iets.")
        case "share" | "keep in":
            asks.look(row, shared_text=row.text if event == "share" else "", at=NOW)
        case "hide":
            asks.hide(row, reason="Er staat een naam in.", at=NOW)
        case "show again":
            asks.show_again(row)


def _to_promise(row: Promise, event: str) -> None:
    school, voice = party("Kadeschool"), row.receivers.exclude(voice=None)[0].voice
    later = NOW + timedelta(days=1)
    assert voice is not None
    match event:
        case "yes":
            promises.confirm(row, at=NOW, channel=Channel.LINK)
        case "no":
            promises.deny(row, words="Dat zeiden we niet.")
        case "done":
            promises.report_done(row, evidence="Een foto.", at=later)
        case "withdraw":
            promises.withdraw(row, reason="Het geld kwam niet.", at=later)
        case "extend":
            promises.extend(row, due_on=TODAY + timedelta(days=60), reason="De aannemer was ziek.", at=later)
        case "maker says":
            promises.maker_verdict(row, word=Word.KEPT, at=later)
        case "party says":
            promises.receiver_verdict(row, by=Giver(GiverKind.PARTY, school.key), word=Word.PARTLY, at=later)
        case "giver says":
            promises.receiver_verdict(row, by=Giver(GiverKind.RECEIPT, voice.key), word=Word.NOT, at=later)


def _day(moment: datetime) -> Any:
    return moment.astimezone(ZONE).date()


def _on(issue: Issue) -> list[Voice]:
    put_with = set(VoiceIssue.objects.filter(issue=issue).values_list("voice", flat=True))
    return [row for row in Voice.objects.select_related("ask") if row.ask.issue_id == issue.pk or row.pk in put_with]


def _voices_are_counted(issue: Issue) -> None:
    home, rows = workshop(), list(Voice.objects.select_related("ask"))
    waits = [row for row in rows if row.state == "waiting"]
    found = waiting(home, today=TODAY)
    assert (found.count, found.over_14_days) == (
        len(waits),
        sum(1 for row in waits if (TODAY - _day(row.given_at)).days > 14),
    )
    assert found.does_not_fit == sum(1 for row in rows if row.state == "does_not_fit") + sum(
        1 for row in waits if row.reopened
    )
    assert start_page(home, today=TODAY, zone=ZONE).waiting == found
    _are_told(_on(issue), facts_of_issue(issue, today=TODAY))
    page = issue_page(home, issue.key, who=Who(), today=TODAY)
    assert page is not None
    assert page.told == len(_on(issue))
    assert page.line == line(facts_of_issue(issue, today=TODAY), today=TODAY)
    for ask in Ask.objects.all():
        assert stations_of_ask(home, ask.key, today=TODAY) is not None


def _each_link_knows_its_ask() -> None:
    assert not VoiceIssue.objects.exclude(ask=F("voice__ask")).exists()
    assert not PromiseReceiver.objects.exclude(voice=None).exclude(ask=F("voice__ask")).exists()


def _are_told(rows: list[Voice], facts: Facts) -> None:
    told, waits = facts.told, [row for row in rows if row.state == "waiting"]
    answered = [row for row in rows if row.state in ("replied", "fits", "does_not_fit", "silent")]
    days = [row.come_back_on or row.ask.answer_by or _day(row.given_at) + timedelta(days=14) for row in waits]
    assert (told.voices, told.waiting, told.replied) == (len(rows), len(waits), len(answered))
    assert told.gone == sum(1 for row in rows if row.state == "withdrawn")
    assert told.fits == sum(1 for row in rows if row.state == "fits")
    assert told.does_not_fit == sum(
        1 for row in rows if row.state == "does_not_fit" or (row.state == "waiting" and row.reopened)
    )
    assert told.promised_by == min(days, default=None)
    assert told.first_on == min((_day(row.given_at) for row in rows), default=None)
    assert told.replied_on == max((_day(row.replied_at) for row in rows if row.replied_at), default=None)


def _what_goes_out_is_counted(issue: Issue) -> None:
    rows = Voice.objects.all()
    out = {
        row.pk
        for row in rows
        if row.privacy == "nameless"
        and row.looked_at
        and row.shared_text
        and not row.hidden_at
        and row.state != "withdrawn"
    }
    put_with = set(VoiceIssue.objects.filter(issue=issue).values_list("voice", flat=True))
    mine_of: dict[Ask | Issue, set[int]] = {issue: put_with & out}
    for ask in Ask.objects.all():
        mine_of[ask] = {row.pk for row in rows if row.ask_id == ask.pk} & out
    for about, mine in mine_of.items():
        page = public_page(about, limit=20)
        assert page.count == len(page.voices) == len(mine)
        assert {one.text for one in page.voices} == {row.shared_text for row in rows if row.pk in mine}
        for one in page.voices:
            said = next(row for row in rows if row.shared_text == one.text)
            there = sum(1 for row in rows if row.pk in mine and row.area_id == said.area_id)
            assert bool(one.place) == (there >= workshop().small_number)
    unseen = [row for row in rows if row.privacy == "nameless" and not row.looked_at and not row.hidden_at]
    assert standing_of_desk(workshop()).to_look_at == sum(1 for row in unseen if row.state != "withdrawn")
    assert not ReplyVoice.objects.filter(voice__state="waiting", fit="fits", disputed=False).exists()


def _promises_are_counted(issue: Issue) -> None:
    home, rows = workshop(), list(Promise.objects.all())
    found = ledger.counts(home, today=TODAY)
    assert (found.waiting, found.denied) == (_states(rows, "draft"), _states(rows, "denied"))
    assert found.running == sum(1 for row in rows if row.state == "running" and row.kind != "no")
    assert found.done == _states(rows, "done")
    promised = facts_of_issue(issue, today=TODAY).promised
    mine = [row for row in rows if row.issue_id == issue.pk]
    made = [row for row in mine if row.state in ("running", "done") and row.kind != "no"]
    assert (promised.made, promised.waiting) == (len(made), _states(mine, "draft"))
    assert promised.refused == sum(1 for row in mine if row.state == "running" and row.kind == "no")
    assert promised.done == _states(made, "done")
    words = list(Verdict.objects.filter(promise__in=made, giver_kind="party").values_list("word", flat=True))
    assert (promised.noticed, promised.unnoticed) == (words.count("kept") + words.count("partly"), words.count("not"))
    assert promised.next_due == min((row.due_on for row in made if row.due_on and row.state == "running"), default=None)
    said_yes = [row for row in rows if row.state in ("running", "done", "withdrawn")]
    for filters, listed in (
        (Filters(), said_yes),
        (Filters(issue=issue.key), [row for row in said_yes if row.issue_id == issue.pk]),
        (Filters(maker=party("Gemeente").key), said_yes),
        (Filters(receiver=party("Kadeschool").key), said_yes),
        (Filters(receiver=party("Gemeente").key), []),
    ):
        some = ledger.some(home, filters, today=TODAY, most=2)
        assert (some.in_all, len(some.lines), some.has_more) == (len(listed), min(2, len(listed)), len(listed) > 2)
        assert {one.key for one in some.lines} <= {row.key for row in listed}


def _states(rows: list[Promise], state: str) -> int:
    return sum(1 for row in rows if row.state == state)
