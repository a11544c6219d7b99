"""What will happen with each row, and what it asks first."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.text import sort_key, tags_of
from knowledgehub.choices import LICENCES, Kind, Vocabulary
from knowledgehub.models import Resource, Term
from knowledgehub.outside.material.reading import members

LONGEST = {"title": 140, "summary": 600}
ICONS = {"new": "plus", "ask": "help-circle", "skip": "x", "done": "circle-check"}


@dataclass
class Verdict:
    """One row: what is made of it, or what it asks."""

    n: int
    title: str
    state: str = "new"
    question: str = ""  # title, kind, licence, files, link, double
    sentence: str = ""
    value: str = ""
    files: list = field(default_factory=list)  # paths in the archive
    made: dict = field(default_factory=dict)  # what `making.begin` takes
    resource: int | None = None

    @property
    def asks(self):
        return self.state == "ask"

    @property
    def icon(self):
        return ICONS[self.state]

    @property
    def tag(self):
        tags = {"new": _("New"), "ask": _("Asks you"), "skip": _("Stays out"), "done": _("Made")}
        return tags[self.state]


class Judge:
    """Judges all rows of a list with what stands in the database, in a few queries."""

    def __init__(self, found):
        self.found = found
        self.by_name = {name.rsplit("/", 1)[-1].casefold(): name for name in reversed(found.names)}
        self.by_path = {name.casefold(): name for name in found.names}
        self.terms = {
            (term.vocabulary, term.sort_name): term
            for term in Term.objects.standing().filter(vocabulary__in=[Vocabulary.LEVEL, Vocabulary.SUBJECT])
        }
        mine = Resource.objects.filter(authors__person=found.person_id).exclude(state="withdrawn")
        self.titles = set(mine.values_list("sort_name", flat=True))
        self.kinds = _names_of(Kind.choices)
        self.licences = {}
        for code, licence in LICENCES.items():
            for name in (code, licence.spdx, licence.url, str(licence.label)):
                self.licences[sort_key(name).rstrip("/")] = code
        self.licences.pop("", None)

    def verdicts(self):
        """A verdict for each row, in order."""
        return [self.judge(row) for row in self.found.rows]

    def judge(self, row):
        """What happens with this row."""
        cells = row | row["answers"]
        verdict = Verdict(row["n"], cells["title"])
        if row["outcome"]:
            verdict.state, verdict.sentence, verdict.resource = "done", row["outcome"], row.get("resource")
            return verdict
        if cells.get("skip"):
            verdict.state, verdict.sentence = "skip", _("You left this row out.")
            return verdict
        for look in (self._title, self._double, self._kind, self._licence, self._files, self._link):
            if question := look(verdict, cells):
                verdict.state, verdict.question, verdict.sentence = "ask", look.__name__[1:], question
                verdict.value = cells.get(verdict.question, "")
                return verdict
        left_out = self._rest(verdict, cells)
        verdict.sentence = _("We do not know %(names)s; that stays out.") % {"names": left_out} if left_out else ""
        return verdict

    def _title(self, verdict, cells):
        if not cells["title"]:
            return _("What do you call it?")
        if len(cells["title"]) > LONGEST["title"]:
            return _("This name is too long. At most %(most)d letters.") % {"most": LONGEST["title"]}
        verdict.made["title"] = cells["title"]
        return ""

    def _double(self, verdict, cells):
        if sort_key(cells["title"]) in self.titles and not cells.get("double"):
            return _("You made something by this name already. Is this another one?")
        return ""

    def _kind(self, verdict, cells):
        verdict.made["kind"] = kind = self.kinds.get(sort_key(cells["kind"]))
        return "" if kind else _("What is it?")

    def _licence(self, verdict, cells):
        verdict.made["licence"] = code = self.licences.get(sort_key(cells["licence"]).rstrip("/"))
        return "" if code else _("What may others do with it?")

    def _files(self, verdict, cells):
        for name in members(cells["files"]):
            path = self.by_path.get(name.casefold()) or self.by_name.get(name.casefold())
            if not path:
                return _("%(name)s does not lie beside the list.") % {"name": name}
            verdict.files.append(path)
        return ""

    def _link(self, verdict, cells):
        verdict.made["link"] = cells["link"]
        if not cells["link"]:
            return "" if verdict.files else _("There is no file and no link. Where is it?")
        try:
            URLValidator(schemes=["http", "https"])(cells["link"])
        except ValidationError:
            return _("This is not the address of a page.")
        return ""

    def _rest(self, verdict, cells):
        """What never asks: words that we do not know stay out. Returns those."""
        terms, unknown = [], []
        for vocabulary, cell in ((Vocabulary.LEVEL, "level"), (Vocabulary.SUBJECT, "subject")):
            for name in members(cells[cell].replace(",", "|")):
                term = self.terms.get((vocabulary, sort_key(name)))
                terms.append(term) if term else unknown.append(name)
        minutes = cells["minutes"]
        verdict.made |= {
            "summary": cells["summary"][: LONGEST["summary"]],
            "lesson_minutes": int(minutes) if minutes.isdecimal() and 0 < len(minutes) < 4 and int(minutes) else None,
            "terms": terms,
            "tags": [tag for tag in tags_of(cells["tags"]) if len(tag) <= 40][:12],
        }
        return ", ".join(unknown[:5])


def _names_of(choices):
    """Every name of a choice, in both languages, as people may write it."""
    names = {sort_key(value): value for value, _label in choices}
    for language in ("en", "nl"):
        with override(language):
            names |= {sort_key(str(label)): value for value, label in choices}
    return names
