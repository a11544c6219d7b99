"""Who is in a PLG, and what the facilitator does about it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities import actions, qualified, registry
from communities.choices import LEADING, MembershipState, Role
from communities.forms import HandOverForm, RemoveForm, WordForm
from communities.models import Community, Membership
from core import streams
from core.models import get_or_refuse
from core.refusals import Refused, attempt

ROLES_TO_GIVE = (Role.MEMBER, Role.CO_FACILITATOR, Role.GUEST)


def members(request, pk):
    """Everybody in the PLG; for the facilitator also who asks, waits and was invited."""
    community = get_or_refuse(Community.objects.for_inside(request.user), "enter", pk=pk)
    shown = [MembershipState.ACTIVE]
    if community.can_lead:
        shown += [MembershipState.REQUESTED, MembershipState.INVITED, MembershipState.WAITING, MembershipState.OFFERED]
    rows = list(community.memberships.filter(state__in=shown).for_list(request.user).with_qualified())
    groups = {state: [row for row in rows if row.state == state] for state in shown}
    active = groups[MembershipState.ACTIVE]
    for row in active:
        row.is_me = row.person_id == request.user.pk
        row.manageable = row.can_manage and not row.is_me and row.role != Role.FACILITATOR
        row.other_roles = [(role.value, role.label) for role in ROLES_TO_GIVE if role != row.role]
    waiting = groups.get(MembershipState.OFFERED, []) + sorted(
        groups.get(MembershipState.WAITING, []), key=lambda row: (row.waiting_since, row.pk)
    )
    return render(
        request,
        "communities/members.html",
        {
            "community": community,
            "tabs": registry.tabs_of(community, request.user, "members"),
            "active": active,
            "requested": groups.get(MembershipState.REQUESTED, []),
            "invited": groups.get(MembershipState.INVITED, []),
            "waiting": waiting,
            "size": sum(row.role != Role.GUEST for row in active),
            "has_facilitator": any(row.role in LEADING for row in active),
            "i_facilitate": any(row.is_me and row.role == Role.FACILITATOR for row in active),
            "i_take_part": community.can_take_part,
            "word_form": WordForm(auto_id="%s"),
            "stream_url": streams.of_page(request.user, f"community:{community.pk}"),
        },
    )


def leave(request, pk):
    """What happens when she leaves, then the deed."""
    community = get_or_refuse(Community.objects.for_detail(request.user), pk=pk)
    membership = get_or_refuse(Membership.objects.allowing(request.user, "own").for_list(request.user), community=pk)
    if request.method == "POST":
        actions.leave(membership, by=request.user)
        messages.success(request, _("You left %(plg)s. You get no more mail from it.") % {"plg": community.name})
        return redirect("communities:index")
    if reason := membership.why_not_leave:
        raise Refused(reason)
    why_not = actions.why_not_leave(membership)
    return render(
        request, "communities/leave.html", {"community": community, "membership": membership, "why_not": why_not}
    )


def hand_over(request, pk):
    """Another member facilitates from now on."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "lead", pk=pk)
    others = community.memberships.seated().exclude(person=request.user).select_related("person")
    form = HandOverForm(request.POST or None, memberships=others.facilitators_first())
    if request.method == "POST" and form.is_valid():
        new = attempt(form, actions.hand_over, community, by=request.user, **form.cleaned_data)
        if new:
            messages.success(request, _("%(name)s facilitates from now on.") % {"name": new.called})
            return redirect("communities:members", pk)
    context = {"form": form, "community": community, "others": others.exists()}
    context["hint"] = qualified.hint(community, [each.person for each in others])
    return render(request, "communities/hand_over.html", context, status=422 if form.is_bound else 200)


@require_POST
def change_role(request, pk):
    membership = _managed(request, pk)
    membership = actions.change_role(membership, by=request.user, role=request.POST.get("role", ""))
    messages.success(
        request,
        _("%(name)s: %(role)s.") % {"name": membership.called, "role": membership.get_role_display()},
    )
    return redirect("communities:members", membership.community_id)


def remove(request, pk):
    """End somebody's part, with a reason that she reads."""
    membership = _managed(request, pk)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, actions.remove, membership, by=request.user, reason=reason):
            messages.success(request, _("%(name)s does not take part any more.") % {"name": membership.called})
            return redirect("communities:members", membership.community_id)
    context = {"form": form, "membership": membership, "community": membership.community}
    return render(request, "communities/remove.html", context, status=422 if form.is_bound else 200)


@require_POST
def keep(request, pk):
    membership = _managed(request, pk)
    actions.keep(membership, by=request.user)
    messages.success(request, _("%(name)s stays in the PLG.") % {"name": membership.called})
    return redirect("communities:members", membership.community_id)


def _managed(request, pk):
    """A place that she may manage because she facilitates the PLG."""
    return get_or_refuse(Membership.objects.for_list(request.user), "manage", pk=pk)
