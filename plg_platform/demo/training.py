"""A group that learns to facilitate this year: a teacher halfway, whom the demo's facilitator coaches; and a course."""

from datetime import time, timedelta

from django.utils.timezone import now

from activity.models import Ask, Delivery, Notification
from communities.meetings.models import Meeting
from communities.models import Membership
from communities.rules import standing as in_communities
from people.models import User
from plg_platform.demo.days import last_until
from plg_platform.demo.staff import main_address
from training.actions import feedback, groups, learning
from training.choices import EnrolmentState, Part, PracticeState, Verdict
from training.models import (
    Assignment,
    Enrolment,
    Feedback,
    Group,
    GroupMember,
    GroupSession,
    Page,
    PageDone,
    PeerFeedback,
    Practice,
    Programme,
    Submission,
    SubmissionVersion,
)
from training.writing import html_of

DONE_MODULES = 5
WORK = """Ons kijkkader heeft drie kolommen.

- **Tijd**, zodat we het moment kunnen terugvinden.
- **Wat deed of zei de leerling?** Alleen wat je kon zien of horen.
- **Wat betekent het?** Die vullen we pas na de les in, samen.

We probeerden het bij de les van Joost. De laatste kolom bleef dit keer echt leeg tot na de les."""


def fill(builder):
    """Of the past as rows, of today by the deeds themselves."""
    programme = Programme.objects.filter(key="facilitator", current__isnull=False).select_related("current").first()
    parts = ("teacher", "facilitator", "network_admin")
    people = User.objects.in_bulk([main_address(part) for part in parts], field_name="email")
    if programme is None or len(people) < len(parts):
        return
    teacher, coach, trainer = (people[main_address(part)] for part in parts)
    group = _group(builder, programme, trainer)
    row = _learner(builder, group, teacher, coach)
    colleague = _colleague(row)
    _halfway(row, coach)
    _practised(row, coach, colleague)
    _beside(row, colleague)
    _course(coach)
    for made in (Delivery, Ask, Notification):  # of these some weeks everybody read and did what there was
        kind = "activity__kind" if made is Notification else "kind"
        made.objects.filter(**{f"{kind}__startswith": "training."}).exclude(**{f"{kind}": feedback.READ}).delete()


def _group(builder, programme, trainer):
    day = builder.moment.date()
    group = Group.objects.create(
        version=programme.current, title="Dit schooljaar", starts_on=day - timedelta(weeks=10),
        ends_on=day + timedelta(weeks=26), places=16,
    )  # fmt: skip
    GroupMember.objects.create(group=group, person=trainer, part=Part.TRAINER)
    for weeks in (-9, -5, -2, 3, 7):
        module = programme.current.modules.order_by("order")[(weeks + 9) // 3]
        GroupSession.objects.create(
            group=group, module=module, title=module.title,
            held_on=last_until(day + timedelta(weeks=weeks), ("Midden",)), starts=time(13), ends=time(16, 30),
            place="Bestuur De Brug, zaal 2",
        )  # fmt: skip
    return group


def _learner(builder, group, teacher, coach):
    began = now() - timedelta(weeks=9)
    community = sorted(in_communities(teacher).member_of & in_communities(coach).leads) or sorted(
        in_communities(teacher).member_of
    )
    school = teacher.affiliations.current().exclude(school=None).values_list("school", flat=True).first()
    row = Enrolment.objects.create(
        version=group.version, group=group, person=teacher, coach=coach, state=EnrolmentState.GOING,
        school_id=school, community_id=community[0] if community else None, at=began, began_at=began,
        consented_at=began, why="Ik wil leren nabespreken zonder zelf het meeste te praten.",
    )  # fmt: skip
    group.version.frozen_at = began
    group.version.save(update_fields=["frozen_at"])
    GroupMember.objects.create(group=group, person=coach, part=Part.COACH)
    for day in group.sessions.filter(starts_at__lt=now()):
        groups.attendance(day, by=group.members.get(part=Part.TRAINER).person, present=[row])
    return row


def _colleague(row):
    """Somebody else of the PLG in which she practises; its coach leads it."""
    members = Membership.objects.active().filter(community=row.community_id, person__isnull=False)
    member = members.exclude(person__in=[row.person_id, row.coach_id]).select_related("person").order_by("pk").first()
    return member and member.person


def _beside(row, colleague):
    """A fellow learner who looked at her work."""
    version = SubmissionVersion.objects.filter(submission__enrolment=row).order_by("pk").first()
    if not (colleague and version):
        return
    same = ("version", "group", "school", "coach", "at", "began_at", "community")
    fields = {name: getattr(row, name) for name in same} | {"consented_at": row.at}
    other = Enrolment.objects.create(
        person=colleague, state=EnrolmentState.GOING, why="Ik begeleid volgend jaar een PLG.", **fields
    )
    PeerFeedback.objects.create(
        version=version, asked=other, asked_at=now() - timedelta(days=19), given_at=now() - timedelta(days=17),
        text="Je derde kolom blijft leeg tot na de les. Dat ga ik ook zo doen.",
    )  # fmt: skip


def _halfway(row, coach):
    modules = list(row.version.modules.order_by("order")[:DONE_MODULES])
    PageDone.objects.bulk_create(
        PageDone(enrolment=row, page=page, at=now() - timedelta(days=12))
        for page in Page.objects.filter(module__in=modules)
    )
    works = list(Assignment.objects.filter(module__in=modules).order_by("module__order", "order"))
    for work in works[:-1]:
        handed = Submission.objects.create(enrolment=row, assignment=work, state="approved")
        version = _version(handed)
        Feedback.objects.create(
            version=version, by=coach, verdict=Verdict.SUFFICIENT, at=now() - timedelta(days=13),
            feed_up="Een kader dat je PLG zelf kan gebruiken, ook als jij er niet bent.",
            feedback="De kolommen zijn helder. Je houdt wat je zag en wat het betekent echt uit elkaar.",
            feedforward="Laat de volgende keer een collega het kader uitleggen. Luister wat er dan nog vaag is.",
        )  # fmt: skip
    if works:
        handed = feedback.begin(row, works[-1], by=row.person)
        feedback.hand_in(handed, by=row.person, text=WORK)


def _version(handed):
    return SubmissionVersion.objects.create(
        submission=handed, number=1, text=WORK, html=html_of(WORK), submitted_at=now() - timedelta(days=20)
    )


def _practised(row, coach, colleague):
    past = Meeting.objects.past().filter(community=row.community_id).order_by("-starts_at").first()
    if past is None:
        return
    when = past.starts_at
    Practice.objects.create(
        enrolment=row, community_id=row.community_id, meeting=past, state=PracticeState.SUFFICIENT,
        aim="Beginnen bij de casusleerlingen", consented_at=when - timedelta(days=8), consented_by=colleague,
        reflection="Ik wilde eerst alleen horen wat iedereen zag. Na vier minuten gaf iemand toch een oordeel. "
        "Ik liet het gaan en kwam er later op terug. Dat had eerder gekund.",
        reflected_at=when + timedelta(days=1),
        feed_up="De groep vertelt eerst wat te zien was, leerling voor leerling.",
        feedback="Je wachtte na elke vraag. Drie mensen die meestal stil zijn, begonnen zelf te vertellen.",
        feedforward="Vraag bij het eerste oordeel meteen: wat zag je waardoor je dat denkt?",
        verdict=Verdict.SUFFICIENT, feedback_by=coach, feedback_at=when + timedelta(days=2),
    )  # fmt: skip


def _course(person):
    """The facilitator herself began with a short course."""
    course = Programme.objects.filter(form="course", current__isnull=False).select_related("current").first()
    if course:
        row = learning.enrol(course.current, by=person)
        page = Page.objects.filter(module__version=course.current).order_by("module__order", "order").first()
        learning.done(row, page, by=person)
