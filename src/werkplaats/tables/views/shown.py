"""What the pages of tables share."""

from django.urls import reverse
from django.utils.translation import gettext as _

from werkplaats.tables.models import Table
from werkplaats.workshops.models import Workshop

PLACE = "issues"


def trail(workshop: Workshop) -> list[tuple[str, str]]:
    """The way back to all tables."""
    return [(reverse("tables:tables", args=[workshop.key]), _("Tafels"))]


def trail_of(table: Table) -> list[tuple[str, str]]:
    """The way back to one table."""
    here = reverse("tables:table", args=[table.workshop.key, table.key])
    return [*trail(table.workshop), (here, table.about)]
