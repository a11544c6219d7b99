"""The call: offering something, following what becomes of it, reading, choosing."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from communities.meetings.views.by_mail import opens, refuse_another
from core import steps as machine
from core.links import BadLink
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from events import calling, steps
from events.actions import calling as deeds
from events.actions import deciding
from events.choices import ContributionKind, ContributionState, Decision
from events.forms import calling as forms
from events.forms.questions import said
from events.models import Contribution, ContributionAuthor, Event, Session, Unavailable

C = ContributionState


def event_of(request, pk, power="view"):
    """The event of a page."""
    return get_or_refuse(Event.objects.for_detail(request.user), power, pk=pk)


def contribution_of(request, pk, power="view"):
    """One contribution, seen by its authors and by who organises or reads."""
    return get_or_refuse(Contribution.objects.for_detail(request.user), power, pk=pk)


def _questions(event):
    return list(event.questions.filter(of="contribution"))


# Who offers something -----------------------------------------------------------------------------


def contribute(request, pk):
    """Offer something: first a concept, that only its authors see."""
    event = event_of(request, pk)
    if reason := calling.why_not_contribute(event):
        raise Refused(reason)
    form = _form(request, event, Contribution(event=event))
    if form.is_bound and form.is_valid():
        made = attempt(form, deeds.contribute, event, by=request.user, **form.words)
        if made and _submitted(request, form, made):
            return redirect(made)
        if made:  # kept, and what is lacking is said on its own page
            return redirect("events:edit_contribution", made.pk)
    context = {"event": event, "form": form, "contribution": None}
    return render(request, "events/contribute.html", context, status=422 if form.is_bound else 200)


def _form(request, event, contribution):
    plgs = calling.plgs_to_speak_for(request.user)
    posted = request.POST if request.method == "POST" else None
    return forms.ContributionForm(posted, instance=contribution, plgs=plgs, questions=_questions(event))


def _submitted(request, form, contribution):
    """After it was kept: submit it where that button was pressed. False when something is lacking."""
    if "submit" not in request.POST:
        messages.success(request, _("Kept. Only you and your fellow authors see it until you submit it."))
        return True
    try:
        deeds.submit(contribution, by=request.user)
    except Refused as refusal:
        messages.warning(request, _("Kept, and not submitted yet. %(reason)s") % {"reason": refusal})
        return False
    messages.success(request, _("Submitted. You hear what the organisers decide."))
    return True


def edit_contribution(request, pk):
    """Change a concept until the last day."""
    contribution = contribution_of(request, pk, "edit")
    if reason := calling.why_not_edit(contribution):
        raise Refused(reason)
    form = _form(request, contribution.event, contribution)
    if form.is_bound and form.is_valid() and attempt(form, deeds.edit, contribution, by=request.user, **form.words):
        if _submitted(request, form, contribution):
            return redirect(contribution)
        return redirect("events:edit_contribution", contribution.pk)
    context = {"event": contribution.event, "form": form, "contribution": contribution}
    return render(request, "events/contribute.html", context, status=422 if form.is_bound else 200)


def contribution(request, pk, author_form=None, withdraw_form=None):
    """What was offered and what became of it; for its authors what they do next."""
    row = contribution_of(request, pk)
    slots = row.event.slots.all() if row.can_edit and row.state in (C.ACCEPTED, C.CONFIRMED, C.SCHEDULED) else []
    cannot = set(Unavailable.objects.filter(event=row.event, person=request.user).values_list("slot", flat=True))
    context = {
        "contribution": row,
        "event": row.event,
        "authors": list(row.authors.select_related("person")),
        "said": [(each.label, said(each, row.answers[str(each.pk)])) for each in _questions(row.event)
                 if row.answers.get(str(each.pk))],
        "verbs": _verbs(row),
        "is_frozen": calling.why_not_edit(row),
        "author_form": author_form or forms.AuthorForm(),
        "withdraw_form": withdraw_form or forms.WithdrawForm(),
        "why_not_withdraw": calling.why_not_withdraw(row),
        "slots": [{"slot": slot, "cannot": slot.pk in cannot} for slot in slots],
        "why_not_review": "" if row.can_edit else calling.why_not_review(row, request.user),
        "session": Session.objects.filter(contribution=row).select_related("slot", "room").first(),
    }  # fmt: skip
    is_wrong = any(form and form.is_bound for form in (author_form, withdraw_form))
    return render(request, "events/contribution.html", context, status=422 if is_wrong else 200)


def _verbs(row):
    """Which steps its authors can take now."""
    if not row.can_edit:
        return set()
    found = {each.verb for each in machine.open_to(steps.CONTRIBUTION, row.state, frozenset({"author"}))}
    return found if calling.is_open(row.event) else found - {"submit", "take_back"}


@require_POST
def step_contribution(request, pk):
    """A step that an author takes: submit, change it, confirm, withdraw."""
    row = contribution_of(request, pk, "edit")
    verb = request.POST.get("verb")
    if verb == "withdraw":
        form = forms.WithdrawForm(request.POST)
        if not (form.is_valid() and attempt(form, deeds.withdraw, row, by=request.user, **form.cleaned_data)):
            return contribution(request, pk, withdraw_form=form)
        messages.success(request, _("Withdrawn."))
    elif verb == "take_back":
        deeds.take_back(row, by=request.user)
        return redirect("events:edit_contribution", row.pk)
    elif verb == "confirm":
        deeds.confirm(row, by=request.user)
        messages.success(request, _("Good, you will be there. The organisers know."))
    else:
        try:
            deeds.submit(row, by=request.user)
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect("events:edit_contribution", row.pk)
        messages.success(request, _("Submitted. You hear what the organisers decide."))
    return redirect(row)


@require_POST
def add_author(request, pk):
    """Name who brings it along."""
    row = contribution_of(request, pk, "edit")
    form = forms.AuthorForm(request.POST)
    if form.is_valid() and attempt(form, deeds.add_author, row, by=request.user, **form.cleaned_data):
        return redirect(f"{row.get_absolute_url()}#authors")
    return contribution(request, pk, author_form=form)


@require_POST
def remove_author(request, pk):
    """She does not bring it after all."""
    rows = ContributionAuthor.objects.select_related("contribution")
    author = rows.filter(contribution__in=Contribution.objects.allowing(request.user, "edit")).filter(pk=pk).first()
    if author is None:
        contribution_of(request, 0)
    deeds.remove_author(author, by=request.user)
    return redirect("events:index" if author.person_id == request.user.pk else author.contribution)


@require_POST
def unavailable(request, pk):
    """When a speaker cannot."""
    row = contribution_of(request, pk, "edit")
    form = forms.UnavailableForm(request.POST, slots=row.event.slots.all())
    if form.is_valid():
        deeds.say_unavailable(row, by=request.user, slots=form.cleaned_data["slots"])
        messages.success(request, _("Kept. Who plans the day sees it."))
    return redirect(row)


@opens("events.confirm")
def confirm_by_mail(request, facts):
    """The button in the letter: a GET asks, a POST says that she will be there."""
    rows = ContributionAuthor.objects.select_related("contribution__event", "person")
    who = {"person": facts["person"]} if facts.get("person") else {"person": None, "address": facts.get("address", "")}
    author = rows.filter(contribution=facts["contribution"], **who).first()
    if author is None:
        raise BadLink(_("You are not named with this contribution any more."))
    refuse_another(request, author.person_id)
    row = author.contribution
    is_done = row.state in (C.CONFIRMED, C.SCHEDULED) and bool(author.confirmed_at)
    if request.method == "POST":
        deeds.confirm(row, by=author.person, author=author)
        is_done = True
    elif row.state not in (C.ACCEPTED, C.CONFIRMED, C.SCHEDULED):
        raise BadLink(_("There is nothing to confirm any more: %(state)s.") % {"state": row.get_state_display()})
    context = {"contribution": row, "event": row.event, "author": author, "is_done": is_done}
    return render(request, "events/confirm_by_mail.html", context)


# Who reads and chooses ----------------------------------------------------------------------------


def contributions(request, pk):
    """What was offered, for who organises or reads: what I still read first, by kind and state."""
    event = event_of(request, pk, "review")
    rows = Contribution.objects.for_page(request.user).filter(event=event).exclude(state=C.CONCEPT)
    rows = rows.select_related("event", "community").prefetch_related("authors__person", "reviews")
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    if kind in ContributionKind.values:
        rows = rows.filter(kind=kind)
    if state in ContributionState.values:
        rows = rows.filter(state=state)
    found = list(rows.order_by("kind", "pk"))
    near = calling.why_too_near(found, request.user)
    for row in found:
        row.mean = calling.mean(row.reviews.all())
        row.near = near.get(row.pk, "")
        row.is_read = any(review.reviewer_id == request.user.pk for review in row.reviews.all())
        row.to_read = not row.near and not row.is_read and row.state in (C.SUBMITTED, C.REVIEWED)
    context = {
        "event": event,
        "contributions": sorted(found, key=lambda row: not row.to_read),
        "to_read": sum(row.to_read for row in found),
        "is_early": calling.is_open(event),
        "kinds": [{"url": f"?kind={key}", "label": label, "current": key == kind} for key, label in KINDS],
    }
    return render(request, "events/contributions.html", context)


KINDS = [("", gettext_lazy("All")), *ContributionKind.choices]


def review(request, pk):
    """Read one by the rubric."""
    row = contribution_of(request, pk, "review")
    reason = calling.why_not_review(row, request.user)
    before = row.reviews.filter(reviewer=request.user).first()
    rubric = calling.rubric_of(row.event)
    form = forms.ReviewForm(request.POST if request.method == "POST" else None, rubric=rubric, before=before)
    if form.is_bound and form.is_valid() and attempt(form, deeds.review, row, by=request.user, **form.said):
        messages.success(request, _("Kept. Only the organisers and the other readers see it."))
        return redirect("events:contributions", row.event_id)
    context = {
        "contribution": row, "event": row.event, "form": form, "why_not": reason,
        "lines": [form[name] for name in form.lines],
        "authors": list(row.authors.select_related("person")),
        "said": [(each.label, said(each, row.answers[str(each.pk)])) for each in _questions(row.event)
                 if row.answers.get(str(each.pk))],
    }  # fmt: skip
    return render(request, "events/review.html", context, status=422 if form.is_bound else 200)


def decide(request, pk):
    """The choice, prepared: nobody hears it before it is sent."""
    event = event_of(request, pk, "organise")
    rows = list(deciding.waiting(event))
    near = calling.why_too_near(rows, request.user)
    posted = request.POST if request.method == "POST" else None
    found = [forms.DecideForm(posted, row=row) for row in rows]
    error = ""
    are_right = [form.is_valid() for form in found]  # each, so that each says what is wrong with it
    if posted is not None and all(are_right):
        said = [
            (form.row.pk, form.cleaned_data["decision"], form.cleaned_data["says"], form.cleaned_data["seen"])
            for form in found
        ]
        try:
            count = deciding.prepare(event, by=request.user, decisions=said)
        except Refused as refusal:
            error = str(refusal)
        else:
            if "send" in request.POST:
                return redirect("events:send_decisions", event.pk)
            messages.success(
                request,
                ngettext(
                    "%(n)s decision kept. Nobody hears it yet.", "%(n)s decisions kept. Nobody hears them yet.", count
                )
                % {"n": count},
            )
            return redirect("events:decide", event.pk)  # fmt: skip
    for form in found:
        form.row.mean, form.row.near = calling.mean(form.row.reviews.all()), near.get(form.row.pk, "")
    context = {"event": event, "rows": found, "error": error, "is_early": calling.is_open(event)}
    return render(request, "events/decide.html", context, status=422 if posted is not None else 200)


def send_decisions(request, pk):
    """Whom it reaches, before anybody hears anything; then all at once."""
    event = event_of(request, pk, "organise")
    if request.method == "POST":
        count = deciding.send(event, by=request.user, seen=request.POST.get("seen", ""))
        messages.success(request, ngettext("%(n)s decision sent.", "%(n)s decisions sent.", count) % {"n": count})
        return redirect("events:contributions", event.pk)
    rows = deciding.prepared(event)
    context = {
        "event": event,
        "why_not": deciding.why_not_send(event, rows),
        "seen": deciding.fingerprint(rows),
        "people": len({author.person_id or author.address for row in rows for author in row.authors.all()}),
        "undecided": sum(1 for row in deciding.waiting(event) if not row.decision and row.state != C.RESERVE),
        "groups": [(label, [row for row in rows if row.decision == decision]) for decision, label in Decision.choices],
    }
    return render(request, "events/send_decisions.html", context)
