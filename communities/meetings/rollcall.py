"""Who is expected at a meeting, what they answered, and whether they were there."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from communities.choices import MembershipState, Role
from communities.meetings.choices import Coming
from communities.meetings.models import Answer, Attendance, Meeting
from communities.models import Membership, Memberships
from core.prepared import prepared


@dataclass
class Line:
    """One person on the roll."""

    membership: Membership
    answer: Answer | None = None
    attendance: Attendance | None = None

    @property
    def name(self):
        return self.membership.called

    @property
    def face(self):
        """What the round picture is made from."""
        return self.membership.person or self.membership.called

    @property
    def is_guest(self):
        return self.membership.role == Role.GUEST

    @property
    def is_expected(self):
        """A member, or a guest of this meeting; also who left since stands on the roll, when she was there."""
        row = self.membership
        return row.state == MembershipState.ACTIVE and (not self.is_guest or row.is_invited)

    @property
    def comes(self):
        return self.answer is not None and self.answer.coming != Coming.ABSENT

    @property
    def comes_online(self):
        return self.answer is not None and self.answer.coming == Coming.ONLINE

    @property
    def cannot(self):
        return self.answer is not None and self.answer.coming == Coming.ABSENT


class OnTheRoll(Memberships):
    @prepared
    def of(self, meeting):
        """Everybody of its PLG, with whether she is invited to this meeting as a guest."""
        invited = Meeting.guests.through.objects.filter(meeting=meeting, membership=OuterRef("pk"))
        return (
            self.annotate(is_invited=Exists(invited))
            .select_related("person", "school")
            .order_by("person__sort_name", "address", "pk")
        )


def roll(meeting):
    """A line for everybody who is expected, in two queries; once it has begun in three, also for who left since."""
    answers = {row.who: row for row in Answer.objects.filter(meeting=meeting)}
    marks = {row.who: row for row in Attendance.objects.filter(meeting=meeting)} if meeting.has_begun else {}
    rows = OnTheRoll(Membership).of(meeting).filter(community=meeting.community_id)
    known = set(answers) | set(marks) if meeting.has_begun else set()
    lines = [Line(row, answers.get(row.who), marks.get(row.who)) for row in rows]
    return [line for line in lines if line.is_expected or line.membership.who in known]


def expected(meetings):
    """Meeting id -> memberships that are expected there: two queries for all meetings."""
    rows = (
        Membership.objects.active()
        .filter(community__in={meeting.community_id for meeting in meetings})
        .select_related("person", "school")
        .order_by("pk")
    )
    members, guests = defaultdict(list), {}
    for row in rows:
        if row.role == Role.GUEST:
            guests[row.pk] = row
        else:
            members[row.community_id].append(row)
    invited = defaultdict(list)
    if guests:
        pairs = Meeting.guests.through.objects.filter(
            meeting__in=[meeting.pk for meeting in meetings], membership__in=guests
        )
        for pair in pairs:
            invited[pair.meeting_id].append(guests[pair.membership_id])
    return {meeting.pk: members[meeting.community_id] + invited[meeting.pk] for meeting in meetings}


def groups(meeting):
    """The roll as the meeting's page tells it: who comes, who cannot, who has not said."""
    lines = roll(meeting)
    return {
        "coming": [line for line in lines if line.comes],
        "absent": [line for line in lines if line.cannot],
        "silent": [line for line in lines if line.answer is None],
        "lines": lines,
        "total": len(lines),
    }
