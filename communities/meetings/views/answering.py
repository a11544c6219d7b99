"""Answer for a meeting: on the web, and from the mail without signing in."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communities.meetings import actions
from communities.meetings.asking import KIND
from communities.meetings.forms import AnswerForm
from communities.meetings.models import Answer, Meeting
from communities.meetings.views import by_mail
from communities.models import Membership
from core.links import BadLink
from core.models import get_or_refuse
from core.refusals import attempt, way_back


@require_POST
def answer(request, pk):
    """Say whether I come, for this date or for all coming dates."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "answer", pk=pk)
    membership = (
        Membership.objects.active().select_related("person").get(community=meeting.community_id, person=request.user)
    )
    form = AnswerForm(request.POST)
    done = form.is_valid() and attempt(form, say, meeting, membership, **form.cleaned_data)
    if request.htmx:
        meeting = Meeting.objects.for_detail(request.user).get(pk=pk)  # as it is now
        status = 200 if done else 422
        context = {"meeting": meeting, "form": form, "where": _where(request)}
        return render(request, "meetings/next.html", context, status=status)
    if done:
        messages.success(request, said(meeting, form.cleaned_data, done))
    else:
        messages.warning(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect(way_back(request, meeting.get_absolute_url()))


def _where(request):
    """On which page the card stands: "page" is that of the meeting, "plg" that of its PLG, "today" any other."""
    where = request.POST.get("where")
    return where if where in ("page", "plg") else "today"


def say(meeting, membership, *, coming, reason, slot, for_all):
    """The deed behind the form: one date or all."""
    deed = actions.answer_all if for_all else actions.answer
    return deed(meeting, membership, coming=coming, reason=reason, slot=slot)


def said(meeting, data, done):
    """What we say after an answer."""
    if data["for_all"] and done > 1:
        return ngettext("Your answer stands for this date.", "Your answer stands for %(count)d dates.", done) % {
            "count": done
        }
    return _("Your answer is kept.")


@by_mail.opens(KIND)
def answer_by_mail(request, facts):
    """The same from a letter: a GET shows the meeting and asks, a POST answers. No signing in."""
    meeting, membership = _behind(request, facts)
    with by_mail.in_her_language(membership):
        form = AnswerForm(request.POST or None)
        one = {"for_all": False}
        if form.is_valid() and attempt(form, say, meeting, membership, **form.cleaned_data | one):
            return redirect(request.path)
        mine = Answer.objects.filter(meeting=meeting, person=membership.person_id, address=membership.address).first()
        context = {
            "meeting": meeting,
            "membership": membership,
            "form": form,
            "choices": _choices(meeting, facts.get("coming")),
            "mine": mine,
            "reason": form.data.get("reason", mine.reason if mine else ""),
        }
        return render(request, "meetings/answer_by_mail.html", context, status=422 if form.is_bound else 200)


def _choices(meeting, chosen):
    """The answers as buttons; what she tapped in the letter stands first."""
    options = sorted(meeting.options, key=lambda option: option != chosen)
    return [{"value": option.value, "label": option.label, "first": n == 0} for n, option in enumerate(options)]


def _behind(request, facts):
    """The meeting and the member behind a link. Raises BadLink with the reason why it counts no more."""
    meeting = Meeting.objects.filter(pk=facts.get("meeting")).select_related("community", "school").first()
    if meeting is None:
        raise BadLink(_("This meeting no longer exists."))
    gone = _("You are not expected at this meeting any more, so there is nothing to answer.")
    membership = by_mail.member(request, facts, meeting.expected(), gone)
    if reason := meeting.why_not_answer:
        raise BadLink(reason)
    return meeting, membership
