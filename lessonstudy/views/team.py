"""Who takes part in a cycle, what they agreed, what they read and which pupils they follow."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import names
from core.models import get_or_refuse
from core.refusals import attempt
from knowledgehub.models import Resource
from lessonstudy import steps
from lessonstudy.actions import making
from lessonstudy.actions import members as deeds
from lessonstudy.forms.cycles import AddMemberForm, CharterForm, PupilForm, RoleForm, SourceForm, TextForm
from lessonstudy.models import CasePupil, CycleMember, PhaseText, Source
from lessonstudy.views.cycles import cycle_of, page

AT_HAND = 12


# Who takes part -----------------------------------------------------------------------------------


def members(request, pk):
    """Who takes part as what; the process facilitator asks others along."""
    cycle = cycle_of(request, pk)
    rows = list(cycle.members.now().select_related("person"))
    may = cycle.can_guide or cycle.can_hand_over
    seated = [row.person_id for row in rows]
    others = deeds.colleagues(cycle, besides=seated) if may else []
    form = AddMemberForm(request.POST or None, colleagues=others) if others else None
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if form and form.is_valid() and attempt(form, _add, cycle, request.user, form):
            return redirect("lessonstudy:members", cycle.pk)
    return page(
        request, cycle, "lessonstudy/members.html", "members", status=422 if request.method == "POST" else 200,
        members=rows, form=form, may=may, mine=next((row for row in rows if row.person_id == request.user.pk), None),
        left=cycle.members.filter(left_at__isnull=False).select_related("person"),
    )  # fmt: skip


def _add(cycle, by, form):
    deeds.add(cycle, by=by, people=list(form.cleaned_data["people"]), role=form.cleaned_data["role"])


def _member(request, pk):
    """A member with her cycle; what that person sees decides."""
    row = get_or_refuse(CycleMember.objects.for_page(request.user, "guide").select_related("person", "cycle"), pk=pk)
    return row, cycle_of(request, row.cycle_id)


def role(request, pk):
    """Another role, or the right to take the steps as well."""
    row, cycle = _member(request, pk)
    if not (cycle.can_guide or cycle.can_hand_over):
        raise PermissionDenied
    form = RoleForm(request.POST or None, instance=row)
    if form.is_bound and form.is_valid() and attempt(form, deeds.change, row, by=request.user, **form.cleaned_data):
        return redirect("lessonstudy:members", cycle.pk)
    return page(
        request, cycle, "lessonstudy/role.html", "members", status=422 if form.is_bound else 200, form=form, member=row
    )


@require_POST
def hand_over(request, pk):
    """Somebody else guides from now on."""
    row, cycle = _member(request, pk)
    if not (cycle.can_guide or cycle.can_hand_over):
        raise PermissionDenied
    deeds.hand_over(row, by=request.user)
    messages.success(request, _("%(name)s guides this cycle from now on.") % {"name": row.person})
    return redirect("lessonstudy:members", cycle.pk)


def leave(request, pk):
    """She stops, after a page that says what becomes of her work."""
    row, cycle = _member(request, pk)
    if row.person_id != request.user.pk and not cycle.can_guide:
        raise PermissionDenied
    if request.method == "POST":
        deeds.leave(row, by=request.user)
        if row.person_id == request.user.pk:
            messages.success(request, _("You do not take part any more."))
            return redirect("lessonstudy:index")
        return redirect("lessonstudy:members", cycle.pk)
    why_not = deeds.why_not_leave(row)
    return page(request, cycle, "lessonstudy/leave.html", "members", member=row, why_not=why_not)


# The charter --------------------------------------------------------------------------------------


def charter(request, pk):
    """What the team agreed, and who agrees."""
    cycle = cycle_of(request, pk)
    present = getattr(cycle, "charter", None)
    form = CharterForm(request.POST or None, initial={"text": present.text if present else example()})
    if request.method == "POST":
        if not cycle.can_edit:
            raise PermissionDenied
        if form.is_valid() and attempt(form, making.write_charter, cycle, by=request.user, **form.cleaned_data):
            names.remark(request, form, request.path)
            return redirect("lessonstudy:charter", cycle.pk)
    team = list(cycle.members.team().select_related("person"))
    mine = next((row for row in team if row.person_id == request.user.pk), None)
    return page(
        request, cycle, "lessonstudy/charter.html", "members", status=422 if request.method == "POST" else 200,
        charter=present, form=form, team=team, mine=mine, waits=bool(present and mine and not mine.charter_accepted_at),
        why_not=making.why_not_write(cycle),
    )  # fmt: skip


def example():
    """What a team begins with."""
    return "\n".join(
        [
            _("- We look at pupils, not at each other."),
            _("- The lesson is of us all, whoever gives it."),
            _("- What we see of pupils stays among us. We use codes, no names."),
            _("- We come to every meeting, or say so in time."),
        ]
    )


@require_POST
def accept_charter(request, pk):
    """Agree with it."""
    cycle = cycle_of(request, pk)
    making.accept_charter(cycle, by=request.user)
    messages.success(request, _("You agree with the charter."))
    return redirect("lessonstudy:charter", cycle.pk)


# Sources ------------------------------------------------------------------------------------------


def sources(request, pk):
    """What the team read, and one more."""
    cycle = cycle_of(request, pk)
    form = SourceForm(request.POST or None, at_hand=_at_hand(request.user)) if cycle.can_edit else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        made = form.is_valid() and attempt(form, making.save_source, cycle, by=request.user, **form.cleaned_data)
        if made:
            names.remark(request, form, reverse("lessonstudy:source", args=[made.pk]))
            return redirect("lessonstudy:sources", cycle.pk)
    rows = list(cycle.sources.select_related("added_by", "resource"))
    return page(
        request, cycle, "lessonstudy/sources.html", "sources", status=422 if request.method == "POST" else 200,
        sources=rows, form=form, why_not=making.why_not_write(cycle),
    )  # fmt: skip


def _at_hand(user):
    """What she kept in the KennisHub last: that is what she read."""
    rows = Resource.objects.found_by(user).filter(saved_by__person=user.pk)
    return list(rows.order_by("-saved_by__at", "-pk")[:AT_HAND])


def source(request, pk):
    """Say better what you take from it."""
    row = get_or_refuse(Source.objects.for_page(request.user, "edit").select_related("resource"), "edit", pk=pk)
    cycle = cycle_of(request, row.cycle_id)
    at_hand = _at_hand(request.user)
    at_hand += [row.resource] if row.resource and row.resource not in at_hand else []
    form = SourceForm(request.POST or None, instance=row, at_hand=at_hand)
    said = form.cleaned_data if form.is_bound and form.is_valid() else None
    if said and attempt(form, making.save_source, cycle, row, by=request.user, **said):
        names.remark(request, form, request.path)
        return redirect("lessonstudy:sources", cycle.pk)
    return page(
        request, cycle, "lessonstudy/source.html", "sources", status=422 if form.is_bound else 200, form=form,
        source=row,
    )  # fmt: skip


@require_POST
def remove_source(request, pk):
    """Take it off the list."""
    row = get_or_refuse(Source.objects.for_page(request.user, "edit"), "edit", pk=pk)
    making.remove_source(row, by=request.user)
    return redirect("lessonstudy:sources", row.cycle_id)


# Case pupils --------------------------------------------------------------------------------------


def pupils(request, pk):
    """Whom the team follows, by code."""
    cycle = cycle_of(request, pk)
    _only_with_lessons(cycle)
    rows = list(cycle.pupils.select_related("reserve_for"))
    form = None
    if cycle.can_edit:
        others = cycle.pupils.filter(reserve_for=None)
        form = PupilForm(request.POST or None, others=others, initial={"code": making.next_code(cycle)})
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        made = form.is_valid() and attempt(form, making.save_pupil, cycle, by=request.user, **form.cleaned_data)
        if made:
            names.remark(request, form, reverse("lessonstudy:pupil", args=[made.pk]))
            return redirect("lessonstudy:pupils", cycle.pk)
    return page(
        request, cycle, "lessonstudy/pupils.html", "pupils", status=422 if request.method == "POST" else 200,
        pupils=rows, form=form, why_not=making.why_not_write(cycle),
    )  # fmt: skip


def _only_with_lessons(cycle):
    from django.http import Http404

    if not cycle.has_lessons:
        raise Http404


def _pupil(request, pk):
    return get_or_refuse(CasePupil.objects.for_page(request.user, "edit").select_related("cycle"), "edit", pk=pk)


def pupil(request, pk):
    """Say better what this pupil can do."""
    row = _pupil(request, pk)
    cycle = cycle_of(request, row.cycle_id)
    others = cycle.pupils.filter(reserve_for=None).exclude(pk=row.pk)
    form = PupilForm(request.POST or None, instance=row, others=others)
    said = form.cleaned_data if form.is_bound and form.is_valid() else None
    if said and attempt(form, making.save_pupil, cycle, row, by=request.user, **said):
        names.remark(request, form, request.path)
        return redirect("lessonstudy:pupils", cycle.pk)
    return page(
        request, cycle, "lessonstudy/pupil.html", "pupils", status=422 if form.is_bound else 200, form=form, pupil=row,
        why_not_remove=making.why_not_remove_pupil(row),
    )  # fmt: skip


@require_POST
def remove_pupil(request, pk):
    """Follow this pupil no more."""
    row = _pupil(request, pk)
    making.remove_pupil(row, by=request.user)
    return redirect("lessonstudy:pupils", row.cycle_id)


# What an inquiry writes ---------------------------------------------------------------------------


def texts(request, pk):
    """The headings of the phases so far; each is kept by itself, so that two may write at once."""
    cycle = cycle_of(request, pk)
    if cycle.has_lessons:
        from django.http import Http404

        raise Http404
    if request.method == "POST" and not cycle.can_edit:
        raise PermissionDenied
    written = {row.heading: row for row in PhaseText.objects.filter(cycle=cycle).select_related("changed_by")}
    posted = request.POST.get("heading", "") if request.method == "POST" else None
    phases, bound = [], None
    for (template, state), headings in steps.HEADINGS.items():
        if template != cycle.template:
            continue
        rows = []
        for key, label in headings:
            row = written.get(key)
            initial = {"text": row.text if row else "", "version": row.version if row else 0}
            form = TextForm(request.POST if posted == key else None, initial=initial, prefix=key)
            if form.is_bound:
                bound = (form, key)
            rows.append({"key": key, "label": label, "row": row, "form": form})
        phases.append({"state": state, "label": state.label, "rows": rows, "is_now": state == cycle.state})
    if bound and bound[0].is_valid():
        form, key = bound
        if attempt(form, making.write_text, cycle, key, by=request.user, **form.cleaned_data):
            names.remark(request, form, f"{request.path}#{key}")
            return redirect(f"{request.path}#{key}")
        _catch_up(form, key, cycle, phases)
    context = {"phases": phases, "why_not": making.why_not_write(cycle)}
    return page(
        request, cycle, "lessonstudy/texts.html", "texts", status=422 if request.method == "POST" else 200, **context
    )


def _catch_up(form, key, cycle, phases):
    """What somebody else wrote meanwhile stands below; keeping again is then on top of that."""
    row = PhaseText.objects.filter(cycle=cycle, heading=key).select_related("changed_by").first()
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = row.version if row else 0
    for phase in phases:
        for each in phase["rows"]:
            if each["key"] == key:
                each["theirs"] = row
