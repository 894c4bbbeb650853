"""Queries that a full hall asks at once: PostgreSQL makes a plan of each once in a connection, not every time anew.

Django writes the values into the text of a query, which is then another query each time. Planning took PostgreSQL
longer than running what a vote needs.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import Connection, Cursor


def rows(query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a query finds."""
    with _asked(query, values) as cursor:
        return list(cursor.fetchall())


def change(query: str, values: Sequence[Any]) -> int:
    """How many rows a statement stored or changed."""
    with _asked(query, values) as cursor:
        return int(cursor.rowcount)


@contextmanager
def _asked(query: str, values: Sequence[Any]) -> Iterator[Any]:
    connection.ensure_connection()
    if isinstance(connection.connection, Connection):
        with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
            yield cursor.execute(query.encode(), values)
    else:
        with connection.cursor() as plain:
            plain.execute(query, values)
            yield plain
