"""School holidays and working days: which days are a person's own.

Dates come from the package `holidays`, which takes the school holidays of the
three regions from the Dutch government's list, to 2030.
"""

from datetime import date, timedelta
from functools import cache

import holidays

YEAR_BEGINS = 8  # the month


@cache
def _public(year):
    return holidays.country_holidays("NL", years=year, language="nl")


@cache
def _school(year, region):
    return holidays.country_holidays("NL", subdiv=region, years=year, categories=("school",), language="nl")


def school_holiday(day, region):
    """The Dutch name of the school holiday on this day in this region, or ""."""
    return _school(day.year, region).get(day, "") if region else ""


def public_holiday(day):
    """The Dutch name of the public holiday on this day, or ""."""
    return _public(day.year).get(day, "")


def knows_school_year(day, region):
    """False when the list of school holidays does not reach this year: plan without, and say so."""
    return bool(region) and len(_school(day.year, region)) > 20


def school_year(day):
    """The school year of a day, by the year in which it began: it turns on the first of August."""
    return day.year - (day.month < YEAR_BEGINS)


def days_of_school_year(year):
    """The first and the last day of a school year."""
    return date(year, YEAR_BEGINS, 1), date(year + 1, YEAR_BEGINS, 1) - timedelta(days=1)


def holiday(day, region):
    """The name of the holiday that makes this a day off, or ""."""
    return school_holiday(day, region) or public_holiday(day)


def is_working_day(day, region="", days_off=()):
    """True on a weekday that is no holiday there and not a fixed day off."""
    return day.weekday() < 5 and day.weekday() not in days_off and not holiday(day, region)


def last_working_day_before(day, region="", days_off=()):
    """The last day before this one on which the person works; the day before when there is none within three weeks."""
    for back in range(1, 22):
        before = day - timedelta(days=back)
        if is_working_day(before, region, days_off):
            return before
    return day - timedelta(days=1)


def after_working_days(day, count, region=""):
    """The day that lies so many working days later, holidays not counted."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, region)
    return day
