"""When something is wrong: a PLG without facilitator, a complaint about one."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities import actions, qualified, registry
from communities.choices import LEADING
from communities.forms import AnswerForm, AppointForm, ComplaintForm, ProposeForm
from communities.models import Community, Complaint
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from organisations.rules import standing as at_work
from people.models import User


def propose(request, pk):
    """A member of a PLG without facilitator proposes one."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "take_part", pk=pk)
    if reason := actions.why_not_propose(community):
        raise Refused(reason)
    form = ProposeForm(request.POST or None, people=_seated(community))
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        if attempt(form, actions.propose, community, by=request.user, person=person):
            messages.success(request, _("You proposed %(name)s. The administrator decides.") % {"name": person})
            return redirect(community)
    mine = community.proposals.filter(by=request.user, settled_at=None).select_related("person").first()
    hint = qualified.hint(community, _seated(community))
    return _page(request, "communities/propose.html", form, community=community, mine=mine, hint=hint)


def appoint(request, pk):
    """The owner's administrator appoints a facilitator; the page shows facts only."""
    community = get_or_refuse(Community.objects.for_appointing(request.user), "appoint", pk=pk)
    why_not = actions.why_not_propose(community)
    form = AppointForm(request.POST or None, people=_seated(community).exclude(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        chosen = attempt(form, actions.appoint, community, by=request.user, **form.cleaned_data)
        if chosen:
            said = (
                _("%(name)s facilitates %(plg)s from now on.")
                if chosen.role in LEADING and chosen.leads
                else _("%(name)s is invited to facilitate %(plg)s.")
            )
            messages.success(request, said % {"name": chosen.called, "plg": community.name})
            return redirect("communities:appoint", pk)
    context = {
        "community": community,
        "why_not": why_not,
        "hint": qualified.hint(community, _seated(community)),
        "proposals": community.proposals.filter(settled_at=None).select_related("person").order_by("at"),
        "facts": registry.shown(registry.facts, community, request.user),
    }
    return _page(request, "communities/appoint.html", form, **context)


def complain(request, pk):
    """A member writes to the confidant."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "take_part", pk=pk)
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        complaint = attempt(form, actions.complain, community, by=request.user, text=text)
        if complaint:
            messages.success(request, _("Your words are with the confidant, and with nobody else."))
            return redirect(complaint)
    return _page(request, "communities/complain.html", form, community=community)


def complaints(request):
    """What came to the confidant: that it came, from which PLG and when. Reading is on a page of its own."""
    if not at_work(request.user).confidant_of and not request.user.complaints.exists():
        raise Http404
    rows = Complaint.objects.allowing(request.user, "handle").select_related("community")
    rows = rows.order_by(F("handled_at").desc(nulls_first=True), "-at")  # what waits for an answer comes first
    return render(request, "communities/complaints.html", {"rows": rows})


def complaint(request, pk):
    """One complaint, for the confidant and for who wrote it; that the confidant read it is written down."""
    row = _complaint(request, "view", pk)
    if row.can_handle:
        actions.note_reading(row, by=request.user)
    form = AnswerForm() if row.can_handle and not row.handled_at else None
    return render(request, "communities/complaint.html", {"complaint": row, "form": form})


@require_POST
def handle(request, pk):
    """The confidant answers."""
    row = _complaint(request, "handle", pk)
    form = AnswerForm(request.POST)
    if form.is_valid() and attempt(form, actions.handle, row, by=request.user, answer=form.cleaned_data["answer"]):
        messages.success(request, _("Your answer was sent."))
        return redirect(row)
    return _page(request, "communities/complaint.html", form, complaint=row)


def _complaint(request, power, pk):
    rows = Complaint.objects.for_page(request.user, "handle").select_related("community", "by", "confidant")
    return get_or_refuse(rows, power, pk=pk)


def _seated(community):
    """The people who take part, by name."""
    return User.objects.filter(pk__in=community.memberships.seated().values("person"), is_active=True).order_by(
        "sort_name"
    )


def _page(request, template, form, **context):
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
