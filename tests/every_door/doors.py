"""Every address of the platform, read from the addresses themselves: a new one is walked through by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.every_door.town import Town
from werkplaats.accounts.rules import Verb

HOME = "kanaalkwartier"


@dataclass(frozen=True)
class Door:
    """One name of an address. `wants`: what stands in it, the workshop included. Without a verb it is a door of others."""

    name: str
    wants: tuple[str, ...]
    verb: Verb | None

    @property
    def is_of_a_workshop(self) -> bool:
        return "workshop" in self.wants

    def addresses(self, town: Town, *, at: str = HOME) -> list[str]:
        """Every address of this name in the town. One that nobody gave a place in the town fails by name."""
        asked = f"?{urlencode(town.asked[self.name])}" if self.name in town.asked else ""
        if self.wants in ((), ("workshop",)):
            return [reverse(self.name, args=[at] if self.wants else []) + asked]
        room = self.name.partition(":")[0]
        keys = town.keys.get(self.name) or town.keys.get(room)
        assert keys, f"{self.name}: give it something to stand on in tests/every_door/town.py"
        return [reverse(self.name, args=[at, *key]) for key in keys]


def doors() -> list[Door]:
    return sorted(_doors(get_resolver().url_patterns, "", ()), key=lambda door: door.name)


def _doors(patterns: list[URLPattern | URLResolver], space: str, above: tuple[str, ...]) -> Iterator[Door]:
    for each in patterns:
        wants = (*above, *each.pattern.converters)
        if isinstance(each, URLResolver):
            yield from _doors(each.url_patterns, f"{each.namespace}:" if each.namespace else space, wants)
        else:
            yield Door(f"{space}{each.name}", wants, getattr(each.callback, "verb", None))


def whole(answer: HttpResponseBase) -> str:
    """All that an answer tells: its status line, headers, cookies and body."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    head = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return f"{head}\n{answer.cookies.output()}\n{body.decode('utf-8', 'replace')}"


_LINK = re.compile(r'(?:href|action|src|hx-get|content)="([^"]+)"')
_ONCE = frozenset({"wat", "next", "via"})  # what differs from one look to the next, or only says where one came from


def crawl(
    client: Client, starts: list[str], *, follows: bool = True, most: int = 600
) -> Iterator[tuple[str, HttpResponseBase]]:
    """Everything that somebody finds who looks at these addresses, and, who `follows`, goes after every link from there."""
    waiting, seen = list(starts), {_sameness(start) for start in starts}
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        yield address, answer
        for link in _links(address, answer) if follows else ():
            if _sameness(link) not in seen:
                seen.add(_sameness(link))
                assert len(seen) < most, f"links without end, such as {link}"
                waiting.append(link)


def _links(address: str, answer: HttpResponseBase) -> Iterator[str]:
    found = [answer["Location"]] if answer.has_header("Location") else []
    if answer.get("Content-Type", "").startswith("text/html"):
        found += [unescape(link) for link in _LINK.findall(answer.content.decode())]  # type: ignore[attr-defined]
    path = urlsplit(address).path
    for link in (f"{path}{link}" if link.startswith("?") else link for link in found):
        if link.startswith(f"/{HOME}/"):
            yield link.partition("#")[0]


def _sameness(address: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    parts = urlsplit(address)
    return parts.path, tuple(sorted((name, said) for name, said in parse_qsl(parts.query) if name not in _ONCE))
