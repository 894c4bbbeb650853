"""What a person is told when a receipt or a hand-over cannot do something. Nothing changed then."""

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class NothingLeft(Refusal):
    """There is nothing to hand over."""

    def __init__(self) -> None:
        super().__init__(_("Er staat niets meer open van deze partij in deze functie. Er is niets over te dragen."))


class SameParty(Refusal):
    """Who leaves cannot be who receives, unless the function differs."""

    def __init__(self) -> None:
        super().__init__(_("Wie weggaat en wie het overneemt zijn dezelfde. Noem een andere partij of functie."))


class NobodyNamed(Refusal):
    """Neither a receiver nor a visible "left open"."""

    def __init__(self) -> None:
        super().__init__(
            _("Kies wie het overneemt, of zeg dat het open blijft liggen. Dat laatste is voor iedereen te zien.")
        )
