"""A mistake in a setting stops the start with one clear line."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import HOME
from werkplaats.config.env import BadSetting, database, mail, read

SERVED = {
    "WERKPLAATS_ALLOWED_HOSTS": "werkplaats.example.org",
    "WERKPLAATS_SECRET_KEY": "long enough",
    "WERKPLAATS_MAIL_URL": "smtp://mail.example.org",
}


def test_a_laptop_needs_no_settings(tmp_path: Path) -> None:
    env = read({"HOME": "/root"}, home=tmp_path)
    assert env.only_this_machine
    assert (env.debug, env.demo, env.https, env.proxies) == (False, False, False, 0)
    assert env.folder == tmp_path / "var"
    assert database(env.database_url)["NAME"] == str(tmp_path / "var" / "werkplaats.sqlite3")


def test_the_key_of_a_laptop_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first, second = read({}, home=tmp_path), read({}, home=tmp_path)
    assert len(first.secret_key) > 50
    assert first.secret_key == second.secret_key
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600


def test_the_key_is_not_shown_with_the_settings(tmp_path: Path) -> None:
    assert "long enough" not in repr(read(SERVED, home=tmp_path))


def test_what_is_served_to_others_is_served_safely(tmp_path: Path) -> None:
    env = read(SERVED, home=tmp_path)
    assert env.https
    assert env.proxies == 1
    assert not env.only_this_machine


def test_links_in_mails_lead_to_the_first_host_or_to_where_the_site_is_said_to_stand(tmp_path: Path) -> None:
    assert read({}, home=tmp_path).site == "http://localhost:8000"
    assert read(SERVED, home=tmp_path).site == f"https://{SERVED['WERKPLAATS_ALLOWED_HOSTS'].split(',')[0].strip()}"
    told = {**SERVED, "WERKPLAATS_SITE": "https://noord.example.org/"}
    assert read(told, home=tmp_path).site == "https://noord.example.org"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"WERKPLAATS_ALOWED_HOSTS": "example.org"}, "Unknown: WERKPLAATS_ALOWED_HOSTS"),
        ({**SERVED, "WERKPLAATS_SECRET_KEY": ""}, "WERKPLAATS_SECRET_KEY is missing"),
        ({**SERVED, "WERKPLAATS_MAIL_URL": ""}, "WERKPLAATS_MAIL_URL is missing"),
        ({**SERVED, "WERKPLAATS_DEBUG": "yes"}, "WERKPLAATS_DEBUG shows the inside"),
        ({"WERKPLAATS_SITE": "werkplaats.example.org"}, "WERKPLAATS_SITE must be like"),
        ({"WERKPLAATS_SITE": "https://example.org/werkplaats"}, "WERKPLAATS_SITE must be like"),
        ({**SERVED, "WERKPLAATS_ALLOWED_HOSTS": "*"}, "WERKPLAATS_SITE must be like"),
        ({"WERKPLAATS_DEMO": "perhaps"}, "WERKPLAATS_DEMO must be yes or no, not 'perhaps'"),
        ({"WERKPLAATS_MAX_DOCUMENT_MB": "0"}, "WERKPLAATS_MAX_DOCUMENT_MB must be a whole number of at least 1"),
    ],
)
def test_a_mistake_is_refused_by_name(tmp_path: Path, given: dict[str, str], said: str) -> None:
    with pytest.raises(BadSetting, match=said.replace("(", "\\(")):
        read(given, home=tmp_path)


@pytest.mark.parametrize("url", ["mysql://localhost/x", "postgresql://localhost", "sqlite://", "werkplaats.sqlite3"])
def test_an_unknown_database_is_refused(url: str) -> None:
    with pytest.raises(BadSetting, match="WERKPLAATS_DATABASE_URL"):
        database(url)


def test_a_database_url_is_read_with_its_socket() -> None:
    read_url = database("postgresql://anna@/noord?host=/run/postgresql")
    assert read_url["OPTIONS"]["host"] == "/run/postgresql"
    assert (read_url["NAME"], read_url["USER"], read_url["HOST"]) == ("noord", "anna", "")


def test_mail_goes_out_sealed() -> None:
    assert mail("smtp://post:geheim@mail.example.org")["EMAIL_USE_TLS"]
    assert mail("smtps://mail.example.org")["EMAIL_USE_SSL"]
    with pytest.raises(BadSetting, match="WERKPLAATS_MAIL_URL"):
        mail("mail.example.org")


def test_a_command_with_a_bad_setting_ends_with_one_line(tmp_path: Path) -> None:
    environ = {"WERKPLAATS_FOLDER": str(tmp_path), "WERKPLAATS_DEMOO": "yes"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=HOME, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Settings: Unknown: WERKPLAATS_DEMOO.")
    assert done.stderr.count("\n") == 1
