"""When the PLG letter comes: each week or each working day, at the hour she chose, not in her holidays."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from people.choices import LetterDay

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def comes(person, after, **choice):
    """The next days and hours of her letter after this moment."""
    for name, value in choice.items():
        setattr(person, name, value)
    at, found = datetime.fromisoformat(after).replace(tzinfo=AMSTERDAM), []
    for _letter in range(3):
        at = person.next_letter_at(at)
        found.append(f"{at:%m-%d %H}")
    return found


def test_a_weekly_letter_comes_on_her_day(cast):
    assert comes(cast.amina, "2026-11-22T10:00", letter_weekday=LetterDay.MONDAY, letter_hour=8) == [
        "11-23 08", "11-30 08", "12-07 08",
    ]  # fmt: skip


def test_a_daily_letter_keeps_to_the_days_on_which_she_works(cast):
    chosen = {"letter_weekday": LetterDay.DAILY, "letter_hour": 16, "days_off": [2]}
    assert comes(cast.amina, "2026-11-24T16:00", **chosen) == ["11-26 16", "11-27 16", "11-30 16"]


def test_in_the_holidays_there_is_none_unless_she_says_so(cast):
    daily = {"letter_weekday": LetterDay.DAILY, "letter_hour": 16}
    assert comes(cast.amina, "2026-12-18T17:00", **daily)[0] == "01-04 16"
    assert comes(cast.amina, "2026-12-18T17:00", **daily, letter_in_holidays=True)[0] == "12-21 16"


@pytest.mark.parametrize("hour", [0, 2, 3, 23])
def test_it_comes_once_on_the_days_on_which_the_clocks_change(cast, hour):
    chosen = {"letter_weekday": LetterDay.SUNDAY, "letter_hour": hour}
    assert comes(cast.amina, "2027-03-27T23:30", **chosen, letter_in_holidays=True)[:2] == [
        f"03-28 {hour:02}", f"04-04 {hour:02}",
    ]  # fmt: skip


def test_she_chooses_it_on_her_own_page(signed_in, cast):
    browser = signed_in(cast.amina)
    form = browser.get("/people/rhythm/").context["form"]
    chosen = {
        name: value for name, value in form.initial.items() if value is not None and name != "letter_in_holidays"
    } | {"letter_weekday": 7, "letter_hour": 8, "paused_until": ""}
    assert browser.post("/people/rhythm/", chosen).status_code == 302
    cast.amina.refresh_from_db()
    assert cast.amina.has_daily_letter
    assert cast.amina.digest_next_at.astimezone(AMSTERDAM).hour == 8
