"""How it went: colleagues who used a resource tell each other; the resource counts along for its card."""

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import record
from communities.places import school_of
from core.refusals import Refused
from core.time import today
from knowledgehub.actions.making import hold
from knowledgehub.actions.publishing import makers_of
from knowledgehub.choices import Again
from knowledgehub.models import Experience, Resource


@transaction.atomic
def tell(resource, *, by, used_on, **fields):
    """Say how it went. Its makers hear of it, one by one, except whoever tells it herself."""
    resource = hold(resource)
    if not resource.is_published:
        raise Refused(_("This is not published, so nobody can have used it yet."))
    _check(resource, by, used_on)
    row = Experience.objects.create(
        resource=resource,
        version_id=resource.current_id,
        person=by,
        school=school_of(by),
        used_on=used_on,
        **_fitting(fields),
    )
    count(resource)
    record("knowledgehub.told", by=by, about=row, tell=makers_of(resource))
    return row


@transaction.atomic
def edit_experience(experience, *, by, used_on, **fields):
    """Say it better. Nobody hears of it anew."""
    resource = hold(experience.resource_id)
    experience = Experience.objects.select_for_update(of=("self",)).filter(pk=experience.pk).first()
    if not experience:
        raise Refused(_("What you told was removed. Tell it anew."))
    _check(resource, by, used_on, besides=experience.pk)
    experience.used_on, experience.changed_at = used_on, now()
    for name, value in _fitting(fields).items():
        setattr(experience, name, value)
    experience.save()
    count(resource)
    record("knowledgehub.experience_edited", by=by, about=experience)
    return experience


@transaction.atomic
def remove_experience(experience, *, by):
    """Away with it. Letters about it that still wait stay away; the resource counts one less."""
    resource = hold(experience.resource_id)
    outbox.withdraw(experience)
    Experience.objects.filter(pk=experience.pk).delete()
    count(resource)
    record("knowledgehub.experience_removed", by=by, about=resource)


def count(resource):
    """What cards say of a resource, counted anew from what was told. The resource is held."""
    found = Experience.objects.filter(resource=resource).aggregate(
        used=Count("pk"),
        used_again=Count("pk", filter=Q(again=Again.YES)),
        used_adapted=Count("pk", filter=Q(is_adapted=True)),
        used_last_on=Max("used_on"),
    )
    last = Experience.objects.filter(resource=resource).order_by("-used_on", "-pk").values_list("level", flat=True)
    found["used_last_in"] = last.first() or ""
    Resource.objects.filter(pk=resource.pk).update(**found)


def _check(resource, person, used_on, besides=None):
    if used_on > today():
        raise Refused(_("Choose today or a day that is past."), field="used_on")
    told = Experience.objects.filter(resource=resource, person=person, used_on=used_on).exclude(pk=besides)
    if told.exists():
        raise Refused(_("You told about this day already. Change that, or choose another day."), field="used_on")


def _fitting(fields):
    """What was changed is told only by who changed something."""
    if not fields.get("is_adapted"):
        fields["changed"] = ""
    return fields
