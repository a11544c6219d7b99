"""What is new in somebody's themes: two on her home page, two in her PLG letter, the rest on the page of themes."""

from collections import defaultdict
from datetime import timedelta
from itertools import islice

from django.db.models import Q
from django.utils import translation
from django.utils.timezone import now

from activity.digest.content import NearLine
from communities.near import is_first_day
from core import holding
from core.models import FETCH_MODE
from knowledgehub import experiences, rules
from knowledgehub.models import Author, FollowedTheme, Resource

NEW_FOR = timedelta(days=21)
IN_LETTER, AT_HOME, LOOKED_AT = 2, 2, 200


def in_letters(people):
    """{id of a person: at most two lines} of the themes that she follows: as many queries for many as for one."""
    wanting = [person for person in people if is_first_day(person)]
    follows = defaultdict(set)
    for person, theme in FollowedTheme.objects.filter(person__in=wanting).values_list("person", "theme"):
        follows[person].add(theme)
    found = _new_ones(set().union(*follows.values())) if follows else []
    return {person.pk: _lines(person, follows[person.pk], found) for person in wanting if found and follows[person.pk]}


def _new_ones(themes):
    rows = Resource.objects.filter(
        state="published", hidden_at=None, theme__in=themes, published_at__gte=now() - NEW_FOR
    )
    rows = rows.exclude(door="").order_by("-published_at", "-pk").fetch_mode(FETCH_MODE)
    return list(rows.prefetch_related("authors")[:LOOKED_AT])


def _lines(person, themes, resources):
    may_find = holding.test_of(rules.found(person), Resource)
    fit = (row for row in resources if row.theme in themes and not _made(row, person) and may_find(row))
    with translation.override(person.language):
        return [NearLine(row.title, _note(row), row.get_absolute_url()) for row in islice(fit, IN_LETTER)]


def _made(resource, person):
    return any(each.person_id == person.pk for each in resource.authors.all())


def _note(resource):
    return f"{resource.get_kind_display()} · {resource.get_theme_display()}"


def themes_of(user):
    """A condition: in a theme that she follows, or that she named when she came."""
    followed = FollowedTheme.objects.filter(person=user.pk).values("theme")
    return Q(theme__in=list(user.themes)) | Q(theme__in=followed)


def at_home(user):
    """Two new ones of others for her home page, with what they say of themselves; one query."""
    rows = Resource.objects.found_by(user).filter(themes_of(user), published_at__gte=now() - NEW_FOR)
    mine = Author.objects.filter(person=user.pk).values("resource")
    rows = rows.exclude(pk__in=mine).order_by("-published_at", "-pk").fetch_mode(FETCH_MODE)[:AT_HOME]
    return [
        {
            "title": row.title,
            "url": row.get_absolute_url(),
            "icon": row.icon,
            "note": " · ".join(filter(None, [row.get_kind_display(), experiences.said(row)])),
        }
        for row in rows
    ]
