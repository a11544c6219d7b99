"""How the files of a version stand on a page: one in sight, the others a tap away."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.files.intake import stem_of
from core.text import number

ICONS = {
    "image": "photo",
    "video": "video",
    "audio": "volume",
    "pdf": "file-type-pdf",
    "text": "file-text",
    "zip": "file-zip",
    "other": "file",
}
MOST_PAGES, MOST_THUMBS = 60, 8
MOST_SHOWN_TEXT = 20_000


@dataclass(frozen=True)
class Stage:
    """The file in sight, and which page of it."""

    file: object
    page: int
    pages: range
    text: str = ""
    captions: object = None

    @property
    def most(self):
        return self.pages[-1] if self.pages else 0


def tabs_of(files, request):
    """A tab for each file: its name without ending, an icon, and which one is open."""
    here = _open(files, request)
    return [
        {"url": f"?file={each.pk}", "label": stem_of(each.name), "icon": ICONS[each.general], "current": each == here}
        for each in files
    ]


def open_at(files, request):
    """What stands in sight; None where there are no files."""
    here = _open(files, request)
    if not here:
        return None
    most = min(here.pages or 1, MOST_PAGES) if here.general == "pdf" else 0
    page = min(max(number(request.GET.get("page", ""), 1), 1), max(most, 1))
    text = ""
    if here.general == "text":
        text = type(here).objects.values_list("text", flat=True).get(pk=here.pk)[:MOST_SHOWN_TEXT]
    return Stage(here, page, range(1, most + 1), text, _captions(here, files))


def _open(files, request):
    asked = number(request.GET.get("file", ""))
    seen = [each for each in files if each.media_type != "text/vtt"] or files
    return next((each for each in files if each.pk == asked), seen[0] if seen else None)


def _captions(film, files):
    """The captions that lie beside a film: those of its own name, or the only ones."""
    if film.general not in ("video", "audio"):
        return None
    written = [each for each in files if each.media_type == "text/vtt"]
    same = [each for each in written if stem_of(each.name).startswith(stem_of(film.name))]
    return (same or (written if len(written) == 1 else []) or [None])[0]


def said(size):
    """A number of bytes as people say it."""
    if size < 1_000_000:
        return _("%(n)d kB") % {"n": max(1, round(size / 1000))}
    return _("%(n)s MB") % {"n": f"{size / 1_000_000:.0f}" if size >= 10_000_000 else f"{size / 1_000_000:.1f}"}
