"""Inviting somebody, and the page behind the link of that letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from activity import looks
from core import links
from core.links import BadLink
from core.models import get_or_refuse
from core.refusals import attempt
from organisations import actions
from organisations.actions.invitations import whose
from organisations.arrivals import PURPOSE, must_sign_in, sign_in
from organisations.forms import AcceptForm, InviteForm
from organisations.models import INVITATION_DAYS, Board, Invitation, Partner, School
from organisations.rules import standing

PLACES = {"school": School, "board": Board, "partner": Partner}


@require_safe
def invitations(request):
    """Invitations that are open or ran out, those that end first at the top."""
    if not standing(request.user).manages:
        raise PermissionDenied
    rows = Invitation.objects.for_page(request.user, "manage").filter(used_at=None, revoked_at=None)
    expired = request.GET.get("show") == "expired"
    counts = {"open": rows.filter(expires_at__gt=now()).count(), "expired": rows.filter(expires_at__lte=now()).count()}
    rows = rows.filter(expires_at__lte=now()) if expired else rows.filter(expires_at__gt=now())
    rows = rows.select_related("school", "board", "partner", "invited_by").order_by("expires_at", "pk")
    chips = [
        {"url": "?", "label": pgettext("invitations", "Open"), "count": counts["open"], "current": not expired},
        {"url": "?show=expired", "label": _("Expired"), "count": counts["expired"], "current": expired},
    ]
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    looks.note(request.user, [row.person_id for row in page.object_list], "organisations.invitations")
    query = "&show=expired" if expired else ""
    context = {"page": page, "chips": chips, "expired": expired, "query": query}
    return render(request, "organisations/invitations.html", context)


def invite(request):
    """Invite one person by mail, at a place given by the address or at a school to be found."""
    mine = standing(request.user)
    if not mine.manages:
        raise PermissionDenied
    place = _place(request)
    form = InviteForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        target = form.chosen_place
        get_or_refuse(type(target).objects.for_page(request.user, "invite"), "invite", pk=target.pk)
        if attempt(
            form, actions.invite, given["email"], target, given["function"], name=given["name"], by=request.user
        ):
            words = {"email": given["email"], "days": INVITATION_DAYS}
            messages.success(request, _("The invitation to %(email)s is on its way. It works %(days)d days.") % words)
            return redirect("organisations:invitations")
    context = {
        "form": form,
        "title": _("Invite somebody to %(place)s") % {"place": place} if place else _("Invite somebody"),
        "submit": _("Send the invitation"),
        "back": place.get_absolute_url() if place else reverse("organisations:invitations"),
        "back_label": str(place) if place else _("Invitations"),
        "note": _("The letter names you and the place. Its link works once, for 14 days."),
    }
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)


def _place(request):
    for name, model in PLACES.items():
        if (value := request.GET.get(name, "")).isdecimal():
            rows = model.objects.for_page(request.user, "invite")
            rows = rows.select_related("board") if model is School else rows
            return get_or_refuse(rows, "invite", pk=value)
    return None


def _found(request, pk):
    return get_or_refuse(Invitation.objects.for_page(request.user, "manage"), "manage", pk=pk)


@require_POST
def resend(request, pk):
    """Send the letter once more."""
    invitation = actions.resend(_found(request, pk), by=request.user)
    messages.success(request, _("Sent again to %(email)s.") % {"email": invitation.email})
    return redirect("organisations:invitations")


@require_POST
def revoke(request, pk):
    """Withdraw an invitation."""
    invitation = actions.revoke(_found(request, pk), by=request.user)
    messages.success(request, _("The link of %(email)s no longer works.") % {"email": invitation.email})
    return redirect("organisations:invitations")


@login_not_required
@never_cache
def accept(request, token):
    """The page of the letter's link: it shows who invites and where; only its button changes anything."""
    facts = links.read(PURPOSE, token, days=180)
    rows = Invitation.objects.select_related("school__board", "board", "partner", "person", "invited_by")
    invitation = rows.filter(pk=facts["invitation"], email=facts["email"]).first()
    if invitation is None:
        raise BadLink
    if reason := invitation.why_not_accept:
        raise BadLink(reason)
    user = request.user if request.user.is_authenticated else None
    owner = whose(invitation)
    context = {"invitation": invitation}
    if user and owner != user:
        context |= {"address": invitation.email, "back": request.path}
        return render(request, "organisations/invitation_of_another.html", context, status=403)
    if not user and owner and must_sign_in(owner):
        back = urlencode({"next": request.path})
        return render(request, "organisations/accept.html", context | {"sign_in": f"{reverse('account_login')}?{back}"})
    initial = {"name": invitation.name or (owner.name if owner else "")}
    form = None if user else AcceptForm(request.POST or None, initial=initial)
    if request.method == "POST" and (form is None or form.is_valid()):
        accepted = actions.accept(invitation, name=form.cleaned_data["name"] if form else "", signed_in=user)
        if not user:
            sign_in(request, accepted)
        return redirect("home" if accepted.welcomed_at else "people:welcome")
    return render(
        request, "organisations/accept.html", context | {"form": form}, status=422 if form and form.errors else 200
    )
