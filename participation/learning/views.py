"""The screens of the learning school: its year, the self-scan, the conversation starters."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from communities.models import Community
from communities.rules import standing, take_part
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.text import number
from core.time import today
from organisations.models import Board, School
from organisations.rules import standing as at_work
from participation.learning import actions, results, rules, shown
from participation.learning.forms import GoalForm, LookBackForm, OpenScanForm, RoomForm, ScanForm, WishForm
from participation.learning.models import Cycle, Goal, Scan, ScanAnswered, Talk
from participation.learning.starters import BY_KEY, STARTERS
from participation.words import school_year as said
from people.calendar import school_year

STEPS = [
    gettext_lazy("The wish"),
    gettext_lazy("The self-scan"),
    gettext_lazy("Conversations"),
    gettext_lazy("Goals"),
    gettext_lazy("Time and money"),
    gettext_lazy("Looking back"),
]


@require_safe
def index(request):
    """My school or schools and boards; where there is one, straight on."""
    places = _places(request.user)
    if len(places) == 1:
        kind, row = places[0]
        return redirect(f"learning:{kind}", row.pk)
    return render(request, "learning/index.html", {"places": places})


def _places(user):
    mine = at_work(user)
    schools = School.objects.filter(pk__in=mine.works_at | mine.schools_led).order_by("sort_name")
    boards = Board.objects.filter(pk__in=mine.boards | mine.boards_run).order_by("sort_name")
    found = [("school", row) for row in schools]
    led = mine.boards_run
    has_year = set(Cycle.objects.filter(board__in=[row.pk for row in boards]).values_list("board", flat=True))
    return found + [("board", row) for row in boards if row.pk in led or row.pk in has_year or not found]


def school(request, pk):
    """This year of a school, or that nothing was said yet."""
    mine = at_work(request.user)
    return _of(request, School, pk, reads=mine.works_at | mine.schools_led, leads=mine.schools_led)


def board(request, pk):
    """The same of a board."""
    mine = at_work(request.user)
    return _of(request, Board, pk, reads=mine.boards | mine.boards_run, leads=mine.boards_run)


def _of(request, model, pk, *, reads, leads):
    row = model.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    if row.pk not in reads:
        raise PermissionDenied
    kind, year = model.__name__.lower(), school_year(today())
    cycles = list(Cycle.objects.for_list(request.user).filter(**{kind: row}))
    current = next((each for each in cycles if each.year == year), None)
    if current and request.method == "GET":
        return redirect(current)
    may_begin = row.pk in leads
    if request.method == "POST" and not may_begin:
        raise PermissionDenied
    form = WishForm(request.POST if request.method == "POST" else None) if may_begin else None
    if form and form.is_valid():
        cycle = attempt(form, actions.begin, row, by=request.user, year=year, **form.cleaned_data)
        if cycle:
            messages.success(request, _("The wish is said. Your team reads it here."))
            return redirect(cycle)
    context = {"place": row, "kind": kind, "form": form, "earlier": cycles, "said_year": said(year)}
    return render(request, "learning/begin.html", context, status=422 if form and form.is_bound else 200)


def _cycle(request, power, pk):
    return get_or_refuse(Cycle.objects.for_detail(request.user), power, pk=pk)


@require_safe
def detail(request, pk):
    """The year in its six steps."""
    cycle = _cycle(request, "view", pk)
    scan, user = cycle.the_scan, request.user
    is_team = not cycle.can_lead
    answered = bool(scan and scan.is_open) and ScanAnswered.objects.filter(scan=scan, person=user).exists()
    context = {
        "cycle": cycle,
        "steps": STEPS,
        "now_at": cycle.now_at,
        "scan": scan,
        "results": results.of(cycle) if scan and scan.closed_at else None,
        "may_answer": bool(scan and scan.is_open and is_team and not answered),
        "has_answered": answered,
        "starters": STARTERS[:4],
        "others": list(
            Cycle.objects.for_list(user).filter(school=cycle.school_id, board=cycle.board_id).exclude(pk=cycle.pk)
        ),
    }
    return render(request, "learning/detail.html", context)


def _write(request, pk, form_class, heading, told):
    cycle = _cycle(request, "lead", pk)
    form = form_class(request.POST if request.method == "POST" else None, instance=cycle)
    if form.is_valid() and attempt(form, actions.write, cycle, by=request.user, **form.cleaned_data):
        messages.success(request, told)
        return redirect(cycle)
    context = {"cycle": cycle, "form": form, "heading": heading}
    return render(request, "learning/write.html", context, status=422 if form.is_bound else 200)


def wish(request, pk):
    """The wish in other words."""
    return _write(request, pk, WishForm, _("The wish"), _("The wish is kept."))


def room(request, pk):
    """What is made free."""
    return _write(request, pk, RoomForm, _("Time and money"), _("It is written down. Your team reads it."))


def look_back(request, pk):
    """What became of it."""
    return _write(request, pk, LookBackForm, _("Looking back"), _("It is written down. Your team reads it."))


def add_goal(request, pk):
    """A goal, with the PLGs and networks that serve it."""
    cycle = _cycle(request, "lead", pk)
    return _goal(request, cycle, GoalForm(request.POST if request.method == "POST" else None, cycle=cycle))


def edit_goal(request, pk):
    """The same in other words."""
    goal = get_or_refuse(
        Goal.objects.for_page(request.user, "lead").select_related("cycle__school", "cycle__board"), "lead", pk=pk
    )
    form = GoalForm(request.POST if request.method == "POST" else None, instance=goal, cycle=goal.cycle)
    return _goal(request, goal.cycle, form, goal=goal)


def _goal(request, cycle, form, **more):
    if form.is_valid() and attempt(form, actions.choose, cycle, by=request.user, **form.cleaned_data, **more):
        messages.success(request, _("The goal is kept."))
        return redirect(cycle)
    context = {"cycle": cycle, "form": form, "heading": _("A goal"), **more}
    return render(request, "learning/write.html", context, status=422 if form.is_bound else 200)


@require_POST
def drop_goal(request, pk):
    """It is no goal any more."""
    goal = get_or_refuse(Goal.objects.for_page(request.user, "lead").select_related("cycle"), "lead", pk=pk)
    actions.drop(goal, by=request.user)
    messages.success(request, _("The goal is taken away."))
    return redirect(goal.cycle)


# The self-scan ------------------------------------------------------------------------------------


def open_scan(request, pk):
    """First what this sends, to whom; then the team is asked."""
    cycle = _cycle(request, "lead", pk)
    if reason := cycle.why_not_scan:
        raise Refused(reason)
    form = OpenScanForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, actions.open_scan, cycle, by=request.user, **form.cleaned_data):
        messages.success(request, _("Your team is asked."))
        return redirect(cycle)
    context = {"cycle": cycle, "form": form, "people": len(actions.team(cycle))}
    return render(request, "learning/open_scan.html", context, status=422 if form.is_bound else 200)


def answer(request, pk):
    """Eight statements, once and without a name."""
    scan = get_or_refuse(Scan.objects.for_detail(request.user), "answer", pk=pk)
    if reason := scan.why_not_answer:
        raise Refused(reason)
    if request.method == "GET" and ScanAnswered.objects.filter(scan=scan, person=request.user).exists():
        messages.info(request, _("You answered already. Thank you."))
        return redirect(scan.cycle)
    form = ScanForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, actions.answer, scan, by=request.user, marks=form.answers):
        messages.success(request, _("Thank you. The result comes when the scan is closed."))
        return redirect(scan.cycle)
    return render(request, "learning/answer.html", {"scan": scan, "form": form}, status=422 if form.is_bound else 200)


@require_POST
def close_scan(request, pk):
    """No more answers."""
    scan = get_or_refuse(Scan.objects.for_detail(request.user), "lead", pk=pk)
    actions.close_scan(scan, by=request.user)
    messages.success(request, _("The scan is closed."))
    return redirect(scan.cycle)


# Conversations ------------------------------------------------------------------------------------


@require_safe
def starters(request):
    """The cards, each with the PLGs into which I can bring it."""
    return render(request, "learning/starters.html", shown.cards(request.user, STARTERS))


def _starter_and_plg(request, key, rows, may):
    if key not in BY_KEY:
        raise Http404
    ids = number(request.POST.get("community", ""), 0)
    rows = rows.annotate(can_bring=ExpressionWrapper(may, output_field=BooleanField()))
    return get_or_refuse(rows, "bring", pk=ids)


@require_POST
def place(request, key):
    """Onto the agenda of my PLG, in one tap."""
    plg = _starter_and_plg(request, key, Community.objects.for_page(request.user), take_part(request.user))
    actions.place(key, plg, by=request.user)
    if plg.pk in standing(request.user).leads:
        messages.success(request, _("It stands on the agenda of the next meeting of %(plg)s.") % {"plg": plg})
    else:
        messages.success(request, _("It is proposed for the next meeting of %(plg)s.") % {"plg": plg})
    return redirect("learning:starters")


@require_POST
def propose(request, key):
    """To a PLG of my school, whose facilitator decides."""
    plg = _starter_and_plg(request, key, Community.objects.for_page(request.user), rules.propose_to(request.user))
    actions.propose(key, plg, by=request.user)
    messages.success(request, _("It is proposed. The facilitator of %(plg)s decides.") % {"plg": plg})
    return redirect("learning:starters")


@require_POST
def leave(request, pk):
    """Not now."""
    talk = get_or_refuse(Talk.objects.for_page(request.user, "leave").select_related("community"), "leave", pk=pk)
    actions.leave(talk, by=request.user)
    messages.success(request, _("It is left at that."))
    return redirect("learning:starters")
