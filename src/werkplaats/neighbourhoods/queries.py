from werkplaats.neighbourhoods.models import Steward
from werkplaats.neighbourhoods.records import StewardLine
from werkplaats.workshops.models import Workshop


def stewards(*, workshop: Workshop) -> tuple[StewardLine, ...]:
    """Whose is this: who pays, hosts and decides."""
    rows = Steward.objects.filter(workshop=workshop).select_related("party")
    return tuple(StewardLine(row.role, row.party.key, row.party.name, row.words) for row in rows)
