"""The forms of the platform as they stand on its pages: a new one is filled in by itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.http import HttpResponseBase
from django.urls import resolve


@dataclass
class Box:
    """One place to fill in: what kind it is, what stands in it, and what may be chosen."""

    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)

    @property
    def is_typed(self) -> bool:
        return self.kind in {"text", "textarea", "email", "number", "date", "time", "search", "url", "tel"}


@dataclass
class Form:
    """A form that is sent. `presses`: what each of its buttons says besides."""

    address: str
    boxes: dict[str, Box] = field(default_factory=dict)
    presses: list[tuple[str, str]] = field(default_factory=list)

    @property
    def name(self) -> tuple[str, ...]:
        """Forms with the same name are the same form, about another thing."""
        return (resolve(urlsplit(self.address).path).view_name, *sorted(self.boxes), *map("=".join, self.presses))

    def filled(self, typed: Callable[[str, Box], str]) -> Iterator[dict[str, str]]:
        """What a browser sends, once for each button: what was chosen or hidden as it stands, and `typed` for the rest."""
        told = {name: typed(name, box) if box.is_typed else box.value for name, box in self.boxes.items()}
        for name, value in self.presses or [("", "")]:
            yield told | ({name: value} if name else {})


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.here, self.forms = address, list[Form]()
        self.form: Form | None = None
        self.select: Box | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(said.get("action") or self.here) if said.get("method", "").lower() == "post" else None
        elif self.form is None:
            return
        elif tag == "option" and self.select is not None:
            self.select.choices.append(said.get("value", ""))
            if "selected" in said or not self.select.value:
                self.select.value = said.get("value", "")
        elif tag == "button" and said.get("name"):
            self.form.presses.append((said["name"], said.get("value", "")))
        elif said.get("name"):
            self._box(self.form, tag, said)

    def _box(self, form: Form, tag: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text") if tag == "input" else tag
        box = form.boxes.setdefault(said["name"], Box(kind))
        if kind in {"radio", "checkbox"}:
            box.choices.append(said.get("value", "on"))
            box.value = box.value or said.get("value", "on")
        elif kind == "select":
            self.select = box
        else:
            box.value = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.form is not None:
            self.forms.append(self.form)
            self.form = None
        elif tag == "select":
            self.select = None


def forms_on(address: str, answer: HttpResponseBase) -> list[Form]:
    """What can be sent from a page, without choosing a language and signing out, which stand on every page."""
    if not answer.get("Content-Type", "").startswith("text/html"):
        return []
    reader = _Reader(address)
    reader.feed(answer.content.decode())  # type: ignore[attr-defined]
    return [form for form in reader.forms if not form.address.startswith(("/taal/", "/account/"))]
