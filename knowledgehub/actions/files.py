"""Files are laid into a concept, put in order, and taken out."""

import os
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import Refused
from knowledgehub import files, tasks
from knowledgehub.actions.making import hold_version
from knowledgehub.models import MOST_FILES, ResourceFile


def add(version, upload, *, by, name=""):
    """Lay a file into a concept. The same file twice is one file. Returns its row.

    Raises Refused for what the intake does not let in, or when the concept is full or looked at.
    """
    refuse_if_fixed(version)
    taken = files.take(upload, name=name)  # before anything is locked: it may be a film of two gigabytes
    return keep(version, taken, by=by)


def add_all(version, uploads, *, by):
    """Lay in as many as can be. Returns a sentence for each that could not."""
    sentences = []
    for upload in uploads:
        try:
            add(version, upload, by=by)
        except Refused as refusal:
            sentences.append(f"{upload.name}: {refusal.sentence}")
    return sentences


def refuse_if_fixed(version):
    """Raises Refused where nothing can be laid in."""
    if reason := version.why_not_edit:
        raise Refused(reason)


@transaction.atomic
def keep(version, taken, *, by, path=None):
    """Keep a file that passed the intake; one that lies at `path` as it came is moved, not copied."""
    version = hold_version(version)
    refuse_if_fixed(version)
    same = version.files.filter(sha256=taken.sha256).first()
    if same:
        return same
    if version.files.count() >= MOST_FILES:
        raise Refused(_("There are %(most)d files in it already. Put the rest in a ZIP.") % {"most": MOST_FILES})
    last = version.files.order_by("-position").values_list("position", flat=True).first()
    row = ResourceFile(
        version=version,
        position=0 if last is None else last + 1,
        name=taken.name,
        media_type=taken.media_type,
        size=taken.size,
        sha256=taken.sha256,
        entries=taken.entries,
    )
    _store(row, taken, path)
    try:
        row.save()
    except Exception:
        row.file.storage.delete(row.file.name)
        raise
    tasks.look_on_commit()
    return row


def _store(row, taken, path):
    storage = row.file.storage
    if path is None:
        row.file.save(taken.name, taken.content, save=False)
        return
    name = storage.get_available_name(row.file.field.generate_filename(row, taken.name))
    target = Path(storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(path, target)  # noqa: PTH105 - one step, on the same disk
    target.chmod(0o600)
    row.file.name = name


@transaction.atomic
def remove(file, *, by):
    """Take a file out of a concept."""
    version = hold_version(file.version)
    refuse_if_fixed(version)
    forget(ResourceFile.objects.filter(pk=file.pk, version=version))


def forget(rows):
    """These rows go, and after the commit what no other version holds. Returns how many."""
    rows = list(rows.select_for_update().only("pk", "file", "preview", "shown"))
    ResourceFile.objects.filter(pk__in=[row.pk for row in rows]).delete()
    stored = {getattr(row, field) for row in rows for field in FIELDS if getattr(row, field)}
    for each in stored:
        if not any(ResourceFile.objects.filter(**{field: each.name}).exists() for field in FIELDS):
            transaction.on_commit(lambda storage=each.storage, name=each.name: storage.delete(name))
    return len(rows)


FIELDS = ("file", "preview", "shown")


@transaction.atomic
def put_first(file, *, by):
    """This file is the one in sight when the page opens."""
    version = hold_version(file.version)
    refuse_if_fixed(version)
    rows = list(version.files.order_by("position", "pk").values_list("pk", flat=True))
    for position, pk in enumerate(sorted(rows, key=lambda pk: pk != file.pk)):  # somebody may have taken it out
        ResourceFile.objects.filter(pk=pk).update(position=position)
