"""What people hear and are asked of class visits."""

from django.utils.translation import gettext_lazy as _

from activity.choices import Pace
from activity.kinds import register, register_ask
from lessonstudy.visits import ics
from lessonstudy.visits.actions.telling import CHOOSE, REMINDER, RESPOND, TALK, WAS, slot_of
from lessonstudy.visits.choices import OPEN_TO_ALL, State
from lessonstudy.visits.feedback import BY_KEY
from lessonstudy.visits.models import Visit

RELATED = ("community", "opened_by", "other", "slot")


def a_visit():
    """(about, facts) for the previews: one of two people with a time, where there is one."""
    rows = Visit.objects.select_related(*RELATED)
    found = rows.filter(other__isnull=False, slot__isnull=False).order_by("pk").first() or rows.first()
    return found, {"part": "speak"}


def whose(about, person, facts):
    """The two of it by their parts, and the turn that is meant."""
    return {"visited": about.visited, "visitor": about.visitor, "part": BY_KEY.get(facts.get("part", ""))}


def is_still_offered(delivery, about, person):
    return about is not None and about.state in OPEN_TO_ALL


def is_still_planned(delivery, about, person):
    return about is not None and about.state == State.PLANNED


def is_still_then(delivery, about, person):
    """The same time as when it was laid ready."""
    return is_still_planned(delivery, about, person) and delivery.slot.startswith(f"{slot_of(about)}:")


ALL = {"related": RELATED, "context": whose, "sample": a_visit}
for name, label, how in (
    ("come", _("a colleague invites me to look"), {"pace": Pace.LETTER, "still_right": is_still_offered}),
    ("go", _("a colleague wants to look with somebody"), {"pace": Pace.LETTER, "still_right": is_still_offered}),
    ("offered", _("times are offered for my class visit"), {"still_right": is_still_offered}),
    ("accepted", _("a colleague chooses a time for a class visit"), {}),
    ("planned", _("a class visit of mine is planned"), {"still_right": is_still_planned, "attachments": ics.of_letter}),
    ("moved", _("a class visit of mine is at another time"), {"wait": False, "attachments": ics.of_letter}),
    ("postponed", _("a class visit of mine is put off"), {"wait": False, "attachments": ics.of_letter}),
    ("cancelled", _("a class visit of mine is called off"), {"wait": False, "attachments": ics.of_letter}),
    ("visited", _("a class visit of mine was there"), {"pace": Pace.NEVER}),
    ("said", _("my colleague wrote about our class visit"), {"power": "take_part"}),
):
    register(f"visits.{name}", label, **ALL, **how)
register(REMINDER, _("reminder of a class visit"), told=False, still_right=is_still_then, **ALL)
for name, icon, how in (
    (RESPOND, "eye", {}), (CHOOSE, "calendar-question", {}), (WAS, "eye-check", {}),
    (TALK, "message-2", {"power": "take_part"}),
):  # fmt: skip
    register_ask(name, icon=icon, **ALL, **how)
