"""Chains of a folder, with their versions, steps and what hands over to what. A version that stands here stays as it is."""

from werkplaats.chains import actions
from werkplaats.chains.models import Chain, ChainVersion
from werkplaats.exchange.actions.tables import Tables
from werkplaats.exchange.analysis import Row


class Chains:
    """The rows about chains, in an order in which each finds what it refers to."""

    def __init__(self, tables: Tables) -> None:
        self.rows = tables
        self.chains: dict[str, Chain] = {}
        self.versions: dict[str, ChainVersion] = {}
        self.new_versions: set[int] = set()

    def put_all(self) -> None:
        """Puts every row of these tables."""
        self.rows.put_tables(
            (
                ("chains", self._chain),
                ("chain_issues", self._issue),
                ("chain_versions", self._version),
                ("chain_steps", self._step),
                ("chain_handovers", self._handover),
            )
        )

    def _chain(self, row: Row) -> None:
        key = row.text("key")
        told = {"name": row.text("name"), "wish": row.text("wish")}
        self.chains[key] = actions.put_chain(self.rows.workshop, key=key, **told)

    def _issue(self, row: Row) -> None:
        issue = self.rows.issues[row.text("issue")]
        actions.put_chain_issue(self.chains[row.text("chain")], issue=issue)

    def _version(self, row: Row) -> None:
        since = row.date("since")
        assert since is not None  # required by the schema
        chain, number = self.chains[row.text("chain")], _number(row, "number")
        version, is_new = actions.put_version(chain, number=number, since=since, until=row.date("until"))
        self.versions[f"{chain.key} / {number}"] = version
        if is_new:
            self.new_versions.add(version.pk)

    def _step(self, row: Row) -> None:
        version, days = self._of(row), row["term_days"]
        if version.pk not in self.new_versions:
            return
        told = actions.Told(
            name=row.text("name"),
            party=self.rows.maybe_party(row.text("party")),
            words=row.text("lane"),
            desk=row.text("desk"),
            documents=row.text("documents"),
            term_days=days if isinstance(days, int) else None,
        )
        actions.put_step(version, number=_number(row, "number"), told=told)

    def _handover(self, row: Row) -> None:
        version = self._of(row)
        if version.pk in self.new_versions:
            actions.put_handover(version, number=_number(row, "step"), then=_number(row, "then"))

    def _of(self, row: Row) -> ChainVersion:
        return self.versions[f"{row.text('chain')} / {_number(row, 'version')}"]


def _number(row: Row, column: str) -> int:
    number = row[column]
    assert isinstance(number, int)  # required by the schema
    return number
