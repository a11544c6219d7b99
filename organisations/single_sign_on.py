"""How OpenID Connect brings people of a board in."""

import time

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from core import outward
from organisations import school_accounts
from organisations.models import SignOn
from people.actions import account_of
from people.fields import clean_name

PENDING = "school_account"
PENDING_MINUTES = 30


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Known by issuer and subject; everybody else proves an address first."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "connected_other": _("This school account belongs to another account here."),
        "no_password": _("Then you could only sign in with a code by mail. That works too; ask your administrator."),
    }

    def pre_social_login(self, request, sociallogin):
        """Refuse with a sentence, let in who is known, and lead all others past the proof of their address."""
        sign_on = (
            SignOn.objects.filter(app__provider_id=sociallogin.account.provider).select_related("app", "board").first()
        )
        if reason := school_accounts.why_not_enter(sign_on, sociallogin.account):
            answer = render(request, "organisations/sign_on/refused.html", {"sentence": reason}, status=403)
            raise ImmediateHttpResponse(answer)
        if sociallogin.is_existing:
            return
        request.session[PENDING] = {"login": sociallogin.serialize(), "sign_on": sign_on.pk, "at": time.time()}
        if request.user.is_authenticated:
            raise ImmediateHttpResponse(redirect("organisations:connect_school_account"))
        raise ImmediateHttpResponse(self._first_time(request, sociallogin, sign_on))

    def _first_time(self, request, sociallogin, sign_on):
        facts = school_accounts.told(sociallogin.account)
        name, address = school_accounts.name_of(facts), school_accounts.address_of(facts)
        try:
            name = clean_name(name)
        except ValidationError:
            name = ""
        if name and school_accounts.vouches_for(sign_on, address) and not account_of(address):
            person = school_accounts.enter(sign_on, sociallogin.account, name=name, address=address)
            return let_in(request, person, sociallogin)
        return redirect("organisations:first_school_account")

    def populate_user(self, request, sociallogin, data):
        """Nothing is taken over here: `school_accounts` reads what is told."""
        return sociallogin.user

    def is_open_for_signup(self, request, sociallogin):
        """allauth's own sign-up page is not used."""
        return False

    def list_providers(self, request):
        """One is enough for the sign-in page to know that there are school accounts; nobody reads a list of 1,900."""
        return [row.app.get_provider(request) for row in SignOn.objects.filter(is_open=True).select_related("app")[:1]]

    def get_requests_session(self):
        """Every question to a service goes through the client that refuses our own network."""
        return outward.session()


def pending(request):
    """The school account that waits for its person, and its sign-on; (None, None) where none waits any more."""
    waiting = request.session.get(PENDING)
    if not waiting or time.time() - waiting["at"] > PENDING_MINUTES * 60:
        request.session.pop(PENDING, None)
        return None, None
    sign_on = SignOn.objects.filter(pk=waiting["sign_on"], is_open=True).select_related("app", "board").first()
    if not sign_on:
        return None, None
    return SocialLogin.deserialize(waiting["login"]), sign_on


def let_in(request, person, sociallogin):
    """Sign in somebody who came with this school account, past a second step where she has one."""
    from allauth.account.internal.flows.login import perform_login
    from allauth.account.models import Login
    from allauth.socialaccount.internal.flows.login import record_authentication

    request.session.pop(PENDING, None)
    sociallogin.user = person
    record_authentication(request, sociallogin)
    return perform_login(request, Login(user=person, redirect_url=sociallogin.state.get("next"), signup=True))
