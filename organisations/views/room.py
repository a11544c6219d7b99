"""Room in the timetable: asked by a teacher, given by her leader, covered by a planner."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activity import looks
from core import pdf
from core.models import get_or_refuse
from core.refusals import attempt, way_back
from core.templatetags import ui
from core.text import number
from core.time import days_from, today
from core.views import private
from organisations.actions import room as actions
from organisations.hours import names_of
from organisations.innovation_time import communities_of
from organisations.models import RoomRequest, School
from organisations.room import LIVE, gaps_by_week, monday, named, open_for
from organisations.room_forms import CoverForm, OwnRoomForm, TalkForm
from organisations.rules import keep_timetable, standing

WEEKS = 8


# By the teacher ------------------------------------------------------------------------------------


def ask_room(request):
    """Room for something that is no meeting: looking at a colleague's lesson, an hour with one's PLG."""
    form = OwnRoomForm(request.POST or None, person=request.user, communities=_plgs(request.user))
    if not form.schools:
        raise PermissionDenied
    if form.is_valid() and attempt(form, _ask, request.user, dict(form.cleaned_data)):
        messages.success(request, _("Asked. Your school leader hears of it."))
        return redirect(f"{reverse('organisations:my_hours')}#room")
    context = {"form": form, "back": reverse("organisations:my_hours"), "back_label": _("My hours")}
    return render(request, "organisations/room_ask.html", context, status=422 if form.is_bound else 200)


def _plgs(user):
    """Her PLGs by name: what upper floors plan with her says which those are."""
    return names_of(communities_of(user))


def _ask(person, data):
    moment = (data.pop("held_on"), data.pop("starts"), data.pop("ends"), "")
    return actions.ask_for_room(person, by=person, moments=[moment], **data)


@require_POST
def withdraw_room(request, pk):
    """Not needed after all."""
    row = get_or_refuse(RoomRequest.objects.for_list(request.user), "withdraw", pk=pk)
    actions.withdraw_room(row, by=request.user)
    messages.success(request, _("Taken back. Who planned with it hears so."))
    return redirect(way_back(request, reverse("organisations:my_hours")))


# By the leader -------------------------------------------------------------------------------------


@require_POST
def grant_room(request, pk):
    """Yes, to this and whatever else is the same moment."""
    rows = actions.grant_room(_several(request, pk), by=request.user)
    names = ", ".join(row.person.first_name for row in rows)
    return _card(request, _("Room given: %(names)s. They hear of it at once.") % {"names": names} if rows else "")


@require_POST
def take_back_room(request, pk):
    """Open again."""
    rows = actions.take_back_room(_several(request, pk), by=request.user)
    return _card(request, _("Taken back. Everybody who heard of it hears this, too.") if rows else "")


def _several(request, pk):
    """The request of the address and those that came along, as far as they are hers to decide."""
    row = get_or_refuse(RoomRequest.objects.for_list(request.user), "grant", pk=pk)
    also = {number(value, 0) for value in request.POST.getlist("also")[:50]}
    return RoomRequest.objects.allowing(request.user, "grant").filter(pk__in=also | {row.pk})


def _card(request, said):
    """The leader's card anew where it was asked from there; otherwise back to the page."""
    if request.headers.get("HX-Target", "").endswith("room-card"):
        context = {"room": open_for(standing(request.user).schools_led), "said": said}
        return render(request, "organisations/room_card.html", context)
    if said:
        messages.success(request, said)
    return redirect(way_back(request, reverse("organisations:timetable")))


def talk_room(request, pk):
    """A word back; what was asked stays open."""
    rows = RoomRequest.objects.filter(state__in=LIVE)
    row = get_or_refuse(rows.for_list(request.user), "grant", pk=pk)
    row = named([RoomRequest.objects.with_words(request.user).get(pk=row.pk)])[0]
    form = TalkForm(request.POST or None, initial={"word": row.word})
    if form.is_valid() and attempt(form, actions.talk_room, row, by=request.user, **form.cleaned_data):
        messages.success(request, _("Sent. The request stays open."))
        return redirect("home")
    context = {"row": row, "form": form, "back": row.get_absolute_url()}
    return render(request, "organisations/room_talk.html", context, status=422 if form.is_bound else 200)


# By who plans --------------------------------------------------------------------------------------


def cover_room(request, pk):
    """Who takes the class."""
    row = get_or_refuse(RoomRequest.objects.live().for_list(request.user), "cover", pk=pk)
    form = CoverForm(request.POST or None, request=row)
    if form.is_valid() and attempt(form, _cover, row, by=request.user, data=form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect(row)
    context = {"row": named([row])[0], "form": form, "back": row.get_absolute_url()}
    return render(request, "organisations/room_cover.html", context, status=422 if form.is_bound else 200)


def _cover(row, *, by, data):
    needs = not data["no_class"]
    return actions.cover_room(row, by=by, cover=data["cover"], colleague=data["colleague"], needs_cover=needs)


@private
@require_safe
def timetable(request):
    """A week of room in the timetable at one's schools: who, when, and who takes the class."""
    return render(request, "organisations/timetable.html", _week(request))


@require_safe
def timetable_pdf(request):
    """The same week on paper."""
    week = _week(request)
    data = {
        "title": _("Timetable"),
        "subtitle": week["title"],
        "foot": week["title"],
        "none": _("No room was given this week."),
        "columns": [_("Hours"), _("Who"), _("For"), _("Who takes the class")],
        "days": [
            {"name": ui.upfirst(ui.long_day(day)), "rows": [_on_paper(row) for row in rows if row.is_granted]}
            for day, rows in week["days"]
        ],
    }
    data["days"] = [day for day in data["days"] if day["rows"]]
    return pdf.answer("timetable", data, name=f"{_('Timetable')} {week['first'].isoformat()}")


def _on_paper(row):
    covered = row.covered_by or (_("nobody yet") if row.needs_cover else _("not needed"))
    return [row.hours, str(row.person), row.reason, covered]


def _week(request):
    """What the page and the paper show of one week, for who leads or plans."""
    if not keep_timetable(request.user):
        raise PermissionDenied
    mine = standing(request.user)
    schools = School.objects.filter(pk__in=mine.schools_led | mine.schools_planned).order_by("sort_name", "pk")
    schools = list(schools)
    chosen = number(request.GET.get("school", ""), 0)
    ids = [school.pk for school in schools if school.pk == chosen] or [school.pk for school in schools]
    first = monday(_day(request.GET.get("week", "")))
    week = RoomRequest.objects.live().filter(school__in=ids, held_on__range=(first, first + timedelta(days=6)))
    rows = list(week.exclude(school__in=mine.schools_led).for_list(request.user)) if ids else []
    rows += week.filter(school__in=mine.schools_led).with_words(request.user)
    rows = sorted(named(rows), key=lambda row: (row.held_on, row.starts, row.pk))
    looks.note(request.user, [row.person_id for row in rows], "organisations.timetable")
    gaps = gaps_by_week(ids, WEEKS)
    return {
        "schools": schools,
        "several": len(schools) > 1,
        "led": [school for school in schools if school.pk in mine.schools_led],
        "school": chosen if len(ids) == 1 and len(schools) > 1 else "",
        "first": first,
        "title": _("Week of %(day)s") % {"day": date_format(first, "j F")},
        "before": first - timedelta(days=7),
        "after": first + timedelta(days=7),
        "days": [(day, on) for day in days_from(first, 7) if (on := [row for row in rows if row.held_on == day])],
        "gaps": [(week, count) for week, count in sorted(gaps.items())],
        "gaps_here": sum(row.has_gap for row in rows),
        "chips": [
            {
                "label": _("this week") if each == monday(today()) else date_format(each, "j M").lower(),
                "url": f"?week={each.isoformat()}" + (f"&school={chosen}" if chosen else ""),
                "current": each == first,
                "count": gaps.get(each) or None,
            }
            for each in (monday(today()) + timedelta(weeks=n) for n in range(WEEKS))
        ],
    }


def _day(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today()
    return day if abs((day - today()).days) < 3 * 366 else today()
