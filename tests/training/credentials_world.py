"""Programmes, learners and what they get: enough of them to issue by, without the screens of learning."""

from datetime import date, time

from django.utils.timezone import now

from training.choices import AssessmentState, EnrolmentState, Form, Part, Verdict
from training.credentials import actions, quality
from training.credentials.choices import Kind
from training.models import (
    Assessment,
    Enrolment,
    Group,
    GroupMember,
    GroupSession,
    Outcome,
    Programme,
    ProgrammeVersion,
)


def programme(key="facilitator", form=Form.TRAJECTORY, hours=68):
    """A trajectory of everybody, with two outcomes."""
    found = Programme.objects.filter(key=key).first()
    if found:
        return found
    row = Programme.objects.create(key=key, form=form)
    version = ProgrammeVersion.objects.create(
        programme=row, number=1, title="PLG-facilitator", hours=hours, summary="Een PLG begeleiden die onderzoekt.",
        published_at=now(), frozen_at=now(),
    )  # fmt: skip
    Outcome.objects.create(version=version, code="F1", text="Je ontwerpt een cyclus met je PLG.", order=1)
    Outcome.objects.create(version=version, code="F2", text="Je leidt een nabespreking volgens protocol.", order=2)
    row.current = version
    row.save()
    return row


def enrolment(cast, person, *, days=3, of=None):
    """Somebody who completed it, with days at which she was there: two and a half hours each."""
    version = (of or programme()).current
    group, is_new = Group.objects.get_or_create(
        version=version, title="Najaar", defaults={"starts_on": date(2026, 9, 1)}
    )
    if is_new:
        GroupMember.objects.create(group=group, person=cast.noor, part=Part.TRAINER)
        for day in (9, 16, 23):
            GroupSession.objects.create(
                group=group, title="Trainingsdag", held_on=date(2026, 9, day), starts=time(13), ends=time(15, 30)
            )
    row = Enrolment.objects.create(
        version=version, group=group, person=person, state=EnrolmentState.COMPLETED, began_at=now(), ended_at=now()
    )
    for session in group.sessions.all()[:days]:
        session.attended.add(row)
    Assessment.objects.create(
        enrolment=row, assessor=cast.els, state=AssessmentState.GIVEN, verdict=Verdict.SUFFICIENT, given_at=now()
    )
    return row


def eligible(cast, kind=Kind.CERTIFICATE, person=None):
    """What waits for a second person."""
    row = enrolment(cast, person or cast.amina)
    found = actions.completed(row, by=cast.noor)
    return next(each for each in found if each.kind == kind)


def issued(cast, kind=Kind.CERTIFICATE, person=None):
    """Proposed by Noor, approved and issued by Paula."""
    row = eligible(cast, kind, person)
    return actions.issue(actions.approve(row, by=cast.paula), by=cast.paula)


def assured(cast, of):
    """A record of quality, filled by Noor and approved by Paula."""
    record = quality.fill(
        of, by=cast.noor, assured_by="Hogeschool De Vaart", procedure="Elk jaar een visitatie.", ects="2.5",
        assessment="Twee beoordelaars.", framework="nlqf", level=6, ground="Inschaling van 2026.",
    )  # fmt: skip
    return quality.approve(record, by=cast.paula)


def microcredential(cast, person=None):
    """Of a programme whose quality is assured, and that stands in a register."""
    of = programme("micro")
    assured(cast, of)
    quality.accredit(of, by=cast.noor, register="Schoolleidersregister PO", number="SR-123", value="20 punten")
    row = enrolment(cast, person or cast.gijs, of=of)
    [micro, _there] = actions.completed(row, by=cast.noor)
    return actions.issue(actions.approve(micro, by=cast.paula), by=cast.paula)
