"""From a row in the outbox to a letter in the reader's language: subject, HTML and plain text, headers."""

import hashlib
from dataclasses import dataclass, field
from html import unescape

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate

from activity import paces, words
from activity.kinds import kinds
from activity.markup import dress, plain
from core import links

UNSUBSCRIBE = "activity.unsubscribe"
UNSUBSCRIBE_DAYS = 730


@dataclass
class Letter:
    """One letter, ready to be put in an envelope."""

    subject: str
    html: str
    text: str
    context: dict = field(default_factory=dict)
    unsubscribe_url: str = ""


def compose(delivery, about, person, by=None):
    """The words of this delivery for its reader. Raises NothingToSay when it would be empty."""
    kind = kinds[delivery.kind]
    with translation.override(person.language if person else settings.LANGUAGE_CODE):
        context = words.context_of(kind, delivery, person, delivery.address, by).complete()
        return dressed(kind, context)


def dressed(kind, context):
    """The letter of this kind with these variables, in the language that is active."""
    said = words.say(kind, "email", context)
    unsubscribe_url = "" if kind.fixed else unsubscribe_url_for(kind, context["person"], context["address"])
    shown = context | {
        "subject": words.say(kind, "subject", context),
        "said": mark_safe(dress(said)),
        "preheader": " ".join(unescape(strip_tags(said)).split())[:120],
        "today": localdate(),
        "reader_name": reader_name(context["person"], context["about"]),
        "unsubscribe_url": unsubscribe_url,
        "paces_url": links.url_for("activity:paces"),
        "why": _why(kind, context["person"]),
    }
    html = render_to_string("activity/letter.html", shown)
    text = render_to_string("activity/letter.txt", shown | {"said": mark_safe(plain(said))})
    return Letter(shown["subject"], html, text.strip() + "\n", context, unsubscribe_url)


def reader_name(person, about):
    """The name that a letter greets: the person's own first name, or what was given with the address it goes to."""
    if person:
        return person.first_name if person.name else ""
    given = getattr(about, "name", "") if getattr(about, "address", "") or getattr(about, "email", "") else ""
    return given.split(" ")[0]


def _why(kind, person):
    return "" if kind.fixed or not person else paces.of_person(person, kind.name)[kind.name].why


def unsubscribe_url_for(kind, person, address):
    """The signed address at which this reader turns off this kind."""
    reader = {"person": person.pk} if person else {"address": address}
    return links.url_for("activity:unsubscribe", links.sign(UNSUBSCRIBE, kind=kind.name, **reader))


def message_id(delivery):
    """The same for every attempt at this delivery, so that a letter repeated after a crash shows as one."""
    key = f"{delivery.pk}|{delivery.occasion}|{delivery.channel}|{delivery.slot}"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{settings.MAIL_DOMAIN}>"


def envelope(delivery, letter, to, attachments=()):
    """The message as it goes to the mail server."""
    headers = {"Message-ID": message_id(delivery), "Auto-Submitted": "auto-generated"}
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        headers["List-ID"] = f"<{delivery.kind}.{settings.MAIL_DOMAIN}>"
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[to], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    for name, content, mime in attachments:
        message.attach(name, content, mime)
    return message
