"""Minutes: read, written, proposed, approved, corrected, compared, on paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from communities.meetings import minutes as reading
from communities.meetings import promises, registry
from communities.meetings.actions import minutes as actions
from communities.meetings.choices import MinutesState
from communities.meetings.forms.minutes import CorrectForm, MinutesForm
from communities.meetings.models import ActionPoint, Approval, Meeting, Minutes
from communities.meetings.views import by_mail
from communities.rules import standing
from core import names, pdf, streams
from core.links import BadLink
from core.models import get_or_refuse
from core.refusals import Refused
from people.models import User


def minutes(request, pk):
    """The minutes of a meeting, or that there are none yet."""
    meeting = _meeting(request, pk)
    row = Minutes.objects.for_detail(request.user).filter(meeting=meeting).first()
    takes_part = meeting.community_id in standing(request.user).member_of
    if row is None:
        context = {"meeting": meeting, "may_begin": takes_part and not meeting.why_not_grow}
        return render(request, "meetings/minutes_none.html", context)
    return render(request, "meetings/minutes.html", _context(request, row, takes_part))


def _meeting(request, pk):
    """A meeting of a PLG whose inside she may see: minutes are not for guests."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "view", pk=pk)
    mine = standing(request.user)
    if meeting.community_id not in mine.member_of | mine.reads_on:
        raise Http404
    return meeting


def _context(request, row, takes_part):
    user, versions = request.user, list(row.versions.select_related("by"))
    current = next(version for version in versions if version.number == row.number)
    sections = reading.seen(current.sections, with_cases=takes_part)
    for section in sections:
        if section["kind"] == "insights" and not section.get("case"):  # nothing of a case leaves the minutes
            section["insights"] = [(each, registry.deeds_on(row, each, user)) for each in section["bullets"]]
    said_yes, voters = reading.count(row)
    points = _points(user, row.meeting) if takes_part else []
    return {
        "minutes": row,
        "meeting": row.meeting,
        "current": current,
        "versions": versions if takes_part else [],
        "sections": sections,
        "present": reading.present(row.meeting) if takes_part else [],
        "groups": promises.groups(points),
        "said_yes": said_yes,
        "voters": voters,
        "needed": reading.needed(voters),
        "is_draft": row.state == MinutesState.DRAFT,
        "is_approved": row.state == MinutesState.APPROVED,
        "may_write": row.can_write and not row.meeting.community.is_closed,
        "may_approve": row.can_approve
        and not row.meeting.community.is_closed
        and row.state == MinutesState.PROPOSED
        and not Approval.objects.filter(version=current, person=user).exists(),
        "stream_url": streams.of_page(user, f"meeting:{row.meeting_id}"),
    }


def _points(user, meeting):
    return list(ActionPoint.objects.for_list(user).filter(meeting=meeting).in_groups())


def _minutes(request, power, pk):
    return get_or_refuse(Minutes.objects.for_detail(request.user), power, meeting=pk)


@require_POST
def begin_minutes(request, pk):
    """A draft: from the session, or else from the agenda."""
    meeting = _meeting(request, pk)
    if meeting.community_id not in standing(request.user).member_of:
        raise Http404
    actions.grow(meeting, by=request.user)
    return redirect("meetings:write_minutes", meeting.pk)


def write_minutes(request, pk):
    """Write in the draft; two at once lose nothing."""
    row = _minutes(request, "write", pk)
    if request.method != "POST" and row.state != MinutesState.DRAFT:
        return redirect("meetings:correct_minutes", pk)
    return _writing(request, row, MinutesForm, actions.write, "meetings/minutes_write.html")


def correct_minutes(request, pk):
    """A new version of minutes that were proposed or approved."""
    row = _minutes(request, "write", pk)
    if request.method != "POST" and row.state == MinutesState.DRAFT:
        return redirect("meetings:write_minutes", pk)
    return _writing(request, row, CorrectForm, actions.correct, "meetings/minutes_correct.html")


def _writing(request, row, form_class, deed, template):
    version = row.versions.get(number=row.number)
    form = form_class(request.POST if request.method == "POST" else None, sections=version.sections)
    if form.is_valid():
        because = {"because": form.cleaned_data["because"]} if "because" in form.fields else {}
        try:
            deed(row, by=request.user, typed=form.typed, **because)
        except actions.WroteMeanwhile as refusal:
            form.add_error(None, refusal.sentence)
            form.theirs = refusal.theirs
            form.stored = {section["key"]: section for section in refusal.version.sections}
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The minutes are kept."))
            names.remark(request, form, request.path)
            return redirect("meetings:minutes", row.meeting_id)
    context = {"minutes": row, "meeting": row.meeting, "form": form}
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_POST
def propose_minutes(request, pk):
    """Lay them before the members."""
    row = _minutes(request, "write", pk)
    actions.propose(row, by=request.user)
    messages.success(request, _("The minutes are proposed. The members are asked whether they are right."))
    return redirect("meetings:minutes", pk)


@require_POST
def approve_minutes(request, pk):
    """Yes, this is right."""
    row = _minutes(request, "approve", pk)
    number = request.POST.get("number", "")
    actions.approve(row, by=request.user, number=int(number) if number.isdecimal() and len(number) < 5 else 0)
    messages.success(request, _("Your yes is written down."))
    return redirect("meetings:minutes", pk)


def compare_minutes(request, pk):
    """Two versions side by side, for members: who left reads what was approved, not what stood there before."""
    row = _minutes(request, "write", pk)
    versions = {str(version.number): version for version in row.versions.select_related("by")}
    newer = versions.get(request.GET.get("new", ""), versions[str(row.number)])
    older = versions.get(request.GET.get("old", ""), versions.get(str(newer.number - 1), newer))
    context = {
        "minutes": row,
        "meeting": row.meeting,
        "older": older,
        "newer": newer,
        "versions": sorted(versions.values(), key=lambda version: version.number),
        "sections": reading.compare(older.sections, newer.sections),
    }
    return render(request, "meetings/minutes_compare.html", context)


def minutes_pdf(request, pk):
    """The same on paper: a tagged PDF."""
    row = _minutes(request, "view", pk)
    takes_part = row.meeting.community_id in standing(request.user).member_of
    groups = promises.groups(_points(request.user, row.meeting)) if takes_part else []
    name = _("minutes %(plg)s %(day)s") % {
        "plg": row.meeting.community.name, "day": row.meeting.held_on.isoformat(),
    }  # fmt: skip
    return pdf.answer("minutes", reading.on_paper(row, groups, for_members=takes_part), name=name)


@by_mail.opens(reading.KIND)
def approve_by_mail(request, facts):
    """Yes from the letter, without signing in; of the text only the members read, here stands none of it."""
    row, person = _behind(request, facts)
    with override(person.language):
        said_yes = Approval.objects.filter(version__minutes=row, version__number=row.number, person=person).exists()
        if request.method == "POST" and not said_yes:
            actions.approve(row, by=person, number=facts["number"])
            return redirect(request.path)
        context = {"minutes": row, "meeting": row.meeting, "person": person, "said_yes": said_yes}
        return render(request, "meetings/approve_by_mail.html", context)


def _behind(request, facts):
    """The minutes and the member behind a link. Raises BadLink with the reason why it counts no more."""
    row = Minutes.objects.filter(pk=facts.get("minutes")).select_related("meeting__community", "proposed_by").first()
    person = User.objects.filter(pk=facts.get("person"), is_active=True).first()
    if row is None or person is None:
        raise BadLink(_("These minutes no longer exist."))
    if not reading.voters(row.meeting.community_id).filter(person=person).exists():
        raise BadLink(_("You do not take part in this PLG any more, so there is nothing to answer."))
    by_mail.refuse_another(request, person.pk)
    if row.state == MinutesState.DRAFT or facts.get("number") != row.number:
        raise BadLink(_("The minutes were corrected meanwhile. Read what changed, then say yes."))
    return row, person
