"""What one row of a sheet does in the workshop: it was new, it changed something, or it said what stood there."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from werkplaats.accounts.actions import put_person
from werkplaats.accounts.models import Person
from werkplaats.consent.actions import put_consent
from werkplaats.consent.models import Consent
from werkplaats.consent.rules import Channel, Purpose
from werkplaats.exchange.actions.cells import Known, Wrong
from werkplaats.exchange.models import Batch, Upload
from werkplaats.exchange.records import RowState
from werkplaats.exchange.rules.sheets import FileKind, bare
from werkplaats.kit.names import key_from, sort_key
from werkplaats.neighbourhoods import actions as neighbourhoods
from werkplaats.neighbourhoods.actions.needs import put_need
from werkplaats.neighbourhoods.models import Able, Membership, Need, Party, Tie
from werkplaats.neighbourhoods.rules import NeedKind, PartyKind, Size, TieKind
from werkplaats.workshops.actions import put_areas, put_theme
from werkplaats.workshops.models import Area, Theme
from werkplaats.workshops.records import AreaRow

Told = Mapping[str, Any]
_OF_PARTY = ("kind", "description", "address", "area", "website", "founded_on", "size", "source", "recorded_on")


class Putting:
    """Puts the rows of one sheet. `notes`: what was left out of the row at hand, and why."""

    def __init__(self, batch: Batch, known: Known, *, columns: frozenset[str], file_name: str, at: datetime) -> None:
        self.batch, self.known, self.columns, self.file_name, self.at = batch, known, columns, file_name, at
        self.workshop = batch.workshop
        self.notes: list[str] = []

    def put(self, kind: FileKind, told: Told) -> RowState:
        """Puts one row. Raises `Wrong` or the refusal of a room."""
        self.notes = []
        put = {
            FileKind.PARTIES: self._party,
            FileKind.TIES: self._tie,
            FileKind.NEEDS: self._need,
            FileKind.PEOPLE: self._person,
            FileKind.SOURCES: self._source,
        }
        return put[kind](told)

    def put_ties_of(self, told: Told) -> RowState:
        """With whom a party of a list works, once all of them are there."""
        self.notes = []
        states, party = {RowState.SAME}, self.known.party(told["name"])
        for name in told.get("works_with") or ():
            other = self.known.party(name)
            if party is None or other is None:
                words = _("“%(name)s” is geen partij die we kennen: deze band slaan we over.")
                self.notes.append(words % {"name": name})
            elif party.stays != other.stays:
                states.add(self._tie({"party_a": party, "party_b": other, "kind": TieKind.WORKS_TOGETHER.value}))
        return _changed(states)

    def _party(self, told: Told) -> RowState:
        values = {name: told[name] for name in _OF_PARTY if told.get(name)}
        if "area" in values:
            values["area"] = self._area(values["area"])
        themes = {self._theme(name) for name in told.get("themes") or ()}
        held = self.known.party(told["name"])
        if held is None:
            values.setdefault("source", _("Uit de lijst “%(file)s”") % {"file": self.file_name})
            values.setdefault("recorded_on", self.known.today)
            party = self._put_party(self._key(Party, told["name"]), told["name"], values, themes)
            self._wish(party, told)
            return RowState.NEW
        if "kind" not in self.columns:
            values.pop("kind", None)
        now = {name: getattr(held, name) for name in _OF_PARTY}
        had = set(held.themes.all())
        states = {self._wish(held, told)}
        if any(now[name] != value for name, value in values.items()) or not themes <= had:
            whole = now | values
            whole["open_to_introductions"] = held.open_to_introductions
            whole["introductions_per_month"] = held.introductions_per_month
            self._put_party(held.key, held.name, whole, had | themes)
            states.add(RowState.CHANGED)
        return _changed(states)

    def _put_party(self, key: str, name: str, values: dict[str, Any], themes: Iterable[Theme]) -> Party:
        values = dict(values)
        kind, size = PartyKind(values.pop("kind")), values.pop("size", "")
        party = neighbourhoods.put_party(
            self.workshop,
            key=key,
            name=name,
            kind=kind,
            size=Size(size) if size else None,
            themes=themes,
            at=self.at,
            **values,
        )
        self.known.add_party(party)
        return party

    def _wish(self, party: Party, told: Told) -> RowState:
        """What a party seeks and gives, as columns of the list of parties."""
        states = {RowState.SAME}
        for column, kind in (("need", NeedKind.NEED), ("offer", NeedKind.OFFER)):
            if told.get(column):
                states.add(self._need({"party": party, "text": told[column], "kind": kind.value}))
        return _changed(states)

    def _need(self, told: Told) -> RowState:
        party, kind, text = told["party"], NeedKind(told["kind"]), told["text"]
        themes = [self._theme(name) for name in told.get("theme") or ()][:1]
        same = [
            row for row in Need.objects.filter(party=party, kind=kind.value) if sort_key(row.text) == sort_key(text)
        ]
        held = same[0] if same else None
        theme = themes[0] if themes else held.theme if held else None
        since = told.get("since") or (held.since if held else None)
        state = RowState.NEW
        if held is not None:
            state = RowState.SAME if (held.theme, held.since) == (theme, since) else RowState.CHANGED
        if state is not RowState.SAME:
            key = held.key if held else self._key(Need, f"{party.key} {text}")
            until = held.until if held else None
            held = put_need(
                party,
                key=key,
                kind=kind,
                text=text,
                at=self.at,
                language=held.language if held else "",
                theme=theme,
                area=held.area if held else None,
                since=since,
                until=until,
            )
        assert held is not None
        helped = self._able(held, party, told.get("able") or ())
        return RowState.CHANGED if state is RowState.SAME and helped else state

    def _able(self, need: Need, asker: Party, names: Iterable[str]) -> bool:
        """Who can help, according to the party that asks; whether that was not on record yet."""
        is_new = False
        for name in names:
            party = self.known.party(name)
            if party is None:
                self.notes.append(_("“%(name)s” is geen partij die we kennen.") % {"name": name})
            elif party != asker and not Able.objects.filter(need=need, party=party).exists():
                neighbourhoods.put_able(need, party=party, confirmed_by=asker, confirmed_on=self.known.today)
                is_new = True
        return is_new

    def _tie(self, told: Told) -> RowState:
        """The party that is named first says so; who said so before, goes on saying it."""
        a, b, kind = told["party_a"], told["party_b"], TieKind(told["kind"])
        held = Tie.objects.filter(party_a__in=(a, b), party_b__in=(a, b), kind=kind.value).first()
        said = {a}
        whole: dict[str, Any] = {name: told.get(name) for name in ("shown_by", "since", "last_seen")}
        if held is not None:
            said |= {
                party for party, by in ((held.party_a, held.reported_by_a), (held.party_b, held.reported_by_b)) if by
            }
            whole = {name: value or getattr(held, name) for name, value in whole.items()}
            if whole["last_seen"] and held.last_seen:
                whole["last_seen"] = max(whole["last_seen"], held.last_seen)
            before = (held.reported_by_a, held.reported_by_b, held.shown_by, held.since, held.last_seen)
        whole["shown_by"] = whole["shown_by"] or ""
        tie = neighbourhoods.put_tie(a, party_b=b, kind=kind, reported_by=said, **whole)
        if held is None:
            return RowState.NEW
        after = (tie.reported_by_a, tie.reported_by_b, tie.shown_by, tie.since, tie.last_seen)
        return RowState.SAME if before == after else RowState.CHANGED

    def _person(self, told: Told) -> RowState:
        """Somebody who said yes, and to what. Without a yes nobody is kept, whoever wrote the list."""
        if told["keep"] != "yes":
            raise Wrong(_("Zonder ja op bewaren nemen we niemand over."))
        name, email = told["name"], told.get("email") or ""
        held = self._known_person(name, email)
        before = _person_as_it_is(held)
        person = put_person(
            self.workshop,
            key=held.key if held else self._key(Person, name),
            name=name,
            email=email or (held.email if held else ""),
            area=held.area if held else None,
            language=held.language if held else "",
        )
        wording = told.get("wording") or _("De woorden staan niet in de lijst “%(file)s”.") % {"file": self.file_name}
        for purpose in (Purpose.KEEP, Purpose.CONTACT, Purpose.SHOW_NAME, Purpose.INTRODUCE):
            if told.get(purpose.value) == "yes" and not _stands(person, purpose, told["given_on"]):
                put_consent(
                    person,
                    purpose=purpose,
                    wording=wording,
                    channel=Channel(told["channel"]),
                    given_on=told["given_on"],
                )
        self._join(person, told.get("party"), told.get("role") or _("lid"))
        if held is None:
            return RowState.NEW
        return RowState.SAME if before == _person_as_it_is(person) else RowState.CHANGED

    def _known_person(self, name: str, email: str) -> Person | None:
        people = Person.objects.filter(workshop=self.workshop)
        by_mail = people.filter(email=email).first() if email else None
        if by_mail is not None:
            return by_mail
        same = people.filter(sort_name=sort_key(name))
        return same.filter(email="").first() if email else same.first()

    def _join(self, person: Person, party: Party | None, role: str) -> None:
        if party is not None and not Membership.objects.filter(person=person, party=party, until=None).exists():
            neighbourhoods.put_membership(party, person=person, role=role)

    def _source(self, told: Told) -> RowState:
        """What a list says of a document that came along: it is told when the document is read."""
        named = [
            row
            for row in Upload.objects.filter(batch=self.batch, kind=FileKind.DOCUMENT.value)
            if bare(row.name.rpartition("/")[2]) == bare(told["file"].rpartition("/")[2])
        ]
        if not named:
            raise Wrong(_("Er is geen document met deze naam meegekomen."))
        upload = named[0]
        holder, day = told.get("holder"), told.get("published_on")
        said = {
            "title": told.get("title"),
            "kind": told.get("kind") if "kind" in self.columns else None,
            "holder": holder.key if holder else None,
            "published_on": day.isoformat() if day else None,
            "themes": [self._theme(name).key for name in told.get("themes") or ()],
            "rights": told.get("rights"),
        }
        upload.said = upload.said | {name: value for name, value in said.items() if value}
        upload.save(update_fields=["said"])
        return RowState.NEW

    def _theme(self, name: str) -> Theme:
        theme = self.known.themes.get(bare(name))
        if theme is None:
            theme = put_theme(self.workshop, key=self._key(Theme, name), name=name[:120])
            self.known.add_theme(theme)
        return theme

    def _area(self, name: str) -> Area:
        area = self.known.areas.get(bare(name))
        if area is None:
            taken = frozenset(found.code for found in self.known.areas.values())
            code = key_from(name, taken)[:40]
            area = put_areas(self.workshop, [AreaRow(code=code, name=name[:200], kind="buurt")])[code]
            self.known.add_area(area)
        return area

    def _key(self, model: type[Party | Need | Person | Theme], name: str) -> str:
        taken = model._default_manager.filter(workshop=self.workshop).values_list("key", flat=True)
        return key_from(name, frozenset(taken))


def _changed(states: set[RowState]) -> RowState:
    return RowState.CHANGED if states - {RowState.SAME} else RowState.SAME


def _stands(person: Person, purpose: Purpose, given_on: date) -> bool:
    """Whether this very yes is on record, so that the words that were shown then stay."""
    return Consent.objects.filter(person=person, purpose=purpose.value, given_on=given_on, withdrawn_on=None).exists()


def _person_as_it_is(person: Person | None) -> object:
    if person is None:
        return None
    yes = set(Consent.objects.filter(person=person).values_list("purpose", "given_on", "withdrawn_on"))
    joined = set(Membership.objects.filter(person=person).values_list("party_id", "role", "until"))
    return (person.name, person.email, yes, joined)
