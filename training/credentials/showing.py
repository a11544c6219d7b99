"""A credential as people see it: its lines, its state in a sentence, its links."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import JsonResponse
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from training.credentials import keys
from training.credentials.badge import told
from training.credentials.choices import State

LINKEDIN = "https://www.linkedin.com/profile/add"


def as_shown(credential):
    """What the page of a credential says beside its title."""
    said = credential.snapshot
    return {
        "said": said,
        "rows": told(said) if said else [],
        "sentence": sentence(credential),
        "level": level(credential),
        "issuer": settings.ISSUER_NAME,
        "did": keys.did(),
    }


def sentence(credential):
    """How it stands with it, in one sentence."""
    day = date_format(localdate(credential.issued_at), "j F Y") if credential.issued_at else ""
    ended = date_format(localdate(credential.ended_at), "j F Y") if credential.ended_at else ""
    if credential.state == State.REVOKED:
        return _("This was revoked on %(day)s. It does not count any more.") % {"day": ended}
    if credential.state == State.REPLACED:
        return _("This was replaced on %(day)s by a newer one. It does not count any more.") % {"day": ended}
    if credential.state == State.SUSPENDED:
        return _("This is suspended. For now it does not count.")
    if credential.state != State.ISSUED:
        return _("This has not been issued.")
    if credential.is_expired:
        until = date_format(credential.expires_on, "j F Y")
        return _("This was valid until %(day)s.") % {"day": until}
    return _("Issued on %(day)s. It counts.") % {"day": day}


def level(credential):
    """Of the notice: how good or bad that is."""
    if credential.counts:
        return "success"
    return "warning" if credential.state in (State.SUSPENDED, State.ISSUED) else "error"


def linkedin(credential):
    """The address by which LinkedIn fills in its own form; nothing is sent before she presses there."""
    issued = localdate(credential.issued_at)
    facts = {
        "startTask": "CERTIFICATION_NAME",
        "name": credential.title,
        "organizationName": settings.ISSUER_NAME,
        "issueYear": issued.year,
        "issueMonth": issued.month,
        "certUrl": credential.link,
        "certId": credential.uuid,
    }
    if credential.expires_on:
        facts |= {"expirationYear": credential.expires_on.year, "expirationMonth": credential.expires_on.month}
    return f"{LINKEDIN}?{urlencode(facts)}"


def json_answer(document, name):
    """A signed credential as a file."""
    response = JsonResponse(document, content_type="application/vc", json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
