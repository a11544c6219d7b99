"""How allauth speaks to our people."""

import base64
import hashlib
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.links import absolute
from people import actions

FRESH = 5 * 60


class AccountAdapter(DefaultAccountAdapter):
    """Codes by mail, 90 days on one's own device, and what follows from a first sign-in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This mail address and password do not belong together. Or let us mail you a code."
        ),
        "incorrect_code": _("This is not the code that we mailed. Look at the newest mail."),
        "too_many_login_attempts": _("That was often in a short time. Wait a few minutes, then try again."),
        "rate_limited": _("That was often in a short time. Wait a few minutes, then try again."),
        "account_inactive": _("This account was closed."),
    }

    def login(self, request, user):
        """Sign in, for 90 days on one's own device and otherwise until the browser closes."""
        own_device = request.session.pop("own_device", False)
        super().login(request, user)
        request.session.set_expiry(settings.ACCOUNT_SESSION_COOKIE_AGE if own_device else 0)
        actions.arrive(user)

    def confirm_email(self, request, email_address):
        """An address is proven: what waited for it becomes hers."""
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            actions.claim(email_address.user, email_address.email)
        return confirmed

    def get_login_redirect_url(self, request):
        """Who is new is asked three things first."""
        if request.user.welcomed_at is None:
            return resolve_url("people:welcome")
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    get_signup_redirect_url = get_login_redirect_url

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who signed in a moment ago need not prove it again."""
        if any(
            time.time() - record["at"] < FRESH for record in get_authentication_records(self.request, self.request.user)
        ):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def send_mail(self, template_prefix, email, context):
        """Letters of allauth, with addresses made from our setting and never from a request's Host header."""
        context = context | {"home_url": absolute("/"), "sign_in_url": absolute(resolve_url("account_login"))}
        for name in ("signup_url", "password_reset_url"):
            if name in context:
                context[name] = absolute("/" + str(context[name]).split("/", 3)[-1])
        super().send_mail(template_prefix, email, context)

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Only what is worth saying: that one is signed in shows by itself."""
        if message_template not in ("account/messages/logged_in.txt", "account/messages/login_code_sent.txt"):
            super().add_message(request, level, message_template, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys and apps; their secrets are kept encrypted."""

    def encrypt(self, text):
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user, type):  # noqa: A002 - allauth names it so
        number = user.authenticator_set.filter(type=type).count()
        return gettext("Passkey %(number)d") % {"number": number + 1} if number else gettext("My passkey")

    def _get_site_name(self):
        return settings.MFA_TOTP_ISSUER


def _fernet():
    """Keys from SECRET_KEY, so that rotating it (SECRET_KEY_FALLBACKS) keeps people's apps working."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"mfa" + secret.encode()).digest())) for secret in secrets]
    )
