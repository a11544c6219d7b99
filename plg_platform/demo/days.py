"""On which days a demo PLG met and will meet: always working days in every region concerned, seen from today."""

from datetime import timedelta

from people import calendar

YEAR_BEHIND, NEARLY_OVER = timedelta(weeks=50), timedelta(weeks=12)


def works(day, regions, days_off=()):
    """True when nobody concerned has a holiday or a day off."""
    return all(calendar.is_working_day(day, region, days_off) for region in regions)


def first_from(day, regions, days_off=()):
    """This day, or the first working day after it."""
    while not works(day, regions, days_off):
        day += timedelta(days=1)
    return day


def last_until(day, regions):
    """This day, or the last working day before it."""
    while not works(day, regions):
        day -= timedelta(days=1)
    return day


def rhythm(day, weeks, regions, *, behind=YEAR_BEHIND, ahead=None):
    """The dates around this one, so many weeks apart; a date in a holiday moves on by a week.

    They are planned for a school year; where that is nearly over, for the next one, too.
    """
    if ahead is None:
        ahead = calendar.days_of_school_year(calendar.school_year(day + NEARLY_OVER))[1] - day
    return [*reversed(_steps(day, -weeks, regions, behind)), day, *_steps(day, weeks, regions, ahead)]


def _steps(day, weeks, regions, reach):
    dates, step, week = [], timedelta(weeks=weeks), timedelta(weeks=1 if weeks > 0 else -1)
    here = day + step
    while abs(here - day) <= reach:
        if works(here, regions):
            dates.append(here)
            here += step
        else:
            here += week
    return dates
