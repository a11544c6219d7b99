"""What the KennisHub lets in: each file by its own bytes, whatever its name or the browser says.

Pictures are made anew (without place, time or camera), films lose the place where they were made, subtitles of two
kinds become one. What tells two stories at once (a PDF that is an archive as well, a page of HTML with another name)
is refused. Nothing is read whole into memory but what is small.
"""

import hashlib
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

import filetype
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from core.files.intake import (
    DOCUMENTS,
    IMAGE_TYPES,
    MB,
    PDF,
    kind_of,
    refuse_if_too_large,
    stem_of,
    take_file,
    take_image,
    text_of,
)
from core.refusals import Refused
from knowledgehub import films

ZIP = "application/zip"
#: The largest of each sort, in megabytes.
MOST = {"image": 40, "document": 100, "text": 20, "audio": 500, "video": 2000, "zip": 500}
MOST_MB = max(MOST.values())
#: What phones make is handed out as MP4: the same boxes, and players ask no further.
VIDEO = {
    "video/mp4": "video/mp4",
    "video/quicktime": "video/mp4",
    "video/x-m4v": "video/mp4",
    "video/3gpp": "video/mp4",
    "video/webm": "video/webm",
}
FILMS = {"video/mp4": ".mp4", "video/webm": ".webm"}
AUDIO = {"audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/ogg": ".ogg", "audio/x-wav": ".wav", "audio/wav": ".wav"}
TEXTS = {"text/vtt": ".vtt", "text/csv": ".csv", "text/markdown": ".md", "text/plain": ".txt"}
MOST_ENTRIES, MOST_UNPACKED, MOST_RATIO = 2000, 2000 * MB, 200
UNWANTED = (
    ".exe", ".msi", ".bat", ".cmd", ".com", ".scr", ".js", ".vbs", ".ps1", ".jar", ".lnk", ".html", ".htm", ".svg",
    ".docm", ".pptm", ".xlsm", ".app", ".dmg", ".apk", ".hta",
)  # fmt: skip
LOOKS_LIKE_A_PAGE = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|svg|iframe|\?xml|\?php)", re.IGNORECASE)
SRT_TIME = re.compile(r"^\d+\s*\n(\d{2}:\d{2}:\d{2}),(\d{3}) --> ", re.MULTILINE)


@dataclass(frozen=True)
class Taken:
    """A file that may be kept, and what is known of it at once."""

    content: File
    media_type: str
    name: str
    size: int
    sha256: str
    entries: list


def take(upload, *, name=""):
    """Look at an uploaded file. Returns a `Taken`; raises Refused with the sentence why not."""
    refuse_if_too_large(upload, MOST_MB)
    stem = stem_of(name or upload.name)
    media_type = _kind(upload)
    entries = []
    if media_type in IMAGE_TYPES:
        content, media_type = take_image(upload, most_mb=MOST["image"], longest_side=3000), "image/jpeg"
        ending = ".jpg"
    elif media_type in DOCUMENTS:
        content, ending = _document(upload, media_type), DOCUMENTS[media_type]
    elif media_type == ZIP:
        content, ending, entries = File(upload), ".zip", _entries(upload)
    elif media_type in VIDEO:
        refuse_if_too_large(upload, MOST["video"])
        content, media_type = films.without_place(upload, media_type), VIDEO[media_type]
        ending = FILMS[media_type]
    elif media_type in AUDIO:
        refuse_if_too_large(upload, MOST["audio"])
        content, ending = films.without_place(upload, media_type), AUDIO[media_type]
    else:
        content, media_type = _text(upload, name or upload.name)
        ending = TEXTS[media_type]
    return Taken(content, media_type, f"{stem}{ending}", content.size, _sha256(content), entries)


def _kind(upload):
    """What it is by its first bytes; an archive by what lies in it. "" where only the words can tell."""
    media_type = kind_of(upload)
    if media_type == ZIP:
        upload.seek(0)
        return _kind_of_archive(upload)
    is_archive = media_type in DOCUMENTS and media_type != PDF  # of office, of which the intake looks at the parts
    if media_type not in IMAGE_TYPES and not is_archive and _is_archive_too(upload):
        raise Refused(_("This file is two things at once. Save it again, or make a PDF of it."))
    return media_type


def _is_archive_too(upload):
    upload.seek(0)
    found = zipfile.is_zipfile(upload)
    upload.seek(0)
    # The end of an archive can also stand in a film by chance; an archive with something in it cannot.
    if not found:
        return False
    try:
        with zipfile.ZipFile(upload) as parts:
            return bool(parts.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    finally:
        upload.seek(0)


def _kind_of_archive(upload):
    """The media type of an office document that does not show it at its begin, or that of an archive."""
    try:
        with zipfile.ZipFile(upload) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Refused(_("This archive is broken. Make it once more and choose it again.")) from None
    mains = {"word/document.xml": ".docx", "ppt/presentation.xml": ".pptx", "xl/workbook.xml": ".xlsx"}
    ending = next((mains[name] for name in mains if name in names), "") if "[Content_Types].xml" in names else ""
    return next((media_type for media_type, known in DOCUMENTS.items() if ending and known == ending), ZIP)


def _document(upload, media_type):
    """An office document or PDF as it came, if it is whole and opens."""
    taken = take_file(upload, most_mb=MOST["document"])
    if media_type == PDF:
        from knowledgehub import looking

        if why := looking.why_not_pdf(taken.content):
            raise Refused(why)
    return taken.content


def _entries(upload):
    """[[name, bytes]] of what lies in an archive. Raises Refused when it is odd, or unpacks to too much."""
    refuse_if_too_large(upload, MOST["zip"])
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as parts:
            members = parts.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Refused(_("This archive is broken. Make it once more and choose it again.")) from None
    files = [each for each in members if not each.is_dir()]
    if not files:
        raise Refused(_("There is nothing in this archive."))
    if any(each.flag_bits & 1 for each in files):
        raise Refused(_("This archive has a password. Make one without."))
    if any(not _stays_inside(each) for each in members):
        raise Refused(_("This archive wants to put files outside its own folder. Make it once more."))
    if found := next((each for each in files if each.filename.lower().endswith(UNWANTED)), None):
        raise Refused(
            _("In this archive is a kind of file that we do not keep: %(name)s.")
            % {"name": PurePosixPath(found.filename).name[:60]}
        )
    unpacked, packed = sum(each.file_size for each in files), sum(each.compress_size for each in files)
    is_bomb = unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(upload.size, 1) or packed > upload.size
    if is_bomb or len(files) > MOST_ENTRIES:
        raise Refused(_("This archive unpacks to more than we can keep. Make it smaller."))
    return [[each.filename[:200], each.file_size] for each in files]


def _stays_inside(member):
    name = member.filename
    is_link = (member.external_attr >> 28) == 0xA
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return not (is_link or ".." in parts or name.startswith(("/", "\\")) or (name[1:2] == ":") or "\0" in name)


def _text(upload, name):
    """Plain text, a table or subtitles, in UTF-8. Raises Refused for what is no text, and for pages of the web."""
    refusal = Refused(
        _("We can keep pictures, PDF, office documents, films (MP4, WebM), sound, text and ZIP. Not this kind of file.")
    )
    if upload.size > MOST["text"] * MB or filetype.guess(_begin(upload)) is not None:
        raise refusal
    if LOOKS_LIKE_A_PAGE.search(_begin(upload)):
        raise Refused(_("We do not keep pages of the web (HTML, SVG). Make a PDF of it, or add the link."))
    try:
        text = text_of(upload, most_mb=MOST["text"])
    except Refused:
        raise refusal from None
    if "\0" in text or sum(not (c.isprintable() or c.isspace()) for c in text[:4000]) > len(text[:4000]) / 50:
        raise refusal
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if SRT_TIME.search(text):
        text = "WEBVTT\n\n" + re.sub(r"(\d{2}:\d{2}:\d{2}),(\d{3})", r"\1.\2", text)
    ending = PurePosixPath(name).suffix.lower()
    by_name = {".csv": "text/csv", ".md": "text/markdown"}
    media_type = "text/vtt" if text.startswith("WEBVTT") else by_name.get(ending, "text/plain")
    return ContentFile(text.encode(), name=f"text{TEXTS[media_type]}"), media_type


def _begin(upload):
    upload.seek(0)
    begin = upload.read(8192)
    upload.seek(0)
    return begin


def _sha256(content):
    content.seek(0)
    digest = hashlib.sha256()
    for chunk in content.chunks(1024 * 1024):
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()
