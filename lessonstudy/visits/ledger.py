"""The hours of a visit: the visitor's looking, and both their talk; a leader knows no more of it than these."""

from organisations import hours
from organisations.choices import HoursKind


def source(visit_id):
    """Under which its hours and its room in the timetable stand."""
    return f"visit:{visit_id}"


def write(visit):
    """After it was there, and again after it was talked over."""
    held_on = visit.slot.held_on if visit.slot_id else visit.changed_at.date()
    looked, talked = visit.minutes or 0, visit.talked or 0
    for person, minutes in ((visit.visitor, looked + talked), (visit.visited, talked)):
        if person:
            hours.write(
                person, kind=HoursKind.VISIT, minutes=minutes, held_on=held_on, source=source(visit.pk),
                community=visit.community_id,
            )  # fmt: skip
