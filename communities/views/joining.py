"""Coming in, and answering who wants to."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities import actions
from communities.choices import JoinPolicy, MembershipState
from communities.forms import JoinForm, PromiseForm, WordForm
from communities.models import Community, Membership
from core.models import get_or_refuse
from core.refusals import Refused, attempt


def join(request, pk):
    """What she agrees to and what her school leader sees; then a seat, a request, or a place in line."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "join", pk=pk)
    mine = Membership.objects.filter(community=community, person=request.user).first()
    if mine and mine.state == MembershipState.INVITED and not mine.is_expired:
        return redirect("communities:accept", mine.pk)
    if reason := actions.why_not_join(community, mine or Membership(community=community, state="")):
        raise Refused(reason)
    asks = community.join_policy == JoinPolicy.REQUEST
    form = JoinForm(request.POST or None, user=request.user, community=community, asks=asks)
    if request.method == "POST" and form.is_valid():
        message = form.cleaned_data.get("message", "")
        if membership := attempt(form, actions.join, community, by=request.user, message=message, **form.deed):
            return _arrived(request, membership)
    return _page(request, "communities/join.html", form, community=community, asks=asks)


def accept(request, pk):
    """An invitation to somebody with an account: the same page, and a seat."""
    membership = _own(request, pk)
    if reason := membership.why_not_accept:
        raise Refused(reason)
    community = Community.objects.for_detail(request.user).get(pk=membership.community_id)
    form = PromiseForm(request.POST or None, user=request.user, community=community)
    # A form without fields is never bound by an empty POST, so the method decides.
    if request.method == "POST":
        form = PromiseForm(request.POST, user=request.user, community=community)
        if form.is_valid() and (accepted := attempt(form, actions.accept, membership, by=request.user, **form.deed)):
            return _arrived(request, accepted)
    return _page(request, "communities/accept.html", form, community=community, membership=membership)


@require_POST
def decline(request, pk):
    membership = _own(request, pk)
    actions.decline(membership, by=request.user)
    messages.success(request, _("You said no to the invitation. Thank you for answering."))
    return redirect("communities:index")


@require_POST
def accept_offer(request, pk):
    membership = _own(request, pk)
    actions.accept_offer(membership, by=request.user)
    messages.success(request, _("The place is yours. Welcome!"))
    return redirect("communities:home", membership.community_id)


@require_POST
def decline_offer(request, pk):
    actions.decline_offer(_own(request, pk), by=request.user)
    messages.success(request, _("The place goes to the next in line. Thank you for answering."))
    return redirect("communities:index")


@require_POST
def withdraw(request, pk):
    membership = _own(request, pk)
    was_waiting = membership.state != MembershipState.REQUESTED
    actions.withdraw(membership, by=request.user)
    messages.success(
        request,
        _("You are no longer on the waiting list.") if was_waiting else _("Your request was taken back."),
    )
    return redirect("communities:index")


@require_POST
def admit(request, pk):
    form = WordForm(request.POST)
    word = form.cleaned_data["word"] if form.is_valid() else ""
    membership = actions.admit(_managed(request, pk), by=request.user, word=word)
    if membership.state == MembershipState.ACTIVE:
        messages.success(request, _("%(name)s takes part now.") % {"name": membership.called})
    else:
        messages.success(
            request, _("All seats are taken. %(name)s is on the waiting list.") % {"name": membership.called}
        )
    return redirect("communities:members", membership.community_id)


@require_POST
def turn_down(request, pk):
    membership = _managed(request, pk)
    form = WordForm(request.POST)
    actions.turn_down(membership, by=request.user, word=form.cleaned_data["word"] if form.is_valid() else "")
    messages.success(request, _("You said no to %(name)s, who gets your words.") % {"name": membership.called})
    return redirect("communities:members", membership.community_id)


def _arrived(request, membership):
    """Where joining ends: inside, or on the card with what happens next."""
    if membership.state == MembershipState.REQUESTED:
        messages.success(request, _("Your request is with the facilitator. You will hear from her or him."))
    elif membership.state == MembershipState.WAITING:
        messages.success(
            request, _("All seats are taken just now. You are on the waiting list and hear when one comes free.")
        )
    else:
        messages.success(request, _("You take part. Welcome!"))
    return redirect("communities:home", membership.community_id)


def _own(request, pk):
    """Somebody's own place; another's is as if it were not there."""
    return get_or_refuse(Membership.objects.allowing(request.user, "own").for_list(request.user), pk=pk)


def _managed(request, pk):
    """A place that she may manage because she facilitates the PLG."""
    return get_or_refuse(Membership.objects.for_list(request.user), "manage", pk=pk)


def _page(request, template, form, **context):
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
