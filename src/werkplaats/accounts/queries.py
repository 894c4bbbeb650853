from werkplaats.accounts.models import Role
from werkplaats.accounts.rules import RoleName, Who
from werkplaats.workshops.models import Workshop


def who_is(account_id: int | None, *, workshop: Workshop, language: str) -> Who:
    """Somebody at a door of this workshop, with the roles of their account in it."""
    names = (
        Role.objects.filter(workshop=workshop, account_id=account_id).values_list("name", flat=True)
        if account_id
        else ()
    )
    return Who(
        workshop_id=workshop.pk,
        account_id=account_id,
        roles=frozenset(RoleName(name) for name in names),
        language=language,
    )
