"""What an observer's page needs, and how what her device says is read.

The page is opened before the lesson and works without a network from then on. Whatever was written on it comes here
later, perhaps twice and in another order: each note says the whole of itself, under the key of her device, with a
number that grows by every change. So the highest number is what she meant, however the requests arrived.
"""

import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.text import number
from core.time import instant, today
from lessonstudy.choices import LessonState, Match
from lessonstudy.models import Assignment, CasePupil, Observation, Prediction, Stage

MOST_AT_ONCE = 100
LONGEST_FACT = 1000
LONGEST_LESSON_S = 24 * 3600
#: Since when a device may say that it wrote something; older is a clock that stands at nothing.
OLDEST = timedelta(days=90)
#: The largest number that a row keeps.
MOST = 2_147_483_647


def milliseconds(moment=None):
    """As scripts count: of a moment, or of now; None for none."""
    return int((moment.timestamp() if moment else time.time()) * 1000)


def moment(ms):
    """The moment that a device says, or None where that cannot be: it is no number, to come, or long ago."""
    if isinstance(ms, bool) or not isinstance(ms, int | float):
        return None
    try:
        said = datetime.fromtimestamp(ms / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return min(said, now()) if said > now() - OLDEST else None


@dataclass(frozen=True)
class Note:
    """A note as a device sends it. What cannot be read of it is left out; her words never are."""

    key: uuid.UUID
    sequence: int = 0
    stage: int | None = None
    pupil: int | None = None
    made_at: datetime | None = None
    offset_s: int = 0
    fact: str = ""
    match: str = ""
    is_quote: bool = False
    is_withdrawn: bool = False

    @classmethod
    def read(cls, said):
        """From JSON. Raises ValueError where it has no key of its own."""
        if not isinstance(said, dict):
            raise ValueError("A note is an object.")
        match = said.get("match")
        return cls(
            key=uuid.UUID(str(said.get("key"))),
            sequence=_whole(said.get("sequence")),
            stage=_whole(said.get("stage")) or None,
            pupil=_whole(said.get("pupil")) or None,
            made_at=moment(said.get("made")),
            offset_s=min(_whole(said.get("offset")), LONGEST_LESSON_S),
            fact=str(said.get("fact") or "").replace("\0", "")[:LONGEST_FACT],
            match=match if match in Match.values else "",
            is_quote=said.get("quote") is True,
            is_withdrawn=said.get("withdrawn") is True,
        )


def _whole(said):
    found = number(str(said)) if not isinstance(said, bool) else None
    return min(found or 0, MOST)


def why_not_observe(lesson):
    """Why nothing is added to the notes of this lesson any more. What waits on a device is kept all the same."""
    if lesson.state == LessonState.BROKEN_OFF:
        return _("This lesson was broken off. Your notes are kept, but they do not count.")
    if lesson.opened_at:
        return _("The discussion has begun: notes stay as they are now.")
    return ""


def why_not_begin(lesson):
    """Why the clock cannot be started."""
    if reason := why_not_observe(lesson):
        return reason
    if lesson.held_on > today():
        return _("The lesson is on %(day)s. You can start the clock then.") % {
            "day": date_format(lesson.held_on, "j F")
        }
    return ""


def offset_of(made_at, began_at):
    """Seconds after the beginning of the lesson; what was written before counts as its beginning."""
    return min(max(int((made_at - began_at).total_seconds()), 0), LONGEST_LESSON_S)


# ---- what a page shows


def plan_of(lesson):
    """The id of the plan that was fixed for this lesson, or of the one that the team has now."""
    return lesson.plan_id or lesson.cycle.plan_id


def stages_of(lesson):
    """The parts of the lesson, each with the minute at which it begins."""
    rows, begins = list(Stage.objects.filter(plan=plan_of(lesson))), 0
    for n, row in enumerate(rows, 1):
        row.number, row.begins, row.until = n, begins, begins + row.minutes
        begins = row.until
    return rows


def followed(pupils, assignment):
    """Of these those whom she follows, with who may stand in for them; all of them where none was named."""
    mine = {row.pk for row in assignment.pupils.all()} if assignment else set()
    return [row for row in pupils if not mine or row.pk in mine or row.reserve_for_id in mine]


def assignment_of(lesson, person):
    """Hers, with its pupils, or None."""
    return Assignment.objects.filter(lesson=lesson, observer=person).prefetch_related("pupils").first()


def own_notes(lesson, person):
    """What she wrote and did not take back, the last first."""
    found = Observation.objects.filter(lesson=lesson, observer=person).standing()
    rows = list(found.select_related("pupil").order_by("-offset_s", "-made_at", "-pk"))
    for row in rows:
        row.at = f"{row.offset_s // 60:02}:{row.offset_s % 60:02}"
    return rows


@dataclass
class Sheet:
    """One observer's page of a lesson: the plan, whom she follows, and her own notes, of nobody else."""

    lesson: object
    person: object

    def __post_init__(self):
        self.assignment = assignment_of(self.lesson, self.person)
        self.stages = stages_of(self.lesson)
        self.everyone = list(CasePupil.objects.filter(cycle=self.lesson.cycle_id))
        self.pupils = followed(self.everyone, self.assignment)
        self.notes = own_notes(self.lesson, self.person)
        codes = {pupil.pk for pupil in self.pupils}
        found = Prediction.objects.filter(stage__in=[stage.pk for stage in self.stages], pupil__in=codes)
        self.expected = {(row.stage_id, row.pupil_id): row for row in found if row.expected.strip()}

    @property
    def minutes(self):
        return sum(stage.minutes for stage in self.stages)

    @property
    def place(self):
        """Where it is: the school and the class."""
        parts = [self.lesson.school.name if self.lesson.school else "", self.lesson.class_label]
        return ", ".join(part for part in parts if part)

    @property
    def predictions(self):
        """(stage, pupil, what the team expects): for the page without script."""
        pupils = {pupil.pk: pupil for pupil in self.pupils}
        return [
            (stage, pupils[pk], self.expected[stage.pk, pk])
            for stage in self.stages
            for pk in pupils
            if (stage.pk, pk) in self.expected
        ]

    @property
    def stage_now(self):
        """The part that the clock says, for the page without script."""
        if not self.lesson.began_at:
            return self.stages[0] if self.stages else None
        minute = (now() - self.lesson.began_at).total_seconds() / 60
        return next((stage for stage in self.stages if minute < stage.until), self.stages[-1] if self.stages else None)

    def for_script(self, request):
        """All of it as JSON: what the page lives on when there is no network."""
        return status(self.lesson, self.assignment, request) | {
            "lesson": self.lesson.pk,
            "person": self.person.pk,
            "minutes": self.minutes,
            "stages": [
                {
                    "id": stage.pk,
                    "title": stage.title,
                    "minutes": stage.minutes,
                    "begins": stage.begins,
                    "look": [line.strip(" -•*\t") for line in stage.look_for.splitlines() if line.strip(" -•*\t")],
                }
                for stage in self.stages
            ],
            "pupils": [
                {"id": pupil.pk, "code": pupil.code, "reserve": bool(pupil.reserve_for_id)} for pupil in self.pupils
            ],
            "codes": {pupil.pk: pupil.code for pupil in self.everyone},
            "expected": {f"{stage}-{pupil}": row.expected for (stage, pupil), row in self.expected.items()},
            "notes": [for_device(note) for note in self.notes],
            "words": words(),
            "urls": {
                "state": reverse("lessonstudy:observe_state", args=[self.lesson.pk]),
                "send": reverse("lessonstudy:send", args=[self.lesson.pk]),
                "photo": reverse("lessonstudy:photo", args=[self.lesson.pk]),
            },
        }


def status(lesson, assignment, request):
    """What changes while she observes, and what time it is here. Nothing of anybody else."""
    return {
        "now": milliseconds(),
        "began": milliseconds(lesson.began_at) if lesson.began_at else None,
        "closed": why_not_observe(lesson),
        "waits": "" if lesson.began_at else why_not_begin(lesson),
        "from": milliseconds(instant(lesson.held_on, clock_time.min)),
        "opened": lesson.is_open,
        "handed_in": milliseconds(assignment.handed_in_at) if assignment and assignment.handed_in_at else None,
        "token": get_token(request),
    }


def for_device(note):
    """A note of hers as her devices keep it."""
    return {
        "key": str(note.key),
        "id": note.pk,
        "sequence": note.sequence,
        "stage": note.stage_id,
        "pupil": note.pupil_id,
        "made": milliseconds(note.made_at),
        "offset": note.offset_s,
        "fact": note.fact,
        "match": note.match,
        "quote": note.is_quote,
        "picture": reverse("lessonstudy:note_photo", args=[note.pk]) if note.photo else "",
    }


def counts(lesson):
    """Of each observer how many notes arrived, and whether she handed in: how much, never what."""
    assignments = lesson.observers
    found = {}
    for pk in lesson.observations.standing().values_list("observer", flat=True):
        found[pk] = found.get(pk, 0) + 1
    for row in assignments:
        row.notes = found.get(row.observer_id, 0)
    return assignments


def quick_words():
    """(word on the button, how it begins the sentence): what one thumb writes."""
    return [
        (pgettext("quick word", "says"), pgettext("quick word, in a sentence", "says: “")),
        (pgettext("quick word", "points"), pgettext("quick word, in a sentence", "points at ")),
        (pgettext("quick word", "asks"), pgettext("quick word, in a sentence", "asks: “")),
        (pgettext("quick word", "discusses"), pgettext("quick word, in a sentence", "talks it over with ")),
        (pgettext("quick word", "quiet"), pgettext("quick word, in a sentence", "is quiet ")),
    ]


def words():
    """The sentences of the page's script, in the reader's language."""
    return {
        "kept": _("Kept on this device"),
        "waiting_one": _("Kept on this device · 1 still to send"),
        "waiting": _("Kept on this device · {n} still to send"),
        "sent": _("Sent"),
        "sending": _("Sending …"),
        "ready": _("Ready: this page also works without internet"),
        "offline": _("No internet"),
        "stay": _("There is no internet. Stay here: this page goes on working."),
        "class": _("Class"),
        "notes_none": _("none yet"),
        "notes_one": _("1 note"),
        "notes": _("{n} notes"),
        "your_notes": _("Your {n} notes"),
        "your_one": _("Your 1 note"),
        "your_none": _("Your notes come here"),
        "part": _("Part {n} of {all}"),
        "part_left": _("Part {n} of {all} · {minutes} min left"),
        "part_over": _("Part {n} of {all} · over time"),
        "by_hand": _("Part {n} of {all} · chosen by you"),
        "from_to": _("{from} to {to} min"),
        "was": _("{from} to {to} min · done"),
        "expected": _("Expected of {code}:"),
        "nothing_expected": _("Nothing was expected of {code} here."),
        "nothing_of_class": _("The whole class."),
        "asked": _("What did you see or hear of {code}?"),
        "asked_class": _("What did you see or hear in the class?"),
        "undo": _("Undo: note of {at}"),
        "undone": _("Taken away."),
        "again": _("Put it back"),
        "correct": _("Correct: note of {at}"),
        "correcting": _("You correct your note of {at}."),
        "saved": _("Kept: {code}, {at}."),
        "empty": _("Write what you saw, or make a photo."),
        "clock": _("The lesson has lasted {minutes} minutes"),
        "not_begun": _("The lesson has not begun yet"),
        "pupil": _("Pupil {code}"),
        "photo": _("Photo of the work"),
        "photo_bad": _("This picture cannot be read. Choose another one."),
        "photo_room": _("There is no room on this device for the photo. Your note is kept."),
        "photo_refused": _("The photo was not taken over: {why}"),
        "sign_in": _("You are signed out. Your notes stay on this device: sign in again, and they are sent."),
        "other": _("Somebody else is signed in on this device now. These notes are not sent as hers."),
        "hand_in_waits": _("Not everything was sent yet. You can hand in as soon as there is internet."),
        "handed_in_short": _("Handed in"),
        "handed_in": _("Handed in at {at}. You can still add something, until the discussion begins."),
        "no_store": _("This device cannot keep anything. Stay on this page until all was sent."),
    }
