"""Habits of docs/shape.md that a tool can see."""

import ast
import re

from tests.architecture.house import HOME, LIBRARY, PLATFORM, Code, code, made_up

DOORS = {"views", "api", "sweeps", "middleware", "context", "cli"}
CLOCKS = {"today", "now", "utcnow", "localdate", "localtime"}
DRAWERS = re.compile(r"^(utils?|common|misc|base|managers?|services?|helpers?|contrib)$")
ENGINE = PLATFORM / "kit" / "sqlite" / "base.py"  # Django looks for an engine under this name
MOST_LINES, SCREEN = 350, 60


def clock_readings(each: Code) -> list[int]:
    """Lines that read the clock where today must be an argument: everywhere except in doors, commands and what a page shows."""
    if each.stem in DOORS or {"commands", "templatetags", "views"} & set(each.path.parts):
        return []
    calls = (node for node in ast.walk(each.tree) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in CLOCKS]


def behind_your_back(each: Code) -> list[str]:
    """Signals and overridden saves: what follows from an event is called by name instead."""
    found = []
    for node in ast.walk(each.tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("django.dispatch", "django.db.models.signals"):
            found.append(f"line {node.lineno}: {node.module}")
        if isinstance(node, ast.ClassDef):
            found += [
                f"line {part.lineno}: {node.name}.{part.name}"
                for part in node.body
                if isinstance(part, ast.FunctionDef) and part.name in ("save", "delete") and each.stem == "models"
            ]
    return found


def long_functions(each: Code) -> list[str]:
    """Functions that do not fit on a screen."""
    functions = (node for node in ast.walk(each.tree) if isinstance(node, ast.FunctionDef))
    return [node.name for node in functions if (node.end_lineno or node.lineno) - node.lineno >= SCREEN]


def test_today_is_an_argument() -> None:
    assert {each.name: lines for each in code(PLATFORM, LIBRARY) if (lines := clock_readings(each))} == {}


def test_a_reading_of_the_clock_is_noticed() -> None:
    text = "from datetime import date\nlate = due < date.today()\n"
    assert clock_readings(made_up("issues/queries.py", text)) == [2]
    assert clock_readings(made_up("issues/views.py", text)) == []


def test_nothing_happens_behind_your_back() -> None:
    assert {each.name: found for each in code(PLATFORM) if (found := behind_your_back(each))} == {}


def test_a_signal_and_an_overridden_save_are_noticed() -> None:
    text = "from django.dispatch import receiver\nclass Party:\n    def save(self): ...\n"
    assert behind_your_back(made_up("models.py", text)) == ["line 1: django.dispatch", "line 3: Party.save"]


def test_files_are_for_one_sitting_and_functions_for_one_screen() -> None:
    files = list(code(HOME / "src", HOME / "tests"))
    long = [each.name for each in files if len(each.path.read_text(encoding="utf-8").splitlines()) > MOST_LINES]
    assert long == []
    assert {each.name: names for each in files if (names := long_functions(each))} == {}


def test_a_long_function_is_noticed() -> None:
    text = "def far():\n" + "    x = 1\n" * SCREEN
    assert long_functions(made_up("actions.py", text)) == ["far"]


def test_there_is_no_drawer_for_leftovers() -> None:
    names = [path for folder in (PLATFORM, LIBRARY) for path in folder.rglob("*") if path.suffix in ("", ".py")]
    assert [str(path) for path in names if DRAWERS.match(path.stem) and path != ENGINE] == []
    assert DRAWERS.match("utils")
