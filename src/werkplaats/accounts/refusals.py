"""What somebody with a code is told when it opens nothing."""

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class WrongCode(Refusal):
    """The digits open nothing. Mistyped, never given, withdrawn, spent and over its date sound the same to a stranger."""

    def __init__(self) -> None:
        super().__init__(_("Met deze code gaat er niets open. Kijk de cijfers na en probeer het nog eens."))


class TooManyTries(Refusal):
    """So many wrong codes that somebody may be guessing."""

    def __init__(self) -> None:
        super().__init__(_("Er zijn te veel verkeerde codes getypt. Wacht een kwartier en probeer het dan nog eens."))
