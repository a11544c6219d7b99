"""What people hear of contributions."""

from django.utils.translation import gettext_lazy as _

from activity.choices import Pace
from activity.kinds import register_ask
from core.links import sign, url_for
from events.actions import calling
from events.choices import ContributionState
from events.models import Contribution
from events.notices.kinds import register
from events.rules import organises_any as organises


def a_contribution():
    """(about, facts) for the preview."""
    rows = Contribution.objects.select_related("event", "community").order_by("-pk")
    return rows.filter(state=ContributionState.ACCEPTED).first() or rows.first(), {}


def still_asked(delivery, contribution, person):
    """A letter that asks to confirm says nothing any more once it was confirmed or withdrawn."""
    return contribution.state == ContributionState.ACCEPTED


def still_chosen(delivery, contribution, person):
    """It was not withdrawn meanwhile."""
    return contribution.state != ContributionState.WITHDRAWN


def of_confirm(about, person, facts):
    """One tap from the letter."""
    token = sign(calling.CONFIRM, contribution=about.pk, person=person.pk)
    return [(_("I will be there"), url_for("events:confirm_by_mail", token))]


OF = {"related": ("event",), "sample": a_contribution}

register("events.contribution_submitted", _("something that I bring to an event is submitted"), pace=Pace.LETTER, **OF)
register("events.author_added", _("a colleague names me for something at an event"), **OF)
register("events.contribution_accepted", _("what I offered to an event is chosen"), still_right=still_asked, **OF)
register(
    "events.contribution_in_reserve", _("what I offered to an event is kept in reserve"), still_right=still_chosen, **OF
)
register("events.contribution_rejected", _("what I offered to an event is not chosen"), still_right=still_chosen, **OF)
register(
    "events.contribution_confirmed", _("somebody confirms what she brings to an event of mine"), pace=Pace.LETTER,
    power="organise", concerns=organises, **OF,
)  # fmt: skip
register(
    "events.contribution_withdrawn", _("somebody withdraws what she would bring to an event of mine"),
    power="organise", concerns=organises, **OF,
)  # fmt: skip
register_ask(calling.CONFIRM, related=("event",), icon="presentation", power="edit", deeds=of_confirm)
