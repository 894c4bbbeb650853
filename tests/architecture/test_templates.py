"""Templates know only templates below them, and name them with plain words so that this can be seen."""

import re
from collections.abc import Iterable

from tests.architecture.house import HOME, PLATFORM, code, floors, may_know

_PARTS = re.compile(r"{%-?\s*(include|extends)\s+(\S+)")
_LIBRARIES = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
_TEMPLATE_NAME = re.compile(r"[\"']((\w+)/[\w/-]+\.(?:html|txt|svg))[\"'#]")


def room_of(template: str) -> str:
    """The room of a template by its name: ``ui`` and ``kit`` are the kit, allauth's names are kept by accounts."""
    first = template.partition("/")[0]
    return {"ui": "kit", "allauth": "accounts", "account": "accounts", "403.html": "kit"}.get(first, first)


def libraries() -> dict[str, str]:
    """Each template library of ours and its room."""
    return {path.stem: path.parts[-3] for path in PLATFORM.glob("*/templatetags/*.py") if path.stem != "__init__"}


def wrong_parts(room: str, text: str) -> list[str]:
    """What a template of `room` includes, extends or loads from above, or names with a variable."""
    wrong = []
    for tag, name in _PARTS.findall(text):
        if name[0] not in "\"'":
            wrong.append(f"{tag} {name}: name it with plain words")
            continue
        other = room_of(name.strip("\"'").partition("#")[0])
        if other and other in floors() and not may_know(room, other):
            wrong.append(f"{tag} {name} is above {room}")
    for names in _LIBRARIES.findall(text):
        wrong += [
            f"load {name} is above {room}"
            for name in names.split()
            if name in libraries() and not may_know(room, libraries()[name])
        ]
    return wrong


def foreign_renderings(room: str, strings: Iterable[str]) -> list[str]:
    """Template names in the Python of `room` that belong to a room above it."""
    return [name for name in strings if (other := room_of(name)) in floors() and not may_know(room, other)]


def test_templates_look_down_only() -> None:
    templates = [path for path in PLATFORM.glob("*/templates/**/*") if path.is_file()]
    assert templates
    broken = {
        str(path.relative_to(HOME)): wrong
        for path in templates
        if (wrong := wrong_parts(path.relative_to(PLATFORM).parts[0], path.read_text(encoding="utf-8")))
    }
    assert broken == {}


def test_a_room_keeps_its_templates_under_its_own_name() -> None:
    shared = {"accounts": {"account", "allauth", "socialaccount"}, "kit": {"ui"}, "pages": set(), "config": set()}
    for path in PLATFORM.glob("*/templates/*"):
        room = path.parts[-3]
        assert path.is_file() or path.name in {room, *shared.get(room, set())}, path


def test_python_renders_no_template_from_above() -> None:
    for each in code(PLATFORM):
        room = each.path.relative_to(PLATFORM).parts[0]
        names = [found[0] for found in _TEMPLATE_NAME.findall(each.path.read_text(encoding="utf-8"))]
        if room in floors():
            assert foreign_renderings(room, names) == [], each.name


def test_a_template_that_looks_up_is_noticed() -> None:
    text = '{% extends "ui/page.html" %}{% include "defrag/block.html" %}{% include which %}'
    assert wrong_parts("issues", text) == [
        'include "defrag/block.html" is above issues',
        "include which: name it with plain words",
    ]
    assert foreign_renderings("issues", ["pages/issue.html", "issues/issue.html"]) == ["pages/issue.html"]
