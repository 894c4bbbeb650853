"""What may appear, what may be shown of people, and who may read a mirror when: over many made-up histories."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from werkplaats.accounts.rules import RoleName, Who, may
from werkplaats.mirror import rules
from werkplaats.mirror.rules import Event, Figure, Happened, Item, ItemKind, Publication, Record, RecordKind, Section

BEGIN = date(2026, 1, 1)
WORDS = ("yes", "partly", "no")
KINDS = ("initiative", "government", "research", "professional", "business", "other")

origins = st.sampled_from(["party:self", "party:a", "party:b", "source:x", "table:t"])
records = st.builds(
    Record, kind=st.sampled_from(RecordKind), key=st.just("k"), label=st.just(""), origin=origins, people=st.just(0)
)
items = st.builds(
    Item,
    section=st.sampled_from(Section),
    kind=st.sampled_from(ItemKind),
    key=st.uuids().map(str),
    title=st.just("iets"),
    records=st.lists(records, max_size=6).map(tuple),
    on=st.dates().map(str),
)
counts = st.dictionaries(st.sampled_from(WORDS), st.integers(0, 12), max_size=3)
days = st.integers(0, 400).map(lambda n: BEGIN + timedelta(days=n))
events = st.lists(st.builds(Event, kind=st.sampled_from(Happened), on=days), max_size=8)


@given(st.lists(items, max_size=30))
def test_what_one_source_says_and_nobody_confirms_never_appears(candidates: list[Item]) -> None:
    for item in rules.held(candidates):
        assert len({record.origin for record in item.records}) >= 2


@given(st.lists(items, max_size=30))
def test_everything_that_rests_on_two_sources_appears_once_and_the_own_block_comes_first(
    candidates: list[Item],
) -> None:
    shown = rules.held(candidates)
    assert {item.key for item in shown} == {item.key for item in candidates if rules.sources(item.records) >= 2}
    assert len({item.key for item in shown}) == len(shown)
    is_own = [item.section in rules.OWN_SECTIONS for item in shown]
    assert is_own == sorted(is_own, reverse=True)


@given(st.lists(items, max_size=20), st.randoms(use_true_random=False))
def test_the_order_in_which_records_are_read_changes_nothing(candidates: list[Item], chance: Random) -> None:
    other = list(candidates)
    chance.shuffle(other)
    assert rules.held(other) == rules.held(candidates)


@given(st.lists(counts, min_size=1, max_size=12), st.integers(3, 8))
def test_no_two_states_ever_shown_differ_by_what_fewer_than_the_small_number_said(
    history: list[dict[str, int]], small: int
) -> None:
    shown: Sequence[Figure] = []
    for now in history:
        shown = rules.shown(shown, now, small=small, today=BEGIN)
    for one, other in combinations(shown, 2):
        came = sum(max(other.counts.get(word, 0) - one.counts.get(word, 0), 0) for word in WORDS)
        went = sum(max(one.counts.get(word, 0) - other.counts.get(word, 0), 0) for word in WORDS)
        assert max(came, went) == 0 or max(came, went) >= small
    assert all(sum(figure.counts.values()) >= small for figure in shown)


@given(st.lists(counts, min_size=1, max_size=12), st.integers(3, 8))
def test_what_was_shown_was_once_so_and_is_renewed_as_soon_as_it_may(history: list[dict[str, int]], small: int) -> None:
    shown: Sequence[Figure] = []
    for now in history:
        before, shown = shown, rules.shown(shown, now, small=small, today=BEGIN)
        far = all(rules.changed(figure.counts, now) >= small for figure in before)
        if sum(now.values()) >= small and far:
            assert shown[-1].counts == now
    assert all(figure.counts in history for figure in shown)


@given(st.lists(st.tuples(st.sampled_from([*WORDS, ""]), st.sampled_from([*WORDS, ""])), max_size=30))
def test_how_many_changed_is_never_told_too_high(people: list[tuple[str, str]]) -> None:
    """Each of these people said one thing before and one now; "": nothing."""
    before = Counter(word for word, _now in people if word)
    now = Counter(word for _before, word in people if word)
    assert rules.changed(before, now) <= sum(word != later for word, later in people)


@given(st.sampled_from(KINDS), st.booleans(), events, days)
def test_a_mirror_that_hangs_on_consent_is_never_public_without_it_on_record(
    kind: str, is_workshop: bool, told: list[Event], today: date
) -> None:
    rule = rules.publication(kind, is_workshop=is_workshop)
    if rules.is_public(rule, made_on=BEGIN, events=told, today=today) and rule is Publication.CONSENT:
        said = [event.kind for event in told if event.kind in (Happened.CONSENTED, Happened.WITHDREW)]
        assert said[-1:] == [Happened.CONSENTED]
        assert any(event.kind is Happened.TALKED and event.on <= today for event in told)


@given(events, days)
def test_a_residents_party_needs_its_own_yes_whatever_else_happened(told: list[Event], today: date) -> None:
    without = [event for event in told if event.kind is not Happened.CONSENTED]
    rule = rules.publication("initiative", is_workshop=False)
    assert not rules.is_public(rule, made_on=BEGIN, events=without, today=today)


@given(st.sampled_from(["government", "research"]), events, days)
def test_a_public_body_is_read_after_the_talk_or_sixty_days_after_a_no(
    kind: str, told: list[Event], today: date
) -> None:
    rule = rules.publication(kind, is_workshop=False)
    talked = any(event.kind is Happened.TALKED and event.on <= today for event in told)
    declined = any(event.kind is Happened.DECLINED and (today - event.on).days >= 60 for event in told)
    assert rules.is_public(rule, made_on=BEGIN, events=told, today=today) == (talked or declined)


@given(events, days)
def test_the_own_mirror_of_the_workshop_is_public_from_its_first_day(told: list[Event], today: date) -> None:
    rule = rules.publication("initiative", is_workshop=True)
    assert rules.is_public(rule, made_on=BEGIN, events=told, today=today)


class Thing:
    """A mirror that belongs to account 7 of workshop 1."""

    workshop_id = 1

    def belongs_to(self, who: Who) -> bool:
        return who.account_id == 7


people = st.builds(
    Who,
    workshop_id=st.sampled_from([None, 1, 2]),
    account_id=st.sampled_from([None, 7, 8]),
    roles=st.frozensets(st.sampled_from(RoleName)),
)


@given(people)
def test_nobody_but_the_party_and_the_coordinator_may_see_an_unpublished_mirror(who: Who) -> None:
    here = who.workshop_id == 1
    is_one = here and (who.account_id == 7 or RoleName.COORDINATOR in who.roles)
    assert may(who, rules.SEE, Thing()) == is_one
    assert may(who, rules.SEE_OWN, Thing()) == (here and who.account_id == 7)
    assert may(who, rules.CONSENT, Thing()) == (here and who.account_id == 7)


@given(days, days, st.booleans())
def test_a_declined_mirror_is_not_replaced_before_its_day(last: date, today: date, is_open: bool) -> None:
    assert not rules.is_time(last, today=today, declined_open=True)
    assert rules.is_time(None, today=today, declined_open=is_open)
