"""Whose holidays a person has: those of her own region, or else of the school where she works."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import now

from organisations.models import Affiliation

CHUNK = 500


def follow(people=None):
    """Keep with these people (or all) the region of the school where they work; returns for how many it changed.

    Her next PLG letter then comes at another moment, too.
    """
    changed = 0
    while rows := _follow_some(people):
        changed += len(rows)
        for person in people or ():
            if person in rows:  # who has her in hand may save her afterwards
                person.school_region, person.digest_next_at = rows[person]
    return changed


@transaction.atomic
def _follow_some(people):
    at_school = Affiliation.objects.current().filter(person=OuterRef("pk"), school__isnull=False)
    newest = at_school.order_by("-from_on", "-pk").values("school__region")[:1]
    rows = get_user_model().objects.annotate(works_in=Coalesce(Subquery(newest), Value("")))
    rows = rows.exclude(school_region=F("works_in")).order_by("pk").select_for_update(of=("self",))
    if people is not None:
        rows = rows.filter(pk__in=[person.pk for person in people])
    rows, moment = list(rows[:CHUNK]), now()
    for row in rows:
        row.school_region = row.works_in
        if row.digest_next_at:
            row.digest_next_at = row.next_letter_at(moment)
    get_user_model().objects.bulk_update(rows, ["school_region", "digest_next_at"])
    return {row: (row.school_region, row.digest_next_at) for row in rows}
