"""Pages for developers only: the mailbox of `make run`, and every letter in all voices."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from activity import letters, words
from activity.kinds import Kind, NothingToSay, ask_kinds, kinds
from activity.models import Activity, Ask, Delivery
from plg_platform.examples import example_for, letter_for

FILE = re.compile(r"\d+\.eml")
# A letter has its own styles, and may be shown within our page; nothing in it runs.
LETTER_CSP = {"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "frame-ancestors": [CSP.SELF]}
VOICES = ("html", "text")


# The mailbox -------------------------------------------------------------------------------------


@dataclass
class Kept:
    """One letter in the folder of `activity.mailbox`."""

    name: str
    message: EmailMessage

    @classmethod
    def read(cls, path):
        with path.open("rb") as file:
            return cls(
                path.name, cast("EmailMessage", email.message_from_binary_file(file, policy=email.policy.default))
            )

    @property
    def to(self):
        return self.message["To"]

    @property
    def subject(self):
        return self.message["Subject"]

    @property
    def sent_at(self):
        return parsedate_to_datetime(self.message["Date"])

    @property
    def attachments(self):
        return [part.get_filename() for part in self.message.iter_attachments()]

    @property
    def headers(self):
        """What a mail program acts upon."""
        names = ("From", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "List-ID", "Auto-Submitted")
        return [(name, self.message[name]) for name in names if self.message[name]]

    def said(self, kind):
        """The words of this letter, "html" or "plain"; "" where it has no such part."""
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""


@login_not_required
def mailbox(request):
    """The letters that were sent on this machine, newest first."""
    folder = Path(settings.MAILBOX)
    paths = sorted(folder.glob("*.eml"), reverse=True) if folder.is_dir() else []
    if to := request.GET.get("to", ""):
        paths = [path for path in paths if to in Kept.read(path).to]
    page = Paginator(paths, 30).get_page(request.GET.get("page"))
    shown = {"page": page, "letters": [Kept.read(path) for path in page], "to": to}
    return render(request, "development/mailbox.html", shown)


@login_not_required
def letter(request, name):
    """One letter; its links work. `?part=html` is what stands in the frame."""
    path = Path(settings.MAILBOX) / name
    if not FILE.fullmatch(name) or not path.is_file():
        raise Http404
    kept = Kept.read(path)
    if request.GET.get("part") == "html":
        return framed(request, kept.said("html"))
    return render(request, "development/letter.html", {"letter": kept, "text": kept.said("plain")})


@csp_override(LETTER_CSP)
@xframe_options_sameorigin
def framed(request, html):
    """A letter as a page of its own, whose links open in the whole window."""
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))


# Previews ----------------------------------------------------------------------------------------


@login_not_required
def previews(request):
    """All kinds of letters and requests, with their words in the language of the page."""
    reader = reader_of(request)
    rows = [(kind, preview_of(kind, reader)) for kind in kinds.values()]
    asks = [(kind, preview_of(kind, reader)) for kind in ask_kinds.values()]
    languages = [code for code, _name in settings.LANGUAGES]
    return render(
        request, "development/previews.html", {"kinds": rows, "asks": asks, "languages": languages, "voices": VOICES}
    )


@login_not_required
def preview(request, kind, voice):
    """One kind in one voice, in the language `?language=`."""
    if kind not in kinds or voice not in VOICES:
        raise Http404
    language = request.GET.get("language", settings.LANGUAGE_CODE)
    with translation.override(language):
        made = preview_of(kinds[kind], reader_of(request), whole=True)
    if not made.letter:
        return HttpResponse(made.trouble, content_type="text/plain; charset=utf-8")
    if voice == "text":
        text = f"{made.letter.subject}\n\n{made.letter.text}"
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    return framed(request, made.letter.html)


def reader_of(request):
    """Whoever looks, else anybody."""
    return request.user if request.user.is_authenticated else get_user_model().objects.filter(is_active=True).first()


def preview_of(kind: Kind, reader, whole=False):
    """The words of a kind about its sample, or about the newest real one there is."""
    made = SimpleNamespace(subject="", line="", ask="", note="", button="", letter=None, trouble="")
    row, person, by = example_of(kind, reader)
    if row is None:
        made.trouble = "Nothing of this kind happened yet, and it has no sample()."
        return made
    try:
        if kind.has_rhythm:
            context = words.context_of(kind, row, reader) | letter_for(reader)
        else:
            context = words.context_of(kind, row, person, getattr(row, "address", ""), by).complete()
        if kind.name in kinds and kinds[kind.name] is kind:
            made.subject, made.line = words.say(kind, "subject", context), words.say_if_any(kind, "line", context)
            made.letter = letters.dressed(kind, context) if whole else None
        else:
            made.ask = words.say(kind, "ask", context)
            made.note, made.button = (words.say_if_any(kind, f"ask_{part}", context) for part in ("note", "button"))
    except NothingToSay:
        made.trouble = "There is nothing to say to this reader now."
    except Exception as error:  # noqa: BLE001 – a page for developers says what is wrong
        made.trouble = f"{type(error).__name__}: {error}"
    return made


def example_of(kind, reader):
    """(row, person, by): a sample, the newest real row of this kind, or an example made from other rows."""
    if kind.has_rhythm:
        return SimpleNamespace(about=None, facts={}, community_id=None), reader, None
    if kind.sample:
        about, facts = kind.sample()
        return SimpleNamespace(about=about, facts=facts, community_id=None), reader, reader
    for model in (Delivery, Ask, Activity):
        rows = model.objects.filter(kind=kind.name).order_by("-pk")[:1]
        for row in rows:
            if row.about_id is None or row.about is not None:
                person = getattr(row, "person", None) or (None if getattr(row, "address", "") else reader)
                activity = getattr(row, "activity", row)
                return row, person, getattr(activity, "by", None)
    about, facts = example_for(kind.name, reader)
    if about is None:
        return None, None, None
    return SimpleNamespace(about=about, facts=facts, community_id=getattr(about, "community_id", None)), reader, reader
