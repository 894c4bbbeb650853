"""The contracts of .importlinter, and one that it cannot say: another room's doors are closed."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import grimp
import pytest

from tests.architecture.house import HOME, floors

OPEN = {"models", "records", "rules", "refusals", "queries", "actions", "pictures"}
WARMED = {"werkplaats.search.analysis"}


def closed_doors(imports: Iterable[tuple[str, str]]) -> list[str]:
    """Imports that go through another room's closed door. `config` composes: it lists the sweeps and warms the search."""
    broken = []
    for importer, imported in imports:
        _, room, *_ = [*importer.split("."), ""]
        _, other, part, *_ = [*imported.split("."), "", ""]
        if other in (room, "kit", ""):
            continue
        if part not in OPEN and not (room == "config" and (part == "sweeps" or imported in WARMED)):
            broken.append(f"{importer} -> {imported}")
    return broken


def real_imports() -> list[tuple[str, str]]:
    graph = grimp.build_graph("werkplaats", cache_dir=None)
    return [
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    ]


def test_another_rooms_doors_are_closed() -> None:
    # `python -m werkplaats` and `manage.py` start the settings; they are the outside of the house.
    imports = [(importer, imported) for importer, imported in real_imports() if importer != "werkplaats.__main__"]
    assert len(imports) > 20
    assert closed_doors(imports) == []


@pytest.mark.parametrize(
    "wrong",
    [
        ("werkplaats.pages.views", "werkplaats.issues.forms"),
        ("werkplaats.defrag.sweeps", "werkplaats.sources.sweeps"),
        ("werkplaats.exchange.actions", "werkplaats.sources.analysis"),
    ],
)
def test_a_closed_door_is_noticed(wrong: tuple[str, str]) -> None:
    right = (
        ("werkplaats.pages.views", "werkplaats.issues.queries"),
        ("werkplaats.config.sweeps", "werkplaats.sources.sweeps"),
    )
    assert closed_doors([*right, wrong]) == [f"{wrong[0]} -> {wrong[1]}"]


def lint(source: Path) -> "subprocess.CompletedProcess[str]":
    program = (
        f"import sys; sys.path.insert(0, {str(source)!r}); from importlinter.cli import lint_imports_command as c; c()"
    )
    command = [sys.executable, "-P", "-c", program, "--config", str(HOME / ".importlinter"), "--no-cache"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=source)


def test_every_room_has_its_place_and_the_contracts_hold() -> None:
    done = lint(HOME / "src")
    assert done.returncode == 0, done.stdout + done.stderr
    assert {"kit", "workshops", "defrag", "mirror", "config"} <= floors().keys()


def test_each_contract_is_noticed_when_it_is_broken(tmp_path: Path) -> None:
    skipped = shutil.ignore_patterns("migrations", "templates", "static", "__pycache__", "*.npz", "*.json")
    shutil.copytree(HOME / "src", tmp_path / "src", ignore=skipped)
    wrong = {
        "werkplaats/workshops/rules.py": "import werkplaats.defrag.models",
        "werkplaats/sources/models.py": "import werkplaats.sources.views",
        "werkplaats/sources/views.py": "import samenhang.knowledge",
        "werkplaats/accounts/rules.py": "import django.db",
        "samenhang/knowledge/records.py": "import samenhang.network.ties\nimport django",
        "samenhang/network/ties.py": "import samenhang.knowledge.records",
        "samenhang/__init__.py": "import samenhang.knowledge",
    }
    for name, line in wrong.items():
        with (tmp_path / "src" / name).open("a") as file:
            file.write(f"\n{line}\n")
    said = lint(tmp_path / "src").stdout
    verdicts = [line.rsplit(None, 1)[-1] for line in said.splitlines() if line.endswith(("KEPT", "BROKEN"))]
    assert verdicts == ["BROKEN"] * 8, said
