"""Home tasks between two meetings: the list, one of them with all that was handed in, and the deeds."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities import registry
from communities.actions import home_tasks as actions
from communities.choices import MembershipState, Role
from communities.home_task_forms import AnswerHandInForm, HandInForm, HomeTaskForm
from communities.models import Community, HandIn, HomeTask
from core import names, streams
from core.files.serving import serve
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.time import today


def home_tasks(request, pk):
    """All home tasks of a PLG: what is to be done, and what was."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "enter", pk=pk)
    rows = list(HomeTask.objects.for_list(request.user).filter(community=community))
    context = {
        "community": community,
        "tabs": registry.tabs_of(community, request.user, "home_tasks"),
        "coming": sorted((row for row in rows if row.due_on >= today()), key=lambda row: row.due_on),
        "past": [row for row in rows if row.due_on < today()],
        "may_set": community.can_lead and not community.why_not_plan,
        "stream_url": streams.of_page(request.user, f"community:{community.pk}"),
    }
    return render(request, "communities/home_tasks.html", context)


def set_home_task(request, pk):
    """The facilitator sets one."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "lead", pk=pk)
    if reason := community.why_not_plan:
        raise Refused(reason)
    form = HomeTaskForm(request.POST or None, community=community)
    if request.method == "POST" and form.is_valid():
        task = attempt(form, actions.set_home_task, community, by=request.user, **form.deed)
        if task:
            messages.success(request, _("The home task is there. The members get a message."))
            names.remark(request, form, reverse("communities:edit_home_task", args=[task.pk]))
            return redirect(task)
    return _page(request, "communities/home_task_form.html", form, community=community)


def edit_home_task(request, pk):
    """Change what is asked, the day, or who looks at it."""
    task = _task(request, pk, "lead")
    if reason := task.why_not_change:
        raise Refused(reason)
    form = HomeTaskForm(request.POST or None, instance=task, community=task.community)
    valid = request.method == "POST" and form.is_valid()
    if valid and attempt(form, actions.edit_home_task, task, by=request.user, **form.deed):
        messages.success(request, _("Changed."))
        names.remark(request, form, request.path)
        return redirect(task)
    return _page(request, "communities/home_task_form.html", form, community=task.community, task=task)


def withdraw_home_task(request, pk):
    """First what happens then, afterwards it is withdrawn."""
    task = _task(request, pk, "lead")
    if request.method == "POST":
        actions.withdraw_home_task(task, by=request.user)
        messages.success(request, _("The home task is withdrawn."))
        return redirect("communities:home_tasks", task.community_id)
    if reason := task.why_not_change:
        raise Refused(reason)
    return render(request, "communities/home_task_withdraw.html", {"task": task, "handed_in": task.hand_ins.count()})


def home_task(request, pk):
    """One of them: what is asked, mine, and what the others handed in."""
    return _detail(request, _task(request, pk, "view"))


def hand_in(request, pk):
    """Hand in to the group, or change what one handed in."""
    task = _task(request, pk, "hand_in")
    membership = task.community.memberships.select_related("person").get(
        person=request.user, state=MembershipState.ACTIVE
    )
    mine = HandIn.objects.filter(task=task, membership=membership).first()
    if mine:
        mine.task = task
    if reason := (mine.why_not_edit if mine else task.why_not_hand_in):
        raise Refused(reason)
    form = _hand_in_form(request, task, mine)
    valid = request.method == "POST" and form.is_valid()
    if valid and attempt(form, actions.hand_in, task, membership, **form.deed):
        messages.success(request, _("Handed in. The group can read it now."))
        names.remark(request, form, request.path)
        return redirect(task)
    return _page(request, "communities/hand_in.html", form, task=task, mine=mine)


def _hand_in_form(request, task, mine):
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    before = HandIn.objects.filter(membership__person=request.user, task__community=task.community_id)
    question = before.exclude(question="").values_list("question", flat=True).order_by("-at").first() or ""
    return HandInForm(*data, instance=mine, initial={} if mine else {"question": question})


@require_POST
def take_back(request, pk):
    """Take back what I handed in."""
    row = get_or_refuse(HandIn.objects.for_detail(request.user), "edit", pk=pk)
    actions.take_back(row, by=request.user)
    messages.success(request, _("You took it back."))
    return redirect(row.task)


@require_POST
def answer_hand_in(request, pk):
    """The facilitator or an expert answers."""
    row = get_or_refuse(HandIn.objects.for_detail(request.user), "answer", pk=pk)
    form = AnswerHandInForm(request.POST)
    if form.is_valid() and attempt(
        form, actions.answer_hand_in, row, by=request.user, answer=form.cleaned_data["answer"]
    ):
        messages.success(request, _("Your answer is there. %(name)s gets a message.") % {"name": row.membership.called})
        names.remark(request, form, row.get_absolute_url())
        return redirect(row)
    return _detail(request, _task(request, row.task_id, "view"), refused=(row.pk, form))


def hand_in_file(request, pk):
    """The file with what was handed in."""
    row = get_or_refuse(HandIn.objects.for_detail(request.user), pk=pk)
    if not row.file or not row.file.storage.exists(row.file.name):
        raise Http404
    return serve(request, row.file, name=row.file_name, media_type=row.file_type)


def _task(request, pk, power):
    return get_or_refuse(HomeTask.objects.for_detail(request.user), power, pk=pk)


def _detail(request, task, refused=None):
    rows = list(HandIn.objects.for_list(request.user).filter(task=task))
    for row in rows:
        row.task = task
        row.is_mine = row.membership.person_id == request.user.pk
        row.form = refused[1] if refused and refused[0] == row.pk else AnswerHandInForm(auto_id=f"answer-{row.pk}-%s")
        row.may_answer = row.can_answer and not row.answered_at and not row.is_mine
    members = task.community.memberships.seated().exclude(role__in=[Role.FACILITATOR, Role.CO_FACILITATOR])
    context = {
        "task": task,
        "rows": sorted(rows, key=lambda row: (not row.is_mine, row.at)),
        "mine": next((row for row in rows if row.is_mine), None),
        "members": members.count(),
        "experts": list(task.experts.active().select_related("person")),
        "is_guest": not task.can_hand_in and not task.can_lead,
        "stream_url": streams.of_page(request.user, f"community:{task.community_id}"),
    }
    return render(request, "communities/home_task.html", context, status=422 if refused else 200)


def _page(request, template, form, **context):
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
