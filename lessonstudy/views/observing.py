"""Observing a lesson: the page that works without a network, and what its device sends.

Every deed is a plain form as well. The script sends JSON and is answered in JSON; a refusal is a sentence there, too.
"""

import json
import uuid
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core import names, streams
from core.files.serving import serve
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from lessonstudy import observing, offline
from lessonstudy.actions import observing as actions
from lessonstudy.choices import Match
from lessonstudy.forms.observing import AssignForm, InterviewForm, NoteForm, PhotoForm
from lessonstudy.models import Assignment, CasePupil, CycleMember, Interview, Observation, ResearchLesson

#: Of a request of the page's script: a note is small, a photo comes by another address.
LONGEST_REQUEST = 600_000


def lesson_or_refuse(request, pk):
    """A lesson that this person may observe: she works on its cycle, or was asked to observe it."""
    lesson = get_or_refuse(ResearchLesson.objects.for_detail(request.user).select_related("chair"), pk=pk)
    asked = Assignment.objects.allowing(request.user, "observe").filter(lesson=pk)
    if not lesson.can_edit and not asked.exists():
        raise PermissionDenied
    return lesson


# ---- the page


@require_GET
def observe(request, pk):
    """The observer's page. Opened before the lesson, it works without a network until all is sent."""
    return _page(request, lesson_or_refuse(request, pk))


def _page(request, lesson, form=None):
    sheet = observing.Sheet(lesson, request.user)
    here = sheet.stage_now
    context = {
        "lesson": lesson,
        "cycle": lesson.cycle,
        "sheet": sheet,
        "form": form or NoteForm(sheet=sheet, initial={"stage": here.pk if here else None}),
        "data": sheet.for_script(request),
        "why_closed": observing.why_not_observe(lesson),
        "why_not_begin": observing.why_not_begin(lesson),
        "quick_words": observing.quick_words(),
        "match_values": Match.values,
        "stream_url": "",  # this page must not need a network
    }
    response = render(request, "lessonstudy/observe.html", context, status=422 if form else 200)
    response.headers["Observe-Person"] = request.user.pk  # under whose name a device keeps it
    return response


@login_not_required
@require_GET
@never_cache
def observe_worker(request):
    """What keeps that page on the device: a service worker that looks after pages below this address only."""
    return HttpResponse(offline.worker(), content_type="text/javascript")


# ---- what the script asks and sends


def _in_json(view):
    """A refusal as JSON; and whoever was in the team and is not any more is told so."""

    @wraps(view)
    def answer(request, pk):
        try:
            return view(request, pk)
        except Refused as refusal:
            return JsonResponse({"sentence": str(refusal)}, status=409)
        except Http404:
            left = CycleMember.objects.filter(cycle__lessons=pk, person=request.user, left_at__isnull=False)
            if not left.exists():
                raise
            sentence = _("You do not take part in this cycle any more. Your notes were not sent.")
            return JsonResponse({"sentence": sentence}, status=403)

    return answer


@require_GET
@_in_json
def observe_state(request, pk):
    """What time it is, whether the lesson has begun, whether notes still count."""
    lesson = lesson_or_refuse(request, pk)
    return JsonResponse(observing.status(lesson, observing.assignment_of(lesson, request.user), request))


@require_POST
@_in_json
def send(request, pk):
    """Notes of one device, in order: each is kept once. The answer says which are kept."""
    lesson = lesson_or_refuse(request, pk)
    said = _read(request)
    if said is None:
        return HttpResponseBadRequest()
    if said.get("person") != request.user.pk:
        return JsonResponse({"sentence": observing.words()["other"], "other": True}, status=409)
    notes, odd = _notes(said.get("notes"))
    began = observing.moment(said.get("began"))
    taken, refused = actions.take(
        lesson, notes, by=request.user, device=str(said.get("device") or ""), began_at=began,
        is_ready=said.get("ready") is True,
    )  # fmt: skip
    lesson = lesson_or_refuse(request, pk)
    state = observing.status(lesson, observing.assignment_of(lesson, request.user), request)
    return JsonResponse(state | {"taken": taken, "refused": odd | refused, "named": _named(request, notes)})


def _named(request, notes):
    """In which of these notes the name of a pupil may stand: {key: the hint}. It is never a refusal."""
    found = {str(note.key): names.seen_by(request.user, note.fact) for note in notes if not note.is_withdrawn}
    return {key: names.sentence(each) for key, each in found.items() if each}


def _read(request):
    """The JSON of a request, or None where it is none."""
    try:
        if int(request.headers.get("Content-Length") or 0) > LONGEST_REQUEST:
            return None
        said = json.loads(request.body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _notes(said):
    notes, odd = [], {}
    for each in said[: observing.MOST_AT_ONCE] if isinstance(said, list) else []:
        try:
            notes.append(observing.Note.read(each))
        except ValueError:
            key = str(each.get("key"))[:60] if isinstance(each, dict) else ""
            odd[key] = _("This note cannot be read.")
    return notes, odd


@require_POST
def photo(request, pk):
    """The photo that belongs to a note; it comes after the note. By script it is answered in JSON."""
    by_script = request.headers.get("Accept") == "application/json"
    return _in_json(_take_photo)(request, pk) if by_script else _photo_of_form(request, pk)


def _take_photo(request, pk):
    lesson_or_refuse(request, pk)
    if request.POST.get("person") != str(request.user.pk):
        return JsonResponse({"sentence": observing.words()["other"], "other": True}, status=409)
    row = _own(request, lesson=pk, key=_key(request.POST.get("key")))
    upload = request.FILES.get("photo")
    if upload is None:
        return HttpResponseBadRequest()
    try:
        actions.keep_photo(row, upload, by=request.user, shows_work=request.POST.get("shows_work") == "1")
    except Refused as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=422)
    return JsonResponse({"kept": True})


def _photo_of_form(request, pk):
    lesson_or_refuse(request, pk)
    row = _own(request, lesson=pk, key=_key(request.POST.get("key")))
    form = PhotoForm(request.POST, request.FILES)
    said = {"by": request.user, "shows_work": request.POST.get("shows_work") == "on"}
    if form.is_valid() and attempt(form, actions.keep_photo, row, form.cleaned_data["photo"], **said):
        return redirect("lessonstudy:observe", pk)
    return _change_page(request, row, photo_form=form, status=422)


def _key(text):
    try:
        return uuid.UUID(str(text))
    except ValueError:
        raise Http404 from None


def _own(request, **lookup):
    """A note of hers, seen through the rule; that of another is not there."""
    rows = Observation.objects.for_page(request.user, "edit").filter(observer=request.user)
    rows = rows.select_related("lesson__cycle", "lesson__chair", "pupil", "stage")
    return get_or_refuse(rows, **lookup)


# ---- the same without script


@require_POST
def note(request, pk):
    """A note of the page without script."""
    lesson = lesson_or_refuse(request, pk)
    sheet = observing.Sheet(lesson, request.user)
    form = NoteForm(request.POST, sheet=sheet)
    if form.is_valid() and attempt(form, _add, lesson, form, request.user):
        messages.success(request, _("Your note is kept."))
        row = Observation.objects.filter(lesson=lesson, observer=request.user).latest("pk")
        names.remark(request, form, reverse("lessonstudy:change_note", args=[row.pk]))
        return redirect("lessonstudy:observe", pk)
    return _page(request, lesson, form)


def _add(lesson, form, person):
    """As a device does; but who types here while the discussion goes on, is told so first."""
    if reason := observing.why_not_observe(lesson):
        raise Refused(reason, "fact")
    actions.take(lesson, [form.note()], by=person)


def change_note(request, pk):
    """Other words for a note of hers, a photo with it, or taking it back."""
    row = _own(request, pk=pk)
    sheet = observing.Sheet(lesson_or_refuse(request, row.lesson_id), request.user)
    posted = request.POST if request.method == "POST" else None
    form = NoteForm(posted, sheet=sheet, initial=observing.for_device(row))
    if form.is_bound and form.is_valid() and attempt(form, _reword, row, form, request.user):
        messages.success(request, _("Your note is changed."))
        names.remark(request, form, reverse("lessonstudy:change_note", args=[pk]))
        return redirect("lessonstudy:observe", row.lesson_id)
    return _change_page(request, row, form=form, status=422 if form.is_bound else 200)


def _reword(row, form, person):
    actions.change_note(row, form.note(row.key, row.sequence + 1), by=person)


def _change_page(request, row, form=None, photo_form=None, status=200):
    if form is None:
        sheet = observing.Sheet(row.lesson, request.user)
        form = NoteForm(sheet=sheet, initial=observing.for_device(row))
    context = {
        "row": row,
        "lesson": row.lesson,
        "form": form,
        "photo_form": photo_form or PhotoForm(),
        "why_closed": observing.why_not_observe(row.lesson),
    }
    return render(request, "lessonstudy/observe_change.html", context, status=status)


@require_POST
def withdraw_note(request, pk):
    """Take a note of hers back."""
    row = _own(request, pk=pk)
    actions.withdraw_note(row, by=request.user)
    messages.success(request, _("Your note is taken away."))
    return redirect("lessonstudy:observe", row.lesson_id)


@require_GET
def note_photo(request, pk):
    """The photo with a note: hers; of the others since the discussion opened."""
    row = get_or_refuse(Observation.objects.for_page(request.user).standing(), pk=pk)
    if not row.photo:
        raise Http404
    return serve(request, row.photo, name=row.photo_name, media_type=row.photo_type)


# ---- the clock, handing in, being absent


@require_POST
def begin_lesson(request, pk):
    """Start the clock; whoever guides the cycle may start it anew."""
    lesson = lesson_or_refuse(request, pk)
    if "again" in request.POST:
        if not lesson.can_guide:
            raise PermissionDenied
        actions.start_again(lesson, by=request.user)
    else:
        actions.begin_lesson(lesson, by=request.user)
    return redirect("lessonstudy:observe", pk)


@require_POST
def hand_in(request, pk):
    """Say that everything of hers is here."""
    lesson = lesson_or_refuse(request, pk)
    actions.hand_in(lesson, by=request.user)
    messages.success(request, _("Thank you: your notes are handed in."))
    return redirect("lessonstudy:observe", pk)


@require_POST
def absent(request, pk):
    """An observer was not there; whoever guides the cycle or leads the discussion says so."""
    row = get_object_or_404(Assignment.objects.allowing(request.user, "view").select_related("lesson__cycle"), pk=pk)
    lesson = get_or_refuse(ResearchLesson.objects.for_detail(request.user), pk=row.lesson_id)
    if not (lesson.can_guide or lesson.chair_id == request.user.pk):
        raise PermissionDenied
    actions.mark_absent(row, request.POST.get("absent") == "1", by=request.user)
    return redirect("lessonstudy:assign", row.lesson_id)


# ---- who observes whom


def assign(request, pk):
    """Who observes whom, and how far each of them is: how many notes, never which."""
    lesson = get_or_refuse(ResearchLesson.objects.for_detail(request.user), pk=pk)
    may_mark = lesson.can_guide or lesson.chair_id == request.user.pk
    if not lesson.can_guide and (request.method == "POST" or not may_mark):
        raise PermissionDenied
    rows = observing.counts(lesson)
    people = _observers(lesson)
    pupils = CasePupil.objects.filter(cycle=lesson.cycle_id)
    form = AssignForm(
        request.POST if request.method == "POST" else None, people=people, pupils=pupils, assignments=rows
    )
    if form.is_bound and form.is_valid() and attempt(form, actions.assign, lesson, form.chosen, by=request.user):
        messages.success(request, _("It is kept who observes whom."))
        return redirect("lessonstudy:assign", pk)
    context = {
        "lesson": lesson,
        "cycle": lesson.cycle,
        "form": form,
        "rows": rows,
        "why_closed": observing.why_not_observe(lesson),
        "now_observed": _observed(lesson, rows),
        "stream_url": streams.of_page(request.user, lesson.cycle.channel),
    }
    return render(request, "lessonstudy/assign.html", context, status=422 if form.is_bound else 200)


def _observers(lesson):
    """Everybody of the cycle but who gives the lesson."""
    members = CycleMember.objects.filter(cycle=lesson.cycle_id).now().select_related("person")
    return [row.person for row in members if row.person_id and row.person_id != lesson.teacher_id]


def _observed(lesson, rows):
    """What is not looked after yet, in a sentence, or ""."""
    seen = {pupil.pk for row in rows for pupil in row.pupils.all()}
    bare = [pupil.code for pupil in CasePupil.objects.filter(cycle=lesson.cycle_id, reserve_for=None)
            if pupil.pk not in seen]  # fmt: skip
    return _("Nobody follows %(codes)s yet.") % {"codes": ", ".join(bare)} if bare else ""


# ---- talks with pupils


@require_GET
def interview(request, pk):
    """The talks with the pupils after a lesson."""
    lesson = get_or_refuse(ResearchLesson.objects.for_detail(request.user), pk=pk)
    said = {row.pupil_id: row for row in Interview.objects.filter(lesson=lesson).select_related("by")}
    pupils = CasePupil.objects.filter(cycle=lesson.cycle_id)
    rows = [(pupil, said.get(pupil.pk)) for pupil in pupils if not pupil.reserve_for_id or pupil.pk in said]
    return render(request, "lessonstudy/interviews.html", {"lesson": lesson, "cycle": lesson.cycle, "rows": rows})


def interview_pupil(request, pk, pupil):
    """One talk: four questions in her own words, or why there was none."""
    lesson = get_or_refuse(ResearchLesson.objects.for_detail(request.user), "edit", pk=pk)
    pupil = get_object_or_404(CasePupil, pk=pupil, cycle=lesson.cycle_id)
    row = Interview.objects.filter(lesson=lesson, pupil=pupil).first()
    form = InterviewForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_bound and form.is_valid() and attempt(form, _talk, lesson, pupil, form, request.user):
        messages.success(request, _("The talk with %(code)s is kept.") % {"code": pupil.code})
        names.remark(request, form, reverse("lessonstudy:interview_pupil", args=[lesson.pk, pupil.pk]))
        return redirect("lessonstudy:interview", pk)
    context = {"lesson": lesson, "cycle": lesson.cycle, "pupil": pupil, "form": form, "row": row}
    return render(request, "lessonstudy/interview.html", context, status=422 if form.is_bound else 200)


def _talk(lesson, pupil, form, person):
    actions.interview(lesson, pupil, form.cleaned_data, by=person)
