"""Where Lesson Study meets the other floors, and its own parts each other: each registry and what we lay in it."""

from communities import registry as of_plg
from communities.meetings import beside
from core import registry
from lessonstudy import calendar, designing, finding, merging, observers, panels, purging, shell
from lessonstudy.actions import members, moving
from lessonstudy.registry import in_plg


def register():
    """From `AppConfig.ready()`."""
    registry.menu.add("lessonstudy", shell.items)
    registry.panels.add("lessonstudy", panels.later)
    registry.merges.add("lessonstudy", merging.merge)
    registry.mergers.add("lessonstudy", merging.school_went_up)
    of_plg.facts.add("lessonstudy", panels.facts)
    of_plg.for_guests.add("lessonstudy", panels.for_guests)
    of_plg.partings.add("lessonstudy", members.parted)
    of_plg.endings.add("lessonstudy", moving.ended)
    of_plg.contents.add("lessonstudy", purging.clear_of)
    in_plg.add("lessonstudy", panels.of_plg)
    beside.sources.add("lessonstudy", beside.Source(calendar.rows, calendar.events))
    panels.register()
    designing.register()
    observers.register()
    finding.register()
    purging.register()
