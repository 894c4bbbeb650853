"""The ledger of promises without the triggers that guard it: for tests that play the vandal, and for emptying tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace

from django.db import connection

_GUARD = import_module("werkplaats.promises.migrations.0002_the_ledger_is_only_added_to")


@contextmanager
def without_guard() -> Iterator[None]:
    """Inside, events can be changed and removed, as by somebody who owns the database."""
    _with_editor(_GUARD.remove)
    yield
    _with_editor(_GUARD.make)


def _with_editor(change: Callable[[None, SimpleNamespace], None]) -> None:
    # Not a schema editor: inside a transaction SQLite opens none, and these statements need none.
    with connection.cursor() as cursor:
        change(None, SimpleNamespace(connection=connection, execute=cursor.execute))
