"""JSON-LD as we sign it: its words come from files of our own, and a word that they do not define is refused.

A term that no context knows falls away when a document becomes a graph, and so it would stand in a credential
unsigned: anybody could change it. `refuse_unsigned` finds such terms before anything is signed.
"""

import json
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from pyld import jsonld

PLACE = Path(__file__).parent / "contexts"
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
PINNED = {
    CREDENTIALS: (
        "credentials-v2.json",
        "8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f",
    ),
    BADGES: (
        "ob-v3p0-3.0.3.json",
        "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761",
    ),
}
UNKNOWN, RELATIVE = "urn:no-context-defines:", "relative://to.nothing/"
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


class NotPinned(ValueError):
    """A context that is not among our files; nothing is ever fetched."""


class Unsigned(ValueError):
    """Something would stand in the credential that no signature covers."""


@cache
def _context(url):
    if url not in PINNED:
        raise NotPinned(f"{url} is not among the contexts that are kept here.")
    name, digest = PINNED[url]
    content = (PLACE / name).read_bytes()
    if sha256(content).hexdigest() != digest:
        raise NotPinned(f"{name} is not the file that was pinned.")
    return json.loads(content)


def load(url, _options=None):
    """The loader of PyLD: our files, and nothing else."""
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": _context(url)}


def expand(document, **options):
    return jsonld.expand(document, {"documentLoader": load, "base": "", **options})


def canonical(document):
    """The graph of a document, as canonical N-Quads (RDFC-1.0)."""
    return jsonld.normalize(
        document,
        {
            "documentLoader": load,
            "base": "",
            "algorithm": "URDNA2015",
            "format": "application/n-quads",
        },
    )


def refuse_unsigned(document):
    """Raises Unsigned for a term, type or address that would fall away; returns the expanded document.

    It is expanded with a net below the contexts: a word that none of them defines gets a name that we know again, and
    an address that is none gets one that leads nowhere. Where nothing fell into it, this is the document as others
    expand it, to the last term.
    """
    _look(document)
    expanded = expand({**document, "@context": [*document["@context"], {"@vocab": UNKNOWN}]}, base=RELATIVE)
    if caught := sorted(set(_caught(expanded))):
        raise Unsigned(f"No context defines: {', '.join(caught)}.")
    _look_at_addresses(expanded)
    return expanded


def _look(value):
    """What JSON-LD throws away without a word: nothing, and keywords that are none."""
    if value is None:
        raise Unsigned("An empty value would fall away.")
    if isinstance(value, dict):
        for key, each in value.items():
            if key.startswith("@") and key != "@context":
                raise Unsigned(f"{key} is no word of a credential.")
            if key != "@context":
                _look(each)
    elif isinstance(value, list):
        for each in value:
            _look(each)


def _look_at_addresses(value):
    if isinstance(value, dict):
        for key in ("@id", "@type"):
            found = value.get(key, [])
            for each in found if isinstance(found, list) else [found]:
                if not IRI.fullmatch(each):
                    raise Unsigned(f"{each!r} is no whole address.")
        for each in value.values():
            _look_at_addresses(each)
    elif isinstance(value, list):
        for each in value:
            _look_at_addresses(each)


def _caught(value):
    """The words that fell into the trap."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _caught(key)
            yield from _caught(each)
    elif isinstance(value, list):
        for each in value:
            yield from _caught(each)
    elif isinstance(value, str):
        for prefix in (UNKNOWN, RELATIVE):
            if value.startswith(prefix):
                yield value.removeprefix(prefix)
