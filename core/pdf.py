"""Documents on paper: a template of Typst and data make a tagged PDF (PDF/UA-1), with our own letters.

The data travel as JSON beside the template, never in it: whatever somebody typed
is text, and nothing of it is read as markup.
"""

import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from unicodedata import category

import typst
from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import get_language
from pypdfium2 import PdfDocument

UNKNOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
MOST_UNKNOWN, PATIENCE_S = 30, 3  # different emoji in one document, and seconds for them; then all of them go
UNSEEN = ("Cc", "Cs", "Cn", "Cf")
JOINED = {chr(code) for code in (*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400))}  # variants of emoji
NO_SHAPE = "?"
PLACE = Path(settings.BASE_DIR) / "templates" / "pdf"


def typeset(template, data, pictures=None):
    """The bytes of a PDF from `templates/pdf/<template>.typ`; `data` are JSON values.

    `pictures` are JPEGs of our own making by name; the template finds them in `pictures/`.
    """
    if not pictures:
        return _typeset(PLACE, template, data)
    with TemporaryDirectory() as folder:  # the typesetter reads nothing outside the folder of its template
        place = Path(folder)
        (place / "pictures").mkdir()
        for source in PLACE.glob("*.typ"):
            shutil.copy(source, place)
        for name, picture in pictures.items():
            (place / "pictures" / name).write_bytes(picture)
        return _typeset(place, template, data)


def pages(made):
    """How many pages a PDF of ours has."""
    document = PdfDocument(made)
    try:
        return len(document)
    finally:
        document.close()


def _typeset(place, template, data):
    told = json.dumps({"language": get_language()[:2]} | _printable(data), ensure_ascii=False)
    begun = monotonic()
    for _each in range(MOST_UNKNOWN):
        if monotonic() - begun > PATIENCE_S:
            break
        try:
            return _compile(place, template, told)
        except typst.TypstError as error:  # PDF/UA forbids a letter without a shape
            if not (unknown := _without_shape(str(error))):
                raise
            told = told.translate(dict.fromkeys(map(ord, unknown), NO_SHAPE))
    told = "".join(each if ord(each) < 0x180 or each in "–—‘’“”…" else NO_SHAPE for each in told)
    return _compile(place, template, told)


def _compile(place, template, told):
    return typst.compile(
        place / f"{template}.typ",
        root=place,
        font_paths=[PLACE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": told},
        pdf_standards="ua-1",
        timestamp=int(now().timestamp()),
    )


def _without_shape(error):
    """The letters of which the typesetter says that no font of ours has them."""
    found = UNKNOWN.search(error)
    said = ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1]) if found else ""
    return set(said) - set('"\\{}[]:,')


def _printable(data):
    """The same values without what no paper can show: control characters, joiners."""
    if isinstance(data, str):
        return "".join(each for each in data if each == "\n" or (category(each) not in UNSEEN and each not in JOINED))
    if isinstance(data, dict):
        return {key: _printable(value) for key, value in data.items()}
    return [_printable(value) for value in data] if isinstance(data, list | tuple) else data


def answer(template, data, *, name, pictures=None):
    """A response that hands over such a PDF under a name that says what it is."""
    return handed_over(HttpResponse(typeset(template, data, pictures), content_type="application/pdf"), name)


def handed_over(response, name):
    """A response with a PDF, under a name that says what it is."""
    response.headers["Content-Disposition"] = content_disposition_header(False, f"{slugify(name)}.pdf")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
