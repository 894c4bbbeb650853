"""What a coordinator may choose about the files of their workshop."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from werkplaats.exchange.actions import kind_of_zip, path_of
from werkplaats.exchange.models import Upload
from werkplaats.exchange.records import HEADING_WORDS, KIND_WORDS, WORD_CHOICES, SheetRead
from werkplaats.exchange.rules import Extent
from werkplaats.exchange.rules.sheets import HEADINGS, SHEETS, FileKind, Type, places
from werkplaats.kit.once import once_field

MOST_LETTERS = 24


class ManyFiles(forms.ClearableFileInput):
    """A field in which one may choose several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """All files that were chosen; at least one."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> "list[File[bytes]]":
        chosen = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in chosen]


class FilesForm(forms.Form):
    """The files of a workshop, as many as fit."""

    once = once_field()
    uploads = FilesField(
        label=_("Kies je bestanden"),
        max_length=250,
        allow_empty_file=True,
        help_text=_(
            "Lijsten (Excel of CSV), documenten (PDF, Word, HTML, tekst), een kaart (GeoJSON), of een zip daarvan. "
            "Ook een gesprek uit Polis, als zip."
        ),
    )


class ExtentForm(forms.Form):
    """How much goes along."""

    extent = forms.ChoiceField(
        label=_("Wat neem je mee?"),
        initial=Extent.WHOLE.value,
        widget=forms.RadioSelect,
        choices=[
            (Extent.WHOLE.value, _("Alles, ook stemmen en mailadressen. Voor een reservekopie of een andere machine.")),
            (
                Extent.WITHOUT_VOICES.value,
                _("Zonder wat mensen gaven en zonder mensen. Om te delen met een andere werkplaats."),
            ),
        ],
    )


class DocumentForm(forms.Form):
    """What to know about one document before it is read."""

    kind = forms.ChoiceField(label=_("Wat is dit?"))
    title = forms.CharField(label=_("Titel"), max_length=300)
    source_kind = forms.ChoiceField(label=_("Soort document"), choices=WORD_CHOICES[Type.SOURCE_KIND])
    holder = forms.CharField(
        label=_("Van wie is het?"),
        required=False,
        max_length=200,
        help_text=_("De naam van een partij. Mag leeg blijven."),
    )

    def __init__(self, data: Any, *, upload: Upload) -> None:
        said = upload.said
        told = {
            "kind": upload.kind,
            "title": said.get("title"),
            "source_kind": said.get("kind"),
            "holder": said.get("holder"),
        }
        super().__init__(data, prefix=f"f{upload.number}", initial=told)
        _offer(self, "kind", (FileKind.DOCUMENT, FileKind.SKIP))
        self.fields["holder"].widget.attrs["list"] = "partijen"

    def chosen(self) -> dict[str, Any]:
        """As `actions.choose` takes it."""
        told = self.cleaned_data
        said = {"title": told["title"], "kind": told["source_kind"], "holder": told["holder"].strip()}
        return {"kind": FileKind(told["kind"]), "columns": {}, "words": {}, "said": said}


class FileForm(forms.Form):
    """What a map or a folder is: itself, or left out."""

    kind = forms.ChoiceField(label=_("Wat is dit?"))

    def __init__(self, data: Any, *, upload: Upload) -> None:
        super().__init__(data, prefix=f"f{upload.number}", initial={"kind": upload.kind})
        own = FileKind(upload.kind) if upload.kind != FileKind.SKIP else _own_kind(upload)
        _offer(self, "kind", (own, FileKind.SKIP))

    def chosen(self) -> dict[str, Any]:
        """As `actions.choose` takes it."""
        return {"kind": FileKind(self.cleaned_data["kind"]), "columns": {}, "words": {}, "said": {}}


class SheetForm(forms.Form):
    """What a list is, which column tells what, and what the words in it mean that we do not know."""

    kind = forms.ChoiceField(label=_("Wat is dit?"))

    def __init__(
        self, data: Any, *, upload: Upload, sheet: SheetRead, words: Mapping[Type, Mapping[str, tuple[str, str]]]
    ) -> None:
        super().__init__(data, prefix=f"f{upload.number}", initial={"kind": upload.kind})
        self.sheet, self.now = sheet, FileKind(upload.kind)
        _offer(self, "kind", (*SHEETS, FileKind.SKIP))
        letters = [("", gettext("Staat er niet in")), *_columns(sheet)]
        for one in HEADINGS.get(self.now, ()):
            place = upload.columns.get(one.name)
            self.fields[f"c-{one.name}"] = forms.ChoiceField(
                label=str(HEADING_WORDS[one.name]),
                choices=letters,
                required=False,
                initial="" if place is None else str(place),
            )
        self.asked: list[tuple[str, str]] = []
        for kind, unknown in words.items():
            for word, (written, meaning) in unknown.items():
                name = f"w-{len(self.asked)}"
                self.asked.append((name, word))
                self.fields[name] = forms.ChoiceField(
                    label=gettext("“%(word)s” is") % {"word": written},
                    choices=WORD_CHOICES[kind],
                    required=False,
                    initial=upload.words.get(word, meaning),
                )

    def columns(self) -> list[forms.BoundField]:
        """The fields that say which column tells what."""
        return [self[name] for name in self.fields if name.startswith("c-")]

    def words(self) -> list[forms.BoundField]:
        """The fields that say what a word means."""
        return [self[name] for name, _word in self.asked]

    def chosen(self) -> dict[str, Any]:
        """As `actions.choose` takes it. Another kind of list gets the columns that we guess for it."""
        told = self.cleaned_data
        kind = FileKind(told["kind"])
        if kind is not self.now:
            return {"kind": kind, "columns": places(kind, self.sheet.heading), "words": {}, "said": {}}
        columns = {name[2:]: int(told[name]) for name in self.fields if name.startswith("c-") and told[name] != ""}
        words = {word: told[name] for name, word in self.asked if told[name]}
        return {"kind": kind, "columns": columns, "words": words, "said": {}}


class ConfirmForm(forms.Form):
    """Whether rows with something wrong are left out."""

    leaves_faults_out = forms.BooleanField(label=_("Sla de rijen over waarin iets niet klopt"), required=False)


def _columns(sheet: SheetRead) -> list[tuple[str, str]]:
    """The columns by their heading; one without a heading by what stands in it first."""
    found = []
    for place, heading in enumerate(sheet.heading):
        first = next((cells[place] for _line, cells in sheet.rows if cells[place]), "")
        if heading or first:
            found.append((str(place), heading or f"… {first[:MOST_LETTERS]}"))
    return found


def _own_kind(upload: Upload) -> FileKind:
    return FileKind.AREAS if upload.name.lower().endswith(("json",)) else kind_of_zip(path_of(upload))


def _offer(form: forms.Form, name: str, kinds: Sequence[FileKind]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(kind.value, KIND_WORDS[kind]) for kind in kinds]
