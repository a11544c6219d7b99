"""The page of a PLG: its inside for members, its card for everybody else who may see it."""

from django.db.models import Q
from django.shortcuts import render
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from activity import asks
from communities import actions, registry
from communities.choices import LEADING, MembershipState, Role
from communities.models import Community, Membership, with_tags
from core import streams
from core.models import get_or_refuse
from organisations.rules import standing as at_work


def home(request, pk):
    """The overview of a PLG for who may enter; its card otherwise."""
    community = Community.objects.for_inside(request.user).filter(pk=pk).first()
    if community:
        return _overview(request, community)
    return card(request, get_or_refuse(Community.objects.for_detail(request.user), pk=pk))


def _overview(request, community):
    people = list(Membership.objects.for_overview(community))
    for each in people:
        each.community = community
    community.people_now = people  # so that panels need not ask again
    panels = registry.shown(registry.panels, community, request.user)
    known = [row for panel in panels for row in panel["fetched"]]
    answerable = next((panel["answers"] for panel in panels if panel["answers"]), None)  # its card has the buttons
    return render(
        request,
        "communities/home.html",
        {
            "community": community,
            "people": people,
            "tabs": registry.tabs_of(community, request.user, "overview"),
            "wide": [panel for panel in panels if panel["wide"]],
            "panels": [panel for panel in panels if not panel["wide"]],
            "asks": asks.for_today(request.user, community=community, besides=answerable, known=known),
            "stream_url": streams.of_page(request.user, f"community:{community.pk}"),
            **who_is_in(people, request.user),
        },
    )


def who_is_in(people, user):
    """Facilitators and guests by name, the others as faces; and the schools they come from."""
    leading = [each for each in people if each.role in LEADING]
    guests = [each for each in people if each.role == Role.GUEST]
    others = [each for each in people if each.role == Role.MEMBER]
    schools = list(dict.fromkeys(each.school.name for each in [*leading, *others] if each.school))
    others.sort(key=lambda each: each.person_id != user.pk)  # she herself first
    names = [_("you") if each.person_id == user.pk else each.person.first_name for each in others]
    return {
        "leading": leading,
        "guests": guests,
        "others": others,
        "other_people": [each.person for each in others],
        "other_words": capfirst(get_text_list(names, _("and"))),
        "schools": schools,
        "size": len(leading) + len(others),
        "mine": next((each for each in people if each.person_id == user.pk), None),
    }


def card(request, community, *, status=200, **more):
    """What a PLG shows outside: never its learning question, its texts or who says what."""
    user = request.user
    mine = Membership.objects.filter(community=community, person=user).select_related("invited_by").first()
    shown = _shown_outside(community, user)
    facilitators = [each.person for each in shown if each.role in LEADING]
    with_tags([community])
    context = {
        "community": community,
        "mine": mine,
        "facilitators": facilitators,
        "place_in_line": _place_in_line(mine),
        "why_not": actions.why_not_join(community, mine or Membership(community=community, state="")),
        "facts": registry.shown(registry.facts, community, user) if community.can_facts else [],
        "from_my_schools": [each for each in shown if each.is_ours],
        "for_guest": registry.shown(registry.for_guests, community, user)
        if mine and mine.role == Role.GUEST and mine.state == MembershipState.ACTIVE
        else [],
        "needs_facilitator": community.can_appoint and not facilitators and not community.is_closed,
    }
    return render(request, "communities/card.html", context | more, status=status)


def _place_in_line(mine):
    if not mine or mine.state != MembershipState.WAITING:
        return 0
    return [each.pk for each in mine.community.memberships.in_line()].index(mine.pk) + 1


def _shown_outside(community, user):
    """Who facilitates, and who of the schools she leads takes part: agreed facts, told to everybody on joining."""
    mine = at_work(user)
    schools = mine.schools_led | mine.schools_planned if community.can_facts else frozenset()
    rows = list(
        community.memberships.seated()
        .filter(Q(role__in=LEADING) | Q(school__in=schools))
        .select_related("person", "school")
        .facilitators_first()
    )
    for row in rows:
        row.is_ours = row.school_id in schools
    return rows
