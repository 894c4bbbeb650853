import pytest

from tests.asks.street import NOW, ask, shared, voice
from tests.builders import party, workshop
from werkplaats.asks import actions
from werkplaats.asks.analysis import known_already, language_of
from werkplaats.asks.rules import Privacy
from werkplaats.config.sweeps import until_done
from werkplaats.search.sweeps import INDEX

pytestmark = pytest.mark.django_db


def test_before_anything_is_indexed_it_says_that_nothing_can_be_compared() -> None:
    found = known_already(workshop(), "Waar kunnen we samenkomen?")
    assert (found.found, found.is_ready) == ((), False)


def test_what_was_told_in_another_language_is_known_too() -> None:
    row = ask("Veilig naar school", asker=party("Gemeente"))
    shared("There is no affordable room where our group can meet in the evening.", to=row, language="en")
    until_done([INDEX])
    found = known_already(workshop(), "Is er een betaalbare zaal waar onze groep 's avonds kan samenkomen?").found
    assert [one.kind for one in found][:1] == ["voice"]
    assert found[0].likeness > 0.3


def test_what_stays_inside_is_never_known_already() -> None:
    row = ask("Veilig naar school", asker=party("Gemeente"))
    words = "PLANTED geen betaalbare zaal waar onze groep kan samenkomen"
    voice(words, to=row)
    voice(f"{words} ongezien", to=row, privacy=Privacy.NAMELESS)
    actions.hide(shared(f"{words} verborgen", to=row), reason="Daarom.", at=NOW)
    actions.withdraw(shared(f"{words} weg", to=row), at=NOW)
    until_done([INDEX])
    assert "PLANTED" not in repr(known_already(workshop(), words))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De lift is al weken kapot.", "nl"),
        ("The lift has been broken for weeks.", "en"),
        ("نريد مكانا قريبا نجتمع فيه مساء", "ar"),
        ("Akşamları buluşabileceğimiz bir yer istiyoruz.", "tr"),
        ("👍", ""),
    ],
)
def test_the_language_of_a_voice_is_told_by_its_words(text: str, language: str) -> None:
    assert language_of(text) == language
