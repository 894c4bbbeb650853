"""The doors of matches and of who depends on whom."""

from django.urls import reverse
from django.utils.translation import gettext as _

from werkplaats.workshops.models import Workshop

PLACE = "neighbourhood"


def trail(workshop: Workshop, *, matches: bool = False) -> list[tuple[str, str]]:
    """The way back to the neighbourhood, or to the matches."""
    way = [(reverse("pages:neighbourhood", args=[workshop.key]), _("De wijk"))]
    return [*way, (reverse("dependence:matches", args=[workshop.key]), _("Wie past bij wie"))] if matches else way
