"""The document of a lesson plan: what all writers share, as Yjs keeps it in a browser and pycrdt reads it here.

Everything in it stands flat under a name of its own, so that two who make the same thing at once make one thing, and
neither's letters are lost (docs/decisions/0020): a text is a shared text named `<stage>/<field>` or
`<stage>/<pupil>/<field>`; the map `stages` has `<stage>/order`, `<stage>/minutes` and `<stage>/gone`. A stage is never
deleted: it is gone, and comes back with all that was written in it. What is under other names is ignored, for
a document comes from browsers and is not trusted.
"""

import uuid
from dataclasses import dataclass, field
from math import isfinite

from pycrdt import Doc, Map, Text, merge_updates

from core.text import one_line

FIELDS = ("title", "teacher_does", "anticipated", "response", "look_for", "materials")
OF_PUPIL = ("expected", "seen_by")
MOST_STAGES, MOST_MINUTES = 40, 600
LONGEST = 10_000  # letters of one field that are read; the page stops at fewer
LONGEST_TITLE = 140
STEP = 1024.0  # between two stages; another goes halfway
NARROWEST = 1e-6
NOTHING = b"\0\0"  # a change that changes nothing
UNSEEN = dict.fromkeys((n for n in range(32) if n not in (9, 10)), None) | {127: None}


class Unreadable(ValueError):
    """Bytes that are no change of a document."""


@dataclass
class Part:
    """A stage as it stands in a document."""

    uid: uuid.UUID
    order: float = 0.0
    minutes: int = 0
    gone: bool = False
    texts: dict = field(default_factory=dict)
    predictions: dict = field(default_factory=dict)  # pupil's id -> {expected, seen_by}


def open_document(*updates):
    """A document in which these changes were brought together, in whatever order they came."""
    document = Doc()
    for update in updates:
        if update:
            apply(document, update)
    return document


def apply(document, update):
    """Bring a change in. Raises Unreadable, and then nothing changed."""
    try:
        document.apply_update(bytes(update))
    except (ValueError, TypeError, OverflowError, RuntimeError) as error:
        raise Unreadable(str(error)) from None


def tidy(update):
    """The same change as our own library writes it: what hangs behind it, or is written oddly, reaches no browser."""
    try:
        return merge_updates(bytes(update), NOTHING)
    except ValueError as error:
        raise Unreadable(str(error)) from None


def merged(*updates):
    """One change that holds all of these, also what waits for another that has not come yet."""
    updates = [bytes(each) for each in updates if each]
    return merge_updates(*updates) if updates else b""


def read(document, pupils=()):
    """The stages of a document in their order, those that are gone too; at most so many as a lesson can have."""
    facts = document.get("stages", type=Map)
    parts = {}
    for key in list(facts):
        name, _slash, what = key.partition("/")
        if what == "order" and (uid := name_of(name)):
            parts[name] = Part(uid, order=_figure(facts.get(key)))
    chosen = sorted(parts.items(), key=lambda each: (each[1].order, each[0]))
    for name, part in chosen:
        part.gone = facts.get(f"{name}/gone") is True
    staying = [each for each in chosen if not each[1].gone][:MOST_STAGES]
    left = [each for each in chosen if each[1].gone][:MOST_STAGES]
    for name, part in staying + left:
        part.minutes = min(max(int(_figure(facts.get(f"{name}/minutes"))), 0), MOST_MINUTES)
        part.texts = {each: _text(document, f"{name}/{each}") for each in FIELDS}
        part.texts["title"] = one_line(part.texts["title"])[:LONGEST_TITLE]
        for pupil in pupils:
            said = {each: _text(document, f"{name}/{pupil}/{each}") for each in OF_PUPIL}
            part.predictions[pupil] = said
    return [part for _name, part in staying], [part for _name, part in left]


def name_of(name):
    """The name of a stage, as the document writes it; None for anything else."""
    try:
        found = uuid.UUID(name)
    except ValueError:
        return None
    return found if str(found) == name else None


def _figure(value):
    return float(value) if isinstance(value, int | float) and isfinite(value) else 0.0


def _text(document, name):
    return str(document.get(name, type=Text))[:LONGEST].translate(UNSEEN)


# Changes made here: by a form without script, by a revision that is put in ---------------------


def change(document, deed):
    """Do something to a document; the change that other documents need to be the same."""
    before = document.get_state()
    with document.transaction():
        deed(document)
    return document.get_update(before)


def write(document, uid, values):
    """Put these texts in a stage, {field or "pupil/field": text}, touching no more letters than have changed."""
    for name, wanted in values.items():
        text = document.get(f"{uid}/{name}", type=Text)
        rewrite(text, wanted.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST])


def rewrite(text, wanted):
    """The least change by which a shared text says this: what is the same at both ends stays as it is."""
    now = str(text)
    start, most = 0, min(len(now), len(wanted))
    while start < most and now[start] == wanted[start]:
        start += 1
    end = 0
    while end < most - start and now[-1 - end] == wanted[-1 - end]:
        end += 1
    at = len(now[:start].encode())  # the library counts bytes
    upto = len(now[: len(now) - end].encode())
    if upto > at:
        del text[at:upto]
    if addition := wanted[start : len(wanted) - end]:
        text.insert(at, addition)


def set_fact(document, uid, what, value):
    """`order`, `minutes` or `gone` of a stage."""
    document.get("stages", type=Map)[f"{uid}/{what}"] = value


def add(document, uid=None, minutes=10):
    """One more stage, at the end. Returns its name."""
    staying, _gone = read(document)
    uid = uid or uuid.uuid4()
    set_fact(document, uid, "order", (staying[-1].order if staying else 0.0) + STEP)
    set_fact(document, uid, "minutes", float(minutes))
    return uid


def move(document, uid, by):
    """A stage one place up (-1) or down (1)."""
    staying, _gone = read(document)
    names = [part.uid for part in staying]
    here = names.index(uid)
    there = here + by
    if not 0 <= there < len(names):
        return
    others = [part.order for part in staying if part.uid != uid]
    before = others[there - 1] if there else others[0] - 2 * STEP
    after = others[there] if there < len(others) else others[-1] + 2 * STEP
    if after - before < NARROWEST:  # no room any more: all of them anew
        names.insert(there, names.pop(here))
        for n, name in enumerate(names, start=1):
            set_fact(document, name, "order", n * STEP)
    else:
        set_fact(document, uid, "order", (before + after) / 2)
