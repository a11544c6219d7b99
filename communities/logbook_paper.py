"""A logbook on paper: its entries from old to new, each with its photos."""

import io
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from PIL import Image

from activity import references
from core.refusals import Refused

MOST_ENTRIES = 300
MOST_PHOTOS = 120  # of more, only the words
WIDTH = 900  # pixels, for half a page


@dataclass
class Paper:
    """What the template of the PDF takes."""

    data: dict
    pictures: dict


def of(rows, user, *, since=None, until=None):
    """The entries of this time, ready to be typeset. Refused when there are none, or too many for one document."""
    if since:
        rows = rows.filter(happened_on__gte=since)
    if until:
        rows = rows.filter(happened_on__lte=until)
    entries = list(rows.order_by("happened_on", "pk")[: MOST_ENTRIES + 1])
    if not entries:
        raise Refused(_("There are no entries in this time."))
    if len(entries) > MOST_ENTRIES:
        raise Refused(_("That is more than %(most)d entries. Choose a shorter time.") % {"most": MOST_ENTRIES})
    about, pictures = references.of(entries, user), {}
    printed = _("printed on %(day)s") % {"day": date_format(localdate(), "j F Y")}
    data = {
        "title": _("My logbook"),
        "subtitle": f"{user} · {_days(entries)}",
        "foot": f"{user} · {printed}",
        "note": _("This is a personal logbook. Do not pass it on without asking."),
        "entries": [_entry(entry, about.get(entry.pk, []), pictures) for entry in entries],
    }
    return Paper(data, pictures)


def _days(entries):
    first, last = (date_format(entry.happened_on, "j F Y") for entry in (entries[0], entries[-1]))
    return first if first == last else f"{first} – {last}"


def _entry(entry, about, pictures):
    facts = [entry.community.name] if entry.community else []
    return {
        "day": date_format(entry.happened_on, "l j F Y"),
        "facts": " · ".join([*facts, *(each.called for each in about)]),
        "parts": [{"label": str(label), "text": text} for label, text in entry.parts],
        "photos": [found for photo in entry.photos.all() if (found := _photo(photo, pictures))],
    }


def _photo(photo, pictures):
    """The photo small enough for paper, and what is on it; None where its file is gone."""
    if len(pictures) >= MOST_PHOTOS or not photo.image.storage.exists(photo.image.name):
        return None
    with photo.image.open("rb") as file, Image.open(file) as picture:
        picture.thumbnail((WIDTH, WIDTH))
        small = io.BytesIO()
        picture.convert("RGB").save(small, "JPEG", quality=80)
    name = f"{photo.pk}.jpg"
    pictures[name] = small.getvalue()
    return {"name": name, "alt": photo.description or _("A photo with this entry"), "caption": photo.description}
