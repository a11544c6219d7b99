"""Letters that come back: what mail servers report about them, and addresses that get no more of them.

A report reaches us in three ways: as the answer of the mail server while sending, from a mail provider's webhook
(`views.bounced`), and as a delivery report in a mailbox (`manage.py read_bounces`, RFC 3464). All name our
Message-ID, which nobody can make but us. After three letters that came back for good an address is paused, and its
owner hears so on *Vandaag*.
"""

import hashlib
import re
from dataclasses import dataclass
from email.utils import parseaddr

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now

from activity import letters
from activity.journal import answered, ask, record
from activity.models import Bounce, Delivery, PausedAddress
from core.links import address as path_of
from core.text import one_line
from core.time import today

ASKED = "activity.address_paused"
MOST = 3  # letters that come back for good
LONGEST_REPORT = 1_000_000  # bytes
OURS = re.compile(r"<(\d{1,18})\.[0-9a-f]{32}@[^>\s]{1,120}>")
# The address is wrong or closed (RFC 3463). A full mailbox (552), a letter too large or one taken for spam (554) is not
# its fault.
HARD = re.compile(r"5\.(0\.0|1\.\d+|2\.1|4\.4)$|(?!552|554)5\d\d$")
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass
class Report:
    """What a mail server says about one letter: `action` and `status` as in RFC 3464."""

    message_id: str
    action: str = "failed"
    status: str = ""
    recipients: tuple = ()
    said: str = ""

    @property
    def is_hard(self):
        return self.action == "failed" and bool(HARD.match(self.status or "5.0.0"))


def note(report):
    """Write down a report, once. Returns the Bounce, or None when it is not about a letter of ours, or no news."""
    delivery = delivery_of(report.message_id)
    if delivery is None or report.action not in ("failed", "delayed"):
        return None
    reaches = delivery.reaches.lower()
    named = {parseaddr(each.rpartition(";")[2])[1].lower() for each in report.recipients} - {""}
    # Sent on by its reader, or written before she changed her address: the address that we use now did not refuse it.
    is_hard = report.is_hard and (not named or reaches in named)
    return _keep(delivery, reaches, is_hard, report.status, report.said)


def refused(delivery, code, words):
    """The mail server refused the reader's address while we sent."""
    status = STATUS.search(words)
    status = status[1] if status else str(code)
    return _keep(delivery, delivery.reaches.lower(), bool(HARD.match(status)), status, words)


@transaction.atomic
def _keep(delivery, address, is_hard, status, said):
    key = hashlib.sha256(
        f"{delivery.pk}|{delivery.attempts}|{delivery.sent_at}|{address}|{status}".encode()
    ).hexdigest()
    bounce, is_new = Bounce.objects.get_or_create(
        key=key,
        defaults={
            "delivery": delivery,
            "person_id": delivery.person_id,
            "address": address,
            "is_hard": is_hard,
            "status": status[:12],
            "said": one_line(said)[:300],
        },
    )
    if is_new and is_hard and Bounce.objects.counting().filter(address=address).count() >= MOST:
        _pause(address, delivery)
    return bounce if is_new else None


def _pause(address, delivery):
    """No letter goes to this address any more; its owner is told where she looks next."""
    paused, is_new = PausedAddress.objects.get_or_create(address=address, defaults={"person_id": delivery.person_id})
    if is_new and paused.person_id:
        _tell(paused)


def _tell(paused):
    """Its owner finds it where she looks next; it is due at once, so that it stands before what has time."""
    ask(ASKED, about=paused, url=path_of("activity:address"), people=[paused.person], due_on=today())


def belong_to(person, address):
    """The address belongs to an account now: so does what came back from it."""
    Bounce.objects.filter(address=address.lower()).update(person=person)
    PausedAddress.objects.filter(address=address.lower()).update(person=person)
    for paused in PausedAddress.objects.filter(address=address.lower()):
        _tell(paused)


def paused_among(deliveries):
    """The addresses among those of these letters to which nothing goes. One query."""
    bare = [delivery.address for delivery in deliveries if not delivery.person_id]
    people = [delivery.person_id for delivery in deliveries if delivery.person_id]
    theirs = get_user_model().objects.filter(pk__in=people).values("email")
    rows = PausedAddress.objects.filter(Q(address__in=bare) | Q(address__in=theirs))
    return set(rows.values_list("address", flat=True))


@transaction.atomic
def release(paused, *, by):
    """This address works again, say its owner or an operator: what came back before counts no more."""
    Bounce.objects.filter(address=paused.address, settled_at=None).update(settled_at=now())
    answered(ASKED, about=paused)
    paused.delete()
    record("activity.address_released", by=by)


def delivery_of(message_id):
    """The letter with this Message-ID of ours, or None."""
    found = OURS.search(message_id or "")
    delivery = found and Delivery.objects.filter(pk=found[1]).select_related("person").first()
    if delivery and constant_time_compare(letters.message_id(delivery), found[0]):
        return delivery
    return None


# From a mailbox of delivery reports --------------------------------------------------------------


def read(message):
    """The reports in a mail (RFC 3464), which are none when it is no delivery report."""
    if message.get_content_type() != "multipart/report":
        return []
    parts = list(message.walk())
    message_id = next((found for part in parts if part is not message and (found := _original_id(part))), "")
    groups = [
        group
        for part in parts
        if part.get_content_type() == "message/delivery-status" and part.is_multipart()
        for group in part.get_payload()
    ]
    return [_report(message_id, group) for group in groups if group["Action"]] if message_id else []


def _original_id(part):
    """The Message-ID of our letter, of which the report has the headers or the whole."""
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        return str(part.get_payload(0)["Message-ID"] or "")
    if part.get_content_type() == "text/rfc822-headers":
        text = part.get_payload(decode=True) or b""
        found = re.search(rb"^Message-ID:\s*(<[^>\s]{1,200}>)", text, re.IGNORECASE | re.MULTILINE)
        return found[1].decode(errors="replace") if found else ""
    return ""


def _report(message_id, group):
    recipients = [str(group[name]) for name in ("Original-Recipient", "Final-Recipient") if group[name]]
    return Report(
        message_id,
        str(group["Action"]).strip().lower(),
        str(group["Status"] or "").split(" ")[0].strip(),
        tuple(recipients),
        str(group["Diagnostic-Code"] or ""),
    )
