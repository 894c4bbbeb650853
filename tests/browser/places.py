"""Every page of the platform, in one place: who may see it, and how somebody gets there.

A page whose address holds a number is found by the link to it, as a visitor finds it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser.visits import ANYONE, COORDINATOR, PARTY, RESIDENT

EVERYBODY = (ANYONE, PARTY, COORDINATOR)
PARTIES = (PARTY, COORDINATOR)
TEAM = (COORDINATOR,)


@dataclass(frozen=True, slots=True)
class Place:
    """A page. `name` is that of its address; `link` is a selector of the link to it on the page `at`."""

    name: str
    at: str
    who: tuple[str, ...] = EVERYBODY
    link: str = ""
    status: int = 200
    about: str = ""

    @property
    def words(self) -> str:
        """What a test or picture of this page is called."""
        return "-".join(filter(None, (self.name.replace(":", "-"), self.about)))


def _decision(name: str, end: str) -> Place:
    return Place(f"issues:{name}", "vraagstukken/", TEAM, link=f"main a[href$='/{end}/']")


PLACES = (
    Place("pages:start", ""),
    Place("pages:start", "", (RESIDENT,), about="resident"),
    Place("pages:neighbourhood", "wijk/"),
    Place("pages:party", "partijen/de-lange-tafel/"),
    Place("pages:party", "partijen/gemeente-oeverstad/", about="municipality"),
    Place("pages:issue", "vraagstukken/binnen-bij-elkaar-komen/"),
    Place("pages:issue", "vraagstukken/", TEAM, link="#voorstellen ~ ul h3 a", about="proposed"),
    Place("pages:issue", "vraagstukken/parkeren-touwslagersstraat/", TEAM, about="refused"),
    Place("issues:list", "vraagstukken/"),
    Place("issues:list", "vraagstukken/?thema=straat", (ANYONE,), about="filtered"),
    _decision("accept", "accepteren"),
    _decision("refuse", "niet-samen"),
    _decision("split", "splitsen"),
    _decision("join", "samenvoegen"),
    Place("issues:rename", "vraagstukken/binnen-bij-elkaar-komen/naam/", TEAM),
    Place("issues:parties", "vraagstukken/binnen-bij-elkaar-komen/partijen/", TEAM),
    Place("issues:passages", "vraagstukken/binnen-bij-elkaar-komen/passages/", TEAM),
    Place("sources:list", "bibliotheek/"),
    Place("sources:list", "bibliotheek/?tekst=bestaat-niet", (ANYONE,), about="nothing"),
    Place("sources:add", "bibliotheek-toevoegen/", TEAM),
    Place("sources:source", "bibliotheek/wijkmonitor-2025/"),
    Place("sources:source", "bibliotheek/interview-huurder-2025/", (ANYONE,), about="short"),
    Place("neighbourhoods:parties", "partijen/"),
    Place("neighbourhoods:parties", "partijen/?q=bestaat-niet", (ANYONE,), about="nothing"),
    Place("neighbourhoods:map", "kaart/"),
    Place("neighbourhoods:doubles", "dubbelen/", TEAM),
    Place("defrag:connections", "verbindingen/", PARTIES),
    Place("defrag:demands", "verbindingen/lijst/", PARTIES),
    Place("defrag:move", "verbindingen/", PARTIES, link="main a[href*='/verbindingen/zet/']"),
    Place("search:search", "zoeken/"),
    Place("search:search", "zoeken/?q=zaal+voor+de+avond", about="found"),
    Place("search:search", "zoeken/?q=%F0%9F%90%A8", (ANYONE,), about="nothing"),
    Place("account_request_login_code", "/account/inloggen/", (ANYONE,)),
    Place("account_logout", "/account/uitloggen/", TEAM),
    Place("account_inactive", "/account/gesloten/", (ANYONE,)),
    Place("pages:party", "partijen/bestaat-niet/", (ANYONE, COORDINATOR), status=404, about="not-there"),
    Place("neighbourhoods:doubles", "dubbelen/", (RESIDENT,), status=403, about="not-allowed"),
)

ELSEWHERE = {
    "pages:home": "leads to the only workshop; with several it is looked at in tests/pages",
    "account_confirm_login_code": "opens after an address is typed: test_keyboard.py",
    "account_login": "leads to account_request_login_code",
    "account_signup": "leads to account_request_login_code",
    "accounts:demo_sign_in": "an action",
    "set_language": "an action: test_without_script.py",
    "issues:suggested": "an action",
    "issues:list_csv": "a file",
    "sources:list_csv": "a file",
    "sources:file": "a file",
    "sources:again": "an action",
    "neighbourhoods:parties_csv": "a file",
    "neighbourhoods:decide_double": "an action: test_without_script.py",
    "defrag:demands_csv": "a file",
    "defrag:refuse_move": "an action: test_without_script.py",
    "defrag:take_back": "an action",
}
"""Addresses that are no page to look at, and why."""


def names() -> frozenset[str]:
    """The name of every address of the platform."""
    return frozenset(_names(get_resolver().url_patterns, ""))


def _names(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _names(each.url_patterns, f"{each.namespace}:" if each.namespace else space)
        else:
            yield f"{space}{each.name}"
