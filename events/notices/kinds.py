"""Kinds of news about events: they concern whoever comes to one, or does something for it."""

from activity import kinds
from events.rules import takes_part


def register(name, label, **more):
    """As `activity.kinds.register`; where nothing else is said it concerns who has to do with an event."""
    return kinds.register(name, label, **{"concerns": takes_part} | more)
