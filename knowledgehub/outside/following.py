"""What harvesters are told: when something last changed, and that what they know has gone."""

from django.db.models import Q
from django.utils.timezone import now

from knowledgehub import rules
from knowledgehub.models import Resource


def follow(*resources):
    """These changed: whoever harvests hears it. What stands on the web is from now on known outside."""
    moment = now()
    known = Resource.objects.filter(Q(was_public=True) | rules.of_everyone(), pk__in=[each.pk for each in resources])
    told = set(known.values_list("pk", flat=True))
    Resource.objects.filter(pk__in=told).update(changed_at=moment, was_public=True)
    for each in resources:  # a deed may save its row once more
        if each.pk in told:
            each.changed_at, each.was_public = moment, True


def name_changes(person):
    """She is called otherwise, or erased and named no longer: harvesters hear that what she made has changed."""
    Resource.objects.filter(was_public=True, authors__person=person).update(changed_at=now())
