"""Local dates and times, and the hours that do not exist or exist twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, F, Func
from django.utils.timezone import now

AMSTERDAM = "Europe/Amsterdam"


def instant(day, time, zone=AMSTERDAM):
    """The instant of a local date and time."""
    return datetime.combine(day, time, ZoneInfo(zone))


def exists(day, time, zone=AMSTERDAM):
    """False for the hour that is skipped when summer time begins."""
    moment = instant(day, time, zone)
    return moment.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(
        day, time
    )


def today(zone=AMSTERDAM):
    """The date at this moment, there."""
    return now().astimezone(ZoneInfo(zone)).date()


def days_from(day, count):
    """So many dates from this one on."""
    return [day + timedelta(days=n) for n in range(count)]


class LocalInstant(Func):
    """SQL: the instant of a local date, a local time and a zone, for a GeneratedField."""

    function = "timezone"
    output_field = DateTimeField()

    def __init__(self, day, time, zone="zone"):
        super().__init__(F(zone), Func(F(day), F(time), template="(%(expressions)s)", arg_joiner=" + "))
