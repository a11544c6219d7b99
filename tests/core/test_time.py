"""Local dates and times, across the change of clocks."""

from datetime import UTC, date, datetime, time

import pytest

from communities.meetings.models import Meeting
from core.time import exists, instant


@pytest.mark.parametrize(
    ("day", "utc"),
    [(date(2027, 3, 26), 14.5), (date(2027, 3, 29), 13.5), (date(2026, 10, 23), 13.5), (date(2026, 10, 26), 14.5)],
    ids=["winter", "summer", "still summer", "winter again"],
)
def test_half_past_three_stays_half_past_three(cast, day, utc):
    meeting = Meeting.objects.create(community=cast.maths, held_on=day, starts=time(15, 30), ends=time(17))
    meeting.refresh_from_db()
    assert meeting.starts_at == instant(day, time(15, 30))
    assert meeting.starts_at.astimezone(UTC) == datetime(day.year, day.month, day.day, int(utc), 30, tzinfo=UTC)


def test_the_hour_that_is_skipped_does_not_exist():
    assert not exists(date(2027, 3, 28), time(2, 30))
    assert exists(date(2027, 3, 28), time(3, 30))
    assert exists(date(2026, 10, 25), time(2, 30))
