"""A download of everything about oneself: asked for, made by the worker, fetched within a week."""

import tempfile

import structlog
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from people import archive
from people.rights import DataExport, in_a_week

log = structlog.get_logger(__name__)
IN_MEMORY = 8 * 1024 * 1024


def latest(person):
    """Her last download, which is being made or can be fetched; None where there is none."""
    return DataExport.objects.filter(person=person, failed_at=None).first()


@transaction.atomic
def ask(person):
    """She wants a download. Raises Refused while one is being made."""
    try:
        with transaction.atomic():
            return DataExport.objects.create(person=person)
    except IntegrityError:
        raise Refused(_("Your download is being made. We mail you when it is ready.")) from None


def make_all():
    """Each minute: make what was asked for. Returns how many; what fails is written down and tried no more."""
    made = 0
    waiting = DataExport.objects.filter(made_at=None, failed_at=None).order_by("pk").values_list("pk", flat=True)
    for pk in list(waiting):
        try:
            made += make(pk)
        except Exception:
            log.exception("download_failed", download=pk)
            DataExport.objects.filter(pk=pk, made_at=None).update(failed_at=now())
    return made


def make(pk):
    """Make one download, keep it for a week, and tell her. False where another worker does, or nobody asks any more."""
    with transaction.atomic(), tempfile.SpooledTemporaryFile(IN_MEMORY) as out:
        rows = DataExport.objects.select_for_update(skip_locked=True, of=("self",))
        download = rows.filter(pk=pk, made_at=None).select_related("person").first()
        if download is None:
            return False
        archive.write(download.person, out)
        out.seek(0)
        download.file.save("gegevens.zip", File(out), save=False)
        download.made_at, download.expires_at = now(), in_a_week()
        try:
            download.save()
            record("people.download_ready", about=download, tell=[download.person])
        except Exception:
            download.file.storage.delete(download.file.name)
            raise
    clear(DataExport.objects.filter(person=download.person, made_at__isnull=False).exclude(pk=pk))
    return True


def clear(rows):
    """These downloads go, with their files. Returns how many."""
    gone = list(rows.values_list("pk", "file"))
    storage = DataExport._meta.get_field("file").storage
    for _pk, file in gone:
        if file:
            storage.delete(file)
    DataExport.objects.filter(pk__in=[pk for pk, _file in gone]).delete()
    return len(gone)
