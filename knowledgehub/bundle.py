"""All files of a version in one zip, made while it goes out: nothing of it stands in memory or on disk."""

import re
import zipfile
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from core.links import absolute
from core.text import one_line

CHUNK = 256 * 1024
#: What a name cannot hold on one of the systems where it is unpacked.
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')
RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
LONGEST = 100
#: Already as small as they get; the rest is pressed.
PRESSED = ("image/", "video/", "audio/", "application/zip", "application/vnd.openxmlformats", "application/pdf")


def stream(version):
    """The bytes of the zip, piece by piece: first who made it and what one may do with it, then the files."""
    out, used = _Out(), {"licentie.txt"}
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("licentie.txt", attribution(version), zipfile.ZIP_DEFLATED)
        yield out.taken()
        for row in version.files.all():
            kind = zipfile.ZIP_STORED if row.media_type.startswith(PRESSED) else zipfile.ZIP_DEFLATED
            info = zipfile.ZipInfo(safe_name(row.name, used), date_time=_moment(version))
            info.compress_type = kind
            with row.file.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
                while piece := source.read(CHUNK):
                    target.write(piece)
                    yield out.taken()
    yield out.taken()


def name_of(version):
    """What the zip itself is called."""
    return f"{safe_name(version.title, set())}.zip"


def attribution(version):
    """Title, makers, address and licence, as whoever passes it on must name them."""
    resource, licence = version.resource, version.licensed
    lines = [
        one_line(version.title),
        "",
        _("Made by: %(names)s") % {"names": ", ".join(str(each.who) for each in resource.authors.all())},
        _("Found at: %(url)s") % {"url": absolute(resource.get_absolute_url())},
        _("Version: %(number)s") % {"number": version.number},
    ]
    if licence:
        lines += [
            _("Licence: %(name)s") % {"name": " ".join(filter(None, [str(licence.label), licence.url]))},
            "",
            str(licence.says),
        ]
    if resource.adapted_from_says:
        lines += ["", resource.adapted_from_says]
    if version.link:
        lines += ["", _("Link: %(url)s") % {"url": version.link}]
    return "\r\n".join(lines) + "\r\n"


def safe_name(name, used):
    """A file name that every system unpacks where it is asked to; `used` are those that stand in the zip already."""
    name = UNSAFE.sub("_", one_line(name)).strip(". ") or _("file")
    path = PurePosixPath(name)
    stem, ending = path.stem[:LONGEST], path.suffix[:12]
    if stem.casefold() in RESERVED:
        stem = f"_{stem}"
    found, count = f"{stem}{ending}", 1
    while found.casefold() in used:
        count += 1
        found = f"{stem} ({count}){ending}"
    used.add(found.casefold())
    return found


def _moment(version):
    return (version.published_at or version.created_at).timetuple()[:6]


class _Out:
    """What was written since the last time."""

    def __init__(self):
        self.pieces = []

    def write(self, data):
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self):
        """Nothing waits here."""

    def taken(self):
        """All that was written, and begin anew."""
        found = b"".join(self.pieces)
        self.pieces.clear()
        return found
