"""How the files of a version stand on a page: one in sight, the others a tap away."""

from dataclasses import dataclass

from django.utils.text import capfirst as upfirst
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
    if here.general in ("text", "other"):  # of an office file that is no PDF here, at least what is written in it
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


def stems_of(names):
    """Names of files as one would say them: without ending, with spaces."""
    return [" ".join(stem_of(name).replace("_", " ").split()) for name in names]


def differing(before, after):
    """What a version changed in the one before, in words: [(what, was, became)]; None for the first."""
    if before is None:
        return None
    fields = ("title", "summary", "needs", "lesson_minutes", "prep_minutes", "link", "text")
    found = []
    for name in fields:
        was, became = getattr(before, name), getattr(after, name)
        if was != became:
            found.append((upfirst(after._meta.get_field(name).verbose_name), was or "", became or ""))
    if before.licence != after.licence:
        found.append((_("Licence"), *(each.licensed.label if each.licensed else "" for each in (before, after))))
    if before.steps != after.steps:
        found.append((_("How the lesson goes"), _steps(before), _steps(after)))
    was, became = ({each.sha256: each.name for each in version.files.all()} for version in (before, after))
    gone, new = (
        [name for sha, name in was.items() if sha not in became],
        [name for sha, name in became.items() if sha not in was],
    )
    if gone or new:
        found.append((_("Files"), ", ".join(gone), ", ".join(new)))
    return found


def _steps(version):
    return " · ".join(f"{step['minutes'] or ''} {step['title'] or step['text'][:60]}".strip() for step in version.steps)
