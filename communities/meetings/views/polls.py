"""Date polls: open one, vote (also from a letter), choose the dates."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communities.meetings import polls
from communities.meetings.actions import polls as actions
from communities.meetings.choices import Fits, Place
from communities.meetings.forms.meeting import as_last_time, schools_of
from communities.meetings.forms.polls import MORE_ROWS, EditPollForm, OptionFormSet, PollForm, VoteForm, prefilled
from communities.meetings.models import Poll
from communities.meetings.views import by_mail
from communities.models import Community, Membership
from core import streams
from core.links import BadLink
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.text import number


def open_poll(request, pk):
    """A few dates to choose from, until when, and for what."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "lead", pk=pk)
    if reason := community.why_not_plan:
        raise Refused(reason)
    wanted = request.GET.get("wanted", "")
    form = PollForm(request.POST or None, initial={"wanted": wanted} if wanted.isdecimal() else {})
    rows = _options(request, community)
    if request.method == "POST" and "more" not in request.POST and form.is_valid() & rows.is_valid():
        poll = attempt(form, actions.open_poll, community, by=request.user, options=rows.chosen, **form.cleaned_data)
        if poll:
            messages.success(request, _("The date poll is open. Everybody gets a mail."))
            return redirect(poll)
    context = {"community": community, "form": form, "rows": rows}
    refused = request.method == "POST" and "more" not in request.POST
    return render(request, "meetings/poll_open.html", context, status=422 if refused else 200)


def _options(request, community):
    """The rows of dates: as typed, with more empty ones where asked for, or as the address has them."""
    schools = schools_of(community)
    last = as_last_time(community)
    usual = {name: last[name] for name in ("starts", "ends", "place") if name in last}
    if request.method == "POST":
        data = request.POST.copy()
        if "more" in data and (rows := number(data.get("options-TOTAL_FORMS", ""))):
            data["options-TOTAL_FORMS"] = str(rows + MORE_ROWS)
        return OptionFormSet(data, prefix="options", schools=schools, initial=[usual] * 40)
    place = request.GET.get("place")
    place = {"place": place if place in Place.values else usual.get("place", Place.ONSITE)}
    initial = prefilled(request.GET.getlist("option"), place, usual)
    rows = OptionFormSet(prefix="options", schools=schools, initial=initial)
    rows.extra = 0
    return rows


def _poll(request, pk, power="view"):
    return get_or_refuse(Poll.objects.for_detail(request.user), power, pk=pk)


def poll(request, pk):
    """What there is to choose from, my vote, and what the others said."""
    return _show(request, _poll(request, pk))


def _show(request, poll, form=None, decide_errors=(), status=200):
    options = polls.options_of(poll)
    found = polls.result(poll, options)
    may_vote = poll.can_vote and not poll.why_not_vote
    if may_vote and form is None:
        membership = _membership(request.user, poll)
        form = VoteForm(options=options, initial=VoteForm.initial_of(polls.mine(poll, membership)))
    context = {
        "poll": poll,
        "result": found,
        "days": polls.by_day(found.tallies, lambda tally: tally.option.held_on),
        "form": form if may_vote else None,
        "has_voted": may_vote and not any(row.person_id == request.user.pk for row in found.silent),
        "may_decide": poll.can_plan and not poll.why_not_decide,
        "decide_errors": decide_errors,
        "stream_url": streams.of_page(request.user, f"poll:{poll.pk}"),
    }
    return render(request, "meetings/poll.html", context, status=status)


def _membership(person, poll):
    return Membership.objects.seated().select_related("person").get(community=poll.community_id, person=person)


def _filled(post, options):
    """The form as posted; one button says yes to all dates at once."""
    if post.get("all") in Fits.values:
        post = {f"option_{option.pk}": post["all"] for option in options}
    return VoteForm(post, options=options)


@require_POST
def vote(request, pk):
    """Say which dates fit me."""
    poll = _poll(request, pk, "vote")
    form = _filled(request.POST, polls.options_of(poll))
    if form.is_valid() and attempt(form, actions.vote, poll, _membership(request.user, poll), fits=form.fits):
        messages.success(request, _("Your vote is kept. You can change it until the date poll closes."))
        return redirect(poll)
    return _show(request, _poll(request, pk), form, status=422)


@require_POST
def decide_poll(request, pk):
    """Choose the dates; they become meetings."""
    poll = _poll(request, pk, "plan")
    chosen = [option for value in request.POST.getlist("option") if (option := number(value))]
    try:
        meetings = actions.decide_poll(poll, by=request.user, options=chosen)
    except Refused as refusal:
        return _show(request, _poll(request, pk), decide_errors=[refusal.sentence], status=422)
    count = len(meetings)
    sentence = ngettext(
        "%(count)d meeting is planned. Everybody hears of it.",
        "%(count)d meetings are planned. Everybody hears of it.",
        count,
    )
    messages.success(request, sentence % {"count": count})
    return redirect(meetings[0] if count == 1 else poll)


def edit_poll(request, pk):
    """Another title, or another day before which to answer."""
    poll = _poll(request, pk, "plan")
    form = EditPollForm(request.POST or None, initial={"title": poll.title, "deadline": poll.deadline})
    if form.is_valid() and attempt(form, actions.edit_poll, poll, by=request.user, **form.cleaned_data):
        messages.success(request, _("The date poll is kept."))
        return redirect(poll)
    context = {"poll": poll, "form": form}
    return render(request, "meetings/poll_edit.html", context, status=422 if request.method == "POST" else 200)


def withdraw_poll(request, pk):
    """Call it off, after a page that says whom that touches."""
    poll = _poll(request, pk, "plan")
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, actions.withdraw_poll, poll, by=request.user):
        messages.success(request, _("The date poll is withdrawn."))
        return redirect("meetings:index", poll.community_id)
    context = {"poll": poll, "form": form, "result": polls.result(poll)}
    return render(request, "meetings/poll_withdraw.html", context, status=422 if form.is_bound else 200)


@by_mail.opens(polls.KIND)
def vote_by_mail(request, facts):
    """The same from a letter: a GET shows the dates with what she tapped, a POST votes. No signing in."""
    poll, membership = _behind(request, facts)
    with by_mail.in_her_language(membership):
        options = polls.options_of(poll)
        fits = polls.mine(poll, membership)
        tapped = {} if "kept" in request.GET else {int(pk): vote for pk, vote in facts.get("fits", {}).items()}
        form = VoteForm(options=options, initial=VoteForm.initial_of(fits | tapped))
        if request.method == "POST":
            form = _filled(request.POST, options)
            if form.is_valid() and attempt(form, actions.vote, poll, membership, fits=form.fits):
                return redirect(f"{request.path}?kept")
        context = {"poll": poll, "membership": membership, "form": form, "has_voted": bool(fits)}
        return render(request, "meetings/poll_by_mail.html", context, status=422 if form.is_bound else 200)


def _behind(request, facts):
    """The poll and the member behind a link. Raises BadLink with the reason why it counts no more."""
    poll = Poll.objects.filter(pk=facts.get("poll")).select_related("community").first()
    if poll is None:
        raise BadLink(_("This date poll no longer exists."))
    membership = by_mail.member(request, facts, Membership.objects.seated().filter(community=poll.community_id))
    if reason := poll.why_not_vote:
        raise BadLink(reason)
    return poll, membership
