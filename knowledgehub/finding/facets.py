"""By what one narrows: kind, level, subject, what one may do with it, whose it is, language.

The index keeps them as numbers in one column: terms of vocabularies by their id, the rest below zero.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.text import number
from knowledgehub.choices import LICENCES, Kind, Vocabulary
from knowledgehub.models import Term

KINDS = {kind: -1 - n for n, kind in enumerate(Kind)}
MAY = {"adapt": -20, "use": -21, "here": -22}
LANGUAGES = {"nl": -30, "fy": -31, "en": -32, "de": -33, "fr": -34, "other": -39}
#: Whose: bits that the search works out for who asks; one resource may be several of these.
WHOSE = {"plgs": 1, "school": 2, "board": 4, "others": 8}
#: A number less the bits of a resource stands among its numbers while it is counted.
NOBODYS = -50

LABELS = {
    "kind": {kind: Kind(kind).label for kind in KINDS},
    "may": {
        "adapt": _("Adapt and share"),
        "use": _("Use, not adapt"),
        "here": _("Only for who sees it here"),
    },
    "language": {
        "nl": _("Dutch"), "fy": _("Frisian"), "en": _("English"), "de": _("German"), "fr": _("French"),
        "other": _("Another language"),
    },
    "whose": {
        "plgs": _("My PLGs"),
        "school": _("My school"),
        "board": _("Our board"),
        "others": _("Other boards"),
    },
}  # fmt: skip
OWN = {"kind": {*KINDS.values()}, "may": {*MAY.values()}, "language": {*LANGUAGES.values()}}
CODES = {"kind": KINDS, "may": MAY, "language": LANGUAGES, "whose": WHOSE}
#: In the order of the page: name in the address -> heading.
GROUPS = {
    "kind": pgettext_lazy("facet", "Kind"),
    "level": pgettext_lazy("facet", "Group or year"),
    "subject": pgettext_lazy("facet", "Subject"),
    "may": _("What may you do with it?"),
    "whose": _("Whose?"),
    "language": _("Language"),
}
OF_TERMS = {"level": Vocabulary.LEVEL, "subject": Vocabulary.SUBJECT}
MOST_SHOWN, MOST_CHOSEN = 12, 20


def codes_of(resource):
    """The numbers of a resource; its terms must be there."""
    found = [KINDS[resource.kind]] if resource.kind in KINDS else []
    if licence := LICENCES.get(resource.licence):
        found.append(MAY["here" if not licence.is_open else "adapt" if licence.may_adapt else "use"])
    found.append(LANGUAGES.get(resource.language[:2], LANGUAGES["other"]))
    found += [term.pk for term in resource.terms.all() if term.vocabulary in OF_TERMS.values()]
    return sorted(found)


@dataclass(frozen=True)
class Option:
    """One box to tick: how many it leaves; where it was ticked, the address without it."""

    name: str
    value: str
    label: str
    count: int
    is_chosen: bool
    url: str


def chosen(asked):
    """{group: the numbers that were ticked}, of what an address says."""
    found = {}
    for name in GROUPS:
        values = asked.getlist(name)[:MOST_CHOSEN]
        known = CODES.get(name)
        codes = {known.get(value) for value in values} if known else {number(value) for value in values}
        if codes := codes - {None}:
            found[name] = sorted(codes)
    return found


def values_of(name, numbers):
    """How an address says these numbers of a group, in one order."""
    known = CODES.get(name)
    return sorted(value for value, code in known.items() if code in numbers) if known else sorted(map(str, numbers))


def ticked(wishes):
    """What was ticked as parameters of the search: the numbers of which a resource must have one of each group."""
    whose = [NOBODYS - bits for bits in range(16) if any(bit & bits for bit in wishes.get("whose", ()))]
    return {f"ticked_{name}": whose if name == "whose" else codes for name, codes in wishes.items()}


def counted(groups, wishes):
    """{group: {number: how many}}: what ticking would leave.

    `groups` are (lacking, number, how many). What lacks something in one of the groups that were
    ticked (a bit for each) would come by ticking there, so there it counts.
    """
    names = list(wishes)
    found = {name: Counter() for name in GROUPS}
    for lacking, code, count in groups:
        for name, own in _places_of(code):
            if not lacking or name == names[lacking.bit_length() - 1]:
                found[name][own] += count
    return found


@lru_cache(maxsize=5000)
def _places_of(code):
    """[(group, number)]: where a number counts; a term in each group of terms, until it is known which."""
    if code > 0:
        return [(name, code) for name in OF_TERMS]
    if code <= NOBODYS:
        return [("whose", bit) for bit in WHOSE.values() if bit & (NOBODYS - code)]
    return [(name, code) for name, codes in OWN.items() if code in codes]


def options(counts, wishes, link):
    """[(heading, name, options)] for the page; `link(name, value)` says where leaving one leads."""
    terms = {term.pk: term for term in Term.objects.filter(pk__in=_ids(counts, wishes))}
    found = []
    for name, heading in GROUPS.items():
        wanted, rows = wishes.get(name, ()), []
        for value, label in _values(name, counts[name], wanted, terms):
            code = CODES[name][value] if name in CODES else int(value)
            count, is_chosen = counts[name][code], code in wanted
            if count or is_chosen:
                url = link(name, value) if is_chosen else ""
                rows.append(Option(name, value, label, count, is_chosen, url))
        if len(rows) > 1 or wanted:
            found.append((heading, name, rows))
    return found


def _ids(counts, wishes):
    return {code for name in OF_TERMS for code in [*counts[name], *wishes.get(name, ())]}


def _values(name, counts, wanted, terms):
    if name in LABELS:
        return LABELS[name].items()
    own = [terms[pk] for pk in {*counts, *wanted} if pk in terms and terms[pk].vocabulary == OF_TERMS[name]]
    most = sorted(own, key=lambda term: (term.pk not in wanted, -counts[term.pk]))[:MOST_SHOWN]
    return [(str(term.pk), term.label) for term in sorted(most, key=lambda t: (t.position, t.sort_name, t.pk))]
