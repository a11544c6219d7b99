"""After the day: what people thought of it, certificates, and who was there for how long."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.meetings.views.by_mail import refuse_another, too_often
from core import pdf
from core.links import BadLink
from core.models import FETCH_MODE, get_or_refuse
from core.refusals import Refused, attempt
from core.views import private
from events import attending, evaluating
from events.actions import after
from events.choices import QuestionOf, RegistrationState
from events.forms.after import AttendanceForm, EvaluationForm
from events.models import Certificate, EvaluationToken, Event, Registration
from events.views.lists import schools_of
from organisations import hours

ON_A_PAGE = 50


# What people thought of it ------------------------------------------------------------------------


def evaluate(request, pk):
    """Once, of who was there: a few questions, and no name with the answers."""
    event = get_or_refuse(Event.objects.for_detail(request.user), pk=pk)
    rows = EvaluationToken.objects.filter(registration__event=event, registration__person=request.user)
    token = rows.select_related("registration__event").first()
    return _evaluate(request, event, token, "events/evaluate.html", back=event)


@private
@login_not_required
@require_http_methods(["GET", "POST"])
def evaluate_by_mail(request, token):
    """The same behind the link in the letter, also without an account. Raises BadLink when it is closed."""
    if wait := too_often(request, "evaluate_by_mail", token):
        return wait
    rows = EvaluationToken.objects.filter(token=token).select_related("registration__event", "registration__person")
    if (row := rows.first()) is None:
        raise BadLink(_("The evaluation is closed."))
    person = row.registration.person
    refuse_another(request, row.registration.person_id)
    with override(person.language if person else get_language()):
        return _evaluate(request, row.registration.event, row, "events/evaluate_by_mail.html", back=None)


def _evaluate(request, event, token, template, back):
    why_not = _why_not(event, token)
    form = None
    if token and not why_not:
        asked = set(after.asked_sessions(token.registration))
        sessions = [each for each in evaluating.sessions_of(event) if each.pk in asked]
        questions = list(event.questions.filter(of=QuestionOf.EVALUATION))
        form = EvaluationForm(request.POST or None, questions=questions, sessions=sessions)
        if form.is_bound and form.is_valid() and attempt(form, _answer, token, form):
            if back:
                messages.success(request, _("Thank you. Your name does not stand with it."))
                return redirect(back)
            return render(request, template, {"event": event, "is_done": True})
    context = {"event": event, "form": form, "why_not": why_not, "until": evaluating.closes_at(event)}
    is_refused = request.method == "POST"
    return render(request, template, context, status=422 if is_refused else 200)


def _why_not(event, token):
    if reason := evaluating.why_not_answer(event):
        return reason
    if token is None:
        return _("We only ask who was there, and not who organised it.")
    return _("You answered already. Thank you.") if token.used_on else ""


def _answer(token, form):
    after.answer(token, **form.said)
    return True


@require_safe
def evaluation(request, pk):
    """What was thought of it, for organisers; for who gave a session, of that session."""
    event = get_or_refuse(Event.objects.for_detail(request.user), pk=pk)
    if not event.can_organise and not evaluating.gives_one(event, request.user):
        raise PermissionDenied
    why_not = evaluating.why_not_read(event)
    context = {"event": event, "why_not": why_not, "reads_from": evaluating.reads_from(event),
               "fewest": evaluating.FEWEST, "fewest_texts": evaluating.FEWEST_TEXTS}  # fmt: skip
    if not why_not:
        context["result"] = evaluating.of_event(event) if event.can_organise else None
        context["sessions"] = evaluating.of_sessions(event, None if event.can_organise else request.user)
    return render(request, "events/evaluation.html", context)


# Certificates -------------------------------------------------------------------------------------


@require_safe
def certificate(request, pk):
    """That somebody was there, on paper (PDF/UA): for herself and for who organises."""
    rows = Certificate.objects.for_page(request.user).select_related("registration__person", "registration__event")
    row = get_or_refuse(rows, pk=pk)
    registration, content = row.registration, row.content
    name = str(registration.person)
    days = [
        (date_format(_day(day), "DATE_FORMAT"), hours.in_words(minutes)) for day, minutes in content["days"].items()
    ]
    data = {
        "title": _("Certificate of attendance"),
        "subtitle": content["of_whom"],
        "says": _("was present at"),
        "name": name,
        "event": content["event"],
        "labels": {"day": _("Date"), "present": _("Present"), "total": _("Together"), "sessions": _("Sessions"),
                   "venue": _("Where")},
        "days": days,
        "total": hours.in_words(row.minutes) if len(days) > 1 else "",
        "venue": content["venue"],
        "sessions": [each["title"] for each in content["sessions"]],
        "foot": _("From what was written at the door, on %(day)s.") % {"day": date_format(row.at, "DATE_FORMAT")},
    }  # fmt: skip
    return pdf.answer("certificate", data, name=f"{content['event']} {name}")


def _day(iso):
    return date.fromisoformat(iso)


# Who was there ------------------------------------------------------------------------------------


@require_safe
def attendance(request, pk):
    """Who was there and how long, for who organises or helps; organisers put it right."""
    event = get_or_refuse(Event.objects.for_detail(request.user), "receive", pk=pk)
    rows = Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED).select_related("person")
    rows = rows.order_by("person__sort_name", "name", "pk").fetch_mode(FETCH_MODE)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    found = attending.of_event(event, list(page))
    papers = dict(Certificate.objects.filter(registration__in=list(page)).values_list("registration", "pk"))
    schools = schools_of([row.person_id for row in page if row.person_id])
    for row in page:
        row.presence, row.paper, row.school = found[row.pk], papers.get(row.pk), schools.get(row.person_id, "")
        row.said = hours.in_words(row.presence.total) if row.presence.total else ""
    context = {
        "event": event,
        "page": page,
        "why_not": after.why_not_correct(event),
        "nobody_scanned": page.paginator.count and not event.check_ins.exists(),
    }
    return render(request, "events/attendance.html", context)


def correct_attendance(request, pk):
    """Put right when somebody was there; left open, she was not."""
    row = get_or_refuse(Registration.objects.for_page(request.user, "organise").select_related("event", "person"),
                        "organise", pk=pk)  # fmt: skip
    event = row.event
    presence = attending.of_event(event, [row])[row.pk]
    form = AttendanceForm(request.POST if request.method == "POST" else None, event=event, presence=presence)
    if form.is_bound and form.is_valid() and attempt(form, _correct, request, row, form):
        messages.success(request, _("Put right. Certificate and hours follow."))
        return redirect("events:attendance", event.pk)
    context = {"event": event, "row": row, "form": form, "why_not": after.why_not_correct(event), "presence": presence}
    return render(request, "events/correct_attendance.html", context, status=422 if form.is_bound else 200)


def _correct(request, row, form):
    after.correct(row, by=request.user, days=form.said)
    return True


def everybody_came(request, pk):
    """Nobody stood at the door: whoever had a place was there. Asked once more, because all of them are mailed."""
    event = get_or_refuse(Event.objects.for_detail(request.user), "organise", pk=pk)
    refused = after.why_not_correct(event)
    if request.method == "POST":
        try:
            count = after.everybody_came(event, by=request.user)
        except Refused as refusal:
            refused = refusal.sentence
        else:
            said = ngettext("%(n)d person was there.", "%(n)d people were there.", count)
            messages.success(request, said % {"n": count})
            return redirect("events:attendance", event.pk)
    count = event.registrations.filter(state=RegistrationState.CONFIRMED).count()
    context = {"event": event, "count": count, "refused": refused}
    status = 422 if refused and request.method == "POST" else 200
    return render(request, "events/everybody_came.html", context, status=status)
