"""Which administrator saw whose personal data. A page notes it while it is drawn; the person reads it later."""

from django.db.models import Q

from activity.models import Look

#: How the pages are called on which administrators see people: name -> words. Filled in by their apps.
PAGES = {}


def note(by, people, page):
    """Somebody sees these people on a page. Herself is no news, and the second time on a day is none either."""
    ids = {getattr(person, "pk", person) for person in people} - {by.pk, None}
    Look.objects.bulk_create([Look(by=by, person_id=pk, page=page) for pk in sorted(ids)], ignore_conflicts=True)


def of(person, most=50):
    """Who looked at her data, also at an account that became one with hers; the latest first, each with its page."""
    whose = Q(person=person.pk) | Q(person__merged_into=person.pk)
    rows = list(Look.objects.filter(whose).select_related("by").order_by("-at", "-pk")[:most])
    for row in rows:
        row.where = PAGES.get(row.page, row.page)
    return rows
