"""What meetings lay on pages of lower floors: the menu, the page of a PLG, the calendar of a person."""

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from communities.choices import Role
from communities.meetings import asking, calendars, freeing, ledger, polls, promises, reminders, rhythm, running
from communities.meetings.actions import minutes
from communities.meetings.actions import polls as voting
from communities.meetings.actions import running as sessions
from communities.meetings.choices import ActionKind, ActionState, State
from communities.meetings.models import ActionPoint, Answer, Attendance, CalendarChoice, Meeting, Vote
from communities.rules import standing
from core.context import item
from core.links import address
from core.text import of_the_house

# On the page of a PLG: of what I promised, of what others tell.
MOST_OPEN, MOST_ANSWERS, FETCHED = 2, 4, 12


def menu(user):
    """The agenda and what one promised, for everybody; the cockpit and the protocols, for who leads a PLG."""
    lines = [
        item("meetings:agenda", _("Calendar"), "calendar-event", 50, phone=True),
        item("meetings:my_action_points", _("My action points"), "checklist", 55),
    ]
    if standing(user).leads:
        lines.append(item("meetings:cockpit", _("PLGs I lead"), "steering-wheel", 22))
        lines.append(item("meetings:protocols", _("Protocols"), "clipboard-list", 57))
    return lines


def place():
    """How the addresses of our pages about one PLG begin."""
    return f"{address('meetings:agenda')}of/"


def tab(community, user):
    """The tab of all meetings, for who may enter."""
    if community.pk not in standing(user).member_of | standing(user).reads_on:
        return None
    return {"url": address("meetings:index", community.pk), "label": _("Meetings"), "order": 20}


def panel(community, user):
    """The next meeting as the strong card, with the rhythm of the PLG beneath it: one query."""
    if community.pk not in standing(user).member_of | standing(user).reads_on:
        return None
    rows = rhythm.meetings_of(community, user)
    following = next((row for row in rows if row.is_to_come), None)
    context = {
        "community": community,
        "meeting": following,
        "session": running.door_on_the_day(following),
        "rhythm": rhythm.of(community, rows),
        "rhythm_words": rhythm.words(community, rows),
        "may_plan": community.pk in standing(user).leads and not community.why_not_plan,
        "wide": True,
        "answers": following,
    }
    return "meetings/panel.html", context


def try_outs(community, user):
    """What I promised here, and how it went with the others: one query."""
    if community.pk not in standing(user).member_of | standing(user).reads_on:
        return None
    mine = Q(person=user.pk, state=ActionState.OPEN)
    rows = ActionPoint.objects.for_panel(user).filter(
        mine | Q(kind=ActionKind.TRY_OUT, answered_at__isnull=False) & ~Q(sentence="", photo=""), community=community
    )
    rows = rows.annotate(is_mine=ExpressionWrapper(mine, output_field=BooleanField()))
    rows = rows.order_by("-is_mine", F("answered_at").desc(nulls_first=True), "pk")
    rows = list(rows[:FETCHED])
    for row in rows:
        row.community = community
    context = {
        "community": community,
        "mine": [row for row in rows if row.is_mine and not row.went][:MOST_OPEN],
        "answers": [row for row in rows if row.went][:MOST_ANSWERS],
        "may_agree": community.pk in standing(user).member_of and not community.is_closed,
        "fetched": rows,
    }
    return "meetings/try_outs.html", context


def facts(community, user):
    """Dates, hours and places, for who may know the agreed facts but is no member."""
    rows = Meeting.objects.filter(community=community).allowing(user, "see_date").select_related("school")
    upcoming = list(rows.upcoming()[:3])
    if not upcoming:
        return None
    return "meetings/facts.html", {"community": community, "upcoming": upcoming}


def for_guests(community, user):
    """The meetings to which a guest is invited."""
    if community.pk not in standing(user).guest_of:
        return None
    rows = Meeting.objects.for_list(user).filter(community=community)
    return "meetings/for_guests.html", {"community": community, "upcoming": list(rows.upcoming())}


def arrived(membership):
    """A new member: her reminders, what is asked of her, and all coming dates for her calendar."""
    community = membership.community
    reminders.queue_in(community)
    asking.renew(community)
    polls.renew_in(community)
    if Meeting.objects.filter(community=community).upcoming().exists() and membership.role != Role.GUEST:
        calendars.send_dates(
            community,
            [membership.person] if membership.person_id else [],
            addresses=[] if membership.person_id else [membership.address],
            occasion=f"meetings:joined:{membership.pk}:{membership.joined_at:%Y%m%d%H%M%S}",
            community=community,
        )


def parted(membership):
    """Somebody stopped: nobody counts on her any more, and the coming dates leave her calendar."""
    coming = Meeting.objects.filter(community=membership.community_id).upcoming()
    calendars.take_back(
        coming.filter(guests=membership) if membership.role == Role.GUEST else coming,
        about=membership.community,
        person=membership.person,
        address=membership.address,
        occasion=f"meetings:parted:{membership.pk}:{now():%Y%m%d%H%M%S}",
    )
    Answer.objects.filter(
        meeting__in=coming.order_by().values("pk"), person=membership.person_id, address=membership.address
    ).delete()
    reminders.queue_in(membership.community)
    voting.left(membership)
    promises.left(membership)
    minutes.left(membership)
    freeing.parted(membership)


def ended(community, by):
    """The PLG is completed: what it still planned is called off, in one calendar mail to each who was expected.

    A session that runs is over; its meeting was held.
    """
    held = sessions.end_all(community, by=by)
    coming = Meeting.objects.filter(community=community).upcoming().exclude(pk__in=held)
    coming = list(coming.select_for_update(of=("self",)))
    expected = {}
    for meeting in coming:
        for membership in meeting.expected().select_related("person"):
            expected.setdefault(membership, []).append(meeting.pk)
        meeting.state = State.CANCELLED
        with of_the_house():
            meeting.cancelled_because = _("This PLG is completed.")
        meeting.sequence += 1
        meeting.save(update_fields=["state", "cancelled_because", "sequence", "changed_at"])
        reminders.withdraw(meeting)
        freeing.called_off(meeting, by)
        record("meetings.cancelled", by=by, about=meeting, community=community)
    for membership, meetings in expected.items():
        calendars.take_back(
            Meeting.objects.filter(pk__in=meetings).order_by("starts_at"),
            about=community,
            person=membership.person,
            address=membership.address,
            occasion=f"meetings:ended:{community.pk}",
        )
    voting.ended(community)
    promises.ended(community)


def rhythm_changed(person):
    """Other days off, region or quiet hours: other moments for her reminders."""
    reminders.queue_for(person)
    promises.queue_for(person)


def claim(person, address):
    """A mail address got an account: its answers and attendance are the person's."""
    for model in (Answer, Attendance):
        _hand_over(model, {"person": None, "address": address.lower()}, person)
    _hand_over(Vote, {"person": None, "address": address.lower()}, person, of_one="option")
    ActionPoint.objects.filter(person=None, address=address.lower()).update(person=person, address="")
    ledger.write_for(person)


def merge(kept, gone):
    """Two accounts of one person become one; where both answered, the kept one's answer stands."""
    for model in (Answer, Attendance):
        _hand_over(model, {"person": gone}, kept)
    _hand_over(Vote, {"person": gone}, kept, of_one="option")
    ActionPoint.objects.filter(person=gone).update(person=kept)
    ActionPoint.objects.filter(by=gone).update(by=kept)
    minutes.hand_over(kept, gone)
    ledger.move(kept, gone)
    if not CalendarChoice.objects.filter(person=kept).exists():
        CalendarChoice.objects.filter(person=gone).update(person=kept)
    CalendarChoice.objects.filter(person=gone).delete()
    reminders.queue_for(kept)


def _hand_over(model, of, person, of_one="meeting"):
    already = model.objects.filter(person=person).values(of_one)
    model.objects.filter(**of).exclude(**{f"{of_one}__in": already}).update(person=person, address="")
    model.objects.filter(**of).delete()
