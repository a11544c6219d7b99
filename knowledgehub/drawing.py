"""Reads files of strangers in a process of its own: `python drawing.py VERB PATH …`, an answer in JSON on its output.

Nothing of the platform is imported here, and the process may use little memory and time (`looking.run`): a file that
is made to break its reader breaks this process and nothing else.
"""

import json
import re
import resource
import sys
import zipfile
from pathlib import Path
from xml.sax.handler import ContentHandler  # the parser itself is defusedxml's

MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 60
MOST_TEXT = 300_000  # characters: a thick book
MOST_PART = 40_000_000  # bytes of one part of an office file
WIDE, SMALL = 1100, 160  # pixels
PART = {
    "word": re.compile(r"^word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml$"),
    "ppt": re.compile(r"^ppt/(slides|notesSlides)/[a-zA-Z]+\d+\.xml$"),
    "xl": re.compile(r"^xl/sharedStrings\.xml$"),
    "odf": re.compile(r"^content\.xml$"),
}
#: Elements after which a new line begins, whatever their namespace.
LINES = {"p", "h", "tr", "table-row", "si", "br", "tab", "line-break"}


def pdf(path, picture):
    """How many pages, their text, what it calls itself; its first page goes to `picture`."""
    import pypdfium2

    try:
        book = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        return {"locked" if "password" in str(problem).lower() else "broken": True}
    texts, left = [], MOST_TEXT
    for page in book:
        if left <= 0:
            break
        text = page.get_textpage().get_text_bounded()[:left]
        left -= len(text)
        texts.append(text)
    if picture and len(book):
        _draw(book[0], WIDE).save(picture, "JPEG", quality=80, optimize=True)
    about = book.get_metadata_dict()
    return {
        "pages": len(book),
        "text": "\n".join(texts),
        "by": about.get("Author", ""),
        "title": about.get("Title", ""),
    }


def opens(path):
    """Whether it opens at all, and without a password."""
    import pypdfium2

    try:
        return {} if len(pypdfium2.PdfDocument(path)) else {"broken": True}
    except pypdfium2.PdfiumError as problem:
        return {"locked" if "password" in str(problem).lower() else "broken": True}


def by(path):
    """Who made a document, as it says itself."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            return _facts(parts, parts.namelist())
    import pypdfium2

    return {"by": pypdfium2.PdfDocument(path).get_metadata_dict().get("Author", "")}


def page(path, number, width, picture):
    """One page of a PDF as a JPEG."""
    import pypdfium2

    book = pypdfium2.PdfDocument(path)
    if not 1 <= int(number) <= len(book):
        return {"broken": True}
    _draw(book[int(number) - 1], int(width)).save(picture, "JPEG", quality=80, optimize=True)
    return {}


def _draw(page, width):
    wide, high = page.get_size()
    scale = min(width / max(wide, 1), 3000 / max(high, 1))  # a page like a scroll gets no endless picture
    return page.render(scale=scale).to_pil().convert("RGB")


def image(path, picture):
    """A smaller picture of a picture."""
    from PIL import Image

    drawn = Image.open(path).convert("RGB")
    drawn.thumbnail((WIDE, WIDE))
    drawn.save(picture, "JPEG", quality=80, optimize=True)
    return {}


def office(path, picture):
    """The text of a document of Word, PowerPoint, Excel or LibreOffice, and the thumb that some carry."""
    with zipfile.ZipFile(path) as parts:
        names = parts.namelist()
        texts = [
            _text(parts, name) for name in sorted(names, key=_in_order) if any(p.match(name) for p in PART.values())
        ]
        facts = _facts(parts, names)
        thumb = next(
            (name for name in names if re.match(r"^(docProps/thumbnail\.jpe?g|Thumbnails/thumbnail\.png)$", name)), ""
        )
        if thumb and picture and parts.getinfo(thumb).file_size < MOST_PART:
            _thumb(parts, thumb, picture)
    return {"text": "\n".join(texts)[:MOST_TEXT]} | facts


def _in_order(name):
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", name)]


class _Words(ContentHandler):
    """Collects what is written: in `t` of Office, in `p` and `h` of LibreOffice; a new line after each paragraph."""

    def __init__(self):
        super().__init__()
        self.found, self.length, self.depth = [], 0, 0

    def startElement(self, name, attrs):  # noqa: N802 - so SAX calls it
        self.depth += name.split(":")[-1] == "t" or name in ("text:p", "text:h")

    def endElement(self, name):  # noqa: N802
        self.depth -= name.split(":")[-1] == "t" or name in ("text:p", "text:h")
        if name.split(":")[-1] in LINES:
            self.found.append("\n")

    def characters(self, content):
        if self.depth and self.length < MOST_TEXT:
            self.found.append(content)
            self.length += len(content)


def _text(parts, name):
    from defusedxml.sax import parse

    if parts.getinfo(name).file_size > MOST_PART:
        return ""
    words = _Words()
    with parts.open(name) as part:
        parse(part, words)
    return re.sub(r"[ \t]*\n\s*", "\n", "".join(words.found)).strip()


def _facts(parts, names):
    """Title and maker, as the document names them."""
    from defusedxml.ElementTree import fromstring

    for name in ("docProps/core.xml", "meta.xml"):
        if name in names and parts.getinfo(name).file_size < 100_000:
            root = fromstring(parts.read(name))
            facts = {}
            for element in root.iter():
                if element.tag.endswith("}creator"):
                    facts["by"] = (element.text or "")[:200]
                elif element.tag.endswith("}title"):
                    facts["title"] = (element.text or "")[:200]
            return facts
    return {}


def _thumb(parts, name, picture):
    from PIL import Image

    with parts.open(name) as part:
        drawn = Image.open(part)
        drawn.convert("RGB").save(picture, "JPEG", quality=80)


VERBS = {"pdf": pdf, "opens": opens, "by": by, "page": page, "image": image, "office": office}


def main(verb, *args):
    """Do it within the limits. What goes wrong says so, in the answer."""
    for limit, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        resource.setrlimit(limit, (most, most))
    try:
        answer = VERBS[verb](*args)
    except Exception as problem:  # noqa: BLE001 - readers raise anything on what was made up; the other side needs an answer
        answer = {"broken": True, "problem": f"{type(problem).__name__}: {problem}"[:300]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    # Ours is no place for modules: a `knowledgehub/html.py` would else stand before Python's own.
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
    main(*sys.argv[1:])
