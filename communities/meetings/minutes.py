"""What minutes are made of: sections, how they grow from a session, and how two hands write in them at once.

A section is a dict: `key` (its name within these minutes), `kind`, `title` (empty
where the kind says it), `text`, and `case` where it is about somebody. Who was
there and what was promised are no text: those are read where they stand.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from communities.meetings.choices import LineKind
from communities.meetings.models import AgendaItem, ExitTicket, Line, Run, RunStep

MOST_SECTIONS = 60
LONGEST_TITLE = 140
LONGEST_TEXT = 20_000
FEWEST_TICKETS = 3  # below that, what is said without a name has one

#: Kinds that are gathered from all steps: kind of section -> kind of line.
GATHERED = {"decisions": LineKind.DECISION, "insights": LineKind.INSIGHT, "later": LineKind.PARKED}


def label(section):
    """The title of a section, in the reader's language where it has none of its own."""
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
    runs = list(Run.objects.filter(about_type__app_label="meetings", about_type__model="meeting", about_id=meeting.pk))
    if not runs:
        return _from_agenda(meeting)
    steps = list(RunStep.objects.filter(run__in=runs).order_by("run", "order"))
    lines = list(
        Line.objects.filter(run__in=runs, withdrawn_at=None).exclude(kind=LineKind.OWN).order_by("pk")
    )  # fmt: skip
    notes = [line for line in lines if line.kind == LineKind.NOTE]
    found = [_section("done", kind="done", text=_done(steps))]
    for step in steps:
        of_step = [line.text for line in notes if line.step_id == step.pk]
        if of_step and (step.notes_on or not step.is_case):
            found.append(_section(f"step-{step.pk}", title=step.title, text="\n".join(of_step), case=step.is_case))
    if loose := [line.text for line in notes if line.step_id is None]:
        found.append(_section("notes", text="\n".join(loose)))
    for kind, of_kind in GATHERED.items():
        found.append(_section(kind, kind=kind, text=_list(line.text for line in lines if line.kind == of_kind)))
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
    """One line for each step that was done; a case is only "a case"."""
    done = [step for step in steps if not step.was_skipped and (step.was_done or step.spent_s)]
    return _list(_("A case") if step.is_case and not step.notes_on else step.title for step in done)


def _list(texts):
    return "\n".join(f"- {' '.join(text.split())}" for text in texts)


def _tickets(runs):
    """What people said at the door, without names and in an order that tells nothing."""
    tickets = list(ExitTicket.objects.filter(run__in=runs))
    if len(tickets) < FEWEST_TICKETS:
        return ""
    return _list(sorted((ticket.takes_along for ticket in tickets if ticket.takes_along.strip()), key=str.casefold))


# Reading -----------------------------------------------------------------------------------------


def seen(sections, *, with_cases):
    """The sections as they are shown: with their label and lines; nothing about a case to who left."""
    return [
        section | {"label": label(section), "bullets": bullets(section["text"]), "is_list": section["kind"] in LISTS}
        for section in sections
        if section["text"] and (with_cases or not section.get("case"))
    ]


LISTS = {"done", "tickets", *GATHERED}


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
    return [
        section for section in merged.values() if section["text"] or section["title"] or section["kind"] in LISTS
    ], conflicts


# Yes ----------------------------------------------------------------------------------------------


def needed(voters):
    """How many yeses make minutes stand: more than half of the members."""
    return voters // 2 + 1
