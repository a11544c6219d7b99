"""A second step at signing in, for whoever manages people or places. The roof knows all roles, so the rule is here."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.refusals import is_asked_by_itself
from organisations.rules import standing

#: Pages that stay open without it: to set it up, to sign out, and what anybody may see.
OPEN_PAGES = {"second_factor", "set_language", "privacy", "accessibility", "help", "stream", "demo_sign_in"}
OPEN_BEGINNINGS = ("account_", "mfa_", "usersessions_")
OPEN_NAMESPACES = {"health"}


def needs_second_factor(user):
    """School leaders, planners, administrators of board, network or platform, and technical administrators."""
    mine = standing(user)
    return bool(mine.manages or mine.schools_led or mine.schools_planned or user.is_staff)


def has_second_factor(user):
    """True with a passkey or an app; recovery codes alone are none."""
    return user.authenticator_set.filter(type__in=["totp", "webauthn"]).exists()


class SecondFactorMiddleware:
    """Send people with a role to the page on which they set it up, until they have one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Let through who needs none, who has one, and whoever sets it up."""
        user = request.user
        if not user.is_authenticated or _is_open(request.resolver_match) or _is_demo(request):
            return None
        if not needs_second_factor(user) or has_second_factor(user):
            return None
        if is_asked_by_itself(request):
            return HttpResponse(status=204)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("second_factor")})
        return redirect("second_factor")


def _is_open(match):
    name = match.view_name or ""  # with its namespace: the page of an app is not open because its name is
    return name in OPEN_PAGES or name.startswith(OPEN_BEGINNINGS) or bool(OPEN_NAMESPACES & set(match.namespaces))


def _is_demo(request):
    return settings.DEMO and request.session.get("demo")


def second_factor(request):
    """Why a second step is needed, and the two ways to set it up."""
    if not needs_second_factor(request.user) or has_second_factor(request.user):
        return redirect("home")
    return render(request, "second_factor.html")
