"""What using adds to pages: how it went and "take this along" on a resource; and what a PLG brings to the KennisHub."""

from django.utils.translation import gettext as _

from communities.choices import State
from communities.rules import standing
from core.links import address
from core.models import FETCH_MODE
from knowledgehub import experiences, rules, taking
from knowledgehub.choices import Kind
from knowledgehub.models import Resource, Saved

ON_PAGE_OF_PLG = 3


def take_along(resource, user):
    """The one strong card: to a PLG of hers, adapt, save."""
    if not user.is_authenticated or not resource.can_use:
        return None
    found = taking.places(user)
    context = {
        "resource": resource,
        "groups": taking.groups(found),
        "is_lesson": resource.kind in (Kind.LESSON, ""),
        "first": found[0] if found else None,
        "is_saved": Saved.objects.filter(person=user, resource=resource).exists(),
        "may_adapt": not resource.why_not_adapt,
        "adapt_url": address("knowledgehub:adapt", resource.pk),
    }
    return {"template": "knowledgehub/take_card.html", "context": context, "lead": True}


def went(resource, user):
    """How it went with colleagues: four figures, the latest three; who is not signed in reads no names."""
    if not resource.is_published:
        return None
    figures = experiences.figures(resource) if resource.used else None
    rows = []
    if figures and user.is_authenticated:
        rows = list(experiences.of(resource, user)[: experiences.MOST_ON_PAGE])
    context = {
        "resource": resource,
        "figures": figures,
        "rows": experiences.drawn(rows, resource),
        "more": bool(figures and figures.times > len(rows)),
        "may_tell": user.is_authenticated and resource.can_use,
    }
    return {"template": "knowledgehub/went.html", "context": context, "order": 20}


def of_plg(community, user):
    """On the page of a PLG: what it shared lately; once it is completed, that what it learned can be shared."""
    mine = standing(user)
    if community.pk not in mine.member_of | mine.reads_on:
        return None
    rows = Resource.objects.filter(rules.found(user), community=community)
    rows = list(rows.order_by("-published_at", "-pk").fetch_mode(FETCH_MODE)[:ON_PAGE_OF_PLG])
    may_bring = community.state == State.CLOSED and community.pk in mine.member_of and bool(community.outcome)
    if not rows and not may_bring:
        return None
    for row in rows:
        row.used_said = experiences.said(row)
    context = {
        "community": community,
        "resources": rows,
        "bring_url": address("knowledgehub:bring", "outcome", community.pk) if may_bring else "",
        "title": _("In the KennisHub"),
    }
    return "knowledgehub/of_plg.html", context
