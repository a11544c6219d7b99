"""The lesson plan: writing in it together, its versions beside each other, on paper.

With our script the page is one document that all share (`plan_push`, `plan_pull`, and the page's stream says when there
is something new). Without it each stage is a form of its own, merged against what its writer saw.
"""

import base64
import json
import uuid
from contextlib import suppress
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import names, pdf, presence, streams
from core.forms import NAMES_URL
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.templatetags.ui import hue, initials
from core.text import number as whole
from lessonstudy import documents, overview, plans, registry, sheets
from lessonstudy.actions import plans as actions
from lessonstudy.forms.plans import CommentForm, StageForm
from lessonstudy.models import CasePupil, Comment, Cycle, PlanVersion

MOST_CHANGES = 50
LARGEST_REQUEST = 2_000_000
A3_SIZES = (13, 12, 11, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6)  # points
WIDEST_PLACE, WIDEST_NAME = 90, 40


@require_GET
def plan_now(request, pk):
    """The version that counts now."""
    cycle = get_or_refuse(Cycle.objects.for_detail(request.user).select_related("plan"), pk=pk)
    if cycle.plan is None:
        raise Http404
    return redirect(cycle.plan)


def _plan(request, pk, number, power="view"):
    return get_or_refuse(PlanVersion.objects.for_detail(request.user), power, cycle=pk, number=number)


def _pupils(plan):
    return list(CasePupil.objects.filter(cycle=plan.cycle_id))


def plan(request, pk, number):
    """One version: open, to write in together; fixed, to read."""
    return _page(request, _plan(request, pk, number))


def _page(request, row, status=200, **more):
    cycle = get_or_refuse(overview.with_lessons(request.user), pk=row.cycle_id)
    pupils = _pupils(row)
    comments = row.comments.select_related("author").with_powers(request.user, "edit")
    layout = sheets.of(row, pupils, comments)
    reason = actions.why_not_write(row)
    context = {
        "plan": row,
        "cycle": cycle,
        "layout": layout,
        "blank": sheets.blank(pupils),
        "pupils": pupils,
        "comments": [each for each in comments if each.stage_uid is None],
        "writes": row.can_edit and not reason,
        "reason": reason,
        "versions": _versions(row),
        "following": plans.next_open(row) if row.frozen_at else None,
        "words": _words(),
        "names_url": NAMES_URL,
        "asked": request.GET.get("remark"),
        "tabs": registry.tabs_of(cycle, request.user, "plan"),
        "stream_url": streams.of_page(request.user, row.channel),
        **more,
    }
    return render(request, "lessonstudy/plan.html", context, status=status)


def _versions(row):
    rows = list(PlanVersion.objects.filter(cycle=row.cycle_id).only("number", "frozen_at", "cycle"))
    return [
        {
            "url": each.get_absolute_url(),
            "label": _("Version %(number)s") % {"number": each.number},
            "icon": "lock" if each.frozen_at else "pencil",
            "current": each.pk == row.pk,
        }
        for each in rows
    ]


def _words():
    """What the page says by itself."""
    return {
        "kept": _("All kept"),
        "sending": _("Is being kept …"),
        "waiting": _("Kept on this device. It is sent when there is a network."),
        "signed_out": _("You are signed out. What you typed is kept on this device. Sign in, and it is sent."),
        "broken": _("This plan cannot be kept in step here. Open the page again."),
        "writes_here": _("{name} writes here"),
        "came": _("{name} is here too"),
        "part": _("part {number}"),
        "times": _("{begins}–{ends} min"),
        "together": _("{minutes} minutes together"),
        "removed": _("“{title}” was taken away. It stands below, and you can put it back."),
        "moved": _("{title} is part {number} now."),
        "too_many": _("A lesson of so many parts cannot be given. Take some together."),
    }


# What the script says and hears ----------------------------------------------------------------


@require_POST
def plan_push(request, pk, number):
    """Changes of one device, and where its person is; the answer brings what others changed meanwhile."""
    row = _plan(request, pk, number)
    try:
        told = _told(request)
        changes = _changes(told)
    except Refused as refusal:
        return _refused(row, refusal)
    visitor = str(told.get("visitor", ""))[:WIDEST_NAME]
    if told.get("leaves"):
        presence.gone(row.channel, visitor)
        streams.tell(row.channel, "here")
    if changes:
        if not row.can_edit:
            raise PermissionDenied
        try:
            row = actions.push(row, changes, by=request.user)
        except Refused as refusal:
            return _refused(row, refusal)
    if visitor and not told.get("leaves"):
        _seen(request, row, visitor, str(told.get("place", ""))[:WIDEST_PLACE])
    return _news(row, told.get("since"))


def _told(request):
    """What the script says, as a dict."""
    told = None
    if len(request.body) <= LARGEST_REQUEST:
        with suppress(ValueError, RecursionError):
            told = json.loads(request.body)
    if not isinstance(told, dict):
        raise actions.Unfit(_("This change could not be read."))
    return told


def _changes(told):
    """[(key, bytes)] of what came; anything else is refused, for it is not from our script."""
    found = told.get("changes") or []
    try:
        if len(found) <= MOST_CHANGES:
            return [(uuid.UUID(each["key"]), base64.b64decode(each["update"], validate=True)) for each in found]
    except (TypeError, KeyError, ValueError, AttributeError):
        pass
    raise actions.Unfit(_("This change could not be read."))


def _seen(request, row, visitor, place):
    user = request.user
    facts = {"name": str(user)[:WIDEST_NAME], "initials": initials(user), "hue": hue(user), "place": place}
    if presence.seen(row.channel, visitor, **facts):
        streams.tell(row.channel, "here")


def _refused(row, refusal):
    following = plans.next_open(row)
    answer = {"sentence": str(refusal.sentence), "fixed": isinstance(refusal, actions.Fixed)}
    if following:
        answer |= {"next": following.get_absolute_url(), "next_push": _address("plan_push", following)}
    return JsonResponse(answer, status=409 if answer["fixed"] else 422)


def _address(name, row):
    return reverse(f"lessonstudy:{name}", args=[row.cycle_id, row.number])


@require_GET
def plan_pull(request, pk, number):
    """What changed after `since`, and who is here."""
    return _news(_plan(request, pk, number), request.GET.get("since"))


def _news(row, since):
    since = whole(str(since or 0), 0)
    update, upto = plans.since(row, since)
    news = {
        "last": upto,
        "update": base64.b64encode(update).decode(),
        "here": presence.here(row.channel),
        "fixed": actions.why_not_write(row),
    }
    response = JsonResponse(news)
    response.headers["Cache-Control"] = "private, no-store"
    return response


# Without script: a form for each stage ---------------------------------------------------------


@require_POST
def plan_write(request, pk, number):
    """Keep the fields of one stage, or move it, take it away, put it back, add one. All fields come along."""
    row = _plan(request, pk, number, "edit")
    deed = request.POST.get("do", "save")
    if deed == "add":
        actions.add_stage(row, by=request.user)
        return redirect(f"{row.get_absolute_url()}#add")
    form = StageForm(request.POST, pupils=_pupils(row))
    if not form.is_valid() or not attempt(form, _write, request, row, form, deed):
        return _page(request, _plan(request, pk, number), 422, refused=form)
    messages.success(request, _("Kept."))
    stands = f"{row.get_absolute_url()}#stage-{form.cleaned_data['uid']}"
    names.remark(request, form, stands)
    return redirect(stands)


def _write(request, row, form, deed):
    data, by = form.cleaned_data, request.user
    if deed != "restore":
        actions.write_stage(row, data["uid"], form.texts, data["minutes"], by=by, seen=data["at"])
    more = {
        "up": partial(actions.move_stage, steps=-1),
        "down": partial(actions.move_stage, steps=1),
        "remove": partial(actions.put_away, away=True),
        "restore": partial(actions.put_away, away=False),
    }
    if deed in more:
        more[deed](row, data["uid"], by=by)


# Remarks ---------------------------------------------------------------------------------------


@require_POST
def plan_comment(request, pk, number):
    """Say something about a stage, or about the plan."""
    row = _plan(request, pk, number, "edit")
    form = CommentForm(request.POST)
    if form.is_valid() and attempt(form, actions.comment, row, by=request.user, **form.cleaned_data):
        uid = form.cleaned_data["stage_uid"]
        if not request.htmx:
            names.remark(request, form, f"{row.get_absolute_url()}#remarks-{uid or 'plan'}")
        return _back_to_remarks(request, row, uid)
    uid = documents.name_of(request.POST.get("stage_uid", ""))
    form.place = str(uid) if uid else "plan"
    if request.htmx:
        return _remarks(request, row, uid, comment_form=form, status=422)
    return _page(request, row, 422, comment_form=form, asked=form.place)


def _back_to_remarks(request, row, uid):
    if request.htmx:
        return _remarks(request, row, uid)
    return redirect(f"{row.get_absolute_url()}#remarks-{uid or 'plan'}")


def _remarks(request, row, uid, *, asked=True, status=200, **more):
    uid = uid and str(uid)
    rows = row.comments.filter(stage_uid=uid).select_related("author").with_powers(request.user, "edit")
    asked = (uid or "plan") if asked else None
    context = {"plan": row, "comments": rows, "uid": uid, "asked": asked, "takes_part": row.can_edit}
    return render(request, "lessonstudy/plan_remarks.html#talk", context | more, status=status)


@require_GET
def plan_remarks(request, pk, number):
    """The remarks on one stage, as they are now."""
    row = _plan(request, pk, number)
    uid = documents.name_of(request.GET.get("stage", ""))
    return _remarks(request, row, uid, asked="asked" in request.GET)


def _comment(request, pk, power="view"):
    rows = Comment.objects.for_page(request.user, "edit").select_related("plan__cycle")
    row = get_or_refuse(rows, power, pk=pk)
    return row, _plan(request, row.plan.cycle_id, row.plan.number, "edit")


@require_POST
def settle_comment(request, pk):
    """It was answered in the plan; or not after all."""
    row, of_plan = _comment(request, pk)
    actions.settle_comment(row, by=request.user, on=request.POST.get("on") != "0")
    return _back_to_remarks(request, of_plan, row.stage_uid)


@require_POST
def withdraw_comment(request, pk):
    """Her own remark, away."""
    row, of_plan = _comment(request, pk, "edit")
    actions.withdraw_comment(row, by=request.user)
    return _back_to_remarks(request, of_plan, row.stage_uid)


# Beside each other, and on paper ----------------------------------------------------------------


@require_GET
def plan_compare(request, pk):
    """Two versions beside each other: what changed, and what was seen that asked for it."""
    rows = list(PlanVersion.objects.for_detail(request.user).filter(cycle=pk))
    if not rows:
        raise Http404
    after = _chosen(rows, request.GET.get("after"), rows[-1])
    earlier = [row for row in rows if row.number < after.number]
    before = _chosen(rows, request.GET.get("before"), earlier[-1] if earlier else after)
    differing = sheets.compared(before, after, request.user) if before != after else []
    context = {
        "cycle": after.cycle,
        "rows": rows,
        "before": before,
        "after": after,
        "differing": differing,
        "changed": sum(1 for each in differing if each.state != "same" or each.moved),
    }
    return render(request, "lessonstudy/plan_compare.html", context)


def _chosen(rows, number, otherwise):
    return next((row for row in rows if str(row.number) == number), otherwise)


@require_GET
def plan_paper(request, pk, number):
    """The plan on one sheet of A3: the letters are made smaller until it fits."""
    row = _plan(request, pk, number)
    pupils = _pupils(row)
    data = sheets.paper(row, pupils, sheets.of(row, pupils))
    made = b""
    for size in A3_SIZES:
        made = pdf.typeset("plan", data | {"size": size})
        if pdf.pages(made) == 1:
            break
    name = f"{row.cycle.title} {data['title'].rpartition(' – ')[2]}"
    return pdf.handed_over(HttpResponse(made, content_type="application/pdf"), name)
