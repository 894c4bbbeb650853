"""What a person is told when something cannot happen to an ask or a voice. Nothing changed then."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from werkplaats.asks.records import FIELD_WORDS
from werkplaats.kit.dates import written
from werkplaats.kit.refusal import Refusal


class NotWhole(Refusal):
    """An ask may not open before it tells everything; `missing` are names of fields."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        words = ", ".join(str(FIELD_WORDS[name]) for name in missing)
        super().__init__(_("Deze vraag kan nog niet open. Vul eerst in: %(words)s.") % {"words": words})


class AnotherStands(Refusal):
    """A workshop has one standing ask."""

    def __init__(self) -> None:
        super().__init__(_("Er is al een vraag die altijd openstaat. Een werkplaats heeft er één."))


class NotOpen(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Deze vraag is niet open. Er is niets bewaard."))


class AlreadySo(Refusal):
    """Somebody was first, or the button was pressed twice."""

    def __init__(self) -> None:
        super().__init__(_("Dit was al gebeurd. Er is niets veranderd."))


class NoWords(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Er staat nog niets. Schrijf op wat je kwijt wilt, in elke taal die je wilt."))


class TooLong(Refusal):
    def __init__(self, longest: int) -> None:
        super().__init__(
            _("Dit is te lang om in één keer te bewaren: er passen %(longest)d tekens in. Er is niets bewaard.")
            % {"longest": longest}
        )


class Withdrawn(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Deze stem is teruggenomen door wie haar gaf. Er is niets veranderd."))


class StaysInside(Refusal):
    """The giver said: only the workshop reads this."""

    def __init__(self) -> None:
        super().__init__(_("Wie dit vertelde, wil dat alleen de werkplaats het leest. Het gaat dus niet naar buiten."))


class WordsChanged(Refusal):
    """What goes out may leave words out, never change them."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Je mag woorden bedekken met […], maar niets veranderen of erbij zetten. Het zijn de woorden van een ander."
            )
        )


class HidingNeedsAReason(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Schrijf op waarom. Wie dit vertelde, krijgt die reden te lezen."))


class NobodyWaits(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Van wie je koos, wacht niemand meer op antwoord. Je antwoord is niet verstuurd."))


class NothingToJudge(Refusal):
    """The giver may speak about the reply that they got, until they did."""

    def __init__(self) -> None:
        super().__init__(
            _("Over dit antwoord is al iets gezegd, of het is niet meer het laatste. Er is niets veranderd.")
        )


class InThePast(Refusal):
    def __init__(self, day: date) -> None:
        super().__init__(_("%(day)s is al geweest. Kies een dag die nog komt.") % {"day": written(day)})


class CardTaken(Refusal):
    """The same card number of the same stack, with other words."""

    def __init__(self, batch: str, number: int) -> None:
        super().__init__(
            _("Kaart %(number)d van stapel “%(batch)s” staat er al, met andere woorden. Kijk het nummer na.")
            % {"number": number, "batch": batch}
        )


class SameWords(Refusal):
    """The same words stand on a card of another stack: perhaps the same card, typed in twice."""

    def __init__(self, batch: str, number: int) -> None:
        super().__init__(
            _(
                "Precies deze woorden staan er al: stapel “%(batch)s”, kaart %(number)d. Is het toch een ander mens? "
                "Vink dat dan aan."
            )
            % {"number": number, "batch": batch}
        )


class NotAnInitiative(Refusal):
    """A voice comes through a party of residents, or through nobody."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Een stem komt binnen via een bewonersinitiatief, of via niemand. %(name)s is geen bewonersinitiatief.")
            % {"name": name}
        )


class UnreadableTable(Refusal):
    """A file that cannot be read as a table at all."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” kunnen we niet lezen. Bewaar het bestand als CSV of als Excel (xlsx) en probeer het opnieuw.")
            % {"name": name}
        )


class TooManyRows(Refusal):
    def __init__(self, most: int) -> None:
        super().__init__(_("Er passen %(most)d stemmen in één bestand. Knip het in stukken.") % {"most": most})
