"""What people hear of events, one module for each part."""

from events.notices import after, calling, choosing, coming, days, programme  # noqa: F401 - they register themselves
