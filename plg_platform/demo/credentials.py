"""A group that completed the training of facilitators last spring: who has the certificate, and for whom it waits."""

from datetime import time, timedelta

from activity.models import Delivery
from communities.choices import Role
from communities.models import Membership
from people.models import User
from plg_platform.demo.days import last_until
from plg_platform.demo.staff import main_address
from training.choices import AssessmentState, EnrolmentState, Part, Verdict
from training.credentials import actions, keys
from training.credentials.choices import Kind
from training.models import Assessment, Enrolment, Group, GroupMember, GroupSession, Programme

DAYS, WAITING = 20, 3


def fill(builder):
    """The demo's facilitator has hers; of three others the trainer looks at it, who is the network's administrator."""
    programme = Programme.objects.filter(key="facilitator", current__isnull=False).first()
    people = User.objects.in_bulk([main_address(part) for part in ("facilitator", "network_admin")], field_name="email")
    if programme is None or len(people) < 2:
        return
    holder, trainer = people[main_address("facilitator")], people[main_address("network_admin")]
    if keys.why_not_sign():
        keys.rotate()
    group = _group(builder, programme, trainer)
    others = Membership.objects.active().filter(role=Role.FACILITATOR).exclude(person__in=[holder, trainer])
    learners = [row.person for row in others.exclude(person=None).select_related("person").order_by("person__email")]
    judge, *learners = list(dict.fromkeys(learners))[: WAITING + 1]
    for person in (holder, *learners):
        for credential in _completed(builder, group, person, judge):
            if person == holder or credential.kind == Kind.ATTENDANCE:
                actions.issue(actions.approve(credential, by=trainer), by=trainer)
    Delivery.objects.filter(kind__startswith="credentials.").delete()  # it is of last spring


def _group(builder, programme, trainer):
    last = builder.moment.date() - timedelta(days=30)
    first = _school_days(last)[0]
    group = Group.objects.create(version=programme.current, title="Voorjaar", starts_on=first, ends_on=last)
    GroupMember.objects.create(group=group, person=trainer, part=Part.TRAINER)
    GroupSession.objects.bulk_create(
        GroupSession(
            group=group, title=f"Dag {n + 1}", held_on=day, starts=time(13), ends=time(16, 30), marked_at=builder.moment
        )
        for n, day in enumerate(_school_days(last))
    )
    return group


def _school_days(last):
    """As many days as the group had, a week apart, of which none falls in a holiday."""
    days = {last_until(last - timedelta(weeks=n), ("Midden",)) for n in range(2 * DAYS)}
    return sorted(days)[-DAYS:]


def _completed(builder, group, person, judge):
    """She was at all but some of the days, and was found sufficient."""
    ended = builder.moment - timedelta(days=28)
    enrolment = Enrolment.objects.create(
        version=group.version, group=group, person=person, state=EnrolmentState.COMPLETED,
        at=ended - timedelta(days=160), began_at=ended - timedelta(days=150), ended_at=ended,
    )  # fmt: skip
    days = list(group.sessions.all())
    for day in days[person.pk % 3 :]:
        day.attended.add(enrolment)
    Assessment.objects.create(
        enrolment=enrolment, assessor=judge, state=AssessmentState.GIVEN, verdict=Verdict.SUFFICIENT, given_at=ended
    )
    return actions.completed(enrolment, by=judge)
