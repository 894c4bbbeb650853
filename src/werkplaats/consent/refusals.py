"""When consent cannot be given or taken back."""

from datetime import date

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class AlreadyWithdrawn(Refusal):
    """Somebody said no to this purpose before. That is final: nobody can set it back."""

    def __init__(self, on: date) -> None:
        super().__init__(
            _("Deze toestemming is ingetrokken op %(date)s. Dat blijft zo.") % {"date": on.strftime("%d-%m-%Y")}
        )


class NeverGiven(Refusal):
    """There is nothing to take back."""

    def __init__(self) -> None:
        super().__init__(_("Deze toestemming is nooit gegeven."))
