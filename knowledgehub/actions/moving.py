"""A school or board goes up into another one: what was shared there goes along, as far as it may be seen by more."""

from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.text import of_the_house
from knowledgehub import reach, registry
from knowledgehub.actions.publishing import makers_of
from knowledgehub.choices import Audience, Origin, Pupils, State
from knowledgehub.models import AudienceChange, Resource

#: What was agreed for who worked there then.
DELICATE = Q(pupils=Pupils.CONSENT) | Q(origin=Origin.PERMISSION)


def go_along(gone, into):
    """Whoever works at the other place sees it too, but for what parents or others agreed to for fewer people.

    That goes back to its makers, who hear of it and can ask again.
    """
    place = type(gone).__name__.lower()
    rows = Resource.objects.filter(**{place: gone})
    back = list(rows.filter(DELICATE, audience=place).exclude(state=State.WITHDRAWN).order_by("pk"))
    for resource in back:
        _back_to_makers(resource)
    along = list(rows.values_list("pk", flat=True))
    Resource.objects.filter(pk__in=along).update(**{place: into}, changed_at=now())
    places = Resource.objects.select_related("community", "school", "board", "network")
    registry.tell_changed(*places.filter(pk__in=[*along, *(row.pk for row in back)]))


def _back_to_makers(resource):
    was = resource.audience
    for column, value in reach.NARROWEST.columns.items():
        setattr(resource, column, value)
    resource.changed_at = now()
    resource.save()
    with of_the_house():
        said = _("The school or board went up into another one. More people would see it, so ask again first.")
    AudienceChange.objects.create(resource=resource, was=was, became=Audience.PRIVATE, said=said)
    record("knowledgehub.audience_changed", about=resource, tell=makers_of(resource))
