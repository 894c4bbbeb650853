"""Two people who do the same thing at the same moment."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from tests.asks.street import NOW, ask, voice
from tests.builders import party, workshop
from werkplaats.asks import actions
from werkplaats.asks.models import Ask, Reply, Voice
from werkplaats.asks.refusals import NobodyWaits
from werkplaats.kit.refusal import Refusal


def together(*acts: Callable[[], object]) -> list[BaseException | None]:
    """What each act said that begins at the same moment as the others: a refusal, or nothing."""
    said: list[BaseException | None] = [None] * len(acts)
    ready = threading.Barrier(len(acts))

    def do(number: int, act: Callable[[], object]) -> None:
        try:
            ready.wait()
            act()
        except BaseException as failure:  # noqa: BLE001  # told in the thread of the test
            said[number] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_the_same_voice_at_once_one_is_told_that_nobody_waits() -> None:
    given, school, town = voice(to=ask()), party("Kadeschool"), party("Gemeente")
    said = together(
        lambda: actions.reply(given.ask, voices=[given], party=school, text="Ja.", at=NOW),
        lambda: actions.reply(given.ask, voices=[given], party=town, text="Nee, omdat.", at=NOW),
    )
    assert sorted(type(one).__name__ for one in said) == [NobodyWaits.__name__, "NoneType"]
    assert Reply.objects.get().voices.get().voice == given


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_at_once_is_one_voice_and_one_ask() -> None:
    row, home = ask(), workshop()
    give = {"text": "De lift.", "at": NOW, "once": "eens"}
    new = {"title": "Nog een zaal", "question": "Waar?", "taken": frozenset({"nieuw"})}
    said = together(
        *[lambda: actions.give_voice(row, **give)] * 3,  # type: ignore[arg-type]
        *[lambda: actions.new_ask(home, **new)] * 3,  # type: ignore[arg-type]
    )
    assert said == [None] * 6
    assert (Voice.objects.count(), Ask.objects.filter(title="Nog een zaal").count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_who_withdraws_while_somebody_answers_leaves_no_words_and_waits_for_nothing() -> None:
    given, school = voice(to=ask()), party("Kadeschool")
    together(
        lambda: actions.withdraw(given, at=NOW),
        lambda: actions.reply(given.ask, voices=[given], party=school, text="Ja.", at=NOW),
    )
    given.refresh_from_db()
    assert (given.state, given.text) == ("withdrawn", "")
    with pytest.raises(Refusal):
        actions.reply(given.ask, voices=[given], party=school, text="Ja.", at=NOW)


@pytest.mark.django_db
def test_a_voice_is_never_without_an_ask() -> None:
    given = voice(to=ask())
    with pytest.raises(ProtectedError):
        given.ask.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.filter(pk=given.pk).update(ask=None)
