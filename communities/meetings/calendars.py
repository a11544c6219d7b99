"""How dates come into people's own calendars: in a mail, or by a feed that their calendar reads; never both."""

import secrets
from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import now

from activity import outbox, paces
from activity.choices import Channel, Pace
from activity.choices import State as Letter
from activity.clearing import DELIVERIES_DAYS
from activity.kinds import kinds
from activity.models import Delivery
from communities.meetings import beside, ics
from communities.meetings.choices import CalendarWay
from communities.meetings.models import CalendarChoice, Meeting, Series
from communities.models import Community, Membership

KIND = "meetings.calendar"
TAKE_BACK = "meetings.taken_back"
WITH_FILE = (
    KIND, "meetings.planned", "meetings.moved", "meetings.changed", "meetings.series_changed", "meetings.guest_invited",
)  # fmt: skip
KEPT_DAYS = 200


def way_of(person):
    """The way this person chose; a mail for who chose nothing, and for an address without account."""
    if person is None:
        return CalendarWay.MAIL
    return CalendarChoice.objects.filter(person=person).values_list("way", flat=True).first() or CalendarWay.MAIL


def new_key():
    """A private address nobody can guess."""
    return secrets.token_urlsafe(32)


def dates(about, person=None):
    """The meetings that a calendar mail about this row brings."""
    if isinstance(about, Meeting):
        return [about]
    if isinstance(about, Series):
        found = Meeting.objects.filter(series=about).upcoming()
    elif isinstance(about, Community):
        found = Meeting.objects.filter(community=about).upcoming()
    else:
        found = Meeting.objects.of(about).upcoming()
    return list(found.select_related("community", "school"))


def may_see(about, person):
    """Her own dates, and those of what she may see the inside of; asked again when the mail goes out."""
    if about == person:
        return True
    if isinstance(about, Community):
        return Community.objects.filter(pk=about.pk).allowing(person, "enter").exists()
    return type(about).objects.filter(pk=about.pk).allowing(person, "view").exists()


def attachments(delivery, about, person):
    """The calendar file of a letter, for whoever wants dates by mail."""
    if about is None or way_of(person) != CalendarWay.MAIL:
        return []
    meetings = dates(about, person)
    if not meetings:
        return []
    if isinstance(about, Meeting) and about.is_cancelled:
        return [ics.attachment(ics.cancel(meetings, at=now()), "CANCEL")]
    return [ics.attachment(ics.publish(meetings, at=now()), "PUBLISH")]


def send(activity, *, people, by=None):
    """A calendar mail of its own for those whom the news itself does not reach by mail: the one who did it,
    and who reads such news only in the bell or the PLG letter."""
    paces_of = paces.of_people(people, kinds[activity.kind])
    readers = [person for person in people if paces_of[person.pk] != Pace.AT_ONCE and person != by]
    readers += [by] if by else []
    other = set(
        CalendarChoice.objects.filter(person__in=readers)
        .exclude(way=CalendarWay.MAIL)
        .values_list("person_id", flat=True)
    )
    readers = [person for person in readers if person.pk not in other]
    if readers:
        send_dates(
            activity.about, readers, occasion=f"meetings:activity:{activity.pk}", community=activity.community_id
        )


def send_dates(about, people, *, occasion, addresses=(), community=None):
    """One calendar mail with all coming dates of a series, a PLG or a person."""
    outbox.put(
        KIND, occasion=occasion, channel=Channel.CALENDAR, about=about, people=people, addresses=addresses,
        community=community,
    )  # fmt: skip


# Taking back ------------------------------------------------------------------------------------
def take_back(meetings, *, about, occasion, person=None, address=""):
    """One calendar mail that takes these dates out of somebody's calendar, if mails of ours brought them there."""
    meetings = list(meetings.select_related("community"))
    if meetings and _had_mails(meetings, person, address):
        outbox.put(
            TAKE_BACK, occasion=occasion, channel=Channel.CALENDAR, about=about,
            people=[person] if person else [], addresses=[address] if address else [],
            facts={"known": [ics.as_known(meeting) for meeting in meetings]},
        )  # fmt: skip


def send_back(activity, meeting, person):
    """The date of this meeting leaves the calendar of somebody whom the news itself does not reach by mail."""
    if person and paces.of_person(person, activity.kind)[activity.kind].pace != Pace.AT_ONCE:
        take_back(
            Meeting.objects.filter(pk=meeting.pk), about=meeting, person=person,
            occasion=f"meetings:activity:{activity.pk}",
        )  # fmt: skip


def _had_mails(meetings, person, address):
    """Whether she wants dates by mail and a letter brought some; where too old for us to know, that it did."""
    if (person and paces.of_person(person, KIND)[KIND].pace == Pace.NEVER) or paces.is_silent(address, kinds[KIND]):
        return False
    choice = CalendarChoice.objects.filter(person=person).first() if person else None
    if choice and choice.way != CalendarWay.MAIL:
        return False
    since = now() - timedelta(days=DELIVERIES_DAYS)
    mine = {"person": person} if person else {"address": address.lower()}
    letters = Delivery.objects.filter(kind__in=WITH_FILE, state=Letter.SENT, **mine)
    if choice:
        letters = letters.filter(sent_at__gte=choice.changed_at)
    places = {meeting.community_id for meeting in meetings}
    if letters.filter(Q(community_id__in=places) | Q(community_id=None)).exists():
        return True
    asked_since = choice.changed_at if choice else since
    joined = Membership.objects.filter(community__in=places, joined_at__lt=since, **mine)
    return asked_since <= since and any(meeting.created_at < since for meeting in meetings) and joined.exists()


def still_gone(delivery, about, person):
    """Dates are taken back from who is not expected there again, and gets no such mails again, meanwhile."""
    uids = [each["uid"] for each in delivery.facts["known"]]
    here = Membership.objects.active()
    mine = here.filter(person=person) if person else here.filter(address=delivery.address)
    expected = Meeting.objects.expected_of(mine).upcoming().filter(uid__in=uids).exists()
    return not (expected and way_of(person) == CalendarWay.MAIL)


def taken_back(delivery):
    """The calendar file of a letter that takes dates back."""
    return [ics.attachment(ics.take_back(delivery.facts["known"], at=now()), "CANCEL")]


def date_of_a_guest(delivery, about, person):
    """The same in the news that she need not come, for whoever wants dates by mail."""
    return taken_back(delivery) if way_of(person) == CalendarWay.MAIL else []


def feed(person):
    """This person's feed as (bytes, last change): all her dates from half a year back, cancelled ones too."""
    since = now() - timedelta(days=KEPT_DAYS)
    meetings = list(
        Meeting.objects.of(person)
        .filter(starts_at__gte=since)
        .select_related("community", "school")
        .order_by("starts_at", "pk")
    )
    more = beside.events(person, since)
    changes = [meeting.changed_at for meeting in meetings] + [event["dtstamp"].dt for event in more]
    return ics.publish(meetings, name="PLG", more=more), max(changes, default=None)
