"""The pages of chains, with one of the demo that has two versions."""

from tests.browser.place import Place
from tests.browser.visits import ANYONE, COORDINATOR

_DAMP = "ketens/schimmel-laten-herstellen/"

CHAINS = (
    Place("chains:chains", "ketens/"),
    Place("chains:chain", _DAMP),
    Place("chains:version", f"{_DAMP}versie/1/", (ANYONE, COORDINATOR)),
    Place("chains:begin", "keten-beginnen/", (COORDINATOR,)),
    Place("chains:tell", f"{_DAMP}gegevens/", (COORDINATOR,)),
    Place("chains:renew", f"{_DAMP}nieuwe-versie/", (COORDINATOR,)),
    Place("chains:end", f"{_DAMP}afsluiten/", (COORDINATOR,)),
    Place("chains:add_step", _DAMP, (COORDINATOR,), link="main a[href$='/stap-erbij/']"),
    Place("chains:step", _DAMP, (COORDINATOR,), link="main a[href*='/stap/']"),
)
