"""A record of another library as we would say it: Dublin Core, LOM of the IEEE, and LOM of IMS (Edurep).

Libraries are not strict about namespaces and capitals, so elements are found by their bare names.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from html import unescape

from lxml import etree

from core.text import one_line
from knowledgehub.choices import LICENCES, Kind

OAI = "{http://www.openarchives.org/OAI/2.0/}"
CREATIVE = re.compile(r"creativecommons\.org/(licenses/([a-z-]+)/4\.0|publicdomain/(zero|mark)/1\.0)", re.IGNORECASE)
DURATION = re.compile(r"P(?:\d+D)?T(?:(\d{1,2})H)?(?:(\d{1,3})M)?(?:\d+S)?")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MAKERS = {"author", "creator", "auteur", "content provider"}
KINDS = (
    (re.compile(r"video|lecture|kennisclip|moving|film", re.IGNORECASE), Kind.VIDEO),
    (re.compile(r"lesson|les(plan|idee|opzet)|opdracht|exercise", re.IGNORECASE), Kind.LESSON),
    (re.compile(r"research|onderzoek|article|thesis|dissertation", re.IGNORECASE), Kind.RESEARCH),
)
NOTHING = "here"  # without an open licence one may look at it, and no more


@dataclass(frozen=True)
class Told:
    """What a record says, in our words."""

    title: str
    summary: str = ""
    link: str = ""
    licence: str = NOTHING
    rights: str = ""  # as the library says it
    language: str = "nl"
    kind: str = Kind.TOOL
    minutes: int | None = None
    makers: tuple = ()
    terms: tuple = ()  # identifiers
    tags: tuple = ()

    @property
    def digest(self):
        """By which we see that it changed."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Found:
    """A record of a list."""

    identifier: str
    is_deleted: bool
    told: Told | None  # of one that is deleted, or says too little to show, nothing


def records(root):
    """Every record of an answer."""
    for record in root.iter(f"{OAI}record"):
        header = record.find(f"{OAI}header")
        identifier = one_line(header.findtext(f"{OAI}identifier") or "") if header is not None else ""
        if not identifier or len(identifier) > 500:
            continue
        is_deleted = header.get("status") == "deleted"
        metadata = record.find(f"{OAI}metadata")
        has_words = not is_deleted and metadata is not None and len(metadata)
        yield Found(identifier, is_deleted, tell(metadata[0]) if has_words else None)


def tell(element):
    """What this metadata says; None where it has no title or no address."""
    told = _from_lom(element) if _name(element) == "lom" else _from_dublin_core(element)
    return told if told.title and told.link else None


# Finding ----------------------------------------------------------------------------------------
def _name(element):
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _all(element, *path):
    """Everything at this path of bare names."""
    if not path:
        return [element]
    return [found for child in element if _name(child) == path[0] for found in _all(child, *path[1:])]


def _words(element, *path):
    """The texts at this path; of several languages the Dutch one first."""
    texts = []
    for found in _all(element, *path):
        for text in [each for each in found.iter() if each.text and each.text.strip()]:
            language = text.get("{http://www.w3.org/XML/1998/namespace}lang") or text.get("language") or ""
            texts.append((not language.startswith("nl"), one_line(unescape(text.text))))  # some escape twice
    return [text for _is_other, text in sorted(texts, key=lambda pair: pair[0])]


def _first(texts, most=None):
    text = next(iter(texts), "")
    return f"{text[: most - 1].rstrip()}…" if most and len(text) > most else text


def _address(texts):
    return next((text for text in texts if text.startswith(("https://", "http://")) and len(text) <= 500), "")


def _licence(texts):
    """One of ours, where the library names it; an older edition of a licence is another licence."""
    for text in texts:
        if text.lower() in LICENCES:
            return text.lower()
        if found := CREATIVE.search(text):
            kind, domain = found[2], found[3]
            code = f"cc-{kind.lower()}-40" if kind else {"zero": "cc0-10", "mark": "pdm-10"}[domain.lower()]
            if code in LICENCES:
                return code
    return NOTHING


def _kind(texts):
    return next((kind for pattern, kind in KINDS for text in texts if pattern.search(text)), Kind.TOOL)


def _language(texts):
    code = _first(texts).lower()[:2]
    return code if len(code) == 2 and code.isalpha() else "nl"


def _few(texts, most, longest):
    return tuple(dict.fromkeys(text for text in texts if 1 < len(text) <= longest and text != "x-none"))[:most]


# The bindings -----------------------------------------------------------------------------------
def _from_lom(lom):
    rights = _words(lom, "rights", "copyrightandotherrestrictions", "value") + _words(lom, "rights", "description")
    places = _words(lom, "technical", "location") + _words(lom, "general", "identifier", "entry")
    return Told(
        title=_first(_words(lom, "general", "title"), 140),
        summary=_first(_words(lom, "general", "description"), 600),
        link=_address(places + _words(lom, "general", "catalogentry", "entry")),
        licence=_licence(rights),
        rights=_first([text for text in rights if "://" in text] or rights, 200),
        language=_language(_words(lom, "general", "language")),
        kind=_kind(_words(lom, "educational", "learningresourcetype", "value")),
        minutes=_minutes(lom),
        makers=_few(_makers(lom), 10, 120),
        terms=_few(_taxa(lom), 20, 36),
        tags=_few(_words(lom, "general", "keyword"), 8, 40),
    )


def _taxa(lom):
    found = _words(lom, "classification", "taxonpath", "taxon", "id")
    return [text.lower() for text in found if UUID.fullmatch(text.lower())]


def _makers(lom):
    """Who wrote it by their cards; where nobody is named as such, whoever stands there."""
    named, others = [], []
    for part in _all(lom, "lifecycle", "contribute"):
        role = _first(_words(part, "role", "value")).lower()
        for card in _all(part, "entity") + _all(part, "centity"):
            text = "".join(card.itertext())
            found = re.search(r"^\s*FN[^:\n]*:(.+)$", text, re.MULTILINE)
            name = one_line(found[1].replace("\\,", ",").replace("\\;", ";")).strip(" ,;") if found else ""
            if name:
                (named if role in MAKERS else others).append(name)
    return named or others[:1]


def _minutes(lom):
    for text in _words(lom, "educational", "typicallearningtime"):
        if found := DURATION.fullmatch(text.upper()):
            minutes = int(found[1] or 0) * 60 + int(found[2] or 0)
            return minutes if 0 < minutes <= 6000 else None
    return None


def _from_dublin_core(dc):
    rights = _words(dc, "rights") + _words(dc, "license")
    return Told(
        title=_first(_words(dc, "title"), 140),
        summary=_first(_words(dc, "description"), 600),
        link=_address(_words(dc, "identifier") + _words(dc, "source")),
        licence=_licence(rights),
        rights=_first([text for text in rights if "://" in text] or rights, 200),
        language=_language(_words(dc, "language")),
        kind=_kind(_words(dc, "type")),
        makers=_few(_words(dc, "creator") or _words(dc, "publisher")[:1], 10, 120),
        tags=_few(_words(dc, "subject"), 8, 40),
    )
