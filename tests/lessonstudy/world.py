"""A Lesson Study cycle in any state, straight in rows: what its team would have written by then.

Fatima guides it, Amina gives the lesson, Tom leads the discussion and observes, Gijs comes along as an expert. The
case pupils are A, B and C. Whoever needs a cycle halfway asks `a_cycle(cast, state="given")`.
"""

from datetime import time, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

from django.utils.timezone import now

from core.time import today
from lessonstudy import documents, plans
from lessonstudy.choices import Answer, Cover, LessonState, Match, Role, State, Template
from lessonstudy.guards import CHECKLIST
from lessonstudy.models import (
    Charter,
    Cycle,
    CycleMember,
    Discussion,
    Interview,
    Observation,
    Outcome,
    PhaseText,
    PlanVersion,
    ResearchLesson,
    Revision,
)
from lessonstudy.steps import HEADINGS

ORDER = [
    State.CONCEPT,
    State.ORIENTING,
    State.DESIGNING,
    State.READY,
    State.GIVEN,
    State.DISCUSSING,
    State.REDESIGNING,
    State.REFLECTING,
    State.SHARING,
    State.DONE,
]
STAGES = [
    ("Strook verdelen", 10, "Vraagt: hoe krijg je drie gelijke stukken?"),
    ("Vergelijken in tweetallen", 15, "Loopt rond en vraagt: waarom is dit meer?"),
    ("Samen nabespreken", 15, "Laat twee oplossingen naast elkaar zien."),
]
PUPILS = [("A", "above"), ("B", "at"), ("C", "below")]


def a_cycle(cast, state=State.CONCEPT, *, template=Template.LESSON_STUDY, days=None, **fields):
    """A cycle of PLG Rekenen in this state; `days` is when its lesson is, counted from today."""
    state = State(state)
    fields = {
        "community": cast.maths,
        "title": "Breuken met stroken",
        "school_year": 2026,
        "theme": "maths",
        "pupil_goal": "Leerlingen leggen uit waarom een derde meer is dan een kwart.",
        "question": "Hoe zien we wat leerlingen al weten van breuken?",
        "own_practice": True,
        "created_by": cast.fatima,
    } | fields
    cycle = Cycle.objects.create(template=template, state=state, **fields)
    seat_team(cycle, cast)
    if template in (Template.LESSON_STUDY, Template.SHORT):
        _lesson_study(cycle, cast, state, days)
    else:
        _inquiry(cycle, state)
    if state in (State.SHARING, State.DONE):
        _outcome(cycle, done=state == State.DONE)
    return Cycle.objects.get(pk=cycle.pk)


def seat_team(cycle, cast):
    """Fatima guides, Amina and Tom are the team, Gijs is the expert; all agree with the charter."""
    Charter.objects.create(cycle=cycle, text="We kijken naar leerlingen, niet naar elkaar.", changed_by=cast.fatima)
    for person, role in ((cast.fatima, Role.GUIDE), (cast.amina, Role.TEACHER), (cast.tom, Role.TEACHER)):
        CycleMember.objects.create(cycle=cycle, person=person, role=role, charter_accepted_at=now())
    CycleMember.objects.create(cycle=cycle, person=cast.gijs, role=Role.EXPERT)


def _lesson_study(cycle, cast, state, days):
    at = ORDER.index(state)
    if at < ORDER.index(State.DESIGNING):
        return
    add_pupils(cycle)
    plan = a_plan(cycle, number=1, frozen=state != State.DESIGNING)
    given = at >= ORDER.index(State.GIVEN)
    days = days if days is not None else (-1 if given else 7)
    if state == State.GIVEN and days == -1:
        days = 0
    lesson = a_lesson(cycle, cast, plan, days=days, given=given)
    if given:
        observe(lesson)
    if at >= ORDER.index(State.DISCUSSING):
        open_discussion(lesson, evidence=at > ORDER.index(State.DISCUSSING))
    if state == State.REDESIGNING:
        cycle.round = 2
        a_plan(cycle, number=2, frozen=False)
    cycle.save()


def add_pupils(cycle):
    """Case pupils A, B and C, described."""
    for code, stands_for in PUPILS:
        cycle.pupils.create(
            code=code, stands_for=stands_for, start="Deelt een strook in tweeën.", target="Deelt een strook in drieën."
        )


def a_plan(cycle, number=1, *, frozen=False):
    """A plan of three parts with a prediction for each pupil in each; it becomes the plan of the cycle."""
    plan = PlanVersion.objects.create(
        cycle=cycle, number=number, round=cycle.round, parent=cycle.plans.exclude(number=number).last()
    )
    pupils = list(cycle.pupils.all())
    document = documents.open_document()
    plans.keep(plan, [(uuid4(), documents.change(document, lambda document: _write_plan(document, pupils)))])
    if frozen:
        plan.frozen_at = now()
        plan.save(update_fields=["frozen_at"])
    cycle.plan = plan
    cycle.save()
    return plan


def _write_plan(document, pupils):
    for number, (title, minutes, does) in enumerate(STAGES):
        stage = documents.add(document, UUID(int=number + 1), minutes)
        texts = {
            "title": title, "teacher_does": does, "anticipated": "Sommigen vouwen eerst doormidden.",
            "response": "Wat zie je als je hem openvouwt?", "look_for": "Wie meet, wie schat?",
            "materials": "Stroken papier",
        }  # fmt: skip
        for pupil in pupils:
            texts[f"{pupil.pk}/expected"] = f"{pupil.code} vouwt in drieën."
            texts[f"{pupil.pk}/seen_by"] = "Drie even lange stukken."
        documents.write(document, stage, texts)


def a_lesson(cycle, cast, plan=None, *, days=7, given=False, **fields):
    """The lesson of this round: Amina gives it, Tom leads the discussion; Fatima sees A, Tom sees B and C."""
    held_on = today() + timedelta(days=days)
    fields = {
        "teacher": cast.amina,
        "chair": cast.tom,
        "school": cast.regenboog,
        "class_label": "groep 6",
        "cover": Cover.ARRANGED,
        "starts": time(0, 0) if days == 0 else time(9, 0),
        "ends": time(0, 40) if days == 0 else time(9, 45),
    } | fields
    lesson = ResearchLesson.objects.create(
        cycle=cycle, round=cycle.round, plan=plan, held_on=held_on,
        state=LessonState.GIVEN if given else LessonState.PLANNED, **fields,
    )  # fmt: skip
    lesson.refresh_from_db()
    if given:
        lesson.began_at, lesson.ended_at = lesson.starts_at, lesson.starts_at + timedelta(minutes=40)
        lesson.save()
    for observer, codes in ((cast.fatima, "A"), (cast.tom, "BC")):
        row = lesson.assignments.create(observer=observer, handed_in_at=now() if given else None)
        row.pupils.set(cycle.pupils.filter(code__in=codes))
    return lesson


def observe(lesson, many=1):
    """Each observer saw each of her pupils in each part, so many times; and there was a talk with each pupil."""
    rows = []
    for assignment in lesson.assignments.prefetch_related("pupils"):
        for number, stage in enumerate(lesson.plan.stages.all()):
            for pupil in assignment.pupils.all():
                rows += [
                    Observation(
                        lesson=lesson, observer_id=assignment.observer_id, stage=stage, pupil=pupil, key=uuid4(),
                        offset_s=number * 600 + n * 30, fact=f"{pupil.code} vouwt de strook en meet met zijn vinger.",
                        match=[Match.EXPECTED, Match.PARTLY, Match.OTHER][number % 3], sequence=len(rows) + n,
                    )
                    for n in range(many)
                ]  # fmt: skip
    Observation.objects.bulk_create(rows)
    for pupil in lesson.cycle.pupils.all():
        Interview.objects.create(lesson=lesson, pupil=pupil, learned="Dat drie stukken even groot moeten zijn.")


def open_discussion(lesson, *, evidence=False):
    """The notes lie open; with `evidence` there are findings and a change that rests on what was seen."""
    lesson.opened_at = now()
    lesson.save()
    discussion = Discussion.objects.create(lesson=lesson, order=lesson.cycle.order)
    if not evidence:
        return discussion
    for pupil in lesson.cycle.pupils.all():
        discussion.findings.create(pupil=pupil, text="Schat eerst, meet dan.", reached=pupil.code != "C")
    stage = lesson.plan.stages.first()
    revision = Revision.objects.create(
        lesson=lesson, stage_uid=stage.uid, was=stage.teacher_does, becomes="Laat eerst schatten."
    )
    revision.observations.set(lesson.observations.filter(stage=stage)[:2])
    return discussion


def _inquiry(cycle, state):
    """What was written up to and with this phase."""
    for (template, _phase), headings in HEADINGS.items():
        if template != cycle.template or state == State.CONCEPT:
            continue
        for key, _label in headings:
            PhaseText.objects.get_or_create(
                cycle=cycle, heading=key, defaults={"text": "Wat wij hiervan vonden.", "version": 1}
            )


def _outcome(cycle, *, done):
    outcome = Outcome.objects.create(
        cycle=cycle,
        pupils_learned="De meeste leerlingen vergelijken nu door te leggen.",
        teachers_learned="Wij vroegen te snel om een antwoord.",
        limits="We keken naar drie leerlingen, één keer.",
        headline="Eerst schatten, dan meten",
        checked={key: {"by": None, "at": now().isoformat()} for key in CHECKLIST},
        asked_at=now(),
    )
    for member in cycle.members.team():
        outcome.approvals.create(member=member, due_on=today() + timedelta(days=14), answer=Answer.YES if done else "")
    if done:
        cycle.ended_at, cycle.purge_on = now(), today() + timedelta(days=365)
        cycle.save()


def roles(cast):
    """Who is who in such a cycle, for tests that walk all roles."""
    return SimpleNamespace(
        guide=cast.fatima, teacher=cast.amina, chair=cast.tom, expert=cast.gijs, outsider=cast.els, stranger=cast.dele
    )
