"""A cycle begins, and what its team writes down on the way: goal, charter, sources, case pupils, lesson, phases."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from communities.search import index
from core import streams
from core.refusals import Refused
from core.text import one_line
from core.time import today
from lessonstudy.actions.moving import hold
from lessonstudy.choices import Halt, LessonState, Role, State
from lessonstudy.models import CasePupil, Charter, Cycle, CycleMember, PhaseText, ResearchLesson, Source
from people.calendar import school_year

ACCEPT = "lessonstudy.accept"
MOST_PUPILS = 12
ENDED = {State.DONE}
#: Until here the lesson of this round can be arranged.
BEFORE_LESSON = {State.CONCEPT, State.ORIENTING, State.DESIGNING, State.READY, State.REDESIGNING}


def why_not_write(cycle):
    """Why nothing is added to this cycle any more, or ""."""
    if cycle.halt == Halt.STOPPED:
        return _("This cycle was stopped.")
    return _("This cycle is completed.") if cycle.state in ENDED else ""


def _write_in(cycle):
    cycle = hold(cycle)
    if reason := why_not_write(cycle):
        raise Refused(reason)
    return cycle


# It begins ----------------------------------------------------------------------------------------


@transaction.atomic
def start(community, *, by, title, template, team=(), question="", **goal):
    """Begin a cycle of this PLG: who begins it guides it, the others are asked to take part."""
    if reason := community.why_not_add:
        raise Refused(reason)
    cycle = Cycle.objects.create(
        community=community, title=title, template=template, question=question.strip(), created_by=by,
        school_year=school_year(today()), theme=goal.pop("theme", "") or community.theme, **goal,
    )  # fmt: skip
    CycleMember.objects.create(cycle=cycle, person=by, role=Role.GUIDE)
    people = [person for person in team if person != by]
    CycleMember.objects.bulk_create(CycleMember(cycle=cycle, person=person) for person in people)
    record("lessonstudy.joined", by=by, about=cycle, tell=people, community=community)
    index.follow(cycle)
    return cycle


@transaction.atomic
def edit(cycle, *, by, **values):
    """Say better what it is about."""
    cycle = _write_in(cycle)
    for name, value in values.items():
        setattr(cycle, name, value)
    cycle.save(update_fields=[*values])
    record("lessonstudy.edited", by=by, about=cycle, community=cycle.community_id)
    index.follow(cycle)
    streams.tell(cycle.channel, "goal")
    return cycle


# The charter --------------------------------------------------------------------------------------


@transaction.atomic
def write_charter(cycle, *, by, text):
    """Put in words how the team works. A changed one is asked anew of everybody; who writes it agrees."""
    cycle = _write_in(cycle)
    charter = Charter.objects.filter(cycle=cycle).first() or Charter(cycle=cycle)
    if charter.text == text.strip():
        return charter
    charter.text, charter.changed_by, charter.changed_at = text.strip(), by, now()
    charter.save()
    team = cycle.members.team()
    team.update(charter_accepted_at=None)
    team.filter(person=by).update(charter_accepted_at=now())
    answered(ACCEPT, about=cycle)
    ask_to_accept(cycle)
    record("lessonstudy.agreed_on", by=by, about=cycle, community=cycle.community_id)
    streams.tell(cycle.channel, "charter")
    return charter


def ask_to_accept(cycle):
    """Of who did not agree yet."""
    if not Charter.objects.filter(cycle=cycle).exists():
        return
    waiting = cycle.members.team().filter(charter_accepted_at=None).select_related("person")
    ask(
        ACCEPT, about=cycle, url=_charter_page(cycle), people=[row.person for row in waiting if row.person_id],
        community=cycle.community_id,
    )  # fmt: skip


def _charter_page(cycle):
    from core.links import address

    return address("lessonstudy:charter", cycle.pk)


@transaction.atomic
def accept_charter(cycle, *, by):
    """Agree with how the team works."""
    cycle = _write_in(cycle)
    if not Charter.objects.filter(cycle=cycle).exists():
        raise Refused(_("You did not write yet what you agree with each other."))
    cycle.members.team().filter(person=by, charter_accepted_at=None).update(charter_accepted_at=now())
    answered(ACCEPT, about=cycle, person=by)
    record("lessonstudy.accepted", by=by, about=cycle, community=cycle.community_id)
    streams.tell(cycle.channel, "charter")


# Sources ------------------------------------------------------------------------------------------


@transaction.atomic
def save_source(cycle, source=None, *, by, **values):
    """Write down what the team read, and what it takes from it."""
    cycle = _write_in(cycle)
    source = source or Source(cycle=cycle, added_by=by)
    if values.get("resource") and not values.get("reference"):
        values["reference"] = values["resource"].title
    for name, value in values.items():
        setattr(source, name, value)
    source.reference = one_line(source.reference)
    source.save()
    record("lessonstudy.read", by=by, about=cycle, community=cycle.community_id)
    streams.tell(cycle.channel, "sources")
    return source


@transaction.atomic
def remove_source(source, *, by):
    """Take it off the list."""
    cycle = _write_in(source.cycle_id)
    source.delete()
    record("lessonstudy.unread", by=by, about=cycle, community=cycle.community_id)
    streams.tell(cycle.channel, "sources")


# Case pupils --------------------------------------------------------------------------------------


@transaction.atomic
def save_pupil(cycle, pupil=None, *, by, **values):
    """Follow a pupil, by a code alone."""
    cycle = _write_in(cycle)
    if pupil is None and cycle.pupils.count() >= MOST_PUPILS:
        raise Refused(_("You follow %(count)d pupils already. Fewer let you see more.") % {"count": MOST_PUPILS})
    values["code"] = values["code"].strip().upper()
    if cycle.pupils.filter(code=values["code"]).exclude(pk=pupil and pupil.pk).exists():
        raise Refused(_("There is a pupil with this code already."), "code")
    pupil = pupil or CasePupil(cycle=cycle)
    for name, value in values.items():
        setattr(pupil, name, value)
    pupil.save()
    record("lessonstudy.followed", by=by, about=cycle, community=cycle.community_id)
    streams.tell(cycle.channel, "pupils")
    return pupil


def why_not_remove_pupil(pupil):
    """What was seen of a pupil is not thrown away with her code."""
    if pupil.observations.exists():
        return _("There are observations of this pupil already. They go with the others, after the term.")
    return ""


@transaction.atomic
def remove_pupil(pupil, *, by):
    """Follow this pupil no more."""
    cycle = _write_in(pupil.cycle_id)
    if reason := why_not_remove_pupil(pupil):
        raise Refused(reason)
    pupil.delete()
    record("lessonstudy.unfollowed", by=by, about=cycle, community=cycle.community_id)
    streams.tell(cycle.channel, "pupils")


def next_code(cycle):
    """The first letter that no pupil has."""
    taken = set(cycle.pupils.values_list("code", flat=True))
    return next((letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in taken), "")


# The lesson ---------------------------------------------------------------------------------------


def why_not_arrange(cycle, lesson=None):
    """Why the lesson of this round is not arranged or changed now, or ""."""
    if reason := why_not_write(cycle):
        return reason
    if not cycle.has_lessons:
        return _("No lesson is given in this way of working.")
    if cycle.state not in BEFORE_LESSON or (lesson and lesson.state != LessonState.PLANNED):
        return _("This lesson was given already.")
    if lesson and lesson.round != cycle.round:
        return _("This lesson belongs to an earlier round.")
    return ""


@transaction.atomic
def arrange(cycle, *, by, **values):
    """Choose when the lesson of this round is given, by whom, and who leads the discussion. Says so to the team."""
    cycle = hold(cycle)
    lesson = cycle.lessons.standing().filter(round=cycle.round).first()
    if reason := why_not_arrange(cycle, lesson):
        raise Refused(reason)
    seated = set(cycle.members.now().values_list("person", flat=True))
    for name in ("teacher", "chair", "recorder"):
        if values.get(name) and values[name].pk not in seated:
            raise Refused(_("Only who takes part in this cycle can do this."), name)
    if values["ends"] <= values["starts"]:
        raise Refused(_("The lesson ends before it begins."), "ends")
    before = (lesson.held_on, lesson.starts, lesson.ends) if lesson else None
    lesson = lesson or ResearchLesson(cycle=cycle, round=cycle.round)
    if cycle.state == State.READY:
        lesson.plan = cycle.plan
    for name, value in values.items():
        setattr(lesson, name, value)
    lesson.save()
    lesson.refresh_from_db()
    if lesson.teacher_id:  # who gives the lesson cannot observe it as well
        lesson.assignments.filter(observer=lesson.teacher_id).delete()
    moved = before != (lesson.held_on, lesson.starts, lesson.ends)
    team = [row.person for row in cycle.members.now().select_related("person") if row.person_id] if moved else []
    record("lessonstudy.arranged", by=by, about=lesson, tell=team, community=cycle.community_id, moved=bool(before))
    streams.tell(cycle.channel, "lesson")
    return lesson


# What a team of an inquiry writes -----------------------------------------------------------------


@transaction.atomic
def write_text(cycle, heading, *, by, text, version):
    """Write under a heading of a phase. Who saw an older text is refused, and keeps what she typed."""
    cycle = _write_in(cycle)
    row = PhaseText.objects.filter(cycle=cycle, heading=heading).first() or PhaseText(cycle=cycle, heading=heading)
    if row.text == text.strip():
        return row
    if row.version != version:
        raise Refused(
            _("%(name)s changed this meanwhile. That text stands below yours; bring them together and keep it again.")
            % {"name": row.changed_by or _("Somebody")},
            "text",
        )
    row.text, row.version, row.changed_by, row.changed_at = text.strip(), version + 1, by, now()
    row.save()
    record("lessonstudy.wrote", by=by, about=cycle, community=cycle.community_id, heading=heading)
    streams.tell(cycle.channel, "texts")
    return row
