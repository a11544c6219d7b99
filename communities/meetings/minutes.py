"""What minutes are made of: sections, how they grow from a session, and how two hands write in them at once.

A section is a dict: `key` (its name within these minutes), `kind`, `title` (empty
where the kind says it), `text`, and `case` where it is about somebody. Who was
there and what was promised are no text: those are read where they stand.
"""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communities.choices import Role
from communities.meetings import running
from communities.meetings.choices import LineKind, MinutesState
from communities.meetings.models import AgendaItem, Approval, Attendance, Line, Minutes, Run, RunStep
from communities.models import Membership
from core.templatetags import ui

KIND = "meetings.approve"  # what the members are asked
MOST_SECTIONS = 60
LONGEST_TITLE = 140
LONGEST_TEXT = 20_000
TOO_LONG_FOR_WORDS = 20_000_000  # then whole lines are compared: words would take seconds
MOST_PAIRS = 300_000
WORDS, LINES = re.compile(r"\S+\s*|\s+"), re.compile(r"[^\n]*\n|[^\n]+")

#: Kinds that are gathered from all steps: kind of section -> kind of line.
GATHERED = {"decisions": LineKind.DECISION, "insights": LineKind.INSIGHT, "later": LineKind.PARKED}


def label(section):
    """The title of a section, in the reader's language where it has none of its own."""
    if section.get("case") and section["kind"] in GATHERED:
        return _("%(what)s: a case") % {"what": label(section | {"case": False})}
    return section.get("title") or {
        "done": _("What we did"),
        "decisions": _("Decisions"),
        "insights": _("Insights"),
        "later": _("For later"),
        "tickets": _("What we take along"),
        "case": _("A case"),
    }.get(section["kind"], _("Notes"))


def bullets(text):
    """The lines of a text, without the dash before them."""
    return [line.strip().removeprefix("-").strip() for line in text.splitlines() if line.strip(" -")]


# Growing -----------------------------------------------------------------------------------------


def sections_of(meeting):
    """What the sessions of this meeting left behind; without a session, its agenda to write in."""
    runs = list(Run.objects.about(meeting))
    if not runs:
        return _from_agenda(meeting)
    steps = list(RunStep.objects.filter(run__in=runs).order_by("run", "order"))
    lines = list(Line.objects.filter(run__in=runs).shared())
    cases = {step.pk for step in steps if step.is_case}
    notes = [line for line in lines if line.kind == LineKind.NOTE]
    found = [_section("done", kind="done", text=_done(steps))]
    for step in steps:
        of_step = [line.text for line in notes if line.step_id == step.pk]
        if of_step and (step.notes_on or not step.is_case):
            found.append(_section(f"step-{step.pk}", title=step.title, text="\n".join(of_step), case=step.is_case))
    if loose := [line.text for line in notes if line.step_id is None]:
        found.append(_section("notes", text="\n".join(loose)))
    for kind, line_kind in GATHERED.items():
        of_kind = [line for line in lines if line.kind == line_kind]
        found.append(_section(kind, kind=kind, text=_list(each.text for each in of_kind if each.step_id not in cases)))
        of_case = _list(each.text for each in of_kind if each.step_id in cases)
        found.append(_section(f"{kind}-case", kind=kind, text=of_case, case=True))
    found.append(_section("tickets", kind="tickets", text=_tickets(runs)))
    return [section for section in found if section["text"]]


def _from_agenda(meeting):
    items = AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("protocol")
    found = [
        _section(f"item-{item.pk}", kind="case" if item.is_case else "step", title="" if item.is_case else item.title,
                 case=item.is_case)
        for item in items
    ]  # fmt: skip
    return [*found, *(_section(kind, kind=kind) for kind in ("decisions", "insights"))]


def _section(key, *, kind="step", title="", text="", case=False):
    return {"key": key, "kind": kind, "title": title, "text": text.strip()[:LONGEST_TEXT]} | (
        {"case": True} if case else {}
    )


def _done(steps):
    """One line for each step that was done; a case, however many steps it took, is only "a case"."""
    done = [step for step in steps if not step.was_skipped and (step.was_done or step.spent_s)]
    titles = (_("A case") if step.is_case else step.title for step in done)
    return _list(title for title, _same in groupby(titles))


def _list(texts):
    return "\n".join(f"- {' '.join(text.split())}" for text in texts)


def _tickets(runs):
    """What people said at the door, without names and in an order that tells nothing."""
    said = [text for run in runs for text in running.tickets(run).get("takes_along", []) if text.strip()]
    return _list(sorted(said, key=str.casefold))


# Reading -----------------------------------------------------------------------------------------


def seen(sections, *, with_cases):
    """The sections as they are shown: with their label and lines; nothing about a case to who left."""
    return [
        section | {"label": label(section), "bullets": bullets(section["text"]), "is_list": section["kind"] in LISTS}
        for section in sections
        if section["text"] and (with_cases or not section.get("case"))
    ]


LISTS = {"done", "tickets", *GATHERED}


def present(meeting):
    """Who was there, by name, for the members: never who was not. Read where it was marked, so a correction counts."""
    there = Attendance.objects.filter(meeting=meeting, was_there=True).select_related("person")
    called = dict(Membership.objects.filter(community=meeting.community_id, person=None).values_list("address", "name"))
    people = sorted((row.person for row in there if row.person_id), key=lambda person: person.sort_name)
    without = sorted(called.get(row.address) or "" for row in there if not row.person_id)
    return [str(person) for person in people] + [name for name in without if name]


def state_in_words(minutes, said_yes, voters):
    """Where these minutes stand, in one sentence."""
    if minutes.state == MinutesState.DRAFT:
        return _("A draft: any member may write in it.")
    if minutes.state == MinutesState.APPROVED:
        return _("Approved: %(yes)d of %(all)d members said yes.") % {"yes": said_yes, "all": voters}
    return _("Proposed: %(yes)d of %(all)d members said yes. They stand when more than half have: %(needed)d.") % {
        "yes": said_yes,
        "all": voters,
        "needed": needed(voters),
    }


def on_paper(minutes, groups, *, for_members):
    """What the PDF is made from; `groups` are the promises that the reader may see."""
    meeting, version = minutes.meeting, minutes.versions.get(number=minutes.number)
    day = date_format(meeting.held_on, "l j F Y")  # paper is read in other years, too
    return {
        "title": _("Minutes: %(title)s") % {"title": meeting.called},
        "subtitle": f"{meeting.community.name} · {day}, {ui.clock(meeting.starts)}–{ui.clock(meeting.ends)}",
        "foot": f"{meeting.community.name} · {day}",
        "state": state_in_words(minutes, *count(minutes)),
        "present": present(meeting) if for_members else [],
        "sections": seen(version.sections, with_cases=for_members),
        "points": [_promised(group["first"], group["points"]) for group in groups],
        "words": {
            "present": _("Who was there"),
            "points": _("Action points"),
            "columns": [_("Who"), _("What"), _("By when")],
        },
    }


def _promised(first, points):
    """Who, what, by when."""
    return [", ".join(str(point.holder) for point in points), first.text, ui.day(first.due_on) if first.due_on else ""]


# Two hands at once -------------------------------------------------------------------------------


def mark(section):
    """A short mark of what a section says, carried by the form: so we know what its writer had before her."""
    return sha256(f"{section['title']}\0{section['text']}".encode()).hexdigest()[:16]


@dataclass
class Typed:
    """A section as it came back from a form: what it was (`base`), what it is now."""

    key: str
    base: str
    title: str
    text: str


def merge(stored, typed):
    """Lay what somebody typed over what stands there now: (sections, {key: the section that somebody else wrote}).

    A section that only one of them touched is hers; one that both touched is a conflict, and keeps what stands there.
    """
    lying = {section["key"]: section for section in stored}
    merged, conflicts = {}, {}
    for each in typed:
        mine = {"key": each.key, "kind": "step", "title": each.title, "text": each.text}
        theirs = lying.get(each.key)
        if theirs is None:
            if each.base and mark(mine) != each.base:  # taken away meanwhile, but written in here
                conflicts[each.key] = mine | {"text": "", "is_gone": True}
            if not each.base or mark(mine) != each.base:
                merged[each.key] = mine
            continue
        mine = theirs | {"title": each.title, "text": each.text}
        if mark(theirs) in (each.base, mark(mine)):
            merged[each.key] = mine
        elif mark(mine) == each.base:
            merged[each.key] = theirs
        else:
            merged[each.key], conflicts[each.key] = theirs, theirs
    for key, section in lying.items():
        merged.setdefault(key, section)
    return [section for section in merged.values() if _stays(section)], conflicts


def _stays(section):
    """Whether there is anything in it, or it may be written in again: of a case it must stay known that it is one."""
    return section["text"] or section["title"] or section["kind"] in LISTS or section.get("case")


# Yes ----------------------------------------------------------------------------------------------


def needed(voters):
    """How many yeses make minutes stand: more than half of the members."""
    return voters // 2 + 1


def voters(community_id):
    """The memberships whose yes counts: who takes part and has an account; guests only visit."""
    return Membership.objects.active().filter(community=community_id, person__isnull=False).exclude(role=Role.GUEST)


def count(minutes):
    """(how many of the members said yes to the version that counts, how many they are)."""
    people = voters(minutes.meeting.community_id)
    yes = Approval.objects.filter(
        version__minutes=minutes, version__number=minutes.number, person__in=people.values("person")
    )
    return yes.count(), people.count()


# Side by side -------------------------------------------------------------------------------------


def compare(older, newer):
    """What changed from one version to another: for each section its label and pieces of (kind, words)."""
    before = {section["key"]: section for section in older}
    after = {section["key"]: section for section in newer}
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        old, new = before.get(key), after.get(key)
        pieces = list(_pieces(old["text"] if old else "", new["text"] if new else ""))
        found.append(
            {
                "label": label(new or old),
                "old": [piece for piece in pieces if piece[0] != "new"],
                "new": [piece for piece in pieces if piece[0] != "old"],
                "changed": any(kind != "same" for kind, _words in pieces) or (old and new and label(old) != label(new)),
            }
        )
    return found


def _pieces(old, new):
    """The words of two texts as runs of what both have, what went and what came."""
    pattern = WORDS if len(old) * len(new) < TOO_LONG_FOR_WORDS else LINES
    old, new = pattern.findall(old), pattern.findall(new)
    # One word a thousand times would be compared a million times: then what stands there often is passed over.
    seen = Counter(new)
    too_often = sum(count * seen[each] for each, count in Counter(old).items()) > MOST_PAIRS
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=too_often).get_opcodes():
        if tag == "equal":
            yield "same", "".join(old[a:b])
            continue
        if a < b:
            yield "old", "".join(old[a:b])
        if c < d:
            yield "new", "".join(new[c:d])


# For the words of notices -------------------------------------------------------------------------


def which(about, person, facts):
    """The version that a letter is about."""
    return {"number": facts.get("number", about.number)}


def still_asked(delivery, minutes, person):
    """Asked at the moment of sending: the same version still waits for her yes."""
    if minutes is None or minutes.state != MinutesState.PROPOSED or delivery.facts.get("number") != minutes.number:
        return False
    return not Approval.objects.filter(version__minutes=minutes, version__number=minutes.number, person=person).exists()


def a_sample():
    """(about, facts) for the previews."""
    rows = Minutes.objects.select_related("meeting__community")
    return rows.filter(state=MinutesState.PROPOSED).first() or rows.first(), {"number": 1}
