"""Other processes that work in the database of the tests."""

import os
from pathlib import Path
from urllib.parse import quote

from django.db import connection


def environ(folder: Path) -> dict[str, str]:
    """The variables with which another process opens the database of the tests, and keeps its files in `folder`."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("WERKPLAATS_")}
    own = {"WERKPLAATS_FOLDER": str(folder), "WERKPLAATS_DATABASE_URL": _address()}
    return inherited | own | {"DJANGO_SETTINGS_MODULE": "werkplaats.config.settings"}


def _address() -> str:
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    name, password = quote(told["USER"], safe=""), quote(told["PASSWORD"], safe="")
    host, port = str(told["OPTIONS"].get("host") or told["HOST"]), f":{told['PORT']}" if told["PORT"] else ""
    if host.startswith("/"):  # a socket
        return f"postgresql://{name}:{password}@{port}/{told['NAME']}?host={quote(host)}"
    return f"postgresql://{name}:{password}@{quote(host, safe='')}{port}/{told['NAME']}"
