"""The new school year: what a board's administrator has to arrange, and the question that each PLG answers."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from communities.actions import years
from communities.models import Community, Membership, YearQuestion
from core.models import get_or_refuse
from core.time import today
from organisations.models import Affiliation, Board, StudyDay
from people.calendar import days_of_school_year, school_year

ARRANGED_UNTIL = timedelta(days=61)  # August and September


def year_to_arrange():
    """The school year that comes; one that began is still arranged in its first two months."""
    return school_year(today() - ARRANGED_UNTIL) + 1


def _board(request, pk):
    return get_or_refuse(Board.objects.for_page(request.user, "manage"), "manage", pk=pk)


@require_safe
def school_year_of_board(request, pk):
    """One page with all that a board arranges for a school year, and how far each of it is."""
    board, year = _board(request, pk), year_to_arrange()
    first, last = days_of_school_year(year)
    plgs = list(Community.objects.living().filter(board=board).with_seats().order_by("sort_name"))
    leading = {}
    rows = Membership.objects.leading().filter(community__in=plgs).select_related("person")
    for row in rows.order_by("role", "name", "person__sort_name"):
        leading.setdefault(row.community_id, []).append(row.called)
    questions = {row.community_id: row for row in YearQuestion.objects.filter(community__in=plgs, year=year)}
    for plg in plgs:
        plg.led_by, plg.question_of_year = leading.get(plg.pk, []), questions.get(plg.pk)
    here = Affiliation.objects.current().filter(Q(board=board) | Q(school__board=board))
    that_year = StudyDay.objects.filter(school=OuterRef("pk"), last__gte=first, first__lte=last)
    schools = board.schools.open()
    counts = here.aggregate(
        people=Count("person", distinct=True), leaving=Count("person", distinct=True, filter=Q(until_on__isnull=False))
    )
    context = {
        "board": board,
        "year": year,
        "called": f"{year}/{year + 1}",
        "plgs": plgs,
        "going_on": sum(bool(row.goes_on) for row in questions.values()),
        "stopping": sum(row.goes_on is False for row in questions.values()),
        "waiting": sum(row.goes_on is None for row in questions.values()),
        "not_asked": len(plgs) - len(questions),
        "without_days": list(schools.filter(~Exists(that_year)).order_by("sort_name")[:60]),
        "schools": schools.count(),
        **counts,
    }
    return render(request, "communities/school_year.html", context)


@require_POST
def ask_about_year(request, pk):
    """Ask the facilitators of all PLGs that were not asked yet."""
    count = years.ask_about_year(_board(request, pk), year_to_arrange(), by=request.user)
    told = ngettext(
        "The facilitators of %(count)d PLG were asked.", "The facilitators of %(count)d PLGs were asked.", count
    )
    messages.success(request, told % {"count": count})
    return redirect("communities:school_year", pk)


@require_POST
def withdraw_year(request, pk):
    """Take back what nobody answered yet."""
    count = years.withdraw_year(_board(request, pk), year_to_arrange(), by=request.user)
    told = ngettext("Taken back for %(count)d PLG.", "Taken back for %(count)d PLGs.", count)
    messages.success(request, told % {"count": count})
    return redirect("communities:school_year", pk)


@require_safe
def year(request, pk):
    """The question to one PLG: two buttons, and what follows."""
    rows = YearQuestion.objects.for_page(request.user, "answer").select_related("community", "asked_by", "answered_by")
    question = get_or_refuse(rows, pk=pk)
    return render(request, "communities/year.html", {"question": question, "community": question.community})


@require_POST
def answer_year(request, pk):
    """Yes or no."""
    question = get_or_refuse(YearQuestion.objects.for_page(request.user, "answer"), "answer", pk=pk)
    said = request.POST.get("goes_on")
    if said == "yes":
        years.answer_year(question, True, by=request.user)
        messages.success(request, _("Good to hear. You can plan the dates of the new school year."))
    elif said == "no":
        years.answer_year(question, False, by=request.user)
        messages.success(request, _("Noted. Complete the PLG when you have met for the last time."))
    return redirect(question)
