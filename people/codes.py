"""A code by mail proves that an address is one's own: for merging accounts and for a first school account.

The code waits in the session, on our side; only its hash does. It is for one
purpose, one address and one visitor, works once, for a quarter of an hour, and
may be mistyped twice.
"""

import time

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import generate_user_code
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from core.refusals import Refused

MINUTES = 15
TRIES = 3


def send(request, purpose, address, *, template="account/email/address_code", context=None, real=True):
    """Mail a code to an address and remember what it is for. Raises Refused when too many were asked for.

    With `real=False` no code goes out but the same waiting begins: the visitor
    cannot tell the one from the other. The caller mails what the owner of the
    address should know instead.
    """
    if not ratelimit.consume(request, action="mailed_code", key=address):
        raise Refused(_("You asked for many codes in a short time. Wait a few minutes, then try again."))
    code = generate_user_code(**settings.ALLAUTH_USER_CODE_FORMAT)
    request.session[_key(purpose)] = {
        "address": address,
        "hash": _hash(purpose, address, code) if real else "",
        "at": time.time(),
        "tries": 0,
    }
    if real:
        get_adapter(request).send_mail(template, address, {"code": code, **(context or {})})


def waiting_for(request, purpose):
    """The address whose code this visitor may still type, or ""."""
    waiting = request.session.get(_key(purpose))
    return waiting["address"] if waiting and time.time() - waiting["at"] < MINUTES * 60 else ""


def check(request, purpose, code):
    """The address that this code proves. Raises Refused when it is wrong, used or too old."""
    key = _key(purpose)
    waiting = request.session.get(key)
    if not waiting or not waiting_for(request, purpose):
        request.session.pop(key, None)
        raise Refused(_("This code does not count any more. Ask for a new one."))
    if not constant_time_compare(_hash(purpose, waiting["address"], code), waiting["hash"]):
        waiting["tries"] += 1
        if waiting["tries"] >= TRIES:
            del request.session[key]
            raise Refused(_("This was wrong %(tries)d times. Ask for a new code.") % {"tries": TRIES})
        request.session[key] = waiting
        raise Refused(_("This is not the code that we mailed. Look at the newest mail."), field="code")
    del request.session[key]
    return waiting["address"]


def _key(purpose):
    return f"code.{purpose}"


def _hash(purpose, address, code):
    return salted_hmac(f"people.codes.{purpose}.{address}", code, algorithm="sha256").hexdigest()
