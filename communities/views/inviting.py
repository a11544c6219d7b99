"""Inviting, and accepting from the mail without an account.

The link names a membership and the address it was sent to; whether it still
counts is told by the row. GET shows, POST changes: mail scanners follow links.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities import actions
from communities.forms import ArriveForm, InviteForm
from communities.models import Community, Membership
from core import links
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.views import private
from organisations.arrivals import must_sign_in, sign_in
from people.actions import account_of

LINK_DAYS = 30  # the row says sooner that an invitation has expired


def invite(request, pk):
    """Invite one person by mail address; the page stays, for the next one."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "lead", pk=pk)
    if reason := community.why_not_join:
        raise Refused(reason)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invited = attempt(form, actions.invite, community, by=request.user, **form.cleaned_data)
        if invited:
            messages.success(request, _("The invitation to %(name)s is on its way.") % {"name": invited.called})
            return redirect("communities:members" if "done" in request.POST else "communities:invite", pk)
    context = {"form": form, "community": community}
    return render(request, "communities/invite.html", context, status=422 if form.is_bound else 200)


@require_POST
def resend(request, pk):
    membership = _managed(request, pk)
    actions.resend(membership, by=request.user)
    messages.success(request, _("The invitation to %(name)s was sent again.") % {"name": membership.called})
    return redirect("communities:members", membership.community_id)


@require_POST
def revoke(request, pk):
    membership = _managed(request, pk)
    actions.revoke(membership, by=request.user)
    messages.success(request, _("The invitation was withdrawn. Its link does not work any more."))
    return redirect("communities:members", membership.community_id)


@private
@login_not_required
def accept_by_mail(request, token):
    """Who invites, to which PLG, and what is promised; accepting begins an account where there is none."""
    membership, address = _invited(token)
    owner = account_of(address)
    context = {
        "membership": membership,
        "community": membership.community,
        "token": token,
        "address": address,
        "has_account": owner is not None and must_sign_in(owner),
        "why_not": membership.community.why_not_join,
    }
    user = request.user
    if user.is_authenticated:
        if owner != user:
            context["back"] = request.path
            return render(request, "organisations/invitation_of_another.html", context, status=403)
        if membership.address:
            return _claim_first(request, membership, context)
        return redirect("communities:accept", _place_of(user, membership))
    if context["has_account"]:
        query = urlencode({"next": request.path})
        context["sign_in_url"] = f"{reverse('account_login')}?{query}"
        return render(request, "communities/accept_by_mail.html", context)
    return _arrive(request, membership, owner, context)


def _claim_first(request, membership, context):
    """The address became hers after the invitation went out: a POST takes it over (a GET changes nothing)."""
    if request.method == "POST":
        actions.claim(request.user, membership.address)
        return redirect("communities:accept", _place_of(request.user, membership))
    return render(request, "communities/accept_by_mail.html", context)


def _arrive(request, membership, owner, context):
    """The form for who has no account, or has one in which she never was."""
    form = ArriveForm(
        request.POST or None,
        community=membership.community,
        initial={"name": owner.name if owner else membership.name},
    )
    if request.method == "POST" and form.is_valid():
        person = attempt(
            form, actions.arrive, membership, name=form.cleaned_data["name"],
            language=get_language() or "nl", **form.deed,
        )  # fmt: skip
        if person:
            sign_in(request, person)
            messages.success(request, _("Welcome! Your account is ready, and you can go on at once."))
            return redirect("people:welcome")
    status = 422 if form.is_bound else 200
    return render(request, "communities/accept_by_mail.html", context | {"form": form}, status=status)


@private
@login_not_required
@require_POST
def decline_by_mail(request, token):
    """Say no without an account."""
    membership, _address = _invited(token)
    actions.decline(membership, by=membership.person)
    return render(request, "communities/declined_by_mail.html", {"community": membership.community})


def _invited(token):
    """The invitation a link is for, and the address to which it went.

    Raises BadLink when it is forged, used, withdrawn or expired, or when that address is no longer the invited one's.
    """
    facts = links.read("communities.invitation", token, days=LINK_DAYS)
    membership = (
        Membership.objects.select_related(
            "community", "person", "invited_by", "community__owner_school", "community__owner_board",
            "community__owner_network",
        )
        .filter(pk=facts.get("membership"))
        .first()
    )  # fmt: skip
    if membership is None:
        raise links.BadLink(_("This invitation was withdrawn or answered already. Ask for a new one."))
    if reason := membership.why_not_accept:
        raise links.BadLink(reason)
    address = str(facts.get("address", ""))
    is_theirs = account_of(address) == membership.person if membership.person_id else address == membership.address
    if not is_theirs:
        raise links.BadLink(_("This invitation went to an address that does not count any more. Ask for a new one."))
    return membership, address


def _place_of(user, membership):
    """Her own place in that PLG; it is another row where she had one already."""
    return Membership.objects.get(community=membership.community_id, person=user).pk


def _managed(request, pk):
    return get_or_refuse(Membership.objects.for_list(request.user), "manage", pk=pk)
