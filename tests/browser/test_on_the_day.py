"""A host keeps up with a table on a phone whose connection is cut: everything arrives once, in order."""

import json
import subprocess
import sys
from typing import Any

from playwright.sync_api import Route

from tests.browser.conftest import Visits
from tests.browser.site import HOME, Site, _env
from tests.browser.visits import COORDINATOR, NARROW, Visitor, sign_in

DAY = "tafels/tafel-werk/bijhouden/"
KINDS = ("initiative", "business")
A_DAY_BEHIND = """
const now = Date.now, real = Date;
Date = class extends real { constructor(...said) { super(...(said.length ? said : [now() - 864e5])); } };
Date.now = () => now() - 864e5;
"""
READ = """
import json
from werkplaats.promises.models import Promise
from werkplaats.tables.models import Table
from werkplaats.tables.queries import turns_of
table = Table.objects.get(key="tafel-werk")
rows = list(table.turns.all())
print(json.dumps({
    "turns": [[tap.kind, tap.number] for tap in turns_of(table.pk).taps],
    "rows": len(rows),
    "promises": Promise.objects.filter(wording="De sleutel ligt bij de bakker.").count(),
    "off": sorted({(one.received_at - one.counted_at).days for one in rows}),
}))
"""


def read(site: Site) -> dict[str, Any]:
    """What the server has: the turns in order, how many rows, how many promises, how many days the clock was off."""
    command = [sys.executable, str(HOME / "manage.py"), "shell", "--verbosity", "0", "--command", READ]
    said = subprocess.run(command, env=_env(site.folder), cwd=HOME, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def taps(host: Visitor, pattern: list[str]) -> None:
    for kind in pattern:
        host.page.locator(f"[data-taps] [value={kind}]").click()


def test_two_hundred_taps_without_connection_arrive_once_and_in_order(comes: Visits) -> None:
    host = comes(COORDINATOR, width=NARROW)
    context = host.page.context
    context.add_init_script(A_DAY_BEHIND)
    host.goes_to(DAY)
    host.page.locator("[data-reload=yes]").wait_for()
    pattern = [KINDS[(number * number) % 7 % 2] for number in range(200)]
    context.set_offline(True)
    taps(host, pattern[:90])
    host.page.locator("[data-say=cut]", has_text="Er wacht nu: 90").wait_for()
    host.page.get_by_label("Wie zei het?").select_option("bakker-roelofs")
    host.page.get_by_label("Wat precies?").fill("De sleutel ligt bij de bakker.")
    host.presses("Schrijf op")
    host.page.reload()
    host.page.locator("[data-say=cut]", has_text="Er wacht nu: 91").wait_for()
    assert "De sleutel ligt bij de bakker." in host.reads()
    taps(host, pattern[90:])
    taps(host, ["business"])
    host.presses("Haal de laatste beurt weg")
    host.page.locator("[data-say=cut]", has_text="Er wacht nu: 202").wait_for()
    assert read(host.site)["rows"] < 200
    context.set_offline(False)
    host.page.get_by_text("Er is verbinding. Alles is bewaard.").wait_for()
    found = read(host.site)
    assert [kind for kind, _number in found["turns"]] == pattern
    assert [number for _kind, number in found["turns"]] == [number for number in range(1, 202) if number != 91]
    assert (found["rows"], found["promises"], found["off"]) == (201, 1, [1])
    shown = {kind: host.page.locator(f"[data-count={kind}]").inner_text() for kind in KINDS}
    assert shown == {kind: str(pattern.count(kind)) for kind in KINDS}
    host.page.reload()
    assert {kind: host.page.locator(f"[data-count={kind}]").inner_text() for kind in KINDS} == shown
    assert len(read(host.site)["turns"]) == 200
    host.presses("Klaar. Wis deze telefoon")
    host.page.get_by_role("heading", level=1, name="Werk voor jongeren om de hoek").wait_for()
    assert host.page.evaluate("localStorage.length") == 0
    # What the browser says of being cut off is what was asked of it here.
    assert [said for said in host.complaints if "ERR_INTERNET_DISCONNECTED" not in said] == []


def test_a_sending_whose_answer_is_lost_on_the_way_doubles_nothing(comes: Visits) -> None:
    host = comes(COORDINATOR, width=NARROW)
    host.goes_to("tafels/eerste-tafel-zaal/bijhouden/")
    shown = host.page.locator("[data-count=professional]")
    before = int(shown.inner_text())

    lost = [True]

    def arrives(route: Route) -> None:
        if not lost[0]:
            route.continue_()
            return
        route.fetch()
        route.abort()

    host.page.route("**/bijhouden/stuur/", arrives)
    taps(host, ["professional"] * 3)
    host.page.locator("[data-say=cut]", has_text="Er wacht nu: 3").wait_for()
    lost[0] = False
    host.page.locator("[data-say=connected]").wait_for()
    host.page.reload()
    assert int(shown.inner_text()) == before + 3


def test_who_is_no_longer_signed_in_loses_nothing(comes: Visits) -> None:
    host = comes(COORDINATOR, width=NARROW)
    host.goes_to("tafels/eerste-tafel-zaal/bijhouden/")
    host.page.locator("[data-say=connected]").wait_for()
    shown = host.page.locator("[data-count=research]")
    before = int(shown.inner_text())
    host.page.context.clear_cookies()
    taps(host, ["research"])
    host.page.locator("[data-say=out]", has_text="Er wacht nu: 1").wait_for()
    sign_in(host, COORDINATOR)
    host.goes_to("tafels/eerste-tafel-zaal/bijhouden/")
    host.page.locator("[data-say=connected]").wait_for()
    assert int(shown.inner_text()) == before + 1


def test_without_script_a_host_counts_too(comes: Visits) -> None:
    host = comes(COORDINATOR, width=NARROW, script=False)
    host.goes_to("tafels/tafel-schimmel/bijhouden/")
    shown = host.page.locator("[data-count=research]")
    before = int(shown.inner_text())
    host.presses("Onderzoek en onderwijs")
    assert host.is_told() == "De beurt is geteld."
    assert int(shown.inner_text()) == before + 1
    host.presses("Haal de laatste beurt weg")
    assert host.is_told() == "De beurt is teruggenomen."
    assert int(shown.inner_text()) == before
    assert "Zonder script wordt elke tik meteen verstuurd." in host.reads()
