"""Reads the WERKPLAATS_* variables, and refuses loudly: a mistake in a setting stops the start, never a page.

Every variable that exists is a field of `Env`. A variable with the prefix that is no field is refused, so that a typing
mistake (``WERKPLAATS_ALOWED_HOSTS``) cannot silently leave a workshop with the default.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PREFIX = "WERKPLAATS_"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_YES, _NO = ("yes", "true", "1", "on"), ("no", "false", "0", "off", "")


class BadSetting(Exception):
    """A setting that is missing, unknown or cannot be read; the message names the variable and what to do."""


@dataclass(frozen=True)
class Env:
    """What the machine says about this workshop. `values` holds the variables without their prefix.

    >>> read({"WERKPLAATS_DEMO": "yes"}, home=Path("/srv/werkplaats")).demo
    True
    """

    debug: bool
    demo: bool
    allowed_hosts: tuple[str, ...]
    https: bool
    site: str
    proxies: int
    folder: Path
    database_url: str
    mail_url: str
    mail_from: str
    theme_css: str
    max_document_mb: int
    secret_key: str = field(repr=False)

    @property
    def only_this_machine(self) -> bool:
        """Nobody outside this computer can reach the workshop: a laptop."""
        return set(self.allowed_hosts) <= set(LOCAL_HOSTS)


def read(environ: Mapping[str, str], *, home: Path) -> Env:
    """All settings of one process, checked together. Raises `BadSetting`.

    `home` is the folder in which ``var/`` stands when WERKPLAATS_FOLDER does not say otherwise.
    """
    given = {
        name.removeprefix(PREFIX).lower(): text.strip() for name, text in environ.items() if name.startswith(PREFIX)
    }
    known = {each.name for each in fields(Env)}
    if unknown := sorted(given.keys() - known):
        names = ", ".join(PREFIX + name.upper() for name in unknown)
        raise BadSetting(f"Unknown: {names}. Known: {', '.join(sorted(PREFIX + name.upper() for name in known))}.")
    hosts = tuple(host.strip() for host in given.get("allowed_hosts", "").split(",") if host.strip()) or LOCAL_HOSTS
    local = set(hosts) <= set(LOCAL_HOSTS)
    folder = Path(given.get("folder") or home / "var").absolute()
    debug, demo = _flag(given, "debug", default=False), _flag(given, "demo", default=False)
    if debug and not local:
        raise BadSetting(f"{PREFIX}DEBUG shows the inside of the program: not together with {PREFIX}ALLOWED_HOSTS.")
    if not local and not demo and not given.get("mail_url"):
        raise BadSetting(f"{PREFIX}MAIL_URL is missing: people sign in with a code that comes by mail.")
    https = _flag(given, "https", default=not local)
    return Env(
        debug=debug,
        demo=demo,
        allowed_hosts=hosts,
        https=https,
        site=_site(given.get("site", ""), https=https, host=hosts[0] if not local else f"{hosts[0]}:8000"),
        proxies=_number(given, "proxies", default=0 if local else 1, least=0),
        folder=folder,
        database_url=given.get("database_url") or f"sqlite:///{folder / 'werkplaats.sqlite3'}",
        mail_url=given.get("mail_url", ""),
        mail_from=given.get("mail_from") or "wijkwerkplaats@localhost",
        theme_css=given.get("theme_css", ""),
        max_document_mb=_number(given, "max_document_mb", default=50, least=1),
        secret_key=given.get("secret_key") or _kept_secret(folder, local=local),
    )


def database(url: str) -> dict[str, Any]:
    """Django's description of the database behind a URL. Raises `BadSetting`.

    >>> database("sqlite:////srv/werkplaats.sqlite3")["NAME"]
    '/srv/werkplaats.sqlite3'
    >>> database("postgresql://anna:s%40@db:5433/noord")["PASSWORD"]
    's@'
    """
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme == "sqlite" and name:
        return {"ENGINE": "werkplaats.kit.sqlite", "NAME": name, "CONN_MAX_AGE": 60}
    if parts.scheme in ("postgresql", "postgres") and name:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            # Only `kit.prepared` asks in a way that can be prepared; Django itself writes values into its queries.
            "OPTIONS": {"prepare_threshold": 0} | dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise BadSetting(f"{PREFIX}DATABASE_URL must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.")


def mail(url: str) -> dict[str, Any]:
    """Django's EMAIL_* settings behind smtp://USER:PASSWORD@HOST:PORT (STARTTLS) or smtps:// (TLS). Raises `BadSetting`.

    >>> mail("smtps://post:geheim@mail.example.org")["EMAIL_PORT"]
    465
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise BadSetting(f"{PREFIX}MAIL_URL must be smtp://USER:PASSWORD@HOST:PORT or smtps://USER:PASSWORD@HOST.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
    }


def _site(given: str, *, https: bool, host: str) -> str:
    """Where the site stands, for links in mails and on paper, which no request makes: ``https://noord.example.org``."""
    site = given.rstrip("/") or f"{'https' if https else 'http'}://{host.lstrip('.')}"
    parts = urlsplit(site)
    if parts.scheme not in ("http", "https") or not parts.hostname or "*" in site or parts.path:
        raise BadSetting(f"{PREFIX}SITE must be like https://werkplaats.example.org, without a path.")
    return site


def _flag(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = given.get(name)
    if text is None:
        return default
    if text.lower() not in _YES + _NO:
        raise BadSetting(f"{PREFIX}{name.upper()} must be yes or no, not {text!r}.")
    return text.lower() in _YES


def _number(given: Mapping[str, str], name: str, *, default: int, least: int) -> int:
    text = given.get(name) or str(default)
    if not text.isdecimal() or int(text) < least:
        raise BadSetting(f"{PREFIX}{name.upper()} must be a whole number of at least {least}, not {text!r}.")
    return int(text)


def _kept_secret(folder: Path, *, local: bool) -> str:
    """The key of a laptop: made once, readable by its owner only. Elsewhere a person must choose where it is kept."""
    if not local:
        raise BadSetting(f"{PREFIX}SECRET_KEY is missing; make one with: openssl rand -base64 48")
    path = folder / "secret-key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        # Two processes may start at once: whoever creates the file wins, the other reads it.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()
