"""Look at every file before it is kept: what it is, how large, how deep, and what it tells about its maker."""

import csv
import io
import secrets
import struct
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import filetype
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from core.refusals import Refused
from core.text import one_line

register_heif_opener()

MB = 1024 * 1024
IMAGE_TYPES = {"image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", "image/heif"}
MOST_PIXELS = 50_000_000
#: What readers of pictures raise on bytes that were cut off or made up; those of HEIC the last two.
BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    Image.DecompressionBombError,
    EOFError,
    RuntimeError,
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
#: Documents that are kept as they are, each with the ending under which it is handed out.
DOCUMENTS = {
    PDF: ".pdf",
    XLSX: ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
}


def refuse_if_too_large(upload, most_mb):
    """Raises Refused when the file has no bytes, or more than so many megabytes."""
    if not upload.size:
        raise Refused(_("This file is empty. Choose another one."))
    if upload.size > most_mb * MB:
        raise Refused(
            _("This file is %(size)d MB. It may be %(most)d MB at most.")
            % {"size": -(-upload.size // MB), "most": most_mb}
        )


def kind_of(upload):
    """The media type by the file's own bytes ("" where unknown), whatever its name or the browser says."""
    upload.seek(0)
    guess = filetype.guess(upload.read(8192))
    upload.seek(0)
    return guess.mime if guess else ""


def take_image(upload, *, most_mb=12, longest_side=1600):
    """A new JPEG of an uploaded picture: turned upright, made smaller, without place, time or camera in it.

    Raises Refused when it is no picture, is broken, or would unpack to too many pixels.
    """
    refuse_if_too_large(upload, most_mb)
    if kind_of(upload) not in IMAGE_TYPES:
        raise Refused(_("This is not a picture that we can read. Use JPEG, PNG, WebP or HEIC."))
    try:
        picture = Image.open(upload)
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(_("This picture has too many pixels. Make it smaller first."))
        picture = _upright(picture).convert("RGB")
        picture.thumbnail((longest_side, longest_side))
    except BROKEN:
        raise Refused(_("This picture is broken. Choose another one.")) from None
    clean = io.BytesIO()
    picture.save(clean, "JPEG", quality=85, optimize=True)
    return ContentFile(clean.getvalue(), name=f"{secrets.token_urlsafe(12)}.jpg")


def _upright(picture):
    """Turned as its camera was held; where the camera wrote nonsense about that, as it lies."""
    try:
        return ImageOps.exif_transpose(picture)
    except (TypeError, struct.error):
        return picture


@dataclass(frozen=True)
class Taken:
    """A file that may be kept: its bytes, what it is, and a name that tells the truth about that."""

    content: ContentFile
    media_type: str
    name: str


def take_file(upload, *, most_mb=20):
    """A picture (made anew), PDF or office document, by its own bytes and never by its name.

    Raises Refused for everything else: also for HTML and SVG, which carry script, and for documents with macros.
    """
    refuse_if_too_large(upload, most_mb)
    media_type, stem = kind_of(upload), stem_of(upload.name)
    if media_type == "application/zip":
        media_type = _kind_of_archive(upload)
    if media_type in IMAGE_TYPES:
        return Taken(take_image(upload, most_mb=most_mb), "image/jpeg", f"{stem}.jpg")
    if media_type not in DOCUMENTS:
        raise Refused(_("We can keep pictures, PDF, and documents of Word, Excel, PowerPoint or LibreOffice."))
    if media_type != PDF:
        _refuse_odd_office_file(upload)
    upload.seek(0)
    ending = DOCUMENTS[media_type]
    content = ContentFile(upload.read(), name=f"{secrets.token_urlsafe(12)}{ending}")
    return Taken(content, media_type, f"{stem}{ending}")


def stem_of(name):
    """The name without its ending and without what no file name should hold."""
    plain = one_line(PurePath(str(name).replace("\\", "/")).stem)
    plain = "".join(letter for letter in plain if letter not in '/:*?"<>|' and unicodedata.category(letter) != "Cf")
    return plain.strip(" .")[:100] or "bestand"


def _kind_of_archive(upload):
    """An office document whose first kilobytes do not show what it is; "" for any other archive."""
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""
    mains = {"word/document.xml": ".docx", "ppt/presentation.xml": ".pptx", "xl/workbook.xml": ".xlsx"}
    ending = next((mains[name] for name in mains if name in names and "[Content_Types].xml" in names), "")
    return next((media_type for media_type, known in DOCUMENTS.items() if known == ending), "")


def _refuse_odd_office_file(upload):
    """Refuse what is no archive, unpacks to far more than it is, or carries macros."""
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as parts:
            members = parts.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Refused(_("This document is broken. Save it again and choose it once more.")) from None
    if sum(member.file_size for member in members) > 400 * MB or len(members) > 5000:
        raise Refused(_("This document unpacks to more than we can keep. Save it as PDF."))
    if any(member.filename.lower().endswith(("vbaproject.bin", ".exe", ".js")) for member in members):
        raise Refused(_("This document has macros. Save it without them, or as PDF."))


def text_of(upload, *, most_mb=20):
    """The text of an uploaded file in UTF-8 or, as Dutch offices still save it, in cp1252.

    Raises Refused when it is too large or no text at all.
    """
    refuse_if_too_large(upload, most_mb)
    upload.seek(0)
    raw = upload.read()
    if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(_("This is not a text file. Save it as CSV first."))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def rows_of_table(upload, *, most_mb=10, most_rows=20_000):
    """The rows of an uploaded CSV or XLSX as lists of text, the header first.

    Formulas are read as the text or value they show, never carried out. Raises
    Refused when the file is too large, broken, too deep or not a table.
    """
    refuse_if_too_large(upload, most_mb)
    upload.seek(0)
    if upload.read(4) == b"PK\x03\x04":
        rows = _rows_of_xlsx(upload, most_rows)
    else:
        rows = _rows_of_csv(text_of(upload, most_mb=most_mb))
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise Refused(_("There are no rows in this file. The first line must be a line of headings."))
    if len(rows) > most_rows + 1:
        raise Refused(_("This file has more than %(most)d rows. Split it into smaller files.") % {"most": most_rows})
    return rows


def _rows_of_csv(text):
    first = text.split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise Refused(_("This CSV file is broken. Open it in your spreadsheet and save it again.")) from None


def _rows_of_xlsx(upload, most_rows):
    from openpyxl import load_workbook

    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as parts:
            if sum(part.file_size for part in parts.infolist()) > 200 * MB:
                raise Refused(_("This spreadsheet unpacks to more than we can read. Save it as CSV first."))
        upload.seek(0)
        book = load_workbook(upload, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_row=most_rows + 2, max_col=40)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    except Refused:
        raise
    except Exception:  # noqa: BLE001
        # openpyxl raises whatever its parsers raise on a broken or hostile file; the reader needs one sentence.
        raise Refused(_("This spreadsheet cannot be read. Save it again as XLSX or CSV.")) from None


def safe_cell(value):
    """A cell for a CSV or XLSX that we hand out: text that looks like a formula stays text."""
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
