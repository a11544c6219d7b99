"""What a change of several dates does, before it is done: which dates, where to, and whose answers it touches."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from communities.meetings.choices import OPTIONS
from communities.meetings.models import Answer, Meeting


class Scope(TextChoices):
    """Which dates of a series a change is for."""

    THIS = "this", _("only this date")
    FOLLOWING = "following", _("this date and those after it")
    ALL = "all", _("all dates to come")


def dates_in(meeting, scope):
    """The dates of this series that the change is for: those that can still be changed."""
    if scope == Scope.THIS or meeting.series_id is None:
        return Meeting.objects.upcoming().filter(pk=meeting.pk)
    rows = Meeting.objects.upcoming().filter(series=meeting.series_id)
    return rows.filter(starts_at__gte=meeting.starts_at) if scope == Scope.FOLLOWING else rows


def fingerprint(meetings):
    """What a page showed: the same as long as nobody changed these dates."""
    return ".".join(f"{row.pk}-{row.sequence}" for row in sorted(meetings, key=lambda row: row.pk))


@dataclass
class Wish:
    """What is to become of each date; what is None stays as it is."""

    weekday: int | None = None
    weeks: int = 0
    starts: time | None = None
    ends: time | None = None
    where: dict = field(default_factory=dict)

    @property
    def is_empty(self):
        return self.weekday is None and not self.weeks and not self.starts and not self.ends and not self.where

    def day_of(self, meeting):
        """The new day of a date: in its own week, or so many weeks further."""
        day = meeting.held_on + timedelta(weeks=self.weeks)
        return day if self.weekday is None else day + timedelta(days=self.weekday - day.weekday())


@dataclass
class Change:
    """One date before and after, and the names of those whose answers it touches."""

    meeting: Meeting
    held_on: date
    starts: time
    ends: time
    where: dict
    asked_again: list = field(default_factory=list)
    lost: list = field(default_factory=list)
    kept: int = 0
    facing: list = field(default_factory=list)

    @property
    def moves(self):
        """To another day: then answers are asked again."""
        return self.held_on != self.meeting.held_on

    @property
    def shifts(self):
        """To another day or hour."""
        was = self.meeting
        return (self.held_on, self.starts, self.ends) != (was.held_on, was.starts, was.ends)

    @property
    def is_real(self):
        return self.shifts or bool(self.where)

    @property
    def place(self):
        return self.where.get("place", self.meeting.place)

    @property
    def moment(self):
        return self.held_on, self.starts, self.ends

    def loses(self, answer):
        """An answer that makes no sense any more at the new place."""
        return answer.coming not in OPTIONS[self.place]


def changes(meetings, wish):
    """What the wish makes of each of these dates."""
    found = []
    for row in meetings:
        where = {name: value for name, value in wish.where.items() if getattr(row, name) != value}
        change = Change(row, wish.day_of(row), wish.starts or row.starts, wish.ends or row.ends, where)
        if change.is_real:
            found.append(change)
    return found


def with_answers(found):
    """The same, with the names of those whose answers are asked again or lost; two queries."""
    rows = Answer.objects.filter(meeting__in=[change.meeting for change in found]).select_related("person")
    of_meeting = {change.meeting.pk: change for change in found}
    for answer in rows.order_by("person__sort_name", "address"):
        change = of_meeting[answer.meeting_id]
        name = str(answer.person) if answer.person_id else answer.address
        if change.loses(answer):
            change.lost.append(name)
        elif change.moves:
            change.asked_again.append(name)
        else:
            change.kept += 1
    return found
