"""Posters: a picture or a PDF with a small picture beside it, hung by who brings it."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from activity.journal import record
from core.files import keeping
from core.files.intake import PDF
from core.refusals import Refused
from core.text import one_line
from events.actions.calling import hold
from events.choices import ContributionState
from knowledgehub import looking

SMALL = 640  # pixels wide, in the gallery
#: What hangs in the gallery: what will be there for sure.
HANGS = (ContributionState.CONFIRMED, ContributionState.SCHEDULED)


def why_not_hang(contribution):
    """Why no poster can be hung, or ""."""
    return "" if contribution.state in HANGS else _("You can hang a poster once it is sure that you come.")


def hang(contribution, *, by, taken=None, alt):
    """Hang a poster (`taken`, as the intake let it in), or say of the one that hangs what is on it.

    Raises Refused for a PDF that does not open.
    """
    small = _small(taken) if taken else None  # before anything is locked: a PDF is drawn
    with transaction.atomic():
        row = hold(contribution)
        if reason := why_not_hang(row):
            raise Refused(reason)
        if not taken and not row.poster:
            raise Refused(_("Choose a picture or a PDF."), field="file")
        row.poster_alt = one_line(alt)[:400]
        if taken:
            old, storage = row.poster_small.name, row.poster_small.storage
            row.poster_small.save("small.jpg", small, save=False)
            if old:
                transaction.on_commit(lambda: storage.delete(old))
        keeping.save(row, "poster", taken)
        record("events.poster_hung", by=by, about=row)
    return row


@transaction.atomic
def take_down(contribution, *, by):
    """It hangs no more, and its files go."""
    row = hold(contribution)
    old, storage = row.poster_small.name, row.poster_small.storage
    row.poster_small, row.poster_alt = "", ""
    keeping.save(row, "poster", remove=True)
    if old:
        transaction.on_commit(lambda: storage.delete(old))
    record("events.poster_taken_down", by=by, about=row)
    return row


def _small(taken):
    """A JPEG as wide as a card. A PDF is drawn in a process of its own."""
    taken.content.seek(0)
    data = taken.content.read()
    taken.content.seek(0)
    if taken.media_type == PDF:
        data = _first_page(data)
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    picture.thumbnail((SMALL, SMALL * 2))
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=82, optimize=True)
    return ContentFile(kept.getvalue())


def _first_page(data):
    with TemporaryDirectory(prefix="plg-poster-") as name:
        folder = Path(name)
        (folder / "poster.pdf").write_bytes(data)
        answer = looking.run("page", folder / "poster.pdf", 1, SMALL, folder / "page.jpg")
        if answer.get("broken") or not (folder / "page.jpg").exists():
            raise Refused(_("This PDF cannot be shown. Save it once more, without a password."), field="file")
        return (folder / "page.jpg").read_bytes()
