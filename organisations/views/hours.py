"""My hours: what I learned with others, per school year; nobody else sees this page."""

from django import forms
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.files.tables import csv_answer, xlsx_answer
from core.models import FETCH_MODE
from core.time import today
from core.views import private
from organisations import budgets, hours
from organisations.choices import RoomState
from organisations.models import RoomRequest
from organisations.room import named
from organisations.rules import standing
from people.calendar import school_year

FORMS = ("csv", "xlsx")


class YearForm(forms.Form):
    """Which school year."""

    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)


@private
@require_safe
def my_hours(request):
    """The school year in words, by kind and by PLG, and each row of it."""
    years = hours.years_of(request.user)
    form = YearForm(request.GET)
    wished = form.cleaned_data["year"] if form.is_valid() else None
    year = wished if wished in years else years[0]
    rows = hours.of_year(request.user, year)
    context = {
        "year": year,
        "span": span(year),
        "chips": [{"label": span(each), "url": f"?year={each}", "current": each == year} for each in years],
        "rows": [{"row": row, "time": hours.in_words(row.minutes)} for row in rows],
        "total": hours.in_words(sum(row.minutes for row in rows)),
        "by_kind": _words(hours.sums(rows, lambda row: row.get_kind_display())),
        "ways": [way for build in hours.beside.values() if (way := build(request.user))],
        "by_plg": _words(hours.sums(rows, lambda row: row.plg or _("elsewhere"))),
    }
    return render(request, "organisations/my_hours.html", context | _time(request.user, year, rows))


def _time(person, year, rows):
    """Planned against used, and the room in the timetable that she asked or the classes that she takes."""
    mine = budgets.of_person(person, year, rows)
    coming = RoomRequest.objects.to_come()
    coming = coming.filter(Q(person=person) | Q(cover_person=person, state=RoomState.GRANTED))
    coming = coming.select_related("person", "school", "cover_person").order_by("held_on", "starts", "pk")
    coming = named(coming.fetch_mode(FETCH_MODE)) if year == school_year(today()) else []
    return {
        "mine": mine,
        "budgets": [{"row": row, "time": hours.in_words(row.minutes)} for row in mine.rows],
        "agreed": hours.in_words(mine.agreed),
        "used": hours.in_words(mine.used),
        "planned": hours.in_words(mine.planned),
        "free": hours.in_words(mine.free),
        "over": hours.in_words(mine.over),
        "may_ask": bool(standing(person).works_at) and year == school_year(today()),
        "requests": [row for row in coming if row.person_id == person.pk],
        "covers": [row for row in coming if row.person_id != person.pk],
    }


def span(year):
    """A school year as people write it."""
    return f"{year}–{year + 1}"


def _words(pairs):
    return [{"label": label, "time": hours.in_words(minutes)} for label, minutes in pairs]


@require_safe
def hours_file(request, form, year):
    """The same as a file of one's own."""
    if form not in FORMS or not 2000 <= year <= 2100:
        raise Http404
    rows = [[_("Date"), _("Kind"), _("PLG"), _("School"), _("Minutes")]]
    rows += [
        [row.held_on, str(row.get_kind_display()), row.plg, row.school.name if row.school else "", row.minutes]
        for row in hours.of_year(request.user, year)
    ]
    name = f"{_('my-hours')}-{year}-{year + 1}.{form}"
    return csv_answer(name, rows) if form == "csv" else xlsx_answer(name, rows, title=_("My hours"))
