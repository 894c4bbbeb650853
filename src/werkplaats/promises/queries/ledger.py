"""Reads of the ledger: the chain, whether it holds, what it says of one promise, and the ledger as a file."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from werkplaats.promises import verify as arithmetic
from werkplaats.promises.models import DailyHash, Event, EventText, Promise
from werkplaats.promises.records import Head
from werkplaats.promises.rules import Happened, Standing, Told, after
from werkplaats.promises.verify import Fault, Line, Text
from werkplaats.workshops.models import Workshop

_SLICE = 500


def verify(workshop: Workshop, *, kept: str = "") -> Fault | None:
    """The first event that is not as it was written; None: the ledger holds.

    `kept`: what stands on a sheet or in a mail, ``number:digest``; without it a tail that was cut off is not seen.
    """
    lines = list(ledger_lines(workshop))
    days = DailyHash.objects.filter(workshop=workshop).order_by("number").values_list("number", "digest")
    known = [*(f"{number}:{digest}" for number, digest in days), *([kept] if kept else [])]
    digests = {line.number: line.digest for line in lines}
    faults = (arithmetic.unlike_kept(digests, each) for each in known)
    return arithmetic.first_altered(lines) or next((fault for fault in faults if fault), None)


def head(workshop: Workshop) -> Head | None:
    """The last event, whose digest holds all events before it; None: nothing was promised yet."""
    last = Event.objects.filter(workshop=workshop).order_by("-number").values_list("number", "digest").first()
    return Head(number=last[0], digest=last[1]) if last else None


def ledger_thing(workshop: Workshop) -> str:
    """The portable key of a ledger, by which it is followed."""
    return f"ledger:{workshop.key}"


def ledger_lines(workshop: Workshop) -> Iterator[Line]:
    """The whole ledger of a workshop, with what the database keeps beside each body. 1 query, and 2 per slice of it.

    In slices, so that whoever takes a long ledger home gets its first line at once, and none of it waits in memory.
    """
    in_order = list(Event.objects.filter(workshop=workshop).order_by("number", "pk").values_list("pk", flat=True))
    for at in range(0, len(in_order), _SLICE):
        pks = in_order[at : at + _SLICE]
        texts = _texts_of(pks)
        events = Event.objects.filter(pk__in=pks).order_by("number", "pk")
        for pk, number, before, body, digest, promise, kind in events.values_list(
            "pk", "number", "before", "body", "digest", "promise_key", "kind"
        ):
            columns = {"workshop": workshop.key, "promise": promise, "kind": kind}
            yield Line(number, before, body, digest, texts.get(pk, {}), columns)


def _texts_of(pks: Sequence[int]) -> dict[int, dict[str, Text]]:
    texts: dict[int, dict[str, Text]] = defaultdict(dict)
    rows = EventText.objects.filter(event__in=pks).order_by()
    for event, name, text, salt, is_private, erased_at in rows.values_list(
        "event_id", "name", "text", "salt", "is_private", "erased_at"
    ):
        texts[event][name] = Text(
            text, salt, private=is_private, erased=erased_at is not None, shown=bool(text or salt)
        )
    return texts


def export_lines(workshop: Workshop, *, private: bool = False) -> Iterator[str]:
    """The ledger as lines of a file that `verify.py` reads. Who gave a verdict by receipt, and which, only with `private`."""
    for line in ledger_lines(workshop):
        texts = {name: _outward(text, private=private) for name, text in sorted(line.texts.items())}
        row = {"number": line.number, "before": line.before, "body": line.body, "digest": line.digest, "texts": texts}
        yield json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n"


def export_ledger(workshop: Workshop, folder: Path, *, private: bool = False) -> Path:
    """Writes the ledger into a folder, with the program that checks it beside it; where the ledger stands."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "verify.py").write_bytes(Path(arithmetic.__file__).read_bytes())
    file = folder / "grootboek.jsonl"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(export_lines(workshop, private=private))
    return file


def _outward(text: Text, *, private: bool) -> Mapping[str, object]:
    if text.erased:
        return {"erased": True, **({"private": True} if text.private else {})}
    if text.private and not (private and text.shown):
        return {"private": True}
    return {"text": text.text, "salt": text.salt, **({"private": True} if text.private else {})}


def standing(promise: Promise) -> Standing:
    """How a promise stands by its events alone. Raises ValueError when there are none."""
    stands: Standing | None = None
    for told in told_of(promise):
        stands = after(stands, told)
    if stands is None:
        raise ValueError(promise.key)
    return stands


def told_of(promise: Promise) -> tuple[Told, ...]:
    """The events of a promise, oldest first, with the words that are still there."""
    events = Event.objects.filter(workshop_id=promise.workshop_id, promise_key=promise.key).order_by("number")
    return tuple(
        told_from(event.body, {text.name: text.text for text in event.texts.all()})
        for event in events.prefetch_related("texts")
    )


def told_from(body: str, texts: Mapping[str, str]) -> Told:
    """An event out of its body and the words beside it."""
    facts: dict[str, Any] = json.loads(body)
    return Told(Happened(facts["kind"]), str(facts["at"]), facts, texts)
