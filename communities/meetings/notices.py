"""What people hear of meetings, and what they are asked."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from activity.choices import Pace
from activity.kinds import register, register_ask
from communities.meetings import (
    agenda,
    ahead,
    asking,
    calendars,
    cockpit,
    deeds,
    ics,
    minutes,
    polls,
    promises,
    reminders,
)
from communities.meetings.actions import leading
from communities.meetings.models import AgendaItem, Answer, Meeting

MOST_IN_A_MAIL = 20


def attachments(delivery, about, person):
    """The calendar file, in the reader's language."""
    with override(person.language if person else settings.LANGUAGE_CODE):
        return calendars.attachments(delivery, about, person)


def taken_back(delivery, about, person):
    """The calendar file that takes dates back, for a reader of whatever language."""
    return calendars.taken_back(delivery)


def what_she_knew(about, person, facts):
    """The dates that leave her calendar, as she knew them."""
    known = facts["known"]
    dates = [
        {
            "starts_at": datetime.fromisoformat(each["starts_at"]).astimezone(ZoneInfo(each["zone"])),
            "ends_at": datetime.fromisoformat(each["ends_at"]).astimezone(ZoneInfo(each["zone"])),
            "plg": each["plg"],
        }
        for each in known[:MOST_IN_A_MAIL]
    ]
    return {"dates": dates, "more": len(known) - len(dates)}


def a_taken_back_date():
    """(about, facts) for the preview."""
    meeting = Meeting.objects.upcoming().select_related("community").first()
    return (meeting.community, {"known": [ics.as_known(meeting)]}) if meeting else (None, {})


def one(about, person, facts):
    """What a letter about one meeting needs: her answer, and the buttons to give one."""
    mine = _answer_of(person, about)
    return {
        "meeting": about,
        "mine": mine,
        "preparation": agenda.preparation_outside(about),
        "options": [{"coming": coming.value, "label": deeds.invitation(coming)} for coming in about.options],
    }


def with_agenda(about, person, facts):
    """The same, with what stands on the agenda and what the reader leads herself."""
    return one(about, person, facts) | {"agenda": agenda.in_letter(about, person)}


def _answer_of(person, meeting):
    return Answer.objects.filter(meeting=meeting, person=person).first() if person else None


def several(about, person, facts):
    """What a letter about more dates needs: the dates, and how they come into her calendar."""
    meetings = calendars.dates(about, person)
    return {
        "meetings": meetings[:MOST_IN_A_MAIL],
        "count": len(meetings),
        "with_file": calendars.way_of(person) == "mail",
        "community": about.community if hasattr(about, "community") else None,
    }


def has_dates(delivery, about, person):
    """A calendar mail says something only while there are dates to come, and to whom wants them by mail."""
    if person and calendars.way_of(person) != "mail":
        return False
    return bool(calendars.dates(about, person)) or isinstance(about, Meeting)


def still_planned(delivery, about, person):
    """News of dates is no news when all were called off meanwhile."""
    return any(not meeting.is_cancelled for meeting in calendars.dates(about, person))


def stands(delivery, meeting, person):
    """News about a date of which the meeting was not called off since."""
    return not meeting.is_cancelled


register(
    "meetings.planned", _("meetings are planned"), related=("community",), context=several,
    still_right=still_planned, attachments=attachments,
)  # fmt: skip
register(
    "meetings.moved", _("a meeting is moved"), wait=False, related=("community", "school"), context=one,
    still_right=stands, attachments=attachments,
)  # fmt: skip
register(
    "meetings.series_changed", _("several dates are changed"), wait=False, related=("community",), context=several,
    still_right=still_planned, attachments=attachments,
)  # fmt: skip
register(
    "meetings.cancelled", _("a meeting is cancelled"), wait=False, related=("community", "school"),
    context=one, attachments=attachments,
)  # fmt: skip
register(
    "meetings.changed", _("a meeting is held somewhere else"), related=("community", "school"), context=one,
    still_right=stands, attachments=attachments,
)  # fmt: skip
register(
    "meetings.guest_invited", _("somebody invites me to a meeting as a guest"), related=("community", "school"),
    context=one, still_right=stands, attachments=attachments,
)  # fmt: skip
register(
    "meetings.guest_released", _("you need not come to a meeting as a guest"), wait=False, context=what_she_knew,
    still_right=calendars.still_gone, attachments=calendars.date_of_a_guest, visible=lambda about, person: True,
    url=lambda about, person, facts: "", sample=a_taken_back_date,
)  # fmt: skip
register(
    reminders.WEEK, _("a reminder one week before a meeting"), told=False, context=with_agenda,
    related=("community", "school"), still_right=reminders.still_right,
)  # fmt: skip
register(
    reminders.DAY, _("a reminder one day before a meeting"), told=False, context=with_agenda,
    related=("community", "school"), still_right=reminders.still_right,
)  # fmt: skip
register(
    calendars.KIND, _("dates for my calendar"), told=False, context=several, still_right=has_dates,
    attachments=attachments, visible=calendars.may_see,
)  # fmt: skip
register(
    calendars.TAKE_BACK, _("dates that leave my calendar"), told=False, fixed=True, context=what_she_knew,
    still_right=calendars.still_gone, attachments=taken_back, visible=lambda about, person: True,
    sample=a_taken_back_date, why=_("Our mails put these dates in your calendar."),
)  # fmt: skip
register(
    ahead.KIND, _("a meeting that I lead lacks something"), told=False, power="plan", context=ahead.context,
    related=("community", "school"), still_right=ahead.still_right, sample=ahead.a_sample,
)  # fmt: skip
register(
    cockpit.NUDGED, _("my facilitator writes to me"), told=False, related=("community", "person"),
    visible=lambda about, person: about.person_id == person.pk, still_right=leading.still_right,
    sent=leading.forget_words, sample=leading.a_nudge,
)  # fmt: skip
register_ask(
    asking.KIND, power="asked", related=("community", "school"), icon="calendar-question", deeds=deeds.of_answer,
)  # fmt: skip


# Action points ------------------------------------------------------------------------------------

register(
    "meetings.agreed", _("something is agreed with me"), pace=Pace.LETTER, related=("community",),
    context=promises.of_news, url=promises.list_of_mine, sample=promises.a_sample,
)  # fmt: skip
register(
    "meetings.action_changed", _("my action point is changed"), pace=Pace.LETTER, related=("community",),
    sample=promises.a_sample,
)  # fmt: skip
register(
    "meetings.action_dropped", _("I need not do something any more"), pace=Pace.LETTER, related=("community",),
    sample=promises.a_sample,
)  # fmt: skip
register(
    promises.LETTER, _("how did it go? two days after a meeting"), told=False, related=("community",),
    context=promises.of_letter, still_right=promises.still_right, sample=promises.a_meeting_with_some,
)  # fmt: skip
register_ask(promises.KIND, power="answer", related=("community",), icon="bulb", deeds=deeds.of_act)
register(
    "meetings.released", _("action points of somebody who stopped"), pace=Pace.LETTER,
    related=("community", "person"), url=promises.list_of_dropped, sample=promises.a_leaver,
)  # fmt: skip


# Date polls ---------------------------------------------------------------------------------------


def choices(about, person, facts):
    """What there is to choose from."""
    return {"options": polls.options_of(about)}


register(
    "meetings.poll_opened", _("a date poll is opened"), related=("community",), context=choices,
    still_right=polls.still_asked, sample=polls.a_poll,
)  # fmt: skip
register(
    polls.REMINDER, _("a reminder of a date poll"), told=False, related=("community",), context=choices,
    still_right=polls.still_asked, sample=polls.a_poll,
)  # fmt: skip
register(
    "meetings.poll_completed", _("everybody voted in my date poll"), power="plan", related=("community",),
    still_right=lambda delivery, poll, person: poll.is_open, sample=polls.a_poll,
)  # fmt: skip
register(
    "meetings.poll_changed", _("the deadline of a date poll is moved"), related=("community",), context=choices,
    still_right=lambda delivery, poll, person: not poll.why_not_vote, sample=polls.a_poll,
)  # fmt: skip
register(
    "meetings.poll_over", _("the time to answer in my date poll is over"), power="plan", related=("community",),
    still_right=lambda delivery, poll, person: poll.is_open, sample=polls.a_poll,
)  # fmt: skip
register("meetings.poll_withdrawn", _("a date poll is withdrawn"), related=("community",), sample=polls.a_poll)
register_ask(
    polls.KIND, power="asked", related=("community",), many=("options",), icon="calendar-question", deeds=deeds.of_vote,
    prefetch=("options",),
)  # fmt: skip


# Agendas ------------------------------------------------------------------------------------------


def a_proposal():
    """(about, facts) for the preview."""
    rows = AgendaItem.objects.exclude(proposed_by=None).select_related("community", "meeting", "protocol")
    return rows.order_by("-meeting", "pk").first(), {}


for name, label, pace in [
    ("item_proposed", _("a member proposes something for the agenda"), Pace.LETTER),
    ("item_placed", _("what I proposed stands on an agenda"), Pace.NEVER),
    ("item_kept", _("what I proposed is kept for later"), Pace.NEVER),
    ("item_dropped", _("what I proposed will not be done"), Pace.NEVER),
]:
    related = ("community", "meeting", "protocol")
    register(f"meetings.{name}", label, pace=pace, related=related, sample=a_proposal)


# Minutes ------------------------------------------------------------------------------------------

register(
    "meetings.minutes_proposed", _("minutes are proposed"), related=("meeting__community",),
    context=minutes.which, still_right=minutes.still_asked, sample=minutes.a_sample,
)  # fmt: skip
register(
    "meetings.minutes_corrected", _("minutes were corrected"), related=("meeting__community",),
    context=minutes.which, still_right=minutes.still_asked, sample=minutes.a_sample,
)  # fmt: skip
register(
    "meetings.minutes_approved", _("minutes are approved"), pace=Pace.NEVER, related=("meeting__community",),
    sample=minutes.a_sample,
)  # fmt: skip
register_ask(minutes.KIND, power="approve", related=("meeting__community",), icon="file-check", deeds=deeds.of_approve)
