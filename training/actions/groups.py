"""Groups of learners: forming one, its days, and who was there. Hours come from that alone."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from organisations import hours
from organisations.choices import HoursKind
from training import days
from training.choices import Part
from training.models import Enrolment, Group, GroupMember, GroupSession
from training.rules import standing


@transaction.atomic
def form_group(form, *, by, version):
    """A new group with its first trainer, who hears of it."""
    said = form.cleaned_data
    row = Group.objects.create(
        version=version, title=said["title"], starts_on=said["starts_on"], ends_on=said["ends_on"],
        places=said["places"],
    )  # fmt: skip
    record("training.group_formed", by=by, about=row)
    add_member(row, by=by, person=said["trainer"], part=Part.TRAINER)
    return row


@transaction.atomic
def add_member(group, *, by, person, part):
    """Somebody trains, coaches or assesses in this group. An assessor is not its coach. Raises Refused."""
    here = set(GroupMember.objects.filter(group=group, person=person).values_list("part", flat=True))
    if part in here:
        raise Refused(_("This person does that already."), "person")
    if {part, *here} >= {Part.COACH, Part.ASSESSOR}:
        raise Refused(_("Whoever coaches in a group does not assess in it."), "person")
    if Enrolment.objects.filter(group=group, person=person).going().exists():
        raise Refused(_("This person learns in this group."), "person")
    row = GroupMember.objects.create(group=group, person=person, part=part)
    standing.forget(person)
    standing.forget(by)
    record("training.named", by=by, about=group, tell=[person], part=part)
    return row


@transaction.atomic
def remove_member(member, *, by):
    """Somebody does this no longer. A group keeps a trainer."""
    others = GroupMember.objects.filter(group=member.group_id, part=Part.TRAINER).exclude(pk=member.pk)
    if member.part == Part.TRAINER and not others.exists():
        raise Refused(_("A group needs a trainer. Name another one first."))
    record("training.unnamed", by=by, about=member.group, part=member.part)
    member.delete()


@transaction.atomic
def add_day(form, *, by, group):
    """A day on which the group meets; whoever learns in it hears of it."""
    row = form.save(commit=False)
    row.group = group
    return _kept(row, by, "training.day_added")


@transaction.atomic
def change_day(form, *, by):
    """Another moment, place or name; whoever learns in the group hears of it. Raises Refused once it is marked."""
    row = form.save(commit=False)
    if reason := why_not_change(row):
        raise Refused(reason)
    return _kept(row, by, "training.day_changed")


def _kept(day, by, kind):
    if days.stands_elsewhere(day):
        days.take_moment(day)
    day.save()
    day.refresh_from_db(fields=["starts_at"])
    record(kind, by=by, about=day, tell=_learners(day.group))
    return day


@transaction.atomic
def remove_day(day, *, by):
    """The group does not meet on this day; whoever learns in it hears of it. Raises Refused once it is marked."""
    if reason := why_not_change(day):
        raise Refused(reason)
    record("training.day_removed", by=by, about=day.group, tell=_learners(day.group), title=day.title,
           day=day.held_on.isoformat())  # fmt: skip
    day.delete()


def why_not_change(day):
    """Why this day stays as it is, or ""."""
    return _("Who was there is written down already.") if day.marked_at or day.attended.exists() else ""


def _learners(group):
    rows = Enrolment.objects.filter(group=group).going().select_related("person")
    return [row.person for row in rows if row.person_id]


@transaction.atomic
def attendance(day, *, by, present):
    """Who was there, as the trainer recorded it: enrolments of this group. Raises Refused before it began.

    What is recorded goes to the ledger of hours; recorded anew, it corrects.
    """
    day = GroupSession.objects.select_for_update(of=("self",)).get(pk=day.pk)
    if reason := why_not_mark(day):
        raise Refused(reason)
    were = set(day.attended.values_list("pk", flat=True))
    rows = list(Enrolment.objects.filter(group=day.group_id, pk__in=[row.pk for row in present]))
    day.attended.set(rows)
    day.marked_at = now()
    day.save(update_fields=["marked_at"])
    write_hours(day, were | {row.pk for row in rows})
    record("training.attended", by=by, about=day)
    return day


def why_not_mark(day):
    """Why nobody says here yet who was there, or ""."""
    if day.meeting_id:
        return _("Who was there is recorded with the meeting itself.")
    if day.event_id:
        return _("Who was there is recorded at the door of the event.")
    return "" if day.starts_at <= now() else _("This day has not begun yet.")


def source(day_id):
    """Under which the hours of one day stand in the ledger."""
    return f"training:{day_id}"


def write_hours(day, enrolments):
    """The hours of whoever was there, and none of who was not. A meeting and an event write their own."""
    if days.stands_elsewhere(day):
        return
    there = set(day.attended.values_list("pk", flat=True))
    hours.write_all(
        hours.Entry(
            person_id=row.person_id,
            kind=HoursKind.TRAINING,
            minutes=days.minutes(day) if row.pk in there else 0,
            held_on=day.held_on,
            source=source(day.pk),
            school_id=row.school_id,
        )
        for row in Enrolment.objects.filter(pk__in=enrolments, person__isnull=False).order_by("pk")
    )
