"""Months as figures know them: by their first day, closed some days after they are over."""

from datetime import date, timedelta

from core.time import today
from people.calendar import YEAR_BEGINS, days_of_school_year

CLOSES_ON = 8  # the day of the next month: until then presence of the last meetings is written down


def first_of(day):
    """The month of a day."""
    return day.replace(day=1)


def after(month, count=1):
    """The month so many later."""
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def last_day(month):
    return after(month) - timedelta(days=1)


def of_school_year(year):
    """Its twelve months, from August on."""
    return [after(days_of_school_year(year)[0], n) for n in range(12)]


def ends_school_year(month):
    """True for the last month before the school year turns."""
    return after(month).month == YEAR_BEGINS


def last_closed(day=None):
    """The latest month that is closed today."""
    day = day or today()
    return after(first_of(day), -1 if day.day >= CLOSES_ON else -2)


def between(first, last):
    """The months from one to another, both with it."""
    while first <= last:
        yield first
        first = after(first)
