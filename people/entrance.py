"""The forms of allauth, with our question whether this is one's own device."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.core import context
from django.utils.translation import gettext_lazy as _

from people.actions import account_of, owner_of
from people.fields import CodeField, OwnDeviceField


def keep_own_device(form):
    """Remember the answer until the sign-in is complete; a second step may still lie between."""
    context.request.session["own_device"] = form.cleaned_data["remember"]


class LoginForm(account.LoginForm):
    """Mail address and password, for who set one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Mail address")
        self.fields["remember"] = OwnDeviceField()

    def _setup_password_field(self):
        """Keep the field: allauth drops it because signing up asks for no password."""

    def clean(self):
        cleaned = super().clean()
        if not self._errors:
            keep_own_device(self)
        return cleaned


class RequestLoginCodeForm(account.RequestLoginCodeForm):
    """Only a mail address: the code follows by mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your mail address")
        self.fields["remember"] = OwnDeviceField()

    def clean_email(self):
        """allauth would also take an account that only claims the address: whoever reads its mail then came in."""
        address = super().clean_email()
        self._user = account_of(address)
        return address

    def clean(self):
        cleaned = super().clean()
        if not self._errors:
            keep_own_device(self)
            if self._user:
                # Imported people have no row for their address yet; the code proves it.
                sync_user_email_address(self._user)
        return cleaned


class SignUpForm(account.SignupForm):
    """A new account; what we ask beside the address is in `people.forms`."""

    def validate_unique_email(self, value):
        """An address that another account only claims is free: its owner proves it with the code."""
        self.account_already_exists = owner_of(value) is not None
        return value


class ResetPasswordForm(account.ResetPasswordForm):
    """Another password, after a code to an address that is one's own."""

    def clean_email(self):
        address = super().clean_email()
        owner = account_of(address)
        self.users = [owner] if owner else []
        return address


class ConfirmLoginCodeForm(account.ConfirmLoginCodeForm):
    code = CodeField()


class ConfirmEmailVerificationCodeForm(account.ConfirmEmailVerificationCodeForm):
    code = CodeField()

    def clean_code(self):
        """As allauth does, but what another account only claims is not taken."""
        code = super(account.ConfirmEmailVerificationCodeForm, self).clean_code()
        if code and owner_of(self.email) not in (None, self.user):
            raise get_adapter().validation_error("email_taken")
        return code


class ConfirmPasswordResetCodeForm(account.ConfirmPasswordResetCodeForm):
    code = CodeField()
