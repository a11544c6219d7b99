"""Which files wait to be looked at, and what becomes of them: the rows are the truth, a task is a hint."""

import structlog
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from knowledgehub import looking, registry
from knowledgehub.choices import FileState
from knowledgehub.models import ResourceFile

log = structlog.get_logger(__name__)

MOST_TRIES, MOST_AT_ONCE = 3, 50


def look_at_all():
    """Look once at each file that waits, those first that were tried least. Returns how many there were."""
    waiting = ResourceFile.objects.filter(state=FileState.WAITING).order_by("tries", "pk")
    found = list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])
    for pk in found:
        look_at(pk)
    return len(found)


def look_at(pk):
    """Look at this file, unless somebody does so already.

    The try is counted before: a file that takes this process down with it is not tried for ever.
    """
    waits = {"pk": pk, "state": FileState.WAITING}
    if not ResourceFile.objects.filter(**waits).update(tries=F("tries") + 1):
        return
    with transaction.atomic():
        row = ResourceFile.objects.select_for_update(skip_locked=True).filter(**waits).first()
        if row:
            _look(row)


def _look(row):
    try:
        seen = looking.see(row)
    except looking.Broken as problem:
        row.state, row.broken_why = FileState.BROKEN, str(problem)[:200]
    except Exception:
        log.exception("file_not_seen", file=row.pk, tries=row.tries)
        if row.tries >= MOST_TRIES:
            row.state, row.broken_why = FileState.BROKEN, looking.says("broken")
    else:
        row.state, row.text, row.pages = FileState.READY, seen.text, seen.pages
        if seen.preview:
            row.preview.save("preview.jpg", ContentFile(seen.preview), save=False)
        if seen.shown:
            row.shown.save("shown.pdf", ContentFile(seen.shown), save=False)
    row.save(update_fields=["state", "broken_why", "text", "pages", "preview", "shown"])
    _share(row)
    resource = row.version.resource
    if row.version_id == resource.current_id:  # its text is found from now on
        registry.tell_changed(resource)


def _share(row):
    """The same file in other versions is seen with it."""
    same = ResourceFile.objects.filter(file=row.file.name).exclude(pk=row.pk)
    same.update(
        state=row.state, broken_why=row.broken_why, text=row.text, pages=row.pages,
        preview=row.preview.name, shown=row.shown.name,
    )  # fmt: skip
