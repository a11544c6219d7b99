"""Who is expected at a meeting, what they answered, and whether they were there."""

from dataclasses import dataclass

from communities.choices import Role
from communities.meetings.choices import Coming
from communities.meetings.models import Answer, Attendance
from communities.models import Membership


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
    def comes(self):
        return self.answer is not None and self.answer.coming != Coming.ABSENT

    @property
    def comes_online(self):
        return self.answer is not None and self.answer.coming == Coming.ONLINE

    @property
    def cannot(self):
        return self.answer is not None and self.answer.coming == Coming.ABSENT


def roll(meeting):
    """A line for everybody who is expected, in three queries; after the meeting also for who left since."""
    answers = {_who(row): row for row in Answer.objects.filter(meeting=meeting)}
    marks = {_who(row): row for row in Attendance.objects.filter(meeting=meeting)}
    rows = (
        Membership.objects.filter(community=meeting.community_id)
        .select_related("person", "school")
        .order_by("person__sort_name", "address", "pk")
    )
    expected = set(meeting.expected().values_list("pk", flat=True))
    known = set(answers) | set(marks) if meeting.is_over else set()
    return [
        Line(row, answers.get(_who(row)), marks.get(_who(row)))
        for row in rows
        if row.pk in expected or _who(row) in known
    ]


def _who(row):
    return row.person_id or row.address


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
