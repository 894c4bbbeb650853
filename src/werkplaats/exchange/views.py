"""The doors of a workshop's own data: files come in, and the whole goes out."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from werkplaats.accounts.records import Request
from werkplaats.exchange import actions, analysis, rules
from werkplaats.exchange.forms import ConfirmForm, DocumentForm, ExtentForm, FileForm, FilesForm, SheetForm
from werkplaats.exchange.models import Batch, Upload
from werkplaats.exchange.queries.steps import batches, way
from werkplaats.exchange.records import SheetRead
from werkplaats.exchange.rules.sheets import HEADINGS, SHEETS, SHOWN_FAULTS, SHOWN_ROWS, FileKind, Type
from werkplaats.kit.claims import Progress, progress
from werkplaats.kit.doors import door
from werkplaats.kit.refusal import Refusal
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Workshop

page_and_form = require_http_methods(["GET", "HEAD", "POST"])
PLACE = "neighbourhood"
AnyForm = SheetForm | DocumentForm | FileForm


@dataclass(frozen=True, slots=True)
class Shown:
    """One file as it is looked at: its form, its first rows, and what it would do."""

    upload: Upload
    form: AnyForm | None
    heading: tuple[str, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    left_out: tuple[str, ...] = ()
    progress: Progress | None = None

    @property
    def is_sheet(self) -> bool:
        return isinstance(self.form, SheetForm)

    @property
    def faults(self) -> list[Any]:
        return list(self.upload.told.get("faults", ()))[:SHOWN_FAULTS]

    @property
    def more_faults(self) -> int:
        return max(0, len(self.upload.told.get("faults", ())) - SHOWN_FAULTS)


@door(rules.BRING_IN)
@page_and_form
def bring_in(request: Request, workshop: Workshop) -> HttpResponse:
    """The files of a workshop, chosen together."""
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        made = actions.receive(
            workshop,
            form.cleaned_data["uploads"],
            at=now,
            by=request.who.account_id,
            word=form.cleaned_data["once"],
        )
        actions.look(made, at=now, today=timezone.localdate(now))
        return redirect("exchange:batch", workshop.key, made.key)
    context = {"place": PLACE, "trail": _trail(workshop), "form": form, "batches": batches(workshop)}
    return render(request, "exchange/bring_in.html", context, status=422 if form.is_bound and form.errors else 200)


@door(rules.BRING_IN)
@never_cache
@page_and_form
def batch(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """What each file is and would do; confirmed, what it did."""
    row = get_object_or_404(Batch.objects.select_related("workshop"), workshop=workshop, key=key)
    if row.done_at is not None:
        if request.method == "POST":
            messages.info(request, _("Dit is al ingelezen. Er is niets dubbel bijgekomen."))
        return _receipt(request, workshop, row)
    files = [_shown(upload, request.POST or None) for upload in row.uploads.all()]
    sure = ConfirmForm(request.POST or None, initial={"leaves_faults_out": row.leaves_faults_out})
    status = 200
    if request.method == "POST":
        if sure.is_valid() and all(each.form is None or each.form.is_valid() for each in files):
            return _decide(request, workshop, row, files, leaves=sure.cleaned_data["leaves_faults_out"])
        status = 422
    context = {
        "place": PLACE,
        "trail": _trail(workshop, inside=True),
        "batch": row,
        "files": files,
        "sure": sure,
        "is_wrong": any(each.faults for each in files),
        "parties": Party.objects.filter(workshop=workshop).values_list("name", flat=True)[:500],
    }
    return render(request, "exchange/batch.html", context, status=status)


@door(rules.BRING_IN)
@require_POST
def drop(request: Request, workshop: Workshop, key: str) -> HttpResponse:
    """Throws files away that were not brought in."""
    actions.drop(get_object_or_404(Batch, workshop=workshop, key=key, done_at=None))
    messages.success(request, _("De bestanden zijn weg. Er is niets ingelezen."))
    return redirect("exchange:bring_in", workshop.key)


@door(rules.TAKE_OUT)
@never_cache
@page_and_form
def take_out(request: Request, workshop: Workshop) -> HttpResponseBase:
    """The whole workshop as a zip of an open folder."""
    form = ExtentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _zip(workshop, rules.Extent(form.cleaned_data["extent"]))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    context = {"place": PLACE, "trail": _trail(workshop), "form": form}
    return render(request, "exchange/take_out.html", context, status=422 if form.is_bound and form.errors else 200)


def _zip(workshop: Workshop, extent: rules.Extent) -> FileResponse:
    with TemporaryDirectory(prefix="werkplaats-") as place:
        folder, package = Path(place) / workshop.key, Path(place) / "map.zip"
        actions.take_out(workshop, to=folder, extent=extent)
        actions.zip_of(folder, package)
        kept = TemporaryFile()  # noqa: SIM115  # the answer closes it
        with package.open("rb") as made:
            while piece := made.read(1_000_000):
                kept.write(piece)
    kept.seek(0)
    return FileResponse(kept, as_attachment=True, filename=f"{workshop.key}.zip", content_type="application/zip")


def _decide(request: Request, workshop: Workshop, row: Batch, files: list[Shown], *, leaves: bool) -> HttpResponse:
    """Keeps the choices, and does what was asked: look again, or bring it in."""
    now = timezone.now()
    today = timezone.localdate(now)
    for each in files:
        if each.form is not None:
            actions.choose(each.upload, **each.form.chosen())
    Batch.objects.filter(pk=row.pk, done_at=None).update(leaves_faults_out=leaves)
    if request.POST.get("doe") != "inlezen":
        actions.look(row, at=now, today=today)
        return redirect("exchange:batch", workshop.key, row.key)
    try:
        actions.confirm(row, at=now, today=today)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("exchange:batch", workshop.key, row.key)


def _receipt(request: Request, workshop: Workshop, row: Batch) -> HttpResponse:
    context = {
        "place": PLACE,
        "trail": _trail(workshop, inside=True),
        "batch": row,
        "files": [Shown(upload, None, progress=_progress(upload)) for upload in row.uploads.all()],
        "way": way(workshop),
    }
    return render(request, "exchange/receipt.html", context)


def _progress(upload: Upload) -> Progress | None:
    return progress(rules.BRINGING, upload.pk) if upload.file and not upload.done_at else None


def _shown(upload: Upload, data: Any) -> Shown:
    if upload.refused:
        return Shown(upload, None)
    if upload.heading:
        return _shown_sheet(upload, data)
    if upload.said:
        return Shown(upload, DocumentForm(data, upload=upload))
    return Shown(upload, FileForm(data, upload=upload))


def _shown_sheet(upload: Upload, data: Any) -> Shown:
    sheet = analysis.sheet(upload.name, actions.path_of(upload).read_bytes())
    form = SheetForm(data, upload=upload, sheet=sheet, words=_unknown(upload, sheet))
    told = set(upload.columns.values())
    is_told = FileKind(upload.kind) in SHEETS
    left = tuple(words for place, words in enumerate(sheet.heading) if words and is_told and place not in told)
    return Shown(upload, form, sheet.heading, sheet.rows[:SHOWN_ROWS], left)


def _unknown(upload: Upload, sheet: SheetRead) -> dict[Type, dict[str, tuple[str, str]]]:
    """The words in the columns of a list that a human is asked about."""
    found: dict[Type, dict[str, tuple[str, str]]] = {}
    for one in HEADINGS.get(FileKind(upload.kind), ()):
        place = upload.columns.get(one.name)
        if place is None or place >= len(sheet.heading):
            continue
        if asked := actions.unknown_words(one, [cells[place] for _line, cells in sheet.rows]):
            found[one.type] = asked
    return found


def _trail(workshop: Workshop, *, inside: bool = False) -> list[tuple[str, str]]:
    trail = [(reverse("pages:neighbourhood", args=[workshop.key]), _("De wijk"))]
    if inside:
        trail.append((reverse("exchange:bring_in", args=[workshop.key]), _("Inlezen")))
    return trail
