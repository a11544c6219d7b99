"""A session that is being run: its screens and its deeds.

Every deed is a form. A page without script gets its whole page back; our own script asks with the header
`Run-Part` and gets the parts that changed, also with the sentence when the deed was refused.
"""

import time
from functools import wraps

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from communities.meetings import runnables, running
from communities.meetings.actions import meeting_run, seating, writing
from communities.meetings.actions import running as actions
from communities.meetings.choices import LineKind, Way
from communities.meetings.forms.running import AgreeInRunForm, CodeForm, EditLineForm, LineForm, PlanForm, TicketForm
from communities.meetings.models import Line, Meeting, Run, RunSeat
from core import names, streams
from core.forms import NAMES_URL
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.text import number

SCRIPT = "Run-Part"  # the header by which our script asks for parts


def start_run(request, pk):
    """Start the session of a meeting in one tap. Nothing on the agenda: first choose how to work. A GET only asks."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "plan", pk=pk)
    form = PlanForm(request.POST if "plan" in request.POST else None, meeting=meeting)
    if request.method == "POST":
        if running.of(meeting) or not meeting_run.needs_plan(meeting):
            return redirect(actions.start(meeting, by=request.user))
        if form.is_bound and form.is_valid():
            run = attempt(form, actions.start, meeting, by=request.user, plan=form.chosen)
            if run:
                return redirect(run)
    elif row := running.of(meeting):
        return redirect(row)
    context = {"meeting": meeting, "form": form, "is_ready": not meeting_run.needs_plan(meeting)}
    return render(request, "meetings/run/start.html", context, status=422 if form.is_bound else 200)


def run(request, pk):
    """The session: for the facilitator with the controls, for members the same without; afterwards the exit ticket."""
    try:
        row = get_or_refuse(Run.objects.for_detail(request.user), pk=pk)
    except Http404:
        return _out(request, pk)
    return _page(request, row)


def _out(request, pk):
    """Whoever took part and does not belong to the PLG any more is told so; to all others there is nothing here."""
    if not request.user.is_authenticated or not RunSeat.objects.filter(run=pk, person=request.user).exists():
        raise Http404
    return render(request, "meetings/run/out.html", status=403)


def _page(request, row, status=200, **more):
    if not row.is_running:
        return _ended(request, row, status, **more)
    scene = running.Scene(row, request.user)
    context = {
        "run": row,
        "scene": scene,
        "agree_form": more.get("agree_form") or AgreeInRunForm(run=row, people=seating.expected(row)),
        "own": running.own(row, request.user),
        "points": running.points(row),
        "silent_me": scene.silent_me,
        "words": running.words(),
        "names_url": NAMES_URL,
        **_back(row),
        "stream_url": "",  # the page listens to a stream of its own
        "run_stream": _stream(request, row),
        "server_now": _milliseconds(),
        **running.lines(row),
        **more,
    }
    return render(request, "meetings/run/page.html", context, status=status)


def _ended(request, row, status=200, **more):
    mine = row.tickets.filter(person=request.user).first()
    initial = {"worth": mine.worth, "takes_along": mine.takes_along} if mine else None
    scene = running.Scene(row, request.user)
    context = {
        "run": row,
        "scene": scene,
        "ticket_form": more.get("ticket_form") or TicketForm(initial=initial),
        "handed_in": mine,
        "tickets": running.tickets(row),
        "asks_ticket": row.can_take_part,
        "own": running.own(row, request.user),
        "points": running.points(row),
        **_back(row),
        "stream_url": streams.of_page(request.user, row.channel),
        **running.lines(row),
    }
    return render(request, "meetings/run/ended.html", context, status=status)


def _back(row):
    """Where this page came from: what is run, or its PLG."""
    about = row.what if hasattr(row.what, "get_absolute_url") else row.community
    label = row.community.name if about is row.community else runnables.of(about).title(about)
    return {"back": about.get_absolute_url(), "back_label": label}


def _stream(request, row):
    return streams.address(request.user, row.channel)


def _milliseconds():
    return int(time.time() * 1000)


@require_GET
def run_state(request, pk):
    """The parts of the page as they are now; `only` names which. The answer says what time it is here."""
    row = get_or_refuse(Run.objects.for_detail(request.user), pk=pk)
    only = set(request.GET.get("only", "step,lines,people").split(","))
    if "board" in only:
        return _parts(request, row, running.board_part(running.Scene(row, request.user)))
    return _parts(request, row, running.fragment(request, row, only))


def _parts(request, row, html, sentence="", status=200):
    if sentence:
        html = format_html("<p data-refusal>{}</p>", sentence) + html
    response = HttpResponse(html, status=status)
    response.headers["Run-Now"] = _milliseconds()
    response.headers["Run-Version"] = row.version
    response.headers["Run-State"] = row.state
    if request.GET.get("stream"):
        response.headers["Run-Stream"] = _stream(request, row)
    return response


@require_GET
def run_board(request, pk):
    """The big screen in the room: the clock, the step, and who is silent. No other name stands on it."""
    row = get_or_refuse(Run.objects.for_detail(request.user), pk=pk)
    scene = running.Scene(row, request.user)
    context = {"run": row, "scene": scene, "stream_url": "", "run_stream": _stream(request, row)}
    context |= {"server_now": _milliseconds(), "words": running.words()} | running.how_to_join(row)
    return render(request, "meetings/run/board.html", context)


# Deeds --------------------------------------------------------------------------------------------


def deed(power, *parts):
    """A view that does something to a session and answers with the parts that changed, or the page."""

    def dress(view):
        @require_POST
        @wraps(view)
        def answer(request, pk):
            row = get_or_refuse(Run.objects.for_detail(request.user), power, pk=pk)
            sentence, status = "", 200
            try:
                done = view(request, row)
            except Refused as refusal:
                if SCRIPT not in request.headers:
                    raise
                sentence, status = refusal.sentence, 409 if isinstance(refusal, actions.Stale) else 422
                done = None
            if isinstance(done, HttpResponse):
                return done
            if SCRIPT not in request.headers:
                return redirect("meetings:run", pk)
            row = Run.objects.for_detail(request.user).get(pk=pk)
            return _parts(request, row, running.fragment(request, row, set(parts)), sentence, status)

        return answer

    return dress


def _version(request):
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else 0


@deed("lead", "step")
def next_step(request, row):
    """On to the next step."""
    actions.next_step(row, by=request.user, version=_version(request))


@deed("lead", "step")
def previous_step(request, row):
    """Back to the step before."""
    actions.previous_step(row, by=request.user, version=_version(request))


@deed("lead", "step")
def skip_step(request, row):
    """On, without having done this step."""
    actions.skip_step(row, by=request.user, version=_version(request))


@deed("lead", "step")
def pause(request, row):
    """Stop the clock."""
    actions.pause(row, by=request.user, version=_version(request))


@deed("lead", "step")
def resume(request, row):
    """Let the clock go on."""
    actions.resume(row, by=request.user, version=_version(request))


@deed("lead", "step")
def change_minutes(request, row):
    """A minute more, or one less."""
    minutes = -1 if request.POST.get("minutes") == "-1" else 1
    actions.change_minutes(row, by=request.user, minutes=minutes, version=_version(request))


@deed("lead", "step", "lines")
def take_notes(request, row):
    """Notes after all, or no longer."""
    actions.take_notes(row, by=request.user, on=request.POST.get("on") == "1", version=_version(request))


@deed("take_part", "people", "step")
def join_run(request, row):
    """Take a seat."""
    seating.join_run(row, by=request.user, way=request.POST.get("way", Way.ROOM))


@deed("lead", "people", "step")
def seat(request, row):
    """Somebody is there, or not."""
    membership = _membership(row, request.POST.get("membership", ""))
    if membership is None:
        raise Refused(_("This person is not on the list."))
    seating.seat(row, membership, by=request.user, is_there=request.POST.get("is_there") == "1")


@deed("lead", "people", "step")
def seat_all(request, row):
    """Who said yes, is there."""
    seating.seat_all(row, by=request.user)


@deed("lead", "people", "step")
def give_roles(request, row):
    """Divide the roles: fields `role-0`, `role-1`, … with a membership each, in the order of `roles`."""
    called = request.POST.getlist("name")[:20]
    roles = {name: _membership(row, request.POST.get(f"role-{n}", "")) for n, name in enumerate(called)}
    seating.give_roles(row, by=request.user, roles=roles)


def _membership(row, pk):
    """Who is expected here: a member, or a guest of this meeting."""
    return seating.expected(row).select_related("person").filter(pk=number(pk)).first()


@deed("take_part", "lines")
def write_line(request, row):
    """Write down a note, a decision, an insight, or something for later."""
    form = LineForm(request.POST)
    if not form.is_valid():
        raise Refused(_("It did not work this time. Try again."))
    data = form.cleaned_data
    try:
        line = writing.write(
            row, by=request.user, text=data["text"], kind=data["kind"] or LineKind.NOTE, key=data["key"],
            step=data["step"],
        )  # fmt: skip
    except Refused as refusal:
        if SCRIPT in request.headers:
            raise
        typed = {"kind": data["kind"] or LineKind.NOTE, "text": data["text"], "error": refusal.sentence}
        return _page(request, row, 422, typed=typed)
    if SCRIPT not in request.headers:
        names.remark(request, form, reverse("meetings:edit_line", args=[line.pk]))
    return None


@deed("take_part")
def write_own(request, row):
    """Keep what I write to myself."""
    text = request.POST.get("text", "")
    try:
        line = writing.write_own(row, by=request.user, text=text, was=request.POST.get("was"))
    except Refused as refusal:
        if SCRIPT in request.headers:
            raise
        return _page(request, row, 422, own=text, own_error=refusal.sentence)
    if SCRIPT in request.headers:
        return HttpResponse(line.text if line else "", content_type="text/plain; charset=utf-8")
    messages.success(request, _("Kept. Only you see it."))
    return None


@deed("take_part", "lines")
def agree_in_run(request, row):
    """An action point: who, what, before when."""
    form = AgreeInRunForm(request.POST, run=row, people=seating.expected(row))
    if form.is_valid() and attempt(form, writing.agree, row, by=request.user, **form.cleaned_data):
        return None
    if SCRIPT in request.headers:
        raise Refused(next(error for errors in form.errors.values() for error in errors))
    return _page(request, row, 422, agree_form=form)


# One line -----------------------------------------------------------------------------------------


def edit_line(request, pk):
    """Other words for one's own line, or away with it."""
    line = get_or_refuse(_lines(request), pk=pk)
    if not (line.can_edit or line.can_withdraw):
        raise PermissionDenied
    form = EditLineForm(request.POST if line.can_edit else None, initial={"text": line.text})
    if request.method == "POST":
        if not line.can_edit:
            raise PermissionDenied
        if form.is_valid() and attempt(form, writing.edit_line, line, by=request.user, **form.cleaned_data):
            names.remark(request, form, request.path)
            return redirect(line.run)
    if not form.is_bound or request.method != "POST":
        form = EditLineForm(initial={"text": line.text})
    context = {"line": line, "run": line.run, "form": form}
    return render(request, "meetings/run/line.html", context, status=422 if form.is_bound else 200)


@require_POST
def withdraw_line(request, pk):
    """Take a line back."""
    line = get_or_refuse(_lines(request), "withdraw", pk=pk)
    writing.withdraw_line(line, by=request.user)
    messages.success(request, _("It is taken away."))
    return redirect(line.run)


def _lines(request):
    rows = Line.objects.for_page(request.user, "edit", "withdraw").shared()
    return rows.select_related("run__community", "author", "step")


# In and out ---------------------------------------------------------------------------------------


def run_join(request):
    """Type the code of the screen in the room. A code opens nothing for who is not expected there."""
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20]})
    if form.is_bound and form.is_valid() and (row := _by_code(request, form)):
        seating.join_run(row, by=request.user, way=form.cleaned_data["way"])
        return redirect(row)
    return render(request, "meetings/run/join.html", {"form": form}, status=422 if form.is_bound else 200)


def _by_code(request, form):
    if not ratelimit.consume(request, action="run_code", key=str(request.user.pk)):
        form.add_error("code", _("You tried many codes. Wait a minute, then try again."))
        return None
    rows = Run.objects.for_detail(request.user).running().filter(code=form.cleaned_data["code"])
    if row := rows.first():
        return row
    form.add_error("code", _("No session that expects you has this code. Look at the screen again."))
    return None


def end_run(request, pk):
    """Round off: first what follows, then the end."""
    row = get_or_refuse(Run.objects.for_detail(request.user), "lead", pk=pk)
    if request.method == "POST":
        actions.end(row, by=request.user)
        messages.success(request, _("The session is over. What was written down is kept."))
        return redirect(row)
    if not row.is_running:
        return redirect(row)
    context = {"run": row, "scene": running.Scene(row, request.user)}
    return render(request, "meetings/run/end.html", context)


@require_POST
def hand_in_ticket(request, pk):
    """Two answers at the door."""
    row = get_or_refuse(Run.objects.for_detail(request.user), "take_part", pk=pk)
    form = TicketForm(request.POST)
    if form.is_valid() and attempt(form, seating.hand_in_ticket, row, by=request.user, **form.cleaned_data):
        messages.success(request, _("Thank you. Nobody sees that this was you."))
        return redirect(row)
    return _page(request, row, 422, ticket_form=form)
