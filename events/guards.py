"""What must be so before a step: each returns a sentence for the reader, or "" when it is so."""

from django.utils.timezone import now
from django.utils.translation import gettext as _

from core.time import today
from events.choices import Place, State


def lies_ahead(event):
    return "" if event.starts_at > now() else _("This event has begun already.")


def is_not_over(event):
    return "" if event.ends_at > now() else _("This event is over.")


def is_today(event):
    return "" if event.held_on <= today(event.zone) <= event.last_on else _("You can begin on the day itself.")


def call_has_an_end(event):
    if event.call_until is None:
        return _("Say first until when people can contribute.")
    return "" if event.call_until > now() else _("The last day for contributions lies behind you. Choose another.")


def decisions_are_sent(event):
    waiting = event.contributions.filter(state__in=["submitted", "reviewed"]).count()
    return _("Who contributed has not heard yet whether it fits.") if waiting else ""


def programme_is_released(event):
    return "" if event.released_id else _("There is no programme yet. Make one, and release it.")


def has_a_place(event):
    if event.place != Place.ONLINE and not event.venue:
        return _("Say first in which building it is.")
    if event.place == Place.ONLINE and not event.link:
        return _("Add the link with which people join.")
    return ""


def call_is_open(contribution):
    event = contribution.event
    if event.state == State.CALL_OPEN and event.call_until and event.call_until > now():
        return ""
    return _("The call for contributions is closed.")


def contribution_is_complete(contribution):
    if not contribution.summary.strip():
        return _("Write first what it is about.")
    asked = contribution.event.questions.filter(of="contribution", is_required=True)
    missing = [question.label for question in asked if not contribution.answers.get(str(question.pk))]
    return _("Answer first: %(questions)s") % {"questions": ", ".join(missing)} if missing else ""
