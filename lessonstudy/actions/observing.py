"""Deeds of observers: the clock, notes that arrive, photos, handing in; and talks with pupils."""

from django.db import transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, FloatField, IntegerField, Value
from django.db.models.functions import Cast, Extract, Floor, Greatest, Least
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core import streams
from core.files import keeping
from core.files.intake import Taken, take_image
from core.refusals import Refused
from lessonstudy import ledger, observing
from lessonstudy.models import Assignment, CasePupil, Interview, Observation, ResearchLesson, Stage

#: What a note may say anew, as long as the discussion has not begun.
SAID = ("sequence", "stage", "pupil", "fact", "match", "is_quote")


@transaction.atomic
def assign(lesson, chosen, *, by):
    """Who observes whom: `chosen` is {person: [pupils]}, without pupils the whole class.

    Who is left out observes no more, unless something of hers came in. Raises Refused when the lesson was discussed.
    """
    lesson = _hold(lesson)
    if reason := observing.why_not_observe(lesson):
        raise Refused(reason)
    has_written = set(lesson.observations.values_list("observer", flat=True))
    gone = lesson.assignments.exclude(observer__in=chosen).exclude(observer__in=has_written)
    gone.delete()
    for person, pupils in chosen.items():
        row, _is_new = Assignment.objects.get_or_create(lesson=lesson, observer=person)
        row.pupils.set(pupils)
    _tell(lesson)
    record("lessonstudy.assigned", by=by, about=lesson, community=lesson.cycle.community_id)


@transaction.atomic
def begin_lesson(lesson, *, by, at=None):
    """Start the clock of the lesson; of several who did, the first one counts.

    `at` is when a device without a network was tapped, by the lesson's clock. What was written before is counted anew.
    """
    lesson = _hold(lesson)
    if reason := observing.why_not_begin(lesson):
        raise Refused(reason)
    _begin(lesson, at, by)
    return lesson


def _begin(lesson, at, by):
    at = min(at or now(), now())
    if lesson.began_at and lesson.began_at <= at:
        return
    lesson.began_at = at
    lesson.save(update_fields=["began_at"])
    since = ExpressionWrapper(F("made_at") - Value(at, DateTimeField()), DurationField())
    seconds = Floor(Extract(since, "epoch"), output_field=FloatField())
    lesson.observations.update(
        offset_s=Cast(Least(Greatest(seconds, 0.0), float(observing.LONGEST_LESSON_S)), IntegerField())
    )
    record("lessonstudy.began", by=by, about=lesson, community=lesson.cycle.community_id)
    _tell(lesson)


@transaction.atomic
def start_again(lesson, *, by):
    """The clock was started by mistake: from now on it counts anew."""
    lesson = _hold(lesson)
    if reason := observing.why_not_begin(lesson):
        raise Refused(reason)
    lesson.began_at = None
    _begin(lesson, None, by)


@transaction.atomic
def take(lesson, notes, *, by, device="", began_at=None, is_ready=False):
    """Keep what an observer's device sends: each note once, in its last wording, in whatever order it came.

    What arrives after the discussion opened is kept too, marked late, and told to who leads it; what was known by
    then does not change any more. Returns ({key: number that is kept}, {key: why it was not changed}).
    """
    lesson = _hold(lesson)
    if lesson.cycle.purged_at:
        raise Refused(_("The notes of this lesson were thrown away, as agreed. Nothing can be added."))
    assignment = Assignment.objects.filter(lesson=lesson, observer=by).first()
    if assignment is None and notes:  # who only starts the clock observes nobody: nobody waits for her
        assignment = Assignment.objects.create(lesson=lesson, observer=by)
    if assignment and is_ready and not assignment.opened_at:
        assignment.opened_at = now()
        assignment.save(update_fields=["opened_at"])
        _tell(lesson)
    if began_at and not observing.why_not_begin(lesson):
        _begin(lesson, began_at, by)
    return _keep(lesson, notes, by, device) if notes else ({}, {})


def _keep(lesson, notes, by, device):
    notes = sorted(notes, key=lambda note: note.sequence)
    known = {row.key: row for row in Observation.objects.filter(key__in=[note.key for note in notes])}
    stages = set(Stage.objects.filter(plan=observing.plan_of(lesson)).values_list("pk", flat=True))
    pupils = set(CasePupil.objects.filter(cycle=lesson.cycle_id).values_list("pk", flat=True))
    taken, refused, fresh, changed = {}, {}, {}, {}
    for note in notes:
        row = known.get(note.key)
        if row is None:
            row = known[note.key] = fresh[note.key] = _first(lesson, note, by, device)
        elif row.observer_id != by.pk or row.lesson_id != lesson.pk:
            refused[str(note.key)] = _("This note is not yours.")
            continue
        elif note.sequence > row.sequence and note.key not in fresh:
            if lesson.is_open:
                refused[str(note.key)] = _("The discussion has begun: notes stay as they are now.")
                continue
            changed[note.key] = row
        if note.key in changed or (note.key in fresh and note.sequence >= row.sequence):
            _word(row, note, stages, pupils)
        taken[str(note.key)] = row.sequence
    Observation.objects.bulk_create(fresh.values())
    Observation.objects.bulk_update(changed.values(), [*SAID, "changed_at", "withdrawn_at"])
    if fresh or changed:
        _tell(lesson)
    if lesson.is_open and fresh:
        _tell_late(lesson, len(fresh), by)
    return taken, refused


def _first(lesson, note, by, device):
    made_at = note.made_at or now()
    offset = observing.offset_of(made_at, lesson.began_at) if lesson.began_at else note.offset_s
    return Observation(
        lesson=lesson, observer=by, key=note.key, device=device[:40], sequence=note.sequence, made_at=made_at,
        offset_s=offset, is_late=lesson.is_open,
    )  # fmt: skip


def _word(row, note, stages, pupils):
    """The note in these words. A part or pupil that is none of this lesson is left out, the words stay."""
    row.sequence = note.sequence
    row.stage_id = note.stage if note.stage in stages else None
    row.pupil_id = note.pupil if note.pupil in pupils else None
    row.fact, row.match, row.is_quote = note.fact.strip(), note.match, note.is_quote
    row.changed_at = now() if row.pk else None
    row.withdrawn_at = now() if note.is_withdrawn else None


@transaction.atomic
def change_note(row, note, *, by):
    """Other words for a note of hers. Raises Refused once the discussion has begun."""
    lesson = _hold(row.lesson)
    if reason := observing.why_not_observe(lesson):
        raise Refused(reason)
    _keep(lesson, [note], by, row.device)


@transaction.atomic
def withdraw_note(row, *, by):
    """Take a note back. Raises Refused once the discussion has begun."""
    lesson = _hold(row.lesson)
    if reason := observing.why_not_observe(lesson):
        raise Refused(reason)
    row.withdrawn_at, row.sequence = now(), row.sequence + 1
    row.save(update_fields=["withdrawn_at", "sequence"])
    _tell(lesson)


@transaction.atomic
def keep_photo(row, upload, *, by, shows_work):
    """Lay a photo with a note: of work, without faces, unless the parents know that the lesson is filmed.

    What the camera wrote into it (place, time, device) does not come along. Sending it twice keeps it once.
    """
    lesson = _hold(row.lesson)
    row = Observation.objects.select_for_update(of=["self"]).get(pk=row.pk)
    if row.photo or row.withdrawn_at:
        return row
    if not shows_work and not (lesson.is_filmed and lesson.parents_informed_on):
        raise Refused(_("Say first that the photo shows work, and no faces or names."))
    taken = Taken(take_image(upload), "image/jpeg", f"{row.key}.jpg")
    was_late, row.is_late = row.is_late, row.is_late or lesson.is_open
    keeping.save(row, "photo", taken)
    _tell(lesson)
    if row.is_late and not was_late:
        _tell_late(lesson, 1, by)
    return row


@transaction.atomic
def hand_in(lesson, *, by):
    """Everything of hers arrived; the discussion need not wait for her."""
    lesson = _hold(lesson)
    if reason := observing.why_not_observe(lesson):
        raise Refused(reason)
    row, _is_new = Assignment.objects.get_or_create(lesson=lesson, observer=by)
    if row.handed_in_at:
        return row
    row.handed_in_at, row.was_absent = now(), False
    row.save(update_fields=["handed_in_at", "was_absent"])
    ledger.write(lesson)
    record("lessonstudy.handed_in", by=by, about=lesson, community=lesson.cycle.community_id)
    _tell(lesson)
    return row


@transaction.atomic
def mark_absent(row, is_absent, *, by):
    """An observer was not there, or was after all: then nobody waits for her notes."""
    lesson = _hold(row.lesson)
    if reason := observing.why_not_observe(lesson):
        raise Refused(reason)
    row.was_absent = is_absent
    row.save(update_fields=["was_absent"])
    ledger.write(lesson)
    record("lessonstudy.absent", by=by, about=lesson, community=lesson.cycle.community_id)
    _tell(lesson)


@transaction.atomic
def interview(lesson, pupil, said, *, by):
    """Write down a talk with a pupil, or why there was none; the same talk again is that talk in other words."""
    lesson = _hold(lesson)
    if lesson.cycle.purged_at:
        raise Refused(_("The notes of this lesson were thrown away, as agreed. Nothing can be added."))
    row = Interview.objects.filter(lesson=lesson, pupil=pupil).first() or Interview(lesson=lesson, pupil=pupil, by=by)
    for name, text in said.items():
        setattr(row, name, text)
    row.save()
    record("lessonstudy.interviewed", by=by, about=lesson, community=lesson.cycle.community_id)
    _tell(lesson)
    return row


def _hold(lesson):
    """The lesson as it is now, held: nobody opens its discussion while something comes in."""
    rows = ResearchLesson.objects.select_related("cycle").select_for_update(of=["self"], no_key=True)
    return rows.get(pk=lesson.pk)


def _tell(lesson):
    """Pages of this cycle hear that something came in, never what."""
    streams.tell(lesson.cycle.channel, "observed")


def _tell_late(lesson, count, by):
    leads = [lesson.chair] if lesson.chair_id else [row.person for row in _guides(lesson)]
    community = lesson.cycle.community_id
    record("lessonstudy.came_late", by=by, about=lesson, tell=leads, community=community, count=count)


def _guides(lesson):
    return lesson.cycle.members.guiding().select_related("person")
