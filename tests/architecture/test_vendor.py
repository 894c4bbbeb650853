"""Files of others are named in VENDOR.toml, with where they came from, under which licence, and unchanged."""

import hashlib
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.house import HOME

NAMED = {"path", "name", "version", "licence", "source", "sha256", "purpose"}


def listed() -> list[dict[str, Any]]:
    files: list[dict[str, Any]] = tomllib.loads((HOME / "VENDOR.toml").read_text(encoding="utf-8"))["file"]
    return files


def changed(home: Path, files: list[dict[str, Any]]) -> list[str]:
    """Files that are not what VENDOR.toml says."""
    return [
        each["path"]
        for each in files
        if hashlib.sha256((home / each["path"]).read_bytes()).hexdigest() != each["sha256"]
    ]


def test_each_file_of_others_is_as_it_came() -> None:
    assert all(each.keys() == NAMED for each in listed())
    assert changed(HOME, listed()) == []


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.min.js").write_text("alert()")
    assert changed(tmp_path, [{"path": "a.min.js", "sha256": "0" * 64}]) == ["a.min.js"]


def test_no_file_of_others_is_left_out() -> None:
    try:
        kept = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"], cwd=HOME, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.fail("this test reads the list of files from git")
    foreign = {name for name in kept.stdout.split("\n") if ".min." in name or "/vendor/" in name}
    assert foreign == {each["path"] for each in listed() if ".min." in each["path"] or "/vendor/" in each["path"]}
