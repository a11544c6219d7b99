"""A school's own days: entered by hand, brought in from its calendar, or taken away."""

from django.db import transaction
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from organisations.models import School, StudyDay

MOST_OF_A_SCHOOL = 500


@transaction.atomic
def add_study_day(school, *, by, first, last, name):
    """Write down days on which this school has something else. The same twice is one."""
    _hold(school)
    day, is_new = StudyDay.objects.get_or_create(
        school=school, first=first, last=last, name=name, defaults={"added_by": by}
    )
    if not is_new:
        raise Refused(_("These days stand here already."), field="first")
    record("organisations.study_day_added", by=by, about=day)
    return day


@transaction.atomic
def save_study_days(school, *, by, days):
    """Keep the days of a calendar, in step with what came from it before. Returns how many are new or changed."""
    _hold(school)
    known = {row.uid: row for row in StudyDay.objects.filter(school=school, uid__in=[day.uid for day in days])}
    new = [
        StudyDay(school=school, uid=day.uid, first=day.first, last=day.last, name=day.name, added_by=by)
        for day in days
        if day.uid not in known
    ]
    changed = []
    for day in days:
        row = known.get(day.uid)
        if row and (row.first, row.last, row.name) != (day.first, day.last, day.name):
            row.first, row.last, row.name = day.first, day.last, day.name
            changed.append(row)
    StudyDay.objects.bulk_create(new)
    StudyDay.objects.bulk_update(changed, ["first", "last", "name"])
    if new or changed:
        record("organisations.study_days_saved", by=by, about=school, count=len(new) + len(changed))
    return len(new) + len(changed)


@transaction.atomic
def remove_study_day(day, *, by):
    """Take it away; a second tap changes nothing."""
    record("organisations.study_day_removed", by=by, about=day.school)
    StudyDay.objects.filter(pk=day.pk).delete()


def _hold(school):
    """The school with its row locked, and room for more. Raises Refused when it is full."""
    School.objects.select_for_update(of=("self",), no_key=True).get(pk=school.pk)
    if StudyDay.objects.filter(school=school).count() >= MOST_OF_A_SCHOOL:
        raise Refused(_("This school has %(most)d days here already. Take away old ones first.") % {"most": 500})
