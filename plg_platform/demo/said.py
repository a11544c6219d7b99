"""What the demo's people were told and asked: the journal of a year, the bell, open requests and reminders.

What lies in the past is written as rows, without letters; what is open now comes
into being by the same functions that the deeds use.
"""

from datetime import datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from activity.journal import ask
from activity.models import Activity, Notification
from communities.choices import MembershipState, State
from communities.meetings import asking, reminders
from communities.meetings.choices import MinutesState
from communities.meetings.models import Meeting, Minutes, Series
from communities.models import Membership, Proposal
from organisations.choices import Function
from organisations.models import Invitation
from plg_platform.demo import staff, texts

FRESH = timedelta(days=5)  # what is younger has not been read yet


class Line(NamedTuple):
    """One line of the journal."""

    at: datetime
    kind: str
    by: Any
    about: Any
    tell: Any = ()
    facts: dict = {}


#: On their way in: name, school, days until the invitation ends, who invited.
INVITED = [
    ("Hind Ouali", "De Wissel", 10, "Inge Smit"),
    ("Jip van Es", "De Kameleon", 10, "Inge Smit"),
    ("Margriet Bol", "De Klimboom", 3, "Jeroen Hofstra"),
    ("Sem Tuinstra", "De Zandloper", 3, "Inge Smit"),
    ("Rosa Fernandes", "De Linde", 12, "Jeroen Hofstra"),
    ("Anton Haverkamp", "De Vlieger", 5, "Ahmed Karimi"),
    ("Lies Oomen", "Het Kompas", -2, "Ahmed Karimi"),
]


def fill(builder):
    """Write journal, notifications, requests and reminders of all that the builder made."""
    memberships = list(Membership.objects.select_related("person", "community").order_by("pk"))
    _invitations(builder)
    _journal(builder, memberships)
    _requests(builder, memberships)
    coming = [row.pk for row in builder.communities.values() if row.state in (State.ACTIVE, State.RECRUITING)]
    for community in coming:
        asking.renew(community)
    reminders.queue(list(Meeting.objects.filter(community__in=coming).upcoming()))


def _invitations(builder):
    """People who were invited to come and work here, and have not come yet."""
    Invitation.objects.bulk_create(
        Invitation(
            email=staff.address(name, school),
            name=name,
            school=builder.places.schools[school],
            function=Function.TEACHER,
            invited_by=builder.people[inviter],
            expires_at=builder.moment + timedelta(days=days),
        )
        for name, school, days, inviter in INVITED
    )


# The journal ------------------------------------------------------------------------------------


def _journal(builder, memberships):
    """All lines in the order in which they happened, and who was told of each."""
    lines = chain(_lives(builder), _arrivals(builder, memberships), _plans(builder), _marks(builder), _late(builder))
    lines = chain(lines, _minutes(builder))
    lines = sorted((line for line in lines if line.at <= builder.moment), key=lambda line: line.at)
    activities = Activity.objects.bulk_create(
        Activity(
            kind=line.kind,
            by=line.by,
            about_type=ContentType.objects.get_for_model(line.about),
            about_id=line.about.pk,
            community_id=_community(line.about),
            facts=line.facts,
            at=line.at,
        )
        for line in lines
    )
    Notification.objects.bulk_create(
        Notification(
            person=person,
            activity=activity,
            read_at=line.at + timedelta(hours=20) if line.at < builder.moment - FRESH else None,
        )
        for line, activity in zip(lines, activities, strict=True)
        for person in dict.fromkeys(line.tell)
        if person != line.by
    )


def _community(about):
    about = getattr(about, "meeting", about)
    return getattr(about, "community_id", about.pk)


def _minutes(builder):
    """What is written of the last meetings waits until members say that it is right."""
    proposed = Minutes.objects.filter(state=MinutesState.PROPOSED).select_related("meeting__community", "proposed_by")
    for minutes in proposed.order_by("pk"):
        people = [each for each in builder.members[minutes.meeting.community.name] if not isinstance(each, str)]
        yield Line(
            minutes.proposed_at, "meetings.minutes_proposed", minutes.proposed_by, minutes, people, {"number": 1}
        )


def _lives(builder):
    """Each PLG was started, opened, begun, perhaps paused or completed."""
    for name, community in builder.communities.items():
        by, people = community.created_by, builder.members[name]
        begin = builder.moment - timedelta(days=16)
        if community.started_on:
            begin = _noon(builder, community.started_on)
            yield Line(begin, "communities.begun", by, community, people)
        yield Line(begin - timedelta(days=30), "communities.started", by, community)
        if community.state == State.RESTING:
            yield Line(builder.moment - timedelta(days=40), "communities.rested", by, community, people)
        if community.closed_at:
            yield Line(community.closed_at, "communities.closed", by, community, people)


def _arrivals(builder, memberships):
    """Who came, who asked, who waits, who was invited."""
    for row in memberships:
        leaders = _leaders(builder, row.community)
        if row.state == MembershipState.ACTIVE and not row.leads:
            yield Line(row.joined_at, "communities.joined", row.person, row, leaders)
        elif row.state == MembershipState.REQUESTED:
            yield Line(row.created_at, "communities.requested", row.person, row, leaders)
        elif row.state == MembershipState.WAITING:
            yield Line(row.waiting_since, "communities.queued", row.person, row, leaders)
        elif row.state == MembershipState.INVITED:
            tell = [row.person] if row.person else []
            yield Line(row.created_at, "communities.invited", row.invited_by, row, tell)


def _plans(builder):
    """Each series was planned in the weeks before its first coming meeting, or at the start."""
    for series in Series.objects.select_related("community", "created_by").order_by("pk"):
        community = builder.communities[series.community.name]
        day = community.started_on or builder.today - timedelta(days=9)
        yield Line(
            _noon(builder, day - timedelta(days=6)),
            "meetings.planned",
            series.created_by,
            series,
            builder.members[community.name],
            {"count": 8},
        )


def _marks(builder):
    """Attendance was written down the day after."""
    for meeting in Meeting.objects.past(builder.moment).select_related("community"):
        by = builder.communities[meeting.community.name].created_by
        yield Line(meeting.ends_at + timedelta(hours=17), "meetings.marked", by, meeting)


def _late(builder):
    """The news of the last days: another room for Els's meeting, and a PLG without a facilitator."""
    maths = builder.communities[texts.REKENEN.name]
    meeting = Meeting.objects.filter(community=maths).upcoming(builder.moment).first()
    yield Line(
        builder.moment - timedelta(hours=26),
        "meetings.changed",
        maths.created_by,
        meeting,
        builder.members[maths.name],
        {"fields": ["room"]},
    )
    language = builder.communities[texts.MIDDENBOUW.name]
    proposal = Proposal.objects.select_related("by").get(community=language)
    admin = builder.people["Jeroen Hofstra"]
    yield Line(builder.moment - timedelta(days=2), "communities.proposed", proposal.by, language, [admin])


def _leaders(builder, community):
    plg = next(plg for plg in texts.PLGS if plg.name == community.name)
    return [builder.people[plg.facilitator]] if plg.facilitator else []


def _noon(builder, day):
    from plg_platform.demo.plgs import at

    return at(day, 12)


# What is open -----------------------------------------------------------------------------------


def _requests(builder, memberships):
    """Invitations to answer, somebody who asks to join, a facilitator to appoint."""
    for row in memberships:
        place = row.community_id
        if row.state == MembershipState.INVITED and row.person_id:
            ask(
                "communities.invited",
                about=row,
                url=reverse("communities:home", args=[place]),
                people=[row.person],
                community=place,
                due_on=row.invitation_until.date(),
            )
        elif row.state == MembershipState.REQUESTED:
            ask(
                "communities.requested",
                about=row,
                url=reverse("communities:members", args=[place]),
                people=_leaders(builder, row.community),
                community=place,
            )
    language = builder.communities[texts.MIDDENBOUW.name]
    ask(
        "communities.no_facilitator",
        about=language,
        url=reverse("communities:appoint", args=[language.pk]),
        people=[builder.people["Jeroen Hofstra"]],
    )
