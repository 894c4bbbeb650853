"""Queries that a full hall asks at once, written out and without the layers that Django puts around a cursor.

PostgreSQL makes a plan of each once in a connection, not every time anew: Django writes the values into the text of a
query, which is then another query each time, and planning took longer than running what a vote needs.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from django.db.models.expressions import Col
from psycopg import Connection, Cursor

Row = TypeVar("Row", bound=Model)


def rows(query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a query finds."""
    with _asked(query, values) as cursor:
        return list(cursor.fetchall())


def change(query: str, values: Sequence[Any]) -> int:
    """How many rows a statement stored or changed."""
    with _asked(query, values) as cursor:
        return int(cursor.rowcount)


def first(of: type[Row], query: str, values: Sequence[Any]) -> Row | None:
    """The first row that a query finds, as a row of this model; it names all columns, in the order of the model."""
    found = rows(query, values)
    if not found:
        return None
    columns = _columns(of, connection.vendor)
    kept = [_read(value, *column) for value, column in zip(found[0], columns, strict=True)]
    return of.from_db(connection.alias, [column.target.attname for column, _readers in columns], kept)


@lru_cache
def _columns(of: type[Model], vendor: str) -> list[tuple[Col, list[Any]]]:
    """The columns of a model, each with what makes a value of what a database of this kind keeps in it."""
    columns = [field.get_col(of._meta.db_table) for field in of._meta.concrete_fields]
    return [(each, [*connection.ops.get_db_converters(each), *each.get_db_converters(connection)]) for each in columns]


def _read(value: Any, column: Col, readers: Sequence[Any]) -> Any:
    for reader in readers:
        value = reader(value, column, connection)
    return value


@contextmanager
def _asked(query: str, values: Sequence[Any]) -> Iterator[Any]:
    connection.ensure_connection()
    with connection.wrap_database_errors:
        if isinstance(connection.connection, Connection):
            with Cursor(connection.connection) as cursor:
                yield cursor.execute(query.encode(), values)
        else:
            with closing(connection.create_cursor()) as plain:
                yield plain.execute(query, values)
