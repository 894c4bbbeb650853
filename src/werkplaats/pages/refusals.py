"""What a coordinator is told when a line cannot become what they chose. Nothing changed then."""

from django.utils.translation import gettext as _

from werkplaats.kit.refusal import Refusal


class NoSuchParty(Refusal):
    """A tie is between two parties on record."""

    def __init__(self, name: str) -> None:
        words = _("“%(name)s” staat nog niet bij de partijen. Een band is tussen twee partijen die we kennen.")
        super().__init__(
            words % {"name": name}
            if name
            else _("Een band is tussen twee partijen. Er staat er maar één op deze regel.")
        )
