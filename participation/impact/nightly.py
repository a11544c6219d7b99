"""What happens at night: what is over closes, and what can be answered in a meeting by now comes onto its agenda."""

from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef

from activity.models import Link
from communities.meetings.models import Meeting
from core.night import each_by_itself
from core.time import today
from participation.impact import actions, asking
from participation.impact.choices import Way
from participation.impact.models import Panel, Wave


def nightly():
    """Each by itself: one that fails keeps no other from being done."""
    each_by_itself(
        *(partial(actions.close, wave) for wave in Wave.objects.over().order_by("pk")),
        *(partial(actions.close_panel, panel) for panel in Panel.objects.over().order_by("pk")),
        *(partial(_bring, wave) for wave in without_an_agenda()),
    )


def without_an_agenda():
    """Waves to be answered together that have a meeting in their days, planned since, and stand on no agenda."""
    links = Link.objects.filter(to_type=ContentType.objects.get_for_model(Wave), to_id=OuterRef("pk"))
    meetings = Meeting.objects.filter(
        community=OuterRef("questionnaire__community"),
        held_on__range=(OuterRef("opens_on"), OuterRef("closes_on")),
    )
    rows = Wave.objects.filter(closed_at=None, way=Way.JOINT, responses=None, closes_on__gte=today())
    rows = rows.filter(Exists(meetings.upcoming()), ~Exists(links))
    return rows.select_related("questionnaire__community", "questionnaire__created_by").order_by("pk")


@transaction.atomic
def _bring(wave):
    asking.onto_agenda(wave, wave.questionnaire.community, wave.questionnaire.created_by)
