"""Open evenings: registering without an account, and the page behind a link in a letter."""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from communities.meetings.views.by_mail import opens, refuse_another, who
from core.links import BadLink
from core.refusals import Refused, attempt
from core.views import private
from events import places, rules
from events.actions import registering
from events.choices import Scope
from events.forms.coming import GuestDetailsForm, GuestForm
from events.models import Event, Registration
from events.views.coming import answer, said_of

#: So often mails a person, and so often one address is mailed.
LIMIT = "10/m/ip,4/h/key"


def _too_often(request, address):
    """An answer with "wait" for who sends mails to others, or None."""
    config = {} if settings.TESTING and not getattr(settings, "ANSWER_LIMITS", None) else {"register_guest": LIMIT}
    if ratelimit.consume(request, app="events", action="register_guest", config=config, key=address.lower()):
        return None
    sentence = _("That was often in a short time. Wait a minute, then try again.")
    return render(request, "bad_link.html", {"sentence": sentence}, status=429)


@private
@login_not_required
def register_guest(request, pk):
    """A name and an address. What follows is the same for every address."""
    event = Event.objects.filter(rules.of_everyone(), pk=pk).first()
    if event is None or not event.is_for_guests or event.scope != Scope.PUBLIC:
        raise Http404
    form = GuestForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if wait := _too_often(request, form.cleaned_data["address"]):
            return wait
        if attempt(form, registering.ask_guest, event, **form.cleaned_data):
            address = form.cleaned_data["address"]
            return render(request, "events/guest_asked.html", {"event": event, "address": address})
    context = {"event": event, "form": form, "why_not": places.why_not_guest(event)}
    return render(request, "events/register_guest.html", context, status=422 if form.is_bound else 200)


@opens("events.confirm_guest")
def confirm_guest(request, facts):
    """She followed the link: what she needs, and then she is registered."""
    event = Event.objects.filter(pk=facts["event"], scope=Scope.PUBLIC).first()
    if event is None:
        raise BadLink(_("This event is not there any more."))
    name, address = facts.get("name", ""), facts.get("address", "")
    known = Registration.objects.filter(event=event, address=address).exclude(state__in=places.ENDED).first()
    form = GuestDetailsForm(request.POST if request.method == "POST" else None, event=event)
    if known is None and form.is_bound and form.is_valid():
        known = attempt(form, registering.confirm_guest, event, name=name, address=address, **form.said) or None
    context = {"event": event, "form": form, "row": known, "name": name, "why_not": places.why_not_guest(event)}
    status = 422 if form.is_bound and known is None else 200
    return render(request, "events/confirm_guest.html", context, status=status)


@opens("events.place")
def offer(request, facts):
    """The place of who followed a link in a letter: take it, leave it, cancel; with or without an account."""
    row = (
        Registration.objects.filter(pk=facts.get("registration"), **who(facts))
        .select_related("event", "person")
        .first()
    )
    if row is None:
        raise BadLink(_("This registration is not there any more."))
    refuse_another(request, row.person_id)
    context = {"row": row, "event": row.event, "done": "", "refused": ""}
    with override(row.person.language if row.person_id else get_language()):
        if request.method == "POST":
            try:
                answer(row, request.POST.get("do", ""), by=row.person)
                context["done"] = said_of(request.POST["do"])
            except Refused as refusal:
                context["refused"] = refusal.sentence
            row.refresh_from_db()
        context["why_not"] = places.why_not_keep(row)
        return render(request, "events/place.html", context, status=409 if context["refused"] else 200)
