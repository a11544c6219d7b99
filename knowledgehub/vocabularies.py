"""Words that others know too: the curriculum of SLO and the vocabularies (OBK) of Kennisnet, brought in and kept.

Bringing the same list in twice changes nothing. What is no longer in a list is retired, never deleted: what was
described with it stays so, and `replaced_by` says what one chooses since. Nothing is saved when any row is wrong.

SLO and OBK name a part of the same things by identifiers of their own. Where both have a subject or level of the same
name, one chooses that of SLO; that of OBK is known as its twin, for what comes in and goes out (`twin_of`).
"""

import csv
import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from core.refusals import Refused
from core.text import one_line, sort_key
from knowledgehub.choices import Vocabulary
from knowledgehub.models import Term

SLO, OBK = "SLO", "OBK"
#: What everybody begins with (migration 0002): of SLO by identifier, and retired by no list in which it is not.
FIRST = "OBK 2026"
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONGEST_LABEL, LONGEST_PREFIX = 300, 60
#: Fewer than this part of what stood may vanish at once: a file that was cut off retires nothing.
MOST_GONE = 0.25
#: Levels in the order in which teachers look for them: groups first, then wider and wider.
LEVEL_ORDER = ("Leerjaar", "Fase", "Sector", "Opleiding", "Referentieniveau", "Beheersingsniveau", "")
#: Which of our vocabularies a list of OBK belongs to, by what stands in the name of its source.
OBK_LISTS = {
    "discipline": Vocabulary.SUBJECT,
    "vakaanduidingen": Vocabulary.SUBJECT,
    "domeinoverstijgende_vakken": Vocabulary.SUBJECT,
    "educationallevel": Vocabulary.LEVEL,
    "referentiekader": Vocabulary.LEVEL,
    "kerndoelen": Vocabulary.OBJECTIVE,
}
OBK_COLUMNS = {"vdex_source", "vdex_term", "obk_uuid", "obk_label_nl"}
VALUES = ("vocabulary", "label", "sort_name", "said", "prefix", "position", "parent_id", "retired_at")
#: Where a name says what is meant: two objectives or subject terms of the same name may be different things.
TWINNED = (Vocabulary.SUBJECT, Vocabulary.LEVEL)


@dataclass
class Word:
    """A term as a list gives it."""

    vocabulary: str
    key: str
    label: str
    said: str = ""
    prefix: str = ""
    position: int = 0
    parent: str = ""  # the key of another
    replaces: tuple = ()  # keys


@dataclass
class Report:
    """What an import did, counted."""

    edition: str
    counts: Counter = field(default_factory=Counter)  # (vocabulary, what) -> how many
    replaced: int = 0
    twins: int = 0

    def of(self, what):
        """How many terms of all vocabularies are new, changed, the same, back, retired or kept as SLO has them."""
        return sum(count for (_vocabulary, said), count in self.counts.items() if said == what)

    def lines(self):
        """One line for each vocabulary."""
        yield f"Edition: {self.edition}"
        for vocabulary in Vocabulary.values:
            found = {what: count for (of, what), count in sorted(self.counts.items()) if of == vocabulary and count}
            if found:
                yield f"{vocabulary}: " + ", ".join(f"{count} {what}" for what, count in found.items())
        yield f"newly known as replaced: {self.replaced}; as twins of SLO's: {self.twins}"


def import_curriculum(path, *, allow_gone=False, tell=lambda line: None):
    """Bring in the folder of SLO: core objectives, levels, subjects and subject terms. Raises Refused."""
    folder = Path(path)
    if not folder.is_dir():
        raise Refused(_("%(path)s is not a folder.") % {"path": path})
    parts = {
        name: _read_json(folder / f"{name}.json")
        for name in ("kerndoelen", "basis_niveaus", "basis_vakleergebieden", "ldk_vakbegrippen")
    }
    for name in ("kerndoel_domeinen", "kerndoel_vakleergebieden"):  # only say where an objective belongs
        parts[name] = _read_json(folder / f"{name}.json") if (folder / f"{name}.json").exists() else []
    words = [*_levels(parts), *_subjects(parts), *_objectives(parts), *_concepts(parts)]
    return _save(SLO, words, allow_gone, tell)


def import_vocabulary(path, *, allow_gone=False, tell=lambda line: None):
    """Bring in the CSV of terms with their identifiers in OBK. Raises Refused."""
    words = {}
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            if missing := OBK_COLUMNS - set(rows.fieldnames or ()):
                raise Refused(
                    _("This is not the list of OBK: there is no column %(column)s.")
                    % {"column": ", ".join(sorted(missing))}
                )
            for row in rows:
                word = _obk_word(row, rows.line_num, len(words))
                words.setdefault(word.key, word)  # the same thing stands in several lists: the first names it
    except (UnicodeDecodeError, csv.Error):
        raise Refused(_("%(name)s cannot be read as CSV in UTF-8.") % {"name": Path(path).name}) from None
    return _save(OBK, list(words.values()), allow_gone, tell)


def twin_of(term):
    """The identifier by which NL-LOM knows this term: that of its twin in OBK where it has one.

    Reads `term.replaces`, which whoever asks for many terms has fetched before.
    """
    if term.vocabulary not in TWINNED:
        return term.key
    return next((each.key for each in term.replaces.all() if _is_of(OBK, each)), term.key)


# Reading ----------------------------------------------------------------------------------------
def _read_json(path):
    try:
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise Refused(_("%(name)s cannot be read as JSON.") % {"name": path.name}) from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refused(_("%(name)s is not a list of terms.") % {"name": path.name})
    for n, row in enumerate(rows, 1):
        if not KEY.fullmatch(str(row.get("id", ""))) or not str(row.get("title", "")).strip():
            raise Refused(_("%(name)s, row %(n)d: no identifier or no title.") % {"name": path.name, "n": n})
    return rows


def _levels(parts):
    def place(row):
        kind = row.get("type") or ""
        return LEVEL_ORDER.index(kind) if kind in LEVEL_ORDER else len(LEVEL_ORDER), str(row.get("prefix", ""))

    for position, row in enumerate(sorted(parts["basis_niveaus"], key=place)):
        label, said = one_line(row["title"]), one_line(row.get("description") or "")
        if label.startswith(("groep", "fase")):
            label = label.capitalize()
        yield Word(Vocabulary.LEVEL, row["id"], label, said, "", position, replaces=_replaces(row))


def _subjects(parts):
    primary = {row["id"] for row in parts["basis_niveaus"] if "primair onderwijs" in (row.get("description") or "")}

    def is_later(row):
        return primary.isdisjoint(row.get("niveau_id") or ())

    for position, row in enumerate(sorted(parts["basis_vakleergebieden"], key=is_later)):
        yield Word(
            Vocabulary.SUBJECT,
            row["id"],
            row["title"],
            one_line(row.get("description") or ""),
            row.get("prefix") or "",
            position,
            replaces=_replaces(row),
        )


def _objectives(parts):
    subject = {}  # key of an objective -> key of the subject to which it belongs
    domains = {row["id"]: row.get("kerndoel_id", ()) for row in parts["kerndoel_domeinen"]}
    for area in parts["kerndoel_vakleergebieden"]:
        own = [*area.get("kerndoel_id", ())]
        for domain in area.get("kerndoel_domein_id", ()):
            own += domains.get(domain, ())
        for key in own:
            subject.setdefault(key, next(iter(area.get("vakleergebied_id", ())), ""))
    for position, row in enumerate(parts["kerndoelen"]):
        label = row.get("kerndoelLabel") or row.get("description") or row["title"]
        yield Word(
            Vocabulary.OBJECTIVE,
            row["id"],
            label,
            row["title"].strip(),
            row.get("prefix") or "",
            position,
            subject.get(row["id"], ""),
            _replaces(row),
        )


def _concepts(parts):
    for position, row in enumerate(parts["ldk_vakbegrippen"]):
        title = one_line(row["title"])
        said = title if len(title) > LONGEST_LABEL else ""
        yield Word(Vocabulary.CONCEPT, row["id"], title, said, "", position, replaces=_replaces(row))


def _replaces(row):
    return tuple(key for key in row.get("replaces") or () if KEY.fullmatch(str(key)))


def _obk_word(row, line, position):
    source, key = row["vdex_source"] or "", (row["obk_uuid"] or "").strip().lower()
    vocabulary = next((ours for part, ours in OBK_LISTS.items() if part in source), None)
    label = one_line(row["obk_label_nl"] or "")
    if vocabulary is None or not KEY.fullmatch(key) or not label:
        raise Refused(_("Line %(n)d: no known list, no identifier or no label.") % {"n": line})
    prefix, colon, rest = label.partition(":")
    if vocabulary == Vocabulary.OBJECTIVE and colon:
        return Word(vocabulary, key, rest, "", prefix, position)
    return Word(vocabulary, key, label, "", "", position)


# Keeping ----------------------------------------------------------------------------------------
@transaction.atomic
def _save(source, words, allow_gone, tell):
    if not words:
        raise Refused(_("There is nothing in this list."))
    if twice := [key for key, times in Counter(word.key for word in words).items() if times > 1]:
        raise Refused(_("%(key)s stands twice in the list.") % {"key": twice[0]})
    digest = hashlib.sha256(json.dumps([vars(word) for word in words]).encode()).hexdigest()
    report = Report(f"{source} {digest[:12]}")
    known = {term.key: term for term in Term.objects.select_for_update()}
    _refuse_if_cut_off(source, words, known, allow_gone)
    aside = set(_aside().values_list("key", flat=True)) if source == OBK else set()
    before = {term.pk: _values(term) for term in known.values()}
    for word in words:
        term = known.get(word.key)
        if term is None:
            known[word.key] = term = Term(key=word.key)
            what = "new"
        elif source == OBK and _is_slo(term):
            what = "kept as SLO has it"
        else:
            what = "back" if term.retired_at and term.key not in aside else ""
        if what != "kept as SLO has it":
            _fill(term, word, report.edition, is_aside=word.key in aside)
            what = what or ("same" if _values(term) == before[term.pk] else "changed")
        report.counts[word.vocabulary, what] += 1
    Term.objects.bulk_create([term for term in known.values() if term.pk is None], batch_size=1000)
    tell(f"{report.of('new')} of {len(words)} are new.")
    _place(words, known)
    here = {word.key for word in words}
    for term in known.values():
        if _is_of(source, term) and term.key not in here and not term.retired_at:
            term.retired_at = now()
            report.counts[term.vocabulary, "retired"] += 1
    other = [term for term in known.values() if before.get(term.pk) != _values(term)]
    Term.objects.bulk_update(other, VALUES, batch_size=1000)
    of_edition = [term.pk for term in known.values() if term.edition == report.edition]
    Term.objects.filter(pk__in=of_edition).exclude(edition=report.edition).update(edition=report.edition)
    report.replaced, report.twins = _replace(words, known), _join_twins()
    return report


def _is_of(source, term):
    return term.edition.startswith(source) and term.edition != FIRST


def _is_slo(term):
    return term.edition.startswith(SLO) or term.edition == FIRST


def _values(term):
    return tuple(getattr(term, name) for name in VALUES)


def _refuse_if_cut_off(source, words, known, allow_gone):
    standing = {key for key, term in known.items() if _is_of(source, term) and not term.retired_at}
    gone = standing - {word.key for word in words}
    if len(gone) > MOST_GONE * len(standing) and not allow_gone:
        raise Refused(
            _("%(gone)d of %(all)d terms are not in this list any more. If that is right, say --allow-gone.")
            % {"gone": len(gone), "all": len(standing)}
        )


def _fill(term, word, edition, *, is_aside):
    """Give a term what the list says; one that was retired stands again, unless SLO has another in its place."""
    label = one_line(word.label)
    if len(label) > LONGEST_LABEL:
        label = label[: LONGEST_LABEL - 1].rstrip() + "…"
    term.vocabulary, term.label, term.sort_name = word.vocabulary, label, sort_key(label)
    term.said, term.prefix, term.position = word.said, one_line(word.prefix)[:LONGEST_PREFIX], word.position
    term.edition = edition
    if not is_aside:
        term.retired_at = None


def _place(words, known):
    """Say of each to which it belongs, now that all of them are there."""
    for word in words:
        if word.parent and word.parent in known:
            known[word.key].parent_id = known[word.parent].pk


def _replace(words, known):
    """Write which terms took the place of which. Of an older core objective that we never had, a row is made, retired:
    what comes from elsewhere may still be described with it."""
    stubs = {}
    for word in words:
        if word.vocabulary != Vocabulary.CONCEPT:
            for key in word.replaces:
                if key not in known and key not in stubs:
                    new = known[word.key]
                    stubs[key] = Term(
                        key=key,
                        vocabulary=word.vocabulary,
                        label=new.label,
                        sort_name=new.sort_name,
                        retired_at=now(),
                    )
    Term.objects.bulk_create(stubs.values(), batch_size=1000)
    known |= stubs
    return _link((known[key].pk, known[word.key].pk) for word in words for key in word.replaces if key in known)


def _link(pairs):
    """Keep that the first of each pair was replaced by the second; returns how many were not known yet."""
    through = Term.replaced_by.through
    had = set(through.objects.values_list("from_term_id", "to_term_id"))
    fresh = dict.fromkeys(pair for pair in pairs if pair not in had and pair[0] != pair[1])
    through.objects.bulk_create([through(from_term_id=old, to_term_id=new) for old, new in fresh], batch_size=1000)
    return len(fresh)


def _aside():
    """Terms in whose place one chooses one of SLO: its twin by name, or what it says came after an objective."""
    return Term.objects.exclude(retired_at=None).filter(
        Q(replaced_by__edition__startswith=SLO) | Q(replaced_by__edition=FIRST), replaced_by__retired_at=None
    )


def _join_twins():
    """Let every term of OBK step aside for the one of SLO of the same name."""
    standing = list(Term.objects.standing().filter(vocabulary__in=TWINNED).order_by("-position", "-pk"))
    ours = {(term.vocabulary, term.sort_name): term.pk for term in standing if _is_slo(term)}
    theirs = {
        term.pk: ours[term.vocabulary, term.sort_name]
        for term in standing
        if _is_of(OBK, term) and (term.vocabulary, term.sort_name) in ours
    }
    Term.objects.filter(pk__in=theirs).update(retired_at=now())
    return _link(theirs.items())
