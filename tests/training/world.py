"""A small trajectory, a short course and people in them: enough to learn, train, coach and assess by."""

from datetime import date, time

from django.utils.timezone import now

from training.choices import EnrolmentState, Form, PageKind, Part, QuestionKind
from training.models import (
    Assignment,
    Enrolment,
    Group,
    GroupMember,
    GroupSession,
    Module,
    Outcome,
    Page,
    Programme,
    ProgrammeVersion,
    Question,
)
from training.writing import html_of

TEXT = "Je leert kijken zonder oordeel. Schrijf op wat je **zag**, en pas daarna wat het betekent."


def programme(key="begeleider", form=Form.TRAJECTORY, title="PLG-begeleider worden", **fields):
    """A programme of two modules: a page, a self-test and an assignment; then a film that asks something."""
    trajectory = form == Form.TRAJECTORY
    row = Programme.objects.create(key=key, form=form)
    version = ProgrammeVersion.objects.create(
        programme=row, number=1, title=title, title_en="Becoming a facilitator", summary="Leer een PLG begeleiden.",
        text=TEXT, html=html_of(TEXT), published_at=now(),
        **{"hours": 68 if trajectory else 2, "facilitations": 1 if trajectory else 0,
           "needs_practice_plg": trajectory, "needs_consent": trajectory} | fields,
    )  # fmt: skip
    outcomes = [
        Outcome.objects.create(version=version, code=f"L{n}", text=text, order=n)
        for n, text in enumerate(["Je leidt een nabespreking.", "Je kijkt zonder oordeel."], 1)
    ]
    looking = Module.objects.create(
        version=version, order=1, title="Observeren", minutes=90, summary="Kijken, dan pas vinden."
    )
    looking.outcomes.set(outcomes)
    Page.objects.create(module=looking, order=1, title="Wat zag je?", text=TEXT, html=html_of(TEXT), minutes=10)
    test = Page.objects.create(module=looking, order=2, kind=PageKind.TEST, title="Zelftoets", minutes=10)
    question(test, 1)
    question(
        test,
        2,
        QuestionKind.MANY,
        options=[
            ("Sem telt op zijn vingers", True, ""),
            ("Sem is lui", False, "Dat is een oordeel."),
            ("Noor kijkt naar Sem", True, ""),
        ],
    )
    question(
        test, 3, QuestionKind.ORDER, options=[("Kijken", True, ""), ("Opschrijven", True, ""), ("Duiden", True, "")]
    )
    question(test, 4, QuestionKind.OPEN, options=[])
    if trajectory:
        work = Assignment.objects.create(
            module=looking,
            order=1,
            title="Een kijkkader",
            text="Maak een kijkkader voor je PLG.",
            minutes=70,
            html=html_of("Maak een kijkkader voor je PLG."),
            rubric=[{"criterion": "Zonder oordeel", "sufficient": "Alles wat er staat, kon je zien of horen."}],
        )
        work.outcomes.set(outcomes[:1])
    film = Module.objects.create(version=version, order=2, title="Video", minutes=30)
    page = Page.objects.create(module=film, order=1, kind=PageKind.VIDEO, title="Een nabespreking", minutes=30)
    question(page, 1, at_s=80, text="Wie spreekt hier eerst?")
    row.current = version
    row.save()
    return row


def question(page, order, kind=QuestionKind.ONE, *, at_s=None, text="Wat is een waarneming?", options=None):
    """A question with its answers: (text, whether it is right, what we say of it)."""
    options = (
        [("Noor legt haar stift neer", True, "Dit kon iedereen zien."), ("Noor is klaar", False, "Dat weet je niet.")]
        if options is None
        else options
    )
    return Question.objects.create(
        page=page, order=order, kind=kind, at_s=at_s, text=text, says="Wat je ziet, kun je aanwijzen.",
        options=[{"text": words, "right": right, "says": says} for words, right, says in options],
    )  # fmt: skip


def group(cast, of, *, trainer=None, **fields):
    """A group of this programme that Els trains, with one day that was held."""
    row = Group.objects.create(
        version=of.current, title="Najaar", **{"starts_on": date(2026, 9, 1), "places": 2} | fields
    )
    GroupMember.objects.create(group=row, person=trainer or cast.els, part=Part.TRAINER)
    GroupSession.objects.create(group=row, title="Eerste dag", held_on=date(2026, 9, 9), starts=time(13), ends=time(16))
    return row


def learner(cast, of, person=None, *, state=EnrolmentState.GOING, **fields):
    """Fatima learns in this group, with Tom as her coach, and practises in PLG Rekenen."""
    person = person or cast.fatima
    fields = {
        "school": cast.regenboog, "community": cast.maths, "coach": cast.tom,
        "consented_at": now(), "consented_by": cast.bram, "began_at": now(),
    } | fields  # fmt: skip
    row = Enrolment.objects.create(version=of.version, group=of, person=person, state=state, **fields)
    forget(person, cast.els, cast.tom, cast.bram)
    return row


def forget(*people):
    """What was remembered of these people goes, as at their next request."""
    for person in people:
        if hasattr(person, "_standings"):
            person._standings.clear()


def everything_done(enrolment, *, by):
    """All pages done, all work approved, all practice sufficient, and assessed by this person."""
    from training.choices import AssessmentState, PracticeState, SubmissionState, Verdict
    from training.models import Assessment, PageDone, Practice, Submission

    for page in Page.objects.filter(module__version=enrolment.version):
        PageDone.objects.get_or_create(enrolment=enrolment, page=page)
    for work in Assignment.objects.filter(module__version=enrolment.version):
        Submission.objects.update_or_create(
            enrolment=enrolment, assignment=work, defaults={"state": SubmissionState.APPROVED}
        )
    for _n in range(enrolment.version.facilitations):
        Practice.objects.create(enrolment=enrolment, community=enrolment.community, state=PracticeState.SUFFICIENT)
    Assessment.objects.create(
        enrolment=enrolment, assessor=by, state=AssessmentState.GIVEN, verdict=Verdict.SUFFICIENT, given_at=now()
    )
