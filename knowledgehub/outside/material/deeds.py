"""A list of material: read, its questions answered, and made."""

import zipfile
from datetime import timedelta

from django.core.files import File
from django.core.files.temp import NamedTemporaryFile
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from core.text import one_line
from knowledgehub.actions import files, making
from knowledgehub.files import MOST_UNPACKED
from knowledgehub.outside.material import reading
from knowledgehub.outside.material.judging import Judge
from knowledgehub.outside.models import MaterialList

KEPT_DAYS = 30
ANSWERS = ("title", "kind", "licence", "files", "link", "double", "skip")


def read_list(uploads, *, by):
    """Read a folder or ZIP with its list; nothing is made yet. Raises Refused for what is no such thing."""
    archive, names = reading.archive_of(uploads)
    name, rows = reading.rows_in(archive, names)
    shown = one_line(uploads[0].name if len(uploads) == 1 else name)[-200:]
    found = MaterialList(person=by, file_name=shown, names=[each for each in names if each != name], rows=rows)
    archive.seek(0)
    found.archive.save("list.zip", archive, save=False)
    try:
        with transaction.atomic():
            found.save()
            record("outside.list_read", by=by, about=found, rows=len(rows))
    except Exception:
        found.archive.delete(save=False)
        raise
    return found


def _hold(found):
    found = MaterialList.objects.select_for_update().get(pk=found.pk)
    if found.done_at:
        raise Refused(_("This list was made already. Nothing was done twice."))
    return found


@transaction.atomic
def answer_row(found, number, answers):
    """Keep the answer to what a row asks. Raises Refused when there is no such row."""
    found = _hold(found)
    row = next((row for row in found.rows if row["n"] == number), None)
    if row is None:
        raise Refused(_("There is no such row in this list."))
    row["answers"] |= {name: one_line(answers[name])[:500] for name in ANSWERS if name in answers}
    found.save(update_fields=["rows"])
    return found


def make_all(found, *, by):
    """Make a concept of every row that is not left out; she publishes each herself.

    Row by row, so that what was made is made, also when the rest is broken off; going on does nothing twice.
    Raises Refused while any row still asks something. Returns how many were made.
    """
    with transaction.atomic():
        found = _hold(found)
        if asking := sum(verdict.asks for verdict in Judge(found).verdicts()):
            raise Refused(_("%(count)d rows still ask you something. Nothing was made.") % {"count": asking})
    made = 0
    with found.archive.open("rb") as kept, zipfile.ZipFile(kept) as archive:
        _refuse_too_much(found, archive)
        for number in [row["n"] for row in found.rows]:
            made += _make(found.pk, number, archive, by)
    with transaction.atomic():
        found = _hold(found)
        name, storage = found.archive.name, found.archive.storage
        found.done_at, found.archive = now(), ""
        found.save(update_fields=["done_at", "archive"])
        transaction.on_commit(lambda: storage.delete(name))
        record("outside.list_made", by=by, about=found, made=made)
    return made


def _refuse_too_much(found, archive):
    """A file that many rows name is kept by each of them: together no more than an archive may hold."""
    wanted = (path for verdict in Judge(found).verdicts() for path in verdict.files)
    if sum(archive.getinfo(path).file_size for path in wanted) > MOST_UNPACKED:
        raise Refused(_("The files of all rows together are more than we can keep. Bring them in by parts."))


@transaction.atomic
def _make(pk, number, archive, by):
    found = _hold(MaterialList(pk=pk))
    row = next(row for row in found.rows if row["n"] == number)
    verdict = Judge(found).judge(row)
    if verdict.state != "new":
        return 0
    version = making.begin(by=by, **verdict.made)
    wrong = [sentence for path in verdict.files if (sentence := _lay_in(version, archive, path, by))]
    row["outcome"] = " ".join([_("Made, as a concept."), *wrong])
    row["resource"] = version.resource_id
    found.save(update_fields=["rows"])
    return 1


def _lay_in(version, archive, path, by):
    """Lay one file of the archive into a concept. Returns a sentence where that could not be."""
    with NamedTemporaryFile() as kept:
        try:
            with archive.open(path) as member:
                while piece := member.read(1 << 20):
                    kept.write(piece)
            kept.seek(0)
            files.add(version, File(kept, name=path.rsplit("/", 1)[-1]), by=by)
        except Refused as refusal:
            return f"{path}: {refusal.sentence}"
        except reading.BROKEN:
            return _("%(name)s is broken.") % {"name": path}
    return ""


def forget_lists():
    """Lists of a month ago go, with what lies in them; what was made stays."""
    for found in MaterialList.objects.filter(read_at__lt=now() - timedelta(days=KEPT_DAYS)):
        found.archive.delete(save=False)
        found.delete()
