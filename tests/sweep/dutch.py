"""English that was left on a Dutch page."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import allauth
import polib

CATALOGUES = [
    Path("locale/nl/LC_MESSAGES/django.po"),
    Path(allauth.__file__).parent / "locale/nl/LC_MESSAGES/django.po",
]
BASE = Path(__file__).resolve().parent.parent.parent
PLACES = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|<[^>]+>")
LONG = 12
#: No Dutch sentence holds these; names of methods and sources may, and are rare enough to be listed.
TELLING = re.compile(r"\b(the|your|you|this|with|there)\b", re.IGNORECASE)


@cache
def english() -> dict[str, str]:
    """Piece of a source string -> the source string, for all that reads otherwise in Dutch."""
    entries = [entry for path in CATALOGUES for entry in polib.pofile(str(BASE / path)) if not entry.obsolete]
    dutch = "\n".join(text for entry in entries for text in [entry.msgstr, *entry.msgstr_plural.values()]).lower()
    pieces = {}
    for entry in entries:
        for source in filter(None, [entry.msgid, entry.msgid_plural]):
            longest = max((piece.strip(" .,:;\n") for piece in PLACES.split(source)), key=len)
            piece = re.sub(r"\s+", " ", longest).lower()
            if len(piece) > LONG and piece not in dutch:
                pieces[piece] = source
    return pieces


def english_in(texts: Iterable[str]) -> Iterator[str]:
    """Each text of a Dutch page that holds English."""
    for text in texts:
        low = re.sub(r"\s+", " ", text).lower()
        known = next((source for piece, source in english().items() if piece in low), None)
        if known or TELLING.search(low):
            yield f"“{text[:120]}”" + (f" (from “{known[:60]}”)" if known and known != text else "")
