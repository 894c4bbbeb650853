"""What the files of a batch do in the workshop: looked at without doing it, or done once, all of it or nothing."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkplaats.conversations.records import Brought
from werkplaats.exchange import analysis
from werkplaats.exchange.actions.batches import let_go, path_of, unpack_all, unpack_folder
from werkplaats.exchange.actions.cells import Known, Wrong, read_cell
from werkplaats.exchange.actions.putting import Putting
from werkplaats.exchange.models import Batch, Upload
from werkplaats.exchange.records import HEADING_WORDS, FaultLine, Plan, PlanRow, RowState, SheetRead
from werkplaats.exchange.refusals import BatchRefused, FolderRefused, NotThisWorkshop, NoWorkshopFile
from werkplaats.exchange.rules.sheets import HEADINGS, SHEETS, SHOWN_ROWS, SLOW, FileKind, is_enough
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.actions import touch
from werkplaats.neighbourhoods.queries import fingerprint
from werkplaats.workshops.actions import put_areas
from werkplaats.workshops.models import Area, Workshop

_ORDER = (FileKind.AREAS, *SHEETS, FileKind.DOCUMENT, FileKind.FOLDER, FileKind.POLIS)


class _OnlyLooked(Exception):
    """Takes back what was done to see what would be done."""


def look(batch: Batch, *, at: datetime, today: date) -> bool:
    """Keeps beside each file what it would do, and changes nothing else; whether something in them is wrong."""
    plans: dict[int, Plan] = {}
    try:
        with transaction.atomic():
            plans = _bring(batch, at=at, today=today)
            raise _OnlyLooked
    except _OnlyLooked:
        _keep(batch, plans)
    return any(plan.faults for plan in plans.values())


def confirm(batch: Batch, *, at: datetime, today: date) -> Batch:
    """Brings everything in: lists at once and together, documents one by one by the sweep. A second time changes nothing.

    Raises `BatchRefused` when a row is wrong, unless the batch leaves such rows out; then nothing is brought in.
    """
    plans: dict[int, Plan] = {}
    try:
        with transaction.atomic():
            # One at a time: who comes second sees what the first brought in, and adds none of it again.
            Workshop.objects.select_for_update(no_key=True).get(pk=batch.workshop_id)
            row = Batch.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=batch.pk)
            if row.done_at is not None:
                return row
            before = fingerprint(row.workshop)
            plans = _bring(row, at=at, today=today)
            if any(plan.faults for plan in plans.values()) and not row.leaves_faults_out:
                raise BatchRefused
            _keep(row, plans)
            row.done_at = at
            row.save(update_fields=["done_at"])
            Upload.objects.filter(batch=row).exclude(kind__in=SLOW).update(done_at=at)
            Upload.objects.filter(batch=row, file="").update(done_at=at)
            if fingerprint(row.workshop) != before:
                touch(row.workshop, at=at)
    except BatchRefused:
        _keep(batch, plans)
        raise
    for upload in Upload.objects.filter(batch=row, done_at__isnull=False):
        let_go(upload)
    return row


def _keep(batch: Batch, plans: Mapping[int, Plan]) -> None:
    for upload in Upload.objects.filter(batch=batch):
        plan = plans.get(upload.pk, Plan())
        upload.told = {
            "counts": dict(plan.counts),
            "sentence": plan.sentence,
            "faults": [[fault.line, _where(fault, upload), fault.reason] for fault in plan.faults],
            "notes": [[row.line, note] for row in plan.rows for note in row.notes],
            "names": [str(row.told["name"]) for row in plan.rows if row.state is RowState.NEW and "name" in row.told][
                :200
            ],
            "first": [[row.line, row.state.value] for row in plan.rows[:SHOWN_ROWS]],
        }
        upload.save(update_fields=["told"])


def _where(fault: FaultLine, upload: Upload) -> str:
    """The column, and of a zip the file too."""
    return fault.column if fault.file == upload.name else f"{fault.file} {fault.column}".strip()


def _bring(batch: Batch, *, at: datetime, today: date) -> dict[int, Plan]:
    """Does what every file says, in the order in which each finds what it names."""
    known = Known.of(batch.workshop, today=today)
    uploads = Upload.objects.filter(batch=batch, refused="").exclude(kind=FileKind.SKIP.value)
    plans = {}
    for upload in sorted(uploads, key=lambda row: (_ORDER.index(FileKind(row.kind)), row.number)):
        kind = FileKind(upload.kind)
        try:
            if kind in SHEETS:
                plans[upload.pk] = _sheet(batch, upload, known, at=at)
            elif kind is FileKind.AREAS:
                plans[upload.pk] = _areas(batch, upload, known)
            elif kind is FileKind.FOLDER:
                plans[upload.pk] = _folder(batch, upload)
            elif kind is FileKind.POLIS:
                plans[upload.pk] = Plan(sentence=_told(polis_of(upload, at=at)))
            else:
                plans[upload.pk] = _document(upload, known)
        except FolderRefused as refusal:
            plans[upload.pk] = Plan(faults=refusal.faults)
        except Refusal as refusal:
            plans[upload.pk] = Plan(faults=(FaultLine(upload.name, 0, "", refusal.sentence),))
    return plans


def _sheet(batch: Batch, upload: Upload, known: Known, *, at: datetime) -> Plan:
    kind = FileKind(upload.kind)
    sheet = analysis.sheet(upload.name, path_of(upload).read_bytes())
    columns = {name: place for name, place in upload.columns.items() if place < len(sheet.heading)}
    if not is_enough(kind, columns):
        missing = [
            str(HEADING_WORDS[one.name]) for one in HEADINGS[kind] if one.is_required and one.name not in columns
        ]
        told = _("Zeg nog in welke kolom dit staat: %(names)s.") % {"names": ", ".join(missing)}
        return Plan(faults=(FaultLine(upload.name, 0, "", told),))
    putting = Putting(batch, known, columns=frozenset(columns), file_name=upload.name, at=at)
    rows = [_row(putting, kind, upload, sheet, line, cells, columns) for line, cells in sheet.rows]
    if "works_with" in columns:
        rows = [_with_ties(putting, row) for row in rows]
    counts = {state.value: sum(row.state is state for row in rows) for state in RowState}
    faults = tuple(fault for row in rows for fault in row.faults)
    return Plan(tuple(rows), faults, counts)


def _row(
    putting: Putting,
    kind: FileKind,
    upload: Upload,
    sheet: SheetRead,
    line: int,
    cells: tuple[str, ...],
    columns: Mapping[str, int],
) -> PlanRow:
    told: dict[str, Any] = {}
    faults = []
    for one in HEADINGS[kind]:
        place = columns.get(one.name)
        try:
            told[one.name] = read_cell(one, cells[place] if place is not None else "", putting.known, upload.words)
        except Wrong as wrong:
            column = f"{analysis.letter(place or 0)} ({sheet.heading[place or 0]})"
            faults.append(FaultLine(upload.name, line, column, wrong.sentence))
    if faults:
        return PlanRow(line, RowState.FAULT, told, tuple(faults))
    try:
        with transaction.atomic():
            state = putting.put(kind, told)
    except (Wrong, Refusal) as wrong:
        return PlanRow(line, RowState.FAULT, told, (FaultLine(upload.name, line, "", wrong.sentence),))
    return PlanRow(line, state, told, (), tuple(putting.notes))


def _with_ties(putting: Putting, row: PlanRow) -> PlanRow:
    if row.state is RowState.FAULT:
        return row
    state = putting.put_ties_of(row.told)
    is_same = row.state is not RowState.SAME
    return PlanRow(row.line, row.state if is_same else state, row.told, (), (*row.notes, *putting.notes))


def _areas(batch: Batch, upload: Upload, known: Known) -> Plan:
    rows, faults = analysis.map_of(path_of(upload), upload.name)
    if faults:
        return Plan(faults=faults)
    before = {area.code: area for area in Area.objects.filter(workshop=batch.workshop)}
    for area in put_areas(batch.workshop, rows).values():
        known.add_area(area)
    known.is_mapped = True
    states = []
    for row in rows:
        held = before.get(row.code)
        same = held is not None and (held.name, held.kind, held.population, held.polygons) == (
            *(row.name, row.kind),
            *(row.population, row.polygons),
        )
        states.append(RowState.NEW if held is None else RowState.SAME if same else RowState.CHANGED)
    told = tuple(
        PlanRow(number, state, {"name": row.name})
        for number, (row, state) in enumerate(zip(rows, states, strict=True), start=1)
    )
    return Plan(told, (), {state.value: states.count(state) for state in RowState})


def _document(upload: Upload, known: Known) -> Plan:
    holder = Upload.objects.get(pk=upload.pk).said.get("holder", "")  # a list beside it may have told more
    if holder and known.party(holder) is None:
        told = _("“%(name)s” is geen partij die we kennen. Zet hem eerst in de lijst van partijen.") % {"name": holder}
        return Plan(faults=(FaultLine(upload.name, 0, str(HEADING_WORDS["holder"]), told),))
    return Plan(counts={RowState.NEW.value: 1})


def _folder(batch: Batch, upload: Upload) -> Plan:
    """What is wrong in a whole folder, without loading it."""
    with TemporaryDirectory(prefix="werkplaats-") as place:
        found = analysis.read(unpack_folder(path_of(upload), Path(place)))
    check_workshop(found, batch.workshop)
    if faults := analysis.faults(found):
        return Plan(faults=faults)
    return Plan(counts={RowState.NEW.value: sum(map(len, found.tables.values()))})


def polis_of(upload: Upload, *, at: datetime) -> Brought:
    """A conversation of Polis, read whole. Raises `FolderRefused`."""
    with TemporaryDirectory(prefix="werkplaats-") as place:
        unpack_all(path_of(upload), Path(place))
        return analysis.polis(Path(place), at=at)


def _told(brought: Brought) -> str:
    """What of a conversation comes in."""
    told = _("“%(title)s”: %(statements)d stellingen, %(people)d mensen, %(votes)d stemmen.") % {
        "title": brought.title,
        "statements": len(brought.statements),
        "people": brought.people,
        "votes": len(brought.votes),
    }
    if brought.refused:
        told += " " + ngettext(
            "%(count)d stelling deed daar niet mee. Die komt mee als geweigerd, met haar stemmen, die niet tellen.",
            "%(count)d stellingen deden daar niet mee. Die komen mee als geweigerd, met hun stemmen, die niet tellen.",
            brought.refused,
        ) % {"count": brought.refused}
    if brought.doubles:
        told += " " + ngettext(
            "%(count)d rij stond er dubbel, tot op de milliseconde. Die telt één keer.",
            "%(count)d rijen stonden er dubbel, tot op de milliseconde. Die tellen één keer.",
            brought.doubles,
        ) % {"count": brought.doubles}
    return told


def check_workshop(found: analysis.Folder, workshop: Workshop) -> None:
    """Raises `NoWorkshopFile`, or `NotThisWorkshop` for a folder of another workshop."""
    if not found.rows("workshop"):
        raise NoWorkshopFile
    theirs = found.rows("workshop")[0].text("key")
    if theirs != workshop.key:
        raise NotThisWorkshop(theirs=theirs, ours=workshop.key)
