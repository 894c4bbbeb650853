"""What a person is told when something cannot happen with a mirror. Nothing changed then."""

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class NothingOnRecord(Refusal):
    """Of a party without records there is nothing to show."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Over deze partij is nog niets vastgelegd: geen belofte, geen vraag, geen tafel, geen document. Er is dus nog "
                "geen spiegel te maken. Leg eerst vast wat er gebeurt."
            )
        )


class NotOneDay(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Deze dag kan niet. Kies een dag vanaf de stand van de spiegel, en niet later dan vandaag."))


class NotYetTalked(Refusal):
    """A party says yes to what it has seen and talked about."""

    def __init__(self) -> None:
        super().__init__(
            _("Jullie praatten nog niet samen over deze stand. Doe dat eerst. Daarna kunnen jullie ja of nee zeggen.")
        )


class NotTheirs(Refusal):
    """Only a mirror that waits for a yes can get one."""

    def __init__(self) -> None:
        super().__init__(_("Voor deze spiegel is geen ja nodig. Er is niets veranderd."))


class NotThere(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Dit staat niet in de spiegel. Er is niets veranderd."))


class WrongYears(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Deze jaren kloppen niet. Wat ophield, hield op in of na het jaar waarin het begon, en niet later dan nu."
            )
        )


class OwnWord(Refusal):
    """A party does not confirm its own words."""

    def __init__(self) -> None:
        super().__init__(
            _("Een partij kan haar eigen woorden niet bevestigen. Vraag het aan een partij die erbij was.")
        )


class SameParty(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Kies een andere partij om naast te leggen."))
