"""What can be done from a letter with one tap: the buttons beneath a request, each a link for one person and one deed.

The link opens a page on which the answer is chosen already; a second tap keeps it. What the page reads
(`views/answering.py`, `polls.py`, `action_points.py`, `minutes.py`) is asked again there, by whoever holds the link.
"""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from communities.meetings import asking, minutes, polls, promises
from communities.meetings.choices import Coming, Fits
from core.links import absolute, signed_url
from core.templatetags import ui

FEW = 2  # dates that can be chosen from within a letter; of more, the link opens the whole poll


def invitation(coming):
    """The words on the button."""
    return {
        Coming.ROOM: _("I will be there"),
        Coming.ONLINE: _("I join online"),
        Coming.ABSENT: _("I cannot come"),
    }[coming]


def of_answer(meeting, person, facts):
    """There, online or not."""
    return [
        (
            invitation(coming),
            signed_url(asking.KIND, "meetings:answer_by_mail", person, meeting=meeting.pk, coming=coming),
        )
        for coming in meeting.options
    ]


def of_vote(poll, person, facts):
    """Each of two dates, both or neither; of one date the three votes; of more, the poll itself."""
    options = sorted(poll.options.all(), key=lambda option: (option.held_on, option.starts, option.pk))

    def link(**fits):
        return signed_url(polls.KIND, "meetings:vote_by_mail", person, poll=poll.pk, **fits)

    def chosen(*yes):
        return {"fits": {str(option.pk): Fits.YES if option in yes else Fits.NO for option in options}}

    if len(options) == 1:
        return [(capfirst(fits.label), link(fits={str(options[0].pk): fits})) for fits in Fits]
    if len(options) > FEW:
        return [(_("Choose your dates"), link())]
    days = [ui.day(option.held_on) for option in options]
    if len(set(days)) < len(days):
        days = [f"{day}, {ui.clock(option.starts)}" for day, option in zip(days, options, strict=True)]
    return [
        *((day, link(**chosen(option))) for day, option in zip(days, options, strict=True)),
        (_("Both dates"), link(**chosen(*options))),
        (_("Neither"), link(**chosen())),
    ]


def of_act(point, person, facts):
    """Tried, partly or not yet."""
    return [
        (
            capfirst(choice["label"]),
            signed_url(promises.KIND, "meetings:act_by_mail", person, point=point.pk, went=choice["value"]),
        )
        for choice in point.my_choices
    ]


def of_approve(row, person, facts):
    """Yes, or read them first."""
    yes = signed_url(minutes.KIND, "meetings:approve_by_mail", person, minutes=row.pk, number=row.number)
    return [(_("Read first"), absolute(row.get_absolute_url())), (_("Yes, this is right"), yes)]
