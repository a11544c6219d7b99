"""Who comes: for organisers and who helps on the day."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.files.tables import csv_answer, xlsx_answer
from core.models import FETCH_MODE, get_or_refuse
from core.text import sort_key
from events.actions import registering
from events.choices import RegistrationState
from events.forms.questions import said
from events.models import Event, Registration
from events.places import ENDED
from organisations.models import Affiliation

ON_A_PAGE = 50
#: What one filters by: name in the address -> states.
FILTERS = {
    "": [state for state in RegistrationState.values if state not in ENDED],
    "requested": [RegistrationState.REQUESTED],
    "confirmed": [RegistrationState.CONFIRMED],
    "waiting": [RegistrationState.WAITING, RegistrationState.OFFERED],
    "ended": list(ENDED),
}


def labels():
    """The words of the filters."""
    return {
        "": _("All"),
        "requested": _("Asked"),
        "confirmed": _("Come"),
        "waiting": _("Wait"),
        "ended": _("Signed off"),
    }


def registrations(request, pk):
    """Everybody, by what became of it, with counts. What people eat and need is for organisers only."""
    event = get_or_refuse(Event.objects.for_detail(request.user), "receive", pk=pk)
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in FILTERS else ""
    words = request.GET.get("q", "").strip()[:80]
    rows = of(event, request.user, FILTERS[chosen], words)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    people = [row.person_id for row in page if row.person_id]
    schools = schools_of(people)
    for row in page:
        row.school = schools.get(row.person_id, "")
    counts = dict(Registration.objects.filter(event=event).values_list("state").annotate(Count("pk")).order_by())
    chips = [
        {"url": f"?show={name}", "label": label, "current": name == chosen,
         "count": sum(counts.get(state, 0) for state in FILTERS[name])}
        for name, label in labels().items()
    ]  # fmt: skip
    context = {"event": event, "page": page, "chips": chips, "words": words, "chosen": chosen, "counts": counts}
    if event.can_organise:
        context["kitchen"] = kitchen(event)
    return render(request, "events/registrations.html", context)


def of(event, user, states, words=""):
    """The rows in order of their names; those in line in that of arrival."""
    rows = Registration.objects.filter(event=event, state__in=states).select_related("person", "registered_by")
    if words:
        key = sort_key(words)
        rows = rows.filter(Q(person__sort_name__contains=key) | Q(name__icontains=words) | Q(address__icontains=words))
    return rows.order_by("state", "waiting_since", "person__sort_name", "name", "pk").fetch_mode(FETCH_MODE)


def schools_of(people):
    """{id of a person: where she works}."""
    rows = Affiliation.objects.current().filter(person__in=people, school__isnull=False)
    return dict(rows.order_by("-pk").values_list("person", "school__name"))


def kitchen(event):
    """What those who come do not eat and need, without names: it is what one tells the caterer."""
    rows = Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED)
    counted = rows.exclude(diet="").values_list("diet").annotate(n=Count("pk")).order_by("-n", "diet")
    return {"diets": list(counted), "needs": list(rows.exclude(needs="").order_by("pk"))}


@require_safe
def export_registrations(request, pk):
    """The list as a spreadsheet, for organisers: what people typed never becomes a formula."""
    event = get_or_refuse(Event.objects.for_detail(request.user), "organise", pk=pk)
    rows = list(of(event, request.user, FILTERS[""]))
    schools, questions = schools_of([row.person_id for row in rows]), list(event.questions.filter(of="registration"))
    head = [_("Name"), _("Mail address"), _("School"), _("State"), _("As"), _("Since"), _("Does not eat"), _("Needs")]
    table = [[*head, *(question.label for question in questions)]]
    for row in rows:
        answers = [_cell(said(question, row.answers.get(str(question.pk), ""))) for question in questions]
        table.append(
            [row.called, row.reaches, schools.get(row.person_id, ""), row.get_state_display(),
             row.get_as_what_display(), row.at.date(), row.diet, row.needs, *answers]
        )  # fmt: skip
    name = f"{_('registrations')}-{event.pk}"
    if request.GET.get("as") == "csv":
        return csv_answer(f"{name}.csv", table)
    return xlsx_answer(f"{name}.xlsx", table, title=_("Registrations"))


def _cell(answer):
    """Yes and no as people say it."""
    if isinstance(answer, bool):
        return _("yes") if answer else _("no")
    return answer


@require_POST
def admit(request, pk):
    """Yes: a place, or a place in line."""
    row = _request_of(request, pk)
    row = registering.admit(row, by=request.user)
    came = row.state == RegistrationState.CONFIRMED
    messages.success(
        request, (_("%(name)s comes.") if came else _("%(name)s is on the waiting list.")) % {"name": row.called}
    )
    return redirect("events:registrations", row.event_id)


@require_POST
def decline(request, pk):
    """No, this time."""
    row = _request_of(request, pk)
    registering.decline(row, by=request.user)
    return redirect("events:registrations", row.event_id)


def _request_of(request, pk):
    rows = Registration.objects.for_page(request.user, "organise").select_related("event", "person")
    return get_or_refuse(rows, "organise", pk=pk)
