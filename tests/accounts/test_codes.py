from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from tests.builders import workshop
from werkplaats.accounts import rules
from werkplaats.accounts.actions import (
    TRIES_IN_A_WORKSHOP,
    TRIES_OF_AN_ADDRESS,
    new_code,
    open_code,
    spend_code,
    withdraw_codes,
)
from werkplaats.accounts.models import Code
from werkplaats.accounts.queries import address_of
from werkplaats.accounts.refusals import TooManyTries, WrongCode
from werkplaats.accounts.rules import check_digit, in_groups, is_whole, only_digits

NOW = datetime(2026, 5, 12, 15, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
HOME = "192.0.2.7"
eleven = st.text("0123456789", min_size=11, max_size=11)


def made(*, purpose: str = "receipt", thing: str = "voice:7f3a", expires_at: datetime | None = None) -> str:
    return new_code(workshop(), purpose=purpose, thing=thing, at=NOW, expires_at=expires_at)


def opened(digits: str, *, purpose: str = "receipt", address: str = HOME, at: datetime = NOW) -> Code:
    return open_code(workshop(), digits, purpose=purpose, address=address, at=at)


def a_wrong_one() -> str:
    return "111111111111" if not is_whole("111111111111") else "111111111112"


def one_wrong(whole: str) -> Iterator[str]:
    for place, right in enumerate(whole):
        yield from (whole[:place] + digit + whole[place + 1 :] for digit in "0123456789" if digit != right)


def neighbours_exchanged(whole: str) -> Iterator[str]:
    for place in range(len(whole) - 1):
        if whole[place] != whole[place + 1]:
            yield whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]


@given(eleven)
def test_one_wrong_digit_or_two_exchanged_neighbours_never_make_another_code(digits: str) -> None:
    whole = digits + check_digit(digits)
    assert is_whole(whole)
    assert not any(is_whole(wrong) for wrong in [*one_wrong(whole), *neighbours_exchanged(whole)])


def test_the_table_of_check_digits_is_what_makes_that_true_for_every_code() -> None:
    table = [[int(sign) for sign in row] for row in rules._DAMM]
    assert all(sorted(row) == list(range(10)) for row in [*table, *map(list, zip(*table, strict=True))])
    assert all(table[digit][digit] == 0 for digit in range(10))
    pairs = [(x, y) for x in range(10) for y in range(10) if x != y]
    assert all(table[table[row][x]][y] != table[table[row][y]][x] for row in range(10) for x, y in pairs)


@pytest.mark.parametrize("typed", ["4821 0937 5516", "4821-0937-5516", "  482109375516", "٤٨٢١ ٠٩٣٧ ٥٥١٦"])
def test_a_code_may_be_typed_in_any_way_and_script(typed: str) -> None:
    assert only_digits(typed) == "482109375516"


def test_a_code_has_three_groups_and_only_its_digest_is_kept(db: None) -> None:
    digits = made()
    plain = only_digits(digits)
    assert digits == in_groups(plain)
    assert [len(group) for group in digits.split()] == [4, 4, 4]
    assert is_whole(plain)
    row = Code.objects.get()
    assert plain not in str(vars(row))
    assert opened(digits).thing == "voice:7f3a"
    assert opened(plain).pk == row.pk


def test_five_hundred_codes_are_five_hundred_different_ones(db: None) -> None:
    assert len({made(thing=f"voice:{number}") for number in range(500)}) == 500


def test_wrong_withdrawn_spent_late_and_unknown_cannot_be_told_apart(db: None) -> None:
    withdrawn, spent, late, of_a_table, whole = (
        made(thing="voice:gone"),
        made(thing="a"),
        made(expires_at=NOW),
        made(purpose="table"),
        made(thing="b"),
    )
    assert withdraw_codes(workshop(), thing="voice:gone", at=NOW) == 1
    once = Code.objects.get(thing="a")
    assert spend_code(once, at=NOW)
    assert not spend_code(once, at=NOW)
    mistyped = next(one_wrong(only_digits(whole)))
    unknown = "12345678901"
    said = []
    for digits in (
        withdrawn,
        spent,
        late,
        of_a_table,
        mistyped,
        unknown + check_digit(unknown),
        "",
        "geen cijfers",
        "9" * 5000,
    ):
        with pytest.raises(WrongCode) as refused:
            opened(digits)
        said.append(refused.value.sentence)
    assert len(set(said)) == 1


def test_every_kind_of_wrong_asks_the_database_the_same(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    withdrawn = made(thing="voice:gone")
    withdraw_codes(workshop(), thing="voice:gone", at=NOW)
    of = workshop()
    for digits in (withdrawn, a_wrong_one(), "", "123456789012"):
        with django_assert_num_queries(2 + 2), pytest.raises(WrongCode):
            open_code(of, digits, purpose="receipt", address=HOME, at=NOW)


def test_a_code_of_another_workshop_opens_nothing_here(db: None) -> None:
    digits = new_code(workshop("elders"), purpose="receipt", thing="voice:1", at=NOW)
    with pytest.raises(WrongCode):
        opened(digits)


def test_after_many_wrong_codes_an_address_waits_a_quarter_of_an_hour_even_with_a_right_one(db: None) -> None:
    digits = made()
    for _ in range(TRIES_OF_AN_ADDRESS.most):
        with pytest.raises(WrongCode):
            opened(a_wrong_one())
    with pytest.raises(TooManyTries):
        opened(digits)
    assert opened(digits, address="192.0.2.8").thing == "voice:7f3a"
    assert opened(digits, at=NOW + timedelta(minutes=15)).thing == "voice:7f3a"


def test_right_codes_are_never_counted_so_that_a_full_table_on_one_wifi_comes_in(db: None) -> None:
    digits = made(purpose="table")
    for _ in range(3 * TRIES_OF_AN_ADDRESS.most):
        opened(digits, purpose="table")


def test_tries_from_everywhere_together_are_limited_in_a_workshop(db: None) -> None:
    where = workshop().key
    cache.set(TRIES_IN_A_WORKSHOP._key(where, NOW), TRIES_IN_A_WORKSHOP.most - 1)
    with pytest.raises(WrongCode):
        opened(a_wrong_one(), address="198.51.100.1")
    with pytest.raises(TooManyTries):
        opened(made(), address="198.51.100.2")


def test_a_million_guesses_at_the_allowed_rate_find_none_of_500_codes() -> None:
    guesses, codes, possible = 10**6, 500, 10 ** (rules.CODE_LENGTH - 1)
    assert 1 - (1 - codes / possible) ** guesses < 0.006
    assert guesses / TRIES_IN_A_WORKSHOP.most * TRIES_IN_A_WORKSHOP.seconds > timedelta(days=41).total_seconds()


def test_a_receipt_outlives_a_change_of_the_secret(db: None, settings: Settings) -> None:
    digits = made()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret, of a new machine"
    assert opened(digits).thing == "voice:7f3a"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(WrongCode):
        opened(digits)


def test_a_home_counts_as_one_address() -> None:
    asked = RequestFactory().get
    assert address_of(asked("/", REMOTE_ADDR="192.0.2.7")) == "192.0.2.7"
    first, second = "2001:db8:1:2::7", "2001:db8:1:2:ffff::8"
    assert (
        address_of(asked("/", REMOTE_ADDR=first)) == address_of(asked("/", REMOTE_ADDR=second)) == "2001:db8:1:2::/64"
    )


@pytest.fixture
def counting_together(transactional_db: None, settings: Settings) -> Iterator[None]:
    """The memory of tries that processes share, in place of the one that a test has for itself."""
    backend = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "tries_of_a_test"}}
    call_command("createcachetable", verbosity=0)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE tries_of_a_test")


@pytest.mark.usefixtures("counting_together")
def test_many_tries_at_once_are_all_counted() -> None:
    workshop()

    def one_try(_number: int) -> type[Exception]:
        try:
            with pytest.raises((WrongCode, TooManyTries)) as refused:
                opened(a_wrong_one())
            return refused.type
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as together:
        said = Counter(together.map(one_try, range(TRIES_OF_AN_ADDRESS.most + 10)))
    assert said == {WrongCode: TRIES_OF_AN_ADDRESS.most, TooManyTries: 10}
