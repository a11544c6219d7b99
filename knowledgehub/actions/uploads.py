"""Large files come in pieces, and go on where they were after a break (the protocol is that of tus 1.0).

The rows say how much has come; the bytes lie on this disk under a name of their own until all have come. Only then
is the file looked at, and kept or refused.
"""

import fcntl
import shutil
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import F, Sum
from django.http import UnreadablePostError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from core.files.intake import MB
from core.refusals import Refused
from core.text import one_line
from knowledgehub import files as intake
from knowledgehub.actions import files
from knowledgehub.models import MOST_FILES, Upload

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 20
#: So much of the disk stays free, whoever uploads what: letters and the database need room as well.
RESERVE = 1024 * MB
PIECE = 256 * 1024
KEPT = timedelta(hours=24)
#: After so long without a byte, nobody is sending it any more from a page that is open.
STANDS_STILL = timedelta(minutes=2)


class Elsewhere(Exception):
    """What comes in does not join on to what is here; `received` says where it should."""

    def __init__(self, received):
        super().__init__(received)
        self.received = received


class Gone(Exception):
    """Somebody took it out meanwhile, or it was laid in already."""


class Busy(Exception):
    """Another request is writing this very file."""


def begin(version, *, by, name, size):
    """Expect a file of so many bytes. Raises Refused where it cannot be let in, or the disk is nearly full."""
    files.refuse_if_fixed(version)
    if size <= 0:
        raise Refused(_("This file is empty. Choose another one."))
    if size > intake.MOST_MB * MB:
        raise Refused(
            _("This file is %(size)d MB. It may be %(most)d MB at most.")
            % {"size": -(-size // MB), "most": intake.MOST_MB}
        )
    with transaction.atomic():
        version = files.hold_version(version)
        files.refuse_if_fixed(version)
        if version.files.count() + version.uploads.count() >= MOST_FILES:
            raise Refused(_("There are %(most)d files in it already. Put the rest in a ZIP.") % {"most": MOST_FILES})
        if Upload.objects.filter(person=by).count() >= MOST_AT_ONCE:
            raise Refused(_("Many files of yours are on their way already. Let those arrive first."))
        if size > room():
            raise Refused(_("There is no room for this file now. We know about it; try again tomorrow."))
        upload = Upload(version=version, person=by, name=one_line(name)[:200] or "bestand", size=size)
        upload.file.name = upload.file.field.generate_filename(upload, "part")
        path = path_of(upload)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        upload.save()
    return upload


def room():
    """How many bytes can still come, after what is on its way."""
    settings.FILES_ROOT.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.FILES_ROOT).free
    coming = Upload.objects.aggregate(left=Sum(F("size") - F("received")))["left"] or 0
    if free - coming < 2 * RESERVE:
        log.warning("disk_nearly_full", free=free, coming=coming)
    return free - coming - RESERVE


def path_of(upload):
    """Where its bytes lie until all have come."""
    return Path(upload.file.storage.path(upload.file.name))


def take_in(upload, stream, *, offset):
    """Write what the stream brings, from this byte on; returns how much is here now.

    What came before the line broke is kept. Raises Elsewhere when it does not join on, Busy when somebody writes, and
    Gone when it was taken out.
    """
    with _alone(upload) as kept:
        upload.refresh_from_db()
        if offset != upload.received:
            raise Elsewhere(upload.received)
        kept.seek(offset)
        left = upload.size - offset
        try:
            while left > 0 and (piece := stream.read(min(PIECE, left))):
                kept.write(piece)
                left -= len(piece)
        except (UnreadablePostError, OSError) as problem:
            log.info("upload_broke_off", upload=upload.pk, problem=str(problem)[:100])
        kept.flush()
        upload.received = kept.tell()
        upload.changed_at = now()
        said = {"received": upload.received, "changed_at": upload.changed_at}
        if not Upload.objects.filter(pk=upload.pk).update(**said):
            raise Gone
    return upload.received


@contextmanager
def _alone(upload):
    try:
        kept = path_of(upload).open("r+b")
    except FileNotFoundError:
        raise Elsewhere(0) from None
    with kept:
        try:
            fcntl.flock(kept, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield kept


def finish(upload, *, by):
    """All has come: look at it, and lay it into its version. Whatever comes of it, the upload is over.

    Raises Refused for what the intake does not let in.
    """
    path = path_of(upload)
    try:
        with path.open("r+b") as stream:
            whole = File(stream, name=upload.name)
            taken = intake.take(whole, name=upload.name)
            is_as_it_came = getattr(taken.content, "file", None) in (whole, stream)
            row = files.keep(upload.version, taken, by=by, path=path if is_as_it_came else None)
    except FileNotFoundError:
        raise Gone from None
    finally:
        drop(upload)
    return row


def drop(upload):
    """Forget it, with what has come of it."""
    Upload.objects.filter(pk=upload.pk).delete()
    path_of(upload).unlink(missing_ok=True)


def clear_late(over):
    """Those of which nothing came for a day (the term `hub_uploads`). Returns how many."""
    late = list(over(Upload.objects.all(), "changed_at", person="person"))
    for upload in late:
        drop(upload)
    return len(late)


def clear_strays():
    """When a person is erased her uploads go; what had come of them lies here still. Each night; returns how many."""
    folder, before = Path(settings.FILES_ROOT) / "uploads", (now() - KEPT).timestamp()
    old = [path for path in folder.glob("*/*") if path.stat().st_mtime < before]
    known = set(Upload.objects.values_list("file", flat=True)) if old else set()
    strays = [path for path in old if path.relative_to(settings.FILES_ROOT).as_posix() not in known]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
