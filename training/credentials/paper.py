"""A credential on paper: tagged PDF, with a QR code that leads to the page where it is checked."""

import segno
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from training.credentials.badge import told


def of(credential):
    """What the template of the PDF takes, in the language of the credential."""
    said = credential.snapshot
    with translation.override(said["language"]):
        issued = date_format(localdate(credential.issued_at), "j F Y")
        return {
            "kind": str(credential.get_kind_display()),
            "title": said["title"],
            "given": pgettext("on a certificate", "is given to"),
            "holder": credential.holder,
            "about": said["description"],
            "words": {
                "outcomes": _("Learning outcomes"),
                "more": _("More about it"),
                "check": _("Check whether it counts"),
                "qr": _("QR code that leads to the page where this is checked"),
            },
            "outcomes": [f"{each['code']} {each['text']}".strip() for each in said["outcomes"]],
            "rows": [[str(label), str(value)] for label, value in told(said)],
            "issued": _("Issued on %(day)s by %(issuer)s.") % {"day": issued, "issuer": settings.ISSUER_NAME},
            "until": _("Valid until %(day)s.") % {"day": date_format(credential.expires_on, "j F Y")}
            if credential.expires_on
            else "",
            "link": credential.link,
            "bits": bits(credential.link),
            "foot": f"{settings.ISSUER_NAME} · {credential.uuid}",
        }


def bits(link):
    """The QR code as rows of 0 and 1, with its quiet border; the template draws them."""
    return ["".join(map(str, row)) for row in segno.make(link, error="m").matrix_iter(border=4)]
