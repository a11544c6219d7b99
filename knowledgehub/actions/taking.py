"""A resource goes along to a PLG: on an agenda, or in a conversation."""

from django.db import transaction
from django.utils.translation import gettext as _

from activity import references
from activity.journal import record
from communities.discussions import actions as discussing
from communities.meetings.actions import agenda
from communities.meetings.choices import ItemKind
from communities.rules import standing
from core.links import absolute
from core.refusals import Refused
from knowledgehub import taking
from knowledgehub.choices import Kind

MINUTES = 15


@transaction.atomic
def take(resource, *, by, place, note="", anyway=False):
    """Put it where she wants to talk about it, with a link: (where it stands, whether that waits for a facilitator).

    Who leads the PLG puts it on the agenda; another member proposes it. Raises Refused where members could not open
    it, unless `anyway`.
    """
    community = place.community
    if community.pk not in standing(by).member_of:
        raise Refused(_("You do not take part in this PLG any more."), field="where")
    if not anyway and (warning := taking.warning(resource, community)):
        raise Refused(warning, field="where")
    if place.meeting:
        put, waits = _on_agenda(resource, by, place, note)
    else:
        put, waits = _in_conversation(resource, by, community, note), False
    record("knowledgehub.taken", by=by, about=resource, community=community)
    return put, waits


def _on_agenda(resource, by, place, note):
    words = {
        "title": resource.title,
        "kind": ItemKind.VIDEO if resource.kind in (Kind.VIDEO, Kind.WEBINAR) else ItemKind.OTHER,
        "minutes": MINUTES,
        "instruction": f"{note}\n{absolute(resource.get_absolute_url())}".strip(),
    }
    leads = place.community.pk in standing(by).leads
    if leads:
        item = agenda.add_item(place.meeting, by=by, **words)
    else:
        item = agenda.propose_item(place.community, by=by, meeting=place.meeting, **words)
    references.refer(item, resource)
    return item, not leads


def _in_conversation(resource, by, community, note):
    link = f"[{_in_brackets(resource.title)}]({absolute(resource.get_absolute_url())})"
    text = f"{note}\n\n{link}".strip()
    return discussing.open_topic(community, by=by, title=resource.title, text=text)


def _in_brackets(title):
    """A title as the words of a link in Markdown."""
    for sign in "\\[]*_`":
        title = title.replace(sign, f"\\{sign}")
    return title
