"""Read a programme from its folder: `programme.md`, and a file for each module. `README.md` says how they are written.

A trainer writes these files, so what is wrong is said in words, with the file and the heading where it stands.
"""

import hashlib
import json
import re
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

from training.choices import Form, PageKind, QuestionKind

FOLDER = Path(__file__).parent
KINDS = {
    "tekst": PageKind.TEXT,
    "zelftoets": PageKind.TEST,
    "gesprek": PageKind.TALK,
    "lezen": PageKind.READING,
}
ASSIGNMENT = "opdracht"
RUBRIC, OUTCOMES = "Wanneer is het goed?", "Leeruitkomsten"

PARTS = re.compile(r"^## +(.+)$", re.MULTILINE)
SMALL_PARTS = re.compile(r"^### +(.+)$", re.MULTILINE)
HEADING = re.compile(r"(?P<title>.+?) \((?P<kind>\w+), (?P<minutes>\d+) min(?:, (?P<outcomes>[\w ]+))?\)")
NAMED = re.compile(r"^- \*\*(?P<name>.+?)\*\*:? +(?P<text>.+)$")
OPTION = re.compile(r"^(?:- \[(?P<right>[ x])\]|(?P<place>\d+)\.) +(?P<text>.+)$")
SAYS = re.compile(r"^\s*> +(?P<text>.+)$")


class Spoilt(Exception):
    """A file of a programme is not written as it should be."""


@dataclass(frozen=True)
class Option:
    text: str
    right: bool
    says: str


@dataclass(frozen=True)
class Question:
    text: str
    kind: str
    options: tuple
    says: str


@dataclass(frozen=True)
class Page:
    title: str
    kind: str
    minutes: int
    text: str
    questions: tuple = ()


@dataclass(frozen=True)
class Assignment:
    title: str
    minutes: int
    text: str
    rubric: tuple  # (criterion, when it is sufficient)
    outcomes: tuple  # codes


@dataclass(frozen=True)
class Module:
    title: str
    summary: str
    minutes: int
    outcomes: tuple
    pages: tuple
    assignments: tuple


@dataclass(frozen=True)
class Programme:
    key: str
    form: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    text: str
    hours: int
    facilitations: int
    needs_practice_plg: bool
    needs_consent: bool
    outcomes: tuple  # (code, text)
    modules: tuple

    @property
    def digest(self):
        """The same for the same content, however its file is laid out."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def programmes():
    """All programmes that come with the platform, the trajectory first."""
    folders = sorted(path.parent for path in FOLDER.glob("*/programme.md"))
    return sorted(map(programme, folders), key=lambda each: (each.form == Form.COURSE, each.key))


def programme(folder):
    """The programme that stands in this folder. Raises Spoilt where a file is not as it should be."""
    facts, body = _split(folder / "programme.md")
    text, outcomes = _without(body, OUTCOMES, "##")
    try:
        read = Programme(
            key=folder.name,
            form=Form(facts["vorm"]).value,
            title=facts["titel"],
            title_en=facts["titel_en"],
            summary=facts["kort"],
            summary_en=facts["kort_en"],
            text=text,
            hours=facts["uren"],
            facilitations=facts.get("begeleidingen", 0),
            needs_practice_plg=facts.get("oefen_plg", False),
            needs_consent=facts.get("akkoord_leider", False),
            outcomes=_named(outcomes),
            modules=tuple(map(_module, sorted(folder.glob("[0-9][0-9]-*.md")))),
        )
    except (KeyError, ValueError) as problem:
        raise Spoilt(f"{folder.name}/programme.md: {problem}") from None
    return _sound(read)


def _sound(read):
    """The same programme, once its hours add up and each outcome that is named exists."""
    codes = {code for code, _ in read.outcomes}
    for module in read.modules:
        minutes = sum(part.minutes for part in (*module.pages, *module.assignments))
        if minutes != module.minutes:
            raise Spoilt(f"{module.title}: {module.minutes} min above, {minutes} min together.")
        named = {*module.outcomes, *(code for each in module.assignments for code in each.outcomes)}
        if named - codes:
            raise Spoilt(f"{module.title}: {', '.join(sorted(named - codes))} is no learning outcome.")
    minutes = sum(module.minutes for module in read.modules)
    if minutes != read.hours * 60:
        raise Spoilt(f"{read.title}: {read.hours} h above, {minutes} min together.")
    return read


def _split(path):
    """(what stands above as TOML, the rest)."""
    above = path.read_text("utf8").split("+++\n", 2)
    if len(above) != 3 or above[0].strip():
        raise Spoilt(f"{path.name}: begin with +++, and end the facts with +++.")
    try:
        return tomllib.loads(above[1]), above[2]
    except tomllib.TOMLDecodeError as problem:
        raise Spoilt(f"{path.name}: {problem}") from None


def _module(path):
    facts, body = _split(path)
    pages, assignments = [], []
    for heading, below in _parts(body, PARTS):
        found = HEADING.fullmatch(heading.strip())
        if not found or found["kind"] not in {*KINDS, ASSIGNMENT}:
            raise Spoilt(f"{path.name}: ‘{heading}’ does not end with (kind, minutes min).")
        title, minutes, codes = found["title"], int(found["minutes"]), tuple((found["outcomes"] or "").split())
        if found["kind"] == ASSIGNMENT:
            text, rubric = _without(below, RUBRIC, "###")
            assignments.append(Assignment(title, minutes, text, _named(rubric), codes))
        else:
            pages.append(_page(title, KINDS[found["kind"]], minutes, below))
    outcomes = tuple(facts["leeruitkomsten"])
    return Module(facts["titel"], facts["kort"], facts["minuten"], outcomes, tuple(pages), tuple(assignments))


def _page(title, kind, minutes, text):
    if kind != PageKind.TEST:
        return Page(title, kind.value, minutes, text)
    questions = tuple(question(asked, lines) for asked, lines in in_parts(text))
    return Page(title, kind.value, minutes, SMALL_PARTS.split(text, maxsplit=1)[0].strip(), questions)


def in_parts(text):
    """[(question, what stands below it), …]"""
    return _parts(text, SMALL_PARTS)


def question(asked, lines):
    """A question with its answers, and below each answer what is said about it; at the end what is said anyhow."""
    options, says, place = [], "", False
    for line in filter(str.strip, lines.splitlines()):
        if found := OPTION.match(line):
            place = place or bool(found["place"])
            options.append({"text": found["text"], "right": found["right"] != " ", "says": ""})
        elif (found := SAYS.match(line)) and options and line.startswith(" "):
            options[-1]["says"] = found["text"]
        elif found:
            says = found["text"]
        else:
            raise Spoilt(f"‘{asked}’: is this an answer, or what we say about it? {line}")
    right = sum(option["right"] for option in options)
    if options and not right:
        raise Spoilt(f"‘{asked}’: no answer is marked as right.")
    kind = QuestionKind.MANY if right > 1 else QuestionKind.ONE
    if not options or place:
        kind = QuestionKind.ORDER if place else QuestionKind.OPEN
    return Question(asked, kind.value, tuple(Option(**option) for option in options), says)


def _parts(text, headings):
    """[(heading, what stands below it), …]"""
    _, *parts = headings.split(text)
    return [(heading, below.strip()) for heading, below in zip(parts[::2], parts[1::2], strict=True)]


def _without(text, heading, mark):
    """(the text before this heading, what stands below it)."""
    before, _, below = text.partition(f"\n{mark} {heading}\n")
    return before.strip(), below.strip()


def _named(text):
    """((name, what is said of it), …) from a list whose items begin in bold."""
    found = [NAMED.match(line) for line in text.splitlines() if line.strip()]
    if None in found:
        raise Spoilt(f"Each line begins with - **name**: {text[:60]} …")
    return tuple((each["name"].removesuffix(":"), each["text"]) for each in found if each)
