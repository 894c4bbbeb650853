"""When something about a move cannot be."""

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class Overtaken(Refusal):
    """A move that is no longer proposed cannot be refused."""

    def __init__(self) -> None:
        super().__init__(_("Deze zet staat er niet meer: sinds de laatste meting zijn andere zetten beter."))
