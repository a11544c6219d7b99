"""The demo's cycles: one discussed, one whose lesson comes, one that is written, two inquiries, one that is done."""

from datetime import time, timedelta
from uuid import UUID

from communities.search import index
from core.time import instant
from lessonstudy import documents, plans
from lessonstudy.choices import Cover, LessonState, Role, State, Template
from lessonstudy.guards import CHECKLIST
from lessonstudy.models import (
    Charter,
    Cycle,
    CycleMember,
    Discussion,
    Interpretation,
    Interview,
    Move,
    Observation,
    Outcome,
    Pattern,
    PhaseText,
    PlanVersion,
    ResearchLesson,
    Revision,
    Source,
)
from people.calendar import school_year
from plg_platform.demo import days, lessonstudy_analysis, texts
from plg_platform.demo import lessonstudy_texts as said

STRIPS = UUID(int=0x2026)
DAY, REGIONS = timedelta(days=1), ("Midden",)
STATES = [
    State.CONCEPT, State.ORIENTING, State.DESIGNING, State.READY, State.GIVEN, State.DISCUSSING, State.REFLECTING,
    State.SHARING, State.DONE,
]  # fmt: skip
VERBS = ("orient", "design", "make_ready", "give", "discuss", "reflect", "share", "complete")
#: Who leads the way in a cycle, who is in the team, who is its expert.
MATHS_TEAM = ("Sanne Bakker", ("Els Jansen", "Mark de Wit", "Ruben Mulder", "Yasmin Aksoy"), "Willem Postma")


def fill(builder):
    """Everything, as rows: no letters of what lies in the past."""
    maths = builder.communities[texts.REKENEN.name]
    discussed = _begin(builder, maths, MATHS_TEAM, "Breuken zien", state=State.DISCUSSING, ago=40,
                       goal="Kinderen vergelijken breuken met een geheel dat verschilt.",
                       question="Wat doen leerlingen als het geheel niet even groot is?")  # fmt: skip
    _discussed(builder, discussed)
    coming = _begin(builder, maths, MATHS_TEAM, "Meten met je lijf", state=State.READY, ago=24,
                    goal="Kinderen ontdekken dat je een maat moet afspreken.",
                    question="Wanneer merken leerlingen zelf dat een vaste maat nodig is?")  # fmt: skip
    _coming(builder, coming)
    done = _begin(builder, maths, MATHS_TEAM, "Schatten en meten", state=State.DONE, ago=190,
                  goal="Kinderen controleren hun schatting.",
                  question="Wat doen leerlingen na een schatting?")  # fmt: skip
    _done(builder, done)
    reading = builder.communities[texts.LEZEN.name]
    written = _begin(builder, reading, ("Sanne Bakker", ("Joost van Leeuwen", "Tess Verbeek", "Wendy Kuipers"), None),
                     "Praten over een boek", state=State.DESIGNING, ago=15,
                     goal="Kinderen stellen elkaar een vraag over een boek.",
                     question="Welke vragen van leerlingen houden een boekgesprek gaande?")  # fmt: skip
    _pupils(written, said.FRACTION_PUPILS, described=False)
    _plan(written, [("Voorlezen", 10), ("In tweetallen", 15), ("Kring", 15)], [], 1)
    _inquiries(builder)
    index.follow(*Cycle.objects.all())


def _begin(builder, plg, who, title, *, state, ago, template=Template.LESSON_STUDY, goal="", question=""):
    guide, team, expert = who
    began = builder.moment - timedelta(days=ago)
    cycle = Cycle.objects.create(
        community=plg, template=template, school_year=school_year(began.date()), title=title, theme=plg.theme,
        pupil_goal=goal, question=question, state=state, created_by=builder.people[guide], created_at=began,
        state_since=builder.moment - timedelta(days=min(ago, 1)),
    )  # fmt: skip
    seats = [
        (guide, Role.GUIDE),
        *((name, Role.TEACHER) for name in team),
        *([(expert, Role.EXPERT)] if expert else []),
    ]
    CycleMember.objects.bulk_create(
        CycleMember(
            cycle=cycle, person=builder.people[name], role=role, joined_at=began,
            charter_accepted_at=None if role == Role.EXPERT else began + timedelta(days=1),
        )
        for name, role in seats
    )  # fmt: skip
    Charter.objects.create(cycle=cycle, text=said.CHARTER, changed_by=builder.people[guide], changed_at=began)
    if template == Template.LESSON_STUDY:
        Source.objects.create(
            cycle=cycle, reference="Wat kinderen weten voordat je uitlegt", added_by=builder.people[team[0]],
            takes="Begin met een vraag waar iedereen iets mee kan. Kijk dan pas.", added_at=began,
        )  # fmt: skip
    _walked(cycle, builder.people[guide], began)
    return cycle


def _walked(cycle, guide, began):
    """The steps up to where it is, spread over the weeks since it began."""
    last = STATES.index(cycle.state) if cycle.state in STATES else 0
    between = (cycle.state_since - began) / max(last, 1)
    Move.objects.bulk_create(
        Move(cycle=cycle, verb=verb, was=was, became=became, round=1, by=guide, at=began + n * between)
        for n, (verb, was, became) in enumerate(zip(VERBS, STATES, STATES[1:], strict=False), start=1)
        if n <= last
    )


def _pupils(cycle, rows, *, described=True):
    for code, stands_for, start, target, _expected in rows:
        words = {"start": start, "target": target} if described else {}
        cycle.pupils.create(code=code, stands_for=stands_for, **words)


def _plan(cycle, stages, pupils, number, *, frozen=None, parent=None):
    """A plan as its writers made it, with its document."""
    plan = PlanVersion.objects.create(cycle=cycle, number=number, round=cycle.round, parent=parent)
    ids = dict(cycle.pupils.values_list("code", "pk"))

    def write(document):
        for n, (title, minutes, *more) in enumerate(stages):
            uid = documents.add(document, UUID(int=STRIPS.int + cycle.pk * 100 + n), minutes)
            values = {"title": title} | dict(
                zip(("teacher_does", "anticipated", "response", "look_for", "materials"), more, strict=False)
            )
            for code, _stands, _start, _target, expected in pupils:
                values[f"{ids[code]}/expected"] = expected[n]
            documents.write(document, uid, values)

    change = documents.change(documents.open_document(), write)
    plans.keep(plan, [(UUID(int=STRIPS.int + cycle.pk * 1000 + number), change)])
    if frozen:
        plan.frozen_at = frozen
        plan.save(update_fields=["frozen_at"])
    cycle.plan = plan
    cycle.save(update_fields=["plan"])
    return plan


def _lesson(builder, cycle, plan, held_on, *, teacher, watching, **more):
    """The lesson of this day, with who observes whom: {name: codes}."""
    lesson = ResearchLesson.objects.create(
        cycle=cycle, round=cycle.round, plan=plan, held_on=held_on, starts=time(9),
        ends=time(9, 50), teacher=builder.people[teacher], chair=builder.people["Sanne Bakker"],
        recorder=builder.people["Els Jansen"], school=builder.school_of[builder.people[teacher]],
        class_label="groep 5", cover=Cover.ARRANGED, **more,
    )  # fmt: skip
    for name, codes in watching.items():
        row = lesson.assignments.create(
            observer=builder.people[name], handed_in_at=lesson_end(lesson) if more else None
        )
        row.pupils.set(cycle.pupils.filter(code__in=list(codes)))
    return lesson


def lesson_end(lesson):
    """When it was over."""
    return instant(lesson.held_on, lesson.ends)


def _discussed(builder, cycle):
    _pupils(cycle, said.FRACTION_PUPILS)
    frozen = builder.moment - timedelta(days=6)
    plan = _plan(cycle, said.FRACTIONS, said.FRACTION_PUPILS, 1, frozen=frozen)
    watching = {"Mark de Wit": "A", "Ruben Mulder": "B", "Els Jansen": "C"}
    day = {"state": LessonState.GIVEN, "opened_at": builder.moment - timedelta(hours=3)}
    held_on = days.last_until(builder.today - DAY, REGIONS)
    lesson = _lesson(builder, cycle, plan, held_on, teacher="Yasmin Aksoy", watching=watching, **day)
    begins = instant(lesson.held_on, lesson.starts)
    lesson.began_at, lesson.ended_at = begins, lesson_end(lesson)
    lesson.save(update_fields=["began_at", "ended_at"])
    stages, pupils = list(plan.stages.all()), {row.code: row for row in cycle.pupils.all()}
    rows = Observation.objects.bulk_create(
        Observation(
            lesson=lesson, observer=builder.people[who], pupil=pupils[code], stage=stages[part], fact=fact, match=match,
            is_quote=is_quote, offset_s=minute * 60 + second, sequence=n,
            made_at=begins + timedelta(minutes=minute, seconds=second), arrived_at=lesson_end(lesson),
        )
        for n, (who, code, part, minute, second, fact, match, is_quote) in enumerate(said.SEEN)
    )  # fmt: skip
    for code, (learned, change) in said.TALKS.items():
        Interview.objects.create(lesson=lesson, pupil=pupils[code], by=builder.people["Yasmin Aksoy"], learned=learned,
                                 change=change, at=lesson_end(lesson))  # fmt: skip
    Discussion.objects.create(lesson=lesson, order=cycle.order, created_at=lesson.opened_at)
    pattern = Pattern.objects.create(lesson=lesson, title=said.PATTERN[0], text=said.PATTERN[1],
                                     author=builder.people["Mark de Wit"])  # fmt: skip
    pattern.observations.set([rows[3], rows[7]])
    thought = Interpretation.objects.create(lesson=lesson, text=said.THOUGHT, author=builder.people["Ruben Mulder"])
    thought.observations.set([rows[7]])
    thought.seconded_by.set([builder.people["Mark de Wit"]])
    part, becomes = said.REVISION
    revision = Revision.objects.create(lesson=lesson, stage_uid=stages[part].uid, was=stages[part].teacher_does,
                                       becomes=becomes, author=builder.people["Els Jansen"])  # fmt: skip
    revision.observations.set([rows[7], rows[11]])
    lessonstudy_analysis.fill(builder, lesson)


def _coming(builder, cycle):
    _pupils(cycle, said.MEASURING_PUPILS)
    plan = _plan(cycle, said.MEASURING, said.MEASURING_PUPILS, 1, frozen=builder.moment - timedelta(days=1))
    watching = {"Els Jansen": "AB", "Yasmin Aksoy": "C"}
    held_on = days.first_from(builder.today + 2 * DAY, REGIONS)
    _lesson(builder, cycle, plan, held_on, teacher="Ruben Mulder", watching=watching)


def _done(builder, cycle):
    cycle.ended_at = builder.moment - timedelta(days=60)
    cycle.purge_on = (cycle.ended_at + timedelta(days=365)).date()
    cycle.save(update_fields=["ended_at", "purge_on"])
    _pupils(cycle, said.MEASURING_PUPILS)
    plan = _plan(cycle, said.MEASURING, said.MEASURING_PUPILS, 1, frozen=cycle.ended_at - 40 * DAY)
    held_on = days.last_until((cycle.ended_at - 30 * DAY).date(), REGIONS)
    given = {"state": LessonState.GIVEN, "opened_at": cycle.ended_at - 29 * DAY}
    _lesson(builder, cycle, plan, held_on, teacher="Ruben Mulder", watching={"Els Jansen": "AB"}, **given)
    outcome = Outcome.objects.create(
        cycle=cycle, asked_at=cycle.ended_at, audience="plg",
        checked={key: {"by": builder.people["Sanne Bakker"].pk} for key in CHECKLIST}, **said.OUTCOME,
    )  # fmt: skip
    for member in cycle.members.team():
        outcome.approvals.create(member=member, answer="yes", due_on=cycle.ended_at.date(), answered_at=cycle.ended_at)


def _inquiries(builder):
    """Practice research and a data team, each in a PLG of its theme."""
    for template, title, state, theme, words, question in (
        (Template.RESEARCH, "Wat doen kinderen met feedback?", State.COLLECTING, "formative", said.RESEARCH,
         "Wat doen leerlingen in de vijf minuten nadat ze feedback kregen?"),
        (Template.DATA_TEAM, "Begrijpend lezen in groep 6", State.CAUSE, "reading", said.DATA,
         "Waarom haalt in groep 6 minder dan de helft het doel?"),
    ):  # fmt: skip
        plg = next((row for row in builder.communities.values() if row.theme == theme and row.state == "active"), None)
        people = [row.person for row in plg.memberships.active().exclude(role="guest")[:4] if row.person] if plg else []
        if len(people) < 3:
            continue
        who = (people[0].name, [person.name for person in people[1:]], None)
        builder.people.update({person.name: person for person in people})
        cycle = _begin(builder, plg, who, title, state=state, ago=30, template=template, question=question)
        PhaseText.objects.bulk_create(
            PhaseText(cycle=cycle, heading=key, text=text, version=1, changed_by=people[0])
            for key, text in words.items()
        )
