"""How a lesson is discussed, step by step, and what the notes of that session propose.

Two orders exist. In the Dutch practice (after Dudley, *Lesson Study: a handbook*) the observers tell first what they
saw, pupil by pupil, and who gave the lesson listens; in the Japanese one she speaks first. Facts come before what
they mean, and teaching after learning.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.meetings.choices import LineKind
from communities.meetings.models import Line, Run, RunStep
from communities.meetings.runnables import Runnable
from communities.models import Membership
from core.text import of_the_house
from lessonstudy import rules
from lessonstudy.choices import Halt, Order, Role, State
from lessonstudy.models import CycleMember, Discussion

GOAL, TEACHER, PATTERNS, TEACHING, EXPERT, CHANGE = "goal", "teacher", "patterns", "teaching", "expert", "change"
PUPIL = "pupil"
#: Who is silent, as roles of a session.
GAVE_THE_LESSON, OBSERVERS = gettext_lazy("who gave the lesson"), gettext_lazy("the observers")
PUPIL_MINUTES, MOST_PUPIL_MINUTES = 8, 32  # eight for each pupil, and together no more than half an hour


def script(discussion):
    """[(key, RunStep)]: the steps of this discussion, unsaved. The key of a pupil's step is (PUPIL, her id)."""
    lesson = discussion.lesson
    pupils = list(lesson.cycle.pupils.filter(reserve_for=None))
    has_expert = lesson.cycle.members.now().filter(role__in=[Role.EXPERT, Role.FRIEND]).exists()
    with of_the_house():
        parts = _parts(discussion.order, pupils, has_expert=has_expert)
        return [(key, RunStep(**fields)) for key, fields in parts]


def _parts(order, pupils, *, has_expert):
    pupils_first = order == Order.PUPILS
    yield GOAL, _step(_("What we wanted to learn"), 3, _("Read the goal and the question aloud. Facts first: what did "
                                                        "you see and hear? What it means comes later."))  # fmt: skip
    if not pupils_first:
        yield TEACHER, _step(_("Who gave the lesson"), 6, _("What did you expect, and what surprised you?"), OBSERVERS)
    each = min(PUPIL_MINUTES, MOST_PUPIL_MINUTES // max(len(pupils), 1))
    for pupil in pupils:
        yield (PUPIL, pupil.pk), _step(
            _("What we saw of pupil %(code)s") % {"code": pupil.code}, each,
            _("Put what was seen beside what you expected. Can this pupil do it now: %(target)s") % {
                "target": pupil.target or "…"},
            GAVE_THE_LESSON if pupils_first else None,
        )  # fmt: skip
    yield PATTERNS, _step(_("What comes back"), 8, _("What did you see of more than one pupil? Point at the notes."))
    if pupils_first:
        asked = _("What do you recognise, and what is new to you?")
        yield TEACHER, _step(_("Who gave the lesson"), 6, asked, OBSERVERS)
    yield TEACHING, _step(_("About our teaching"), 8, _("Which part of the lesson made this happen? It is our lesson, "
                                                        "whoever gave it."))  # fmt: skip
    if has_expert:
        yield EXPERT, _step(_("What the expert says"), 6, _("What does somebody see who knows this subject well?"))
    yield CHANGE, _step(_("What we change"), 10, _("Choose at most two changes. Say with each which note it rests on."))


def _step(title, minutes, instruction, silent=None):
    return {
        "title": title[:140],
        "minutes": minutes,
        "instruction": instruction,
        "silent": [str(silent)] if silent else [],
    }


# What was written down ----------------------------------------------------------------------------


def proposed(discussion):
    """What the notes of the session propose to keep: {key of a step: text}. Somebody of the team keeps it, or not."""
    runs = Run.objects.about(discussion)
    kinds = [LineKind.NOTE, LineKind.INSIGHT, LineKind.DECISION]
    lines = Line.objects.filter(run__in=runs, kind__in=kinds).standing().order_by("step__order", "pk")
    found = list(lines.values_list("step__title", "text"))
    if not found:
        return {}
    keys = {step.title: key for key, step in script(discussion)}
    told = {}
    for title, text in found:
        told.setdefault(keys.get(title), []).append(text.strip())
    return {key: "\n".join(texts) for key, texts in told.items() if key}


def forget(lessons):
    """What was written down in the sessions of these lessons goes, with the sessions. Returns how many those were."""
    kind = ContentType.objects.get_for_model(Discussion)
    about = Discussion.objects.filter(lesson__in=lessons).values("pk")
    runs = Run.objects.filter(about_type=kind, about_id__in=about)
    count = runs.count()
    runs.delete()
    return count


# How it is run ------------------------------------------------------------------------------------


def circle_of(cycle_id):
    """The name of the circle that a cycle's team is, as a session knows it."""
    return f"cycle:{cycle_id}"


def circles_of(user):
    """(circles she takes part in, circles she leads), for the sessions of meetings."""
    mine = rules.standing(user)
    return [circle_of(pk) for pk in mine.takes_part], [circle_of(pk) for pk in mine.guides]


def may_lead(discussion, user):
    """Who leads the discussion: the chair of the lesson and the process facilitator."""
    lesson = discussion.lesson
    mine = rules.standing(user)
    return lesson.cycle_id in mine.guides or (lesson.chair_id == user.pk and lesson.cycle_id in mine.takes_part)


def why_not_start(discussion):
    """Why this discussion cannot begin now, or ""."""
    cycle = discussion.lesson.cycle
    if cycle.halt == Halt.PAUSED:
        return _("This cycle is paused. Resume it first.")
    if cycle.halt == Halt.STOPPED:
        return _("This cycle was stopped.")
    if cycle.state != State.DISCUSSING or discussion.lesson.round != cycle.round:
        return _("You are past this discussion.")
    return ""


def expected(discussion):
    """The memberships of who takes part in the cycle: nobody else of the PLG is expected."""
    team = CycleMember.objects.now().filter(cycle=discussion.lesson.cycle_id).values("person")
    return Membership.objects.active().filter(Q(community=discussion.lesson.cycle.community_id) & Q(person__in=team))


def _steps(discussion, by, plan):
    return [step for _key, step in script(discussion)]


def _ended(run, discussion, by):
    from lessonstudy.actions.discussing import ended

    ended(discussion, by=by)


def _arrived(run, discussion):
    _ended(run, discussion, None)


DISCUSSION = Runnable(
    steps=_steps,
    may_lead=may_lead,
    ended=_ended,
    arrived=_arrived,
    title=lambda discussion: _("Discussing: %(title)s") % {"title": discussion.lesson.cycle.title},
    why_not_start=why_not_start,
    expected=expected,
    circle=lambda discussion: circle_of(discussion.lesson.cycle_id),
    led_by=lambda discussion: discussion.lesson.chair,
)
