"""A chain for tests: a damp wall, from the tenant past the housing association to the painter."""

from datetime import date

from tests.builders import party, workshop
from tests.issues.shelf import issue as shelf_issue
from werkplaats.chains import actions
from werkplaats.chains.actions import Told
from werkplaats.chains.models import Chain, ChainVersion, Handover, Step
from werkplaats.issues.models import Issue
from werkplaats.issues.rules import State
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.actions import switch_on
from werkplaats.workshops.models import Workshop
from werkplaats.workshops.rules import Capability

TODAY = date(2026, 5, 12)
SINCE = date(2025, 1, 1)
KEY = "een-natte-muur"


def home(key: str = "kanaalkwartier") -> Workshop:
    """A workshop in which chains are switched on."""
    switch_on(workshop(key), [Capability.CHAINS.value])
    return workshop(key)


def issue(name: str = "Schimmel") -> Issue:
    """An issue of a workshop in which chains are switched on."""
    return shelf_issue(name, state=State.ACCEPTED, of=home())


def chain(*issues: Issue, of: Workshop | None = None, since: date = SINCE) -> Chain:
    """A chain without steps."""
    wish = "Ik wil een droge muur."
    return actions.begin_chain(of or home(), name="Een natte muur", wish=wish, issues=issues, since=since)


def walked(*issues: Issue) -> tuple[Chain, Party, Party]:
    """A chain of four steps that follow each other: tenant, association, painter, association."""
    row = chain(*issues)
    owner, painter = party("Woningstichting", kind="professional"), party("Schilder", kind="business")
    version = row.versions.get()
    steps = (
        Told("Melden", words="De bewoner", desk="Het formulier op de site", documents="Een foto\n\n  Je huurcontract "),
        Told("Komen kijken", party=owner, desk="De opzichter", term_days=14),
        Told("De muur drogen", party=painter),
        Told("De rekening betalen", party=owner, term_days=1),
    )
    before: list[str] = []
    for told in steps:
        before = [actions.add_step(version, told, after=before).key]
    return row, owner, painter


def links(version: ChainVersion) -> set[tuple[int, int]]:
    """Which number hands over to which."""
    rows = Handover.objects.filter(step__version=version)
    return set(rows.values_list("step__number", "then__number"))


def key_of(number: int, *, version: int = 1) -> str:
    """The key of the step with this number."""
    return Step.objects.get(version__number=version, number=number).key


def keys_of(*numbers: int) -> list[str]:
    """The keys of steps of the first version."""
    return [key_of(number) for number in numbers]
