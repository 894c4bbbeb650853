"""Freezing, talk before page, own words, years, two mirrors beside each other."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.builders import account, party, workshop
from tests.mirror.street import NOW, TODAY, attempt, fits, planted, promise, steward, voices
from werkplaats.accounts.models import Person
from werkplaats.accounts.rules import RoleName, Who
from werkplaats.asks.models import Ask, ReplyVoice
from werkplaats.config.sweeps import until_done
from werkplaats.mirror import actions, queries
from werkplaats.mirror.models import Mirror, Rejoinder, ShownFigure, Snapshot, SnapshotItem
from werkplaats.mirror.refusals import (
    NothingOnRecord,
    NotOneDay,
    NotTheirs,
    NotThere,
    NotYetTalked,
    OwnWord,
    SameParty,
    WrongYears,
)
from werkplaats.mirror.rules import Ending
from werkplaats.mirror.sweeps import FORGET, HOLD_OWN, LOOK
from werkplaats.neighbourhoods.models import Membership, Party
from werkplaats.promises import actions as promises
from werkplaats.promises.rules import Channel, Kind

ANYBODY = Who(workshop_id=None)


def held(of: Party, *, days: int = 0) -> Mirror:
    """A mirror with a frozen state of so many days after `NOW`."""
    mirror = actions.hold_mirror(of, at=NOW)
    actions.look(mirror, at=NOW + timedelta(days=days))
    return mirror


def latest(mirror: Mirror) -> Snapshot:
    row = mirror.snapshots.order_by("-on").first()
    assert row is not None
    return row


def is_read(mirror: Mirror, *, today: date = TODAY) -> bool:
    """Whether anybody may read some state of it."""
    row = queries.mirror_of(workshop(), mirror.party.key)
    assert row is not None
    return queries.record(row, ANYBODY, today=today) is not None


def residents() -> Party:
    """A residents' party with something in its mirror."""
    row = party("Huurders")
    promise("feest", row, "Een feest")
    return row


def member(of: Party) -> Who:
    """Who speaks for a party."""
    one = account(RoleName.PARTY)
    person = Person.objects.create(workshop=of.workshop, key=f"p{one.pk}", name="G", sort_name="g", account=one)
    Membership.objects.create(person=person, party=of, role="lid")
    return Who(workshop_id=of.workshop_id, account_id=one.pk, roles=frozenset({RoleName.PARTY}))


@pytest.mark.django_db
def test_a_party_without_records_gets_no_mirror() -> None:
    with pytest.raises(NothingOnRecord):
        actions.hold_mirror(party("Partij Van Ver"), at=NOW)
    assert not Mirror.objects.exists()


@pytest.mark.django_db
def test_a_mirror_is_frozen_once_and_again_only_when_it_changed_and_rested() -> None:
    office = planted()
    mirror = held(office)
    before = list(SnapshotItem.objects.values())
    promise("nieuw", office, "Nog een belofte", table_key="overleg")
    assert actions.look(mirror, at=NOW + timedelta(days=5)) is None
    assert list(SnapshotItem.objects.values()) == before
    made = actions.look(mirror, at=NOW + timedelta(days=28))
    assert made is not None
    assert [item.key for item in made.items.filter(is_new=True)] == ["promise:nieuw"]
    assert actions.look(mirror, at=NOW + timedelta(days=60)) is None
    first = mirror.snapshots.order_by("on").first()
    assert first is not None
    assert list(first.items.values()) == before


@pytest.mark.django_db
def test_somebody_may_ask_for_a_new_state_at_once() -> None:
    office = planted()
    mirror = held(office)
    promise("nieuw", office, "Nog een belofte", table_key="overleg")
    actions.want_new(mirror, at=NOW)
    assert actions.look(mirror, at=NOW) is None, "there is one of today already"
    assert actions.look(mirror, at=NOW + timedelta(days=1)) is not None


@pytest.mark.django_db
def test_what_is_gone_since_the_last_state_is_named() -> None:
    office = planted()
    mirror = held(office)
    ReplyVoice.objects.all().delete()
    Ask.objects.filter(key="lijst").update(state="draft")
    made = actions.look(mirror, at=NOW + timedelta(days=30))
    assert made is not None
    assert "De zalenlijst" in made.gone


@pytest.mark.django_db
def test_a_figure_of_people_stands_until_enough_changed() -> None:
    office = planted()
    mirror = held(office)
    gate = Ask.objects.get(key="hek")
    fits(gate, office, voices(gate, 2), "does_not_fit")
    actions.look(mirror, at=NOW + timedelta(days=30))
    told = latest(mirror).items.get(key="answers:hek").facts
    assert told["people"] == {"fits": 4, "does_not_fit": 2}
    assert told["people_on"] == TODAY.isoformat()
    fits(gate, office, voices(gate, 3), "fits")
    actions.look(mirror, at=NOW + timedelta(days=60))
    told = latest(mirror).items.get(key="answers:hek").facts
    assert told["people"] == {"fits": 7, "does_not_fit": 4}
    assert [day for day, _counts in ShownFigure.objects.get(name="fit:hek").states] == [
        TODAY.isoformat(),
        (TODAY + timedelta(days=60)).isoformat(),
    ]


@pytest.mark.django_db
def test_a_public_body_is_read_after_the_talk() -> None:
    mirror = held(planted())
    assert not is_read(mirror)
    actions.note_talk(latest(mirror), on=TODAY, at=NOW)
    assert is_read(mirror)
    assert latest(mirror).public_since == TODAY


@pytest.mark.django_db
def test_a_declined_talk_makes_it_public_after_sixty_days_and_the_sweep_keeps_the_day() -> None:
    mirror = held(planted())
    actions.note_talk(latest(mirror), on=TODAY, at=NOW, declined=True)
    promise("nieuw", mirror.party, "Nog een belofte", table_key="overleg")
    assert not is_read(mirror, today=TODAY + timedelta(days=59))
    actions.look(mirror, at=NOW + timedelta(days=59))
    assert mirror.snapshots.count() == 1, "what was declined is not replaced before its day"
    assert latest(mirror).public_since is None
    actions.look(mirror, at=NOW + timedelta(days=60))
    assert mirror.snapshots.earliest("on").public_since == TODAY + timedelta(days=60)
    assert is_read(mirror, today=TODAY + timedelta(days=60))


@pytest.mark.django_db
def test_a_later_state_is_not_public_because_an_earlier_one_is() -> None:
    office = planted()
    mirror = held(office)
    actions.note_talk(latest(mirror), on=TODAY, at=NOW)
    promise("nieuw", office, "Nog een belofte", table_key="overleg")
    actions.look(mirror, at=NOW + timedelta(days=30))
    row = queries.mirror_of(workshop(), office.key)
    assert row is not None
    found = queries.record(row, ANYBODY, today=TODAY + timedelta(days=30))
    assert found is not None
    assert found.state.on == TODAY
    assert queries.record(row, ANYBODY, today=TODAY + timedelta(days=30), on=TODAY + timedelta(days=30)) is None


@pytest.mark.django_db
def test_a_residents_party_says_yes_after_the_talk_and_may_take_it_back() -> None:
    mirror = held(residents())
    with pytest.raises(NotYetTalked):
        actions.consent(latest(mirror), at=NOW)
    actions.note_talk(latest(mirror), on=TODAY, at=NOW)
    assert not is_read(mirror)
    actions.consent(latest(mirror), at=NOW)
    assert is_read(mirror)
    assert "openbaar maken" in latest(mirror).events.get(kind="consented").wording
    actions.take_back(mirror, at=NOW)
    assert not is_read(mirror)
    assert latest(mirror).public_since is None


@pytest.mark.django_db
def test_a_public_body_is_not_asked_for_a_yes() -> None:
    mirror = held(planted())
    with pytest.raises(NotTheirs):
        actions.consent(latest(mirror), at=NOW)
    with pytest.raises(NotTheirs):
        actions.take_back(mirror, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, 1])
def test_a_talk_is_on_a_day_that_can_be(days: int) -> None:
    mirror = held(planted())
    with pytest.raises(NotOneDay):
        actions.note_talk(latest(mirror), on=TODAY + timedelta(days=days), at=NOW)
    assert not latest(mirror).events.exists()


@pytest.mark.django_db
def test_a_party_that_proves_to_be_no_public_body_is_public_no_more() -> None:
    mirror = held(planted())
    actions.note_talk(latest(mirror), on=TODAY, at=NOW)
    Party.objects.filter(pk=mirror.party_id).update(kind="initiative")
    assert not is_read(mirror)


@pytest.mark.django_db
def test_the_workshops_own_mirror_is_there_by_itself_and_public_from_its_first_day() -> None:
    own = party("Werkplaats")
    steward(own)
    until_done([HOLD_OWN, LOOK])
    mirror = Mirror.objects.get()
    assert mirror.party == own
    assert is_read(mirror, today=latest(mirror).on)
    until_done([HOLD_OWN, LOOK])
    assert Snapshot.objects.count() == 1


@pytest.mark.django_db
def test_own_words_stand_beside_an_item_in_every_state_and_without_words_go() -> None:
    mirror = held(planted())
    actions.answer(mirror, item="promise:lamp", words="  De lamp hangt. ", at=NOW)
    actions.answer(mirror, item="promise:lamp", words="De lamp hangt nu echt.", at=NOW)
    assert Rejoinder.objects.get().words == "De lamp hangt nu echt."
    with pytest.raises(NotThere):
        actions.answer(mirror, item="promise:iets-anders", words="Nee", at=NOW)
    actions.answer(mirror, item="promise:lamp", words=" ", at=NOW)
    assert not Rejoinder.objects.exists()


@pytest.mark.django_db
def test_an_attempt_appears_once_another_party_says_that_it_was_so() -> None:
    huurders, keuken = residents(), party("Buurtkeuken")
    row = actions.tell_attempt(huurders, what="Een buurtkas", since=2014, until=2019, ending=Ending.STOPPED, at=NOW)
    assert not queries.compute(huurders, today=TODAY, figures={})
    with pytest.raises(OwnWord):
        actions.ask_of(row, party=huurders, at=NOW)
    with pytest.raises(NotThere):
        actions.confirm_attempt(row, party=keuken, at=NOW)
    actions.ask_of(row, party=keuken, at=NOW)
    assert not queries.compute(huurders, today=TODAY, figures={})
    assert [line.what for line in queries.attempts_to_confirm(keuken)] == ["Een buurtkas"]
    for _time in range(2):
        actions.confirm_attempt(row, party=keuken, at=NOW)
    assert [item.title for item in queries.compute(huurders, today=TODAY, figures={})] == ["Een buurtkas"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "until", "ending"),
    [(2019, 2014, Ending.STOPPED), (2030, None, Ending.RUNS), (2014, None, Ending.STOPPED), (2014, 2015, Ending.RUNS)],
)
def test_years_that_cannot_be_are_refused(since: int, until: int | None, ending: Ending) -> None:
    with pytest.raises(WrongYears):
        actions.tell_attempt(residents(), what="Iets", since=since, until=until, ending=ending, at=NOW)


@pytest.mark.django_db
def test_two_mirrors_lie_beside_each_other_when_both_said_yes() -> None:
    one, other = held(planted()), held(residents())
    sheet = actions.lay_beside(one, other=other, at=NOW)
    assert actions.lay_beside(other, other=one, at=NOW) == sheet
    assert not actions.say_of_sheet(sheet, mirror=one, yes=True, at=NOW).is_open
    assert actions.say_of_sheet(sheet, mirror=other, yes=True, at=NOW).is_open
    assert not actions.say_of_sheet(sheet, mirror=one, yes=False, at=NOW).is_open
    with pytest.raises(SameParty):
        actions.lay_beside(one, other=one, at=NOW)
    third = held(Party.objects.get(key="buurtkeuken"))
    with pytest.raises(NotThere):
        actions.say_of_sheet(sheet, mirror=third, yes=True, at=NOW)


@pytest.mark.django_db
def test_words_that_are_erased_from_the_ledger_go_out_of_frozen_mirrors() -> None:
    office = planted()
    said = promises.Said(Kind.DO, office, "Geheim: de naam van mevrouw De Wit", table_key="overleg")
    row = promises.draft(workshop(), said, at=NOW, key="naam")
    promises.confirm(row, at=NOW, channel=Channel.TEAM)
    mirror = held(office)
    assert latest(mirror).items.get(key="promise:naam").title.startswith("Geheim")
    promises.erase_text(row, number=1, name="wording", reason="Een naam", at=NOW + timedelta(hours=1))
    until_done([FORGET])
    item = latest(mirror).items.get(key="promise:naam")
    assert "De Wit" not in f"{item.title}{item.facts}"
    assert len(item.records) == 2


class RandomHistories(TestCase):
    """Whatever happens in whichever order: a residents' party is read by others only with its yes on record."""

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(st.sampled_from(["talk", "decline", "yes", "back", "look", "new"]), max_size=10),
        st.sampled_from(["initiative", "business", "professional", "other"]),
    )
    def test_never_public_without_consent(self, steps: list[str], kind: str) -> None:
        of = residents()
        Party.objects.filter(pk=of.pk).update(kind=kind)
        attempt("kas", of, "Een kas", 2014)
        mirror, mine = held(of), member(of)
        for number, step in enumerate(steps, start=1):
            at = NOW + timedelta(days=30 * number)
            self.take(step, mirror, number=number, days=30 * number)
            row = queries.mirror_of(workshop(), of.key)
            assert row is not None
            read = queries.record(row, ANYBODY, today=at.date())
            if read is not None:
                said = list(Snapshot.objects.get(pk=read.state.snapshot_id).events.values_list("kind", flat=True))
                assert "talked" in said
                assert [word for word in said if word in {"consented", "withdrew"}][-1] == "consented"
            assert queries.record(row, mine, today=at.date()) is not None

    @staticmethod
    def take(step: str, mirror: Mirror, *, number: int, days: int) -> None:
        at, row = NOW + timedelta(days=days), latest(mirror)
        try:
            match step:
                case "talk" | "decline":
                    actions.note_talk(row, on=at.date(), at=at, declined=step == "decline")
                case "yes":
                    actions.consent(row, at=at)
                case "back":
                    actions.take_back(mirror, at=at)
                case "look":
                    actions.look(mirror, at=at)
                case "new":
                    promise(f"n{number}", mirror.party, "Iets nieuws")
                    actions.want_new(mirror, at=at)
        except NotYetTalked:
            pass
