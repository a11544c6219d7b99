"""What goes along: when two accounts become one, where the kept one's stands if both have one; when a place goes up."""

from django.utils.timezone import now

from events.models import (
    Allocation,
    Announcement,
    CheckIn,
    Contribution,
    ContributionAuthor,
    Event,
    Favourite,
    Organiser,
    Registration,
    Release,
    Review,
    Session,
    Unavailable,
)
from organisations.models import Board

#: Columns in which a person stands at most once beside these others.
ONCE = [
    (Organiser, "person", ["event", "part"]),
    (Favourite, "person", ["session"]),
    (ContributionAuthor, "person", ["contribution"]),
    (Review, "reviewer", ["contribution"]),
    (Unavailable, "person", ["slot"]),
    (Session.speakers.through, "user", ["session"]),
]
MANY = [
    (Event, "created_by"), (Contribution, "created_by"), (Contribution, "decided_by"), (Announcement, "by"),
    (Registration, "registered_by"), (Release, "by"), (Allocation, "by"), (CheckIn, "by"),
]  # fmt: skip


def place_went_up(gone, into):
    """Events to come of a school or board are for the one that stays. From `core.registry.mergers`."""
    column = "board" if isinstance(gone, Board) else "school"
    Event.objects.filter(**{column: gone}, ends_at__gt=now()).update(**{column: into})


def merge(kept, gone):
    """From `core.registry.merges`."""
    from events.actions import after, waiting

    _door_goes_along(kept, gone)
    waiting.join_registrations(kept, gone)
    for model, column, beside in ONCE:
        everyone = model._base_manager
        theirs = set(everyone.filter(**{column: kept}).values_list(*beside))
        for row in everyone.filter(**{column: gone}):
            if tuple(getattr(row, model._meta.get_field(name).attname) for name in beside) in theirs:
                row.delete()
        everyone.filter(**{column: gone}).update(**{column: kept})
    for model, column in MANY:
        model._base_manager.filter(**{column: gone}).update(**{column: kept})
    after.settle_of(kept)


def _door_goes_along(kept, gone):
    """Where both were registered for one event, what the door wrote of the one is of the other. Her certificate and
    her minutes follow from that."""
    theirs = dict(Registration.objects.filter(person=kept).values_list("event", "pk"))
    for event, registration in Registration.objects.filter(person=gone, event__in=theirs).values_list("event", "pk"):
        CheckIn.objects.filter(registration=registration).update(registration=theirs[event])
