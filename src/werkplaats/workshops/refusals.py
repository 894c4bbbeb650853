"""When something about a workshop, its places or its themes cannot be."""

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class UnknownParent(Refusal):
    """An area says that it lies in an area that is not there."""

    def __init__(self, *, code: str, parent: str) -> None:
        super().__init__(
            _("Gebied %(code)s ligt in %(parent)s, maar dat gebied is er niet.") % {"code": code, "parent": parent}
        )
        self.code = code


class AreasInACircle(Refusal):
    """Areas that lie inside each other, round and round."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(_("Deze gebieden liggen in elkaar, in een kring: %(codes)s.") % {"codes": ", ".join(codes)})
        self.codes = codes


class UnknownZone(Refusal):
    """A zone of time that this machine does not know."""

    def __init__(self, zone: str) -> None:
        super().__init__(
            _("De tijdzone %(zone)s bestaat niet. Schrijf bijvoorbeeld Europe/Amsterdam.") % {"zone": zone}
        )


class TermOutOfReach(Refusal):
    """A term that is shorter or longer than makes sense."""

    def __init__(self, value: int, *, least: int, most: int) -> None:
        super().__init__(
            _("%(value)s kan hier niet: kies van %(least)s tot %(most)s.")
            % {"value": value, "least": least, "most": most}
        )


class SameTheme(Refusal):
    """A theme cannot be related to itself."""

    def __init__(self, name: str) -> None:
        super().__init__(_("%(theme)s is hetzelfde thema, twee keer.") % {"theme": name})
