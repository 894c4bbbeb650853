from datetime import timedelta

import pytest

from tests.asks.street import ask, voice
from tests.builders import workshop
from tests.issues.shelf import NOW
from tests.tables.hall import an_issue, coming
from werkplaats.asks.models import VoiceIssue
from werkplaats.catches.actions import drop
from werkplaats.catches.models import Catch
from werkplaats.tables import actions
from werkplaats.tables.actions import agenda
from werkplaats.tables.models import AgendaLine
from werkplaats.tables.queries.agenda import agenda as agenda_of
from werkplaats.tables.refusals import NothingSaid

TODAY = NOW.date()


@pytest.mark.django_db
def test_the_agenda_counts_who_waits_and_never_tells_their_words() -> None:
    at_stake, question = an_issue("De Lange Tafel"), ask("Wat moet er binnen?")
    for number in range(6):
        waits = voice(f"Mijn geheim {number}", to=question)
        VoiceIssue.objects.create(voice=waits, issue=at_stake, ask=question)
    waits.come_back_on = TODAY
    waits.save()
    table = coming(about_issue=at_stake)
    lines = [one.text for one in agenda_of(table, today=TODAY).lines]
    assert lines[0] == "6 mensen wachten op antwoord: Wat moet er binnen?"
    assert "12 mei 2026" in lines[1]
    assert "geheim" not in " ".join(lines)


@pytest.mark.django_db
def test_few_who_wait_are_not_counted_on_an_agenda() -> None:
    at_stake, question = an_issue(), ask("Wat moet er binnen?")
    VoiceIssue.objects.create(voice=voice(to=question), issue=at_stake, ask=question)
    (line,) = agenda_of(coming(about_issue=at_stake), today=TODAY).lines
    assert line.text == "Er wachten mensen op antwoord: Wat moet er binnen?"


@pytest.mark.django_db
def test_what_a_table_would_come_back_to_is_told_without_its_words_until_it_is_settled() -> None:
    at_stake = an_issue("De Lange Tafel")
    before = actions.hold(workshop(), about="De vorige", held_at=NOW - timedelta(days=30), issue=at_stake)
    actions.note_date(before, who="Noor", text="Wie betaalt voor Noor?", on=TODAY, at=NOW)
    table = coming(about_issue=at_stake)
    (line,) = agenda_of(table, today=TODAY).lines
    assert "De vorige" in line.text
    assert "betaalt" not in line.text
    drop(Catch.objects.get(), at=NOW)
    assert agenda_of(table, today=TODAY).lines == ()


@pytest.mark.django_db
def test_a_host_takes_lines_off_puts_them_back_and_writes_lines() -> None:
    at_stake, question = an_issue(), ask()
    VoiceIssue.objects.create(voice=voice(to=question), issue=at_stake, ask=question)
    table = coming(about_issue=at_stake)
    (line,) = agenda_of(table, today=TODAY).lines
    for _time in range(2):
        agenda.take_off(table, ref=line.ref)
        agenda.write_line(table, text=" De koffie ")
    now = agenda_of(table, today=TODAY)
    assert ([one.text for one in now.lines], now.taken_off) == (["De koffie"], (line,))
    agenda.put_back(table, ref=line.ref)
    agenda.take_off(table, number=now.lines[0].number)
    assert agenda_of(table, today=TODAY).lines == (line,)
    assert not AgendaLine.objects.exists()
    with pytest.raises(NothingSaid):
        agenda.write_line(table, text=" ")
