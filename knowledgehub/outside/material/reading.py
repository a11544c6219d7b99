"""The list in a folder or ZIP: which rows there are and which files lie beside it."""

import zipfile
import zlib
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.temp import NamedTemporaryFile
from django.utils.translation import gettext as _

from core.files.intake import rows_of_table
from core.refusals import Refused
from core.text import one_line, sort_key
from knowledgehub import files

MOST_ROWS, MOST_CELL = 200, 600
#: What reading a part of an archive raises where that is broken, or packed in a way that we do not know.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
#: What a column may be called, in Dutch and English: our name -> theirs.
COLUMNS = {
    "title": ("titel", "title", "naam"),
    "summary": ("in het kort", "samenvatting", "omschrijving", "summary", "description"),
    "kind": ("soort", "kind", "type"),
    "level": ("groep", "groepen", "niveau", "level", "levels"),
    "subject": ("vak", "vakken", "subject", "subjects"),
    "licence": ("licentie", "licence", "license"),
    "files": ("bestand", "bestanden", "file", "files"),
    "link": ("link", "adres", "url"),
    "tags": ("trefwoorden", "tags", "labels"),
    "minutes": ("lestijd", "minuten", "minutes"),
}
SAMPLE = [
    ["titel", "in het kort", "soort", "groep", "vak", "licentie", "bestanden", "link", "trefwoorden", "lestijd"],
    [
        "Breuken met repen", "Kinderen vouwen repen en vergelijken breuken.", "lesontwerp", "Groep 6 | Groep 7",
        "Rekenen en wiskunde", "CC BY-SA 4.0", "repen.docx | repen.pdf", "", "breuken, vouwen", "45",
    ],
]  # fmt: skip


def archive_of(uploads):
    """The uploaded ZIP, or one made of several files. Returns (archive, [path in it]). Raises Refused."""
    upload = uploads[0] if len(uploads) == 1 else _pack(uploads)
    taken = files.take(upload)
    if taken.media_type != files.ZIP:
        raise Refused(_("Choose a ZIP, or the list together with its files."), "files")
    names = [name for name, _size in taken.entries if not _is_litter(name)]
    return upload, names


def _is_litter(name):
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith((".", "~$"))


def _pack(uploads):
    """Files that were chosen together, as one archive."""
    kept = NamedTemporaryFile(suffix=".zip")
    with zipfile.ZipFile(kept, "w") as archive:
        for upload in uploads:
            name = PurePosixPath(str(upload.name).replace("\\", "/")).name
            with archive.open(name, "w") as target:
                for piece in upload.chunks():
                    target.write(piece)
    from django.core.files import File

    packed = File(kept, name="map.zip")
    packed.seek(0)
    return packed


def rows_in(archive, names):
    """(name of the list, its rows as dicts). Raises Refused where there is none, or more than one."""
    lists = sorted(
        (name for name in names if name.lower().endswith((".csv", ".xlsx"))), key=lambda name: (name.count("/"), name)
    )
    top = [name for name in lists if name.count("/") == lists[0].count("/")]
    if len(top) > 1:
        csvs = [name for name in top if name.lower().endswith(".csv")]
        top = csvs or top
    if len(top) != 1:
        raise Refused(_("Put one list (CSV or XLSX) in it, with a row for each thing."), "files")
    archive.seek(0)
    with zipfile.ZipFile(archive) as parts:
        if parts.getinfo(top[0]).file_size > 10 * files.MB:
            raise Refused(_("This list is larger than we read."), "files")
        try:
            content = parts.read(top[0])
        except BROKEN:
            raise Refused(_("%(name)s is broken.") % {"name": top[0]}, "files") from None
        table = rows_of_table(ContentFile(content, name=top[0]), most_rows=MOST_ROWS)
    return top[0], _named(table)


def _named(table):
    head = [sort_key(cell) for cell in table[0]]
    where = {
        ours: next((head.index(name) for name in theirs if name in head), None) for ours, theirs in COLUMNS.items()
    }
    if where["title"] is None:
        raise Refused(_("There is no column “titel” in the list."), "files")

    def cell(row, n):
        text = row[n] if n is not None and n < len(row) else ""
        return one_line(text)[:MOST_CELL]

    return [
        {"n": n, "answers": {}, "outcome": "", **{ours: cell(row, column) for ours, column in where.items()}}
        for n, row in enumerate(table[1:], 2)
    ]


def members(text):
    """The names in a cell with several."""
    return [name for name in (part.strip() for part in text.replace("\n", "|").split("|")) if name]
