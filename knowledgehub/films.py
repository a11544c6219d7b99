"""Films and sound: whether they are whole and nothing else, and away with the place where they were made.

An MP4 is a row of boxes within boxes (ISO/IEC 14496-12, 4.2). Phones write the place into `udta` and `meta` boxes of
`moov` and of its tracks; under the name `free` a player skips them, and all other bytes stay where they are.
"""

import struct

from django.core.files.base import File
from django.utils.translation import gettext as _

from core.refusals import Refused

MOST_BOXES = 50_000
TOLD = {b"udta", b"meta", b"uuid"}
WITHIN = {b"moov", b"trak"}
OF_BOXES = {"video/mp4", "video/quicktime", "video/x-m4v", "video/3gpp", "audio/mp4"}
HEAD = 8


def without_place(upload, media_type):
    """The same film or sound, in which nobody reads where it was made. Raises Refused when it is not whole."""
    if media_type in OF_BOXES:
        for position in _telling(upload):
            upload.seek(position + 4)
            if upload.read(4) in TOLD:
                upload.seek(position + 4)
                upload.write(b"free")
                _blank(upload, position)
    elif media_type == "audio/x-wav" and not _is_whole_wave(upload):
        raise _broken()
    upload.seek(0)
    return File(upload, name=getattr(upload, "name", "film"))


def _blank(upload, position):
    """Zeros in the place of what stood in this box."""
    size, head = _size_at(upload, position, None)
    upload.seek(position + head)
    left = size - head
    while left > 0:
        upload.write(bytes(min(left, 65536)))
        left -= 65536


def _telling(upload):
    """Where the boxes begin that tell of the maker. Walks them all, so a file that is cut off is found out."""
    upload.seek(0, 2)
    found, waiting, end, seen = [], [(0, upload.tell())], upload.tell(), set()
    count = 0
    while waiting:
        start, stop = waiting.pop()
        while start < stop:
            count += 1
            size, head = _size_at(upload, start, stop)
            upload.seek(start + 4)
            name = upload.read(4)
            if count > MOST_BOXES or size < head or start + size > stop:
                raise _broken()
            if stop == end:
                seen.add(name)
            if name in TOLD:
                found.append(start)
            elif name in WITHIN:
                waiting.append((start + head, start + size))
            start += size
    if not {b"ftyp", b"moov"} <= seen:
        raise _broken()
    return found


def _size_at(upload, position, stop):
    """(size of a box, size of its head)."""
    upload.seek(position)
    head = upload.read(HEAD)
    if len(head) < HEAD:
        raise _broken()
    size = struct.unpack(">I", head[:4])[0]
    if size == 1:
        return struct.unpack(">Q", upload.read(8).rjust(8, b"\0"))[0], 16
    if size == 0 and stop is not None:  # to the end
        return stop - position, HEAD
    return size, HEAD


def _is_whole_wave(upload):
    upload.seek(0)
    head = upload.read(12)
    return len(head) == 12 and struct.unpack("<I", head[4:8])[0] + 8 <= upload.size + 1


def _broken():
    return Refused(_("This film or sound is not whole. Perhaps it was cut off on its way; try it once more."))
