"""Every page of the platform, in one place: who may see it, and how somebody gets there.

A page whose address holds a number is found by the link to it, as a visitor finds it; ``{pause}`` in an address is a key or code
that `furnishing.py` made.
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
    """A page. `name` is that of its address; `link` is a selector of the link to it on the page `at`.

    `code`: which receipt is opened first, with its code, as its holder does; `typed_at`: the page where that code is typed.
    """

    name: str
    at: str
    who: tuple[str, ...] = EVERYBODY
    link: str = ""
    status: int = 200
    about: str = ""
    code: str = ""
    typed_at: str = "bonnetje/"

    @property
    def words(self) -> str:
        """What a test or picture of this page is called."""
        return "-".join(filter(None, (self.name.replace(":", "-"), self.about)))


def _decision(name: str, end: str) -> Place:
    return Place(f"issues:{name}", "vraagstukken/", TEAM, link=f"main a[href$='/{end}/']")


def _receipt(name: str, end: str, code: str = "receipt", who: tuple[str, ...] = (ANYONE,), about: str = "") -> Place:
    return Place(f"threads:{name}", f"bonnetje/{end}", who, code=code, about=about)


def _vote(name: str, end: str, code: str = "vote", about: str = "") -> Place:
    return Place(f"conversations:{name}", f"{_TALK}{end}", (ANYONE,), about=about, code=code, typed_at=f"{_TALK}code/")


_MIRROR, _OURS = "spiegels/gemeente-oeverstad/", "spiegels/de-lange-tafel/"
_TO_COME = "tafels/de-zaal-straks/"
_ASK = "meedoen/welke-avond/"
_TALK = "gesprekken/de-weverij-in-de-avond/"
_BEGUN, _LAMP, _ZAAL = "beloften/hek-eerder-open/", "beloften/lamp-bij-de-brug/", "ontwikkeltrajecten/de-zaal-open/"

FROM_VOICE_TO_DIFFERENCE = (
    Place("pages:today", "vandaag/", TEAM),
    Place("pages:today", "vandaag/?alles=1", TEAM, about="everything"),
    Place("pages:sheet", "vandaag/blad/", TEAM),
    Place("pages:catch", "vandaag/regel/sleutel/", TEAM),
    Place("pages:begin", "begin/1/", TEAM),
    Place("pages:begin_meeting", "begin/2/", TEAM),
    Place("pages:begin_said", "begin/3/?tafel=overleg-zaal", TEAM),
    Place("pages:begin_links", "begin/4/?tafel=overleg-zaal", TEAM),
    Place("pages:begin_waiters", "begin/5/", TEAM),
    Place("pages:whose", "van-wie/"),
    Place("pages:terms", "van-wie/afspraken/", TEAM),
    Place("neighbourhoods:say_whose", "van-wie/schrijven/", TEAM),
    Place("neighbourhoods:groups", "groepen/", TEAM),
    Place("catches:list", "vangregels/", TEAM),
    Place("asks:list", "meedoen/"),
    Place("asks:ask", _ASK),
    Place("asks:ask", "meedoen/nog-een-begin/", PARTIES, about="begun"),
    Place("asks:new", "meedoen/nieuw/", PARTIES),
    Place("asks:new", "meedoen/nieuw/?title=De+zaal&question=Hoe+laat+gaat+de+zaal+open%3F", PARTIES, about="known"),
    Place("asks:change", "meedoen/nog-een-begin/wijzigen/", PARTIES),
    Place("asks:give", f"{_ASK}vertel/"),
    Place("asks:give", f"{_ASK}vertel/?door=de-lange-tafel", about="through"),
    Place("asks:thanks", f"{_ASK}dank/", (ANYONE,)),
    Place("asks:poster", f"{_ASK}poster/"),
    Place("asks:poster", f"{_ASK}poster/?door=de-lange-tafel", about="through"),
    Place("asks:reply", f"{_ASK}antwoorden/", PARTIES),
    Place("asks:give_back", f"{_ASK}terug/", PARTIES),
    Place("asks:notice", f"{_ASK}terug/vrijdag-open/"),
    Place("asks:stack", f"{_ASK}stapel/", TEAM),
    Place("asks:slips", f"{_ASK}kaarten/", TEAM),
    Place("asks:import", f"{_ASK}inlezen/", TEAM),
    Place("asks:desk", "stemmen/", TEAM),
    Place("asks:reports", "gevraagd/"),
    _receipt("receipt", "", code="", who=EVERYBODY),
    _receipt("receipt", "", who=EVERYBODY, about="answered"),
    _receipt("receipt", "", code="waiting", about="waiting"),
    _receipt("add_words", "erbij/"),
    _receipt("mail_me", "mail/"),
    _receipt("withdraw", "weghalen/"),
    Place("threads:hand_overs", "overdracht/"),
    Place("threads:make_hand_over", "overdracht/nieuw/", TEAM),
    Place("threads:hand_over", "overdracht/onderzoeker-weg/"),
    Place("conversations:list", "gesprekken/"),
    Place("conversations:new", "gesprekken/nieuw/", PARTIES),
    Place("conversations:new", "gesprekken/nieuw/?uitvraag=welke-avond", PARTIES, about="statements"),
    Place("conversations:conversation", _TALK),
    Place("conversations:conversation", "gesprekken/nog-niemand/", (ANYONE,), about="nothing"),
    Place("conversations:conversation", "gesprekken/kadehuis/", about="three-groups"),
    Place("conversations:screen", f"{_TALK}scherm/"),
    Place("conversations:screen", "gesprekken/kadehuis/scherm/", (ANYONE,), about="three-groups"),
    Place("conversations:sheet", f"{_TALK}blad/"),
    Place("conversations:take_along", f"{_TALK}meenemen/"),
    Place("conversations:take_along", "gesprekken/nog-niemand/meenemen/", (ANYONE,), about="nothing"),
    Place("conversations:statements", f"{_TALK}stellingen/", TEAM),
    Place("conversations:give_back", f"{_TALK}terug/", PARTIES),
    Place("conversations:enter", f"{_TALK}code/"),
    _vote("vote", "stem/"),
    _vote("vote", "stem/", code="voted", about="all"),
    _vote("write", "stelling/"),
    _vote("mine", "mijn/", code="voted"),
    Place("conversations:paper", f"{_TALK}papier/", TEAM),
    Place("conversations:codes", f"{_TALK}codes/", TEAM),
    Place("promises:list", "beloften/"),
    Place("promises:list", "beloften/?laat=withdrawn", (ANYONE,), about="nothing"),
    Place("promises:draft", "beloften/opschrijven/", TEAM),
    Place("promises:desk", "beloften/werkblad/", TEAM),
    Place("promises:ledger", "beloften/grootboek/"),
    Place("promises:answer", "beloften/ja/{confirm}/"),
    Place("promises:answer", "beloften/ja/123456789012/", (ANYONE,), status=404, about="closed"),
    Place("promises:promise", _LAMP),
    Place("promises:promise", "beloften/geen-tweede-zaal/", about="refused"),
    Place("promises:promise", _BEGUN, TEAM, about="draft"),
    Place("promises:redraft", f"{_BEGUN}opnieuw/", TEAM),
    Place("promises:tell", f"{_LAMP}vertellen/", TEAM),
    Place("promises:judge", f"{_LAMP}oordeel/"),
    Place("promises:erase", f"{_LAMP}wissen/", TEAM),
    Place("tables:tables", "tafels/"),
    Place("tables:table", "tafels/overleg-zaal/"),
    Place("tables:hold", "tafels/nieuw/", TEAM),
    Place("tables:heard", "tafels/gehoord/"),
    Place("tables:heard", "tafels/gehoord/?vraagstuk=binnen-bij-elkaar-komen", (ANYONE,), about="of-issue"),
    Place("tables:enter", "tafels/kom/", (ANYONE,)),
    Place("tables:come", "tafels/kom/123456789012/", (ANYONE,), status=404, about="closed"),
    Place("tables:at_table", "tafels/overleg-zaal/aan-tafel/", (ANYONE,), code="table", typed_at="tafels/kom/"),
    Place("tables:at_table", "tafels/overleg-zaal/aan-tafel/", TEAM, about="host"),
    Place("tables:check_out", "tafels/overleg-zaal/hoe-was-het/", (ANYONE,), code="table", typed_at="tafels/kom/"),
    Place("tables:round", "tafels/overleg-zaal/rondje/", TEAM),
    Place("tables:paper", "tafels/overleg-zaal/rondje/papier/", TEAM),
    Place("tables:check_out_sheet", "tafels/overleg-zaal/rondje/blad/", TEAM),
    Place("tables:day", "tafels/overleg-zaal/bijhouden/", TEAM),
    Place("tables:sheet", "tafels/overleg-zaal/blad/", TEAM),
    Place("tables:plan", f"{_TO_COME}plannen/", TEAM),
    Place("tables:plan", "tafels/overleg-zaal/plannen/", TEAM, about="held"),
    Place("tables:move", f"{_TO_COME}verzetten/", TEAM),
    Place("tables:cancel", f"{_TO_COME}afzeggen/", TEAM),
    Place("tables:letters", f"{_TO_COME}brieven/", TEAM),
    Place("tables:cards", f"{_TO_COME}kaarten/", TEAM),
    Place("tables:draw", f"{_TO_COME}loten/", TEAM),
    Place("tables:drawn", f"{_TO_COME}geloot/"),
    Place("tables:attended", "tafels/overleg-zaal/wie/"),
    Place("tables:after", "tafels/overleg-zaal/na-afloop/", TEAM),
    Place("tables:enter_seat", "uitnodiging/"),
    Place("tables:answer", "uitnodiging/{seat}/"),
    Place("tables:answer", "uitnodiging/123456789012/", (ANYONE,), status=404, about="closed"),
    Place("tables:answer_for", "uitnodiging/voor-ons/{own_seat}/", (PARTY,)),
    Place("issues:plan", "vraagstukken/binnen-bij-elkaar-komen/ontwikkeltraject/", TEAM),
    Place("issues:trajectory", _ZAAL),
    Place("issues:trajectory", "ontwikkeltrajecten/nog-niet-begonnen/", about="planned"),
    Place("issues:reword", f"{_ZAAL}woorden/", TEAM),
    Place("issues:move", "ontwikkeltrajecten/nog-niet-begonnen/stap/", TEAM),
    Place("issues:trajectory_parties", f"{_ZAAL}partijen/", TEAM),
    Place("pauses:pauses", "stilstaan/"),
    Place("pauses:of", f"{_ZAAL}stilstaan/"),
    Place("pauses:pause", "stilstaan/{pause}/"),
    Place("pauses:pause", "stilstaan/{past_pause}/", about="past"),
    Place("pauses:answer", "stilstaan/{pause}/bonnetje/"),
    Place("pauses:answer_for", "stilstaan/{pause}/partij/", PARTIES),
    Place("pauses:close", "stilstaan/{pause}/besluiten/", TEAM),
    Place("mirror:mirrors", "spiegels/"),
    Place("mirror:mirror", _MIRROR),
    Place("mirror:mirror", _OURS, about="consented"),
    Place("mirror:mirror", "spiegels/woningstichting-kanaalzicht/", TEAM, about="unpublished"),
    Place("mirror:mirror", "spiegels/woningstichting-kanaalzicht/", (ANYONE,), status=404, about="closed"),
    Place("mirror:mirror", "spiegels/wijkwerkplaats-kanaalkwartier/", (ANYONE,), about="own"),
    Place("mirror:own_eyes", f"{_OURS}eigen-ogen/", (PARTY,)),
    Place("mirror:talk", f"{_OURS}gesprek/", TEAM),
    Place("mirror:answer", _OURS, PARTIES, link="main a[href*='/woorden/']"),
    Place("mirror:years", f"{_OURS}jaren/", PARTIES),
    Place("mirror:lay", f"{_OURS}naast/", PARTIES),
    Place("mirror:sheet", "spiegels-naast-elkaar/{sheet}/", PARTIES),
    Place("mail:follow", _ASK, link="main a[href*='/volgen/']"),
    Place("mail:mine", "post/", PARTIES),
    Place("mail:on_paper", "post/op-papier/", TEAM),
    Place("mail:choices", "post/{reader}/"),
    Place("mail:confirm", "post/{reader}/ja/{follow}/"),
    Place("mail:unsubscribe", "post/{reader}/uit/news/"),
)

PLACES = (
    *FROM_VOICE_TO_DIFFERENCE,
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
    Place("neighbourhoods:needs", "vragen-en-aanbod/"),
    Place("neighbourhoods:needs", "vragen-en-aanbod/?staat=withdrawn", (ANYONE,), about="nothing"),
    Place("neighbourhoods:need", "vragen-en-aanbod/noor-zoekt-fietsles/"),
    Place("issues:need_issue", "vragen-en-aanbod/noor-zoekt-fietsles/vraagstuk/", TEAM),
    Place("neighbourhoods:post_need", "vragen-en-aanbod/nieuw/", (RESIDENT, *PARTIES)),
    Place("dependence:matches", "wie-past-bij-wie/", (COORDINATOR,)),
    Place("dependence:ask", "wie-past-bij-wie/{match}/", (COORDINATOR,)),
    Place("dependence:cards", "wie-past-bij-wie/kaarten/", (COORDINATOR,)),
    Place("dependence:overview", "wie-wacht-op-wie/", (COORDINATOR,)),
    Place("dependence:mine", "wie-wacht-op-wie/ons/", (PARTY,)),
    Place("dependence:party", "wie-wacht-op-wie/de-lange-tafel/", (COORDINATOR, PARTY)),
    Place("dependence:two", "wie-wacht-op-wie/de-lange-tafel/en/gemeente-oeverstad/", (COORDINATOR, PARTY)),
    Place("dependence:enter", "voor-elkaar/", (ANYONE,)),
    Place("dependence:answer", "voor-elkaar/{fits}/", (ANYONE,)),
    Place("dependence:answer", "voor-elkaar/123456789012/", (ANYONE,), status=404, about="closed"),
    Place("neighbourhoods:map", "kaart/"),
    Place("neighbourhoods:network", "netwerk/", PARTIES),
    Place("neighbourhoods:doubles", "dubbelen/", TEAM),
    Place("neighbourhoods:own_ties", "partijen/de-lange-tafel/banden/", PARTIES),
    Place("neighbourhoods:my_ties", "banden/", (PARTY,)),
    Place("neighbourhoods:take_over", "partijen/de-lange-tafel/dit-zijn-wij/"),
    Place("neighbourhoods:tell_own", "partijen/de-lange-tafel/gegevens/", TEAM),
    Place("neighbourhoods:take_overs", "dit-zijn-wij/", TEAM),
    Place("exchange:bring_in", "inlezen/", TEAM),
    Place("exchange:batch", "inlezen/{batch}/", TEAM),
    Place("exchange:batch", "inlezen/{done_batch}/", TEAM, about="done"),
    Place("exchange:take_out", "meenemen/", TEAM),
    Place("defrag:connections", "verbindingen/", PARTIES),
    Place("defrag:demands", "verbindingen/lijst/", PARTIES),
    Place("defrag:move", "verbindingen/", PARTIES, link="main a[href*='/verbindingen/zet/']:not([href$='/vragen/'])"),
    Place("defrag:ask", "verbindingen/", TEAM, link="main a[href$='/vragen/']"),
    Place("defrag:asked", "verbindingen/gevraagd/", TEAM),
    Place("defrag:outcomes", "verbindingen/uitkomsten/", TEAM),
    Place("defrag:cards", "verbindingen/kaarten/", TEAM),
    Place("defrag:enter", "kennismaken/"),
    Place("defrag:answer", "kennismaken/{side}/"),
    Place("defrag:answer", "kennismaken/{helped}/", about="helped"),
    Place("defrag:answer", "kennismaken/123456789012/", (ANYONE,), status=404, about="closed"),
    Place("defrag:answer_for", "partijen/de-lange-tafel/", (PARTY,), link="main a[href*='/voor-ons/']"),
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
    "catches:drop": "an action",
    "catches:take_up": "an action",
    "asks:list_csv": "a file",
    "asks:open": "an action",
    "asks:close": "an action",
    "asks:late": "an action",
    "asks:wipe": "an action: test_a_voice.py",
    "asks:look": "an action",
    "asks:check": "an action",
    "conversations:figures_csv": "a file",
    "conversations:picture_svg": "a file",
    "conversations:picture_png": "a file",
    "conversations:polis_zip": "a file",
    "conversations:places_csv": "a file",
    "conversations:begin": "an action: test_voting.py",
    "conversations:look": "an action",
    "conversations:kind": "an action",
    "conversations:withdraw": "an action",
    "conversations:leave": "an action",
    "promises:list_csv": "a file",
    "promises:export": "a file",
    "promises:verify_py": "a file",
    "promises:drop": "an action",
    "promises:link": "the answer to a button, shown once: test_a_promise.py",
    "tables:turn": "an action: test_on_the_day.py",
    "tables:send": "an action: test_on_the_day.py",
    "tables:worker": "a file",
    "tables:note": "an action",
    "tables:seats": "an action",
    "tables:code": "an action",
    "tables:invite": "an action: tests/tables",
    "tables:speak_for": "an action: tests/tables",
    "tables:on_agenda": "an action: tests/tables",
    "tables:was_there": "an action: tests/tables",
    "tables:report": "an action: tests/tables",
    "tables:ask_for_yes": "an action: tests/tables",
    "tables:give_back": "an action: tests/tables",
    "tables:decide": "an action: tests/tables",
    "tables:calendar": "a file: tests/tables",
    "issues:start_trajectory": "an action",
    "pauses:open": "an action",
    "mirror:ask": "an action: tests/mirror",
    "mirror:consent": "an action: tests/mirror",
    "mirror:take_back": "an action: tests/mirror",
    "mirror:confirm": "an action: tests/mirror",
    "mirror:say": "an action: tests/mirror",
    "mail:unfollow": "an action",
    "mail:follow_on_paper": "the answer to a button",
    "threads:close": "an action",
    "threads:fit": "an action: test_a_voice.py",
    "threads:dispute": "an action",
    "threads:reward": "an action",
    "threads:verdict": "an action: test_a_promise.py",
    "neighbourhoods:parties_csv": "a file",
    "neighbourhoods:needs_csv": "a file",
    "neighbourhoods:end_need": "an action: tests/neighbourhoods",
    "neighbourhoods:hide_need": "an action: tests/neighbourhoods",
    "dependence:refuse": "an action: tests/dependence",
    "dependence:outcome": "an action: tests/dependence",
    "dependence:answer_for": "the page of dependence:answer, signed in: tests/dependence",
    "neighbourhoods:network_csv": "a file",
    "neighbourhoods:decide_double": "an action: test_without_script.py",
    "neighbourhoods:decide_take_over": "an action",
    "exchange:drop": "an action",
    "defrag:demands_csv": "a file",
    "defrag:refuse_move": "an action: test_without_script.py",
    "defrag:take_back": "an action",
    "defrag:met": "an action",
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
