"""New PLGs near somebody's theme that she could join: in the PLG letter, as a suggestion and no more."""

from datetime import timedelta
from itertools import islice

from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import ngettext

from activity.digest.content import NearLine
from communities import rules
from communities.models import Community
from core import holding
from core.time import today

NEW_FOR = timedelta(days=21)
MOST = 2


def open_plgs(people):
    """{id of a person: at most two lines}: as many queries for five hundred people as for one."""
    wanting = [person for person in people if person.themes and is_first_day(person)]
    themes = {theme for person in wanting for theme in person.themes}
    found = _new_ones(themes) if themes else []
    return {person.pk: _lines(person, found) for person in wanting} if found else {}


def is_first_day(person):
    """A suggestion comes once a week: in a daily letter on the first day of the week on which she works."""
    working = [day for day in range(5) if day not in person.days_off]
    return not person.has_daily_letter or today().weekday() == min(working, default=0)


def _new_ones(themes):
    rows = Community.objects.open_for_members().filter(theme__in=themes, created_at__gte=now() - NEW_FOR)
    return list(rows.order_by("-created_at", "-pk"))


def _lines(person, communities):
    mine = rules.standing(person)
    may_find = holding.test_of(rules.listed(person), Community)
    known = mine.member_of | mine.guest_of | mine.asked_for | mine.reads_on
    fit = (row for row in communities if row.theme in person.themes and row.pk not in known and may_find(row))
    with translation.override(person.language):
        return [NearLine(row.name, _note(row), row.get_absolute_url()) for row in islice(fit, MOST)]


def _note(community):
    free = community.seats_max - community.taken
    seats = ngettext("%(free)d seat free", "%(free)d seats free", free) % {"free": free}
    return f"{community.get_theme_display()} · {seats}"
