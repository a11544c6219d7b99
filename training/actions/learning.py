"""Enrolling, asking the school leader, going through pages, and answering what they ask."""

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from core.links import address
from core.refusals import Refused
from organisations.choices import RoleKind
from organisations.models import Role
from training import registry
from training.actions import moving, reminding
from training.choices import AssessmentState, EnrolmentState, PageKind, QuestionKind
from training.models import Answer, Enrolment, PageDone
from training.rules import standing

CONSENT, ADMIT = "training.consent", "training.admit"


@transaction.atomic
def enrol(version, *, by, group=None, school=None, community=None, why=""):
    """Begin a short course at once, or ask to be admitted to a trajectory. Raises Refused where that is not possible.

    The leader of the school is asked whether she agrees; the trainers are asked to admit.
    """
    if reason := why_not_enrol(version):
        raise Refused(reason)
    is_trajectory = version.programme.is_trajectory
    if is_trajectory and group is None:
        raise Refused(_("Choose in which group you want to learn."), "group")
    if version.needs_consent and not leaders_of(school, by):
        raise Refused(_("Nobody leads your school on this platform yet. Ask your board."), "school")
    try:
        with transaction.atomic():
            row = Enrolment.objects.create(
                version=version, person=by, group=group, school=school, community=community, why=why.strip()
            )
    except IntegrityError:
        raise Refused(_("You learn by this programme already.")) from None
    standing.forget(by)
    if not is_trajectory:
        return moving.take(row, "begin", by=by)
    record("training.enrolled", by=by, about=row, tell=[] if version.needs_consent else moving.trainers(row))
    _ask_around(row)
    return row


def why_not_enrol(version):
    """Why nobody begins with this version now, or ""."""
    if not version.published_at or version.programme.retired_at:
        return _("Nobody can begin with this any more.")
    return ""


def leaders_of(school, besides):
    """Who leads this school, but for the learner herself."""
    if school is None:
        return []
    roles = Role.objects.current().filter(school=school, kind=RoleKind.SCHOOL_LEADER, person__is_active=True)
    return [role.person for role in roles.select_related("person").order_by("pk") if role.person_id != besides.pk]


def _ask_around(row):
    """Ask the leader first, and the trainers once she agreed and there is a PLG."""
    version = row.version
    if version.needs_consent and not row.consented_at:
        leaders = leaders_of(row.school, row.person)
        ask(CONSENT, about=row, url=_consent_url(row), people=leaders)
        record("training.asked_leader", by=row.person, about=row, tell=leaders)
    elif not version.needs_practice_plg or row.community_id:
        ask(ADMIT, about=row, url=row.get_absolute_url(), people=moving.trainers(row))


def _consent_url(row):
    return address("training:consent", row.pk)


@transaction.atomic
def consent(enrolment, *, by):
    """As a leader of her school: she may, and gets the time for it."""
    row = moving.take(enrolment, "consent", by=by)
    answered(CONSENT, about=row)
    _ask_around(row)
    return row


@transaction.atomic
def choose_plg(enrolment, *, by, community):
    """In which PLG she practises; possible until a practice session was planned in another one."""
    row = moving.hold(enrolment)
    if row.practices.exists():
        raise Refused(_("You have planned a practice session in your PLG already."))
    row.community = community
    row.save(update_fields=["community"])
    record("training.plg_chosen", by=by, about=row)
    if row.state == EnrolmentState.REQUESTED:
        _ask_around(row)
    return row


@transaction.atomic
def step(enrolment, verb, *, by, because="", coach=None):
    """A step that a page offers as a button; what waited for it is closed."""
    row = moving.take(enrolment, verb, by=by, because=because)
    if verb == "admit" and coach is not None:
        row = name_coach(row, by=by, coach=coach)
    if row.state != EnrolmentState.REQUESTED:
        answered(ADMIT, about=row)
        answered(CONSENT, about=row)
    if verb == "complete":
        for follow in registry.completions.values():
            follow(row, by=by)
    standing.forget(by)
    return row


@transaction.atomic
def name_coach(enrolment, *, by, coach):
    """This person coaches her from now on; both hear it. Raises Refused for who learns or judges here herself."""
    row = moving.hold(enrolment)
    if "trainer" not in moving.parts(row, by):
        raise Refused(_("The trainers of the group name a coach."))
    if coach.pk == row.person_id:
        raise Refused(_("Somebody is not her own coach."), "coach")
    if row.assessments.filter(assessor=coach).exclude(state=AssessmentState.VOID).exists():
        raise Refused(_("Whoever assesses her does not coach her."), "coach")
    if coach.pk == row.coach_id:
        return row
    row.coach = coach
    row.save(update_fields=["coach"])
    standing.forget(coach)
    record("training.coach_named", by=by, about=row, tell=[coach, row.person])
    return row


# Pages --------------------------------------------------------------------------------------------


def why_not_learn(enrolment):
    """Why nothing is done in it now, or ""."""
    if enrolment.state == EnrolmentState.GOING:
        return ""
    if enrolment.state in (EnrolmentState.REQUESTED, EnrolmentState.ADMITTED):
        return _("Begin first. You can read along already.")
    if enrolment.state == EnrolmentState.PAUSED:
        return _("You take a break. Go on first.")
    return _("This is over. You can still read everything.")


@transaction.atomic
def done(enrolment, page, *, by):
    """She was through this page. A film whose questions are open, and a self-test, are done by answering."""
    _refuse_idle(enrolment)
    if page.kind == PageKind.TEST:
        raise Refused(_("Answer the questions. Then the page is done."))
    asked = page.questions.count()
    if asked:
        given = Answer.objects.filter(enrolment=enrolment, question__page=page, at__isnull=False)
        if given.count() < asked:
            raise Refused(_("This film still has a question for you."))
        right = given.filter(is_right=True).count()
        return _finish(enrolment, page, right, asked)
    return _finish(enrolment, page, None, None)


def _finish(enrolment, page, right, asked):
    reminding.went_on(enrolment)
    row, _is_new = PageDone.objects.update_or_create(
        enrolment=enrolment, page=page, defaults={"right": right, "asked": asked}
    )
    return row


def _refuse_idle(enrolment):
    if reason := why_not_learn(enrolment):
        raise Refused(reason)


@transaction.atomic
def answer_test(enrolment, page, *, by, answers):
    """All answers of a self-test at once: {id of a question: answer}. One may do it again; the last time counts."""
    _refuse_idle(enrolment)
    questions = list(page.questions.all())
    right = 0
    for question in questions:
        given = checked(question, answers.get(question.pk))
        is_right = judged(question, given)
        right += bool(is_right)
        Answer.objects.update_or_create(
            enrolment=enrolment, question=question, defaults={"answer": given, "is_right": is_right, "at": now()}
        )
    return _finish(enrolment, page, right, sum(question.kind != QuestionKind.OPEN for question in questions))


@transaction.atomic
def show(enrolment, question, *, by):
    """The film reached the moment of this question: from now on it can be answered."""
    _refuse_idle(enrolment)
    row, _is_new = Answer.objects.get_or_create(enrolment=enrolment, question=question)
    return row


@transaction.atomic
def answer(enrolment, question, *, by, given):
    """Answer what a film asks. Raises Refused as long as its moment was not shown, and once it was answered."""
    _refuse_idle(enrolment)
    row = Answer.objects.select_for_update().filter(enrolment=enrolment, question=question).first()
    if row is None:
        raise Refused(_("Watch until this moment first. Then you can answer."))
    if row.at:
        raise Refused(_("You answered this question already."))
    row.answer = checked(question, given)
    row.is_right = judged(question, row.answer)
    row.at = now()
    row.save()
    return row


def checked(question, given):
    """An answer as it is kept: places of options, or one text. Raises Refused when it is none."""
    field = f"question-{question.pk}"
    if question.kind == QuestionKind.OPEN:
        text = " ".join(given or []).strip()
        if not text:
            raise Refused(_("Write something, however short."), field)
        return [text[:4000]]
    places = [int(each) for each in given or [] if str(each).isdecimal() and int(each) < len(question.options)]
    if len(places) != len(given or []) or len(set(places)) != len(places):
        raise Refused(_("Choose from the answers."), field)
    if question.kind == QuestionKind.ORDER and len(places) != len(question.options):
        raise Refused(_("Give each line a place of its own."), field)
    if not places or (question.kind == QuestionKind.ONE and len(places) != 1):
        raise Refused(_("Choose an answer."), field)
    return places if question.kind == QuestionKind.ORDER else sorted(places)


def judged(question, given):
    """Whether it is right; None where there is no right or wrong. Lines to be put in order are kept in order."""
    if question.kind == QuestionKind.OPEN:
        return None
    if question.kind == QuestionKind.ORDER:
        return given == list(range(len(question.options)))
    return given == [place for place, option in enumerate(question.options) if option["right"]]
