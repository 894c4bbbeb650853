"""What holds on every machine: the content policy, the log, one thread for arithmetic."""

import os

import pytest
from django.conf import settings
from django.test import Client

from werkplaats.config.log import Discreet


@pytest.mark.django_db
def test_every_answer_carries_a_policy_without_anything_inline() -> None:
    policy = Client().get("/")["Content-Security-Policy"]
    said = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert said["default-src"] == "'none'"
    assert said["script-src"] == said["style-src"] == said["form-action"] == "'self'"
    assert said["base-uri"] == said["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


def test_nobody_is_mailed_what_a_visitor_typed() -> None:
    assert settings.ADMINS == []
    assert "mail_admins" not in str(settings.LOGGING)


def test_the_log_of_a_failure_quotes_nobody() -> None:
    try:
        raise ValueError("anna@example.org is already known")
    except ValueError as failure:
        text = Discreet().formatException((type(failure), failure, failure.__traceback__))
    assert text.endswith("ValueError")
    assert "test_settings.py" in text
    assert "is already known" not in text.splitlines()[-1]
    assert "werkplaats.config.log.Discreet" in str(settings.LOGGING)


def test_arithmetic_runs_on_one_thread() -> None:
    assert os.environ["OMP_NUM_THREADS"] == os.environ["OPENBLAS_NUM_THREADS"] == "1"


def test_signing_in_needs_no_password_and_tells_nobody_who_takes_part() -> None:
    assert settings.ACCOUNT_SIGNUP_FIELDS == ["email*"]
    assert settings.ACCOUNT_LOGIN_BY_CODE_ENABLED
    assert settings.ACCOUNT_PREVENT_ENUMERATION == "strict"
