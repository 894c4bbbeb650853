"""The tables of a folder: each row is put by the action of the room that it belongs to."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from werkplaats.accounts.actions import put_person
from werkplaats.accounts.models import Person
from werkplaats.consent.actions import put_consent
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.exchange import analysis
from werkplaats.exchange.analysis import Row
from werkplaats.exchange.records import FaultLine
from werkplaats.issues.actions import put_issue, put_issue_need, put_issue_party
from werkplaats.issues.models import Issue
from werkplaats.issues.rules import State
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods import actions as neighbourhoods
from werkplaats.neighbourhoods.actions.needs import put_need
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.neighbourhoods.rules import NeedKind, PartyKind, Size, StewardRole, TieKind, Verdict
from werkplaats.workshops.actions import put_areas, put_theme, put_workshop, relate_themes
from werkplaats.workshops.models import Area, Theme, Workshop
from werkplaats.workshops.rules import TERMS


class Tables:
    """The rows of a folder on their way in, in an order in which each finds what it refers to.

    A row that a room refuses becomes a fault and the others go on, so that all faults come together; whoever called
    takes everything back when there are any.
    """

    def __init__(self, found: analysis.Folder, *, at: datetime) -> None:
        self.found, self.at = found, at
        self.faults: list[FaultLine] = []
        self.areas: dict[str, Area] = {}
        self.themes: dict[str, Theme] = {}
        self.parties: dict[str, Party] = {}
        self.people: dict[str, Person] = {}
        self.needs: dict[str, Need] = {}
        self.issues: dict[str, Issue] = {}
        self.workshop = self._workshop(found.rows("workshop")[0])

    def put_all(self) -> None:
        """Puts every row of every table, but for documents and passages."""
        self.guarded("areas.geojson", 0, self._areas)
        self.put_tables(self._in_order())

    def put_tables(self, tables: Iterable[tuple[str, Callable[[Row], object]]]) -> None:
        """Puts every row of these tables, one table after the other."""
        for table, put in tables:
            for row in self.found.rows(table):
                self.guarded(f"{table}.csv", row.line, partial(put, row))

    def _in_order(self) -> tuple[tuple[str, Callable[[Row], object]], ...]:
        return (
            ("themes", self._theme),
            ("related_themes", self._related),
            ("parties", self._party),
            ("people", self._person),
            ("consents", self._consent),
            ("memberships", self._membership),
            ("ties", self._tie),
            ("issues", self._issue),
            ("needs", self._need),
            ("able", self._able),
            ("keep_apart", self._apart),
            ("doubles", self._double),
            ("stewardship", self._steward),
            ("issue_parties", self._issue_party),
        )

    def guarded(self, file: str, line: int, put: Callable[[], object]) -> None:
        """Puts one row; what its room refuses becomes a fault of that line."""
        try:
            put()
        except Refusal as refusal:
            self.faults.append(FaultLine(file, line, "", refusal.sentence))
        except KeyError as missing:
            # The row that it refers to was refused itself, and is told there.
            told = _("“%(key)s” kon niet worden geladen.") % {"key": missing.args[0]}
            self.faults.append(FaultLine(file, line, "", told))

    def _workshop(self, row: Row) -> Workshop:
        return put_workshop(
            row.text("key"),
            name=row.text("name"),
            city=row.text("city"),
            timezone=row.text("timezone") or "Europe/Amsterdam",
            languages=row.keys("languages") or ("nl",),
            opened_on=row.date("opened_on"),
            introduction=row.text("introduction"),
            terms={name: told for name in TERMS if isinstance(told := row[name], int)},
            capabilities=row.keys("capabilities") or None,
        )

    def _areas(self) -> None:
        self.areas = put_areas(self.workshop, analysis.areas(self.found))

    def _theme(self, row: Row) -> None:
        key = row.text("key")
        self.themes[key] = put_theme(self.workshop, key=key, name=row.text("name"), name_en=row.text("name_en"))

    def _related(self, row: Row) -> None:
        relate_themes(self.themes[row.text("theme_a")], other=self.themes[row.text("theme_b")], why=row.text("why"))

    def _party(self, row: Row) -> None:
        key, size, most = row.text("key"), row.text("size"), row["introductions_per_month"]
        self.parties[key] = neighbourhoods.put_party(
            self.workshop,
            key=key,
            name=row.text("name"),
            kind=PartyKind(row.text("kind")),
            at=self.at,
            description=row.text("description"),
            address=row.text("address"),
            area=self.area(row.text("area")),
            themes=[self.themes[theme] for theme in row.keys("themes")],
            website=row.text("website"),
            founded_on=row.date("founded_on"),
            size=Size(size) if size else None,
            # Not known is open: both sides are asked anyway before anybody is introduced.
            open_to_introductions=row.text("introductions") != "no",
            introductions_per_month=most if isinstance(most, int) else 2,
            source=row.text("source"),
            recorded_on=row.date("recorded_on"),
        )

    def _person(self, row: Row) -> None:
        key = row.text("key")
        self.people[key] = put_person(
            self.workshop,
            key=key,
            name=row.text("name"),
            email=row.text("email"),
            area=self.area(row.text("area")),
            language=row.text("language"),
        )

    def _consent(self, row: Row) -> None:
        given_on = row.date("given_on")
        assert given_on is not None  # required by the schema
        put_consent(
            self.people[row.text("person")],
            purpose=Purpose(row.text("purpose")),
            wording=row.text("wording"),
            channel=Channel(row.text("channel")),
            given_on=given_on,
            withdrawn_on=row.date("withdrawn_on"),
        )

    def _membership(self, row: Row) -> None:
        neighbourhoods.put_membership(
            self.parties[row.text("party")],
            person=self.people[row.text("person")],
            role=row.text("role"),
            since=row.date("since"),
            until=row.date("until"),
        )

    def _tie(self, row: Row) -> None:
        neighbourhoods.put_tie(
            self.parties[row.text("party_a")],
            party_b=self.parties[row.text("party_b")],
            kind=TieKind(row.text("kind")),
            reported_by=[self.parties[key] for key in row.keys("reported_by")],
            shown_by=row.text("shown_by"),
            since=row.date("since"),
            last_seen=row.date("last_seen"),
        )

    def _issue(self, row: Row) -> None:
        key = row.text("key")
        self.issues[key] = put_issue(
            self.workshop,
            key=key,
            name=row.text("name"),
            state=State(row.text("state")),
            at=self.at,
            summary=row.text("summary"),
            themes=[self.themes[theme] for theme in row.keys("themes")],
            proposed_on=row.date("proposed_on"),
            decided_on=row.date("decided_on"),
            reason=row.text("reason"),
        )

    def _need(self, row: Row) -> None:
        key, theme, issue = row.text("key"), row.text("theme"), row.text("issue")
        self.needs[key] = put_need(
            self.parties[row.text("party")],
            key=key,
            kind=NeedKind(row.text("kind")),
            text=row.text("text"),
            at=self.at,
            language=row.text("language"),
            theme=self.themes[theme] if theme else None,
            area=self.area(row.text("area")),
            since=row.date("since"),
            until=row.date("until"),
        )
        if issue:
            put_issue_need(self.issues[issue], need=self.needs[key], at=self.at)

    def _able(self, row: Row) -> None:
        confirmed_on = row.date("confirmed_on")
        assert confirmed_on is not None  # required by the schema
        neighbourhoods.put_able(
            self.needs[row.text("need")],
            party=self.parties[row.text("party")],
            confirmed_by=self.parties[row.text("confirmed_by")],
            confirmed_on=confirmed_on,
        )

    def _apart(self, row: Row) -> None:
        a, b = self.parties[row.text("party_a")], self.parties[row.text("party_b")]
        neighbourhoods.keep_apart(a, party_b=b, reason=row.text("reason"))

    def _double(self, row: Row) -> None:
        stays, verdict = self.parties[row.text("party_a")], Verdict(row.text("verdict"))
        neighbourhoods.put_double(
            stays,
            party_b=self.parties[row.text("party_b")],
            verdict=verdict,
            decided_on=row.date("decided_on"),
            reason=row.text("reason"),
            stays=stays if verdict is Verdict.SAME else None,
        )

    def _steward(self, row: Row) -> None:
        role, party = StewardRole(row.text("role")), self.parties[row.text("party")]
        neighbourhoods.put_steward(self.workshop, role=role, party=party, words=row.text("words"))

    def _issue_party(self, row: Row) -> None:
        issue, party = self.issues[row.text("issue")], self.parties[row.text("party")]
        put_issue_party(issue, party=party, at=self.at, role=row.text("role"))

    def area(self, code: str) -> Area | None:
        """The area with this code; None for an empty cell."""
        return self.areas[code] if code else None

    def maybe_party(self, key: str) -> Party | None:
        """The party with this key; None for an empty cell."""
        return self.parties[key] if key else None

    def maybe_moment(self, row: Row, column: str) -> datetime | None:
        """A moment; of a bare date the start of that day in the workshop. None for an empty cell."""
        told: date | None = row.date(column)
        if told is None or isinstance(told, datetime):
            return told
        return datetime.combine(told, time(), tzinfo=ZoneInfo(self.workshop.timezone))

    def moment(self, row: Row, column: str) -> datetime:
        """A moment that the schema requires."""
        told = self.maybe_moment(row, column)
        assert told is not None
        return told
