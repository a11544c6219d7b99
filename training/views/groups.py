"""A group of learners: who is how far, its days, and who was there."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from training import progress
from training.actions import groups as deeds
from training.forms.programmes import AttendanceForm, DayForm, GroupForm, MemberForm
from training.models import Enrolment, Group, GroupMember, GroupSession, Submission
from training.views.feedback import TO_READ
from training.views.programmes import in_words, of_programme


def of_group(request, pk, power="view"):
    """A group that she may see."""
    rows = Group.objects.for_page(request.user, "train", "keep")
    return get_or_refuse(rows.select_related("version__programme"), power, pk=pk)


@require_safe
def group(request, pk):
    """For a trainer: who is how far and what lies with her. For others: its days and its trainers."""
    row = of_group(request, pk)
    mine = Enrolment.objects.filter(group=row, person=request.user).first()
    members = list(GroupMember.objects.filter(group=row).select_related("person").order_by("-part", "pk"))
    days = list(GroupSession.objects.filter(group=row).select_related("module", "event"))
    for day in days:
        day.may_mark = row.can_train and not deeds.why_not_mark(day)
        day.may_change = row.can_train and not day.marked_at
    context = {
        "group": row,
        "days": days,
        "members": members,
        "mine": mine,
        "learners": _learners(row) if row.can_train else [],
        "to_read": _to_read(row) if row.can_train else [],
        **in_words(row.version),
    }
    return render(request, "training/group.html", context)


def _learners(group):
    rows = list(Enrolment.objects.filter(group=group).select_related("person", "coach").order_by("person__name"))
    parts = progress.of_learners(rows)
    shown = [{"enrolment": row, "done": parts[row.pk][0], "total": parts[row.pk][1]} for row in rows]
    return sorted(shown, key=lambda each: each["enrolment"].state != "requested")


def _to_read(group):
    rows = Submission.objects.filter(enrolment__group=group, state__in=TO_READ)
    return list(rows.select_related("assignment", "enrolment__person").order_by("due_on", "pk"))


def add_group(request, pk):
    """A new group for a programme."""
    programme = of_programme(request.user, pk, "keep")
    if programme.current is None:
        raise Refused(_("Publish the programme first."))
    form = GroupForm(request.POST or None, user=request.user)
    if form.is_valid():
        made = attempt(form, deeds.form_group, form, by=request.user, version=programme.current)
        if made:
            return redirect("training:group_people", made.pk)
    context = {"form": form, "programme": programme, **in_words(programme.current)}
    return render(request, "training/add_group.html", context, status=422 if form.is_bound else 200)


def people(request, pk):
    """Who trains, coaches and assesses."""
    row = of_group(request, pk, "keep")
    form = MemberForm(request.POST or None, user=request.user)
    if form.is_valid() and attempt(form, deeds.add_member, row, by=request.user, **form.cleaned_data):
        messages.success(request, _("Named. This person hears it."))
        return redirect("training:group_people", row.pk)
    members = GroupMember.objects.filter(group=row).select_related("person").order_by("-part", "pk")
    context = {"group": row, "form": form, "members": members}
    return render(request, "training/group_people.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove_member(request, pk):
    """Somebody does this no longer."""
    rows = GroupMember.objects.select_related("group")
    member = rows.filter(pk=pk).first()
    group = of_group(request, member.group_id if member else 0, "keep")
    deeds.remove_member(member, by=request.user)
    return redirect("training:group_people", group.pk)


def add_day(request, pk):
    """A day on which the group meets."""
    row = of_group(request, pk, "train")
    form = DayForm(request.POST or None, group=row, user=request.user)
    if form.is_valid() and attempt(form, deeds.add_day, form, by=request.user, group=row):
        return redirect(row)
    return render(request, "training/add_day.html", {"form": form, "group": row}, status=422 if form.is_bound else 200)


def _of_day(request, pk):
    rows = GroupSession.objects.for_page(request.user, "train").select_related("group__version", "meeting", "event")
    return get_or_refuse(rows, "train", pk=pk)


def edit_day(request, pk):
    """Another moment, place or name for a day that was not yet."""
    day = _of_day(request, pk)
    if reason := deeds.why_not_change(day):
        raise Refused(reason)
    form = DayForm(request.POST or None, instance=day, group=day.group, user=request.user)
    if form.is_valid() and attempt(form, deeds.change_day, form, by=request.user):
        messages.success(request, _("Changed. Whoever learns in the group hears it."))
        return redirect(day.group)
    context = {"form": form, "group": day.group, "day": day}
    return render(request, "training/add_day.html", context, status=422 if form.is_bound else 200)


def remove_day(request, pk):
    """The group does not meet on this day: asked once more, then done."""
    day = _of_day(request, pk)
    if reason := deeds.why_not_change(day):
        raise Refused(reason)
    if request.method == "POST":
        deeds.remove_day(day, by=request.user)
        messages.success(request, _("Taken out. Whoever learns in the group hears it."))
        return redirect(day.group)
    return render(request, "training/remove_day.html", {"group": day.group, "day": day})


def attendance(request, pk):
    """Who was there on this day."""
    day = _of_day(request, pk)
    if reason := deeds.why_not_mark(day):
        raise Refused(reason)
    form = AttendanceForm(request.POST or None, day=day)
    is_said = request.method == "POST" and "said" in request.POST
    if is_said and form.is_valid() and attempt(form, deeds.attendance, day, by=request.user, **form.cleaned_data):
        messages.success(request, _("Kept. The hours of who was there are written down."))
        return redirect(day.group)
    context = {"day": day, "group": day.group, "form": form}
    return render(request, "training/attendance.html", context, status=422 if request.method == "POST" else 200)
