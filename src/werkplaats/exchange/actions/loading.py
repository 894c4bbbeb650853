"""An open workshop folder comes in: its tables all together or not at all, its documents one by one."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from werkplaats.exchange import analysis
from werkplaats.exchange.actions import documents
from werkplaats.exchange.actions.agreed import Agreed
from werkplaats.exchange.actions.chains import Chains
from werkplaats.exchange.actions.given import Given
from werkplaats.exchange.actions.remembering import Memory
from werkplaats.exchange.actions.tables import Tables
from werkplaats.exchange.records import FaultLine, Loaded
from werkplaats.exchange.refusals import FolderRefused
from werkplaats.neighbourhoods.actions import touch
from werkplaats.neighbourhoods.actions.finding import offer_as_one
from werkplaats.neighbourhoods.queries import fingerprint


def load(path: Path, *, at: datetime, tell: documents.Progress = documents.silent) -> Loaded:
    """Loads a folder. Loading the same folder again changes nothing. Raises `FolderRefused`, and then nothing is loaded.

    A document that cannot be read is told in the result and the others go on; so is a passage that does not stand where
    the folder says. `tell` hears after each document how many are done, of how many.
    """
    try:
        found = analysis.read(path)
    except NotADirectoryError:
        raise FolderRefused((FaultLine(path.name, 0, "", _("Dit is geen map.")),)) from None
    memory, wrong = analysis.memory(path, Memory.columns())
    faults = [*analysis.faults(found), *wrong]
    if found.rows("promise_events") and (path / analysis.LEDGER).is_file():
        told = _("De map heeft ook een grootboek (%(file)s). Er kan er maar één gelden.") % {"file": analysis.LEDGER}
        faults.append(FaultLine("promise_events.csv", 0, "", told))
    if not found.rows("workshop") and not any(fault.file == "workshop.csv" for fault in faults):
        faults.append(
            FaultLine("workshop.csv", 0, "", _("Dit bestand ontbreekt: het zegt van welke werkplaats de map is."))
        )
    if faults:
        raise FolderRefused(tuple(faults))
    tables = _load_tables(found, memory, at=at)
    new, known, refused = documents.load(found, tables, at=at, tell=tell)
    rows = {name: len(found.rows(name)) for name in found.tables}
    return Loaded(tables.workshop.key, rows, new, known, refused)


@transaction.atomic
def _load_tables(found: analysis.Folder, memory: dict[str, tuple[analysis.Row, ...]], *, at: datetime) -> Tables:
    kept = Memory(found.rows("workshop")[0].text("key"))
    tables = Tables(found, at=at)
    before = fingerprint(tables.workshop)
    tables.put_all()
    Chains(tables).put_all()
    given = Given(tables)
    given.put_all()
    Agreed(tables, given).put_all()
    if not tables.faults:
        tables.faults += kept.put_back(tables.workshop, memory)
    if tables.faults:
        raise FolderRefused(tuple(tables.faults))
    offer_as_one(tables.workshop, at=at)
    if fingerprint(tables.workshop) != before:
        touch(tables.workshop, at=at)
    return tables
