"""A mirror as a page: who may open which state of it, and what is in that. A fixed number of queries."""

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count

from werkplaats.accounts.rules import Who, may
from werkplaats.mirror.models import Attempt, AttemptProof, Mirror, Rejoinder, SideBySide, Snapshot, SnapshotItem
from werkplaats.mirror.queries.standing import as_events, own_parties, publication_of
from werkplaats.mirror.records import (
    AttemptLine,
    EventLine,
    ItemLine,
    MirrorLine,
    MirrorRecord,
    Own,
    RecordLine,
    SectionPart,
    SheetLine,
    State,
)
from werkplaats.mirror.rules import (
    OTHER_SECTIONS,
    OWN_SECTIONS,
    SEE,
    Publication,
    Section,
    is_public,
    public_from,
    publication,
)
from werkplaats.neighbourhoods.models import Party
from werkplaats.neighbourhoods.queries.people import parties_of
from werkplaats.sources.models import Source
from werkplaats.workshops.models import Workshop

MOST = 20
"""Items of one section on a page; the section has a page of its own for all of them."""
MOST_ON_PAPER, MOST_OF_ONE_ON_PAPER = 60, 420
"""Items of each section on paper, and of one section alone: as many together, drawn in a quarter of a minute."""


def mirrors(workshop: Workshop, who: Who, *, today: date) -> tuple[MirrorLine, ...]:
    """The mirrors that somebody may know of: the workshop's own first, what is public, and what they may see. 5 queries."""
    rows = list(Mirror.objects.filter(workshop=workshop).select_related("party__canonical", "workshop"))
    own = own_parties(workshop)
    states: dict[int, list[Snapshot]] = {}
    snapshots = Snapshot.objects.filter(mirror__in=rows).prefetch_related("events").defer("gone")
    for snapshot in snapshots.order_by("-on"):
        states.setdefault(snapshot.mirror_id, []).append(snapshot)
    lines = [(row, _line(row, states.get(row.pk, ()), own, today=today)) for row in rows]
    sees_all = may(who, SEE, workshop)
    mine = {party.pk for party in parties_of(who, workshop=workshop)}
    known = [line for row, line in lines if line.public_on or sees_all or row.party.stays.pk in mine]
    return tuple(sorted(known, key=lambda line: not line.is_workshop))


def mirror_of(workshop: Workshop, key: str) -> Mirror | None:
    """The mirror of a party, by the key of any of its entries."""
    party = Party.objects.filter(workshop=workshop, key=key).select_related("canonical").first()
    if party is None:
        return None
    rows = Mirror.objects.filter(party=party.stays).select_related("party__canonical", "party__workshop", "workshop")
    return rows.first()


def record(
    mirror: Mirror, who: Who, *, today: date, on: date | None = None, section: str = "", most: int | None = MOST
) -> MirrorRecord | None:
    """A mirror for a reader: the newest state that they may open, or that of a day (`on`); None: there is none for them.

    Nobody but the party and the coordinator gets a state that is not public. `section`: one section alone; `most`: items of
    each, None: all.
    At most 20 queries.
    """
    sees = may(who, SEE, mirror)
    rule = publication_of(mirror)
    rows = mirror.snapshots.prefetch_related("events").order_by("-on")
    states = [(row, _state(row, rule, sees=sees, today=today)) for row in rows]
    open_ones = [(row, state) for row, state in states if sees or state.is_public]
    wanted = next(((row, state) for row, state in open_ones if on is None or row.on == on), None)
    if wanted is None:
        return None
    row, state = wanted
    line = _line(mirror, [snapshot for snapshot, _state in states], own_parties(mirror.workshop), today=today)
    parts = _parts(row, mirror, [one for one in Section if not section or one == section], most)
    return MirrorRecord(
        line=line,
        state=state,
        states=tuple(other for _row, other in open_ones if other.snapshot_id != row.pk),
        own=tuple(part for part in parts if part.name in OWN_SECTIONS),
        others=tuple(part for part in parts if part.name in OTHER_SECTIONS),
    )


def item(mirror: Mirror, number: int) -> ItemLine | None:
    """One item of a mirror by its own number, in whichever state."""
    row = SnapshotItem.objects.filter(pk=number, snapshot__mirror=mirror).first()
    return _items(mirror, [row])[0] if row else None


def attempts(workshop: Workshop, party: Party) -> tuple[AttemptLine, ...]:
    """What a party tells of its years, with who or what shows it. 3 queries."""
    rows = Attempt.objects.filter(workshop=workshop, party=party).select_related("party")
    return tuple(_attempt(row) for row in rows.prefetch_related("proofs__party__canonical"))


def attempts_to_confirm(party: Party) -> tuple[AttemptLine, ...]:
    """What others ask this party to confirm, and it did not yet. 3 queries."""
    asked = AttemptProof.objects.filter(party=party, confirmed_at=None).values("attempt")
    rows = Attempt.objects.filter(pk__in=asked).select_related("party")
    return tuple(_attempt(row) for row in rows.prefetch_related("proofs__party__canonical"))


def sheet(workshop: Workshop, key: str) -> SideBySide | None:
    """The sheet of two mirrors by its key, whoever said yes so far."""
    rows = SideBySide.objects.filter(workshop=workshop, key=key)
    ends = ("one__party__canonical", "other__party__canonical", "one__workshop", "other__workshop")
    return rows.select_related(*ends).first()


def sheets_of(mirror: Mirror, *, today: date) -> tuple[SheetLine, ...]:
    """The sheets on which this mirror lies, or is asked to lie, beside another."""
    found = SideBySide.objects.filter(one=mirror) | SideBySide.objects.filter(other=mirror)
    ends = ("one__party__canonical", "other__party__canonical", "workshop")
    return tuple(sheet_line(row, today=today) for row in found.select_related(*ends).order_by("key"))


def sheet_line(row: SideBySide, *, today: date) -> SheetLine:
    """Of a sheet: whose mirrors, and who said yes. 1 query."""
    own = own_parties(row.workshop)
    return SheetLine(
        sheet_id=row.pk,
        key=row.key,
        one=_line(row.one, (), own, today=today),
        other=_line(row.other, (), own, today=today),
        one_says_yes=row.one_yes_at is not None,
        other_says_yes=row.other_yes_at is not None,
    )


def newest(mirror: Mirror) -> tuple[SectionPart, ...]:
    """The newest state of a mirror as parts, for the sheet of two who both said yes. 3 queries."""
    row = mirror.snapshots.order_by("-on").first()
    return _parts(row, mirror, tuple(Section), MOST) if row else ()


def _line(row: Mirror, states: Iterable[Snapshot], own: frozenset[int], *, today: date) -> MirrorLine:
    party = row.party.stays
    rule = publication(party.kind, is_workshop=party.pk in own)
    told = list(states)
    public = [one.on for one in told if _is_public(one, rule, today=today)]
    return MirrorLine(
        mirror_id=row.pk,
        workshop_id=row.workshop_id,
        key=party.key,
        name=party.name,
        kind=party.kind,
        publication=rule,
        public_on=max(public, default=None),
        last_on=max((one.on for one in told), default=None),
    )


def _is_public(row: Snapshot, rule: Publication, *, today: date) -> bool:
    return is_public(rule, made_on=row.on, events=as_events(row.events.all()), today=today)


def _state(row: Snapshot, rule: Publication, *, sees: bool, today: date) -> State:
    """What differs from an earlier state, and what was said in the talk, goes to who `sees` mirrors that are not public."""
    return State(
        snapshot_id=row.pk,
        on=row.on,
        is_public=_is_public(row, rule, today=today),
        public_from=public_from(rule, made_on=row.on, events=as_events(row.events.all())),
        events=tuple(EventLine(event.kind, event.on, event.words if sees else "") for event in row.events.all()),
        gone=tuple(row.gone) if sees else (),
        new=row.new if sees else 0,
    )


def _parts(row: Snapshot, mirror: Mirror, wanted: Sequence[Section], most: int | None) -> tuple[SectionPart, ...]:
    counts = dict(row.items.order_by().values_list("section").annotate(n=Count("pk")))
    rows = [item for one in wanted for item in row.items.filter(section=one)[:most]]
    lines = _items(mirror, rows)
    return tuple(
        SectionPart(one.value, tuple(line for line in lines if line.section == one), counts.get(one.value, 0))
        for one in wanted
    )


def _items(mirror: Mirror, rows: Sequence[SnapshotItem]) -> list[ItemLine]:
    zone = ZoneInfo(mirror.workshop.timezone)
    said = Rejoinder.objects.filter(mirror=mirror, item_key__in=[row.key for row in rows])
    own = {one.item_key: Own(one.words, one.at.astimezone(zone).date()) for one in said}
    return [
        ItemLine(
            item_id=row.pk,
            section=row.section,
            kind=row.kind,
            key=row.key,
            title=row.title,
            facts=row.facts,
            records=tuple(RecordLine(**one) for one in row.records),
            is_new=row.is_new,
            own=own.get(row.key),
        )
        for row in rows
    ]


def _attempt(row: Attempt) -> AttemptLine:
    proofs = row.proofs.all()
    keys = [proof.source_key for proof in proofs if proof.source_key]
    titles = (
        Source.objects.filter(workshop=row.workshop_id, key__in=keys).values_list("title", flat=True) if keys else ()
    )
    parties = [str(proof.party) for proof in proofs if proof.party and proof.confirmed_at]
    asked = [str(proof.party) for proof in proofs if not proof.confirmed_at]
    return AttemptLine(
        attempt_id=row.pk,
        key=row.key,
        what=row.what,
        since=row.since,
        until=row.until,
        ending=row.ending,
        why=row.why,
        party_key=row.party.key,
        party_name=row.party.name,
        shown_by=(*parties, *titles),
        asked=tuple(asked),
    )
