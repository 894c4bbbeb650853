"""What was asked, what people gave, and what they were answered. Nobody is mailed about what happened before."""

from werkplaats.asks import actions as asks
from werkplaats.asks.models import Ask, Reply, Voice
from werkplaats.asks.rules import Channel, Fit, Privacy
from werkplaats.catches.actions import put_catch
from werkplaats.catches.models import Catch
from werkplaats.exchange.actions.tables import Tables
from werkplaats.exchange.analysis import Row
from werkplaats.neighbourhoods.actions import put_group
from werkplaats.neighbourhoods.models import Group


class Given:
    """The rows about asks, voices, answers and caught lines, in an order in which each finds what it refers to."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.groups: dict[str, Group] = {}
        self.asks: dict[str, Ask] = {}
        self.voices: dict[str, Voice] = {}
        self.replies: dict[str, Reply] = {}
        self.catches: dict[str, Catch] = {}

    def put_all(self) -> None:
        """Puts every row of these tables."""
        self.tables.put_tables(
            (
                ("groups", self._group),
                ("asks", self._ask),
                ("voices", self._voice),
                ("voice_issues", self._voice_issue),
                ("replies", self._reply),
                ("reply_voices", self._reply_voice),
                ("give_backs", self._give_back),
                ("catches", self._catch),
            )
        )

    def _group(self, row: Row) -> None:
        key, area = row.text("key"), self.tables.area(row.text("area"))
        self.groups[key] = put_group(self.tables.workshop, key=key, name=row.text("name"), area=area)

    def _ask(self, row: Row) -> None:
        key, minutes, issue = row.text("key"), row["minutes"], row.text("issue")
        words = (
            *("still_unknown", "asker_function", "on_behalf_of", "asked_group", "giver_gets", "asker_gets"),
            *("comes_back", "data_use", "late_reason"),
        )
        self.asks[key] = asks.put_whole_ask(
            self.tables.workshop,
            key=key,
            title=row.text("title"),
            question=row.text("question"),
            **{name: row.text(name) for name in words},
            asker=self.tables.maybe_party(row.text("asker")),
            asked_party=self.tables.maybe_party(row.text("asked_party")),
            area=self.tables.area(row.text("area")),
            minutes=minutes if isinstance(minutes, int) else 0,
            answer_by=row.date("answer_by"),
            pays=row.text("pays") == "yes",
            under_sixteen=row.text("under_sixteen") == "yes",
            is_standing=row.text("standing") == "yes",
            state=row.text("state"),
            issue=self.tables.issues[issue] if issue else None,
            opened_on=row.date("opened_on"),
            closed_on=row.date("closed_on"),
        )

    def _voice(self, row: Row) -> None:
        tables, key = self.tables, row.text("key")
        self.voices[key] = asks.put_voice(
            self.asks[row.text("ask")],
            key=key,
            text=row.text("text"),
            given_at=tables.moment(row, "given_at"),
            privacy=Privacy(row.text("privacy")),
            channel=Channel(row.text("channel")),
            language=row.text("language"),
            area=tables.area(row.text("area")),
            group=row.text("group"),
            through=tables.maybe_party(row.text("through")),
            contact=row.text("contact"),
            come_back_on=row.date("come_back_on"),
            come_back_by=tables.maybe_party(row.text("come_back_by")),
            looked_at=tables.maybe_moment(row, "looked_at"),
            shared_text=row.text("shared_text"),
            hidden_at=tables.maybe_moment(row, "hidden_at"),
            hidden_reason=row.text("hidden_reason"),
            withdrawn_at=tables.maybe_moment(row, "withdrawn_at"),
            receipt=row.text("receipt"),
        )

    def _voice_issue(self, row: Row) -> None:
        asks.put_voice_issue(self.voices[row.text("voice")], issue=self.tables.issues[row.text("issue")])

    def _reply(self, row: Row) -> None:
        key = row.text("key")
        self.replies[key] = asks.put_reply(
            self.asks[row.text("ask")],
            key=key,
            party=self.tables.parties[row.text("party")],
            text=row.text("text"),
            at=self.tables.moment(row, "at"),
        )

    def _reply_voice(self, row: Row) -> None:
        asks.put_reply_voice(
            self.replies[row.text("reply")],
            voice=self.voices[row.text("voice")],
            fit=Fit(row.text("fit")),
            disputed=row.text("disputed") == "yes",
            fit_at=self.tables.maybe_moment(row, "fit_at"),
        )

    def _give_back(self, row: Row) -> None:
        asks.put_give_back(
            self.asks[row.text("ask")],
            key=row.text("key"),
            party=self.tables.parties[row.text("party")],
            text=row.text("text"),
            at=self.tables.moment(row, "at"),
        )

    def _catch(self, row: Row) -> None:
        key = row.text("key")
        self.catches[key] = put_catch(
            self.tables.workshop,
            key=key,
            who=row.text("who"),
            what=row.text("what"),
            caught_at=self.tables.moment(row, "caught_at"),
            for_whom=row.text("for_whom"),
            due_on=row.date("due_on"),
            waits=row.text("waits") == "yes",
            became_kind=row.text("became_kind"),
            became_key=row.text("became_key"),
            settled_at=self.tables.maybe_moment(row, "settled_at"),
        )

    def maybe_voice(self, key: str) -> Voice | None:
        """The voice with this key; None for an empty cell."""
        return self.voices[key] if key else None
