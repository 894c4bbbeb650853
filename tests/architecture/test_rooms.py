"""Every room has the same files, so that one can guess where something is."""

from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import PLATFORM

NOT_ROOMS = {"kit", "config", "__pycache__"}
FILES = {
    *("rules", "records", "models", "queries", "analysis", "refusals", "actions", "pictures", "forms", "views", "urls"),
    *("sweeps", "apps", "migrations", "templates", "static", "__init__"),
}
NAMED_BY_OTHERS = {
    "accounts": {"middleware", "adapter"},  # Django's and allauth's words
    "pages": {"context"},  # Django's word
    "promises": {"verify"},  # the name under which it goes along with an exported ledger
}


def strange_files(room: Path) -> Iterator[str]:
    """Files and folders of a room whose name is none of those in docs/shape.md."""
    allowed = FILES | NAMED_BY_OTHERS.get(room.name, set())
    for path in sorted(room.iterdir()):
        if path.stem not in allowed and path.name != "__pycache__":
            yield f"{room.name}/{path.name}"


def test_the_files_of_a_room_can_be_guessed() -> None:
    rooms = [path for path in PLATFORM.iterdir() if path.is_dir() and path.name not in NOT_ROOMS]
    assert len(rooms) > 8
    assert [name for room in rooms for name in strange_files(room)] == []


def test_a_file_with_another_name_is_noticed(tmp_path: Path) -> None:
    room = tmp_path / "issues"
    room.mkdir()
    for name in ("rules.py", "proposing.py", "actions.py"):
        (room / name).touch()
    assert list(strange_files(room)) == ["issues/proposing.py"]
