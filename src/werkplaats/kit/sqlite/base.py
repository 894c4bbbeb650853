"""Django's SQLite engine with writers that stand in line: ``ENGINE = "werkplaats.kit.sqlite"``.

- Every transaction is a write transaction (BEGIN IMMEDIATE) and first waits its turn in the `WriterQueue`; it leaves after
  the commit or the rollback. Writes outside a transaction queue one by one.
- Write-ahead log, so that readers never wait; `synchronous=FULL`, so that what was acknowledged survives a power cut;
  foreign keys on; a busy timeout for programs that do not use this engine, such as a backup.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from werkplaats.kit.sqlite.queue import WriterQueue

BUSY_SECONDS = 10
CACHE_KB = 32_000
"""What a connection keeps of the file at most: with SQLite's own 2,000 a word of many entries took a quarter longer to find."""
_READS = ("SELECT", "PRAGMA", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "BEGIN", "END")
_SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    f"PRAGMA cache_size = -{CACHE_KB}",
)


class QueueingCursor(base.SQLiteCursorWrapper):
    """A cursor whose writes outside a transaction wait their turn, one statement at a time."""

    queue: WriterQueue

    def execute(self, query: str, params: Any = None) -> Any:
        """Runs one statement."""
        if self.queue.held or query.lstrip().upper().startswith(_READS):
            return super().execute(query, params)
        self.queue.enter()
        try:
            return super().execute(query, params)
        finally:
            self.queue.leave()

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        """Runs one statement for many rows."""
        if self.queue.held:
            return super().executemany(query, param_list)
        self.queue.enter()
        try:
            return super().executemany(query, param_list)
        finally:
            self.queue.leave()


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection, with its own place in the line of writers."""

    queue: WriterQueue | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Opens the file and the lock file beside it, and sets what must hold on every connection."""
        name = str(self.settings_dict["NAME"])
        file = None if self.is_in_memory_db() else Path(name.removeprefix("file:").partition("?")[0])
        self.queue = WriterQueue(None if file is None else file.with_name(file.name + "-queue"))
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        for setting in _SETTINGS:
            connection.execute(setting)
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            # The first one to come changes the file to a write-ahead log and needs it for itself for a moment. Who comes
            # later does not queue: opening a page would wait for whoever writes.
            self.queue.enter()
            connection.execute("PRAGMA journal_mode = WAL")
            self.queue.leave()
        return connection

    def create_cursor(self, name: str | None = None) -> QueueingCursor:
        """A cursor that knows our place in the line."""
        assert self.connection is not None
        assert self.queue is not None
        cursor: QueueingCursor = self.connection.cursor(factory=QueueingCursor)
        cursor.queue = self.queue
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        assert self.queue is not None
        self.queue.enter()
        try:
            self.cursor().execute("BEGIN IMMEDIATE")
        except BaseException:
            self.queue.leave()
            raise

    def _commit(self) -> None:
        # A commit that fails keeps its place: the rollback that follows leaves the line.
        super()._commit()  # type: ignore[misc]
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self.queue is not None:
                self.queue.close()

    def _leave(self) -> None:
        if self.queue is not None:
            self.queue.leave()
