"""What other rooms and pages may read of a chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A chain in a list. `who`: who does its steps, each once, in the order of the steps; `number` 0: no version is in force."""

    key: str
    name: str
    wish: str
    number: int
    steps: int
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does a step. `key` is empty for a kind of desk in words."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step. `lane`: which of the lanes of its version, from 0; `then`: numbers of other steps, `after`: their keys."""

    key: str
    number: int
    name: str
    lane: int
    who: Doer
    desk: str
    documents: tuple[str, ...]
    term_days: int | None
    then: tuple[int, ...]
    after: tuple[str, ...]

    @property
    def term_words(self) -> str:
        """The legal term, as a person reads it."""
        if self.term_days is None:
            return _("Niet bekend")
        return ngettext("%(n)d dag", "%(n)d dagen", self.term_days) % {"n": self.term_days}

    @property
    def then_words(self) -> str:
        """What comes after it."""
        if not self.then:
            return _("Hier houdt de keten op")
        words = ngettext("Stap %(numbers)s", "Stappen %(numbers)s", len(self.then))
        return words % {"numbers": ", ".join(str(number) for number in self.then)}


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list of all of them."""

    number: int
    since: date
    until: date | None
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class ChainRecord:
    """One chain as one version says it goes. `lanes`: in the order of their first step."""

    chain_id: int
    version_id: int
    key: str
    name: str
    wish: str
    issues: tuple[tuple[str, str], ...]
    version: VersionLine
    versions: tuple[VersionLine, ...]
    lanes: tuple[Doer, ...]
    steps: tuple[StepRecord, ...]

    @property
    def is_open(self) -> bool:
        """Whether this version may still change: no other came after it, and it did not end."""
        return self.version.until is None

    @property
    def others(self) -> tuple[VersionLine, ...]:
        """The versions beside this one, the newest first."""
        return tuple(one for one in reversed(self.versions) if one.number != self.version.number)

    def step(self, key: str) -> StepRecord | None:
        """The step with this key."""
        return next((step for step in self.steps if step.key == key), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """A chain as it goes today, for rooms that reckon with it.

    By the number of each step: its name, the party that does it (id of the entry that stays) or None, and what comes next.
    """

    key: str
    name: str
    since: date
    names: Mapping[int, str]
    who: Mapping[int, int | None]
    then: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class StepOf:
    """A step that a party does."""

    chain_key: str
    chain_name: str
    number: int
    name: str
