"""From a row in the outbox to a letter in the reader's language: subject, HTML and plain text, headers."""

from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from activity import paces, words
from activity.envelope import Message
from activity.kinds import kinds
from activity.markup import dress, gist, plain
from core import links

UNSUBSCRIBE = "activity.unsubscribe"
UNSUBSCRIBE_DAYS = 730
LONGEST_SUBJECT = 180  # characters
TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
FILLER = "\u2007\u034f" * 60  # blanks, so that a mail program shows nothing else behind the preheader


@dataclass
class Letter:
    """One letter, ready to be put in an envelope."""

    subject: str
    html: str
    text: str
    context: dict = field(default_factory=dict)
    unsubscribe_url: str = ""


def compose(delivery, about, person, by=None, more=None):
    """The words of this delivery for its reader, with `more` of its kind if that was gathered for many at once.

    Raises NothingToSay when it would be empty.
    """
    kind = kinds[delivery.kind]
    with translation.override(person.language if person else settings.LANGUAGE_CODE):
        context = words.context_of(kind, delivery, person, delivery.address, by, more=more).complete()
        return dressed(kind, context)


def dressed(kind, context):
    """The letter of this kind with these variables, in the language that is active."""
    said = mark_safe(upright(words.say(kind, "email", context)))
    person = context["person"]
    unsubscribe_url = "" if kind.fixed else unsubscribe_url_for(kind, person, context["address"])
    shown = context | {
        "subject": shorten(upright(words.say(kind, "subject", context))),
        "said": mark_safe(dress(said)),
        "preheader": gist(said),
        "filler": FILLER,
        "today": localdate(),
        "reader_name": upright(reader_name(person, context["about"])),
        "unsubscribe_url": unsubscribe_url,
        "paces_url": links.url_for("activity:paces"),
        "rhythm_url": rhythm_url_of(kind, person),
        "why": upright(why(kind, person, context)),
    }
    html = render_to_string("activity/letter.html", shown)
    text = render_to_string("activity/letter.txt", shown | {"said": mark_safe(plain(said))})
    return Letter(shown["subject"], html, text.strip() + "\n", context, unsubscribe_url)


def upright(said):
    """The same without marks that turn the direction of what follows: a title cannot reach beyond itself."""
    return said if said.isascii() else str(said).translate(TURNS)


def shorten(subject):
    """A subject that every mail program takes."""
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1].rstrip()}…"


def rhythm_url_of(kind, person):
    """Where the moment of the PLG letter is chosen; "" for other letters."""
    return links.absolute(person.rhythm_url) + "#letter" if person and kind.has_rhythm else ""


def why(kind, person, context):
    """The sentence in the foot: what kind of mail this is, and why it came to this reader at this moment."""
    if kind.fixed:
        return " ".join(str(part) for part in (kind.why, _("This mail cannot be turned off.")) if part)
    if person and kind.has_rhythm:
        return paces.rhythm_of(person)
    if because := person and kind.because(context["about"], person, context["facts"]):
        return _("You get this mail %(because)s.") % {"because": because}
    chosen = paces.of_person(person, kind.name)[kind.name].sentence if person else ""
    return " ".join(part for part in (_("Kind of mail: %(what)s.") % {"what": kind.label}, chosen) if part)


def reader_name(person, about):
    """The name that a letter greets: the person's own first name, or what was given with the address it goes to."""
    if person:
        return person.first_name if person.name else ""
    given = getattr(about, "name", "") if getattr(about, "address", "") or getattr(about, "email", "") else ""
    return given.split(" ")[0]


def unsubscribe_url_for(kind, person, address):
    """The signed address at which this reader turns off this kind."""
    reader = {"person": person.pk} if person else {"address": address}
    return links.url_for("activity:unsubscribe", links.sign(UNSUBSCRIBE, kind=kind.name, **reader))


def message_id(delivery):
    """The same for every attempt at this delivery, so that a letter repeated after a crash shows as one.

    It begins with the number of the row, and nobody else can make it: what comes back is known by it (`bounces`).
    """
    key = f"{delivery.pk}|{delivery.occasion}|{delivery.channel}|{delivery.slot}"
    mark = salted_hmac("plg.message_id", key, algorithm="sha256").hexdigest()[:32]
    return f"<{delivery.pk}.{mark}@{settings.MAIL_DOMAIN}>"


def envelope(delivery, letter, to, attachments=()):
    """The message as it goes to the mail server."""
    headers = {"Message-ID": message_id(delivery), "Auto-Submitted": "auto-generated"}
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        headers["List-ID"] = f"<{delivery.kind}.{settings.MAIL_DOMAIN}>"
    message = Message(letter.subject, letter.text, to=[to], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    for name, content, mime in attachments:
        message.attach(name, content, mime)
    return message
