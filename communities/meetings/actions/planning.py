"""Plan, add, edit, move, cancel; and who comes along as a guest."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import answered, record
from communities.actions.seats import hold
from communities.choices import Role
from communities.meetings import asking, calendars, carrying, changing, freeing, ics, reminders
from communities.meetings.choices import OPTIONS, Place, State
from communities.meetings.models import Answer, Meeting, Series
from communities.models import Membership
from core import streams
from core.models import apart
from core.refusals import Refused
from core.templatetags import ui
from core.time import exists, instant, today

LONGEST_AHEAD = timedelta(days=3 * 366)
WHERE = ("place", "school", "room", "link")


def why_not_at(held_on, starts, ends):
    """Why no meeting can be held then, as (sentence, field); ("", "") when it can."""
    if ends <= starts:
        return _("The meeting ends before it starts."), "ends"
    for clock, field in ((starts, "starts"), (ends, "ends")):
        if not exists(held_on, clock):
            sentence = _("%(clock)s does not exist on %(day)s: the clock is put forward that night.")
            return sentence % {"clock": ui.clock(clock), "day": ui.day(held_on)}, field
    if instant(held_on, starts) <= now():
        return _("%(day)s at %(clock)s is in the past.") % {
            "day": ui.upfirst(ui.day(held_on)), "clock": ui.clock(starts),
        }, "held_on"  # fmt: skip
    if held_on - today() > LONGEST_AHEAD:
        return _("That is more than three years away."), "held_on"
    return "", ""


def check(community, moments, but=(), apart=True):
    """Refuse moments (day, from, until) that cannot be, or at which this PLG meets already. The community must be held.

    `but`: ids of meetings that do not count, because they are the ones that change; `apart`: nor may they meet
    each other.
    """
    for held_on, starts, ends in moments:
        sentence, field = why_not_at(held_on, starts, ends)
        if sentence:
            raise Refused(sentence, field=field)
    days = {held_on for held_on, _starts, _ends in moments}
    others = Meeting.objects.planned().filter(community=community, held_on__in=days).exclude(pk__in=but)
    others = list(others.values_list("held_on", "starts", "ends"))
    for n, (held_on, starts, ends) in enumerate(moments):
        if apart and _meets(held_on, starts, ends, moments[:n]):
            raise Refused(_("A date stands here twice."), field="held_on")
        if _meets(held_on, starts, ends, others):
            sentence = _("On %(day)s this PLG meets at that hour already.") % {"day": ui.day(held_on)}
            raise Refused(sentence, field="held_on")


def _meets(held_on, starts, ends, others):
    return any(held_on == day and starts < until and ends > since for day, since, until in others)


def _hold_meeting(meeting):
    """The meeting as it is now, with the rows of its community and itself locked."""
    community = hold(meeting.community)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("school").get(pk=meeting.pk)
    meeting.community = community
    return meeting


def told(meetings, community):
    """Whom news about these meetings concerns: (people, addresses)."""
    rows = Membership.objects.seated().filter(community=community)
    guests = Membership.objects.active().filter(role=Role.GUEST, meetings_as_guest__in=meetings)
    rows = list({row.pk: row for row in [*rows.select_related("person"), *guests.select_related("person")]}.values())
    return apart(rows)


@transaction.atomic
def plan(community, *, by, dates, starts, ends, cadence_weeks, place=Place.ONSITE, room="", link=""):
    """Make a series of real meetings, and tell its members once.

    `dates` are dicts with `held_on`, and perhaps `school`, `title`, and hours or place of their own. Refused
    when one of them cannot be; then none is planned.
    """
    community = hold(community)
    if reason := community.why_not_plan:
        raise Refused(reason)
    if not dates:
        raise Refused(_("Choose at least one date."))
    usual = {"starts": starts, "ends": ends, "place": place, "school": None, "title": ""}
    dates = [usual | {name: value for name, value in row.items() if value} for row in dates]
    dates.sort(key=lambda row: (row["held_on"], row["starts"]))
    check(community, [(row["held_on"], row["starts"], row["ends"]) for row in dates])
    series = Series.objects.create(
        community=community,
        weekday=dates[0]["held_on"].weekday(),
        cadence_weeks=cadence_weeks,
        starts=dates[0]["starts"],
        ends=dates[0]["ends"],
        created_by=by,
    )
    meetings = Meeting.objects.bulk_create(
        Meeting(community=community, series=series, room=room, link=link, **row) for row in dates
    )
    meetings = list(Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings]))
    _planned(community, meetings, series, by)
    return series


@transaction.atomic
def add(community, *, by, held_on, starts, ends, **fields):
    """Plan one meeting more, and tell the members."""
    community = hold(community)
    if reason := community.why_not_plan:
        raise Refused(reason)
    check(community, [(held_on, starts, ends)])
    meeting = Meeting.objects.create(community=community, held_on=held_on, starts=starts, ends=ends, **fields)
    meeting = Meeting.objects.get(pk=meeting.pk)
    _planned(community, [meeting], meeting, by)
    return meeting


def _planned(community, meetings, about, by):
    people, addresses = told([], community)
    reminders.queue(meetings)
    asking.renew(community)
    carrying.pick_up(community)
    activity = record(
        "meetings.planned", by=by, about=about, tell=people, addresses=addresses, community=community,
        count=len(meetings),
    )  # fmt: skip
    calendars.send(activity, people=people, by=by)
    streams.tell(f"community:{community.pk}", "meetings")


@transaction.atomic
def edit(meeting, *, by, **fields):
    """Change what will be done, prepared, and where; whoever comes hears at once when the place changed."""
    meeting = _hold_meeting(meeting)
    if reason := meeting.why_not_change:
        raise Refused(reason)
    changed = [name for name, value in fields.items() if getattr(meeting, name) != value]
    if not changed:
        return meeting
    where = {name: fields[name] for name in changed if name in WHERE}
    change = changing.Change(meeting, meeting.held_on, meeting.starts, meeting.ends, where)
    for name in changed:
        setattr(meeting, name, fields[name])
    meeting.sequence += 1
    meeting.save(update_fields=[*changed, "sequence", "changed_at"])
    if forget_answers([change]):
        asking.renew(meeting.community)
    elsewhere = bool(where)
    people, addresses = told([meeting], meeting.community) if elsewhere else ([], [])
    activity = record(
        "meetings.changed", by=by, about=meeting, tell=people, addresses=addresses,
        community=meeting.community_id, fields=changed,
    )  # fmt: skip
    if elsewhere:
        calendars.send(activity, people=people, by=by)
    streams.tell(f"meeting:{meeting.pk}", "meeting")
    return meeting


def forget_answers(changes):
    """Whoever would sit in a room that is none any more is asked anew; returns how many those are."""
    return sum(
        Answer.objects.filter(meeting=change.meeting).exclude(coming__in=OPTIONS[change.place]).delete()[0]
        for change in changes
        if "place" in change.where
    )


@transaction.atomic
def move(meeting, *, by, held_on, starts, ends):
    """Hold it at another time. Answers stay; on another day whoever answered is asked to look again."""
    meeting = _hold_meeting(meeting)
    if reason := meeting.why_not_change:
        raise Refused(reason)
    if (held_on, starts, ends) == (meeting.held_on, meeting.starts, meeting.ends):
        raise Refused(_("It is on that day and hour already."), field="held_on")
    check(meeting.community, [(held_on, starts, ends)], but=[meeting.pk])
    before, moves = meeting.slot, changing.Change(meeting, held_on, starts, ends, {}).moves
    was = (meeting.held_on, meeting.starts, meeting.ends)
    meeting.held_on, meeting.starts, meeting.ends = held_on, starts, ends
    meeting.sequence += 1
    meeting.save(update_fields=["held_on", "starts", "ends", "sequence", "changed_at"])
    meeting.refresh_from_db(fields=["starts_at", "ends_at"])
    reminders.queue([meeting])
    asking.renew(meeting.community, again=[meeting.pk] if moves else [])
    freeing.moved(meeting, was, by)
    people, addresses = told([meeting], meeting.community)
    activity = record(
        "meetings.moved", by=by, about=meeting, tell=people, addresses=addresses,
        community=meeting.community_id, before=before,
    )  # fmt: skip
    calendars.send(activity, people=people, by=by)
    streams.tell(f"meeting:{meeting.pk}", "meeting")
    return meeting


@transaction.atomic
def cancel(meeting, *, by, because=""):
    """Call it off: it stays visible as cancelled, reminders are taken back, and everybody hears at once."""
    meeting = _hold_meeting(meeting)
    if reason := meeting.why_not_change:
        raise Refused(reason)
    meeting.state, meeting.cancelled_because = State.CANCELLED, because
    meeting.sequence += 1
    meeting.save(update_fields=["state", "cancelled_because", "sequence", "changed_at"])
    reminders.withdraw(meeting)
    answered(asking.KIND, about=meeting)
    asking.renew(meeting.community)
    carrying.carry(meeting)
    freeing.called_off(meeting, by)
    people, addresses = told([meeting], meeting.community)
    activity = record(
        "meetings.cancelled", by=by, about=meeting, tell=people, addresses=addresses,
        community=meeting.community_id,
    )  # fmt: skip
    calendars.send(activity, people=people, by=by)
    streams.tell(f"meeting:{meeting.pk}", "meeting")


@transaction.atomic
def invite_guest(meeting, *, by, guest):
    """Let a guest of this PLG come to this meeting, and tell the guest."""
    meeting = _hold_meeting(meeting)
    if reason := meeting.why_not_change:
        raise Refused(reason)
    if guest.community_id != meeting.community_id or guest.role != Role.GUEST:
        raise Refused(_("Only a guest of this PLG can be invited to a single meeting."))
    meeting.guests.add(guest)
    reminders.queue([meeting])
    asking.renew(meeting.community)
    activity = record(
        "meetings.guest_invited", by=by, about=meeting, community=meeting.community_id,
        tell=[guest.person] if guest.person_id else [], addresses=[guest.address] if not guest.person_id else [],
    )  # fmt: skip
    calendars.send(activity, people=[guest.person] if guest.person_id else [])
    streams.tell(f"meeting:{meeting.pk}", "answers")


@transaction.atomic
def release_guest(meeting, *, by, guest):
    """This guest need not come after all, and hears so; a second tap changes nothing."""
    meeting = _hold_meeting(meeting)
    if not meeting.guests.filter(pk=guest.pk).exists():
        return
    meeting.guests.remove(guest)
    if not meeting.is_over:
        Answer.objects.filter(meeting=meeting, person=guest.person_id, address=guest.address).delete()
    reminders.queue([meeting])
    answered(asking.KIND, about=meeting, person=guest.person, address=guest.address)
    freeing.released(meeting, guest.person, by)
    _tell_released(meeting, guest, by)
    streams.tell(f"meeting:{meeting.pk}", "answers")


def _tell_released(meeting, guest, by):
    """One letter with the date that leaves the guest's calendar; none where the invitation had not gone out yet."""
    who = {"person": guest.person} if guest.person_id else {"address": guest.address}
    knows = not (outbox.withdraw(about=meeting, kind="meetings.guest_invited", **who) or meeting.is_over)
    activity = record(
        "meetings.guest_released", by=by, about=meeting, community=meeting.community_id,
        tell=[guest.person] if knows and guest.person_id else [],
        addresses=[guest.address] if knows and not guest.person_id else [],
        known=[ics.as_known(meeting)],
    )  # fmt: skip
    if knows:
        calendars.send_back(activity, meeting, guest.person)
