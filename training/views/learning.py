"""The page of a learner, which always shows the next step, and the pages of her programme."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from communities.meetings.views import by_mail
from core.links import BadLink, address
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from people.models import User
from training import progress, registry
from training.actions import learning, moving
from training.choices import EnrolmentState, PageKind, QuestionKind
from training.forms.learning import CoachForm, PLGForm, StepForm
from training.models import Answer, Enrolment, GroupSession, Page, PageDone, PeerFeedback, Question
from training.rules import standing
from training.showing import film_of, question_shown

ON_PAGE = {"consent"}  # it has a page of its own


def of_user(request, pk, power="view"):
    """An enrolment that she may see; a leader sees it only to agree."""
    return get_or_refuse(Enrolment.objects.for_detail(request.user), power, pk=pk)


@require_safe
def enrolment(request, pk):
    """The one next thing, then all modules, days, practice and who guides her."""
    row = of_user(request, pk)
    mine = standing(request.user)
    if not (row.can_learn or row.can_guide):  # a leader of her school: she agrees, and reads no more of it
        return redirect("training:consent", row.pk)
    how = progress.of(row)
    days = GroupSession.objects.filter(group=row.group_id) if row.group_id else GroupSession.objects.none()
    there = set(row.sessions_attended.values_list("pk", flat=True))
    context = {
        "enrolment": row,
        "progress": how,
        "next": how.next if row.can_learn else None,
        "days": [{"day": day, "was_there": day.pk in there} for day in days],
        "cards": [found for card in registry.cards.values() if (found := card(row, request.user))],
        "steps": steps_of(row, request.user, how),
        "trainers": moving.trainers(row),
        "is_trainer": row.group_id in mine.trains,
        "form": StepForm(enrolment=row),
        "peers": PeerFeedback.objects.filter(asked=row, given_at=None).select_related(
            "version__submission__enrolment__person"
        )
        if row.can_learn
        else [],
    }
    return render(request, "training/learn.html", context)


def steps_of(row, user, how):
    """The steps she may take now, but for the one at the top of the page, and for what is not complete yet."""
    left_out = {*ON_PAGE, *((how.next.post,) if row.can_learn else ()), *(("complete",) if how.missing else ())}
    return [step for step in moving.open_to(row, user) if step.verb not in left_out]


def step(request, pk, verb):
    """A step of an enrolment: a GET asks where it cannot be undone, a POST takes it."""
    row = of_user(request, pk)
    found = next((each for each in moving.open_to(row, request.user) if each.verb == verb), None)
    if found is None:
        if verb not in {each.verb for each in moving.TABLES[Enrolment]}:
            raise Http404
        raise Refused(_("This step is not possible now."))
    form = StepForm(request.POST if request.method == "POST" else None, enrolment=row)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, learning.step, row, verb, by=request.user, because=said["because"], coach=said["coach"]):
            messages.success(request, SAID.get(verb, _("It is kept.")))
            row.refresh_from_db()
            return redirect(row)
    context = {"enrolment": row, "step": found, "form": form, "means": MEANS.get(verb, "")}
    return render(request, "training/step.html", context, status=422 if request.method == "POST" else 200)


SAID = {
    "begin": gettext_lazy("You have begun. This page always shows what comes next."),
    "pause": gettext_lazy("You take a break. Everything stays as it is."),
    "resume": gettext_lazy("Good that you are back."),
    "stop": gettext_lazy("You stopped. What you did stays readable."),
    "admit": gettext_lazy("Admitted. The learner hears it."),
    "complete": gettext_lazy("Completed. Congratulations."),
}
MEANS = {
    "stop": gettext_lazy("This cannot be undone. What was done stays readable; for a new start one enrols anew."),
    "decline": gettext_lazy("The learner reads why. She can enrol anew later."),
    "fail": gettext_lazy("The learner reads why. You can open it for her to try once more."),
    "pause": gettext_lazy("Everything stays as it is. No reminders come until the break is over."),
    "admit": gettext_lazy("The learner hears it, and can begin."),
    "complete": gettext_lazy("This cannot be undone. The learner comes up for a certificate."),
}


# Before it begins ---------------------------------------------------------------------------------


def choose_plg(request, pk):
    """In which of her PLGs she practises."""
    row = of_user(request, pk, "learn")
    form = PLGForm(request.POST or None, user=request.user, initial={"community": row.community_id})
    if form.is_valid() and attempt(form, learning.choose_plg, row, by=request.user, **form.cleaned_data):
        return redirect(row)
    context = {"form": form, "enrolment": row, "has_plgs": form.fields["community"].queryset.exists()}
    return render(request, "training/choose_plg.html", context, status=422 if form.is_bound else 200)


def name_coach(request, pk):
    """The trainer names her coach, or another one."""
    row = of_user(request, pk, "guide")
    if row.group_id not in standing(request.user).trains:
        raise PermissionDenied
    form = CoachForm(request.POST or None, enrolment=row, initial={"coach": row.coach_id})
    if form.is_valid() and attempt(form, learning.name_coach, row, by=request.user, **form.cleaned_data):
        messages.success(request, _("Named. Both hear it."))
        return redirect(row)
    context = {"form": form, "enrolment": row, "has_coaches": form.fields["coach"].queryset.exists()}
    return render(request, "training/name_coach.html", context, status=422 if form.is_bound else 200)


def consent(request, pk):
    """A leader of her school reads what it asks, and agrees."""
    row = of_user(request, pk, "consent")
    if request.method == "POST":
        learning.consent(row, by=request.user)
        messages.success(request, _("Thank you. We tell it right away."))
        return redirect("training:consent", row.pk)
    return render(request, "training/consent.html", {"enrolment": row, "version": row.version})


@by_mail.opens("training.consent")
def consent_by_mail(request, facts):
    """The same from a letter: a GET shows what it asks, a POST agrees. No signing in."""
    row = Enrolment.objects.select_related("version__programme", "person", "school").filter(pk=facts.get("enrolment"))
    row = row.first()
    leader = User.objects.filter(pk=facts.get("person"), is_active=True).first()
    if row is None or leader is None or row.school not in [each.school for each in leader.roles.current()]:
        raise BadLink(_("There is nothing to agree with any more."))
    by_mail.refuse_another(request, leader.pk)
    if row.state != EnrolmentState.REQUESTED and not row.consented_at:
        raise BadLink(_("There is nothing to agree with any more."))
    if request.method == "POST" and not row.consented_at:
        learning.consent(row, by=leader)
        return redirect(request.path)
    return render(request, "training/consent_by_mail.html", {"enrolment": row, "version": row.version})


# Pages --------------------------------------------------------------------------------------------


def page_of(row, pk):
    """A page of the version by which she learns."""
    rows = Page.objects.select_related("module__version", "resource__current")
    return get_object_or_404(rows, module__version=row.version_id, pk=pk)


def page(request, pk, page):
    """One page: text, a film, a self-test, something to read or to talk about. A POST is done with it."""
    row = of_user(request, pk)
    if not (row.can_learn or row.can_guide):
        raise Http404
    shown = page_of(row, page)
    questions = list(shown.questions.all())
    errors, answers = {}, {}
    if request.method == "POST":
        if not row.can_learn:
            raise Refused(_("Only the learner does this."))
        answers = {each.pk: _given(request, each) for each in questions}
        try:
            if shown.kind == PageKind.TEST:
                learning.answer_test(row, shown, by=request.user, answers=answers)
                return redirect(f"{request.path}#outcome")
            learning.done(row, shown, by=request.user)
            return redirect(_after(row, shown))
        except Refused as refusal:
            errors[refusal.field] = refusal.sentence
    how = progress.of(row)
    given = {each.question_id: each for each in Answer.objects.filter(enrolment=row, question__page=shown)}
    again = "again" in request.GET or bool(errors)
    is_test = shown.kind == PageKind.TEST
    context = {
        "enrolment": row,
        "page": shown,
        "progress": how,
        "module": next(each for each in how.modules if each.pk == shown.module_id),
        "done": PageDone.objects.filter(enrolment=row, page=shown).first(),
        "film": film_of(shown, request.user),
        "questions": [
            question_shown(each, given.get(each.pk), answers.get(each.pk), errors, is_test=is_test, again=again)
            for each in questions
        ],
        "again": again,
        "error": errors.get(None, ""),
        "is_wrong": bool(errors),
        "why_not": learning.why_not_learn(row),
        "next_part": _next_part(how, shown),
    }
    return render(request, "training/page.html", context, status=422 if errors else 200)


def _given(request, question):
    name = f"question-{question.pk}"
    if question.kind != QuestionKind.ORDER:
        return request.POST.getlist(name)
    places = [(request.POST.get(f"{name}-{n}", ""), str(n)) for n in range(len(question.options))]
    if any(not place.isdecimal() for place, _n in places) or len({place for place, _n in places}) != len(places):
        return [each for place, each in places if place.isdecimal()][:-1]  # two at one place: refused
    return [each for _place, each in sorted(places, key=lambda pair: int(pair[0]))]


def _next_part(how, page):
    parts = how.parts
    here = next((n for n, part in enumerate(parts) if part.page_id == page.pk), len(parts))
    return parts[here + 1] if here + 1 < len(parts) else None


def _after(row, page):
    part = _next_part(progress.of(row), page)
    return part.url if part else row.get_absolute_url()


def _question(row, pk):
    rows = Question.objects.select_related("page").filter(page__module__version=row.version_id)
    return get_object_or_404(rows, pk=pk)


@require_POST
def show_question(request, pk, question):
    """A film came to the moment of this question: it is shown, and can be answered from now on."""
    row = of_user(request, pk, "learn")
    found = _question(row, question)
    learning.show(row, found, by=request.user)
    return _back(request, row, found)


@require_POST
def answer(request, pk, question):
    """Answer what a film asked."""
    row = of_user(request, pk, "learn")
    found = _question(row, question)
    try:
        learning.answer(row, found, by=request.user, given=_given(request, found))
    except Refused as refusal:
        return _back(request, row, found, refusal, _given(request, found))
    return _back(request, row, found)


def _back(request, row, question, refusal=None, typed=None):
    """The question as it is now: by itself for htmx, else on its page."""
    if refusal is None and not request.htmx:
        return redirect(f"{page_url(row, question)}#question-{question.pk}")
    given = Answer.objects.filter(enrolment=row, question=question).first()
    errors = {f"question-{question.pk}": refusal.sentence} if refusal else {}
    shown = question_shown(question, given, typed, errors, is_test=False, again=False)
    context = {"enrolment": row, "each": shown, "page": question.page}
    template = "training/page.html#film_question" if request.htmx else "training/question.html"
    return render(request, template, context, status=422 if refusal else 200)


def page_url(row, question):
    """The address of the page on which this question stands."""
    return address("training:page", row.pk, question.page_id)
