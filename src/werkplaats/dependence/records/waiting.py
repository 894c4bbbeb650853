"""Who depends on whom, as sentences; the picture and the table are made of the same records."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkplaats.kit.dates import as_said
from werkplaats.neighbourhoods.records import Named


@dataclass(frozen=True, slots=True)
class WaitLine:
    """One party waits for another: for promises that run, steps of chains, and needs that the other could do something with."""

    waiter: Named
    on: Named
    promises: int
    overdue: int
    needs: int
    since: date | None
    steps: int
    today: date

    @property
    def things(self) -> int:
        """How many things it waits for."""
        return self.promises + self.needs + self.steps

    @property
    def sentence(self) -> str:
        """The promises with the age of the oldest; where nothing is promised the needs, and without those the steps."""
        ago = as_said(self.since, today=self.today) if self.since else ""
        names = {"waiter": self.waiter.name, "on": self.on.name, "ago": ago, "n": self.promises or self.needs}
        if self.promises and ago:
            words = ngettext(
                "%(waiter)s wacht op %(on)s: %(n)d belofte, van %(ago)s.",
                "%(waiter)s wacht op %(on)s: %(n)d beloften, de oudste van %(ago)s.",
                self.promises,
            )
            return words % names
        if not self.needs:
            return self._of_steps
        words = ngettext(
            "%(waiter)s heeft %(n)d vraag waar %(on)s iets mee kan.",
            "%(waiter)s heeft %(n)d vragen waar %(on)s iets mee kan.",
            self.needs,
        )
        return words % names

    @property
    def more(self) -> tuple[str, ...]:
        """What else is to be said of it, each a sentence."""
        found = []
        if self.overdue:
            words = ngettext(
                "Van %(n)d belofte is de datum voorbij.", "Van %(n)d beloften is de datum voorbij.", self.overdue
            )
            found.append(words % {"n": self.overdue})
        if self.promises and self.needs:
            words = ngettext(
                "Er is ook %(n)d vraag waar %(on)s iets mee kan.",
                "Er zijn ook %(n)d vragen waar %(on)s iets mee kan.",
                self.needs,
            )
            found.append(words % {"n": self.needs, "on": self.on.name})
        if self.steps and (self.promises or self.needs):
            found.append(self._of_steps)
        return tuple(found)

    @property
    def _of_steps(self) -> str:
        words = ngettext(
            "%(waiter)s doet %(n)d stap in een keten die na een stap van %(on)s komt.",
            "%(waiter)s doet %(n)d stappen in ketens die na een stap van %(on)s komen.",
            self.steps,
        )
        return words % {"waiter": self.waiter.name, "on": self.on.name, "n": self.steps}


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that somebody waits for, or that falls: a promise or a need, in its own words."""

    text: str
    key: str
    is_promise: bool
    with_whom: Named | None


@dataclass(frozen=True, slots=True)
class Lost:
    """Parties that would lose something. `subject`: the theme; "" for who comes loose from the rest."""

    subject: str
    parties: tuple[Named, ...]

    @property
    def sentence(self) -> str:
        n = len(self.parties)
        if self.subject:
            words = ngettext(
                "%(n)d partij bereikt dan niemand meer over %(subject)s.",
                "%(n)d partijen bereiken dan niemand meer over %(subject)s.",
                n,
            )
            return words % {"n": n, "subject": self.subject.lower()}
        words = ngettext("%(n)d partij raakt dan los van de rest.", "%(n)d partijen raken dan los van de rest.", n)
        return words % {"n": n}


@dataclass(frozen=True, slots=True)
class Stop:
    """A chain in which a party does `steps` (number, name). `missed`: how many others are then not reached any more."""

    chain_key: str
    chain_name: str
    steps: tuple[tuple[int, str], ...]
    missed: int

    @property
    def sentence(self) -> str:
        number, name = self.steps[0]
        told = {"chain": self.chain_name, "number": number, "name": name, "n": self.missed}
        if not self.missed:
            return _("De keten “%(chain)s” stopt dan bij stap %(number)d, “%(name)s”.") % told
        words = ngettext(
            "De keten “%(chain)s” stopt dan bij stap %(number)d, “%(name)s”. De stap erna bereikt dan niemand meer.",
            "De keten “%(chain)s” stopt dan bij stap %(number)d, “%(name)s”. De %(n)d stappen erna bereikt dan niemand meer.",
            self.missed,
        )
        return words % told


@dataclass(frozen=True, slots=True)
class FallPage:
    """What falls if a party stops. `only`: needs of others that nobody else is known to be able to act on."""

    lost: tuple[Lost, ...]
    offers: tuple[Thing, ...]
    promises: tuple[Thing, ...]
    only: tuple[Thing, ...]
    stops: tuple[Stop, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        found = [lost.sentence for lost in self.lost]
        if n := len(self.offers):
            found.append(ngettext("%(n)d aanbod vervalt.", "%(n)d keer aanbod vervalt.", n) % {"n": n})
        if n := len(self.promises):
            words = ngettext("%(n)d belofte blijft liggen.", "%(n)d beloften blijven liggen.", n)
            found.append(words % {"n": n})
        if n := len(self.only):
            words = ngettext(
                "Bij %(n)d vraag van een ander weten we dan niemand meer.",
                "Bij %(n)d vragen van anderen weten we dan niemand meer.",
                n,
            )
            found.append(words % {"n": n})
        found += [stop.sentence for stop in self.stops]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Between:
    """Another party: what it waits for us, and we for it."""

    other: Named
    waits_for_us: WaitLine | None
    we_wait: WaitLine | None

    @property
    def for_us(self) -> int:
        return self.waits_for_us.things if self.waits_for_us else 0

    @property
    def from_us(self) -> int:
        return self.we_wait.things if self.we_wait else 0

    @property
    def is_mutual(self) -> bool:
        return self.waits_for_us is not None and self.we_wait is not None


@dataclass(frozen=True, slots=True)
class PartyPage:
    """What one party sees: who waits for it, for whom it waits, with whom it goes both ways, and what falls if it stops."""

    party: Named
    waits_for_us: tuple[WaitLine, ...]
    we_wait: tuple[WaitLine, ...]
    between: tuple[Between, ...]
    falls: FallPage

    @property
    def mutual(self) -> tuple[Between, ...]:
        return tuple(one for one in self.between if one.is_mutual)


@dataclass(frozen=True, slots=True)
class Handed:
    """A step of one party that hands over to a step of another, in a chain."""

    chain_key: str
    chain_name: str
    number: int
    name: str
    then: int
    then_name: str


@dataclass(frozen=True, slots=True)
class Given:
    """What one party gives another: promises that run and that were done, needs it can act on, introductions, steps of chains."""

    giver: Named
    taker: Named
    running: tuple[Thing, ...]
    done: tuple[Thing, ...]
    able: tuple[Thing, ...]
    introduced: tuple[Thing, ...]
    steps: tuple[Handed, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.running or self.done or self.able or self.introduced or self.steps)

    @property
    def sentence(self) -> str:
        """Who needs whom, said warmly."""
        n = len(self.running) + len(self.able) + len({(one.chain_key, one.then) for one in self.steps})
        names = {"taker": self.taker.name, "giver": self.giver.name, "n": n}
        if not n:
            return _("%(taker)s wacht nu nergens op bij %(giver)s.") % names
        words = ngettext(
            "%(taker)s rekent voor %(n)d ding op %(giver)s.", "%(taker)s rekent voor %(n)d dingen op %(giver)s.", n
        )
        return words % names


@dataclass(frozen=True, slots=True)
class TwoPage:
    """What two parties are for each other."""

    gives: Given
    gets: Given
    ties: tuple[Promise, ...]

    @property
    def is_mutual(self) -> bool:
        return not self.gives.is_empty and not self.gets.is_empty


@dataclass(frozen=True, slots=True)
class Overview:
    """Who waits for whom in the whole neighbourhood, for coordinators. `mutual`: pairs that wait for each other."""

    lines: tuple[WaitLine, ...]
    mutual: tuple[tuple[WaitLine, WaitLine], ...]
    falls: tuple[tuple[Named, tuple[str, ...]], ...]
