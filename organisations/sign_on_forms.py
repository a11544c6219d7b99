"""Forms around school accounts."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.choices import SignOnKind
from organisations.models import BOARD_NUMBER, Board
from people.fields import CodeField, NameField

DOMAIN = re.compile(r"^(?=.{3,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$")


class BoardForm(forms.Form):
    """Which board gets single sign-on."""

    number = forms.CharField(label=_("Board number"), max_length=5, validators=[BOARD_NUMBER])

    def clean_number(self):
        board = Board.objects.filter(number=self.cleaned_data["number"], gone_at=None).first()
        if not board:
            raise forms.ValidationError(_("There is no board with this number."))
        self.board = board
        return board.number


class SignOnForm(forms.Form):
    """What the service of a board gave us, and whom it may vouch for."""

    kind = forms.ChoiceField(label=_("Service"), choices=SignOnKind.choices)
    server_url = forms.URLField(
        label=_("Address of the service (issuer)"),
        max_length=300,
        assume_scheme="https",
        help_text=_("For example https://login.microsoftonline.com/…/v2.0. We ask it at once who it is."),
    )
    client_id = forms.CharField(label=_("Client ID"), max_length=191)
    secret = forms.CharField(
        label=_("Secret"),
        max_length=191,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    mail_domains = forms.CharField(
        label=_("Mail domains of the staff"),
        required=False,
        max_length=500,
        help_text=_(
            "With commas between. Of an address of these domains we believe the service whose it is. "
            "Everybody else proves the address with a code. Never name a domain that pupils have too."
        ),
    )
    is_open = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args, sign_on=None, **kwargs):
        if sign_on:
            app = sign_on.app
            kwargs["initial"] = {
                "kind": sign_on.kind,
                "server_url": app.settings["server_url"],
                "client_id": app.client_id,
                "mail_domains": ", ".join(app.settings.get("mail_domains", [])),
                "is_open": sign_on.is_open,
            }
        super().__init__(*args, **kwargs)
        if sign_on:
            self.fields["secret"].help_text = _("Leave it empty to keep the one we have.")

    def clean_mail_domains(self):
        domains = [part.lower().lstrip("@") for part in re.split(r"[,;\s]+", self.cleaned_data["mail_domains"]) if part]
        if wrong := [domain for domain in domains if not DOMAIN.match(domain)]:
            raise forms.ValidationError(_("This is not a mail domain: %(domain)s") % {"domain": wrong[0][:60]})
        return domains


class FirstTimeForm(forms.Form):
    """What the service did not tell, or what needs proof."""

    name = NameField()
    address = forms.EmailField(
        label=_("Your mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_address(self):
        return self.cleaned_data["address"].lower()


class CodeForm(forms.Form):
    code = CodeField()
