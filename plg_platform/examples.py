"""Examples for the previews of letters, for the kinds of which nothing happened in the demo yet."""

from datetime import time, timedelta
from types import SimpleNamespace

from activity import marking, words
from activity.digest.content import Group, Line, NearLine
from activity.digest.gather import contents_of
from activity.kinds import kinds
from communities.choices import MembershipState
from communities.discussions.models import Topic
from communities.meetings.models import Meeting
from communities.models import (
    Community,
    Complaint,
    HandIn,
    HomeTask,
    Introduction,
    LogbookEntry,
    Membership,
    SchoolPair,
)
from core.time import today
from organisations.models import Affiliation, Board, Invitation, Joining, Network, Role, RoomRequest, School
from people.calendar import school_year
from people.models import DataExport, Leaving


def letter_for(reader):
    """What stands in the PLG letter of this reader; where the demo has no news for her, news as it may be."""
    content = contents_of([reader])[reader.pk]
    if not content.groups:
        content.groups = [Group(name, "", list(_news(*found))) for name, found in _told().items()]
        content.read_url = marking.url_for(reader, [1])
    if not content.near:
        rows = Community.objects.living().order_by("-pk")[:2]
        content.near = [NearLine(row.name, row.get_theme_display(), row.get_absolute_url()) for row in rows]
    return content.variables()


def _told():
    """What may be new in PLGs: {name of a PLG: rows as the journal has them}."""
    topics = Topic.objects.filter(network=None).select_related("community", "author").order_by("-pk")[:4]
    rows = [("discussions.opened", topic, topic.author) for topic in topics]
    joined = Membership.objects.active().filter(person__isnull=False).select_related("community", "person")
    rows += [("communities.joined", row, row.person) for row in joined.order_by("-pk")[:2]]
    found = {}
    for kind, about, by in rows:
        row = SimpleNamespace(kind=kind, about=about, by=by, facts={}, community_id=about.community_id)
        found.setdefault(about.community.name, []).append(row)
    return found


def _news(*rows):
    for row in rows:
        kind = kinds[row.kind]
        context = words.context_of(kind, row, None, by=row.by)
        yield Line(words.say(kind, "line", context), kind.url(row.about, None, row.facts), 1)


def example_for(name, reader):
    """(about, facts) of this kind, from the rows there are; (None, {}) where there are none."""
    facts = {
        "place": "De Regenboog",
        "role": "school_leader",
        "function": "care",
        "was": "teacher",
        "until": (today() + timedelta(days=7)).isoformat(),
        "seated": True,
        "reason": "Ik verloor mijn telefoon.",
        "count": 3,
        "day": (today() + timedelta(days=9)).isoformat(),
        "year": school_year(today()),
        "granted": True,
        "asker": "Netwerk De Waterkring",
        "network": True,
        "gone": "De Linde",
    }
    return _about(name, reader), facts


def _about(name, reader):
    """A row such as this kind is usually about, by the kind itself or else by its app."""
    examples = {
        "people": lambda: reader,
        "people.leaving": lambda: Leaving(pk=1, person=reader),
        "people.leaving_waits": lambda: Leaving(pk=1, person=reader),
        "people.download_ready": lambda: DataExport(pk=1, person=reader),
        "meetings": lambda: Meeting.objects.upcoming().select_related("community", "school").first(),
        "communities": a_membership,
        "communities.resumed": lambda: Community.objects.living().first(),
        "communities.no_facilitator": lambda: Community.objects.living().first(),
        "communities.complained": lambda: a_complaint(reader),
        "communities.complaint_handled": lambda: a_complaint(reader),
        "communities.home_task_set": a_home_task,
        "communities.home_task_changed": a_home_task,
        "communities.home_task_withdrawn": a_home_task,
        "communities.home_task_reminder": a_home_task,
        "communities.handed_in": a_hand_in,
        "communities.hand_in_answered": a_hand_in,
        "communities.entry_shared": a_shared_entry,
        "communities.introduced": an_introduction,
        "communities.introduction_accepted": an_introduction,
        "communities.introduction_declined": an_introduction,
        "communities.clearing_soon": lambda: Community.objects.living().first(),
        "communities.paired": lambda: SchoolPair.objects.select_related("community", "school").first(),
        "organisations": lambda: Affiliation.objects.filter(school__isnull=False).first(),
        "organisations.second_step_reset": lambda: reader,
        "organisations.schools_merged": lambda: School.objects.open().first(),
        "organisations.boards_merged": lambda: Board.objects.open().first(),
        "organisations.invited": Invitation.objects.first,
        "organisations.invitation_accepted": Invitation.objects.first,
        "organisations.role_given": lambda: Role.objects.filter(school__isnull=False).first(),
        "organisations.role_ended": lambda: Role.objects.filter(school__isnull=False).first(),
        "organisations.staff_changed": Board.objects.first,
        "organisations.network_joined": Network.objects.first,
        **{f"organisations.{name}": lambda: a_room(reader) for name in ROOM},
        "organisations.time_set": School.objects.first,
        "organisations.joining_asked": lambda: a_joining(reader),
        "organisations.joining_accepted": lambda: a_joining(reader),
        "organisations.joining_declined": lambda: a_joining(reader),
    }
    example = examples.get(name) or examples.get(name.split(".")[0])
    return example() if example else None


def a_membership():
    """Somebody who takes part somewhere."""
    rows = Membership.objects.filter(state=MembershipState.ACTIVE, person__isnull=False)
    return rows.select_related("community", "person", "school").first()


def a_home_task():
    """What a learning network does between two meetings."""
    return HomeTask.objects.select_related("community", "set_by").order_by("-due_on").first()


def a_hand_in():
    """What somebody made of it, with an answer."""
    rows = HandIn.objects.exclude(answered_at=None)
    return rows.select_related("task__community", "membership__person", "answered_by").first()


def a_shared_entry():
    """Something that somebody shared with her PLG."""
    return LogbookEntry.objects.exclude(shared_at=None).select_related("person", "community").first()


def an_introduction():
    """What a connector proposed."""
    return Introduction.objects.select_related("network", "one", "other", "expert", "by").first()


def a_joining(reader):
    """A network asks a board; never sent."""
    return Joining(pk=0, network=Network.objects.first(), board=Board.objects.first(), by=reader)


ROOM = (
    "room_asked",
    "room_granted",
    "room_talked",
    "room_taken_back",
    "room_moved",
    "room_withdrawn",
    "room_covered",
    "cover_given",
    "cover_off",
    "cover_needed",
)


def a_room(reader):
    """Somebody asks room in the timetable; never sent."""
    return RoomRequest(
        pk=0, person=reader, school=School.objects.first(), held_on=today() + timedelta(days=9), starts=time(13),
        ends=time(15), community_id=Community.objects.living().values_list("pk", flat=True).first(),
        what="Ik kijk bij Els.", word="Kan dinsdag ook?", cover="Ans Peters",
    )  # fmt: skip


def a_complaint(reader):
    """A complaint that was never sent."""
    community = Community.objects.living().first()
    return Complaint(pk=0, community=community, by=reader, confidant=reader, text="…", answer="…")
