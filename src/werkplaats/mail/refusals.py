"""What somebody is told when we cannot mail. Nothing changed then."""

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class NoAddress(Refusal):
    """What was typed is no mail address."""

    def __init__(self) -> None:
        super().__init__(_("Dit is geen mailadres. Kijk het na, bijvoorbeeld of er een @ in staat."))


class TooManyWishes(Refusal):
    """So many addresses from one place that somebody may be teasing others."""

    def __init__(self) -> None:
        super().__init__(_("Er zijn hier net veel mailadressen getypt. Wacht een uur en probeer het dan nog eens."))
