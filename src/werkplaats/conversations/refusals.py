"""What a person is told when something cannot happen in a conversation. Nothing changed then."""

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class Closed(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Dit gesprek is niet open. Er is niets bewaard."))


class HasAConversation(Refusal):
    """An ask has one conversation at most."""

    def __init__(self) -> None:
        super().__init__(_("Bij deze uitvraag hoort al een gesprek met stellingen."))


class NeverCloses(Refusal):
    """The standing ask promises each giver an answer, and has no day on which results come back."""

    def __init__(self) -> None:
        super().__init__(_("Deze uitvraag staat altijd open. Maak voor een gesprek een eigen uitvraag, met een dag."))


class NoStatements(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Een gesprek begint met een stelling. Schrijf er een op, of kies er een."))


class NoSuchStatement(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Deze stelling hoort niet (meer) bij dit gesprek. Je stem is niet bewaard."))


class NoSuchAnswer(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Kies eens, oneens of weet niet. Je stem is niet bewaard."))


class StatementTooLong(Refusal):
    def __init__(self, most: int) -> None:
        super().__init__(_("Een stelling is hoogstens %(most)d tekens. Zeg één ding tegelijk.") % {"most": most})


class SaysNothing(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Er staat nog niets."))


class StandsAlready(Refusal):
    """The same words, but for capitals and white space, stand in the conversation or were given before."""

    def __init__(self) -> None:
        super().__init__(_("Deze stelling is al gegeven, met dezelfde woorden."))


class NoMoreStatements(Refusal):
    def __init__(self) -> None:
        super().__init__(_("In dit gesprek kun je zelf geen stellingen toevoegen."))


class RefusingNeedsAReason(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Schrijf waarom deze stelling niet meedoet. Wie haar gaf, leest het."))


class Gone(Refusal):
    """Who withdrew takes no part any more."""

    def __init__(self) -> None:
        super().__init__(_("Deze antwoorden zijn weggehaald. Begin opnieuw als je toch mee wilt doen."))


class NeedsCode(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Aan dit gesprek doe je mee met een code. Vraag de gastheer of gastvrouw om een kaart."))


class SheetTaken(Refusal):
    """A sheet of this number was typed in with other answers: two sheets, or a mistake; a human must say which."""

    def __init__(self, number: int) -> None:
        super().__init__(
            _("Blad %(number)d van deze stapel staat er al, met andere antwoorden. Kijk het nummer na.")
            % {"number": number}
        )


class EmptySheet(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Op dit blad is nog niets ingevuld."))


class TooFewToTakeOut(Refusal):
    """Of a few people the votes tell who they are, also under random ids."""

    def __init__(self, small: int) -> None:
        told = _("Hier deden nog te weinig mensen mee om dit mee te geven. Dat kan vanaf %(small)d mensen.")
        super().__init__(told % {"small": small})


class NothingComputed(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Er is nog geen uitkomst. Kom over een minuut terug."))
