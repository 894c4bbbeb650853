"""What somebody is told when a line cannot be caught or settled. Nothing changed then."""

from datetime import date

from django.utils.translation import gettext as _

from werkplaats.kit.dates import written
from werkplaats.kit.refusal import Refusal


class NothingHappened(Refusal):
    """A line without what."""

    def __init__(self) -> None:
        super().__init__(_("Schrijf in een paar woorden wat er gebeurde."))


class DayIsOver(Refusal):
    """It should be done by a day that has passed."""

    def __init__(self, day: date) -> None:
        super().__init__(_("%(day)s is al voorbij. Kies vandaag of een dag die nog komt.") % {"day": written(day)})


class TellsHowToReach(Refusal):
    """A phone number or mail address of somebody, noted by another."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Hier staat een telefoonnummer of mailadres in. Laat dat weg: mensen geven het zelf, als ze dat willen. "
                "De rest van je regel staat er nog."
            )
        )


class AlreadySettled(Refusal):
    """It became something else meanwhile, or was let go."""

    def __init__(self) -> None:
        super().__init__(_("Met deze regel is al iets gedaan. Er is niets veranderd."))
