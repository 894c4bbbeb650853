"""What was promised at which table, what came of it, the joint work with its pauses, and who was asked to meet whom."""

from functools import partial

from werkplaats.defrag.actions.loading import put_asking, put_side
from werkplaats.defrag.models import Asking
from werkplaats.defrag.rules import Helped, MoveKind, Stage
from werkplaats.exchange.actions.given import Given
from werkplaats.exchange.actions.tables import Tables
from werkplaats.exchange.analysis import LEDGER, Row
from werkplaats.issues.actions.trajectories import put_trajectory, put_trajectory_party
from werkplaats.issues.models import Trajectory
from werkplaats.issues.rules.phases import Phase
from werkplaats.neighbourhoods.rules.asking import Answer, By
from werkplaats.pauses import actions as pauses
from werkplaats.pauses.models import Pause
from werkplaats.pauses.rules import Noticed, Outcome
from werkplaats.promises.actions import Happening, Said, bring_in, happen_again, put_promise
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Channel, Giver, GiverKind, Happened, Kind, Word
from werkplaats.tables.actions import link_catch, link_promise, put_seat, put_table
from werkplaats.tables.models import Table
from werkplaats.tables.rules import MINUTES
from werkplaats.tables.rules import Answer as TableAnswer


class Agreed:
    """The rows about tables, promises, trajectories and pauses, in an order in which each finds what it refers to."""

    def __init__(self, tables: Tables, given: Given) -> None:
        self.rows, self.given = tables, given
        self.tables: dict[str, Table] = {}
        self.promises: dict[str, Promise] = {}
        self.new_promises: set[str] = set()
        self.trajectories: dict[str, Trajectory] = {}
        self.pauses: dict[str, Pause] = {}
        self.askings: dict[str, Asking] = {}

    def put_all(self) -> None:
        """Puts every row of these tables. Events come in the order of time: together they make one ledger."""
        self.rows.put_tables((("tables", self._table), ("seats", self._seat), ("promises", self._promise)))
        events = self.rows.found.rows("promise_events")
        for row in sorted(events, key=lambda row: (self.rows.moment(row, "at"), row.line)):
            self.rows.guarded("promise_events.csv", row.line, partial(self._event, row))
        self.rows.guarded(LEDGER, 0, self._ledger)
        self.rows.put_tables(
            (
                ("decisions", self._decision),
                ("trajectories", self._trajectory),
                ("trajectory_parties", self._trajectory_party),
                ("pauses", self._pause),
                ("pause_answers", self._pause_answer),
                ("askings", self._asking),
                ("sides", self._side),
            )
        )
        for pause in self.pauses.values():
            pauses.freeze(pause)

    def _table(self, row: Row) -> None:
        key, issue = row.text("key"), row.text("issue")
        self.tables[key] = put_table(
            self.rows.workshop,
            key=key,
            about=row.text("about"),
            held_at=self.rows.moment(row, "held_at"),
            place=row.text("place"),
            issue=self.rows.issues[issue] if issue else None,
            lasts=lasts if isinstance(lasts := row["lasts"], int) else MINUTES,
            cancelled_at=self.rows.maybe_moment(row, "cancelled_at"),
            report=row.text("report"),
        )

    def _seat(self, row: Row) -> None:
        answer, was_there, group = row.text("answer"), row.text("was_there"), row.text("group")
        put_seat(
            self.tables[row.text("table")],
            party=self.rows.parties[row.text("party")],
            invited_at=self.rows.maybe_moment(row, "invited_at"),
            answer=TableAnswer(answer) if answer else None,
            answered_at=self.rows.maybe_moment(row, "answered_at"),
            was_there=was_there == "yes" if was_there else None,
            group=self.given.groups[group] if group else None,
        )

    def _promise(self, row: Row) -> None:
        key, issue, table = row.text("key"), row.text("issue"), row.text("table")
        receivers = [one for one in self.rows.found.rows("promise_receivers") if one.text("promise") == key]
        said = Said(
            kind=Kind(row.text("kind")),
            maker=self.rows.parties[row.text("maker")],
            wording=row.text("wording"),
            maker_function=row.text("maker_function"),
            for_whom=row.text("for_whom"),
            due_on=row.date("due_on"),
            depends_on=row.text("depends_on"),
            source=row.text("source"),
            table_key=self.tables[table].key if table else "",
            issue=self.rows.issues[issue] if issue else None,
            parties=tuple(self.rows.parties[one.text("party")] for one in receivers if one.text("party")),
            voices=tuple(self.given.voices[one.text("voice")] for one in receivers if one.text("voice")),
        )
        self.promises[key], is_new = put_promise(
            self.rows.workshop,
            said,
            key=key,
            drafted_at=self.rows.moment(row, "drafted_at"),
            asked_at=self.rows.maybe_moment(row, "asked_at"),
            denied_words=row.text("denied_words"),
        )
        if is_new:
            self.new_promises.add(key)

    def _ledger(self) -> None:
        path = self.rows.found.path / LEDGER
        if path.is_file() and path.resolve().is_relative_to(self.rows.found.path.resolve()):
            with path.open(encoding="utf-8") as lines:
                bring_in(self.rows.workshop, (line for line in lines if line.strip()), at=self.rows.at)

    def _event(self, row: Row) -> None:
        promise = self.promises[row.text("promise")]
        if promise.key not in self.new_promises:
            return  # its ledger stands here already, and nothing is added to it
        channel, word = row.text("channel"), row.text("word")
        told = Happening(
            kind=Happened(row.text("kind")),
            at=self.rows.moment(row, "at"),
            words=row.text("words"),
            reason=row.text("reason"),
            due_on=row.date("due_on"),
            channel=Channel(channel) if channel else Channel.TEAM,
            word=Word(word) if word else None,
            giver=_giver(row),
        )
        happen_again(promise, told)

    def _decision(self, row: Row) -> None:
        table, promise, at = self.tables[row.text("table")], row.text("promise"), self.rows.moment(row, "noted_at")
        if promise:
            link_promise(table, promise=self.promises[promise], at=at)
        else:
            link_catch(table, line=self.given.catches[row.text("catch")], at=at)

    def _trajectory(self, row: Row) -> None:
        key = row.text("key")
        self.trajectories[key] = put_trajectory(
            self.rows.issues[row.text("issue")],
            key=key,
            name=row.text("name"),
            at=self.rows.at,
            phase=Phase(row.text("phase")),
            benefit_for=row.text("benefit_for"),
            how_noticed=row.text("how_noticed"),
            groups=[self.given.groups[group] for group in row.keys("groups")],
            started_on=row.date("started_on"),
            next_pause_on=row.date("next_pause_on"),
            stopped_on=row.date("stopped_on"),
        )

    def _trajectory_party(self, row: Row) -> None:
        put_trajectory_party(
            self.trajectories[row.text("trajectory")],
            party=self.rows.parties[row.text("party")],
            role=row.text("role"),
            joined_on=row.date("joined_on"),
        )

    def _pause(self, row: Row) -> None:
        key, due_on, outcome = row.text("key"), row.date("due_on"), row.text("outcome")
        assert due_on is not None  # required by the schema
        self.pauses[key] = pauses.put_pause(
            self.trajectories[row.text("trajectory")],
            key=key,
            due_on=due_on,
            opened_at=self.rows.moment(row, "opened_at"),
            asked_at=self.rows.maybe_moment(row, "asked_at"),
            outcome=Outcome(outcome) if outcome else None,
            reason=row.text("reason"),
            closed_at=self.rows.maybe_moment(row, "closed_at"),
        )

    def _pause_answer(self, row: Row) -> None:
        pauses.put_pause_answer(
            self.pauses[row.text("pause")],
            party=self.rows.maybe_party(row.text("party")),
            voice=self.given.maybe_voice(row.text("voice")),
            noticed=Noticed(row.text("noticed")),
            at=self.rows.moment(row, "at"),
            text=row.text("text"),
        )

    def _asking(self, row: Row) -> None:
        key, issue = row.text("key"), row.text("issue")
        self.askings[key] = put_asking(
            self.rows.workshop,
            key=key,
            kind=MoveKind(row.text("kind")),
            party_a=self.rows.parties[row.text("party_a")],
            party_b=self.rows.maybe_party(row.text("party_b")),
            through=self.rows.maybe_party(row.text("through")),
            issue=self.rows.issues[issue] if issue else None,
            stage=Stage(row.text("stage")),
            asked_at=self.rows.moment(row, "asked_at"),
            agreed_at=self.rows.maybe_moment(row, "agreed_at"),
            met_on=row.date("met_on"),
            closed_at=self.rows.maybe_moment(row, "closed_at"),
        )

    def _side(self, row: Row) -> None:
        number, answer, helped = row["number"], row.text("answer"), row.text("helped")
        assert isinstance(number, int)  # required by the schema
        put_side(
            self.askings[row.text("asking")],
            party=self.rows.parties[row.text("party")],
            number=number,
            words=row.text("words"),
            by=By(row.text("by") or By.PAPER),
            turn_at=self.rows.maybe_moment(row, "turn_at"),
            answer=Answer(answer) if answer else None,
            answered_at=self.rows.maybe_moment(row, "answered_at"),
            help_asked_at=self.rows.maybe_moment(row, "help_asked_at"),
            helped=Helped(helped) if helped else None,
            helped_at=self.rows.maybe_moment(row, "helped_at"),
        )


def _giver(row: Row) -> Giver | None:
    """Who judges: a party, the giver of a voice, or the people of a table."""
    for column, kind in (("party", GiverKind.PARTY), ("voice", GiverKind.RECEIPT), ("table", GiverKind.TABLE)):
        if row.text(column):
            return Giver(kind, row.text(column))
    return None
