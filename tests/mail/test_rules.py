from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkplaats.mail.rules import POST_HOUR, Pace, due, goes_alone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TUESDAY = datetime(2026, 5, 12, 15, 30, tzinfo=AMSTERDAM)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda moment: moment.replace(tzinfo=AMSTERDAM))


@pytest.mark.parametrize(
    ("pace", "is_first", "when"),
    [
        (Pace.UNCHOSEN, True, "2026-05-12T15:30:00+02:00"),
        (Pace.UNCHOSEN, False, "2026-05-13T08:00:00+02:00"),
        (Pace.AT_ONCE, False, "2026-05-12T15:30:00+02:00"),
        (Pace.DAILY, True, "2026-05-13T08:00:00+02:00"),
        (Pace.WEEKLY, True, "2026-05-18T08:00:00+02:00"),
    ],
)
def test_a_message_goes_out_when_its_reader_chose(pace: Pace, is_first: bool, when: str) -> None:
    found = due(pace, is_first=is_first, at=TUESDAY)
    assert found
    assert found.isoformat() == when


def test_who_wants_nothing_gets_nothing() -> None:
    assert due(Pace.OFF, is_first=True, at=TUESDAY) is None


def test_early_on_monday_the_digest_still_goes_out_today() -> None:
    early = datetime(2026, 5, 18, 7, 59, tzinfo=AMSTERDAM)
    assert due(Pace.WEEKLY, is_first=False, at=early) == early.replace(hour=8, minute=0)
    assert due(Pace.DAILY, is_first=False, at=early) == early.replace(hour=8, minute=0)


@given(moments, st.sampled_from([Pace.DAILY, Pace.WEEKLY]))
def test_a_digest_goes_out_at_the_post_hour_and_within_its_term(at: datetime, pace: Pace) -> None:
    when = due(pace, is_first=False, at=at)
    assert when
    assert (when.hour, when.minute) == (POST_HOUR, 0)
    assert timedelta(0) <= when - at <= timedelta(days=7 if pace == Pace.WEEKLY else 1)
    assert pace == Pace.DAILY or when.weekday() == 0
    assert not goes_alone(pace, is_first=True)
