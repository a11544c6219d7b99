"""How often a resource is opened and taken along: counted a day, of nobody in particular, for its makers.

A page tells that it is being read by itself (a POST after two seconds): who only fetches, such as most robots, is not
counted, and a GET changes nothing.
"""

import re
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from core.time import today
from knowledgehub.models import Author, DayCount

ROBOT = re.compile(r"bot\b|bot/|crawl|spider|slurp|preview|curl|wget|python-|headless(?!chrome)", re.IGNORECASE)
MONTHS = 12


def _counts(resource, request):
    """Whether this is a reader who counts: no maker and no robot."""
    if ROBOT.search(request.headers.get("User-Agent", "")):
        return False
    user = request.user
    return not (user.is_authenticated and Author.everyone.filter(resource=resource, person=user.pk).exists())


def seen(resource, request):
    """Somebody reads it."""
    if resource.is_published and _counts(resource, request):
        DayCount.add(resource.pk, today(), views=1)


def downloaded(resource, request):
    """Somebody takes a file of it along, or all of them."""
    if resource.is_published and _counts(resource, request):
        DayCount.add(resource.pk, today(), downloads=1)


def months_of(resource):
    """[(first day of the month, views, downloads)] of the last twelve months, the oldest first; one query."""
    months = _last_months(today())
    rows = (
        DayCount.objects.filter(resource=resource, day__gte=months[0])
        .annotate(month=TruncMonth("day"))
        .values("month")
        .annotate(seen=Sum("views"), taken=Sum("downloads"))
        .values_list("month", "seen", "taken")
    )
    found = {month: (seen, taken) for month, seen, taken in rows}
    return [(month, *found.get(month, (0, 0))) for month in months]


def _last_months(day):
    last = day.year * 12 + day.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1)]
